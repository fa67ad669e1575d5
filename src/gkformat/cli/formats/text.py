"""Output for people, file by file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gkformat.base.errors import OMITTED_LINE
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.formats.wording import closing_lines, unjudged_lines
from gkformat.cli.outcomes import Outcome
from gkformat.cli.run import Run
from gkformat.judgement.marks import unclear_cells
from gkformat.views.text import few_lines, file_heading, notes_lines

if TYPE_CHECKING:
    from gkformat.comparison.series import SeriesFindings

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
_FEW = 3
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
    examination = outcome.examination
    yield file_heading(examination, lang)
    yield from notes_lines(examination, lang)
    if examination.report and (examination.count("broken") or unclear_cells(examination.report)):
        from gkformat.views.diagnoses import brief_lines  # noqa: PLC0415 - not needed for the many files without errors

        yield from (f"  {line}" for line in brief_lines(examination.report, lang))
    if examination.omitted:
        yield OMITTED_LINE.format(count=examination.omitted).text(lang)
    yield from (f"  {line}" for line in unjudged_lines(outcome, lang))


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
    yield from few_lines(notes, lang, lambda note: f"{visible(note.report_title)}  ")
    if run.parts is not None:
        yield from (f"  {suspect.message(lang)}" for suspect in run.parts.suspects)
