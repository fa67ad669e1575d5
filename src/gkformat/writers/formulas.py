"""Equations as the formulas of a spreadsheet, by the cells in which their terms stand, and as the values of these.

A cell without a number is not 0: a total is blank until all its parts are there.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise

from xlsxwriter.utility import xl_range_abs

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.notation.equations import Equation

Position = tuple[int, int]
"""A row and a column, from 0."""

Rectangle = tuple[int, int, int, int]
"""The first row and column, and the last."""

Places = Mapping[Address, Position]

UNFINISHED = "未填完"
"""What the check of an equation shows while numbers are missing."""


def total_formula(equation: Equation, places: Places) -> str:
    """Return the formula of a total."""
    parts = _references(equation.left, places)
    return f'=IF(COUNT({parts})<{len(equation.left)},"",SUM({parts}))'


def difference_formula(equation: Equation, places: Places) -> str:
    """Return the formula of the difference between the sides of an equation."""
    asked, left, right = (_references(terms, places) for terms in (_asked(equation), equation.left, equation.right))
    return f'=IF(COUNT({asked})<{len(_asked(equation))},"{UNFINISHED}",SUM({left})-SUM({right}))'


def _asked(equation: Equation) -> tuple[Address, ...]:
    """Return the terms that have to be filled in; the cell of a total fills itself."""
    return equation.left if equation.is_total else (*equation.left, *equation.right)


def with_totals(known: Mapping[Address, Number], equations: Iterable[Equation]) -> dict[Address, Number]:
    """Return numbers with the totals whose parts are all known; a total stands after its parts."""
    values = dict(known)
    for equation in equations:
        if equation.is_total and all(at in values for at in equation.left):
            values[equation.at] = sum(values[at] for at in equation.left)
    return values


def difference(equation: Equation, values: Mapping[Address, Number]) -> Number | str:
    """Return the value of the formula of a difference."""
    if any(at not in values for at in _asked(equation)):
        return UNFINISHED
    return sum(values[at] for at in equation.left) - sum(values[at] for at in equation.right)


# -- references ----------------------------------------------------------------------------------------


def _references(terms: Iterable[Address], places: Places) -> str:
    return references(places[at] for at in terms)


def references(positions: Iterable[Position]) -> str:
    """Return cells as the arguments of a function."""
    return ",".join(xl_range_abs(*rectangle) for rectangle in rectangles(positions))


def rectangles(positions: Iterable[Position]) -> list[Rectangle]:
    """Return the rectangles that cells make up: runs in a row, put together where they are the same in the next."""
    found: list[Rectangle] = []
    for row, cells in groupby(sorted(positions), key=lambda position: position[0]):
        for first, last in _runs([column for _, column in cells]):
            above = next((each for each in found if each[1:] == (first, row - 1, last)), None)
            if above:
                found[found.index(above)] = (above[0], first, row, last)
            else:
                found.append((row, first, row, last))
    return found


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of consecutive numbers, which come in order."""
    gaps = [index for index, (one, next_one) in enumerate(pairwise(numbers), start=1) if next_one - one > 1]
    for start, end in pairwise([0, *gaps, len(numbers)]):
        yield numbers[start], numbers[end - 1]
