"""`complete` fills in what the equations determine, changes nothing given, and refuses what stays open."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import Inconsistent, Malformed, Mark, Report2021, check, complete, loads
from gkformat.forms.y2021 import Applicants, CaseResults, LegalPerson, Requests
from support import Payload, at

TOTALS = [cell for cell in oracle.CELLS if cell.startswith(oracle.HANDLED) or cell.endswith(".total")]


def _without(payload: Payload, cells: list[str]) -> Payload:
    left = copy.deepcopy(payload)
    for cell in cells:
        outer, _, name = cell.rpartition(".")
        del at(left, outer)[name]
    return left


def test_complete_fills_in_all_totals(busy: Payload) -> None:
    assert complete(Report2021, _without(busy, TOTALS)) == loads(busy)


def _omit(payload: Payload, row: str) -> Payload:
    left = _without(payload, [cell for cell in TOTALS if not cell.startswith(row)])
    del left["requests"][row.rpartition(".")[2]]
    return left


@pytest.mark.parametrize("row", [oracle.NEW, oracle.BROUGHT, oracle.CARRIED])
def test_complete_fills_in_a_whole_row_of_the_balance(busy: Payload, row: str) -> None:
    assert complete(Report2021, _omit(busy, row)) == loads(busy)


def test_complete_takes_boxes_and_leaves_its_argument_unchanged(busy: Payload) -> None:
    report = loads(busy)
    fields = _without(busy, TOTALS)
    fields["proactive_disclosure"] = report.proactive_disclosure
    fields["requests"]["outcomes"]["granted"] = report.requests.outcomes.granted
    del fields["edition"]
    before = copy.deepcopy(fields)
    assert complete(Report2021, fields) == report
    assert fields == before


def test_complete_takes_a_single_row() -> None:
    person = LegalPerson(
        commercial_enterprise=1,
        research_institution=0,
        public_welfare_organization=0,
        legal_service_organization=0,
        other=2,
    )
    assert complete(Applicants, {"natural_person": 4, "legal_person": person}).total == 7


def test_given_total_is_never_changed(busy: Payload) -> None:
    busy["reconsideration_and_litigation"]["reconsideration"]["total"] = 0
    with pytest.raises(Inconsistent):
        complete(Report2021, busy)
    row = {"upheld": 1, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    assert complete(CaseResults, row).total == 0


@pytest.mark.parametrize("cell", ["requests.outcomes.granted.natural_person", oracle.COUNTS[0], oracle.FEE])
def test_number_that_stays_open_is_reported_as_missing(busy: Payload, cell: str) -> None:
    with pytest.raises(Malformed) as caught:
        complete(Report2021, _without(busy, [cell]))
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [("missing", cell)]


@pytest.mark.parametrize("kind", ["blank", "unreadable", "out-of-range", "absent"])
def test_open_part_determines_no_total(busy: Payload, kind: str) -> None:
    cell = "requests.outcomes.granted.natural_person"
    at(busy, "requests.outcomes.granted")["natural_person"] = 0
    for mark in ({"at": cell, "kind": kind, "text": ""}, Mark(cell, kind)):  # type: ignore[arg-type]
        with pytest.raises(Malformed) as caught:
            complete(Report2021, _without(busy, ["requests.outcomes.granted.total"]) | {"marks": [mark]})
        assert [(fault.rule, fault.at) for fault in caught.value.faults] == [
            ("missing", "requests.outcomes.granted.total")
        ]


def test_part_is_not_inferred_from_its_total() -> None:
    with pytest.raises(Malformed) as caught:
        complete(CaseResults, {"upheld": 1, "corrected": 1, "other": 0, "total": 5})
    assert [fault.at for fault in caught.value.faults] == ["pending"]


def test_term_that_would_be_negative_is_reported(busy: Payload) -> None:
    plain = _without(busy, [oracle.CARRIED + ".natural_person", oracle.NEW + ".natural_person"])
    plain["requests"]["newly_received"]["natural_person"] = 0
    with pytest.raises(Malformed) as caught:
        complete(Report2021, plain)
    assert [(fault.rule, fault.at, fault.found) for fault in caught.value.faults] == [
        ("out-of-range", oracle.CARRIED + ".natural_person", "-3284"),
    ]


@pytest.mark.parametrize("rubbish", [[], 3, None, "x"])
def test_complete_refuses_what_is_no_mapping(rubbish: Any) -> None:
    with pytest.raises(Malformed) as caught:
        complete(Report2021, rubbish)
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [("wrong-type", "")]


@pytest.mark.parametrize("rubbish", [3, None, "x", [1]])
def test_complete_refuses_rubbish_inside_a_mapping(busy: Payload, rubbish: Any) -> None:
    busy["requests"] = rubbish
    with pytest.raises(Malformed) as caught:
        complete(Report2021, busy)
    assert [fault.rule for fault in caught.value.faults] == ["wrong-type"]


@given(st.lists(st.integers(0, 9), min_size=24 * 6, max_size=24 * 6))
def test_completed_table_has_no_broken_total(numbers: list[int]) -> None:
    lines = [line for line in oracle.LINES if line not in (oracle.HANDLED, oracle.CARRIED)]
    plain: Payload = {}
    for cell, number in zip((f"{line}.{name}" for line in lines for name in oracle.APPLICANTS), numbers, strict=False):
        tree = plain
        *outer, name = cell.split(".")[1:]
        for step in outer:
            tree = tree.setdefault(step, {})
        tree[name] = number
    plain["newly_received"] = _many()
    assert not check(complete(Requests, plain))


def _many() -> Payload:
    """Return more requests than are handled, so that none carried forward is negative."""
    return {"natural_person": 999, "legal_person": {name.partition(".")[2]: 999 for name in oracle.APPLICANTS[1:]}}
