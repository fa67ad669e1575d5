"""Assemble the pages of a PDF into the paragraphs and tables that a reader sees.

Page numbers and running heads are dropped; a paragraph or table that was cut by a page break is put together again.

"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import evolve

from gkformat.base.frozen import frozen
from gkformat.base.numbering import HEADING_NUMBER
from gkformat.base.place import Place
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.files.pdf.page import Page
from gkformat.readers.files.pdf.page_breaks import JoinedTable, continues, join
from gkformat.readers.files.pdf.ruled import PageTable, find_lattices, ruled_tables
from gkformat.readers.files.pdf.text_lines import TextLine, lines_of_any_turn, upright_lines
from gkformat.readers.files.pdf.unruled import UnruledTable, unruled_tables
from gkformat.readers.limits import check_blocks, check_lattice

_MARGIN = 0.12
"""Share of the page height, at the top and at the bottom, in which page numbers and running heads are found."""

_LONGEST_PAGE_NUMBER = 40
_PAGE_NUMBER = re.compile(r"[\W_]*第?\s*\d{1,4}\s*页?([\W_]*[/共][\W_]*\d{1,4}\s*页?)?[\W_]*")
"""A page number, and how many pages there are. Other numbers that a blank parts are values: a row of a table."""

_RECURS = 3
"""Number of pages on which a line must recur at the same height to count as a running head."""

_FULL_LINE = 1.7
"""Room that a line may leave at its end and still continue in the next, in font sizes."""

_INDENT = 1.2
"""Least indentation of the first line of a paragraph, in font sizes."""

_LEADING = 2.6
"""Greatest distance between lines of one paragraph, in font sizes."""

_NEARLY_FULL = 0.85
"""Share of the widest line that makes a line full except for its indentation."""


@frozen
class _PlacedLine:
    """A line of text with its page, its number on the page, and its distances from the left and right margins."""

    page: int
    number: int
    line: TextLine
    indent: float
    room: float

    def continues_in(self, other: "_PlacedLine") -> bool:
        """Check whether both lines belong to one paragraph."""
        size = self.line.size
        return (
            self.room <= _FULL_LINE * size
            and other.indent <= _INDENT * size
            and abs(other.line.size - size) <= size / 4
            and (other.page > self.page or other.line.baseline - self.line.baseline <= _LEADING * size)
            and not HEADING_NUMBER.match(other.line.text)
        )


_Item = _PlacedLine | PageTable | UnruledTable


def assemble(pages: Sequence[Page]) -> list[Block]:
    """Assemble pages into paragraphs and tables.

    Raises `Unreadable` if there are more than `BLOCKS` lines, or lines of tables that make more than `LATTICE` cells.
    """
    contents: list[_PageContents] = []
    lines = cells = 0
    for page in pages:
        lattices = list(find_lattices(page))
        cells += sum(lattice.positions for lattice in lattices)
        check_lattice(cells)
        contents.append(_contents(page, lattices))
        lines += len(contents[-1].lines) + len(contents[-1].turned)
        check_blocks(lines)
    return list(_blocks(list(_without_page_furniture(contents))))


# -- pages ---------------------------------------------------------------------------------------------


@frozen
class _PageContents:
    """The tables of a page, its lines of text, and the lines that are turned."""

    page: Page
    tables: Sequence[PageTable]
    lines: Sequence[TextLine]
    turned: Sequence[TextLine]


def _contents(page: Page, lattices: Sequence[PageTable]) -> _PageContents:
    tables, rest = ruled_tables(page, lattices)
    return _PageContents(
        page,
        tables,
        upright_lines(glyph for glyph in rest if not glyph.turn),
        [line for line in lines_of_any_turn(glyph for glyph in rest if glyph.turn) if not _is_page_number(line)],
    )


def _is_page_number(line: TextLine) -> bool:
    text = _in_one_width(line)
    return len(text) <= _LONGEST_PAGE_NUMBER and bool(_PAGE_NUMBER.fullmatch(text))


def _in_one_width(line: TextLine) -> str:
    """Return the text of a line, normalised character by character, which takes no longer for any text."""
    return "".join(unicodedata.normalize("NFKC", character) for character in line.text)


def _without_page_furniture(pages: Sequence[_PageContents]) -> Iterator[_PageContents]:
    """Yield the pages without their page numbers, and without running heads after the first."""
    counts = Counter(_recurring(page, line) for page in pages for line in page.lines if _in_margin(page, line))
    met: set[tuple[str, int]] = set()
    for page in pages:
        kept = []
        for line in page.lines:
            head = _recurring(page, line)
            if not _in_margin(page, line) or not (_is_page_number(line) or head in met):
                kept.append(line)
            if counts[head] >= _RECURS and any(map(str.isalpha, head[0])):
                met.add(head)
        yield evolve(page, lines=kept)


def _in_margin(contents: _PageContents, line: TextLine) -> bool:
    box = contents.page.box
    return not box.top + _MARGIN * box.height < line.baseline < box.bottom - _MARGIN * box.height


def _recurring(contents: _PageContents, line: TextLine) -> tuple[str, int]:
    """Return what a running head has in common on all pages: its text without digits, and its height."""
    return re.sub(r"[\d\s]", "", _in_one_width(line)), round((line.baseline - contents.page.box.top) / line.size)


# -- blocks --------------------------------------------------------------------------------------------


_Block = list[_PlacedLine] | JoinedTable | UnruledTable


def _blocks(found: Sequence[_PageContents]) -> Iterator[Block]:
    """Yield the paragraphs and tables of all pages."""
    count = 0
    for block in _joined(_items(found)):
        if not isinstance(block, list):
            count += 1
            yield _ruled(block, count) if isinstance(block, JoinedTable) else _unruled(block, count)
        else:
            first = block[0]
            yield Paragraph(_paragraph_text(block), Place(page=first.page, line=first.number))


def _items(found: Sequence[_PageContents]) -> Iterator[_Item]:
    """Yield the lines and tables of the pages from the top; turned lines come last on their page."""
    width = max((right - left for left, right in map(_extent, found)), default=0)
    for page in found:
        number, (left, right) = page.page.number, _margins(page, width)
        upright: list[_Item] = list(page.tables)
        for at, item in enumerate(unruled_tables(number, page.lines), start=1):
            if isinstance(item, TextLine):
                upright.append(_PlacedLine(number, at, item, item.left - left, right - item.right))
            else:
                upright.append(item)
        yield from sorted(upright, key=_height)
        for at, line in enumerate(page.turned, start=len(page.lines) + 1):
            yield _PlacedLine(number, at, line, width, width)


def _extent(page: _PageContents) -> tuple[float, float]:
    """Return the left and right end of the lines of a page."""
    return min((line.left for line in page.lines), default=0), max((line.right for line in page.lines), default=0)


def _margins(page: _PageContents, width: float) -> tuple[float, float]:
    """Return where full lines begin and end, using the widest line of the file: all those of a page may be short."""
    left, right = _extent(page)
    if right - left < _NEARLY_FULL * width:
        return left, left + width
    return min(left, right - width), right


def _height(item: _Item) -> float:
    if isinstance(item, PageTable):
        return item.box.top
    return item.top if isinstance(item, UnruledTable) else item.line.baseline


def _joined(items: Iterable[_Item]) -> list[_Block]:
    """Join lines into paragraphs, and the pieces of tables into tables."""
    blocks: list[_Block] = []
    for item in items:
        last = blocks[-1] if blocks else None
        if isinstance(item, PageTable):
            if isinstance(last, JoinedTable) and item.page > last.pages[-1] and continues(last, item):
                blocks[-1] = join(last, item)
            else:
                blocks.append(JoinedTable.of(item))
        elif isinstance(item, UnruledTable):
            blocks.append(item)
        elif isinstance(last, list) and last[-1].continues_in(item):
            last.append(item)
        else:
            blocks.append([item])
    return blocks


def _paragraph_text(block: Sequence[_PlacedLine]) -> str:
    """Join the lines of a paragraph; a blank is inserted only between words in Latin letters."""
    texts = [placed.line.text for placed in block]
    parts = texts[:1]
    for above, text in pairwise(texts):
        ends = above[-1:], text[:1]
        parts += [" " * all(end.isascii() and end.isalpha() for end in ends), text]
    return "".join(parts)


def _ruled(joined: JoinedTable, number: int) -> Table:
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
