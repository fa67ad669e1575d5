"""An examination as lines for people. Each finding has its label first, then what is wrong, then how to look it up."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve
from click import style

from gkformat.base.address import Address
from gkformat.base.findings import Finding, MarkKind
from gkformat.base.place import Place
from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang, Words
from gkformat.examination.result import CONCLUSIONS, Conclusion, Examination, Level, Note
from gkformat.forms import editions
from gkformat.judgement.marks import UNCLEAR
from gkformat.judgement.root import cell_message
from gkformat.notation.outline import label, nodes
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
_CELLS = Words("（共 {count} 格）", " ({count} cells)")


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


def gathered(report: "editions.AnyReport", notes: Sequence[Note]) -> Iterator[Note]:
    """Yield notes: one for each row or table of which all cells are unclear in one way, and not one for each cell."""
    kinds: dict[str, MarkKind] = {f"cell-{kind}": kind for kind in UNCLEAR}
    cells_of = {rule: {note.address for note in notes if note.item.rule == rule} for rule in kinds}
    places = {note.address: note.place for note in notes if note.item.rule in kinds}
    form, marks = nodes(type(report)), {mark.at: mark for mark in report.marks}
    gathered: set[tuple[str, str]] = set()
    for note in notes:
        item = note.item
        if not isinstance(item, Finding) or item.rule not in cells_of:
            yield note
        elif (item.rule, item.at) not in gathered:
            outer = (Address.of(item.at.steps[:count]) for count in range(len(item.at.steps) + 1))
            joined = (at for at in outer if len(form[at].cells) > 1 and cells_of[item.rule].issuperset(form[at].cells))
            widest = next(joined, item.at)
            cells = form[widest].cells
            gathered.update((item.rule, at) for at in cells)
            text = cell_message(type(report), kinds[item.rule], [marks[at] for at in cells])
            if len(cells) > 1:
                text += _CELLS.format(count=len(cells))
            told = evolve(item, at=widest, label=label(type(report), widest), text=text)
            yield evolve(note, item=told, place=Place.common(places[at] for at in cells))


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
