"""SARIF 2.1.0 (OASIS), which code scanning services and editors show beside the lines concerned."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import attrs

from gkformat.base.families import Authority, Family
from gkformat.base.findings import DECLARED
from gkformat.base.place import NOWHERE
from gkformat.base.words import COLON, Lang, Words
from gkformat.cli.json_text import json_lines, plain_place
from gkformat.cli.outcomes import Outcome
from gkformat.cli.policy import EQUATIONS, Policy
from gkformat.cli.run import Run
from gkformat.codec import unstructure
from gkformat.derived.catalogue import Rule, explanation, rules
from gkformat.examination.positions import Span
from gkformat.examination.result import Examination, Note
from gkformat.version import DOCUMENTATION, VERSION
from gkformat.views.wording import ACCEPTED, omitted_message, place_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LANGUAGES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en-US"}

_Level = Literal["error", "warning", "note"]
_Plain = dict[str, Any]


def sarif(run: Run, lang: Lang) -> Iterator[str]:
    """Yield one log with one run. Findings that the baseline accepts are included as suppressed results."""
    results: list[_Plain] = []
    artifacts: list[_Plain] = []
    notifications: list[_Plain] = []
    for outcome in run.outcomes():
        results += [
            _result(note, run.options.policy, lang, outcome.examination.file) for note in outcome.examination.notes
        ]
        notifications += _notifications(outcome.examination, lang)
        artifacts.append(_artifact(outcome))
    results += [_result(note, run.options.policy, lang, run.file_of(note)) for note in run.comparison_notes]
    sarif_run = {
        "tool": {
            "driver": {
                "name": "gkformat",
                "version": VERSION,
                "semanticVersion": VERSION,
                "informationUri": DOCUMENTATION,
                "rules": [
                    *(_rule(rule, lang) for rule in rules()),
                    *(_own_rule(family, lang) for family in run.options.policy.own),
                ],
            }
        },
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": f"{Path.cwd().as_uri()}/"}},
        "invocations": [_invocation(run, notifications)],
        "artifacts": artifacts,
        "results": results,
        "properties": _properties(run),
    }
    yield from json_lines({"$schema": _SCHEMA, "version": "2.1.0", "runs": [sarif_run]}, indent=2)


def _own_rule(family: Family, lang: Lang) -> _Plain:
    return {"id": family.rule, "shortDescription": {"text": family.title.text(lang)}}


def _rule(rule: Rule, lang: Lang) -> _Plain:
    return {
        "id": rule.rule,
        "shortDescription": {"text": rule.title.text(lang)},
        "fullDescription": {"text": rule.why.text(lang)},
        "help": {"text": "\n".join(words.text(lang) for words in explanation(rule))},
        "helpUri": f"{DOCUMENTATION}reference/{_RULES[lang]}#{rule.rule}",
        "defaultConfiguration": {"level": _LEVELS[rule.authority]},
        "properties": {"tags": [rule.authority]},
    }


_RULES: Mapping[Lang, str] = {"zh": "rules-2021.zh-CN.html", "en": "rules-2021.html"}
"""The pages of the documentation on the rules."""


_LEVELS: Mapping[Authority, _Level] = {
    **dict.fromkeys(EQUATIONS, "error"),
    "cell": "warning",
    "advice": "note",
    "reading": "note",
    "structure": "error",
    "internal": "error",
}


def _level(note: Note, policy: Policy) -> _Level:
    if policy.fails(note):
        return "error"
    return "warning" if note.level in ("undecided", "broken", "fault") else "note"


def _result(note: Note, policy: Policy, lang: Lang, file: str) -> _Plain:
    item = note.item
    label = item.label or note.report_title
    declared = f" [{DECLARED.text(lang)}]" if note.declared else ""
    where = "" if note.place == NOWHERE else _BRACKETS.format(place=place_text(note, lang)).text(lang)
    result: _Plain = {
        "ruleId": item.rule,
        "ruleIndex": [*policy.families].index(item.rule),
        "level": _level(note, policy),
        "message": {"text": f"{label}{where}{COLON.text(lang)}{note.message(lang)}{declared}"},
        "partialFingerprints": {"gkformat/v1": _fingerprint(note)},
        "properties": unstructure(item),
        # GitHub code scanning rejects a whole log if one result has no location.
        "locations": [_location(file, note.span) | _logical(note) | _where(note, lang)],
    }
    if note.accepted:
        result["suppressions"] = [{"kind": "external", "justification": ACCEPTED.text(lang)}]
    return result


_BRACKETS = Words("（{place}）", " ({place})")
"""Around a place in a document without lines, which no viewer shows but in the message."""


def _fingerprint(note: Note) -> str:
    """Return a fingerprint that identifies a finding even if the file is renamed or the lines move."""
    return sha256(f"{note.report_title}\n{note.item.rule}\n{note.address}".encode(errors="replace")).hexdigest()


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
    return {
        "logicalLocations": [{"name": note.item.label or note.report_title, "fullyQualifiedName": note.address or "/"}]
    }


def _where(note: Note, lang: Lang) -> _Plain:
    """Return the place in a document that has no lines and columns, as a message of its location."""
    if note.place == NOWHERE:
        return {}
    return {"message": {"text": place_text(note, lang)}, "properties": {"place": plain_place(note.place)}}


def _artifact_location(file: str) -> _Plain:
    """Return a file as a URI, relative to the working directory if it is below it: the same on every machine."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix().encode(errors="surrogateescape")), "uriBaseId": _ROOT}


def _artifact(outcome: Outcome) -> _Plain:
    properties = {name: getattr(outcome.examination, name) for name in ("agency", "year", "edition", "conclusion")}
    skipped = [{"rule": item.rule, "reason": item.reason.name, "equations": item.equations} for item in outcome.skipped]
    return {"location": _artifact_location(outcome.examination.file), "properties": {**properties, "skipped": skipped}}


def _notifications(examination: Examination, lang: Lang) -> Iterator[_Plain]:
    """Yield messages about a file that are not results: it could not be read, or not all faults are listed."""
    for words in filter(None, (examination.error, omitted_message(examination) if examination.omitted else None)):
        yield {
            "level": "error",
            "message": {"text": words.text(lang)},
            "locations": [_location(examination.file, None)],
        }


def _invocation(run: Run, notifications: list[_Plain]) -> _Plain:
    failed = 2
    return {
        "executionSuccessful": run.exit_code < failed,
        "exitCode": run.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _properties(run: Run) -> _Plain:
    policy = run.options.policy
    return {
        "policy": {"select": policy.select, "ignore": policy.ignore, "strict": policy.strict},
        "skipped": [{"rule": rule, "reason": reason.name} for rule, reason in run.options.skipped],
        "passedOver": run.passed_over,
        "expired": [attrs.asdict(entry) for entry in run.expired()],
    }
