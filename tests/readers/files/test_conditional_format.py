"""Tests of the conditions of conditional formats."""

import pytest

from gkformat.readers.files.conditional_format import Rule


@pytest.mark.parametrize(
    ("test", "formulas", "holds"),
    [
        ("equal", ["5"], [False, True, False]),
        ("notEqual", ["5"], [True, False, True]),
        ("greaterThan", ["5"], [False, False, True]),
        ("greaterThanOrEqual", ["5"], [False, True, True]),
        ("lessThan", ["5"], [True, False, False]),
        ("lessThanOrEqual", ["5"], [True, True, False]),
        ("between", ["4.5", "5"], [False, True, False]),
        ("between", ["5", "6"], [False, True, True]),
        ("between", ["5", "5"], [False, True, False]),
        ("notBetween", ["5", "6"], [True, False, False]),
        ("notBetween", ["4", "5"], [False, False, True]),
        ("between", ["5"], [None, None, None]),
        ("equal", ["4", "6"], [None, None, None]),
        ("equal", [], [None, None, None]),
        ("equal", ["B1"], [None, None, None]),
        ("containsText", ["5"], [None, None, None]),
    ],
)
def test_condition_holds_for_some_numbers(test: str, formulas: list[str], holds: list[bool | None]) -> None:
    assert [Rule((), "cellIs", test, formulas).holds(value) for value in (4.0, 5.0, 6.0)] == holds


@pytest.mark.parametrize(("kind", "value"), [("cellIs", "5"), ("cellIs", None), ("aboveAverage", 5.0), ("top10", 5.0)])
def test_condition_that_is_not_of_one_number_is_not_decided(kind: str, value: float | str | None) -> None:
    assert Rule((), kind, "equal", ["5"]).holds(value) is None
