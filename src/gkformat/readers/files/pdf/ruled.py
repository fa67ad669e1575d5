"""Ruling lines to tables: lines make a lattice, what no line parts is one cell, and each cell has its text.

Lines come as strokes, as thin rectangles, as rows of dashes, twice side by side, cell by cell or across the whole
table, and often the outermost are missing. What is left of all that is where they run, and which cells they part.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from attrs import evolve, frozen

from gkformat.readers.files.pdf.page import ASKEW, Box, Glyph, Page
from gkformat.readers.files.pdf.text import Line, lines, room, turned_lines

_LINE, _SNAP = 0.8, 2.5
"""Lines so near to each other are one line, in points: pieces of one, and in one table double lines and those that were
drawn cell by cell."""

_DASH = 5.0
"""A gap so short does not interrupt a line. No row or column is as narrow."""

_TOUCH = 3.0
"""So near, lines meet."""

_SHORTEST = 6.0
_COVERED = 0.6
"""How much of the side of a cell must be ruled to part it from its neighbour."""

_DIGIT, _CHARACTER = 1.7, 3.2
"""Both margins of a cell, and a digit or a character for which there was no room left, in sizes of the type."""

_TIGHT = 0.12
"""So near, in sizes of the type, digits are of one number, though a ruling line runs between them."""

_CROSSED = "│"
"""Stands in cells into which a number runs over from a neighbour: nobody can tell whose it is."""

_MOST_CROSSINGS, _MOST_TABLES = 10_000, 50
"""A page with more is a drawing."""


@frozen
class Ruling:
    """A line: where it runs, and from where to where."""

    at: float
    start: float
    end: float


@frozen
class TableCell:
    """A cell of a lattice: rows and columns count from 0. `full`: its last line has no room for another character."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    full: bool = False


@frozen
class PageTable:
    """A table on a page: the lines of its lattice, and its cells row by row."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[TableCell, ...]

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def area(self, cell: TableCell) -> Box:
        """What a cell covers."""
        right, bottom = cell.column + cell.columns, cell.row + cell.rows
        return Box(self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom])


def tables(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page from the top, and the glyphs that stand in none of them."""
    left = [glyph for glyph in page.glyphs if glyph.turn != ASKEW]
    found: list[PageTable] = []
    lattices = list(_lattices(page))
    if len(lattices) > _MOST_TABLES:
        return [], left
    for lattice in sorted(lattices, key=lambda lattice: lattice.box.width * lattice.box.height):
        inside = [glyph for glyph in left if _within(glyph, lattice.box)]
        table = _filled(lattice, inside, left)
        if any(cell.text for cell in table.cells) and not _has_columns_only(table):
            found.append(table)
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
    return sorted(found, key=lambda table: table.box.top), left


# -- lines to lattices ---------------------------------------------------------------------------------


def _lattices(page: Page) -> Iterator[PageTable]:
    """Lines that meet make a lattice, if there is more than one cell in it."""
    across = _joined(
        (Ruling((box.top + box.bottom) / 2, box.left, box.right) for box in page.lines if _lies(box)), _LINE
    )
    down = _joined(
        (Ruling((box.left + box.right) / 2, box.top, box.bottom) for box in page.lines if _stands(box)), _LINE
    )
    if len(across) * len(down) > _MOST_CROSSINGS:
        return
    for group in _meeting(across, down):
        rows, columns = (_joined(rulings, _SNAP) for rulings in group)
        ys, xs = _positions(rows, columns), _positions(columns, rows)
        cells = tuple(_cells(_walls(rows, ys, xs), _walls(columns, xs, ys), len(ys) - 1, len(xs) - 1))
        if len(cells) > 1:
            yield PageTable(page.number, xs, ys, cells)


def _lies(box: Box) -> bool:
    """Whether a line may run across; a dot may belong to a dotted line either way."""
    return box.width >= box.height or box.height <= _TOUCH


def _stands(box: Box) -> bool:
    return box.height >= box.width or box.width <= _TOUCH


def _joined(rulings: Iterable[Ruling], snap: float) -> list[Ruling]:
    """Lines that are nearly one become one; what is too short for a line is dropped."""
    joined: list[Ruling] = []
    for near in _near(sorted(rulings, key=lambda ruling: ruling.at), snap):
        at = sum(ruling.at for ruling in near) / len(near)
        pieces: list[Ruling] = []
        for ruling in sorted(near, key=lambda ruling: ruling.start):
            if pieces and ruling.start <= pieces[-1].end + _DASH:
                pieces[-1] = evolve(pieces[-1], end=max(pieces[-1].end, ruling.end))
            else:
                pieces.append(Ruling(at, ruling.start, ruling.end))
        joined += [piece for piece in pieces if piece.end - piece.start >= _SHORTEST]
    return joined


def _near(rulings: Iterable[Ruling], snap: float) -> Iterator[list[Ruling]]:
    """Groups of lines that run side by side so closely that they are one."""
    group: list[Ruling] = []
    for ruling in rulings:
        if group and (ruling.at - group[-1].at > snap or ruling.at - group[0].at > 2 * snap):
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _meeting(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Groups of lines that are connected, each as those across and those down."""
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
    """Where lines run, and where the lines that cross them end, if the outermost lines are missing."""
    inner = sorted({ruling.at for ruling in rulings})
    start, end = min(other.start for other in others), max(other.end for other in others)
    before = [start] if inner[0] - start > _SHORTEST else []
    after = [end] if end - inner[-1] > _SHORTEST else []
    return (*before, *inner, *after)


# -- lattices to cells ---------------------------------------------------------------------------------

Wall = tuple[int, int]
"""A side of a cell: the number of the line that it is part of, and which piece of that line."""


def _walls(rulings: Iterable[Ruling], positions: Sequence[float], across: Sequence[float]) -> set[Wall]:
    """The sides of cells that are ruled."""
    walls: set[Wall] = set()
    for ruling in rulings:
        line = bisect_left(positions, ruling.at)
        for piece, (start, end) in enumerate(pairwise(across)):
            if min(end, ruling.end) - max(start, ruling.start) >= _COVERED * (end - start):
                walls.add((line, piece))
    return walls


def _cells(across: set[Wall], down: set[Wall], rows: int, columns: int) -> list[TableCell]:
    """What no line parts is one cell; where that is no rectangle, its rows are parted."""
    cells: list[TableCell] = []
    free = {(row, column) for row in range(rows) for column in range(columns)}
    for place in sorted(free):
        if place in free:
            region = _region(place, across, down, rows, columns)
            free -= region
            cells += _rectangles(region)
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _region(place: Wall, across: set[Wall], down: set[Wall], rows: int, columns: int) -> set[tuple[int, int]]:
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
    """The region as rectangles: rows of it that reach equally far are one."""
    rows: dict[tuple[int, int], list[int]] = {}
    for row, places in groupby(sorted(region), key=lambda place: place[0]):
        for run in _runs([column for _, column in places]):
            rows.setdefault(run, []).append(row)
    for (start, end), reaching in rows.items():
        for first, last in _runs(reaching):
            yield TableCell(first, start, last - first, end - start)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as ranges."""
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1


# -- cells and their text ------------------------------------------------------------------------------


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = _middle(glyph)
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _middle(glyph: Glyph) -> tuple[float, float]:
    """The middle of a glyph; of an upright one, the middle of a digit on its line."""
    x = (glyph.box.left + glyph.box.right) / 2
    return x, glyph.baseline - 0.35 * glyph.size if not glyph.turn else (glyph.box.top + glyph.box.bottom) / 2


def _filled(lattice: PageTable, glyphs: Iterable[Glyph], around: Iterable[Glyph]) -> PageTable:
    """The lattice with what stands in its cells, given what stands in it and around it."""
    owner = {
        (row, column): index
        for index, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }

    def place(glyph: Glyph) -> int:
        x, y = _middle(glyph)
        return owner[_piece(lattice.ys, y), _piece(lattice.xs, x)]

    inside: list[list[Glyph]] = [[] for _ in lattice.cells]
    for glyph in glyphs:
        inside[place(glyph)].append(glyph)
    written = [turned_lines(found) for found in inside]
    beside = (glyph for glyph in around if not glyph.turn and lattice.ys[0] <= glyph.baseline <= lattice.ys[-1])
    crossed = set(_run_over(beside, lambda glyph: place(glyph) if _within(glyph, lattice.box) else None))
    short = {cell.row for cell, found in zip(lattice.cells, written, strict=True) if _is_number(found)}
    return evolve(
        lattice,
        cells=tuple(
            _written(cell, found, lattice.area(cell), narrow=cell.row in short, crossed=at in crossed)
            for at, (cell, found) in enumerate(zip(lattice.cells, written, strict=True))
        ),
    )


def _piece(positions: Sequence[float], at: float) -> int:
    return min(max(bisect_left(positions, at) - 1, 0), len(positions) - 2)


def _has_columns_only(table: PageTable) -> bool:
    """Whether most numbers stand above each other: a table that is ruled downwards only."""
    numbers = [cell.text.split("\n") for cell in table.cells if cell.text and cell.text.replace("\n", "").isdigit()]
    return sum(len(stacked) > 1 for stacked in numbers) > len(numbers) / 2


def _is_number(found: Sequence[Line]) -> bool:
    return len(found) == 1 and found[0].text.isdigit()


def _run_over(glyphs: Iterable[Glyph], place: Callable[[Glyph], int | None]) -> Iterator[int | None]:
    """The cells of which a number runs over into another, or out of the table."""
    for word in (word for line in lines(glyphs) for word in line.words):
        gaps = [(other.box.left - one.box.right, one, other) for one, other in pairwise(word.glyphs)]
        parted = [gap for gap in gaps if place(gap[1]) != place(gap[2])]
        usual = max((gap for gap, *pair in gaps if (gap, *pair) not in parted), default=0.0)
        for gap, one, other in parted:
            if _is_numeric(one) and _is_numeric(other) and gap < max(usual, 0.0) + _TIGHT * one.size:
                yield from (place(one), place(other))


def _is_numeric(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or glyph.text in ",.，．+-"


def _written(cell: TableCell, found: Sequence[Line], box: Box, *, narrow: bool, crossed: bool) -> TableCell:
    """The cell with its text. A number broken for want of room is one again, if another of its row needed one line."""
    text = ""
    for above, line in zip([None, *found], found, strict=False):
        broken = narrow and above and room(above, box) < _DIGIT and above.text.isdigit() and line.text.isdigit()
        text += line.text if broken or not text else "\n" + line.text
    text += _CROSSED * crossed
    return evolve(cell, text=text, full=bool(found) and room(found[-1], box) < _CHARACTER)
