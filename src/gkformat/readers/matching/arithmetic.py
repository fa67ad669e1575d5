"""The equations within one row of a form, by which impossible readings of the row are excluded."""

from collections.abc import Mapping, Sequence

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import nodes, per_class
from gkformat.readers.matching.layout import Slot
from gkformat.readers.matching.values import read_cell


def equations_within(cls: type, addresses: Sequence[Address]) -> list[Equation]:
    """Return the equations all of whose terms are among these cells."""
    inside = frozenset(addresses)
    touching = dict.fromkeys(equation for at in addresses for equation in _by_cell(cls).get(at, ()))
    return [equation for equation in touching if inside.issuperset((*equation.left, *equation.right))]


def is_possible(
    cls: type, order: Sequence[Address | None], within: Sequence[Equation], way: Sequence[Slot | None]
) -> bool:
    """Check whether a row can be read in this way: every text a number of its cell, and no equation broken.

    `order` gives the address of each column, `way` the value placed in it; `None` is an unknown column or value.
    """
    read = {at: read_cell(nodes(cls)[at], slot.text) for at, slot in zip(order, way, strict=True) if at and slot}
    if any(entry.is_unclear for entry in read.values()):
        return False
    numbers = {at: entry.value for at, entry in read.items() if entry.value is not None}
    return all(_may_hold(equation, numbers) for equation in within)


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
