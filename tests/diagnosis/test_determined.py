"""Tests of the numbers that the equations determine in unclear cells."""

from typing import Any

import pytest

from gkformat import AnyReport, check, diagnose, loads, replace
from support import at, payload, put

RECEIVED = "requests.newly_received.natural_person"
UPHELD = "reconsideration_and_litigation.reconsideration.upheld"


def unclear_report(*marks: tuple[str, str, str], **numbers: int) -> AnyReport:
    """Return a sound report in which some cells hold no number, and others another one (`__` stands for a dot)."""
    tree = payload("suqian-2023")
    for name, number in numbers.items():
        put(tree, name.replace("__", "."), number)
    for cell, _, _ in marks:
        put(tree, cell, 0)
    tree["marks"] = [{"at": cell, "kind": kind, "text": text} for cell, kind, text in marks]
    return loads(tree, as_found=True)


def proposals(report: AnyReport) -> dict[str, int]:
    return {str(each.at): each.proposed for each in diagnose(report).determined}


@pytest.mark.parametrize(
    ("kind", "text", "same_digits"),
    [
        ("out-of-range", "-3402", True),
        ("out-of-range", "-3", False),
        ("unreadable", "34 02", True),
        ("unreadable", "#REF!", False),
        ("absent", "", False),
    ],
)
def test_number_that_two_crossing_equations_allow_is_proposed(kind: str, text: str, *, same_digits: bool) -> None:
    report = unclear_report((RECEIVED, kind, text))
    [found] = diagnose(report).determined
    assert (found.at, found.text, found.proposed, found.same_digits) == (RECEIVED, text, 3402, same_digits)
    assert [equation.rule for equation in found.equations] == ["balance", "row-total"]
    assert check(replace(report, {found.at: found.proposed})).verdict == "consistent"


def test_number_that_one_equation_allows_is_proposed_unless_something_is_wrong_nearby() -> None:
    mark = (UPHELD, "unreadable", "#REF!")
    assert proposals(unclear_report(mark)) == {UPHELD: 309}
    granted = ("requests.outcomes.granted.natural_person", "absent", "")
    rows = ("unavailable.not_held", "unavailable.requires_creation")  # blank where the column of `granted` goes through
    blanks = [
        (f"requests.outcomes.{row}.{column}", "blank", "/") for row in rows for column in ("natural_person", "total")
    ]
    assert proposals(unclear_report(granted, *blanks)) == {granted[0]: at(payload("suqian-2023"), granted[0])}
    report = unclear_report(granted, *blanks, requests__outcomes__granted__legal_person__other=30)
    assert diagnose(report).broken
    assert proposals(report) == {}


def test_number_that_two_equations_allow_is_proposed_although_others_are_broken() -> None:
    report = unclear_report((RECEIVED, "out-of-range", "-3"), requests__newly_received__legal_person__other=500)
    assert diagnose(report).broken
    assert proposals(report) == {}  # the row says another number than the column
    report = unclear_report((RECEIVED, "out-of-range", "-3"), requests__outcomes__granted__legal_person__other=500)
    assert diagnose(report).broken
    assert proposals(report) == {RECEIVED: 3402}


def test_numbers_follow_from_each_other() -> None:
    total = "requests.newly_received.total"
    report = unclear_report((RECEIVED, "absent", ""), (total, "absent", ""))
    assert proposals(report) == {RECEIVED: 3402, total: at(payload("suqian-2023"), total)}
    first, second = (f"requests.outcomes.granted.{column}" for column in ("natural_person", "legal_person.other"))
    blank = ("requests.outcomes.denied.state_secret.natural_person", "blank", "")  # so that one column says nothing
    report = unclear_report((first, "absent", ""), (second, "unreadable", "?"), blank)
    assert proposals(report) == {each: at(payload("suqian-2023"), each) for each in (first, second)}


def test_open_numbers_that_add_up_to_0_are_0() -> None:
    cells = [f"{UPHELD.rsplit('.', 1)[0]}.{name}" for name in ("upheld", "corrected", "other", "pending")]
    zero = {f"{each}".replace(".", "__"): 0 for each in (UPHELD.replace("upheld", "total"), *cells)}
    marks: list[Any] = [(cells[0], "unreadable", "?"), (cells[1], "absent", ""), (cells[2], "blank", "")]
    assert proposals(unclear_report(*marks, **zero)) == {cells[0]: 0, cells[1]: 0}


def test_nothing_is_proposed_for_what_stays_open_or_in_no_equation() -> None:
    fees = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
    pair = [(f"{UPHELD.rsplit('.', 1)[0]}.{name}", "unreadable", "?") for name in ("upheld", "other")]
    assert proposals(unclear_report((fees, "unreadable", "?"), *pair)) == {}


def test_smaller_boxes_have_no_unclear_cells() -> None:
    assert diagnose(loads(payload("suqian-2023")).requests).determined == ()
