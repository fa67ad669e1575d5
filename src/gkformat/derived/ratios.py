"""Indicators of a report: each with its numerator, its denominator, and the exact quotient."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from gkformat.base.address import Address
from gkformat.base.arguments import demand
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.indicators import INDICATORS, Indicator
from gkformat.judgement.marks import blanks, merged_groups, row_groups, unclear_cells
from gkformat.judgement.root import REPORT
from gkformat.notation.outline import Node, nodes, number_getter, per_class
from gkformat.notation.outline import numbers as all_numbers

FEW = 30
"""Quotients of fewer cases than this change much by chance, and bodies should not be ranked by them."""


@frozen
class IndicatorValue:
    """An indicator of a report. `numerator` and `denominator` are sums of the cells in `of` and `among`.

    Each is `None` if one of its cells holds no number; `value` is their exact quotient, `None` if it cannot be told.
    `n` is the number of cases that it is of, the denominator. An indicator without a denominator is a sum, and so is
    its value.
    """

    name: str
    title: Words
    of: tuple[Address, ...]
    among: tuple[Address, ...]
    numerator: int | None
    denominator: int | None
    value: Fraction | None

    @property
    def n(self) -> int | None:
        """The number of cases that the indicator is of."""
        return self.denominator if self.among else self.numerator

    @property
    def is_small(self) -> bool:
        """True if there are fewer than 30 cases, or it is not known how many."""
        return self.n is None or self.n < FEW


@frozen
class Sum:
    """The sum of some cells. `cuts` are the groups of rows of which it has some and not all.

    If a document filled a group of rows as one row, a sum of the whole group is known, and no other.
    """

    cells: tuple[Address, ...] = ()
    cuts: frozenset[Address] = frozenset()


def indicators(report: Any) -> tuple[IndicatorValue, ...]:
    """Return the indicators that the edition of a report has the cells for, in the order of the page.

    Blanks, and cells that are unreadable, out of range or absent, leave every indicator that they touch open, and so do
    rows that were filled as one, unless all of them are in the sum.
    """
    demand(REPORT, report=report)
    cls, merged = type(report), merged_groups(report)
    numbers = number_getter(cls)(report)
    known = dict(zip(all_numbers(cls), numbers, strict=True)) | dict.fromkeys(blanks(report) | unclear_cells(report))
    return tuple(
        _value(each, of, among, _added(of, known, merged), _added(among, known, merged) if among.cells else None)
        for each, of, among in indicator_sums(cls)
    )


def _value(indicator: Indicator, of: Sum, among: Sum, numerator: int | None, denominator: int | None) -> IndicatorValue:
    value = None
    if numerator is not None and not among.cells:
        value = Fraction(numerator)
    elif numerator is not None and denominator:
        value = Fraction(numerator, denominator)
    return IndicatorValue(indicator.name, indicator.title, of.cells, among.cells, numerator, denominator, value)


def _added(of: Sum, numbers: Mapping[Address, Number | None], merged: Iterable[Address]) -> int | None:
    found = [numbers[at] for at in of.cells]
    if None in found or not of.cuts.isdisjoint(merged):
        return None
    return sum(int(number) for number in found if number is not None)


@per_class
def indicator_sums(cls: type) -> tuple[tuple[Indicator, Sum, Sum], ...]:
    """Return the indicators of which a form has all parts, with their numerators and denominators."""
    return tuple(
        (each, _sum(cls, each.numerator, each.column), _sum(cls, each.denominator, each.column))
        for each in INDICATORS
        if all(Address(part) in nodes(cls) for part in (*each.numerator, *each.denominator))
    )


def _sum(cls: type, parts: Iterable[str], column: str) -> Sum:
    found = tuple(at for part in parts for at in _cells(cls, part, column))
    cuts = [group for group in row_groups(cls) if _cuts(nodes(cls)[group], {*found})]
    return Sum(found, frozenset(cuts))


def _cuts(group: Node, found: Collection[Address]) -> bool:
    """Check whether some of the cells of a group are in a sum, and in one of its columns not all."""
    columns: dict[str, list[bool]] = {}
    for row in group.children:
        for at in row.cells:
            columns.setdefault(at.removeprefix(row.at), []).append(at in found)
    return any(any(inside) and not all(inside) for inside in columns.values())


def _cells(cls: type, part: str, column: str) -> tuple[Address, ...]:
    """Return a cell, or those of a column in a row or in each row of a group."""
    node = nodes(cls)[Address(part)]
    if node.is_cell:
        return (node.at,)
    own = node.children_by_name.get(column)
    return (own.at,) if own else tuple(at for row in node.children for at in _cells(cls, row.at, column))
