"""A table as a list, for a terminal that is too narrow for its lines: each row, and below it its numbers by column."""

from collections.abc import Iterable, Iterator, Mapping

from rich.cells import cell_len

from gkformat.base.address import Address
from gkformat.base.words import COLON
from gkformat.notation.grid import GridCell
from gkformat.notation.outline import Node
from gkformat.views.terminal import CellContent, Segment, wrapped

_INDENT = 2
_BLANK = "__"
"""What stands for a blank, which a list would otherwise not show."""


def listed(
    table: Node, cells: Iterable[GridCell], contents: Mapping[Address, CellContent], width: int
) -> Iterator[list[Segment]]:
    """Yield the lines of a table, of which `cells` are the blanks; none is wider than `width` unless a number is."""
    numbers = {cell.at: Segment(contents[cell.at].display or _BLANK, cell) for cell in cells if cell.at is not None}
    for node in table.children:
        yield from _lines(node, numbers, width, 0)


def _lines(node: Node, numbers: Mapping[Address, Segment], width: int, indent: int) -> Iterator[list[Segment]]:
    for text in wrapped(node.label, max(_INDENT, width - indent)):
        yield [Segment(" " * indent + text)]
    inner = indent + _INDENT
    if any(child.is_cell for child in node.children):
        items = (part for item in _items(node, numbers) for part in _parts(item, width - inner))
        for line in _filled(items, width - inner):
            yield [Segment(" " * inner), *line]
        return
    for child in node.children:
        yield from _lines(child, numbers, width, inner)


def _items(row: Node, numbers: Mapping[Address, Segment]) -> Iterator[list[Segment]]:
    """Yield each column of a row with its number; the label of several columns stands before them."""
    for column in row.children:
        if column.is_cell:
            yield [Segment(f"{column.label} "), numbers[column.at]]
        else:
            yield [Segment(f"{column.label}{COLON.zh}")]
            yield from _items(column, numbers)


def _parts(item: list[Segment], width: int) -> Iterator[list[Segment]]:
    """Yield an item, or if it is too long, the lines of its label, with the number behind the last."""
    if _length(item) <= width:
        yield item
        return
    label, *number = item
    *lines, last = wrapped(label.text, max(_INDENT, width - _length(number)))
    yield from ([Segment(line)] for line in lines)
    yield [Segment(last), *number]


def _filled(items: Iterable[list[Segment]], width: int) -> Iterator[list[Segment]]:
    """Yield lines with as many items as there is room for."""
    line: list[Segment] = []
    for item in items:
        if line and _length([*line, *item]) + _INDENT > width:
            yield line
            line = []
        line += [Segment(" " * _INDENT), *item] if line else item
    yield line


def _length(line: Iterable[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in line)
