"""A ledger as a Word file, to be printed and signed: the list by body, and the totals."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gkformat.base.visible import visible
from gkformat.base.words import Lang
from gkformat.views.ledgers.entries import LedgerEntry
from gkformat.views.ledgers.tables import LedgerTable, tables, title

_PAGE = (297, 210)
_MARGIN = 12
_SHARES = (10, 5, 14, 9, 6, 6, 5, 10, 11, 14, 17, 5)
"""How the width of the page is shared by the columns of the list."""


def document(entries: Sequence[LedgerEntry], lang: Lang) -> bytes:
    """Return the contents of a DOCX file, on A4 laid across; headings are repeated on each page."""
    word = docx.Document()
    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, _PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    word.core_properties.title = title(lang)
    word.add_heading(title(lang), 1)
    by_body, _, *totals = tables(entries, lang)
    for table in (by_body, *totals):
        word.add_heading(table.name, 2)
        _add(word, table)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _add(word: Any, table: LedgerTable) -> None:
    lines = [table.head, *table.rows]
    made = word.add_table(len(lines), len(table.head), "Table Grid")
    shares = _SHARES if len(table.head) == len(_SHARES) else (3, *[1] * (len(table.head) - 1))
    widths = [Mm((_PAGE[0] - 2 * _MARGIN) * share / sum(shares)) for share in shares]
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row, line in zip(made.rows, lines, strict=True):
        for cell, value, width in zip(row.cells, line, widths, strict=True):
            cell.width = width
            cell.text = visible("" if value is None else str(value))
    for cell in made.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - it has no other name
