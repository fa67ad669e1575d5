"""Fold groups of rows: treat each as one row, its sum, because a document or an edition has only the sum."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, cast

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.judgement.marks import blanks, merged_groups, row_groups, unclear_cells, upper_cells
from gkformat.notation.outline import SEPARATOR, Node, label, nodes, number_getter, number_indexes, numbers, per_class


@frozen
class FoldedCell:
    """A cell of a box, or a column of a group of rows that is folded into one row.

    `cells` are the addresses of the numbers that it adds up: one, or one in each row of the group.
    """

    box: type
    label: str
    cells: tuple[Address, ...]

    @property
    def at(self) -> Address:
        """The address in a report: the sum of a folded group is in its last row."""
        return self.cells[-1]

    @property
    def is_signed(self) -> bool:
        """True if it may be negative."""
        return nodes(self.box)[self.at].is_signed

    @cached_property
    def _indexes(self) -> tuple[int, ...]:
        return tuple(number_indexes(self.box)[at] for at in self.cells)

    def sum_of(self, values: Sequence[Number]) -> Number:
        """Return the sum of its numbers, given all numbers of a box in printed order."""
        # Not added to 0: that would round a single amount to the precision of the decimal context.
        first, *others = (values[index] for index in self._indexes)
        return sum(others, first) if others else first


def folded_cells(cls: type, folded: Iterable[Address] = ()) -> Mapping[Address, FoldedCell]:
    """Return the cells of a box by address, in printed order, with some groups of rows folded.

    The address of a column of a folded group is the one that it would have if the group were a single row.
    """
    return _folded_cells(cast("Any", cls), frozenset(folded))


@cache
def _folded_cells(cls: Any, folded: frozenset[Address]) -> Mapping[Address, FoldedCell]:
    found: dict[Address, FoldedCell] = {}
    for at, node in nodes(cls).items():
        if at in folded:
            found |= _columns(cls, node)
        elif node.is_cell and not any(at.within(group) for group in folded):
            found[at] = FoldedCell(cls, label(cls, at), (at,))
    return MappingProxyType(found)


def _columns(cls: type, group: Node) -> Iterator[tuple[Address, FoldedCell]]:
    row = cast("type", group.children[0].type)
    for column in numbers(row):
        full_label = SEPARATOR.join((label(cls, group.at), label(row, column)))
        cells = tuple(each.at.child(column) for each in group.children)
        yield group.at.child(column), FoldedCell(cls, full_label, cells)


@per_class
def foldable_groups(cls: type) -> frozenset[Address]:
    """Return the groups of rows in a box that can be folded, because all their rows are of one class."""
    return frozenset(at for at in row_groups(cls) if len({row.type for row in nodes(cls)[at].children}) == 1)


def folded_values(box: Any, folded: frozenset[Address] = frozenset()) -> dict[Address, Number | None]:
    """Return the numbers of a box with some groups of rows folded, `None` where the source was blank or unclear.

    A group that the source filled as one row is that row if it is folded; else all its numbers are `None`.
    """
    cls = type(box)
    values = number_getter(cls)(box)
    unknown = (blanks(box) | unclear_cells(box)) - upper_cells(box)
    unknown = unknown.union(*(nodes(cls)[group].cells for group in merged_groups(box) - folded))
    return {
        at: None if unknown.intersection(cell.cells) else cell.sum_of(values)
        for at, cell in folded_cells(cls, folded).items()
    }
