"""Indicators of a report: each with its numerator, its denominator, and the exact quotient."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.indicators import INDICATORS, Indicator
from gkformat.judgement.revision import cells
from gkformat.notation.outline import nodes, per_class

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


def indicators(report: Any) -> tuple[IndicatorValue, ...]:
    """Return the indicators that the edition of a report has the cells for, in the order of the page.

    Blanks, and cells that are unreadable, out of range or absent, leave every indicator that they touch open.
    """
    numbers = cells(report)
    return tuple(_value(each, of, among, numbers) for each, of, among in _known(type(report)))


def _value(
    indicator: Indicator, of: tuple[Address, ...], among: tuple[Address, ...], numbers: Mapping[Address, Number | None]
) -> IndicatorValue:
    numerator, denominator = _sum(of, numbers), _sum(among, numbers)
    value = None
    if not among:
        value = None if numerator is None else Fraction(numerator)
    elif numerator is not None and denominator:
        value = Fraction(numerator, denominator)
    return IndicatorValue(indicator.name, indicator.title, of, among, numerator, denominator if among else None, value)


def _sum(addresses: Iterable[Address], numbers: Mapping[Address, Number | None]) -> int | None:
    found = [numbers[at] for at in addresses]
    return None if None in found else sum(int(number) for number in found if number is not None)


@per_class
def _known(cls: type) -> tuple[tuple[Indicator, tuple[Address, ...], tuple[Address, ...]], ...]:
    """Return the indicators of which a form has all parts, with the addresses of their cells."""
    known = []
    for indicator in INDICATORS:
        parts = [*indicator.numerator, *indicator.denominator]
        if all(Address(part) in nodes(cls) for part in parts):
            sides = (indicator.numerator, indicator.denominator)
            of, among = (tuple(at for part in side for at in _cells(cls, part, indicator.column)) for side in sides)
            known.append((indicator, of, among))
    return tuple(known)


def _cells(cls: type, part: str, column: str) -> tuple[Address, ...]:
    """Return a cell, or those of a column in a row or in each row of a group."""
    node = nodes(cls)[Address(part)]
    if node.is_cell:
        return (node.at,)
    own = node.children_by_name.get(column)
    return (own.at,) if own else tuple(at for row in node.children for at in _cells(cls, row.at, column))
