"""The tables of a form as a reader looks for them: bands of rows under common columns, computed from the grid."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.grid import GridCell, grid
from gkformat.notation.outline import outline, per_class


@frozen
class BandRow:
    """A row of blanks: its labels from the outermost group to its own, and the addresses of its blanks."""

    labels: tuple[str, ...]
    blanks: tuple[Address, ...]

    @property
    def label(self) -> str:
        """Label printed beside the row; empty for the only row of a table."""
        return self.labels[-1] if self.labels else ""


@frozen(eq=False)
class Band:
    """Rows under common columns. `header` are all labels above them except `corner` and `heading`, in reading order."""

    table: Address
    heading: str
    corner: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[BandRow, ...]


@per_class
def bands(cls: type) -> tuple[Band, ...]:
    """Return the bands of all tables of a report, in printed order."""
    tables = (node for node in outline(cls).children if node.printed.kind == "section")
    return tuple(band for node in tables for band in _bands(node.at, grid(cls, node.at).cells))


def _bands(table: Address, cells: Sequence[GridCell]) -> Iterator[Band]:
    filled = {cell.row for cell in cells if cell.at is not None}
    last = max(filled)
    runs = [(is_body, list(rows)) for is_body, rows in groupby(range(last + 1), key=lambda row: row in filled)]
    for (_, head), (_, body) in zip(runs[::2], runs[1::2], strict=True):
        yield _band(table, cells, head, body)


def _band(table: Address, cells: Sequence[GridCell], head: Sequence[int], body: Sequence[int]) -> Band:
    blanks = [cell for cell in cells if cell.row in body and cell.at is not None]
    stub = min(cell.column for cell in blanks)
    above = [cell for cell in cells if cell.row in head]
    labels = [cell for cell in above if cell.column >= stub]
    return Band(
        table,
        "".join(cell.text for cell in above if cell.column < stub and cell.columns > stub),
        "".join(cell.text for cell in above if cell.column < stub and cell.columns <= stub),
        tuple(cell.text for cell in labels),
        tuple(_over(labels, cell.column) for cell in blanks if cell.row == body[0]),
        tuple(_row(cells, blanks, row, stub) for row in body),
    )


def _over(labels: Sequence[GridCell], column: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in labels if cell.column <= column < cell.column + cell.columns)


def _row(cells: Sequence[GridCell], blanks: Sequence[GridCell], row: int, stub: int) -> BandRow:
    beside = [cell for cell in cells if cell.column < stub and cell.row <= row < cell.row + cell.rows]
    at = [cell.at for cell in blanks if cell.row == row and cell.at is not None]
    return BandRow(tuple(cell.text for cell in beside), tuple(at))
