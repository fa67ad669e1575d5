"""SARIF 2.1.0 (OASIS), which code scanning services and editors show beside the lines that it speaks of."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import attrs

from gkformat.base.families import FAMILIES, Authority, Family
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.formats.wording import DECLARED, omitted
from gkformat.cli.outcomes import Note, Outcome
from gkformat.cli.policy import EQUATIONS, Policy
from gkformat.cli.positions import Span
from gkformat.cli.run import Run
from gkformat.codec import dumps, unstructure
from gkformat.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LANGUAGES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
_ACCEPTED = Words("已列入基线", "accepted by the baseline")

_Level = Literal["error", "warning", "note"]
_Plain = dict[str, Any]


def sarif(run: Run, lang: Lang) -> Iterator[str]:
    """One log with one run; what is accepted by a baseline is in it too, as suppressed."""
    results: list[_Plain] = []
    artifacts: list[_Plain] = []
    notifications: list[_Plain] = []
    for outcome in run.outcomes():
        results += [_result(note, run.asked.policy, lang, outcome.file) for note in outcome.notes]
        notifications += _notifications(outcome, lang)
        artifacts.append(_artifact(outcome))
    results += [_result(note, run.asked.policy, lang, run.file_of(note)) for note in run.across]
    made = {
        "tool": {
            "driver": {"name": "gkformat", "version": VERSION, "rules": [_rule(f, lang) for f in FAMILIES.values()]}
        },
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": f"{Path.cwd().as_uri()}/"}},
        "invocations": [_invocation(run, notifications)],
        "artifacts": artifacts,
        "results": results,
        "properties": _properties(run),
    }
    yield dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [made]}, indent=2)


def _rule(family: Family, lang: Lang) -> _Plain:
    return {
        "id": family.rule,
        "shortDescription": {"text": family.title.text(lang)},
        "defaultConfiguration": {"level": _LEVELS[family.authority]},
        "properties": {"tags": [family.authority]},
    }


_LEVELS: Mapping[Authority, _Level] = {
    **dict.fromkeys(EQUATIONS, "error"),
    "advice": "note",
    "reading": "note",
    "structure": "error",
    "internal": "error",
}
_INDEX = {rule: index for index, rule in enumerate(FAMILIES)}


def _level(note: Note, policy: Policy) -> _Level:
    if note.fails(policy):
        return "error"
    return "warning" if note.level in ("undecided", "broken", "fault") else "note"


def _result(note: Note, policy: Policy, lang: Lang, file: str) -> _Plain:
    item = note.item
    label = item.label or note.report
    declared = f" [{DECLARED.text(lang)}]" if note.declared else ""
    made: _Plain = {
        "ruleId": item.rule,
        "ruleIndex": _INDEX[item.rule],
        "level": _level(note, policy),
        "message": {"text": f"{label}{COLON.text(lang)}{note.message(lang)}{declared}"},
        "partialFingerprints": {"gkformat/v1": _fingerprint(note)},
        "properties": unstructure(item),
        # Code scanning refuses a whole log for one result without a place.
        "locations": [_location(file, note.span) | _logical(note)],
    }
    if note.accepted:
        made["suppressions"] = [{"kind": "external", "justification": _ACCEPTED.text(lang)}]
    return made


def _fingerprint(note: Note) -> str:
    """The same for as long as a finding stands in a report, wherever its file and its line move."""
    return sha256(f"{note.report}\n{note.item.rule}\n{note.place}".encode(errors="replace")).hexdigest()


def _location(file: str, span: Span | None) -> _Plain:
    physical: _Plain = {"artifactLocation": _artifact_location(file)}
    if span:
        physical["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {"physicalLocation": physical}


def _logical(note: Note) -> _Plain:
    return {"logicalLocations": [{"name": note.item.label or note.report, "fullyQualifiedName": note.place or "/"}]}


def _artifact_location(file: str) -> _Plain:
    """A file as a URI: below where the check runs, if it stands there, so that a report is the same on any machine."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix().encode(errors="surrogateescape")), "uriBaseId": _ROOT}


def _artifact(outcome: Outcome) -> _Plain:
    said = {name: getattr(outcome, name) for name in ("agency", "year", "edition", "conclusion")}
    skipped = [{"rule": item.rule, "reason": item.reason.name, "equations": item.equations} for item in outcome.skipped]
    return {"location": _artifact_location(outcome.file), "properties": {**said, "skipped": skipped}}


def _notifications(outcome: Outcome, lang: Lang) -> Iterator[_Plain]:
    """What is said of a file and is no result: that it could not be read, or that not all is listed."""
    for words in filter(None, (outcome.trouble, omitted(outcome) if outcome.omitted else None)):
        yield {"level": "error", "message": {"text": words.text(lang)}, "locations": [_location(outcome.file, None)]}


def _invocation(run: Run, notifications: list[_Plain]) -> _Plain:
    trouble = 2
    return {
        "executionSuccessful": run.exit_code < trouble,
        "exitCode": run.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _properties(run: Run) -> _Plain:
    policy = run.asked.policy
    return {
        "policy": {"select": policy.select, "ignore": policy.ignore, "strict": policy.strict},
        "skipped": [{"rule": rule, "reason": reason.name} for rule, reason in run.asked.skipped],
        "passedOver": run.passed_over,
        "expired": [attrs.asdict(entry) for entry in run.expired()],
    }
