"""Output for programs: one JSON document, or JSON Lines. `gkformat.cli.schemas` has the schema of both."""

from collections.abc import Iterator
from typing import Any

import attrs

from gkformat.base.findings import Finding
from gkformat.base.words import Lang
from gkformat.cli.json_text import json_lines, plain_place
from gkformat.cli.outcomes import Outcome
from gkformat.cli.policy import SkipReason
from gkformat.cli.run import Run
from gkformat.codec import unstructure
from gkformat.comparison.series_finding import SeriesFinding
from gkformat.examination.result import Note
from gkformat.version import VERSION


def json(run: Run, lang: Lang) -> Iterator[str]:  # noqa: ARG001 - messages come in both languages
    """Yield one JSON document: the tool and the policy, each file as soon as it is judged, and the summary."""
    *head, last, _ = json_lines(_head(run), indent=2)
    yield from (*head, f"{last},", '  "files": [')
    ended = ""
    for outcome in run.outcomes():
        if ended:
            yield f"{ended},"
        *lines, ended = (f"    {line}" for line in json_lines(_file(outcome), indent=2))
        yield from lines
    if ended:
        yield ended
    yield from ("  ],", *json_lines(_summary(run), indent=2)[1:])


def jsonl(run: Run, lang: Lang) -> Iterator[str]:  # noqa: ARG001 - messages come in both languages
    """Yield one JSON object per line: a `head`, each `file` as soon as it is judged, and a `summary`."""
    yield from json_lines({"type": "head", **_head(run)})
    for outcome in run.outcomes():
        yield from json_lines({"type": "file", **_file(outcome)})
    yield from json_lines({"type": "summary", **_summary(run)})


def _head(run: Run) -> dict[str, Any]:
    options = run.options
    return {
        "tool": {"name": "gkformat", "version": VERSION},
        "policy": {
            "select": list(options.policy.select),
            "ignore": list(options.policy.ignore),
            "strict": options.policy.strict,
            "own_rules": [family.rule for family in options.policy.own],
            "as_found": options.as_found,
            "settings": options.settings or None,
            "baseline": options.baseline_file or None,
            "kind": options.kind,
            "published": options.published.isoformat() if options.published else None,
        },
        "skipped": [_skipped(rule, reason, 0) for rule, reason in options.skipped],
    }


def _file(outcome: Outcome) -> dict[str, Any]:
    examination = outcome.examination
    faults, findings = (
        [note for note in examination.notes if (note.level == "fault") is wanted] for wanted in (True, False)
    )
    return {
        "file": examination.file,
        "agency": examination.agency or None,
        "year": examination.year,
        "edition": examination.edition or None,
        "conclusion": examination.conclusion,
        "exit_code": outcome.exit_code,
        "error": unstructure(examination.error) if examination.error else None,
        "faults": [_note(note) for note in faults],
        "omitted": examination.omitted,
        "findings": [_note(note) for note in findings],
        "skipped": [_skipped(item.rule, item.reason, item.equations) for item in outcome.skipped],
    }


def _note(note: Note) -> dict[str, Any]:
    plain: dict[str, Any] = unstructure(note.item)
    span = note.span and attrs.asdict(note.span)
    return {**plain, "position": span, "place": plain_place(note.place), "accepted": note.accepted}


def _skipped(rule: str, reason: SkipReason, equations: int) -> dict[str, Any]:
    return {"rule": rule, "reason": reason.name, "equations": equations, "message": unstructure(reason.words)}


def _summary(run: Run) -> dict[str, Any]:
    return {
        "conclusions": dict(run.conclusions),
        "passed_over": run.passed_over,
        "failed": run.failed,
        "accepted": run.accepted,
        "expired": [attrs.asdict(entry) for entry in run.expired()],
        "series": _series(run),
        "parts": _parts(run),
        "exit_code": run.exit_code,
    }


def _series(run: Run) -> dict[str, Any] | None:
    if run.series is None:
        return None
    notes = [note for note in run.comparison_notes if isinstance(note.item, SeriesFinding)]
    pairs = {name: getattr(run.series, name) for name in ("compared", "renamed", "gaps", "alone")}
    return {"findings": [_note(note) for note in notes], **unstructure(pairs)}


def _parts(run: Run) -> dict[str, Any] | None:
    if run.parts is None:
        return None
    notes = [note for note in run.comparison_notes if isinstance(note.item, Finding)]
    plain: dict[str, Any] = unstructure({name: getattr(run.parts, name) for name in ("coverage", "inconsistent")})
    suspects = [{"agency": item.agency, "reason": item.reason} for item in run.parts.suspects]
    return {"findings": [_note(note) for note in notes], **plain, "suspects": suspects}
