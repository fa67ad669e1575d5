"""A printed table drawn with lines and characters, Chinese ones two columns wide, cells spanning as on paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import define, field, frozen
from rich.cells import cell_len, set_cell_size

from gkformat.base.address import Address
from gkformat.notation.grid import Cell, Grid

_NARROWEST = 4
"""The least width of a column: two Chinese characters."""


@frozen
class Filling:
    """What stands in a blank of the form, with a sign before it."""

    text: str
    sign: str = ""

    @property
    def shown(self) -> str:
        """The sign and the text."""
        return f"{self.sign}{self.text}"


@frozen
class Piece:
    """A part of a drawn line; `cell` is the one whose text it is, none where it is a line of the table."""

    text: str
    cell: Cell | None = None


def draw(table: Grid, fillings: Mapping[Address, Filling], width: int) -> Iterator[list[Piece]]:
    """The lines of a table in about this width, or in the least that its numbers need."""
    return _Drawing(table, fillings, width).lines()


@define
class _Drawing:
    table: Grid
    fillings: Mapping[Address, Filling]
    width: int
    owner: dict[tuple[int, int], Cell] = field(init=False)
    widths: list[int] = field(init=False)
    texts: dict[Cell, list[str]] = field(init=False)
    heights: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.owner = {
            (row, column): cell
            for cell in self.table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self.widths = self._column_widths()
        self.texts = {cell: _wrapped(self._text(cell), self._inner_width(cell)) for cell in self.table.cells}
        self.heights = self._row_heights()

    # -- how wide and how high -------------------------------------------------------------------------

    def _text(self, cell: Cell) -> str:
        return cell.text if cell.at is None else self.fillings[cell.at].shown

    def _inner_width(self, cell: Cell) -> int:
        spanned = self.widths[cell.column : cell.column + cell.columns]
        return sum(spanned) + len(spanned) - 1

    def _column_widths(self) -> list[int]:
        """Numbers get the width that they need; labels share what is left, those of columns content with two lines."""
        widths = [_NARROWEST] * self.table.columns
        self._widen(widths, [(cell, cell_len(self._text(cell))) for cell in self.table.cells if cell.at is not None])
        stub = min(cell.column for cell in self.table.cells if cell.at is not None)
        labels = [(cell, cell_len(cell.text)) for cell in self.table.cells if cell.at is None]
        beside = [(cell, length) for cell, length in labels if cell.column + cell.columns <= stub and cell.row]
        above = [(cell, 2 * -(-length // 4)) for cell, length in labels if cell.column >= stub]
        for wishes in ([*beside, *above], labels):
            wished = widths.copy()
            self._widen(wished, wishes)
            self._share(widths, wished)
        return widths

    def _widen(self, widths: list[int], wishes: Iterable[tuple[Cell, int]]) -> None:
        """Make columns as wide as the cells in them wish, a cell that spans several asking the same of each."""
        for cell, length in sorted(wishes, key=lambda wish: wish[0].columns):
            columns = range(cell.column, cell.column + cell.columns)
            lacking = length - sum(widths[column] for column in columns) - len(columns) + 1
            for column in columns:
                widths[column] += max(0, -(-lacking // len(columns)))

    def _share(self, widths: list[int], wished: Sequence[int]) -> None:
        """Grant what is wished, the least wishes first, as far as the width of the whole allows."""
        left = max(0, self.width - sum(widths) - self.table.columns - 1)
        waiting = sorted(range(len(widths)), key=lambda column: wished[column] - widths[column])
        for place, column in enumerate(waiting):
            granted = min(wished[column] - widths[column], left // (len(waiting) - place))
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

    def lines(self) -> Iterator[list[Piece]]:
        """The edge above each row, and the row; then the lowest edge."""
        for row, height in enumerate(self.heights):
            yield self._edge(row)
            for line in range(height):
                yield self._inside(row, line)
        yield self._edge(self.table.rows)

    def _inside(self, row: int, line: int) -> list[Piece]:
        pieces = [Piece("│")]
        for cell, _ in groupby(self.owner[row, column] for column in range(self.table.columns)):
            above = sum(self.heights[cell.row : row]) + row - cell.row
            pieces += [self._line_of(cell, above + line), Piece("│")]
        return pieces

    def _edge(self, row: int) -> list[Piece]:
        """The edge above a row: lines, and the texts of the cells that it does not part."""
        pieces = [Piece(self._corner(row, 0))]
        column = 0
        while column < self.table.columns:
            cell = self.owner.get((row, column))
            if cell and cell is self.owner.get((row - 1, column)):
                above = sum(self.heights[cell.row : row]) + row - cell.row - 1
                pieces.append(self._line_of(cell, above))
                column += cell.columns
            else:
                pieces.append(Piece("─" * self.widths[column]))
                column += 1
            pieces.append(Piece(self._corner(row, column)))
        return pieces

    def _line_of(self, cell: Cell, line: int) -> Piece:
        """A line of a cell: labels stand in the middle of it, numbers at its right."""
        width, text = self._inner_width(cell), self.texts[cell]
        height = sum(self.heights[cell.row : cell.row + cell.rows]) + cell.rows - 1
        place = line - (height - len(text)) // 2
        shown = text[place] if 0 <= place < len(text) else ""
        lacking = width - cell_len(shown)
        before = lacking if cell.at is not None else lacking // 2
        return Piece(set_cell_size(" " * max(0, before) + shown, width), cell)

    def _corner(self, row: int, column: int) -> str:
        """What stands where four cells meet: it joins the lines between those that differ."""
        a, b, c, d = (self.owner.get((row - up, column - left)) for up in (1, 0) for left in (1, 0))
        return _CORNERS[a is not b, b is not d, c is not d, a is not c]


_CLOSING = "，、。；：）”》"
_OPENING = "（“《"


def _wrapped(text: str, width: int) -> list[str]:
    """Text in as few lines as this width needs, and those as even as they can be."""
    lines = _filled(text, width)
    evener = (_filled(text, narrower) for narrower in range(-(-cell_len(text) // len(lines)), width))
    return next((even for even in evener if len(even) == len(lines)), lines)


def _filled(text: str, width: int) -> list[str]:
    """Text in lines of at most this width: none begins with a sign that closes, or ends with one that opens."""
    lines, line = [], ""
    for character in text:
        if line and cell_len(line + character) > width:
            kept = len(line) - (len(line) > 1 and (character in _CLOSING or line[-1] in _OPENING))
            lines.append(line[:kept])
            line = line[kept:]
        line += character
    return [*lines, line]


_CORNERS = {
    # whether a line goes up, to the right, down, to the left
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
