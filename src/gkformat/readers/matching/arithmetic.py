"""The equations within one row of a form, by which impossible readings of the row are excluded."""

from collections.abc import Callable, Mapping, Sequence

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import nodes, per_class
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.layout import Slot
from gkformat.readers.matching.values import read_cell
from gkformat.readers.sheet import Entry


@per_class
def row_equations(cls: type) -> Mapping[tuple[Address, ...], tuple[Equation, ...]]:
    """Return, for the cells of each row of a form, the equations all of whose terms are among them."""
    rows = [row.blanks for band in bands(cls) for row in band.rows]
    row_of = {at: row for row in rows for at in row}
    found: dict[tuple[Address, ...], list[Equation]] = {row: [] for row in rows}
    for equation in equations(cls):
        row, *others = {row_of[at] for at in (*equation.left, *equation.right)}
        if not others:
            found[row].append(equation)
    return {row: tuple(within) for row, within in found.items()}


def possible_ways(
    cls: type, order: Sequence[Address | None], within: Sequence[Equation]
) -> Callable[[Sequence[Slot | None]], bool]:
    """Return a check whether a row can be read in a way: every text a number of its cell, and no equation broken.

    `order` gives the address of each column, a way the value placed in it; `None` is an unknown column or value. Many
    ways place the same text in the same column, which is read only once.
    """
    read: dict[tuple[Address, str], Entry] = {}

    def is_possible(way: Sequence[Slot | None]) -> bool:
        numbers: dict[Address, Number] = {}
        for at, slot in zip(order, way, strict=True):
            if at and slot:
                entry = read.get((at, slot.text)) or read.setdefault(
                    (at, slot.text), read_cell(nodes(cls)[at], slot.text)
                )
                if entry.is_unclear:
                    return False
                if entry.value is not None:
                    numbers[at] = entry.value
        return all(_may_hold(equation, numbers) for equation in within)

    return is_possible


def _may_hold(equation: Equation, numbers: Mapping[Address, Number]) -> bool:
    """Check whether a total can be what it says, given the known ones among its parts."""
    parts = [numbers[at] for at in equation.left if at in numbers]
    total = [numbers[at] for at in equation.right if at in numbers]
    if len(total) < len(equation.right):
        return True
    known, wanted = sum(parts), sum(total)
    return known == wanted if len(parts) == len(equation.left) else known <= wanted
