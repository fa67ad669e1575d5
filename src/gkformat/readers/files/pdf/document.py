"""PDF with a text layer, by PDFium (`pypdfium2`): paragraphs, and tables as their ruling lines have them.

Pages are put together as one would read them: page numbers and running heads are left out, a paragraph or a table that
a page break cut is one again.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.files.pdf.joining import Joined, as_joined, continues, join
from gkformat.readers.files.pdf.page import Page, pages
from gkformat.readers.files.pdf.ruled import PageTable, tables
from gkformat.readers.files.pdf.text import Line, lines, turned_lines
from gkformat.readers.files.pdf.unruled import UnruledTable, unruled
from gkformat.readers.limits import TABLE_CELLS

_MARGIN = 0.12
"""Page numbers and running heads stand in so much of a page, at its top and at its bottom."""

_PAGE_NUMBER = re.compile(r"[\W_]*第?\d{1,4}页?([\W_]*[/共][\W_]*\d{1,4}页?)?[\W_]*")
"""What numbers a page, blanks left out."""

_RECURS = 3
"""On so many pages the same line at the same height is a running head."""

_FULL_LINE = 1.7
"""How much room a line may leave at its end and still go on in the next, in sizes of the type."""

_INDENT = 1.2
"""How far a line that begins a paragraph is indented at least, in sizes of the type."""

_LEADING = 2.6
"""How far lines of one paragraph are apart at most, in sizes of the type."""

_NEARLY_FULL = 0.85
"""So wide, in widths of the widest, a line is full but for its indentation."""

_ITEM = re.compile(r"[（(]?[一二三四五六七八九十]+[)）、.．]")
"""How a heading begins, even where it is not indented."""

_MOST_UNKNOWN = 0.3
"""With more characters that nobody knows, a text is no text."""


@frozen
class _Placed:
    """A line of text: its page, its number there, and how far from the page's margins it begins and ends."""

    page: int
    number: int
    line: Line
    indent: float
    room: float

    def goes_on_in(self, other: "_Placed") -> bool:
        """Whether a paragraph has both lines."""
        size = self.line.size
        return (
            self.room <= _FULL_LINE * size
            and other.indent <= _INDENT * size
            and abs(other.line.size - size) <= size / 4
            and (other.page > self.page or other.line.baseline - self.line.baseline <= _LEADING * size)
            and not _ITEM.match(other.line.text)
        )


_Item = _Placed | PageTable | UnruledTable


def document(data: bytes) -> Document:
    """A PDF as paragraphs and tables. Raises `Unreadable` where it cannot be opened, or has no text."""
    _require_whole(data)
    found, titles = pages(data)
    _require_text(found)
    read = list(_without_furniture([_read(page) for page in found]))
    if sum(len(table.cells) for page in read for table in page.tables) > TABLE_CELLS:
        raise Unreadable(f"PDF 的表格超过 {TABLE_CELLS} 格 / the tables of the PDF have more than {TABLE_CELLS} cells")
    return Document("pdf", _blocks(read), titles)


# -- what is no use to read ----------------------------------------------------------------------------


def _require_whole(data: bytes) -> None:
    """A file that was cut off opens all the same, with numbers cut off: its end must be there."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("不是 PDF 文件 / not a PDF file")
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    if end < 0 or re.search(rb"\d\s+\d+\s+obj\b", data[end:]):
        raise Unreadable("PDF 文件不完整，后面的部分缺失 / the PDF is cut off; its end is missing")


def _require_text(found: Sequence[Page]) -> None:
    """Say what there is instead of text: pictures, nothing, or characters that nobody knows."""
    characters = Counter(_is_known(glyph.text) for page in found for glyph in page.glyphs if not glyph.text.isspace())
    if not characters.total():
        pictured = sum(bool(page.pictures) for page in found)
        raise Unreadable(
            f"PDF 没有文字层：共 {len(found)} 页，其中 {pictured} 页为图片，须先作文字识别（OCR） / "
            f"the PDF has no text: of {len(found)} page(s), {pictured} hold pictures; run OCR first"
            if pictured
            else f"PDF 没有文字：共 {len(found)} 页 / the PDF has no text on its {len(found)} page(s)"
        )
    if characters[False] > _MOST_UNKNOWN * characters.total():
        raise Unreadable(
            "PDF 的字体没有说明各字形是什么字，无法读取文字 / "
            "the fonts of the PDF do not tell which characters their glyphs are"
        )


def _is_known(character: str) -> bool:
    return character != "\N{REPLACEMENT CHARACTER}" and unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs")


# -- pages ---------------------------------------------------------------------------------------------


@frozen
class _Read:
    """A page as its tables, its lines of text, and the lines that are turned."""

    page: Page
    tables: Sequence[PageTable]
    lines: Sequence[Line]
    turned: Sequence[Line]


def _read(page: Page) -> _Read:
    found, left = tables(page)
    return _Read(
        page,
        found,
        lines(glyph for glyph in left if not glyph.turn),
        [line for line in turned_lines(glyph for glyph in left if glyph.turn) if not _numbers_page(line)],
    )


def _numbers_page(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(_plain(line)))


def _plain(line: Line) -> str:
    return "".join(unicodedata.normalize("NFKC", line.text).split())


def _without_furniture(found: Sequence[_Read]) -> Iterator[_Read]:
    """The pages without their numbers, and without running heads after the first."""
    seen = Counter(_recurring(read, line) for read in found for line in read.lines if _in_margin(read, line))
    met: set[tuple[str, int]] = set()
    for read in found:
        kept = []
        for line in read.lines:
            what = _recurring(read, line)
            if not _in_margin(read, line) or not (_numbers_page(line) or what in met):
                kept.append(line)
            if seen[what] >= _RECURS:
                met.add(what)
        yield evolve(read, lines=kept)


def _in_margin(read: _Read, line: Line) -> bool:
    box = read.page.box
    return not box.top + _MARGIN * box.height < line.baseline < box.bottom - _MARGIN * box.height


def _recurring(read: _Read, line: Line) -> tuple[str, int]:
    """What is the same in a running head on every page: its text but for numbers, and its height."""
    return re.sub(r"\d", "", _plain(line)), round((line.baseline - read.page.box.top) / line.size)


# -- blocks --------------------------------------------------------------------------------------------


_Block = list[_Placed] | Joined | UnruledTable


def _blocks(found: Sequence[_Read]) -> Iterator[Block]:
    """Paragraphs and tables over all pages."""
    count = 0
    for block in _put_together(_items(found)):
        if not isinstance(block, list):
            count += 1
            yield _ruled(block, count) if isinstance(block, Joined) else _unruled(block, count)
        else:
            first = block[0]
            yield Paragraph(_sentence(block), Place(page=first.page, line=first.number))


def _items(found: Sequence[_Read]) -> Iterator[_Item]:
    """What stands on the pages, from the top."""
    width = max((right - left for left, right in map(_extent, found)), default=0)
    for read in found:
        number, (left, right) = read.page.number, _margins(read, width)
        upright: list[_Item] = list(read.tables)
        for at, item in enumerate(unruled(number, read.lines), start=1):
            if isinstance(item, Line):
                upright.append(_Placed(number, at, item, item.left - left, right - item.right))
            else:
                upright.append(item)
        yield from sorted(upright, key=_height)
        for at, line in enumerate(read.turned, start=len(read.lines) + 1):
            yield _Placed(number, at, line, width, width)


def _extent(read: _Read) -> tuple[float, float]:
    """Where the lines of a page begin and end."""
    return min((line.left for line in read.lines), default=0), max((line.right for line in read.lines), default=0)


def _margins(read: _Read, width: float) -> tuple[float, float]:
    """Where full lines begin and end, by the widest line of the file: on this page all may be indented, or short."""
    left, right = _extent(read)
    if right - left < _NEARLY_FULL * width:
        return left, left + width
    return min(left, right - width), right


def _height(item: _Item) -> float:
    if isinstance(item, PageTable):
        return item.box.top
    return item.top if isinstance(item, UnruledTable) else item.line.baseline


def _put_together(items: Iterable[_Item]) -> list[_Block]:
    """Lines as paragraphs, and the pieces of tables as tables."""
    blocks: list[_Block] = []
    for item in items:
        last = blocks[-1] if blocks else None
        if isinstance(item, PageTable):
            if isinstance(last, Joined) and item.page > last.pages[-1] and continues(last, item):
                blocks[-1] = join(last, item)
            else:
                blocks.append(as_joined(item))
        elif isinstance(item, UnruledTable):
            blocks.append(item)
        elif isinstance(last, list) and last[-1].goes_on_in(item):
            last.append(item)
        else:
            blocks.append([item])
    return blocks


def _sentence(block: Sequence[_Placed]) -> str:
    """The lines of a paragraph as one; only between words of letters is a blank lost with the end of a line."""
    text = block[0].line.text
    for placed in block[1:]:
        more = placed.line.text
        apart = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalpha() and more[:1].isalpha()
        text += " " * apart + more
    return text


def _ruled(joined: Joined, number: int) -> Table:
    rows: list[list[Cell]] = [[] for _ in joined.pages]
    for cell in joined.cells:
        place = Place(page=joined.pages[cell.row], table=number, row=cell.row + 1, column=cell.column + 1)
        rows[cell.row].append(Cell(cell.text, cell.rows, cell.columns, place))
    return Table(rows, Place(page=joined.pages[0], table=number))


def _unruled(found: UnruledTable, number: int) -> Table:
    rows = [
        [
            Cell(text, place=Place(found.page, table=number, row=row, column=at))
            for at, text in enumerate(texts, start=1)
        ]
        for row, texts in enumerate(found.rows, start=1)
    ]
    return Table(rows, Place(page=found.page, table=number))
