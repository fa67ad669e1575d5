"""Tests of comparing cell by cell: blanks are told from zeros, and editions compared where both ask the same."""

from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import EDITIONS, Address, AnyReport, Mark, Report2021, cells, label, loads, replace
from gkformat import strategies as gk
from gkformat.comparison.crosswalk import shared_addresses, shared_cells
from gkformat.comparison.difference import Difference, diff
from gkformat.forms import y2019, y2021
from support import GROUP, filled_as_one_row, payload

LICENSES = "proactive_disclosure.licensing.administrative_licenses.decisions"
any_report = (
    st.sampled_from([*EDITIONS]).flatmap(lambda edition: gk.sheets(edition=edition)).map(lambda made: made.report)
)


def real(name: str) -> AnyReport:
    return loads(payload(name), as_found=True)


def as_tuple(found: Difference) -> tuple[Any, ...]:
    return str(found.at), found.left, found.right, found.change, found.percent, found.kind


# -- what is told --------------------------------------------------------------------------------------


def test_diff_of_two_years_gives_change_and_percent(busy_report: Report2021) -> None:
    found = diff(busy_report, real("suqian-2024"))
    by_place = {each.at: each for each in found}
    assert as_tuple(by_place[Address(LICENSES)]) == (
        LICENSES, 1808595, 1573179, -235416, Decimal("-13.02"), "changed",
    )  # fmt: skip
    assert as_tuple(by_place[Address(oracle.FEE)])[1:5] == (
        Decimal("59237.2449"),
        Decimal("72701.2578"),
        Decimal("13464.0129"),
        Decimal("22.73"),
    )
    assert all(each.label == label(Report2021, each.at) for each in found)
    assert f"{GROUP}.other.legal_person.legal_service_organization" in by_place
    assert "proactive_disclosure.documents.rules.issued" not in by_place


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (4, 6, (4, 6, 2, Decimal("50.00"), "changed")),
        (3, 2, (3, 2, -1, Decimal("-33.33"), "changed")),
        (1, 0, (1, 0, -1, Decimal("-100.00"), "changed")),
        (0, 7, (0, 7, 7, None, "changed")),
        (None, 0, (None, 0, None, None, "filled")),
        (None, 7, (None, 7, None, None, "filled")),
        (0, None, (0, None, None, None, "blanked")),
        (7, None, (7, None, None, None, "blanked")),
        (2**53 - 1, 0, (2**53 - 1, 0, 1 - 2**53, Decimal("-100.00"), "changed")),
    ],
)
def test_blank_differs_from_zero(
    busy_report: Report2021, left: int | None, right: int | None, expected: tuple[Any, ...]
) -> None:
    one, other = (
        replace(busy_report, {LICENSES: value or 0}, marks=(Mark(LICENSES, "blank"),) if value is None else ())
        for value in (left, right)
    )
    (found,) = diff(one, other)
    assert as_tuple(found) == (LICENSES, *expected)


@pytest.mark.parametrize("kind", ["unreadable", "out-of-range", "absent"])
def test_unclear_cell_has_no_number(busy_report: Report2021, kind: Any) -> None:
    unclear = replace(busy_report, {LICENSES: 0}, marks=(Mark(LICENSES, kind),))
    (found,) = diff(busy_report, unclear)
    assert (found.at, found.right, found.kind) == (LICENSES, None, "blanked")


def test_blanks_with_other_texts_do_not_differ(busy_report: Report2021) -> None:
    one, other = (
        replace(busy_report, {LICENSES: 0}, marks=(Mark(LICENSES, "blank", text),)) for text in ("/", "不适用")
    )
    assert diff(one, other) == ()


def test_percent_of_a_signed_number_has_the_sign_of_the_change() -> None:
    one, other = (y2019.FeeItems(prior_year_items=0, change=change) for change in (-4, 4))
    (found,) = diff(one, other)
    assert as_tuple(found) == ("change", -4, 4, 8, Decimal("200.00"), "changed")


def test_amounts_are_compared_exactly_in_any_decimal_context() -> None:
    one, written, other = (
        y2021.FeeAmount(amount_wan_yuan=Decimal(text))
        for text in ("999999999999999.00001", "999999999999999.000010", "2")
    )
    assert diff(one, written) == ()
    with localcontext() as context:
        context.prec = 3
        (found,) = diff(other, one)
        assert found.percent == Decimal("49999999999999850.00")


# -- what is compared ----------------------------------------------------------------------------------


def test_boxes_of_one_class_are_compared(busy_report: Report2021) -> None:
    table = busy_report.requests
    found = diff(table, replace(table, {"newly_received.total": 1}))
    assert [(each.at, each.label) for each in found] == [
        ("newly_received.total", "一、本年新收政府信息公开申请数量 > 总计")
    ]


def test_texts_and_names_are_not_compared(busy_report: Report2021) -> None:
    assert diff(busy_report, replace(busy_report, agency="某市", year=2030, preface="导语")) == ()


@pytest.mark.parametrize("names", [("pingtan-2020", "pingtan-2021"), ("pingtan-2021", "pingtan-2020")])
def test_editions_are_compared_by_their_shared_cells(names: tuple[str, str]) -> None:
    one, other = (real(name) for name in names)
    shared = shared_addresses(one.edition, other.edition)
    left, right = shared_cells(one, other.edition), shared_cells(other, one.edition)
    found = diff(one, other)
    assert [(each.at, each.left, each.right) for each in found] == [
        (at, left[at], right[at]) for at in shared if left[at] != right[at]
    ]
    assert all(each.label == label(EDITIONS["2019"].report, each.at) for each in found)
    assert found


def test_group_filled_as_one_row_is_compared_as_one_row(busy_report: Report2021) -> None:
    merged = filled_as_one_row(busy_report)
    assert diff(busy_report, merged) == diff(merged, busy_report) == diff(merged, merged) == ()
    found = [each for each in diff(real("suqian-2024"), merged) if each.at.within(GROUP)]
    assert (found[-1].at, found[-1].left, found[-1].right) == (f"{GROUP}.total", 77 + 38 + 354, 341)
    assert found[-1].label.endswith("三、本年度办理结果 > （六）其他处理 > 总计")


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize(
    "other", [1, None, "text", Report2021, y2021.CaseResults(upheld=0, corrected=0, other=0, pending=0, total=0)]
)
def test_diff_refuses_unlike_things(busy_report: Report2021, other: object, way: int) -> None:
    with pytest.raises(TypeError, match=r"不能逐格比较.* / cannot compare"):
        diff(*(busy_report, other)[::way])


@pytest.mark.parametrize("thing", [1, None, {}, Report2021])
def test_diff_refuses_what_is_no_box(thing: object) -> None:
    with pytest.raises(TypeError, match="not a box"):
        diff(thing, thing)


# -- laws ----------------------------------------------------------------------------------------------


@given(any_report)
def test_report_does_not_differ_from_itself(report: AnyReport) -> None:
    assert diff(report, report) == ()
    assert diff(report.requests, report.requests) == ()


@given(any_report, any_report)
def test_diff_the_other_way_round_is_reversed(one: AnyReport, other: AnyReport) -> None:
    there, back = diff(one, other), diff(other, one)
    turned = {"changed": "changed", "filled": "blanked", "blanked": "filled"}
    assert [(each.at, each.label, each.left, each.right, each.kind) for each in there] == [
        (each.at, each.label, each.right, each.left, turned[each.kind]) for each in back
    ]
    assert [each.change for each in there] == [None if each.change is None else -each.change for each in back]


@given(gk.sheets(), gk.sheets())
def test_cells_without_a_difference_are_equal(one: gk.Paper, other: gk.Paper) -> None:
    found = diff(one.report, other.report)
    left, right = cells(one.report), cells(other.report)
    assert left | {each.at: each.right for each in found} == right
    assert all(each.left == left[each.at] != right[each.at] for each in found)
