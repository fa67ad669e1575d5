"""The equations within one row of a form, by which impossible readings of the row are excluded."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import nodes, per_class
from gkformat.readers.matching.layout import Slot
from gkformat.readers.matching.values import read_cell
from gkformat.readers.sheet import Entry


def equations_within(cls: type, addresses: Sequence[Address]) -> list[Equation]:
    """Return the equations all of whose terms are among these cells."""
    inside = frozenset(addresses)
    touching = dict.fromkeys(equation for at in addresses for equation in _by_cell(cls).get(at, ()))
    return [equation for equation in touching if inside.issuperset((*equation.left, *equation.right))]


def possible_ways(
    cls: type, order: Sequence[Address | None], within: Sequence[Equation]
) -> Callable[[Sequence[Slot | None]], bool]:
    """Return a check whether a row can be read in a way: every text a number of its cell, and no equation broken.

    `order` gives the address of each column, a way the value placed in it; `None` is an unknown column or value. Many
    ways place the same text in the same column, which is read only once.
    """

    @cache
    def read(at: Address, text: str) -> Entry:
        return read_cell(nodes(cls)[at], text)

    def is_possible(way: Sequence[Slot | None]) -> bool:
        numbers: dict[Address, Number] = {}
        for at, slot in zip(order, way, strict=True):
            if at and slot:
                entry = read(at, slot.text)
                if entry.is_unclear:
                    return False
                if entry.value is not None:
                    numbers[at] = entry.value
        return all(_may_hold(equation, numbers) for equation in within)

    return is_possible


@per_class
def _by_cell(cls: type) -> Mapping[Address, tuple[Equation, ...]]:
    found: dict[Address, list[Equation]] = {}
    for equation in equations(cls):
        for at in (*equation.left, *equation.right):
            found.setdefault(at, []).append(equation)
    return {at: tuple(touching) for at, touching in found.items()}


def _may_hold(equation: Equation, numbers: Mapping[Address, Number]) -> bool:
    """Check whether a total can be what it says, given the known ones among its parts."""
    parts = [numbers[at] for at in equation.left if at in numbers]
    total = [numbers[at] for at in equation.right if at in numbers]
    if len(total) < len(equation.right):
        return True
    known, wanted = sum(parts), sum(total)
    return known == wanted if len(parts) == len(equation.left) else known <= wanted
