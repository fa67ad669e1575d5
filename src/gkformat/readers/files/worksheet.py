"""A sheet of a workbook as a table, whichever kind of file it comes from: its values as text, its merged cells."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from attrs import Factory, define

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.document import Cell, Table
from gkformat.readers.limits import check_cells

ROWS, COLUMNS = 2000, 100
"""Rows and columns of a sheet that are looked at; formatting alone may extend a sheet to the last possible row."""

Position = tuple[int, int]
"""A row and a column, from 1."""


def position(reference: str) -> tuple[int, int]:
    """Return the row and the column of `C4`."""
    found = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if found is None:
        raise ValueError(reference)
    return int(found[2]), _column(found[1])


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@frozen
class Area:
    """A merged cell, or another part of a sheet: its first and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def named(cls, reference: str) -> "Area":
        """Return the area `B3:C8`, or that of a single cell."""
        first, _, last = reference.partition(":")
        return cls(*position(first), *position(last or first))

    def __contains__(self, at: Position) -> bool:
        return self.top <= at[0] <= self.bottom and self.left <= at[1] <= self.right

    @property
    def size(self) -> int:
        """The number of positions."""
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)

    def within(self, other: "Area") -> "Area":
        """Return the part that is within another area, which begins before it."""
        return Area(self.top, self.left, min(self.bottom, other.bottom), min(self.right, other.right))

    def covered(self) -> Iterator[Position]:
        """Yield the positions that a merged cell covers."""
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))


STAMP = "gkformat_form"
"""A name that a sheet has if it is a form of ours: what is outside its print area, and what is in other sheets, is then
not part of the paper."""

_PRINT_AREA = re.compile("(?:_xlnm[.])?Print_Area")
_AREA = re.compile(r"\$[A-Z]{1,3}\$[1-9][0-9]{0,6}:\$[A-Z]{1,3}\$[1-9][0-9]{0,6}")


def papers(names: Mapping[tuple[int, str], str], count: int) -> Mapping[int, Area | None]:
    """Return the print area of each sheet that is a form of ours, by its number; `None` if that was lost.

    `names` are those that belong to a sheet, by its number, with what they refer to; `count` is that of the sheets.
    """
    printed = {number: text.rpartition("!")[2] for (number, name), text in names.items() if _PRINT_AREA.fullmatch(name)}
    stamped = {number: printed.get(number, "") for number in range(count) if (number, STAMP) in names}
    return {number: Area.named(text) if _AREA.fullmatch(text) else None for number, text in stamped.items()}


def is_behind(paper: Area | None) -> bool:
    """Check whether a form of ours has the sheet with this print area behind that of its title, wherever it was moved.

    The sheet of the title and the texts is the only one that is one column wide.
    """
    return paper is not None and paper.left < paper.right


@define
class Worksheet:
    """The texts of a sheet by row and column, as far as it is looked at; its last row `deep`; and its merged cells.

    `ruled` are the rows that have cells with a border. Nobody sees its hidden rows and columns.
    """

    texts: dict[Position, str] = Factory(dict)
    areas: list[Area] = Factory(list)
    deep: int = 0
    ruled: set[int] = Factory(set)
    hidden_rows: set[int] = Factory(set)
    hidden_columns: set[int] = Factory(set)

    def extend(self, row: int) -> None:
        """Take the row of a cell that the sheet has."""
        self.deep = max(self.deep, row)

    def cut(self, paper: Area | None) -> None:
        """Leave out what is outside an area, if there is one."""
        if paper:
            self.texts = {at: text for at, text in self.texts.items() if at in paper}

    def shown(self) -> Area:
        """Return the part up to the last row and the last column that show a text, not only a format.

        A ruled row below is part of it: the last table of the form has a row without a label, which may be blank.
        """
        ends = [place for place, text in self.texts.items() if text]
        ends += [(area.bottom, area.right) for area in self.areas if self.texts.get((area.top, area.left))]
        deep, wide = (max(end) for end in zip(*ends, strict=True)) if ends else (0, 0)
        return Area(1, 1, min(deep + (deep + 1 in self.ruled), ROWS), min(wide, COLUMNS))

    def table(self, shown: Area, place: Place) -> Table:
        """Return a part as a table. Raises `Unreadable` if the sheet has more rows than are looked at, with text."""
        down = [row for row in range(1, shown.bottom + 1) if row not in self.hidden_rows]
        across = [column for column in range(1, shown.right + 1) if column not in self.hidden_columns]
        begins: dict[Position, tuple[str, int, int]] = {}
        covered: set[Position] = set()
        for area in self.areas:
            row, rows = _seen(down, area.top, area.bottom, shown.bottom)
            column, columns = _seen(across, area.left, area.right, shown.right)
            covered.update(area.within(shown).covered())
            begins[row, column] = self.texts.get((area.top, area.left), ""), rows, columns
        table: list[list[Cell]] = []
        for row in down:
            cells = []
            for column in across:
                at = row, column
                if at in begins or at not in covered:
                    text, rows, columns = begins.get(at) or (self.texts.get(at, ""), 1, 1)
                    own = Place(table=place.table, row=row, column=column, sheet=place.sheet)
                    cells.append(Cell(text, rows, columns, own))
            table.append(cells)
        if self.deep > ROWS == shown.bottom and any(cell.text for cell in table[-1]):
            raise Unreadable(Words(f"工作表过大，超过 {ROWS} 行", f"a sheet has more than {ROWS} rows"))
        return Table(table, place)


def tables(sheets: Iterable[tuple[str, Worksheet]]) -> Iterator[Table]:
    """Yield sheets, given with their names, as tables.

    Raises `Unreadable` if together they have more cells, or merged cells cover more, than all tables may have.
    """
    cells = covered = 0
    for number, (name, sheet) in enumerate(sheets, start=1):
        shown = sheet.shown()
        cells += shown.size
        covered += sum(area.within(shown).size for area in sheet.areas)
        check_cells(max(cells, covered))
        yield sheet.table(shown, Place(table=number, sheet=name))


def _seen(numbers: Sequence[int], first: int, last: int, end: int) -> tuple[int, int]:
    """Return the first row or column of a merged cell that is seen, and how many are, with those beyond the `end`."""
    at, after = bisect_left(numbers, first), bisect_right(numbers, last)
    return (numbers[at] if at < after else 0), after - at + max(last - end, 0)
