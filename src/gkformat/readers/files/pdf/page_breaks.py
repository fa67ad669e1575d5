"""Tables that were cut by a page break: join their pieces, and the rows and labels that were cut in two.

Programs break a table wherever the page is full, with or without lines above and below the break, and leave no mark.
The lattice shows it: the pieces have the same width, with nothing but a page number between them.
"""

from bisect import bisect_left
from collections.abc import Sequence

from attrs import evolve

from gkformat.base.frozen import frozen
from gkformat.base.numbering import LABEL_NUMBER, without_number
from gkformat.readers.files.pdf.ruled import PageTable, TableCell

_SHIFT = 4.0
"""How far a line may shift from page to page, in points."""

_MOST_PAGES = 10
"""The number of pages of one table: each piece is compared with all before it. A table of the form has four at most."""


@frozen
class JoinedTable:
    """A table as it would be on one endless page. `pages` gives the page on which each row begins."""

    xs: tuple[float, ...]
    cells: tuple[TableCell, ...]
    pages: tuple[int, ...]

    @classmethod
    def of(cls, table: PageTable) -> "JoinedTable":
        """Return a table that is whole on its page."""
        return cls(table.xs, table.cells, (table.page,) * (len(table.ys) - 1))


def continues(upper: JoinedTable, lower: PageTable) -> bool:
    """Check whether both pieces have the same left and right edge, and the table is not too long already."""
    if len(set(upper.pages)) >= _MOST_PAGES:
        return False
    return abs(upper.xs[0] - lower.xs[0]) <= _SHIFT and abs(upper.xs[-1] - lower.xs[-1]) <= _SHIFT


def join(upper: JoinedTable, lower: PageTable) -> JoinedTable:
    """Return the table with one more piece, leaving out a header that the piece repeats."""
    xs = tuple(sorted([*upper.xs, *(x for x in lower.xs if not _has_line_at(upper.xs, x))]))
    above = upper.cells if xs == upper.xs else [_aligned(cell, upper.xs, xs) for cell in upper.cells]
    piece = [_aligned(cell, lower.xs, xs) for cell in lower.cells]
    repeated = _repeated(above, piece)
    below = [evolve(cell, row=cell.row - repeated) for cell in piece if cell.row >= repeated]
    height = len(upper.pages)
    pairs, cut = _cut_cells(above, below, height)
    merged = {one: _merged(one, other, cut) for one, other in pairs}
    gone = {other for _, other in pairs}
    cells = [merged.get(cell, cell) for cell in above]
    cells += [evolve(cell, row=cell.row + height - cut) for cell in below if cell not in gone]
    pages = upper.pages + (lower.page,) * (len(lower.ys) - 1 - repeated - cut)
    return JoinedTable(xs, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), pages)


# -- columns -------------------------------------------------------------------------------------------


def _has_line_at(xs: Sequence[float], x: float) -> bool:
    """Check whether one of the lines runs there."""
    index = bisect_left(xs, x - _SHIFT)
    return index < len(xs) and xs[index] <= x + _SHIFT


def _aligned(cell: TableCell, own: Sequence[float], xs: Sequence[float]) -> TableCell:
    """Return a cell in the columns of all pieces together."""
    start, end = bisect_left(xs, own[cell.column] - _SHIFT), bisect_left(xs, own[cell.column + cell.columns] - _SHIFT)
    return evolve(cell, column=start, columns=end - start)


# -- rows ----------------------------------------------------------------------------------------------


def _repeated(above: Sequence[TableCell], below: Sequence[TableCell]) -> int:
    """Return how many rows at the top of a piece repeat the top of the table."""
    rows, begins = 0, {cell.row + cell.rows for cell in below}
    for row in range(max(begins, default=0)):
        labels = _row(below, row)
        if labels != _row(above, row) or not all(_is_label(text) for *_, text in labels if text):
            break
        if all(cell.row + cell.rows <= row + 1 for cell in below if cell.row <= row):
            rows = row + 1
    return rows


def _row(cells: Sequence[TableCell], row: int) -> list[tuple[int, int, int, str]]:
    """Return the labels that begin in a row."""
    return [(cell.column, cell.columns, cell.rows, "".join(cell.text.split())) for cell in cells if cell.row == row]


_Pairs = list[tuple[TableCell, TableCell]]


def _cut_cells(above: Sequence[TableCell], below: Sequence[TableCell], height: int) -> tuple[_Pairs, bool]:
    """Return the pairs of cells on either side of the break that are one cell, and whether the rows there are one row.

    From the left, labels of groups continue, and then the label of the row. If that continues too, or is not repeated,
    the row was cut, provided that each of its values is on one side only.
    """
    ends = {(cell.column, cell.columns): cell for cell in above if cell.row + cell.rows == height}
    facing = [(ends.get((cell.column, cell.columns)), cell) for cell in below if cell.row == 0]
    pairs: _Pairs = []
    for one, other in facing:
        if one is None or not _goes_on(one, other):
            break
        pairs.append((one, other))
    rest = facing[len(pairs) :]
    if not any(other.text for _, other in facing):
        return [(one, other) for one, other in pairs if other.rows > 1], False
    halves = [(one, other) for one, other in rest if one is not None and not (one.text and other.text)]
    if pairs and len(halves) == len(rest):
        return pairs + halves, True
    if pairs and not _is_label(rest[0][1].text):
        pairs.pop()
    header = all(_is_label(other.text) for _, other in facing if other.text)
    return pairs + [(one, other) for one, other in halves if header and _is_label(one.text)], False


def _goes_on(one: TableCell, other: TableCell) -> bool:
    """Check whether a label above the break may continue below it."""
    if not one.text:
        return other.rows >= one.rows
    if not other.text:
        return True
    may_go_on = one.full or LABEL_NUMBER.match(one.text)  # what follows an item is another item, or the rest of it
    return bool(may_go_on) and _is_label(other.text) and not LABEL_NUMBER.match(other.text)


def _is_label(text: str) -> bool:
    """Check whether a text consists of words, with no number except that of an item."""
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, without_number(text)))


def _merged(one: TableCell, other: TableCell, cut: int) -> TableCell:
    """Return two parts of a cell as one; if the row was cut (`cut`), its two halves count as one row."""
    text = "\n".join(part.text for part in (one, other) if part.text)
    return evolve(one, rows=one.rows + other.rows - cut, text=text, full=other.full)
