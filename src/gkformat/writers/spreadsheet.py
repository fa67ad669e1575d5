"""Pages → XLSX: a sheet for each section, its table as printed; plain numbers are numbers, everything else is text."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from gkformat.notation.grid import GridCell
from gkformat.writers.layout import TEXT_WIDTH, BlankTable, Pages, Part, PrintedTable

_A4 = 9
_LONGEST_NAME = 31
"""The characters that the name of a sheet can have."""

_DIGIT = 105
"""The width of a digit, by which columns are measured, in twentieths of a point."""

_CHARACTER, LINE = 210, 13
"""The width of a Chinese character of 10 points, in twentieths of a point, and the height of a line, in points."""

_WIDE_CHARACTER, _WIDE_LINE, _MOST_LINES = 240, 17, 24
"""The same for the texts of sections, which are of 12 points; and how many lines the highest row can hold."""

_TEXT_WIDTHS = (TEXT_WIDTH // 2, TEXT_WIDTH // 2)
"""The widths of the columns that texts stand across. A single one would not be made smaller for a wide font."""

_PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
"""A number that a workbook keeps as it is written."""


_FONT = {"font_name": "宋体", "font_size": 12}
TITLE = _FONT | {"font_size": 18, "bold": True}
TEXT = _FONT | {"text_wrap": True, "valign": "top"}
CELL = _FONT | {"font_size": 10, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
NUMBER = CELL | {"text_wrap": False, "shrink": True}
"""The looks of cells. A number is made smaller, where it is long, and not shown as `###`."""


def render(pages: Pages) -> bytes:
    """Return a workbook."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": pages.name})
        writer = SheetWriter(book)
        before = [(line, writer.title) for line in pages.title]
        for part in pages.parts:
            lines = [(text, writer.text) for text in part.paragraphs]
            if part.heading:
                writer.add_sheet(part, [*before, (part.heading, writer.heading), *lines])
                before = []
            else:
                before += lines
    return file.getvalue()


class SheetWriter:
    """A workbook and the formats of its cells."""

    def __init__(self, book: Any) -> None:
        self.book = book
        label = CELL | {"align": "left"}
        self.title = book.add_format(TITLE)
        self.heading = book.add_format(_FONT | {"bold": True})
        self.text = book.add_format(TEXT)
        self.cell = book.add_format(CELL)
        self.number = book.add_format(NUMBER)
        self.label = book.add_format(label)
        self.band = book.add_format(label | {"bg_color": "#C6D9F1"})
        self.note = book.add_format(label | {"font_name": "楷体"})

    def add_sheet(self, part: Part, lines: Sequence[tuple[str, Any]]) -> Any:
        """Add a sheet with lines of text, and below them, after an empty row, the table of the part, if it has one."""
        sheet = self.new_sheet(part.heading, part.table.blank.widths if part.table else _TEXT_WIDTHS)
        row = 0
        for text, look in lines:
            row += self.add_line(sheet, row, text, look, 1 if part.table else len(_TEXT_WIDTHS))
        if part.table:
            self.add_table(sheet, part.table, row + 1)
        return sheet

    def new_sheet(self, name: str, widths: Iterable[int]) -> Any:
        """Add a sheet with columns of these widths, in twentieths of a point."""
        sheet = self.book.add_worksheet(name[:_LONGEST_NAME])
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        self.set_widths(sheet, widths)
        return sheet

    def set_widths(self, sheet: Any, widths: Iterable[int], first: int = 0) -> None:
        """Set the widths of columns, in twentieths of a point."""
        for column, width in enumerate(widths, start=first):
            sheet.set_column(column, column, width / _DIGIT)

    def add_line(self, sheet: Any, row: int, text: str, look: Any, columns: int = 1) -> int:
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

    def add_table(self, sheet: Any, table: PrintedTable, top: int) -> None:
        """Add a table, from row `top` on."""
        blank = table.blank
        for row, height in enumerate(_heights(table), start=top):
            sheet.set_row(row, height)
        if blank.stub != 1:
            sheet.repeat_rows(top, top + blank.head - 1)
        for cell in blank.grid.cells:
            row, column, look = top + cell.row, cell.column, self.look(blank, cell)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
            self.write_cell(sheet, row, column, cell, table.text(cell), look)

    def write_cell(self, sheet: Any, row: int, column: int, cell: GridCell, text: str, look: Any) -> None:
        """Write what a cell of a table shows."""
        if _is_number(cell, text):
            sheet.write_number(row, column, int(text), self.number)
        else:
            sheet.write_string(row, column, text, look)

    def look(self, blank: BlankTable, cell: GridCell) -> Any:
        """Return the format of a cell of a table."""
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
    return [LINE * count + LINE // 3 for count in lines]
