"""Render a printed table for a terminal: box-drawing lines, merged cells, Chinese characters two columns wide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import define, field
from rich.cells import cell_len, set_cell_size

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.grid import Grid, GridCell

_MIN_WIDTH = 4
"""The least width of a column: two Chinese characters."""


@frozen
class CellContent:
    """The text in a blank of the form, with a sign before it."""

    text: str
    sign: str = ""

    @property
    def display(self) -> str:
        """The sign and the text."""
        return f"{self.sign}{self.text}"


@frozen
class Segment:
    """A part of a rendered line: text of `cell`, or of a border, or of neither."""

    text: str
    cell: GridCell | None = None
    is_border: bool = False


def least_width(table: Grid, contents: Mapping[Address, CellContent]) -> int:
    """Return the least width in which a table can be read: that of its numbers, with rows named in four characters."""
    names_of_rows = _MIN_WIDTH if _stub(table) else 0
    return sum(_number_widths(table, contents)) + table.columns + 1 + names_of_rows


def _stub(table: Grid) -> int:
    """Return how many columns are left of all numbers."""
    return min(cell.column for cell in table.cells if cell.at is not None)


def render(table: Grid, contents: Mapping[Address, CellContent], width: int) -> Iterator[list[Segment]]:
    """Yield the lines of a table, about `width` columns wide, or as wide as its numbers need."""
    return _Renderer(table, contents, width).lines()


def _number_widths(table: Grid, contents: Mapping[Address, CellContent]) -> list[int]:
    widths = [_MIN_WIDTH] * table.columns
    _widen(widths, [(cell, cell_len(_text(cell, contents))) for cell in table.cells if cell.at is not None])
    return widths


def _text(cell: GridCell, contents: Mapping[Address, CellContent]) -> str:
    return cell.text if cell.at is None else contents[cell.at].display


def _widen(widths: list[int], lengths: Iterable[tuple[GridCell, int]]) -> None:
    """Make columns as wide as the texts of their cells; a merged cell widens all its columns alike."""
    for cell, length in sorted(lengths, key=lambda pair: pair[0].columns):
        columns = range(cell.column, cell.column + cell.columns)
        lacking = length - sum(widths[column] for column in columns) - len(columns) + 1
        for column in columns:
            widths[column] += max(0, -(-lacking // len(columns)))


@define
class _Renderer:
    table: Grid
    contents: Mapping[Address, CellContent]
    width: int
    cell_at: dict[tuple[int, int], GridCell] = field(init=False)
    widths: list[int] = field(init=False)
    texts: dict[GridCell, list[str]] = field(init=False)
    heights: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.cell_at = {
            (row, column): cell
            for cell in self.table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self.widths = self._column_widths()
        self.texts = {cell: wrapped(_text(cell, self.contents), self._inner_width(cell)) for cell in self.table.cells}
        self.heights = self._row_heights()

    # -- widths and heights ----------------------------------------------------------------------------

    def _inner_width(self, cell: GridCell) -> int:
        spanned = self.widths[cell.column : cell.column + cell.columns]
        return sum(spanned) + len(spanned) - 1

    def _column_widths(self) -> list[int]:
        """Give numbers the width that they need; labels share the rest, and those of columns take two lines."""
        widths = _number_widths(self.table, self.contents)
        stub = _stub(self.table)
        labels = [(cell, cell_len(cell.text)) for cell in self.table.cells if cell.at is None]
        row_labels = [(cell, length) for cell, length in labels if cell.column + cell.columns <= stub and cell.row]
        column_labels = [(cell, 2 * -(-length // 4)) for cell, length in labels if cell.column >= stub]
        for lengths in ([*row_labels, *column_labels], labels):
            wanted = widths.copy()
            _widen(wanted, lengths)
            self._share(widths, wanted)
        return widths

    def _share(self, widths: list[int], wanted: Sequence[int]) -> None:
        """Widen columns to the wanted widths, the smallest additions first, as far as the total width allows."""
        left = max(0, self.width - sum(widths) - self.table.columns - 1)
        waiting = sorted(range(len(widths)), key=lambda column: wanted[column] - widths[column])
        for place, column in enumerate(waiting):
            granted = min(wanted[column] - widths[column], left // (len(waiting) - place))
            widths[column] += granted
            left -= granted

    def _row_heights(self) -> list[int]:
        heights = [1] * self.table.rows
        for cell in sorted(self.table.cells, key=lambda cell: cell.rows):
            last = cell.row + cell.rows - 1
            lacking = len(self.texts[cell]) - sum(heights[cell.row : last + 1]) - cell.rows + 1
            heights[last] += max(0, lacking)
        return heights

    # -- line by line ----------------------------------------------------------------------------------

    def lines(self) -> Iterator[list[Segment]]:
        """Yield the border above each row and the lines of the row, and at last the bottom border."""
        for row, height in enumerate(self.heights):
            yield self._border(row)
            for line in range(height):
                yield self._row_line(row, line)
        yield self._border(self.table.rows)

    def _row_line(self, row: int, line: int) -> list[Segment]:
        border = Segment("│", is_border=True)
        segments = [border]
        for cell, _ in groupby(self.cell_at[row, column] for column in range(self.table.columns)):
            above = sum(self.heights[cell.row : row]) + row - cell.row
            segments += [self._cell_line(cell, above + line), border]
        return segments

    def _border(self, row: int) -> list[Segment]:
        """Return the border above a row, with lines of the cells that span it."""
        segments = [Segment(self._corner(row, 0), is_border=True)]
        column = 0
        while column < self.table.columns:
            cell = self.cell_at.get((row, column))
            if cell and cell is self.cell_at.get((row - 1, column)):
                above = sum(self.heights[cell.row : row]) + row - cell.row - 1
                segments.append(self._cell_line(cell, above))
                column += cell.columns
            else:
                segments.append(Segment("─" * self.widths[column], is_border=True))
                column += 1
            segments.append(Segment(self._corner(row, column), is_border=True))
        return segments

    def _cell_line(self, cell: GridCell, line: int) -> Segment:
        """Return a line of a cell; labels are centred, numbers are aligned to the right."""
        width, text = self._inner_width(cell), self.texts[cell]
        height = sum(self.heights[cell.row : cell.row + cell.rows]) + cell.rows - 1
        place = line - (height - len(text)) // 2
        shown = text[place] if 0 <= place < len(text) else ""
        lacking = width - cell_len(shown)
        before = lacking if cell.at is not None else lacking // 2
        return Segment(set_cell_size(" " * max(0, before) + shown, width), cell)

    def _corner(self, row: int, column: int) -> str:
        """Return the character where four cells meet, which joins the lines between those that differ."""
        a, b, c, d = (self.cell_at.get((row - up, column - left)) for up in (1, 0) for left in (1, 0))
        return _CORNERS[a is not b, b is not d, c is not d, a is not c]


_NOT_FIRST = "，、。；：）”》"
_NOT_LAST = "（“《"


def wrapped(text: str, width: int) -> list[str]:
    """Break text into as few lines as the width allows, as even as possible."""
    lines = _broken_lines(text, width)
    more_even = (_broken_lines(text, narrower) for narrower in range(-(-cell_len(text) // len(lines)), width))
    return next((even for even in more_even if len(even) == len(lines)), lines)


def _broken_lines(text: str, width: int) -> list[str]:
    """Break text into lines of at most this width; none begins with a closing mark or ends with an opening one."""
    lines, line = [], ""
    for character in text:
        if line and cell_len(line + character) > width:
            kept = len(line) - (len(line) > 1 and (character in _NOT_FIRST or line[-1] in _NOT_LAST))
            lines.append(line[:kept])
            line = line[kept:]
        line += character
    return [*lines, line]


_CORNERS = {
    # is there a line up, to the right, down, to the left?
    (False, False, False, False): " ",
    (True, False, True, False): "│",
    (False, True, False, True): "─",
    (False, True, True, False): "┌",
    (False, False, True, True): "┐",
    (True, True, False, False): "└",
    (True, False, False, True): "┘",
    (True, True, True, False): "├",
    (True, False, True, True): "┤",
    (False, True, True, True): "┬",
    (True, True, False, True): "┴",
    (True, True, True, True): "┼",
}
