"""The runner of the language-independent cases in `tests/suite/`; `docs/reference/suite.md` shows it."""

import base64
import json
from datetime import date
from typing import Any

import attrs

from gkformat import Address, AnyReport, Finding, Inconsistent, Malformed, cells, check, loads
from gkformat.comparison.parts import check_parts
from gkformat.comparison.series import check_series
from gkformat.comparison.series_finding import SeriesFinding
from support import SUITE

FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SUITE.glob("*.json"))}
SCHEMA = FILES.pop("case.schema")
CASES: dict[str, Any] = {f"{name}/{case['name']}": case for name, file in FILES.items() for case in file["cases"]}

# -- the runner ----------------------------------------------------------------------------------------


def source(case: Any) -> bytes:
    """Return the bytes that a case gives to the reader."""
    if "base64" in case:
        return base64.b64decode(case["base64"])
    if "text" in case:
        pieces = [case["text"]] if isinstance(case["text"], str) else case["text"]
        return "".join(p["repeat"] * p["times"] if isinstance(p, dict) else p for p in pieces).encode()
    text = (SUITE / "base" / f"{case['base']}.json").read_text(encoding="utf-8")
    for edit in case.get("edit", []):
        assert text.count(edit["find"]) == 1, "the text to find occurs exactly once"
        text = text.replace(edit["find"], edit["put"])
    return (json.dumps(patched(json.loads(text), case["patch"])) if "patch" in case else text).encode()


def patched(tree: Any, operations: Any) -> Any:
    """Return the value after the operations `add`, `replace` and `remove` of a JSON Patch (RFC 6902)."""
    for operation in operations:
        *outer, last = [step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:]]
        place = tree
        for step in outer:
            place = place[step]
        assert (last in place) == (operation["op"] != "add"), "only what is not there is added"
        if operation["op"] == "remove":
            del place[last]
        else:
            place[last] = operation["value"]
    return tree


def payloads(case: Any) -> list[Any]:
    """Return the payloads of a case: usually one."""
    return case.get("series") or ([case["whole"], *case["parts"]] if "whole" in case else [case])


def compared(case: Any) -> Any:
    """Compare the reports of a case, and return the result in the form of `expect`."""
    reports = loaded(payloads(case))
    if "series" in case:
        return {"outcome": "compared", "findings": [in_series(each) for each in check_series(reports)]}
    whole, *parts = reports
    check = check_parts(whole, parts, expected=case.get("expected"), kind=case["whole"].get("kind"))
    coverage = {name: [*agencies] for name, agencies in attrs.asdict(check.coverage).items()}
    return {"outcome": "compared", "coverage": coverage, "findings": [plain(each) for each in check.findings]}


def loaded(payloads: Any) -> list[AnyReport]:
    return [loads(source(each), as_found=each.get("as_found", False)) for each in payloads]


def in_series(finding: SeriesFinding) -> Any:
    years = {"earlier": finding.earlier.year, "later": finding.later.year}
    return {**plain(finding), "agency": finding.later.agency, **years}


def observed(data: bytes | dict[str, Any], case: Any) -> Any:
    """Load and check one payload, and return the result in the form of `expect`."""
    try:
        report = loads(data, as_found=case.get("as_found", False))
    except Malformed as error:
        faults = [{"rule": fault.rule, "pointer": fault.pointer} for fault in error.faults]
        return {"outcome": "malformed", "faults": faults, "findings": [plain(finding) for finding in error.findings]}
    except Inconsistent as error:
        outcome, findings = "inconsistent", error.findings
    else:
        outcome, findings = "accepted", check(report, **known_of(case))
    said = [plain(finding) for finding in findings]
    result: dict[str, Any] = {"outcome": outcome, "verdict": findings.verdict, "findings": said}
    if "values" in case["expect"]:
        result["values"] = {at: number(cells(report)[Address(at)]) for at in case["expect"]["values"]}
    return result


def known_of(case: Any) -> dict[str, Any]:
    """Return what a case says of its report beside the payload."""
    known = {"kind": case.get("kind")}
    return known | ({"published": date.fromisoformat(case["published"])} if "published" in case else {})


def plain(finding: Finding | SeriesFinding) -> Any:
    sides = {"left": number(finding.left), "right": number(finding.right)}
    declared = isinstance(finding, Finding) and finding.declared
    return {"rule": finding.rule, "at": finding.at, **sides, "severity": finding.severity, "declared": declared}


def number(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
