"""Pages → XLSX: a sheet for each section, its table as printed; plain numbers are numbers, everything else is text."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from gkformat.notation.grid import GridCell
from gkformat.writers.layout import TEXT_WIDTH, BlankTable, Pages, Part, PrintedTable

_A4 = 9
_DIGIT = 105
"""The width of a digit, by which columns are measured, in twentieths of a point."""

_CHARACTER, _LINE = 210, 13
"""The width of a Chinese character of 10 points, in twentieths of a point, and the height of a line, in points."""

_WIDE_CHARACTER, _WIDE_LINE, _MOST_LINES = 240, 17, 24
"""The same for the texts of sections, which are of 12 points; and how many lines the highest row can hold."""

_TEXT_WIDTHS = (TEXT_WIDTH // 2, TEXT_WIDTH // 2)
"""The widths of the columns that texts stand across. A single one would not be made smaller for a wide font."""

_PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
"""A number that a workbook keeps as it is written."""


def render(pages: Pages) -> bytes:
    """Return a workbook."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": pages.name})
        writer = _Writer(book)
        before = [(line, writer.title) for line in pages.title]
        for part in pages.parts:
            lines = [(text, writer.text) for text in part.paragraphs]
            if part.heading:
                writer.add_sheet(part, [*before, (part.heading, writer.heading), *lines])
                before = []
            else:
                before += lines
    return file.getvalue()


class _Writer:
    """A workbook and the formats of its cells."""

    def __init__(self, book: Any) -> None:
        self.book = book
        text = {"font_name": "宋体", "font_size": 12}
        cell = text | {"font_size": 10, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        label = cell | {"align": "left"}
        self.title = book.add_format(text | {"font_size": 18, "bold": True})
        self.heading = book.add_format(text | {"bold": True})
        self.text = book.add_format(text | {"text_wrap": True, "valign": "top"})
        self.cell = book.add_format(cell)
        self.number = book.add_format(cell | {"text_wrap": False, "shrink": True})  # not `###` where it is long
        self.label = book.add_format(label)
        self.band = book.add_format(label | {"bg_color": "#C6D9F1"})
        self.note = book.add_format(label | {"font_name": "楷体"})

    def add_sheet(self, part: Part, lines: Sequence[tuple[str, Any]]) -> None:
        """Add a sheet with lines of text, and below them the table of the part, if it has one."""
        sheet = self.book.add_worksheet(part.heading[:31])
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(part.table.blank.widths if part.table else _TEXT_WIDTHS):
            sheet.set_column(column, column, width / _DIGIT)
        row = 0
        for text, look in lines:
            row += self._add_line(sheet, row, text, look, 1 if part.table else len(_TEXT_WIDTHS))
        if part.table:
            self._add_table(sheet, part.table, row + 1)

    def _add_line(self, sheet: Any, row: int, text: str, look: Any, columns: int) -> int:
        """Add a line of text across columns, and several rows if no row is so high; return the number of rows."""
        lines = -(-len(text) * _WIDE_CHARACTER // (TEXT_WIDTH - _DIGIT)) if look is self.text else 1
        rows = max(-(-lines // _MOST_LINES), 1)
        if look is not self.title:
            for each in range(row, row + rows):
                sheet.set_row(each, -(-lines // rows) * _WIDE_LINE)
        if rows > 1 or columns > 1:
            sheet.merge_range(row, 0, row + rows - 1, columns - 1, "", look)
        sheet.write_string(row, 0, text, look)
        return rows

    def _add_table(self, sheet: Any, table: PrintedTable, top: int) -> None:
        blank = table.blank
        for row, height in enumerate(_heights(table), start=top):
            sheet.set_row(row, height)
        if blank.stub != 1:
            sheet.repeat_rows(top, top + blank.head - 1)
        for cell in blank.grid.cells:
            row, column, text = top + cell.row, cell.column, table.text(cell)
            is_number = _is_number(cell, text)
            look = self.number if is_number else self._format(blank, cell)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
            if is_number:
                sheet.write_number(row, column, int(text), look)
            else:
                sheet.write_string(row, column, text, look)

    def _format(self, blank: BlankTable, cell: GridCell) -> Any:
        if blank.is_band(cell):
            return self.band
        if blank.is_note(cell):
            return self.note
        return self.label if blank.is_row_label(cell) else self.cell


def _is_number(cell: GridCell, text: str) -> bool:
    return cell.at is not None and bool(_PLAIN.fullmatch(text))


def _heights(table: PrintedTable) -> list[int]:
    """Return heights of rows, in points, in which texts fit: programs find them only for cells that are not merged."""
    lines = [1] * table.blank.grid.rows
    for cell in table.blank.grid.cells:
        text = table.text(cell)
        if _is_number(cell, text):  # which is made smaller
            continue
        needed = -(-len(text) * _CHARACTER // (table.blank.width(cell) - _DIGIT))
        last = cell.row + cell.rows - 1
        lines[last] += max(0, needed - sum(lines[cell.row : last + 1]))
    return [_LINE * count + _LINE // 3 for count in lines]
