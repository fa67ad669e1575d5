"""Tests of reading XLSX."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

import packages
import papers
from gkformat import Unreadable
from gkformat.readers import limits
from gkformat.readers.document import Cell, Table
from gkformat.readers.files import conditional_format, spreadsheet, worksheet
from gkformat.readers.files.worksheet import STAMP
from readings import report


def test_spreadsheet_that_is_too_long_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "ROWS", 5)
    with pytest.raises(Unreadable, match="过大"):
        spreadsheet.parse(papers.as_xlsx(papers.document(report())))


def _saved(book: openpyxl.Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _texts(cells: dict[str, Any], **formats: str) -> dict[str, str]:
    """Return the texts that are read from the cells of a workbook, which may have formats."""
    book = openpyxl.Workbook()
    assert book.active
    for at, value in cells.items():
        book.active[at] = value
        book.active[at].number_format = formats.get(at, "General")
    (table,) = spreadsheet.parse(_saved(book)).blocks
    assert isinstance(table, Table)
    found = {f"{chr(64 + cell.place.column)}{cell.place.row}": cell.text for row in table.rows for cell in row}
    return {at: found.get(at, "") for at in cells}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3, "0.00", "3"),
        (18.871000000000002, "General", "18.871"),
        (12345, "0,", "12〔12345〕"),
        (3, ";;;", ""),
        ("无", ";;;", ""),
        ("22", '@"件"', "22件"),
        (True, "General", "True"),
        ("#REF!", "General", "#REF!"),
        (" 2 ", "General", " 2 "),
        (date(2024, 5, 6), "yyyy-mm-dd", "2024-05-06 00:00:00"),
        (CellRichText("2", TextBlock(InlineFont(b=True), "3")), "General", "23"),
        (CellRichText("22", TextBlock(InlineFont(vertAlign="superscript"), "1")), "General", "22〔1〕"),
        (CellRichText(TextBlock(InlineFont(strike=True), "5"), "6"), "General", "〔5〕6"),
    ],
)
def test_value_is_read_as_its_format_shows_it(value: Any, form: str, text: str) -> None:
    assert _texts({"B2": value}, B2=form) == {"B2": text}


def test_only_sheets_that_are_seen_are_read() -> None:
    book = openpyxl.Workbook()
    for state in ("hidden", "veryHidden", "visible"):
        book.create_sheet(state).sheet_state = state
    book.create_chartsheet("chart")
    book.epoch = CALENDAR_MAC_1904
    book["visible"]["A1"] = date(2024, 5, 6)
    found = list(spreadsheet.parse(_saved(book)).blocks)
    assert [table.place.sheet for table in found] == ["Sheet", "visible"]
    assert [cell.text for table in found if isinstance(table, Table) for row in table.rows for cell in row] == [
        "2024-05-06 00:00:00"
    ]


def test_of_a_form_of_ours_only_what_it_prints_is_read() -> None:
    book = openpyxl.Workbook()
    form, other = book.active, book.create_sheet()
    assert form
    form["A1"], form["B1"], other["A1"] = 1, 2, 3
    form.print_area = "A1:A2"
    for names in (form.defined_names, book.defined_names):
        names[STAMP] = DefinedName(STAMP, attr_text='"2021"')
    assert [[cell.text for cell in row] for row in _rows(_saved(book))] == [["1"]]


def test_row_below_the_last_text_is_one_if_it_has_borders() -> None:
    book = openpyxl.Workbook()
    ruled, bold = book.active, book.create_sheet()
    assert ruled
    ruled["A1"] = bold["A1"] = "总计"
    ruled["B2"].border = Border(bottom=Side("thin"))
    bold["B2"].font = Font(bold=True)
    found = [table for table in spreadsheet.parse(_saved(book)).blocks if isinstance(table, Table)]
    assert [[[cell.text for cell in row] for row in table.rows] for table in found] == [[["总计"], [""]], [["总计"]]]


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


FONTS = (
    '<fonts><font><color theme="1"/></font><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font>'
    '<font><color theme="0" tint="-0.5"/></font><font><color indexed="9"/></font><font><sz val="1"/></font>'
    '<font><name val="Wingdings"/></font><font><color theme="4"/></font>'
    '<font><color rgb="FF003367"/></font></fonts>'
)
FILLS = (
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4"/><bgColor indexed="64"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFEFEFE"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="00003366"/></patternFill></fill></fills>'
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ('<xf fontId="0"/>', "5"),
        ('<xf fontId="1"/>', "〔5〕"),
        ('<xf fontId="1" fillId="1"/>', "5"),
        ('<xf fontId="1" fillId="2"/>', "5"),
        ('<xf fontId="1" fillId="3"/>', "〔5〕"),
        ('<xf fontId="2"/>', "〔5〕"),
        ('<xf fontId="3"/>', "5"),
        ('<xf fontId="4"/>', "〔5〕"),
        ('<xf fontId="5"/>', "〔5〕"),
        ('<xf fontId="6"/>', "〔5〕"),
        ('<xf fontId="7" fillId="2"/>', "〔5〕"),
        ('<xf fontId="8" fillId="4"/>', "〔5〕"),
        ('<xf fontId="1" fillId="9"/>', "〔5〕"),
        ('<xf><alignment horizontal="fill"/></xf>', "〔5〕"),
        ('<xf/><xf><alignment horizontal="fill"/></xf>', "〔5〕"),
        ('<xf><alignment horizontal="center"/></xf>', "5"),
    ],
)
def test_value_that_nobody_sees_as_it_is_is_put_in_brackets(style: str, text: str) -> None:
    styles = f"{FONTS}{FILLS}<cellXfs>{style}</cellXfs>"
    cell = f'<c s="{style.count("<xf") - 1}"><v>5</v></c>'
    (row,) = _rows(packages.xlsx_of(f"<sheetData><row>{cell}</row></sheetData>", styles=styles))
    assert [cell.text for cell in row] == [text]


RED = '<fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill>'
WHITE = '<dxf><font><color rgb="FFFFFFFF"/></font></dxf>'


@pytest.mark.parametrize(
    ("format_", "rule", "text"),
    [
        (WHITE, '<cfRule type="cellIs" operator="equal" dxfId="0"><formula>5</formula></cfRule>', "〔5〕"),
        (WHITE, '<cfRule type="cellIs" operator="equal" dxfId="0"><formula>0</formula></cfRule>', "5"),
        (WHITE, '<cfRule type="cellIs" operator="equal" dxfId="0"><formula>B1</formula></cfRule>', "5〔条件格式〕"),
        (
            WHITE,
            (
                '<cfRule type="cellIs" operator="equal" dxfId="0"><formula>0</formula></cfRule>'
                '<cfRule type="cellIs" operator="lessThan" dxfId="0"><formula>6</formula></cfRule>'
            ),
            "〔5〕",
        ),
        ("<dxf/>" + WHITE, '<cfRule type="expression"/>', "5"),
        ("<dxf/>" + WHITE, '<cfRule type="expression" dxfId="1"/>', "5〔条件格式〕"),
        (
            WHITE,
            '<cfRule type="cellIs" operator="between" dxfId="0"><formula>1</formula><formula>9</formula></cfRule>',
            "〔5〕",
        ),
        (WHITE, '<cfRule type="expression" dxfId="0"><formula>A1=0</formula></cfRule>', "5〔条件格式〕"),
        ("", '<cfRule type="iconSet"><iconSet showValue="0"/></cfRule>', "5〔条件格式〕"),
        ("", '<cfRule type="dataBar"><dataBar/></cfRule>', "5"),
        (WHITE, '<cfRule type="containsErrors" dxfId="0"><formula>ISERROR(A1)</formula></cfRule>', "5"),
        (
            '<dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf>',
            '<cfRule type="expression" dxfId="0"/>',
            "5〔条件格式〕",
        ),
        (
            WHITE.replace("</font>", f"</font>{RED}"),
            '<cfRule dxfId="0"/>',
            "5",
        ),
        ("<dxf><font><b/></font></dxf>", '<cfRule type="expression" dxfId="0"/>', "5"),
        (
            f'<dxf><numFmt numFmtId="200" formatCode=";;;"/>{RED}</dxf>',
            '<cfRule type="expression" dxfId="0"/>',
            "5〔条件格式〕",
        ),
        (
            '<dxf><border><left style="thin"><color rgb="FFFFFFFF"/></left></border></dxf>',
            '<cfRule type="expression" dxfId="0"/>',
            "5",
        ),
    ],
)
def test_conditional_format_that_hides_a_value_is_told(format_: str, rule: str, text: str) -> None:
    sheet = (
        '<sheetData><row><c r="A1"><v>5</v></c><c r="B1"><v>5</v></c></row></sheetData>'
        f'<conditionalFormatting sqref="C:C C1 A1:A3">{rule}</conditionalFormatting>'
    )
    (row,) = _rows(packages.xlsx_of(sheet, styles=f"<dxfs>{format_}</dxfs>"))
    assert [cell.text for cell in row] == [text, "5"]


def test_conditional_formats_are_asked_of_so_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditional_format, "_MOST_CELLS", 1)
    rule = '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0"/></conditionalFormatting>'
    sheet = '<sheetData><row><c r="A1"><v>5</v></c><c r="B1"><v>6</v></c></row></sheetData>'
    (row,) = _rows(packages.xlsx_of(sheet + rule, styles=f"<dxfs>{WHITE}</dxfs>"))
    assert [cell.text for cell in row] == ["5", "6"]


def test_sheet_that_shows_formulas_shows_no_values() -> None:
    view = '<sheetViews><sheetView showFormulas="1"/></sheetViews>'
    (row,) = _rows(packages.xlsx_of(f"{view}<sheetData><row><c><f>1+1</f><v>2</v></c></row></sheetData>"))
    assert [cell.text for cell in row] == ["=1+1"]


def test_formats_beyond_the_last_text_are_no_rows_and_columns() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"/></row><row r="1000000"><c r="XFD1000000"/></row>'
    (table,) = spreadsheet.parse(packages.xlsx_of(f"<sheetData>{cells}</sheetData>")).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["1"]]


def _rows(data: bytes) -> list[list[Cell]]:
    (table,) = spreadsheet.parse(data).blocks
    assert isinstance(table, Table)
    return [list(row) for row in table.rows]


def test_number_in_a_format_that_is_built_in_is_read_as_it_shows_it() -> None:
    numbers = [1, 9, 10, 39, 43, 49, 99]
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    cells = "".join(f'<c s="{style}"><v>0</v></c>' for style in range(len(numbers) + 1))
    data = packages.xlsx_of(f"<sheetData><row>{cells}</row></sheetData>", styles=f"<cellXfs>{styles}</cellXfs>")
    (row,) = _rows(data)
    assert [cell.text for cell in row] == ["0", "0%", "0.00%", "0", "-", "0", "0", "0"]


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    (row,) = _rows(packages.xlsx_of(f"{view}<sheetData><row><c><v>0</v></c><c><v>10</v></c></row></sheetData>"))
    assert [cell.text for cell in row] == ["", "10"]


def test_texts_that_cells_share_are_read_but_not_how_they_are_pronounced() -> None:
    strings = "<si><t>一</t></si><si><r><t>二</t></r><r><t>三</t></r><rPh><t>er</t></rPh></si>"
    cells = '<c t="s"><v>1</v></c><c t="s"><v>0</v></c>'
    (row,) = _rows(packages.xlsx_of(f"<sheetData><row>{cells}</row></sheetData>", strings))
    assert [cell.text for cell in row] == ["二三", "一"]


def test_rows_and_columns_that_are_hidden_are_not_read() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" width="0.1"/></cols>'
    looks = ["", 'hidden="1"', "", 'ht="0.75" customHeight="1"', 'ht="15"']
    numbered = (
        f"<row {look}>{''.join(f'<c><v>{row}{column}</v></c>' for column in range(1, 6))}</row>"
        for row, look in enumerate(looks, start=1)
    )
    found = _rows(packages.xlsx_of(f"{columns}<sheetData>{''.join(numbered)}</sheetData>"))
    assert [[cell.text for cell in row] for row in found] == [["11", "13"], ["31", "33"], ["51", "53"]]
    assert (found[1][1].place.row, found[1][1].place.column) == (3, 3)


def test_merged_cell_is_as_large_as_what_is_seen_of_it() -> None:
    columns = '<cols><col min="1" max="1" hidden="1"/></cols>'
    above = "<row>" + "".join(f"<c><v>{column}</v></c>" for column in range(1, 5)) + "</row>"
    cells = f'{above}<row hidden="1"/><row><c r="A3"/><c r="B3"/><c r="C3"/><c r="D3"><v>5</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="D1:D2"/></mergeCells>'
    found = _rows(packages.xlsx_of(f"{columns}<sheetData>{cells}</sheetData>{merged}"))
    assert [[(cell.text, cell.rows, cell.columns) for cell in row] for row in found] == [
        [("1", 2, 2), ("4", 1, 1)],
        [("5", 1, 1)],
    ]


def test_sheets_are_limited_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worksheet.ROWS * worksheet.COLUMNS <= limits.TABLE_CELLS
    monkeypatch.setattr(limits, "TABLE_CELLS", 12)
    last = '<sheetData><row r="4"><c r="C4"><v>1</v></c></row></sheetData>'
    assert len(list(spreadsheet.parse(packages.xlsx_of(last)).blocks)) == 1
    with pytest.raises(Unreadable, match="12"):
        spreadsheet.parse(packages.xlsx_of(last, sheets=2))
