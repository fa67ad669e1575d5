"""DOCX → paragraphs and tables: what one sees, with insertions, without deletions, boxes after their paragraphs."""

import re
from collections.abc import Iterator, Sequence

from attrs import Factory, define

from gkformat.base.errors import Unreadable
from gkformat.base.place import NOWHERE, Place
from gkformat.base.words import Words
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.files.package import Attributes, Package, parse_part
from gkformat.readers.guard import guarded
from gkformat.readers.limits import COLUMNS, check_blocks, check_cells

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PROPERTIES = "http://purl.org/dc/elements/1.1/"
_VAL, _CHAR = f"{MAIN} val", f"{MAIN} char"
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_LOOKS = frozenset(["vertAlign", "vanish", "strike", "dstrike"])
_PROPERTIES_READ = _LOOKS.union(_BREAKS, ["sym", "gridSpan", "vMerge", "gridBefore"])
"""The properties that matter: most elements of a text are others."""

GONE = frozenset(["del", "moveFrom", "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"])
"""Deleted content, and content repeated for older programs."""


def parse(data: bytes) -> Document:
    """Parse the main text into paragraphs and tables, including the contents of text boxes.

    Raises `Unreadable` if the file is damaged, or if its text or a table is too large.
    """
    with guarded("DOCX"):
        package = Package(data)
        body, title = _Body(), _Title()
        parse_part(package.part("word/document.xml"), MAIN, body)
        if "docProps/core.xml" in package.names:
            parse_part(package.part("docProps/core.xml"), _PROPERTIES, title)
        return Document("word", _blocks(body.contents), ("".join(title.parts),) if title.parts else ())


def cell_places(document: bytes) -> list[Place]:
    """Return the place of each element `tc` that is not `GONE`; `NOWHERE` if no cell begins in it."""
    body = _Body()
    parse_part(document, MAIN, body)
    for _ in _blocks(body.contents):
        pass
    return [cell.place for cell in body.all_cells]


# -- what the elements say -----------------------------------------------------------------------------


@define
class _Run:
    """Text with one look. What is raised, lowered or struck out is put in brackets, for it would run into a number."""

    parts: list[str] = Factory(list)
    is_hidden: bool = False
    is_beside: bool = False

    @property
    def text(self) -> str:
        text = "".join(self.parts)
        return "" if self.is_hidden or not text else f"〔{text}〕" if self.is_beside else text

    def look(self, name: str, value: str | None) -> None:
        """Take a property of the run."""
        if name == "vertAlign":
            self.is_beside |= value in {"superscript", "subscript"}
        elif value not in {"0", "false", "off"}:
            self.is_hidden |= name == "vanish"
            self.is_beside |= name in {"strike", "dstrike"}


@define
class _Paragraph:
    parts: list[str] = Factory(list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()


@define
class _Cell:
    contents: "list[_Item]" = Factory(list)
    columns: int = 1
    goes_on: bool = False
    place: Place = NOWHERE


@define
class _Row:
    cells: list[_Cell] = Factory(list)
    before: int = 0


@define
class _Table:
    """A table; one that contains tables is only layout."""

    rows: list[_Row] = Factory(list)
    is_layout: bool = False


_Item = _Paragraph | _Table


@define
class _Body:
    """The text, element by element. The lists but `contents` and `all_cells` hold what is open, the innermost last."""

    contents: list[_Item] = Factory(list)
    paragraphs: list[_Paragraph] = Factory(list)
    runs: list[_Run] = Factory(list)
    tables: list[_Table] = Factory(list)
    cells: list[_Cell] = Factory(list)
    all_cells: list[_Cell] = Factory(list)
    gone: int = 0
    items: int = 0

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a paragraph, a run or a part of a table, or take a property of one."""
        name = path[-1]
        self.gone += name in GONE
        if self.gone:
            return
        match name:
            case "p":
                self.paragraphs.append(_Paragraph())
                self._add(self.paragraphs[-1])
            case "r":
                self.runs.append(_Run())
            case "tbl":
                if self.tables:
                    self.tables[-1].is_layout = True
                self.tables.append(_Table())
                self._add(self.tables[-1])
            case "tr" if self.tables:
                self.tables[-1].rows.append(_Row())
            case "tc":
                self.cells.append(_Cell())
                self.all_cells.append(self.cells[-1])
                if self.tables and self.tables[-1].rows:
                    self.tables[-1].rows[-1].cells.append(self.cells[-1])
            case _ if name in _PROPERTIES_READ:
                self._property(name, path[-3:-1], attributes.get(_VAL) or attributes.get(_CHAR))

    def _add(self, item: _Item) -> None:
        (self.cells[-1].contents if self.cells else self.contents).append(item)
        self.items += 1
        check_blocks(self.items)

    def _property(self, name: str, around: Sequence[str], value: str | None) -> None:
        match [*around, name]:
            case [_, "r", _] if name in _BREAKS:
                self.runs[-1].parts.append(_BREAKS[name])
            case [_, "r", "sym"]:
                self.runs[-1].parts.append(_symbol(value or ""))
            case ["r", "rPr", _] if name in _LOOKS:
                self.runs[-1].look(name, value)
            case ["tc", "tcPr", "gridSpan"]:
                self.cells[-1].columns = _number(value, 1)
            case ["tc", "tcPr", "vMerge"]:
                self.cells[-1].goes_on = value != "restart"
            case ["tr", "trPr", "gridBefore"] if self.tables:
                self.tables[-1].rows[-1].before = _number(value, 0)

    def end(self, path: Sequence[str]) -> None:
        """End a paragraph, a run or a part of a table."""
        name = path[-1]
        if self.gone:
            self.gone -= name in GONE
            return
        match name:
            case "p":
                self.paragraphs.pop()
            case "r":
                run = self.runs.pop()
                if self.paragraphs:
                    self.paragraphs[-1].parts.append(run.text)
            case "tbl":
                self.tables.pop()
            case "tc":
                self.cells.pop()

    def text(self, path: Sequence[str], text: str) -> None:
        """Take the text of a run."""
        if path[-1] == "t" and path[-2] == "r" and not self.gone:
            self.runs[-1].parts.append(text)


@define
class _Title:
    """The title among the properties of a document."""

    parts: list[str] = Factory(list)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take nothing."""

    def end(self, path: Sequence[str]) -> None:
        """Take nothing."""

    def text(self, path: Sequence[str], text: str) -> None:
        """Take the title."""
        if path[-1] == "title":
            self.parts.append(text)


def _symbol(code: str) -> str:
    """Return a character of a font of pictures, such as a tick or a digit in a ring."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return "\ufffd"
    return chr(int(code, 16)).encode("utf-8", "replace").decode()


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else default  # noqa: PLR2004


# -- what a reader sees --------------------------------------------------------------------------------


def _blocks(contents: Sequence[_Item]) -> Iterator[Block]:
    """Yield paragraphs that are not empty, and tables, each counted separately; of a layout, the contents."""
    tables = lines = 0
    waiting = [*reversed(contents)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Paragraph):
            if item.text:
                lines += 1
                yield Paragraph(item.text, Place(line=lines))
        elif item.is_layout:
            waiting += reversed([inner for row in item.rows for cell in row.cells for inner in cell.contents])
        else:
            tables += 1
            yield Table(_rows(item, tables), Place(table=tables))


def _rows(table: _Table, number: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    open_at: dict[int, tuple[int, int]] = {}  # grid column → the cell that reaches down in it: row, place in the row
    count = 0
    for at, row in enumerate(table.rows):
        cells = [Cell("", columns=row.before, place=Place(table=number, row=at + 1, column=1))] if row.before else []
        column = row.before
        for cell in row.cells:
            if cell.goes_on and column in open_at:
                begun, index = open_at[column]
                old = rows[begun][index]
                rows[begun][index] = Cell(old.text, at - begun + 1, old.columns, old.place)
            else:
                open_at[column] = (at, len(cells))
                cell.place = Place(table=number, row=at + 1, column=len(cells) + 1)
                cells.append(Cell(_text(cell), 1, cell.columns, cell.place))
            column += cell.columns
            count += max(cell.columns, 1)
            check_cells(count)
            if column > COLUMNS:
                raise Unreadable(Words(f"表格过大，超过 {COLUMNS} 列", f"a table has more than {COLUMNS} columns"))
        rows.append(cells)
    return rows


def _text(cell: _Cell) -> str:
    """Return the text of a cell, a line a paragraph; a table that is no layout has nothing else in its cells."""
    return "\n".join(item.text for item in cell.contents if isinstance(item, _Paragraph) and item.text)
