"""Output for people, file by file. Each finding has its label first, then what is wrong, then how to look it up."""

from collections.abc import Iterator, Mapping

from click import style

from gkformat.base.errors import OMITTED_LINE
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.formats.wording import (
    CONCLUSIONS,
    escape_newlines,
    level_counts,
    level_text,
    location,
    remark_lines,
    total_lines,
    unjudged_lines,
)
from gkformat.cli.outcomes import Conclusion, Level, Note, Outcome
from gkformat.cli.run import Run

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
_PARTS = Words("汇总与各单位：计入 {counted} 个单位", "the whole and its parts: {counted} counted")


def text(run: Run, lang: Lang) -> Iterator[str]:
    """Yield lines for people. No text from a file can start a line of its own."""
    return map(escape_newlines, _lines(run, lang))


def _lines(run: Run, lang: Lang) -> Iterator[str]:
    for outcome in run.outcomes():
        yield from file_lines(outcome, lang)
    yield from _comparison_lines(run, lang)
    yield from total_lines(run, lang)
    yield from remark_lines(run, lang)


def file_lines(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Yield the lines of a file: its heading, its notes, the likeliest mistakes, and what was not judged."""
    yield file_heading(outcome, lang)
    for note in outcome.notes:
        if not note.accepted:
            yield from note_lines(note, lang)
    if outcome.report and outcome.count("broken"):
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
    title = "" if outcome.title == outcome.file else outcome.title
    return "  ".join(filter(None, (style(outcome.file, bold=True), title, conclusion)))


def note_lines(note: Note, lang: Lang, whose: str = "") -> Iterator[str]:
    """Yield a note on three lines. `whose` goes before its place."""
    place = note.item.label or note.place or _WHOLE_REPORT.text(lang)
    yield f"  {style(f'[{level_text(note, lang)}]', fg=_LEVEL_COLOURS[note.level])} {whose}{place}"
    yield f"    {note.message(lang)}"
    yield f"    {style(location(note, lang), dim=True)}"


def _comparison_lines(run: Run, lang: Lang) -> Iterator[str]:
    if run.series is not None:
        yield _SERIES.format(pairs=len(run.series.compared), gaps=len(run.series.gaps)).text(lang)
    if run.parts is not None:
        yield _PARTS.format(counted=len(run.parts.coverage.counted)).text(lang)
    for note in run.comparison_notes:
        if not note.accepted:
            yield from note_lines(note, lang, f"{note.report_title}  ")
    if run.parts is not None:
        yield from (f"  {suspect.message(lang)}" for suspect in run.parts.suspects)
