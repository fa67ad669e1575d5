"""The outline of a table as the printed grid: labels with their spans, blanks with their addresses.

The three tables of the form are of three kinds, and all follow from what their fields are: parts are bands stacked
upon each other; lines are rows beneath columns; columns alone make a table of one row.
"""

from collections.abc import Callable, Sequence
from math import lcm

from attrs import frozen

from gkformat.base.address import Address
from gkformat.notation.outline import Node, find, outline, per_class


@frozen
class Cell:
    """A rectangle of the grid: a label, or, where `at` is given, a blank to be filled."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    at: Address | None = None


@frozen
class Grid:
    """A printed table of `rows` × `columns`; its cells cover it exactly, row by row from the left."""

    heading: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@per_class
def grids(cls: type) -> tuple[Grid, ...]:
    """The tables of a report, in printed order; of a smaller box, that box as a table."""
    sections = [node for node in outline(cls).children if node.printed.word == "section"]
    return tuple(_grid(node) for node in sections or [outline(cls)])


def grid(cls: type, address: str = "") -> Grid:
    """The table at an address of a form, or the box itself as a table; raises `Malformed` for an unknown address."""
    return _grid(find(cls, address))


def _grid(table: Node) -> Grid:
    bands = [child for child in table.children if child.printed.word == "band"]
    cells = _stacked(bands) if bands else _matrix(table)
    rows = max(cell.row + cell.rows for cell in cells)
    columns = max(cell.column + cell.columns for cell in cells)
    return Grid(table.label, rows, columns, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _stacked(bands: Sequence[Node]) -> list[Cell]:
    """Bands above each other, each under its heading, all as wide as their columns allow."""
    width = lcm(*(len(_leaves(_columns(band), _inside)) for band in bands))
    cells: list[Cell] = []
    top = 0
    for band in bands:
        cells.append(Cell(top, 0, 1, 1 + width, band.label))
        body = _matrix(band, top + 1, width)
        cells += body
        top = max(cell.row + cell.rows for cell in body)
    return cells


def _matrix(table: Node, top: int = 0, width: int = 0) -> list[Cell]:
    """Rows beneath columns, with a corner above the labels of the rows; or columns over a single row of blanks."""
    lines, columns, heading = _lines(table), _columns(table), _row(table).declaration.heading
    stub, head = _depth(lines, _lines), _depth(columns, _inside)
    scale = max(1, width // len(_leaves(columns, _inside)))
    cells = []
    if stub:
        cells.append(Cell(top, 0, head + bool(heading), stub, table.declaration.corner))
    if heading:
        cells.append(Cell(top, stub, 1, scale * len(_leaves(columns, _inside)), heading))
        top += 1
    cells += _column_labels(columns, top, stub, head, scale)
    cells += _line_labels(lines, top + head, 0, stub)
    for row, line in enumerate(_leaves(lines, _lines) or [table], start=top + head):
        for column, blank in enumerate(_leaves(line.children, _inside)):
            cells.append(Cell(row, stub + column * scale, 1, scale, at=blank.at))
    return cells


def _column_labels(nodes: Sequence[Node], row: int, column: int, depth: int, scale: int) -> list[Cell]:
    """The labels of columns and groups of columns; a single column reaches down to the blanks."""
    cells = []
    for node in nodes:
        width = scale * len(_leaves([node], _inside))
        cells.append(Cell(row, column, 1 if node.children else depth, width, node.label))
        cells += _column_labels(node.children, row + 1, column, depth - 1, scale)
        column += width
    return cells


def _line_labels(nodes: Sequence[Node], row: int, column: int, depth: int) -> list[Cell]:
    """The labels of rows and groups of rows; a single row reaches across to the blanks."""
    cells = []
    for node in nodes:
        height = len(_leaves([node], _lines))
        cells.append(Cell(row, column, height, 1 if _lines(node) else depth, node.label))
        cells += _line_labels(_lines(node), row, column + 1, depth - 1)
        row += height
    return cells


# -- rows and columns of a table -----------------------------------------------------------------------

_Inside = Callable[[Node], Sequence[Node]]


def _inside(node: Node) -> Sequence[Node]:
    return node.children


def _lines(node: Node) -> Sequence[Node]:
    """The rows, and groups of rows, in a box; a total that has columns is a row too."""
    return [child for child in node.children if child.printed.word in ("row", "total") and child.children]


def _row(table: Node) -> Node:
    """Any row without rows inside: all rows of a table are alike. A table without rows is a row itself."""
    lines = _lines(table)
    return _row(lines[0]) if lines else table


def _columns(table: Node) -> Sequence[Node]:
    return _row(table).children


def _leaves(nodes: Sequence[Node], inside: _Inside) -> list[Node]:
    return [leaf for node in nodes for leaf in (_leaves(inside(node), inside) or [node])]


def _depth(nodes: Sequence[Node], inside: _Inside) -> int:
    return max((1 + _depth(inside(node), inside) for node in nodes), default=0)
