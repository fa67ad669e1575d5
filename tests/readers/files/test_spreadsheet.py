"""Tests of reading XLSX."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import packages
import papers
from gkformat import Unreadable
from gkformat.readers.document import Cell, Table
from gkformat.readers.files import spreadsheet, worksheet
from readings import report


def test_spreadsheet_that_is_too_long_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "ROWS", 5)
    with pytest.raises(Unreadable, match="过大"):
        spreadsheet.parse(papers.as_xlsx(papers.document(report())))


def _texts(cells: dict[str, Any], **formats: str) -> dict[str, str]:
    """Return the texts that are read from the cells of a workbook, which may have formats."""
    book = openpyxl.Workbook()
    assert book.active
    for at, value in cells.items():
        book.active[at] = value
        book.active[at].number_format = formats.get(at, "General")
    file = BytesIO()
    book.save(file)
    (table,) = spreadsheet.parse(file.getvalue()).blocks
    assert isinstance(table, Table)
    found = {f"{chr(64 + cell.place.column)}{cell.place.row}": cell.text for row in table.rows for cell in row}
    return {at: found[at] for at in cells}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3, "0.00", "3"),
        (18.871, "0.00", "18.871"),
        (1e-7, "General", "0.0000001"),
        (1e20, "General", "100000000000000000000"),
        (2.0, "General", "2"),
        (True, "General", "True"),
        ("#REF!", "General", "#REF!"),
        (" 2 ", "General", " 2 "),
        (date(2024, 5, 6), "yyyy-mm-dd", "2024-05-06 00:00:00"),
        (0.25, "h:mm", "06:00:00"),
        (1.25, "[h]:mm", "1 day, 6:00:00"),
        (7, '"d"0', "7"),
        (7, "0_d", "7"),
        (7, "[$-804]0", "7"),
        (7, "mm-dd-yy", "1900-01-07 00:00:00"),
        (CellRichText("2", TextBlock(InlineFont(b=True), "3")), "General", "23"),
        (CellRichText("22", TextBlock(InlineFont(vertAlign="superscript"), "1")), "General", "22〔1〕"),
        (CellRichText(TextBlock(InlineFont(strike=True), "5"), "6"), "General", "〔5〕6"),
    ],
)
def test_value_is_read_as_the_workbook_stores_it(value: Any, form: str, text: str) -> None:
    assert _texts({"B2": value}, B2=form) == {"B2": text}


def test_raised_piece_raises_nothing_after_it() -> None:
    raised = '<is><r><t>2</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is>'
    cells = f'<c t="inlineStr">{raised}</c><c><v>3</v></c><c t="inlineStr"><is><t>4</t></is></c>'
    (table,) = spreadsheet.parse(packages.xlsx_of(f"<sheetData><row>{cells}</row></sheetData>")).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["2〔1〕", "3", "4"]


def test_formula_without_a_stored_value_is_not_blank() -> None:
    assert _texts({"A1": 1, "B1": "=SUM(A1:A1)"}) == {"A1": "1", "B1": "=SUM(A1:A1)"}
    empty = '<sheetData><row><c t="str"><f>IF(1,"")</f><v></v></c><c><f>1+1</f></c></row></sheetData>'
    (table,) = spreadsheet.parse(packages.xlsx_of(empty)).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["", "=1+1"]


def test_merged_cells_of_a_whole_sheet_take_the_part_that_is_looked_at() -> None:
    title = '<sheetData><row><c t="inlineStr"><is><t>标题</t></is></c></row></sheetData>'
    data = packages.xlsx_of(f'{title}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    (table,) = spreadsheet.parse(data).blocks
    assert isinstance(table, Table)
    assert table.rows[0] == (Cell("标题", 1_048_576, 16_384, table.rows[0][0].place),)
    assert not any(table.rows[1:])


@pytest.mark.parametrize("number", [14, 31, 57])
def test_date_in_a_format_that_is_built_in_is_no_count(number: int) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    data = packages.xlsx_of('<sheetData><row><c s="1"><v>45418</v></c></row></sheetData>', styles=styles)
    (table,) = spreadsheet.parse(data).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["2024-05-06 00:00:00"]


def test_cell_that_is_struck_out_as_a_whole_is_put_in_brackets() -> None:
    fonts = "<fonts><font/><font><strike/></font></fonts><dxfs><dxf><font><strike/></font></dxf></dxfs>"
    styles = f'{fonts}<cellXfs><xf/><xf fontId="1"/><xf fontId="7"/></cellXfs>'
    cells = '<c><v>1</v></c><c s="1"><v>2</v></c><c s="2"><v>3</v></c><c s="1"/>'
    (table,) = spreadsheet.parse(packages.xlsx_of(f"<sheetData><row>{cells}</row></sheetData>", styles=styles)).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["1", "〔2〕", "3"]


def test_formats_beyond_the_last_text_are_no_rows_and_columns() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"/></row><row r="1000000"><c r="XFD1000000"/></row>'
    (table,) = spreadsheet.parse(packages.xlsx_of(f"<sheetData>{cells}</sheetData>")).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["1"]]


def test_sheets_are_limited_together() -> None:
    last = '<sheetData><row r="2000"><c r="CV2000"><v>1</v></c></row></sheetData>'
    assert len(list(spreadsheet.parse(packages.xlsx_of(last)).blocks)) == 1
    with pytest.raises(Unreadable, match="200000"):
        spreadsheet.parse(packages.xlsx_of(last, sheets=2))
