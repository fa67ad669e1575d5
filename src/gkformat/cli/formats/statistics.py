"""The counts of what a check found, by rule, by body and by file, in place of the findings themselves."""

from collections import Counter
from collections.abc import Iterator

from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.formats.wording import closing_lines
from gkformat.cli.run import Run

_BY_RULE = Words("按规则：", "by rule:")
_BY_BODY = Words("按机关：", "by body:")
_BY_FILE = Words("按文件：", "by file:")


def statistics(run: Run, lang: Lang) -> Iterator[str]:
    """Yield the counts, the most frequent first, then the totals. What a baseline accepts is not counted."""
    rules, bodies, files = Counter[str](), Counter[str](), Counter[str]()
    for outcome in run.outcomes():
        examination = outcome.examination
        found = [note.item.rule for note in examination.notes if not note.accepted]
        rules.update(found)
        bodies[examination.agency or examination.file] += len(found) + examination.omitted
        files[examination.file] += len(found) + examination.omitted
    for note in (note for note in run.comparison_notes if not note.accepted):
        rules[note.item.rule] += 1
        bodies[run.body_of(note)] += 1
        files[run.file_of(note)] += 1
    families = run.options.policy.families
    titles = {rule: f"{rule}  {families[rule].title.text(lang)}" for rule in rules}
    for heading, counts in ((_BY_RULE, rules), (_BY_BODY, bodies), (_BY_FILE, files)):
        yield heading.text(lang)
        yield from (f"{count:6}  {visible(titles.get(name, name))}" for name, count in counts.most_common() if count)
    yield from closing_lines(run, lang)
