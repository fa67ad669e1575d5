"""Tests of the indicators: values worked out by hand, what open cells do to them, and what they are made of."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from gkformat import AnyReport, Mark, Report2021, cells, indicators, replace
from gkformat.base.findings import MarkKind
from gkformat.derived.ratios import IndicatorValue
from gkformat.forms.indicators import INDICATORS
from gkformat.notation.outline import numbers
from gkformat.strategies import Paper, sheets
from readings import COUNT, FEE, marked, report

BY_HAND = {
    # 淮安市 2024, from the printed tables: 一 3119, 二 34, 三（七） 3050, 四 103
    "received": (3119 + 34, None),
    "disclosed_share": (1362 + 454, 3050),
    "disclosed_share_received": (1816, 3153),
    "carry_over_rate": (103, 3153),
    "reconsideration_correction_share": (64, 351),
    "reconsideration_correction_rate": (64, 351 - 37),
}


def by_name(made: AnyReport) -> dict[str, IndicatorValue]:
    return {item.name: item for item in indicators(made)}


def test_values_are_those_worked_out_by_hand() -> None:
    found = by_name(report("huaian-2024"))
    assert {name: (found[name].numerator, found[name].denominator) for name in BY_HAND} == BY_HAND
    assert found["disclosed_share"].value == Fraction(1816, 3050)


def test_a_group_of_rows_is_the_sum_of_its_rows() -> None:
    made = report("huaian-2024")
    rows = [at for at in cells(made) if at.startswith("requests.outcomes.denied.") and at.endswith(".total")]
    assert len(rows) == 8
    assert by_name(made)["denied_share"].of == tuple(rows)


@pytest.mark.parametrize("kind", ["blank", "unreadable", "absent"])
def test_an_open_cell_leaves_open_what_it_touches_and_nothing_else(kind: MarkKind) -> None:
    whole, touched = indicators(report()), indicators(marked(Mark(COUNT, kind)))
    changed = [one.name for one, other in zip(whole, touched, strict=True) if one != other]
    assert changed == ["natural_person_share"]
    assert by_name(marked(Mark(COUNT, kind)))["natural_person_share"].numerator is None


def test_nothing_divided_by_nothing_is_open() -> None:
    found = by_name(replace(report(), dict.fromkeys(numbers(Report2021), 0) | {FEE: Decimal(0)}))
    assert found["received"].value == 0
    assert found["disclosed_share"].denominator == 0
    assert found["disclosed_share"].value is None


@given(sheets(edition="2019") | sheets())
def test_a_share_is_between_none_and_all(paper: Paper) -> None:
    for item in indicators(paper.report):
        assert len({*item.of}) == len(item.of)
        assert len({*item.among}) == len(item.among)
        if item.value is not None and item.among and item.name not in MORE_THAN_ALL:
            assert 0 <= item.value <= 1


MORE_THAN_ALL = {"dispute_rate", "document_turnover"}


def test_editions_have_the_indicators_whose_parts_they_ask_for() -> None:
    of_2019, of_2021 = (set(by_name(report(name))) for name in ("pingtan-2019", "pingtan-2021"))
    assert of_2021 == {item.name for item in INDICATORS}
    assert of_2021 - of_2019 == {"document_turnover"}


def test_rows_filled_as_one_leave_open_what_has_only_some_of_them() -> None:
    group = "requests.outcomes.unavailable"
    found = by_name(marked(Mark(group, "merged")))
    last_row = cells(report())[f"{group}.unclear_after_correction.total"]
    assert found["unavailable_share"].numerator == last_row
    assert found["not_held_share"].numerator is None
    assert found["not_held_share"].denominator == last_row
