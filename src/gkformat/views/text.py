"""An examination as lines for people. Each finding has its label first, then what is wrong, then how to look it up."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from click import style

from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang, Words
from gkformat.examination.result import CONCLUSIONS, Conclusion, Examination, Level, Note
from gkformat.views.gathering import gathered
from gkformat.views.wording import level_counts, level_text, location

_LEVEL_COLOURS: Mapping[Level, str] = {
    "fault": "red",
    "broken": "red",
    "undecided": "yellow",
    "advice": "blue",
    "failure": "magenta",
}
_CONCLUSION_COLOURS: Mapping[Conclusion, str] = {
    "consistent": "green",
    "undecided": "yellow",
    "inconsistent": "red",
    "malformed": "red",
    "unreadable": "red",
}
_BRACKETS = Words("（{inner}）", " ({inner})")
_WHOLE_REPORT = Words("整份报告", "the whole report")
_UNREADABLE = "cell-unreadable"
_FEW = 3
_MORE = Words(
    "[待定] {rule} 另有 {count} 处，全部见 --format json",
    "[undecided] {rule}: {count} more, all of them with --format json",
)


def file_heading(examination: Examination, lang: Lang) -> str:
    """Return the heading of a file: its name, the agency and year, and the conclusion."""
    conclusion = style(
        CONCLUSIONS[examination.conclusion].text(lang), fg=_CONCLUSION_COLOURS[examination.conclusion], bold=True
    )
    if examination.error:
        conclusion += COLON.text(lang) + examination.error.text(lang)
    elif counts := level_counts(examination, lang):
        conclusion += _BRACKETS.format(inner=counts).text(lang)
    title = "" if examination.title == examination.file else visible(examination.title)
    return "  ".join(filter(None, (style(visible(examination.file), bold=True), title, conclusion)))


def notes_lines(examination: Examination, lang: Lang) -> Iterator[str]:
    """Yield the notes of a file that no baseline accepts. Rows and tables of unclear cells are told as a whole."""
    notes = [note for note in examination.notes if not note.accepted]
    return few_lines(gathered(examination.report, notes) if examination.report else notes, lang)


def few_lines(notes: Iterable[Note], lang: Lang, whose: Callable[[Note], str] = lambda _: "") -> Iterator[str]:
    """Yield the lines of notes. Of what one rule leaves undecided, more than a few are only counted."""
    seen: Counter[str] = Counter()
    for is_undecided, group in groupby(notes, lambda note: note.level == "undecided"):
        for note in group:
            rule = note.item.rule
            if is_undecided and rule != _UNREADABLE:  # each of these is another text
                seen[rule] += 1
            if seen[rule] <= _FEW or not is_undecided:
                yield from note_lines(note, lang, whose(note))
        for rule, count in seen.items():
            if count > _FEW:
                yield f"  {_MORE.format(count=count - _FEW, rule=rule).text(lang)}"
        seen.clear()


def note_lines(note: Note, lang: Lang, whose: str = "") -> Iterator[str]:
    """Yield a note on three lines. `whose` goes before its place."""
    place = note.item.label or visible(note.address) or _WHOLE_REPORT.text(lang)
    yield f"  {style(f'[{level_text(note, lang)}]', fg=_LEVEL_COLOURS[note.level])} {whose}{place}"
    yield f"    {note.message(lang)}"
    yield f"    {style(location(note, lang), dim=True)}"
