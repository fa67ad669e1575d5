"""DOCX → paragraphs and tables. python-docx opens the package; the walk over its XML is ours.

Its own `cell.text` omits tracked insertions and content controls, which would turn a number into a blank, and it takes
ten times as long.

"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from docx import Document as Package
from docx.oxml.ns import qn
from lxml.etree import _Element

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.guard import guarded
from gkformat.readers.limits import COLUMNS, TEXT, check_cells

_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_R, _T, _RPR, _VAL = (qn(f"w:{name}") for name in ("r", "t", "rPr", "val"))
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_GONE = frozenset(
    [qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
"""Deleted content, and content repeated for older programs."""

_BOX = qn("w:txbxContent")


def parse(data: bytes) -> Document:
    """Parse the main text into paragraphs and tables, including the contents of text boxes.

    Raises `Unreadable` if the file is damaged, or if its text or a table is too large.

    """
    with guarded("DOCX"):
        with ZipFile(BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > TEXT * 8:
                raise Unreadable(Words("文档正文过大", "the main text of the document is too large"))
        package = Package(BytesIO(data))
        title = package.core_properties.title or ""
        blocks = list(_numbered(_blocks(package.element)))
    return Document("word", blocks, (title,) if title else ())


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the blocks with their places; tables and paragraphs are counted separately."""
    tables = lines = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            rows = [
                [
                    Cell(cell.text, cell.rows, cell.columns, Place(table=tables, row=row, column=column))
                    for column, cell in enumerate(cells, start=1)
                ]
                for row, cells in enumerate(block.rows, start=1)
            ]
            yield Table(rows, Place(table=tables))
        else:
            lines += 1
            yield Paragraph(block.text, Place(line=lines))


def _blocks(parent: _Element) -> Iterator[Block]:
    for child in parent:
        if child.tag == _P:
            yield from _paragraph_blocks(child)
        elif child.tag == _TBL:
            yield from _table(child)
        elif child.tag not in _GONE:
            yield from _blocks(child)


def _paragraph_blocks(paragraph: _Element) -> Iterator[Block]:
    """Yield a paragraph, and then the contents of the text boxes that are anchored in it."""
    if text := _text(paragraph).strip():
        yield Paragraph(text)
    for box in paragraph.iter(_BOX):
        if not _is_gone(box, paragraph):
            yield from _blocks(box)


def _is_gone(element: _Element, outer: _Element) -> bool:
    return any(above.tag in _GONE for above in element.iterancestors() if above is not outer)


def _table(table: _Element) -> Iterator[Block]:
    """Yield a table, or, if it contains tables and so is only layout, the contents of its cells."""
    if next(table.iter(_TBL), None) is not None and sum(1 for _ in table.iter(_TBL)) > 1:
        for cell in table.iter(_TC):
            if next(cell.iterancestors(_TBL)) is table:
                yield from _blocks(cell)
        return
    yield Table(_rows(table))


def _rows(table: _Element) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    open_at: dict[int, tuple[int, int]] = {}  # grid column → the cell that reaches down in it: row, place in the row
    count = 0
    for number, row in enumerate(table.iter(_TR)):
        cells: list[Cell] = []
        column = _property(row, "trPr", "gridBefore", 0)
        if column:
            cells.append(Cell("", columns=column))
        for cell in row.iter(_TC):
            width = _property(cell, "tcPr", "gridSpan", 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(_VAL) != "restart"
            if goes_on and column in open_at:
                above, place = open_at[column]
                old = rows[above][place]
                rows[above][place] = Cell(old.text, number - above + 1, old.columns)
            else:
                open_at[column] = (number, len(cells))
                cells.append(Cell(_cell_text(cell), 1, width))
            column += width
            count += width
            check_cells(count)
            if column > COLUMNS:
                raise Unreadable(Words(f"表格过大，超过 {COLUMNS} 列", f"a table has more than {COLUMNS} columns"))
        rows.append(cells)
    return rows


def _property(element: _Element, around: str, name: str, default: int) -> int:
    found = element.find(f"{qn('w:' + around)}/{qn('w:' + name)}")
    value = "" if found is None else found.get(_VAL) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default  # noqa: PLR2004


def _cell_text(cell: _Element) -> str:
    return "\n".join(filter(None, (_text(paragraph).strip() for paragraph in cell.iter(_P)))).strip()


def _text(paragraph: _Element) -> str:
    """Return the visible text of a paragraph; raised, lowered or struck-out text is put in brackets."""
    parts = []
    for run in paragraph.iter(_R):
        if next((above for above in run.iterancestors(_P)), None) is not paragraph or _is_gone(run, paragraph):
            continue
        text = "".join(
            (child.text or "") if child.tag == _T else _BREAKS.get(child.tag, "") for child in run.iterchildren()
        )
        if text and (look := run.find(_RPR)) is not None:
            text = _as_it_looks(text, look)
        parts.append(text)
    return "".join(parts)


def _as_it_looks(text: str, look: _Element) -> str:
    if _is_on(look, "vanish"):
        return ""
    raised = look.find(qn("w:vertAlign"))
    beside = raised is not None and raised.get(_VAL) in {"superscript", "subscript"}
    return f"〔{text}〕" if beside or _is_on(look, "strike") or _is_on(look, "dstrike") else text


def _is_on(look: _Element, name: str) -> bool:
    found = look.find(qn(f"w:{name}"))
    return found is not None and found.get(_VAL) not in {"0", "false", "off"}
