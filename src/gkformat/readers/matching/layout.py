"""A table laid out: which cell reaches over which rows and columns, as a browser would place them."""

from collections.abc import Sequence

from attrs import frozen

from gkformat.base.place import Place
from gkformat.readers.document import Cell, Table
from gkformat.readers.limits import COLUMNS, TABLE_CELLS


@frozen
class Slot:
    """A cell in its place: the columns from `start` up to `end`, and the row in which it begins."""

    text: str
    row: int
    start: int
    end: int
    rows: int
    place: Place

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be seen in it."""
        return not self.text.strip()


Line = tuple[Slot, ...]
"""A row of a table: the cells that begin in it."""


def lines(table: Table) -> list[Line]:
    """The rows of a table with each cell in its place (the algorithm of HTML: next free column, spans push on)."""
    found: list[Line] = []
    taken: dict[int, int] = {}  # column → the row up to which a cell from above reaches
    area = 0
    for number, row in enumerate(table.rows):
        line, column = [], 0
        for cell in row:
            while taken.get(column, 0) > number:
                column += 1
            height, width = _span(cell, len(table.rows) - number)
            area += height * width
            if column + width > COLUMNS or area > TABLE_CELLS:
                break
            line.append(Slot(cell.text.strip(), number, column, column + width, height, cell.place))
            if height > 1:
                taken |= dict.fromkeys(range(column, column + width), number + height)
            column += width
        found.append(tuple(line))
    return found


def _span(cell: Cell, rows_left: int) -> tuple[int, int]:
    """How many rows and columns a cell reaches over; `rowspan="0"` is as far as there are rows."""
    height = min(cell.rows, rows_left) if cell.rows > 0 else rows_left
    return height, min(max(cell.columns, 1), COLUMNS)


def over(head: Sequence[Line], column: int) -> tuple[Slot, ...]:
    """The cells of some rows that stand above a column, from the top down."""
    return tuple(slot for line in head for slot in line if slot.start <= column < slot.end)
