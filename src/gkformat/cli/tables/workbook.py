"""Rows → XLSX, a sheet for each table. It needs the extra `documents`."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from attrs import define, field

from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.cli.csv_lines import acts
from gkformat.cli.errors import CliError
from gkformat.cli.tables.table import SHEETS, Table, Value

_MOST_ROWS, _LONGEST_TEXT = 2**20, 2**15 - 1
"""What a sheet, and what a cell of it can hold."""

_EXACT_DIGITS = 15
"""A number of more digits is a text, or a spreadsheet would change it."""

_WIDTH = 14


@define(eq=False)
class Workbook:
    """A workbook with a sheet for each table, written row by row, in little memory."""

    file: IO[bytes]
    names: Sequence[str]
    lang: Lang
    _book: Any = field(init=False)
    _sheets: dict[str, Any] = field(init=False)
    _formats: dict[str, Any] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._book = xlsxwriter.Workbook(self.file, {"constant_memory": True})
        self._sheets = {name: self._book.add_worksheet(SHEETS[name].text(self.lang)) for name in self.names}

    def sheet(self, table: Table, *, titles: bool) -> "Sheet":
        """Return the sheet of a table, with its headings."""
        sheet = self._sheets[table.name]
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.columns) - 1, _WIDTH)
        made = Sheet(self, sheet)
        made.write([table.headings(titles=titles)])
        return made

    def look(self, name: str, value: object) -> Any:
        """Return the format of cells with a property."""
        key = f"{name} {value}"
        if key not in self._formats:
            self._formats[key] = self._book.add_format({name: value})
        return self._formats[key]

    def close(self) -> None:
        """Write the file."""
        self._book.close()


@define(eq=False)
class Sheet:
    """A sheet of a workbook."""

    book: Workbook
    _sheet: Any
    _row: int = 0

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows. Raises `CliError` where there is more than a sheet can hold."""
        for row in rows:
            if self._row == _MOST_ROWS:
                raise CliError(_TOO_MANY.format(most=_MOST_ROWS))
            for column, value in enumerate(row):
                if value is not None:
                    self._write_cell(column, value)
            self._row += 1

    def _write_cell(self, column: int, value: Value) -> None:
        number = Decimal(str(value)) if not isinstance(value, str) else None
        if number is not None and len(number.as_tuple().digits) <= _EXACT_DIGITS:
            self._sheet.write_number(self._row, column, number, self._as_written(value))
            return
        text = visible(str(value))
        if len(text) > _LONGEST_TEXT:
            raise CliError(_TOO_LONG.format(most=_LONGEST_TEXT))
        # No text becomes a formula, not even when somebody edits its cell.
        self._sheet.write_string(
            self._row, column, text, self.book.look("quote_prefix", value=True) if acts(text) else None
        )

    def _as_written(self, value: Value) -> Any:
        """Return the format by which an amount has as many decimals as on the paper."""
        decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
        return self.book.look("num_format", f"0.{'0' * decimals}") if decimals > 0 else None


_TOO_MANY = Words(
    "一张 Excel 工作表至多 {most} 行；请写成 .csv 或 .parquet",
    "a sheet of Excel holds {most} rows at most; write .csv or .parquet",
)
_TOO_LONG = Words(
    "有文字超过 Excel 单元格的 {most} 字；请写成 .csv 或 .parquet",
    "a text is longer than the {most} characters of a cell of Excel; write .csv or .parquet",
)
