"""Workflow commands of GitHub Actions, shown as annotations beside the lines of a pull request."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from gkformat.base.visible import visible
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.formats.wording import remark_lines, total_lines, unjudged_lines
from gkformat.cli.outcomes import Outcome
from gkformat.cli.policy import Policy
from gkformat.cli.run import Run
from gkformat.examination.positions import Span
from gkformat.examination.result import CONCLUSIONS, Level, Note
from gkformat.views.lines import Command
from gkformat.views.wording import level_text, omitted_message, place_text

SHOWN_BY_GITHUB = 10
"""The number of annotations of a kind that GitHub shows per step. The others are only in the log."""

_Kind = Literal["error", "warning", "notice"]
_KINDS: Mapping[Level, _Kind] = {
    "fault": "error",
    "broken": "error",
    "undecided": "warning",
    "advice": "notice",
    "failure": "error",
}
_LIMIT = Words(
    "{count} 条 {kind} 注释：GitHub 每一步最多显示 {shown} 条，其余见本日志",
    "{count} annotations of kind {kind}: GitHub shows {shown} of a kind for a step, the others stand in this log",
)


def github(run: Run, lang: Lang) -> Iterator[str]:
    """Yield a workflow command for each finding, then a summary for the log."""
    kinds: Counter[_Kind] = Counter()
    for outcome in run.outcomes():
        for kind, command in _commands(outcome, run.options.policy, lang):
            kinds[kind] += 1
            yield command
    for note in run.comparison_notes:
        if not note.accepted:
            kinds[_kind(note, run.options.policy)] += 1
            kind, place = _kind(note, run.options.policy), _place(run.file_of(note), None)
            yield _command(kind, _message(note, lang), **place, title=_title(note, lang))
    for kind, count in kinds.items():
        if count > SHOWN_BY_GITHUB:
            yield _LIMIT.format(count=count, kind=kind, shown=SHOWN_BY_GITHUB).text(lang)
    yield from total_lines(run, lang)
    yield from remark_lines(run, lang)


def _commands(outcome: Outcome, policy: Policy, lang: Lang) -> Iterator[tuple[_Kind, Command]]:
    examination = outcome.examination
    for words in filter(None, (examination.error, omitted_message(examination) if examination.omitted else None)):
        title = CONCLUSIONS[examination.conclusion].text(lang)
        yield "error", _command("error", words.text(lang), file=examination.file, title=title)
    for line in unjudged_lines(outcome, lang):
        yield "notice", _command("notice", line, file=examination.file)
    for note in examination.notes:
        if not note.accepted:
            kind = _kind(note, policy)
            place = _place(examination.file, note.span)
            yield kind, _command(kind, _message(note, lang), **place, title=_title(note, lang))


def _kind(note: Note, policy: Policy) -> _Kind:
    return "error" if policy.fails(note) else _KINDS[note.level]


def _message(note: Note, lang: Lang) -> str:
    at = visible(note.address)
    named = note.item.label or at
    looked_up = at if note.span else "  ".join(filter(None, (at, place_text(note, lang))))
    return f"{named}{COLON.text(lang) if named else ''}{note.message(lang)}\n{looked_up}"


def _title(note: Note, lang: Lang) -> str:
    return f"{visible(note.report_title)} {level_text(note, lang)} {note.item.rule}"


def _place(file: str, span: Span | None) -> dict[str, str]:
    if span is None:
        return {"file": file}
    place = {"file": file, "line": str(span.line), "col": str(span.column)}
    return place | {"endColumn": str(span.end_column)} if span.end_line == span.line else place


def _command(kind: _Kind, message: str, **properties: str) -> Command:
    listed = ",".join(f"{name}={_escape(value, _IN_PROPERTIES)}" for name, value in properties.items())
    return Command(f"::{kind} {listed}::{_escape(message, _IN_MESSAGES)}")


_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def _escape(text: str, signs: Mapping[int, str]) -> str:
    return text.translate(signs)
