"""Ruling lines → tables: lines form a lattice, positions that no line separates form a cell, and cells hold text.

Lines come as strokes, as thin rectangles, as rows of dashes, doubled, drawn cell by cell or across the whole table, and
the outermost are often missing. All of that is reduced to where lines run, and which cells they separate.

"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, groupby, pairwise

from attrs import evolve

from gkformat.base.frozen import frozen
from gkformat.readers.files.pdf.extraction import THIN
from gkformat.readers.files.pdf.page import ASKEW, Box, Glyph, Page
from gkformat.readers.files.pdf.text_lines import TextLine, lines_of_any_turn, room, upright_lines

_LINE, _SNAP = 1.6, 5.0
"""The distance in points up to which lines count as one: pieces of one line; and, within one table, double lines and
those that were drawn cell by cell. No row or column is as narrow."""

_DASH = 5.0
"""The longest gap that does not interrupt a line, in points."""

_TOUCH = 3.0
"""The distance at which lines still meet, in points."""

_SHORTEST = 6.0
_COVERED = 0.6
"""The share of the side of a cell that must be ruled to separate it from its neighbour."""

_DIGIT, _CHARACTER = 1.7, 3.2
"""Both margins of a cell, with a digit or a character for which there was no room left, in font sizes."""

_TIGHT = 0.12
"""The gap below which digits belong to one number although a ruling line runs between them, in font sizes."""

_CROSSED = "│"
"""Mark of a cell into which a number overruns from its neighbour: it is unknown whose it is."""

_MOST_CROSSINGS, _MOST_TABLES = 10_000, 50
"""Limits above which a page is a drawing."""


@frozen
class Ruling:
    """A line: its position, and its extent along the other axis."""

    at: float
    start: float
    end: float


@frozen
class TableCell:
    """A cell of a lattice; rows and columns count from 0. In a `full` cell, the last line has no room for more."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    full: bool = False


@frozen
class PageTable:
    """A table on a page: the positions of its lines, and its cells row by row."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[TableCell, ...]

    @property
    def box(self) -> Box:
        """Rectangle that the table covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def positions(self) -> int:
        """Number of cells that it would have if all its lines were whole."""
        return (len(self.xs) - 1) * (len(self.ys) - 1)

    def area(self, cell: TableCell) -> Box:
        """Return the rectangle that a cell covers."""
        right, bottom = cell.column + cell.columns, cell.row + cell.rows
        return Box(self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom])


def ruled_tables(page: Page, lattices: Sequence[PageTable]) -> tuple[list[PageTable], list[Glyph]]:
    """Return the ruled tables of a page, from the top, and the glyphs that are in none of them."""
    left = [glyph for glyph in page.glyphs if glyph.turn != ASKEW]
    found: list[PageTable] = []
    if len(lattices) > _MOST_TABLES:
        return [], left
    for lattice in sorted(lattices, key=lambda lattice: lattice.box.width * lattice.box.height):
        box = lattice.box
        inside = [glyph for glyph in left if _within(glyph, box)]
        table = _filled(lattice, inside, left)
        if any(cell.text for cell in table.cells) and not _has_columns_only(table):
            found.append(table)
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
    return sorted(found, key=lambda table: table.box.top), left


# -- lines to lattices ---------------------------------------------------------------------------------


def find_lattices(page: Page) -> Iterator[PageTable]:
    """Yield the lattices of lines that meet, as tables without text, if they have more than one cell.

    A dot may be part of a dotted line in either direction.
    """
    across = _joined(
        (Ruling((box.top + box.bottom) / 2, box.left, box.right) for box in page.lines if box.height <= THIN), _LINE
    )
    down = _joined(
        (Ruling((box.left + box.right) / 2, box.top, box.bottom) for box in page.lines if box.width <= THIN), _LINE
    )
    if len(across) * len(down) > _MOST_CROSSINGS:
        return
    for group in _connected(across, down):
        rows, columns = (_joined(rulings, _SNAP) for rulings in group)
        ys, xs = _positions(rows, columns), _positions(columns, rows)
        cells = tuple(_cells(_ruled_sides(rows, ys, xs), _ruled_sides(columns, xs, ys), len(ys) - 1, len(xs) - 1))
        if len(cells) > 1:
            yield PageTable(page.number, xs, ys, cells)


def _joined(rulings: Iterable[Ruling], snap: float) -> list[Ruling]:
    """Join lines that nearly coincide, and drop those that are too short."""
    joined: list[Ruling] = []
    for near in _side_by_side(sorted(rulings, key=lambda ruling: ruling.at), snap):
        at = sum(ruling.at for ruling in near) / len(near)
        pieces: list[Ruling] = []
        for ruling in sorted(near, key=lambda ruling: ruling.start):
            if pieces and ruling.start <= pieces[-1].end + _DASH:
                pieces[-1] = Ruling(at, pieces[-1].start, max(pieces[-1].end, ruling.end))
            else:
                pieces.append(Ruling(at, ruling.start, ruling.end))
        joined += [piece for piece in pieces if piece.end - piece.start >= _SHORTEST]
    return joined


def _side_by_side(rulings: Iterable[Ruling], snap: float) -> Iterator[list[Ruling]]:
    """Yield groups of lines that run so close together that they are one."""
    group: list[Ruling] = []
    for ruling in rulings:
        if group and (ruling.at - group[0].at > snap):
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _connected(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield groups of connected lines, each as its horizontal and its vertical ones."""
    met = [[k for k, line in enumerate(down) if _meet(row, line)] for row in across]
    groups: list[tuple[set[int], set[int]]] = []
    for index, columns in enumerate(met):
        rows, members = {index}, set(columns)
        for group in [group for group in groups if group[1] & members]:
            groups.remove(group)
            rows |= group[0]
            members |= group[1]
        if members:
            groups.append((rows, members))
    for rows, members in groups:
        yield [across[k] for k in sorted(rows)], [down[k] for k in sorted(members)]


def _meet(row: Ruling, column: Ruling) -> bool:
    return (
        row.start - _TOUCH <= column.at <= row.end + _TOUCH and column.start - _TOUCH <= row.at <= column.end + _TOUCH
    )


def _positions(rulings: Sequence[Ruling], others: Sequence[Ruling]) -> tuple[float, ...]:
    """Return the positions of lines, and the ends of the lines that cross them where the outermost are missing."""
    inner = sorted({ruling.at for ruling in rulings})
    start, end = min(other.start for other in others), max(other.end for other in others)
    before = [start] if inner[0] - start > _SHORTEST else []
    after = [end] if end - inner[-1] > _SHORTEST else []
    return (*before, *inner, *after)


# -- lattices to cells ---------------------------------------------------------------------------------

Side = tuple[int, int]
"""A side of a cell: the index of the line that it is part of, and of the piece of that line."""


def _ruled_sides(rulings: Iterable[Ruling], positions: Sequence[float], across: Sequence[float]) -> set[Side]:
    """Return the sides of cells that are ruled."""
    sides: set[Side] = set()
    for ruling in rulings:
        line = bisect_left(positions, ruling.at)
        for piece, (start, end) in enumerate(pairwise(across)):
            if min(end, ruling.end) - max(start, ruling.start) >= _COVERED * (end - start):
                sides.add((line, piece))
    return sides


def _cells(across: set[Side], down: set[Side], rows: int, columns: int) -> list[TableCell]:
    """Return the cells: regions that no line divides, or, if a region is no rectangle, its rows."""
    cells: list[TableCell] = []
    free = {(row, column) for row in range(rows) for column in range(columns)}
    for place in sorted(free):
        if place in free:
            region = _region(place, across, down, rows, columns)
            free -= region
            cells += _rectangles(region)
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _region(place: Side, across: set[Side], down: set[Side], rows: int, columns: int) -> set[tuple[int, int]]:
    region, open_ = {place}, [place]
    while open_:
        row, column = open_.pop()
        beside = []
        if row and (row, column) not in across:
            beside.append((row - 1, column))
        if row + 1 < rows and (row + 1, column) not in across:
            beside.append((row + 1, column))
        if column and (column, row) not in down:
            beside.append((row, column - 1))
        if column + 1 < columns and (column + 1, row) not in down:
            beside.append((row, column + 1))
        open_ += [other for other in beside if other not in region]
        region.update(beside)
    return region


def _rectangles(region: set[tuple[int, int]]) -> Iterator[TableCell]:
    """Yield the region as rectangles: consecutive rows with the same extent form one."""
    rows: dict[tuple[int, int], list[int]] = {}
    for row, places in groupby(sorted(region), key=lambda place: place[0]):
        for run in _runs([column for _, column in places]):
            rows.setdefault(run, []).append(row)
    for (start, end), reaching in rows.items():
        for first, last in _runs(reaching):
            yield TableCell(first, start, last - first, end - start)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield consecutive numbers as ranges."""
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1


# -- cells and their text ------------------------------------------------------------------------------


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = _middle(glyph)
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _middle(glyph: Glyph) -> tuple[float, float]:
    """Return the middle of a glyph; for an upright one, the middle of a digit on its baseline."""
    x = (glyph.box.left + glyph.box.right) / 2
    return x, glyph.baseline - 0.35 * glyph.size if not glyph.turn else (glyph.box.top + glyph.box.bottom) / 2


def _filled(lattice: PageTable, glyphs: Iterable[Glyph], around: Iterable[Glyph]) -> PageTable:
    """Return the lattice with the text of its cells; `around` are the glyphs in the lattice and beside it."""
    owner = {
        (row, column): index
        for index, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }

    box = lattice.box

    def place(glyph: Glyph) -> int:
        x, y = _middle(glyph)
        return owner[_piece(lattice.ys, y), _piece(lattice.xs, x)]

    inside: list[list[Glyph]] = [[] for _ in lattice.cells]
    for glyph in glyphs:
        inside[place(glyph)].append(glyph)
    written = [lines_of_any_turn(found) for found in inside]
    beside = (glyph for glyph in around if not glyph.turn and box.top <= _middle(glyph)[1] <= box.bottom)
    crossed = set(_overrun_cells(beside, lambda glyph: place(glyph) if _within(glyph, box) else None))
    short = {cell.row for cell, found in zip(lattice.cells, written, strict=True) if _is_number(found)}
    return evolve(
        lattice,
        cells=tuple(
            _with_text(cell, found, lattice.area(cell), narrow=cell.row in short, crossed=at in crossed)
            for at, (cell, found) in enumerate(zip(lattice.cells, written, strict=True))
        ),
    )


def _piece(positions: Sequence[float], at: float) -> int:
    return max(bisect_left(positions, at) - 1, 0)


def _has_columns_only(table: PageTable) -> bool:
    """Check whether most numbers are stacked in one cell: a table with vertical lines only."""
    numbers = [cell.text.split("\n") for cell in table.cells if cell.text and cell.text.replace("\n", "").isdigit()]
    return sum(len(stacked) > 1 for stacked in numbers) > len(numbers) / 2


def _is_number(found: Sequence[TextLine]) -> bool:
    return len(found) == 1 and found[0].text.isdigit()


def _overrun_cells(glyphs: Iterable[Glyph], place: Callable[[Glyph], int | None]) -> Iterator[int | None]:
    """Yield the cells from which a number overruns into another, or out of the table."""
    words = (word for line in upright_lines(glyphs) for word in line.words)
    for word in (word for word in words if sum(map(_is_numeric, word.glyphs)) > 1):
        places = [place(glyph) for glyph in word.glyphs]
        gaps = [(other.box.left - one.box.right, one, other) for one, other in pairwise(word.glyphs)]
        is_parted = [one != other for one, other in pairwise(places)]
        usual = max((gap for (gap, *_), parted in zip(gaps, is_parted, strict=True) if not parted), default=0.0)
        for (gap, one, other), beside in compress(zip(gaps, pairwise(places), strict=True), is_parted):
            if _is_numeric(one) and _is_numeric(other) and gap < max(usual, 0.0) + _TIGHT * one.size:
                yield from beside


def _is_numeric(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or glyph.text in ",.，．+-"


def _with_text(cell: TableCell, found: Sequence[TextLine], box: Box, *, narrow: bool, crossed: bool) -> TableCell:
    """Return the cell with its text.

    A number that was broken for lack of room is put together again if another number of its row fits on one line.

    """
    text = ""
    for above, line in zip([None, *found], found, strict=False):
        broken = narrow and above and room(above, box) < _DIGIT and above.text.isdigit() and line.text.isdigit()
        text += line.text if broken or not text else "\n" + line.text
    text += _CROSSED * crossed
    full = bool(found) and room(found[-1], box) < _CHARACTER
    return TableCell(cell.row, cell.column, cell.rows, cell.columns, text, full)
