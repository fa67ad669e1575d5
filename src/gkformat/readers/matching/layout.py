"""The layout of a table: which cell spans which rows and columns, placed as browsers do."""

from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.readers.document import Cell, Table
from gkformat.readers.limits import COLUMNS, TABLE_CELLS


@frozen
class Slot:
    """A cell in its place: the columns from `start` to `end` (exclusive), and the row in which it begins.

    Its text has no blanks around it.
    """

    text: str
    row: int
    start: int
    end: int
    rows: int
    place: Place

    @property
    def is_empty(self) -> bool:
        """True if nothing can be seen in it."""
        return not self.text


SlotRow = tuple[Slot, ...]
"""A row of a table: the cells that begin in it."""


def lay_out(table: Table) -> list[SlotRow]:
    """Return the rows of a table with each cell in its place (HTML's algorithm: next free column, spans push on).

    Cells beyond the limits of `readers.limits` are dropped.
    """
    found: list[SlotRow] = []
    taken: dict[int, int] = {}  # column → the row up to which a cell from above reaches
    area = 0
    for number, row in enumerate(table.rows):
        slots, column, rows_left = [], 0, len(table.rows) - number
        for cell in row:
            while taken.get(column, 0) > number:
                column += 1
            height, width = _span(cell, rows_left)
            area += height * width
            if column + width > COLUMNS or area > TABLE_CELLS:
                break
            slots.append(Slot(cell.text.strip(), number, column, column + width, height, cell.place))
            if height > 1:
                taken |= dict.fromkeys(range(column, column + width), number + height)
            column += width
        found.append(tuple(slots))
    return found


def texts_of(slots: SlotRow) -> list[str]:
    """Return what a row says: the texts of its cells that are not empty."""
    return [slot.text for slot in slots if slot.text]


def _span(cell: Cell, rows_left: int) -> tuple[int, int]:
    """Return how many rows and columns a cell spans; `rowspan="0"` extends to the last row."""
    if cell.rows == cell.columns == 1:
        return 1, 1
    height = min(cell.rows, rows_left) if cell.rows > 0 else rows_left
    return height, min(max(cell.columns, 1), COLUMNS)
