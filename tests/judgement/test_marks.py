"""Marks and discrepancies: the addresses and values that they may have, and their order."""

import pytest

from gkformat import Discrepancy, Malformed, Mark, Report2021, replace
from gkformat.judgement.marks import row_groups
from support import CASE_TOTAL

ZERO = "requests.newly_received.legal_person.research_institution"
FULL = "requests.newly_received.natural_person"


@pytest.mark.parametrize(
    "item",
    [
        Discrepancy("balance", CASE_TOTAL, 1, 0),
        Discrepancy("row-total", "requests", 1, 0),
        Discrepancy("stale", CASE_TOTAL, 1, 0),
        Discrepancy("case-total", CASE_TOTAL, -1, 0),
        Discrepancy("case-total", CASE_TOTAL, 1.0, 0),  # type: ignore[arg-type]
    ],
)
def test_discrepancy_must_name_an_equation_and_its_sums(busy_report: Report2021, item: Discrepancy) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, discrepancies=(item,))
    assert caught.value.faults[0].pointer.startswith("/discrepancies/0/")


def test_marks_are_kept_in_printed_order_without_repeats(busy_report: Report2021) -> None:
    marks = [Mark(f"requests.outcomes.{name}.total", "annotated") for name in ("total", "granted", "granted")]
    report = replace(busy_report, marks=tuple(marks))
    assert [mark.at for mark in report.marks] == ["requests.outcomes.granted.total", "requests.outcomes.total.total"]


@pytest.mark.parametrize(
    ("marks", "pointer"),
    [
        ([Mark("requests.nowhere", "blank")], "/marks/0/at"),
        ([Mark("requests", "blank")], "/marks/0/at"),
        ([Mark("year", "blank")], "/marks/0/at"),
        ([Mark(FULL, "merged")], "/marks/0/at"),
        ([Mark("requests.outcomes", "merged")], "/marks/0/at"),
        ([Mark(ZERO, "odd")], "/marks/0/kind"),  # type: ignore[arg-type]
        ([Mark(ZERO, "blank", 3)], "/marks/0/text"),  # type: ignore[arg-type]
        ([Mark(ZERO, "blank"), Mark(ZERO, "annotated", "0件")], "/marks/1/at"),
        ([Mark(FULL, "blank")], "/requests/newly_received/natural_person"),
        ([Mark(FULL, "unreadable", "34O2")], "/requests/newly_received/natural_person"),
        ([Mark(FULL, "out-of-range", "-3")], "/requests/newly_received/natural_person"),
        ([Mark(FULL, "absent")], "/requests/newly_received/natural_person"),
        ([Mark("requests.newly_received", "absent")], "/marks/0/at"),
        ([Mark(FULL, "annotated", "999件")], "/marks/0/text"),
        ([Mark(FULL, "annotated", "#REF!")], "/marks/0/text"),
        ([Mark(FULL, "annotated", "三千四百零二")], "/marks/0/text"),
        ([Mark(ZERO, "unreadable", "5")], "/marks/0/text"),
        ([Mark(ZERO, "unreadable", "/")], "/marks/0/text"),
        ([Mark(ZERO, "unreadable", "-3")], "/marks/0/text"),
        ([Mark(FULL, "annotated", "不适用")], "/marks/0/text"),
        ([Mark(FULL, "annotated", "3402.5")], "/marks/0/text"),
        ([Mark(ZERO, "blank", "5")], "/marks/0/text"),
        ([Mark(ZERO, "blank", "#REF!")], "/marks/0/text"),
        ([Mark(ZERO, "blank", "-3")], "/marks/0/text"),
        ([Mark(ZERO, "out-of-range", "5")], "/marks/0/text"),
        ([Mark(ZERO, "out-of-range", "#REF!")], "/marks/0/text"),
        ([Mark(ZERO, "out-of-range", "/")], "/marks/0/text"),
        ([Mark("requests.outcomes.other_handling", "merged")], "/requests/outcomes/other_handling/fee_overdue/total"),
    ],
)
def test_mark_must_fit_its_place_and_its_number(busy_report: Report2021, marks: list[Mark], pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, marks=tuple(marks))
    assert pointer in {fault.pointer for fault in caught.value.faults}


@pytest.mark.parametrize(
    "mark",
    [
        Mark(FULL, "annotated", "3402件"),
        Mark(FULL, "annotated", "３，４０２"),
        Mark(FULL, "annotated"),
        Mark(ZERO, "blank", "——"),
        Mark(ZERO, "unreadable", "#REF!"),
        Mark(ZERO, "unreadable"),  # it is not clear which text stands in it
        Mark(ZERO, "out-of-range", "-3"),
        Mark(ZERO, "out-of-range"),
        Mark(ZERO, "absent"),
    ],
)
def test_mark_that_fits_is_kept(busy_report: Report2021, mark: Mark) -> None:
    assert replace(busy_report, marks=(mark,)).marks == (mark,)


def test_mark_that_says_otherwise_is_told_with_what_it_may_say(busy_report: Report2021) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, marks=(Mark(FULL, "annotated", "999件"), Mark(ZERO, "absent"), Mark(CASE_TOTAL, "absent")))
    first, second = caught.value.faults
    assert first.message("en") == 'expected a text that agrees with the number of the cell, found "999件"'
    assert second.at == CASE_TOTAL
    assert second.message("en") == "expected 0 (the mark of the cell says that there is no number in it), found 440"


def test_row_groups_are_those_that_may_be_merged() -> None:
    assert [group.rpartition(".")[2] for group in row_groups(Report2021)] == [
        "denied",
        "unavailable",
        "not_processed",
        "other_handling",
    ]
