"""Misfilled tables and reports, and what their diagnoses propose."""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from gkformat import Diagnoses, Report2021, loads, replace
from gkformat.forms.y2021 import Applicants, Requests
from gkformat.notation.outline import numbers
from support import payload

CASES = "reconsideration_and_litigation"
Changes = Mapping[str, int]


def load_report(name: str) -> Any:
    """Return a published report as found."""
    return loads(payload(name), as_found=True)


def proposed_changes(found: Diagnoses) -> list[dict[str, int]]:
    """Return the changes that each diagnosis proposes."""
    return [{str(at): value for at, value in diagnosis.changes.items()} for diagnosis in found]


def slip_kinds(found: Diagnoses) -> list[list[str]]:
    """Return the kinds of the slips of each diagnosis."""
    return [[slip.kind for slip in diagnosis.slips] for diagnosis in found]


COLUMNS = numbers(Applicants)
ROW = (101, 2, 0, 0, 0, 1, 104)


def small_table() -> Requests:
    """Return a small sound table: one row of numbers, in 一, （一） and （七）."""
    busy: Requests = loads(payload("suqian-2023"), Report2021).requests
    empty = replace(busy, dict.fromkeys(numbers(Requests), 0))
    return replace(
        empty,
        {
            at: value
            for line in ("newly_received", "outcomes.granted", "outcomes.total")
            for at, value in row_of(line, ROW)
        },
    )


def row_of(line: str, values: Iterable[int]) -> Iterator[tuple[str, int]]:
    """Yield the values of a row by address."""
    return ((f"{line}.{column}", value) for column, value in zip(COLUMNS, values, strict=True))


def column_of(values: Mapping[str, int]) -> Changes:
    """Return the values of the first column by address."""
    return {f"{line}.natural_person": value for line, value in values.items()}


def exchanged(box: Any, one: str, other: str) -> dict[str, int]:
    """Return the changes that exchange two cells."""
    return {one: attrgetter(other)(box), other: attrgetter(one)(box)}


APART = {
    "newly_received.natural_person": 1,
    "outcomes.granted.legal_person.other": 77,
    "outcomes.unavailable.not_held.legal_person.commercial_enterprise": 99,
}
MEETING = {
    "outcomes.total.natural_person": 1,
    "outcomes.total.legal_person.other": 2,
    "outcomes.total.legal_person.commercial_enterprise": 4,
}
