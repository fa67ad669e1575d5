"""A table that a page break cut: its pieces as one table again, and so the row or the label that was cut in two.

Programs break a table wherever the page is full, draw a line below and above the break or leave it out, and say
nothing of it. What tells is the lattice: the pieces are as wide, with nothing but a page number between.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from attrs import evolve, frozen

from gkformat.readers.files.pdf.ruled import PageTable, TableCell

_SHIFT = 4.0
"""How far a line may shift from page to page, in points."""

_NUMBERED = re.compile(r"[（(]?\s*[〇一二三四五六七八九十\d]+\s*[)）、.．,，]")
"""How a label begins; what was cut off from one begins with anything else."""


@frozen
class Joined:
    """A table as it would be on one endless page. `pages` tells for each of its rows on which page it begins."""

    xs: tuple[float, ...]
    cells: tuple[TableCell, ...]
    pages: tuple[int, ...]


def as_joined(table: PageTable) -> Joined:
    """A table of one piece."""
    return Joined(table.xs, table.cells, (table.page,) * (len(table.ys) - 1))


def continues(upper: Joined, lower: PageTable) -> bool:
    """Whether both pieces reach from the same left to the same right."""
    return abs(upper.xs[0] - lower.xs[0]) <= _SHIFT and abs(upper.xs[-1] - lower.xs[-1]) <= _SHIFT


def join(upper: Joined, lower: PageTable) -> Joined:
    """The table with one more piece. A header that the piece repeats is left out."""
    xs = tuple(sorted([*upper.xs, *(x for x in lower.xs if not _runs_at(upper.xs, x))]))
    above = upper.cells if xs == upper.xs else [_aligned(cell, upper.xs, xs) for cell in upper.cells]
    piece = [_aligned(cell, lower.xs, xs) for cell in lower.cells]
    repeated = _repeated(above, piece)
    below = [evolve(cell, row=cell.row - repeated) for cell in piece if cell.row >= repeated]
    height = len(upper.pages)
    pairs, cut = _severed(above, below, height)
    whole = {one: _whole(one, other, cut) for one, other in pairs}
    gone = {other for _, other in pairs}
    cells = [whole.get(cell, cell) for cell in above]
    cells += [evolve(cell, row=cell.row + height - cut) for cell in below if cell not in gone]
    pages = upper.pages + (lower.page,) * (len(lower.ys) - 1 - repeated - cut)
    return Joined(xs, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), pages)


# -- columns -------------------------------------------------------------------------------------------


def _runs_at(xs: Sequence[float], x: float) -> bool:
    """Whether one of the lines runs there."""
    index = bisect_left(xs, x - _SHIFT)
    return index < len(xs) and xs[index] <= x + _SHIFT


def _aligned(cell: TableCell, own: Sequence[float], xs: Sequence[float]) -> TableCell:
    """A cell in the columns of all pieces."""
    start, end = bisect_left(xs, own[cell.column] - _SHIFT), bisect_left(xs, own[cell.column + cell.columns] - _SHIFT)
    return evolve(cell, column=start, columns=end - start)


# -- rows ----------------------------------------------------------------------------------------------


def _repeated(above: Sequence[TableCell], below: Sequence[TableCell]) -> int:
    """How many rows at the top of a piece are those at the top of the table."""
    rows, begins = 0, {cell.row + cell.rows for cell in below}
    for row in range(max(begins, default=0)):
        labels = _row(below, row)
        if labels != _row(above, row) or not all(_is_label(text) for *_, text in labels if text):
            break
        if all(cell.row + cell.rows <= row + 1 for cell in below if cell.row <= row):
            rows = row + 1
    return rows


def _row(cells: Sequence[TableCell], row: int) -> list[tuple[int, int, int, str]]:
    """The labels that begin in a row."""
    return [(cell.column, cell.columns, cell.rows, "".join(cell.text.split())) for cell in cells if cell.row == row]


Pairs = list[tuple[TableCell, TableCell]]


def _severed(above: Sequence[TableCell], below: Sequence[TableCell], height: int) -> tuple[Pairs, bool]:
    """Which cells at both sides of the break are one cell; and whether that makes the rows there one row.

    From the left, labels of groups go on, and then the label of the row. If that goes on too, or is not repeated, the
    row was cut, provided that each of its values stands on one side only.
    """
    ends = {(cell.column, cell.columns): cell for cell in above if cell.row + cell.rows == height}
    facing = [(ends.get((cell.column, cell.columns)), cell) for cell in below if cell.row == 0]
    pairs: Pairs = []
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
    """Whether a label above the break may go on below it."""
    if not one.text:
        return other.rows >= one.rows
    if not other.text:
        return True
    may_go_on = one.full or _NUMBERED.match(one.text)  # what follows an item is another item, or the rest of it
    return bool(may_go_on) and _is_label(other.text) and not _NUMBERED.match(other.text)


def _is_label(text: str) -> bool:
    """Whether a text is made of words and holds no number but that of an item."""
    return any(character.isalpha() for character in text) and not any(
        map(str.isdigit, _NUMBERED.sub("", text, count=1))
    )


def _whole(one: TableCell, other: TableCell, cut: int) -> TableCell:
    """Two parts of a cell as one. Where a row was cut, its two halves are one row."""
    text = "\n".join(part.text for part in (one, other) if part.text)
    return evolve(one, rows=one.rows + other.rows - cut, text=text, full=other.full)
