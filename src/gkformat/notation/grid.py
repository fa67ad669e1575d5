"""The printed grid of a table: labels with their spans, and blanks with their addresses.

The layout follows from the kinds of the fields. Bands are stacked upon each other; rows are laid out beneath their
columns; columns alone make a table of a single row. The three tables of the form are of these three kinds.
"""

from collections.abc import Callable, Collection, Sequence
from math import lcm

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.outline import Node, find, outline, per_class


@frozen
class GridCell:
    """A rectangle of the grid: a label, or, if it has an address `at`, a blank to be filled in."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    at: Address | None = None


@frozen
class Grid:
    """A printed table of `rows` × `columns`; its cells cover it exactly, ordered by row and column."""

    heading: str
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


@per_class
def grids(cls: type) -> tuple[Grid, ...]:
    """Return the tables of a report in printed order, or a smaller box as the only table."""
    sections = [node for node in outline(cls).children if node.printed.kind == "section"]
    return tuple(_grid(node) for node in sections or [outline(cls)])


def grid(cls: type, address: str = "", merged: Collection[Address] = ()) -> Grid:
    """Return the table at an address of a form, or the box itself as a table. Raises `Malformed` if there is none.

    Each group of rows in `merged` is one row, with the blanks of its last.
    """
    return _grid(_with_merged_rows(find(cls, address), merged))


def _with_merged_rows(node: Node, merged: Collection[Address]) -> Node:
    if node.at in merged:
        return evolve(node, children=node.children[-1].children)
    return evolve(node, children=tuple(_with_merged_rows(child, merged) for child in node.children)) if merged else node


def _grid(table: Node) -> Grid:
    bands = [child for child in table.children if child.printed.kind == "band"]
    cells = _stacked(bands) if bands else _matrix(table)
    rows = max(cell.row + cell.rows for cell in cells)
    columns = max(cell.column + cell.columns for cell in cells)
    return Grid(table.label, rows, columns, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _stacked(bands: Sequence[Node]) -> list[GridCell]:
    """Return the cells of bands above each other, each under its heading, all stretched to the same width."""
    width = lcm(*(len(_leaves(_columns(band), _children)) for band in bands))
    cells: list[GridCell] = []
    top = 0
    for band in bands:
        cells.append(GridCell(top, 0, 1, 1 + width, band.label))
        body = _matrix(band, top + 1, width)
        cells += body
        top = max(cell.row + cell.rows for cell in body)
    return cells


def _matrix(table: Node, top: int = 0, width: int = 0) -> list[GridCell]:
    """Return rows beneath columns, with a corner above the row labels, or columns over a single row of blanks."""
    rows, columns, heading = _rows(table), _columns(table), _sample_row(table).declaration.heading
    stub, head = _depth(rows, _rows), _depth(columns, _children)
    scale = max(1, width // len(_leaves(columns, _children)))
    cells = []
    if stub:
        cells.append(GridCell(top, 0, head + bool(heading), stub, table.declaration.corner))
    if heading:
        cells.append(GridCell(top, stub, 1, scale * len(_leaves(columns, _children)), heading))
        top += 1
    cells += _column_labels(columns, top, stub, head, scale)
    cells += _row_labels(rows, top + head, 0, stub)
    for row, node in enumerate(_leaves(rows, _rows) or [table], start=top + head):
        for column, blank in enumerate(_leaves(node.children, _children)):
            cells.append(GridCell(row, stub + column * scale, 1, scale, at=blank.at))
    return cells


def _column_labels(nodes: Sequence[Node], row: int, column: int, depth: int, scale: int) -> list[GridCell]:
    """Return the labels of columns and groups of columns; that of a single column reaches down to the blanks."""
    cells = []
    for node in nodes:
        width = scale * len(_leaves([node], _children))
        cells.append(GridCell(row, column, 1 if node.children else depth, width, node.label))
        cells += _column_labels(node.children, row + 1, column, depth - 1, scale)
        column += width
    return cells


def _row_labels(nodes: Sequence[Node], row: int, column: int, depth: int) -> list[GridCell]:
    """Return the labels of rows and groups of rows; that of a single row reaches across to the blanks."""
    cells = []
    for node in nodes:
        height = len(_leaves([node], _rows))
        cells.append(GridCell(row, column, height, 1 if _rows(node) else depth, node.label))
        cells += _row_labels(_rows(node), row, column + 1, depth - 1)
        row += height
    return cells


# -- rows and columns of a table -----------------------------------------------------------------------

_Inner = Callable[[Node], Sequence[Node]]
"""A function from a node to the rows, or to the columns, inside it."""


def _children(node: Node) -> Sequence[Node]:
    return node.children


def _rows(node: Node) -> Sequence[Node]:
    """Return the rows and groups of rows in a box; a total that has columns is a row too."""
    return [child for child in node.children if child.printed.kind in ("row", "total") and child.children]


def _sample_row(table: Node) -> Node:
    """Return a row that has no rows inside: all rows of a table have the same columns. A table without rows is one."""
    rows = _rows(table)
    return _sample_row(rows[0]) if rows else table


def _columns(table: Node) -> Sequence[Node]:
    return _sample_row(table).children


def _leaves(nodes: Sequence[Node], inner: _Inner) -> list[Node]:
    return [leaf for node in nodes for leaf in (_leaves(inner(node), inner) or [node])]


def _depth(nodes: Sequence[Node], inner: _Inner) -> int:
    return max((1 + _depth(inner(node), inner) for node in nodes), default=0)
