"""Pages → DOCX, with the page, the fonts and the tables of the annex; headers of tables repeat over pages.

The tables are written as XML: python-docx takes seconds to merge the cells of one.
"""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from operator import attrgetter
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, Twips

from gkformat.notation.grid import GridCell
from gkformat.writers.layout import MARGINS, PAPER, BlankTable, Pages, Part, PrintedTable

_SONG, _KAI = "宋体", "楷体"
_BAND = "C6D9F1"
"""The fonts of the annex, and the colour of the bands of its first table."""

_SIZE, _LEAST_SIZE = 20, 8
"""The size of texts in tables, and the least to which a number is made smaller, in half-points."""

_PADDING = 57
"""The margins beside the text of a cell, in twentieths of a point."""

_INDENT = Pt(24)
"""Two characters."""


def render(pages: Pages) -> bytes:
    """Return a document for word processors."""
    document = docx.Document()
    _set_up(document)
    for line in pages.title:
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(12)
        run = title.add_run(line)
        run.bold, run.font.size = True, Pt(18)
    for part in pages.parts:
        _add_part(document, part)
    document.core_properties.title = pages.name
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, PAPER)
    section.left_margin = section.right_margin = Twips(MARGINS[0])
    section.top_margin = section.bottom_margin = Twips(MARGINS[1])
    style = document.styles["Normal"]
    style.font.name, style.font.size = _SONG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _SONG)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.5


def _add_part(document: Any, part: Part) -> None:
    if part.heading:
        heading = document.add_paragraph()
        heading.paragraph_format.first_line_indent = _INDENT
        heading.paragraph_format.space_before = Pt(12)
        heading.paragraph_format.keep_with_next = True
        heading.add_run(part.heading).bold = True
    for paragraph in part.paragraphs:
        document.add_paragraph(paragraph).paragraph_format.first_line_indent = _INDENT
    if part.table:
        document.element.body.insert_element_before(parse_xml(_table(part.table)), "w:sectPr")


def _table(table: PrintedTable) -> str:
    widths = table.blank.widths
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{_PADDING}" w:type="dxa"/>' for side in ("left", "right"))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(table))}</w:tbl>"
    )


def _rows(table: PrintedTable) -> Iterator[str]:
    """Yield the rows; a cell that reaches down from above has a place in each row that it crosses."""
    blank = table.blank
    repeated = blank.head if blank.stub != 1 else 0  # the first table has a header for each of its bands
    reaching: list[GridCell] = []
    for row, beginning in enumerate(blank.rows):
        cells = sorted([*reaching, *beginning], key=attrgetter("column"))
        texts = [table.text(cell) if cell.row == row else None for cell in cells]
        header = "<w:tblHeader/>" if row < repeated else ""
        properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="340" w:hRule="atLeast"/>{header}</w:trPr>'
        yield f"<w:tr>{properties}{''.join(map(partial(_cell, blank), cells, texts))}</w:tr>"
        reaching = [cell for cell in cells if cell.row + cell.rows > row + 1]


def _cell(blank: BlankTable, cell: GridCell, text: str | None) -> str:
    """Return a cell that begins here with its text, or, without one, the place of a cell that reaches down."""
    width = blank.width(cell)
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else "<w:vMerge/>" if text is None else '<w:vMerge w:val="restart"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAND}"/>' if blank.is_band(cell) else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/>'
    lines = "".join(_line(blank, cell, line) for line in (text or "").split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def _line(blank: BlankTable, cell: GridCell, text: str) -> str:
    place = "left" if blank.is_band(cell) or blank.is_note(cell) or blank.is_row_label(cell) else "center"
    font = _KAI if blank.is_note(cell) else _SONG
    size = _SIZE if cell.at is None else _fitting_size(text, blank.width(cell) - 2 * _PADDING)
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:spacing w:line="264" w:lineRule="auto"/><w:jc w:val="{place}"/></w:pPr>{run}</w:p>'


def _fitting_size(text: str, width: int) -> int:
    """Return the size of font with which a number is not broken over lines: a digit is at most 0.65 as wide as high."""
    fitting = int(width / (6.5 * len(text))) if text.isascii() and text else _SIZE
    return max(_LEAST_SIZE, min(_SIZE, fitting))
