"""Output for people, file by file. Each finding has its label first, then what is wrong, then how to look it up."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import evolve
from click import style

from gkformat.base.address import Address
from gkformat.base.errors import OMITTED_LINE
from gkformat.base.findings import Finding, MarkKind
from gkformat.base.place import Place
from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.formats.wording import (
    CONCLUSIONS,
    closing_lines,
    level_counts,
    level_text,
    location,
    unjudged_lines,
)
from gkformat.cli.outcomes import Conclusion, Level, Note, Outcome
from gkformat.cli.run import Run
from gkformat.forms import editions
from gkformat.judgement.marks import UNCLEAR, unclear_cells
from gkformat.judgement.root import cell_message
from gkformat.notation.outline import label, nodes

if TYPE_CHECKING:
    from gkformat.comparison.series import SeriesFindings

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
_SERIES = Words(
    "跨年度：比较 {pairs} 对相邻年度，缺年 {gaps} 处", "across years: {pairs} pair(s) compared, {gaps} gap(s)"
)
_RENAMED = Words(
    "  作为同一机关比较（名称写法不同）：{earlier}、{later}",
    "  taken for one body, whose name is written otherwise: {earlier}, {later}",
)
_ALONE = Words(
    "  未作比较的 {count} 份（没有同一机关其他年度的报告；若更改过名称，请统一）：{names}",
    "  not compared, {count} report(s) without another year of the same body (has its name changed?): {names}",
)
_UNREADABLE = "cell-unreadable"
_FEW = 3
_MORE = Words(
    "[待定] {rule} 另有 {count} 处，全部见 --format json",
    "[undecided] {rule}: {count} more, all of them with --format json",
)
_CELLS = Words("（共 {count} 格）", " ({count} cells)")
_PARTS = Words("汇总与各单位：计入 {counted} 个单位", "the whole and its parts: {counted} counted")


def text(run: Run, lang: Lang) -> Iterator[str]:
    """Yield lines for people."""
    for outcome in run.outcomes():
        if outcome.exit_code or not run.options.quiet:
            yield from file_lines(outcome, lang)
    yield from _comparison_lines(run, lang)
    yield from closing_lines(run, lang)


def file_lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Yield the lines of a file: its heading, its notes, the likeliest mistakes, and what was not judged."""
    yield file_heading(outcome, lang)
    yield from notes_lines(outcome, lang)
    if outcome.report and (outcome.count("broken") or unclear_cells(outcome.report)):
        from gkformat.cli.diagnoses import brief_lines  # noqa: PLC0415 - not needed for the many files without errors

        yield from (f"  {line}" for line in brief_lines(outcome.report, lang))
    if outcome.omitted:
        yield OMITTED_LINE.format(count=outcome.omitted).text(lang)
    yield from (f"  {line}" for line in unjudged_lines(outcome, lang))


def file_heading(outcome: Outcome, lang: Lang) -> str:
    """Return the heading of a file: its name, the agency and year, and the conclusion."""
    conclusion = style(
        CONCLUSIONS[outcome.conclusion].text(lang), fg=_CONCLUSION_COLOURS[outcome.conclusion], bold=True
    )
    if outcome.error:
        conclusion += COLON.text(lang) + outcome.error.text(lang)
    elif counts := level_counts(outcome, lang):
        conclusion += _BRACKETS.format(inner=counts).text(lang)
    title = "" if outcome.title == outcome.file else visible(outcome.title)
    return "  ".join(filter(None, (style(visible(outcome.file), bold=True), title, conclusion)))


def notes_lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Yield the notes of a file that no baseline accepts. Rows and tables of unclear cells are told as a whole."""
    notes = [note for note in outcome.notes if not note.accepted]
    return _few_lines(_gathered(outcome.report, notes) if outcome.report else notes, lang)


def _gathered(report: "editions.AnyReport", notes: Sequence[Note]) -> Iterator[Note]:
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


def _few_lines(notes: Iterable[Note], lang: Lang, whose: Callable[[Note], str] = lambda _: "") -> Iterator[str]:
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


def _series_words(series: "SeriesFindings") -> Iterator[Words]:
    """Yield what a comparison across years compared: nobody should take a report for compared that was not."""
    yield _SERIES.format(pairs=len(series.compared), gaps=len(series.gaps))
    yield from (_RENAMED.format(earlier=earlier, later=later) for earlier, later in series.renamed)
    if series.alone:
        few = [str(name) for name in series.alone[:_FEW]] + ["…"] * (len(series.alone) > _FEW)
        names = Words("、".join(few), ", ".join(few))
        yield _ALONE.format(count=len(series.alone), names=names)


def _comparison_lines(run: Run, lang: Lang) -> Iterator[str]:
    if run.series is not None:
        yield from (words.text(lang) for words in _series_words(run.series))
    if run.parts is not None:
        yield _PARTS.format(counted=len(run.parts.coverage.counted)).text(lang)
    notes = [note for note in run.comparison_notes if not note.accepted]
    yield from _few_lines(notes, lang, lambda note: f"{visible(note.report_title)}  ")
    if run.parts is not None:
        yield from (f"  {suspect.message(lang)}" for suspect in run.parts.suspects)
