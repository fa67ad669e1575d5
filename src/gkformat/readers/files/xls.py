"""XLS (Excel 97–2003 and before, WPS) → tables, one a visible sheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

import olefile
import xlrd
from xlrd.biffh import XLRDError
from xlrd.formatting import XF, Font
from xlrd.sheet import Cell, Sheet

from gkformat.base.errors import Unreadable
from gkformat.readers.document import Document
from gkformat.readers.files.colors import WHITE, Color, is_alike
from gkformat.readers.files.number_format import kind_of_time, shown_text, shown_time, shown_value
from gkformat.readers.files.symbol_fonts import SYMBOL_FONTS
from gkformat.readers.files.uncomputed import Positions, uncomputed_cells
from gkformat.readers.files.workbook_look import SMALLEST
from gkformat.readers.files.worksheet import COLUMNS, ROWS, Area, Worksheet, is_behind, papers, tables
from gkformat.readers.guard import guarded
from gkformat.readers.refusals import ENCRYPTED

_EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))  # noqa: DTZ001 - a workbook knows no time zones
"""The day from which a workbook counts its dates, by its `datemode`."""


def parse(data: bytes) -> Document:
    """Parse each visible sheet into a table; a formula counts as the value that the file stores for it.

    A formula that was never computed is given as `=`, for its cell is not 0. Raises `Unreadable` if the file is damaged
    or encrypted, or if a sheet has more rows than are looked at.
    """
    with guarded("XLS", "xlsx"):
        stream = _stream(data)
        return Document("xls", list(tables(_sheets(_opened(stream), uncomputed_cells(stream)))))


def _opened(stream: bytes) -> xlrd.Book:
    try:
        return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=StringIO())
    except XLRDError as error:
        if "encrypted" in str(error):
            raise Unreadable(ENCRYPTED) from None
        raise


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook; before Excel 95, there was nothing else in a file.

    xlrd would find it, too, but follows chains of sectors that are circles without end.
    """
    if not olefile.isOleFile(data):
        return data
    opened: Any  # the types that others wrote for olefile ask for bytes
    with olefile.OleFileIO(data) as opened:
        name = next(name for name in ("Workbook", "Book") if opened.exists(name))
        stream: bytes = opened.openstream(name).read()
    return stream


def _sheets(book: xlrd.Book, uncomputed: Mapping[int, Positions]) -> Iterator[tuple[str, Worksheet]]:
    """Yield each visible sheet with its name."""
    names: dict[tuple[int, str], str] = {
        (name.scope, name.name): name.result.text or "" for name in book.name_obj_list if name.result
    }
    areas = papers(names, book.nsheets)
    for at, sheet in sorted(enumerate(book.sheets()), key=lambda each: is_behind(areas.get(each[0]))):
        if not sheet.visibility and (not areas or at in areas):
            found = _worksheet(book, sheet)
            found.texts.update(((row + 1, column + 1), "=") for row, column in uncomputed.get(at, ()))
            found.cut(areas.get(at))
            yield sheet.name, found


def _worksheet(book: xlrd.Book, sheet: Sheet) -> Worksheet:
    found = Worksheet()
    found.extend(sheet.nrows)
    for top, bottom, left, right in sheet.merged_cells:
        found.areas.append(Area(top + 1, left + 1, bottom, right))
    found.hidden_rows.update(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    found.hidden_columns.update(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden)
    for row in range(min(sheet.nrows, ROWS)):
        for column in range(min(sheet.row_len(row), COLUMNS)):
            found.texts[row + 1, column + 1] = _shown(book, sheet, row, column)
            if _is_ruled(book, sheet, row, column):
                found.ruled.add(row + 1)
    return found


def _is_ruled(book: xlrd.Book, sheet: Sheet, row: int, column: int) -> bool:
    """Check whether a cell has a border."""
    border: Any = book.xf_list[sheet.cell_xf_index(row, column)].border
    return any((border.top_line_style, border.bottom_line_style, border.left_line_style, border.right_line_style))


def _shown(book: xlrd.Book, sheet: Sheet, row: int, column: int) -> str:
    """Return the value of a cell as text."""
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index or 0]
    code = book.format_map[style.format_key].format_str
    if cell.ctype == xlrd.XL_CELL_TEXT:
        runs = [(0, style.font_index), *sheet.rich_text_runlist_map.get((row, column), ())]
        looks = [(start, _is_apart(book, style, book.font_list[font])) for start, font in runs]
        return shown_text(_text(str(cell.value), looks), code)
    shows_zeros: bool = getattr(sheet, "show_zero_values")  # noqa: B009 - the types that others wrote do not know it
    if cell.ctype == xlrd.XL_CELL_NUMBER and not cell.value and not shows_zeros:
        return ""
    is_apart = _is_apart(book, style, book.font_list[style.font_index])
    return _piece(_shown_value(cell, code, _EPOCHS[book.datemode]), is_apart=is_apart)


def _shown_value(cell: Cell, code: str, epoch: datetime) -> str:
    """Return a value that is no text as text; `code` is the format of the cell."""
    if cell.value == "":
        return ""
    value = float(cell.value)
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return shown_time(value, kind_of_time(code) or "point", epoch)
        case xlrd.XL_CELL_BOOLEAN:
            return str(bool(value))
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code[int(value)]
    return shown_value(repr(value), code, epoch)


def _text(text: str, runs: Sequence[tuple[int, bool]]) -> str:
    """Return a text in pieces, each of which may be set apart."""
    units = text.encode("utf-16-le", "surrogatepass")  # in which the beginnings of the pieces are counted
    ends = [*(start for start, _ in runs[1:]), len(units) // 2]
    return "".join(
        _piece(units[2 * start : 2 * end].decode("utf-16-le", "replace"), is_apart=is_apart)
        for (start, is_apart), end in zip(runs, ends, strict=True)
    )


def _piece(text: str, *, is_apart: bool) -> str:
    return f"〔{text}〕" if text.strip() and is_apart else text


_SOLID, _REPEATED = 1, 4
"""A pattern of a background, and an alignment: what fills the cell by being repeated."""


def _is_apart(book: xlrd.Book, style: XF, font: Font) -> bool:
    """Check whether a text is raised, struck out, tiny or in symbols, repeated, or in the colour of its background."""
    look: Any = style  # its parts are there, whatever the types that others wrote say
    is_styled = font.escapement or font.struck_out or font.height < 20 * SMALLEST or SYMBOL_FONTS.search(font.name)
    if is_styled or look.alignment.hor_align == _REPEATED:
        return True
    pattern, number = look.background.fill_pattern, look.background.pattern_colour_index
    paper: Color | None = book.colour_map.get(number) if pattern == _SOLID else None if pattern else WHITE
    return is_alike(book.colour_map.get(font.colour_index), paper)
