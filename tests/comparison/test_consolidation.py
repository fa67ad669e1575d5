"""Tests of adding reports up."""

from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import (
    CASES,
    CHANGE,
    FEES,
    FINED,
    UNCLEAR_MARKS,
    UPHELD,
    agency_names,
    body,
    consolidated,
    families,
    other_handling,
    report_with_blanks,
    states_of_cells,
    with_numbers,
)
from gkformat import Address, AnyReport, Malformed, Mark, cells, loads, replace
from gkformat.base.findings import MarkKind, Verdict
from gkformat.comparison.consolidation import Mixed, consolidate
from gkformat.comparison.parts import check_parts
from gkformat.notation.domains import Count
from support import payload


def test_merged_parts_make_a_merged_sum() -> None:
    both = consolidate(
        [other_handling("甲", 1, 2, 3), other_handling("乙", 0, 0, 4, merged=True)], agency="县", year=2021
    )
    assert both.report == replace(other_handling("县", 0, 0, 10, merged=True))
    assert both.mixed == ()


def test_cell_left_blank_by_some_keeps_its_known_sum() -> None:
    parts = [
        body("甲", {FINED: 30}),
        report_with_blanks("乙", FINED),
        body("丙", {FINED: 7}),
        report_with_blanks("丁", FINED),
    ]
    sum_ = consolidate(iter(parts), agency="县", year=2021)
    assert sum_.mixed == (Mixed(Address(FINED), 37, 2),)
    assert sum_.report.marks == (Mark(FINED, "blank"),)
    assert cells(sum_.report)[Address(FINED)] is None
    assert states_of_cells(sum_.report, *parts) == [("parts-sum", FINED, "undecided")]
    assert states_of_cells(replace(sum_.report, {each.at: each.known for each in sum_.mixed}), *parts) == []


def test_equations_over_a_mixed_cell_are_undecided() -> None:
    pending = "reconsideration_and_litigation.reconsideration.pending"
    parts = [
        body("甲", {UPHELD: 2, pending: 1, CASES: 3}),
        report_with_blanks("乙", UPHELD, pending, numbers={CASES: 4}),
    ]
    sum_ = consolidate(parts, agency="县", year=2021)
    assert [part.verdict for part in sum_.manifest] == [Verdict.CONSISTENT, Verdict.UNDECIDED]
    assert cells(sum_.report)[Address(CASES)] == 7
    assert sum_.report.discrepancies == ()
    check = check_parts(sum_.report, parts)
    assert check.findings.verdict is Verdict.UNDECIDED


def test_blank_in_all_parts_is_blank() -> None:
    sum_ = consolidate(
        [report_with_blanks("甲", FINED, FEES), report_with_blanks("乙", FINED, FEES)], agency="县", year=2021
    )
    assert sum_.report.marks == tuple(Mark(at, "blank") for at in (FINED, FEES))
    assert sum_.mixed == ()


@pytest.mark.parametrize("mark", UNCLEAR_MARKS)
def test_cell_unclear_in_a_part_has_no_sum(mark: tuple[MarkKind, str]) -> None:
    unclear = body("乙", marks=(Mark(FINED, *mark),))
    sum_ = consolidate([body("甲", {FINED: 37}), unclear], agency="县", year=2021)
    assert sum_.report.marks == (Mark(FINED, "unreadable", "≥ 37"),)
    assert sum_.mixed == (Mixed(Address(FINED), 37, 1),)
    assert sum_.manifest[1].verdict is not Verdict.CONSISTENT
    assert consolidate([unclear], agency="县", year=2021).report.marks == (Mark(FINED, "unreadable"),)


def test_signed_unknown_has_no_bound() -> None:
    parts = [body("甲", {CHANGE: -3}, edition="2019"), body("乙", edition="2019", marks=(Mark(CHANGE, "absent"),))]
    (mark,) = consolidate(parts, agency="县", year=2019).report.marks
    assert mark.text == "-3 + ?"


def test_broken_parts_add_up_and_are_declared() -> None:
    parts = [with_numbers(body("甲"), {CASES: 2}), with_numbers(body("乙"), {CASES: 3}), body("丙")]
    sum_ = consolidate(parts, agency="县", year=2021)
    assert [(item.rule, item.left, item.right) for item in sum_.report.discrepancies] == [("case-total", 0, 5)]
    assert [str(part.verdict) for part in sum_.manifest] == ["inconsistent", "inconsistent", "consistent"]


def test_sums_that_no_cell_can_hold_are_refused() -> None:
    most = cast("Any", Count).__metadata__[0].maximum
    parts = [body(name, {FINED: most, FEES: Decimal(10**15 - 1)}) for name in ("甲", "乙")]
    with pytest.raises(Malformed) as caught:
        consolidate(parts, agency="县", year=2021)
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [
        ("out-of-range", FINED),
        ("out-of-range", FEES),
    ]


def test_consolidate_needs_a_report() -> None:
    with pytest.raises(ValueError, match=r"没有可供汇总的报告 / there are no reports"):
        consolidate([], agency="县", year=2021)


def test_parts_that_cannot_be_added_are_all_named() -> None:
    parts = [
        body("甲", edition="2019"),
        body("乙"),
        body("丙", year=2022),
        body("乙"),
        body("丁", year=2021, edition="2019"),
    ]
    with pytest.raises(ValueError, match=r"4 份报告不能汇总到 2021 年度 / 4 report") as caught:
        consolidate(parts, agency="县", year=2021)
    assert [line.strip()[0] for line in str(caught.value).splitlines()[1:]] == ["甲", "丙", "乙", "丁"]
    with pytest.raises(ValueError, match="2022"):
        consolidate([body("甲", year=2022)], agency="县", year=2021)


def test_published_part_with_136_marks_adds_up() -> None:
    office = loads(payload("shanghai-office-2019"))
    alone = consolidate([office], agency=office.agency, year=2019).report
    assert cells(alone) == cells(office)
    assert {finding.severity for finding in check_parts(alone, [office]).findings} == {"undecided"}


@given(families(blanks=False))
def test_sum_is_that_of_its_parts(parts: list[AnyReport]) -> None:
    sum_ = consolidated(parts)
    for at, number in cells(sum_.report).items():
        assert number == sum(cast("int", cells(part)[at]) for part in parts)
    assert (sum_.report.marks, sum_.report.discrepancies) == ((), ())
    check = check_parts(sum_.report, parts, expected=agency_names(parts))
    assert (len(check.findings), check.suspects) == (0, ())


@given(families(blanks=True), st.randoms(use_true_random=False))
def test_order_of_the_parts_does_not_matter(parts: list[AnyReport], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    one, other = consolidated(parts), consolidated(shuffled)
    assert (one.report, one.mixed, set(one.manifest)) == (other.report, other.mixed, set(other.manifest))
    assert agency_names(shuffled) == tuple(part.agency for part in other.manifest)
