"""A ledger as a workbook: a sheet by body, one by rule, and the totals."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from gkformat.base.visible import visible
from gkformat.base.words import Lang
from gkformat.views.ledgers.entries import LedgerEntry
from gkformat.views.ledgers.tables import LedgerTable, tables, title

_A4, _LONGEST, _LINE = 9, 32_767, 14.5
_WIDTHS = (16, 6, 24, 16, 9, 9, 7, 18, 18, 26, 32, 7)
"""Widths of the columns of the list, in digits."""

_NAME, _COUNT = 40, 10
"""The same for the totals."""


def workbook(entries: Sequence[LedgerEntry], lang: Lang) -> bytes:
    """Return the contents of an XLSX file. Whatever others wrote is text in it, and never a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title(lang)})
        cell = {"border": 1, "text_wrap": True, "valign": "top"}
        looks = {"head": book.add_format(cell | {"bold": True, "bg_color": "#E6F0FB"}), "cell": book.add_format(cell)}
        for table in tables(entries, lang):
            _add(book, table, looks)
    return file.getvalue()


def _add(book: Any, table: LedgerTable, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": "A:XFD"})
    widths = _WIDTHS if len(table.head) == len(_WIDTHS) else (_NAME, *[_COUNT] * (len(table.head) - 1))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, values in enumerate([table.head, *table.rows]):
        texts = [visible("" if value is None else str(value))[:_LONGEST] for value in values]
        sheet.set_row(row, _LINE * max(map(_lines, texts, widths)))
        for column, (value, text) in enumerate(zip(values, texts, strict=True)):
            look = looks["cell" if row else "head"]
            if isinstance(value, int):
                sheet.write_number(row, column, value, look)
            else:
                sheet.write_string(row, column, text, look)
    if widths == _WIDTHS:
        sheet.autofilter(0, 0, len(table.rows), len(widths) - 1)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; LibreOffice and WPS do not look themselves."""
    return ceil(sum(2.3 if ord(character) > _NARROW else 1.1 for character in text) / width) or 1


_NARROW = 0x2E7F
"""The last character before those of Chinese, which are twice as wide."""
