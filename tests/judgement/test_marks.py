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
    marks = [Mark(f"requests.outcomes.{name}.total", "annotated", "x") for name in ("total", "granted", "granted")]
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
        ([Mark("requests.outcomes.other_handling", "merged")], "/requests/outcomes/other_handling/fee_overdue/total"),
    ],
)
def test_mark_must_fit_its_place_and_its_number(busy_report: Report2021, marks: list[Mark], pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, marks=tuple(marks))
    assert pointer in {fault.pointer for fault in caught.value.faults}


def test_row_groups_are_those_that_may_be_merged() -> None:
    assert [group.rpartition(".")[2] for group in row_groups(Report2021)] == [
        "denied",
        "unavailable",
        "not_processed",
        "other_handling",
    ]
