"""Tests of equations as formulas: which cells they name, and what they come to."""

import pytest

from gkformat import Address
from gkformat.forms.y2021 import CaseResults, Requests
from gkformat.notation.equations import equations
from gkformat.writers.formulas import (
    UNFINISHED,
    Position,
    Rectangle,
    difference,
    difference_formula,
    rectangles,
    total_formula,
    with_totals,
)

[TOTAL] = equations(CaseResults)
PLACES = {at: (5, column) for column, at in enumerate([*TOTAL.left, TOTAL.at])}


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([], []),
        ([(0, 0)], [(0, 0, 0, 0)]),
        ([(1, 2), (1, 1), (2, 1), (2, 2)], [(1, 1, 2, 2)]),
        ([(1, 1), (1, 3), (2, 1), (2, 3)], [(1, 1, 2, 1), (1, 3, 2, 3)]),
        ([(1, 1), (2, 1), (2, 2), (4, 1)], [(1, 1, 1, 1), (2, 1, 2, 2), (4, 1, 4, 1)]),
    ],
)
def test_cells_make_up_rectangles(positions: list[Position], expected: list[Rectangle]) -> None:
    assert rectangles(positions) == expected


def test_a_total_is_blank_until_its_parts_are_there() -> None:
    assert total_formula(TOTAL, PLACES) == '=IF(COUNT($A$6:$D$6)<4,"",SUM($A$6:$D$6))'
    parts = dict.fromkeys(TOTAL.left, 2)
    assert with_totals(parts, [TOTAL]) == parts | {TOTAL.at: 8}
    del parts[TOTAL.left[1]]
    assert with_totals(parts, [TOTAL]) == parts


def test_a_difference_asks_for_what_people_fill_in() -> None:
    formula = difference_formula(TOTAL, PLACES)
    assert formula == '=IF(COUNT($A$6:$D$6)<4,"未填完",SUM($A$6:$D$6)-SUM($E$6))'
    parts = dict.fromkeys(TOTAL.left, 2)
    assert difference(TOTAL, parts | {TOTAL.at: 7}) == 1
    assert difference(TOTAL, dict.fromkeys(TOTAL.left[1:], 2)) == UNFINISHED
    balance = next(each for each in equations(Requests) if each.rule == "balance")
    terms = dict(zip([*balance.left, *balance.right], [5, 1, 4, 2], strict=True))
    assert difference(balance, terms) == 0
    assert (
        difference(balance, {at: value for at, value in terms.items() if at != Address(balance.right[1])}) == UNFINISHED
    )
