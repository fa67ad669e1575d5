"""JSON Schemas (2020-12) of the output of `check --format json` and `--format jsonl`, and of baselines."""

from typing import Any, get_args

from gkformat.base.families import FAMILIES
from gkformat.base.findings import Severity
from gkformat.base.words import LANGUAGES
from gkformat.examination.result import CONCLUSIONS
from gkformat.forms.kinds import KINDS

_Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: _Schema = {"type": "string"}
_FLAG: _Schema = {"type": "boolean"}
_COUNT: _Schema = {"type": "integer", "minimum": 0}
_ORDINAL: _Schema = {"type": "integer", "minimum": 1}
_EXIT_CODE: _Schema = {"enum": [0, 1, 2]}
_NUMBER: _Schema = {
    "description": "A count is a number, an amount of money a string as it was written; null where there is none.",
    "type": ["integer", "string", "null"],
}
_RULE: _Schema = {
    "description": "A rule of the library, or one of the user's own.",
    "anyOf": [{"enum": list(FAMILIES)}, {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}],
}
_WORDS: _Schema = {"$ref": "#/$defs/words"}


def check_schema() -> _Schema:
    """Return the schema of the output of `--format json`. A line of `--format jsonl` is one of its `#/$defs/line`."""
    return {
        "$schema": _DIALECT,
        "title": "gkformat check --format json",
        **_object(**_head(), files=_array(_ref("file")), **_summary()),
        "$defs": {
            "line": {"anyOf": [_line("head", _head()), _line("file", _file()), _line("summary", _summary())]},
            "file": _object(**_file()),
            "fault": _object(**_message_properties(), found=_TEXT, expected=_WORDS, **_position_properties()),
            "finding": _object(
                **_message_properties(),
                **_value_properties(),
                declared=_FLAG,
                quote=_or_null(_ref("quote")),
                **_position_properties(),
            ),
            "comparison": _comparison(),
            "skipped": _skipped(),
            "entry": _entry(),
            "words": _object(**dict.fromkeys(LANGUAGES, _TEXT)),
            "quote": {
                "description": "Words of a text of the report: characters of it from 0, the end excluded.",
                **_object(at=_TEXT, start=_COUNT, end=_COUNT, text=_TEXT),
            },
            "place": {
                "type": "object",
                "properties": {
                    **dict.fromkeys(("page", "line", "table", "row", "column", "start", "end"), _COUNT),
                    "sheet": _TEXT,
                    "words": _WORDS,
                },
                "required": ["words"],
                "additionalProperties": False,
            },
            "term": _object(at=_TEXT, coefficient={"enum": [1, -1]}, value=_NUMBER),
            "name": _object(agency=_TEXT, year={"type": "integer"}),
        },
    }


def baseline_schema() -> _Schema:
    """Return the schema of a baseline, as `--write-baseline` writes it."""
    return {"$schema": _DIALECT, "title": "gkformat check --write-baseline", **_object(accepted=_array(_entry()))}


def _object(**properties: _Schema) -> _Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: _Schema) -> _Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _line(kind: str, properties: dict[str, _Schema]) -> _Schema:
    return _object(type={"const": kind}, **properties)


def _head() -> dict[str, _Schema]:
    texts = _array(_TEXT)
    return {
        "tool": _object(name={"const": "gkformat"}, version=_TEXT),
        "policy": _object(
            select=texts,
            ignore=texts,
            strict=_FLAG,
            own_rules=texts,
            as_found=_FLAG,
            settings=_or_null(_TEXT),
            baseline=_or_null(_TEXT),
            kind={"enum": [*KINDS, None]},
            published=_or_null({"type": "string", "format": "date"}),
        ),
        "skipped": _array(_ref("skipped")),
    }


def _file() -> dict[str, _Schema]:
    return {
        "file": _TEXT,
        "agency": _or_null(_TEXT),
        "year": {"type": ["integer", "null"]},
        "edition": _or_null(_TEXT),
        "conclusion": {"enum": list(CONCLUSIONS)},
        "exit_code": _EXIT_CODE,
        "error": {"description": "Why the file could not be read, if it could not.", **_or_null(_WORDS)},
        "faults": _array(_ref("fault")),
        "omitted": {"description": "Faults beyond those that are listed.", **_COUNT},
        "findings": _array(_ref("finding")),
        "skipped": _array(_ref("skipped")),
    }


def _summary() -> dict[str, _Schema]:
    coverage = ("counted", "missing", "unexpected", "repeated", "unlike")
    pairs = _array({"type": "array", "items": _ref("name"), "minItems": 2, "maxItems": 2})
    suspect = _object(agency=_TEXT, reason={"enum": ["twice", "left-out"]})
    return {
        "conclusions": {"type": "object", "propertyNames": {"enum": list(CONCLUSIONS)}, "additionalProperties": _COUNT},
        "passed_over": {"description": "Files that hold no report.", **_array(_TEXT)},
        "failed": _COUNT,
        "accepted": {"description": "Findings that the baseline accepts.", **_COUNT},
        "expired": {"description": "Entries of the baseline that accept nothing any more.", **_array(_ref("entry"))},
        "series": _or_null(
            _object(
                findings=_array(_ref("comparison")),
                compared=pairs,
                renamed=pairs,
                gaps=pairs,
                alone=_array(_ref("name")),
            )
        ),
        "parts": _or_null(
            _object(
                findings=_array(_ref("finding")),
                coverage=_object(**dict.fromkeys(coverage, _array(_TEXT))),
                inconsistent=_array(_TEXT),
                suspects=_array(suspect),
            )
        ),
        "exit_code": _EXIT_CODE,
    }


def _message_properties() -> dict[str, _Schema]:
    return {
        "rule": _RULE,
        "at": {"description": "The address.", **_TEXT},
        "pointer": {"description": "The JSON Pointer (RFC 6901).", **_TEXT},
        "label": {"description": "What the form prints there.", **_TEXT},
        "message": _WORDS,
    }


def _value_properties() -> dict[str, _Schema]:
    return {
        "severity": {"enum": list(get_args(Severity))},
        "left": _NUMBER,
        "right": _NUMBER,
        "difference": _NUMBER,
        "terms": _array(_ref("term")),
    }


def _position_properties() -> dict[str, _Schema]:
    numbers = ("line", "column", "end_line", "end_column")
    span = _object(**dict.fromkeys(numbers, _ORDINAL))
    return {
        "position": {
            "description": "Where in the text, from 1; columns in code points; the end excluded.",
            **_or_null(span),
        },
        "place": {
            "description": "Where in a document that is not JSON, as far as it is known, and the same in words.",
            **_or_null(_ref("place")),
        },
        "accepted": _FLAG,
    }


def _comparison() -> _Schema:
    """Return the schema of a finding of `check_series`."""
    shared = {name: schema for name, schema in _message_properties().items() if name not in ("message", "pointer")}
    term = _object(report=_ref("name"), at=_TEXT, coefficient={"enum": [1, -1]}, value=_NUMBER)
    return _object(
        **shared,
        text=_WORDS,
        left=_NUMBER,
        right=_NUMBER,
        terms=_array(term),
        body=_TEXT,
        earlier=_ref("name"),
        later=_ref("name"),
        severity={"const": "advice"},
        **_position_properties(),
    )


def _skipped() -> _Schema:
    reasons = ["not-selected", "ignored", "malformed", "not-asked"]
    return _object(
        rule=_RULE,
        reason={"enum": reasons},
        equations={"description": "Equations of the rule that were not judged.", **_COUNT},
        message=_WORDS,
    )


def _entry() -> _Schema:
    values = {"description": "The two sides, or of a fault what was found.", **_TEXT}
    return _object(report={"description": "Agency and year.", **_TEXT}, at=_TEXT, rule=_TEXT, values=values)
