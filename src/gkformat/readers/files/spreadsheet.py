"""XLSX → tables, through openpyxl, which knows merged cells and keeps integers integral."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.document import Cell, Document, Table
from gkformat.readers.guard import guarded

_ROWS, _COLUMNS = 2000, 100
"""Rows and columns of a sheet that are looked at; formatting alone may extend a sheet to the last possible row."""


def parse(data: bytes) -> Document:
    """Parse each visible sheet into a table; a formula counts as the value that the file stores for it.

    Raises `Unreadable` if the file is damaged, or if a sheet has more rows than are looked at.

    """
    with guarded("XLSX"):
        workbook = load_workbook(BytesIO(data), data_only=True)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        return Document("spreadsheet", [_table(sheet, number) for number, sheet in enumerate(sheets, start=1)])


def _table(sheet: Any, number: int) -> Table:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    hidden = {at for area in spans.values() for at in _inside(area)}
    deep, wide = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
    rows = [
        [
            _cell(row[column - 1], spans.get((at, column)), Place(table=number, row=at, column=column))
            for column in range(1, wide + 1)
            if (at, column) not in hidden
        ]
        for at, row in enumerate(sheet.iter_rows(max_row=deep, max_col=wide, values_only=True), start=1)
    ]
    if sum(map(len, rows)) and sheet.max_row > _ROWS and any(cell.text for cell in rows[-1]):
        raise Unreadable(Words(f"工作表过大，超过 {_ROWS} 行", f"a sheet has more than {_ROWS} rows"))
    return Table(rows, Place(table=number))


def _inside(area: Any) -> Iterator[tuple[int, int]]:
    """Yield the positions that a merged cell covers, except its first, within the part that is looked at."""
    for row in range(area.min_row, min(area.max_row, _ROWS) + 1):
        for column in range(area.min_col, min(area.max_col, _COLUMNS) + 1):
            if (row, column) != (area.min_row, area.min_col):
                yield row, column


def _cell(value: object, area: Any, place: Place) -> Cell:
    if area is None:
        return Cell(_shown(value), place=place)
    return Cell(_shown(value), area.max_row - area.min_row + 1, area.max_col - area.min_col + 1, place)


def _shown(value: object) -> str:
    """Return a value as text: a number as digits, never with an exponent."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)
