"""XLSX → tables, through openpyxl, which knows merged cells and keeps whole numbers whole."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.readers.document import Cell, Document, Table
from gkformat.readers.opening import opening

_ROWS, _COLUMNS = 2000, 100
"""As far as a sheet is looked at; its formats may reach down to the last row that there is."""


def document(data: bytes) -> Document:
    """Each sheet as a table. Of a formula the value counts that the file keeps."""
    with opening("XLSX"):
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
        raise Unreadable(f"工作表过大，超过 {_ROWS} 行 / a sheet has more than {_ROWS} rows")
    return Table(rows, Place(table=number))


def _inside(area: Any) -> Iterator[tuple[int, int]]:
    """What a merged cell covers, but its first position, as far as anybody looks."""
    for row in range(area.min_row, min(area.max_row, _ROWS) + 1):
        for column in range(area.min_col, min(area.max_col, _COLUMNS) + 1):
            if (row, column) != (area.min_row, area.min_col):
                yield row, column


def _cell(value: object, area: Any, place: Place) -> Cell:
    if area is None:
        return Cell(_shown(value), place=place)
    return Cell(_shown(value), area.max_row - area.min_row + 1, area.max_col - area.min_col + 1, place)


def _shown(value: object) -> str:
    """A value as text: a number as digits, never with an exponent."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)
