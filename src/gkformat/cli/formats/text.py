"""For people: file by file, each finding with its label first, then what is wrong, then how to look it up."""

from collections.abc import Iterator, Mapping

from click import style

from gkformat.base.words import Lang, Words
from gkformat.cli.formats.wording import (
    CONCLUSIONS,
    counted,
    leveled,
    omitted,
    on_one_line,
    remarks,
    totals,
    unjudged,
    where,
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
_COLON = Words("：{words}", ": {words}")
_WHOLE_REPORT = Words("整份报告", "the whole report")
_SERIES = Words(
    "跨年度：比较 {pairs} 对相邻年度，缺年 {gaps} 处", "across years: {pairs} pair(s) compared, {gaps} gap(s)"
)
_PARTS = Words("汇总与各单位：计入 {counted} 个单位", "the whole and its parts: {counted} counted")


def text(run: Run, lang: Lang) -> Iterator[str]:
    """Lines for people; what comes from a file begins none."""
    return map(on_one_line, _lines(run, lang))


def _lines(run: Run, lang: Lang) -> Iterator[str]:
    for outcome in run.outcomes():
        yield from told(outcome, lang)
    yield from _across(run, lang)
    yield from totals(run, lang)
    yield from remarks(run, lang)


def told(outcome: Outcome, lang: Lang) -> Iterator[str]:
    """A file: what came of it, and what is said of it."""
    yield heading(outcome, lang)
    for note in outcome.notes:
        if not note.accepted:
            yield from noted(note, lang)
    if outcome.report and outcome.count("broken"):
        from gkformat.cli.diagnoses import best_as_text  # noqa: PLC0415 - not for the many files in which all is well

        yield from (f"  {line}" for line in best_as_text(outcome.report, lang))
    if outcome.omitted:
        yield f"  …… {omitted(outcome).text(lang)}"
    yield from (f"  {line}" for line in unjudged(outcome, lang))


def heading(outcome: Outcome, lang: Lang) -> str:
    """A file: its name, whose report it is, and what came of it."""
    conclusion = style(
        CONCLUSIONS[outcome.conclusion].text(lang), fg=_CONCLUSION_COLOURS[outcome.conclusion], bold=True
    )
    if outcome.trouble:
        conclusion += _COLON.format(words=outcome.trouble).text(lang)
    elif counts := counted(outcome, lang):
        conclusion += _BRACKETS.format(inner=counts).text(lang)
    title = "" if outcome.title == outcome.file else outcome.title
    return "  ".join(filter(None, (style(outcome.file, bold=True), title, conclusion)))


def noted(note: Note, lang: Lang, whose: str = "") -> Iterator[str]:
    """A note on three lines."""
    place = note.item.label or note.place or _WHOLE_REPORT.text(lang)
    yield f"  {style(f'[{leveled(note, lang)}]', fg=_LEVEL_COLOURS[note.level])} {whose}{place}"
    yield f"    {note.message(lang)}"
    yield f"    {style(where(note, lang), dim=True)}"


def _across(run: Run, lang: Lang) -> Iterator[str]:
    if run.series is not None:
        yield _SERIES.format(pairs=len(run.series.compared), gaps=len(run.series.gaps)).text(lang)
    if run.parts is not None:
        yield _PARTS.format(counted=len(run.parts.coverage.counted)).text(lang)
    for note in run.across:
        if not note.accepted:
            yield from noted(note, lang, f"{note.report}  ")
    if run.parts is not None:
        yield from (f"  {suspect.message(lang)}" for suspect in run.parts.suspects)
