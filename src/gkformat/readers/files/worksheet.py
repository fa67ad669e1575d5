"""A sheet of a workbook as a table, whichever kind of file it comes from: its values as text, its merged cells."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from attrs import Factory, define

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.document import Cell, Table
from gkformat.readers.limits import check_cells

ROWS, COLUMNS = 2000, 100
"""Rows and columns of a sheet that are looked at; formatting alone may extend a sheet to the last possible row."""


@frozen
class Area:
    """A merged cell: its first and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@define
class Worksheet:
    """The texts of a sheet by row and column, as far as it is looked at; its extent; and its merged cells."""

    texts: dict[tuple[int, int], str] = Factory(dict)
    areas: list[Area] = Factory(list)
    deep: int = 0
    wide: int = 0

    def extend(self, row: int, column: int) -> None:
        """Take the position of a cell that the sheet has."""
        self.deep, self.wide = max(self.deep, row), max(self.wide, column)

    def merge(self, area: Area) -> None:
        """Take a merged cell."""
        self.areas.append(area)
        self.extend(area.bottom, area.right)

    def table(self, place: Place) -> Table:
        """Return the part that is looked at. Raises `Unreadable` if the sheet has more rows, with text."""
        spans = {(area.top, area.left): area for area in self.areas}
        hidden = _hidden(self.areas)
        columns = range(1, min(self.wide, COLUMNS) + 1)
        places = [[(row, column) for column in columns] for row in range(1, min(self.deep, ROWS) + 1)]
        rows = [
            [_cell(self.texts.get(at, ""), spans.get(at), place, at) for at in row if at not in hidden]
            for row in places
        ]
        if self.deep > ROWS and any(cell.text for cell in rows[-1]):
            raise Unreadable(Words(f"工作表过大，超过 {ROWS} 行", f"a sheet has more than {ROWS} rows"))
        return Table(rows, place)


def _hidden(areas: Sequence[Area]) -> set[tuple[int, int]]:
    """Return the positions that merged cells cover, except their first, in the part that is looked at.

    Merged cells do not overlap. Raises `Unreadable` if together they cover more than a table may have.
    """
    hidden: set[tuple[int, int]] = set()
    covered = 0
    for area in areas:
        rows = range(area.top, min(area.bottom, ROWS) + 1)
        columns = range(area.left, min(area.right, COLUMNS) + 1)
        covered += len(rows) * len(columns)
        check_cells(covered)
        hidden.update((row, column) for row in rows for column in columns if (row, column) != (area.top, area.left))
    return hidden


def _cell(text: str, area: Area | None, sheet: Place, at: tuple[int, int]) -> Cell:
    row, column = at
    place = Place(table=sheet.table, row=row, column=column, sheet=sheet.sheet)
    if area is None:
        return Cell(text, place=place)
    return Cell(text, area.bottom - area.top + 1, area.right - area.left + 1, place)


# -- values -------------------------------------------------------------------------------------------


_FRACTION = re.compile("[.eE]")


def shown_number(value: str) -> str:
    """Return a number as digits, never with an exponent."""
    if _FRACTION.search(value):
        return f"{Decimal(repr(float(value))):f}".removesuffix(".0")
    return str(int(value))


def shown_time(value: float, kind: str, epoch: datetime) -> str:
    """Return a number of days as a span or a point in time; a point in the first day as a time of day."""
    try:
        span = timedelta(milliseconds=round(value * 86_400_000))
        if kind == "span":
            return str(span)
        if 0 <= value < 1 and not span.days:
            return str((epoch + span).time())
        early = value < 60 and epoch.year == 1899  # noqa: PLR2004 - for a leap day that 1900 did not have
        return str(epoch + span + timedelta(days=int(early and value > 0)))
    except OverflowError:
        return "#VALUE!"


_NO_TIME = re.compile(r"\"[^\"]*\"|\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]|[_\\].")
_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


def kind_of_time(code: str) -> str:
    """Return whether the format of a number shows it as a `point` in time or a `span` of it; empty if as neither."""
    code = code.partition(";")[0]
    if not re.search("[dmhys]", _NO_TIME.sub("", code), re.IGNORECASE):
        return ""
    return "span" if _ELAPSED.search(code) else "point"
