"""DOCX → paragraphs and tables: what one sees, with insertions, without deletions, boxes after their paragraphs.

A cell says where something else than text stands in it, such as a picture or a formula: it may be the number.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import Factory, define, evolve

from gkformat.base.errors import Unreadable
from gkformat.base.place import NOWHERE, Place
from gkformat.base.words import Words
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.files.package import Attributes, Package, parse_part
from gkformat.readers.files.signs import DRAWN, NUMBERED, with_signs, without_signs
from gkformat.readers.files.word_look import LOOKS, Look, Styles, shading, styles_of
from gkformat.readers.files.word_numbering import MAIN, VAL, Numbered, Numbering, numbering_of
from gkformat.readers.guard import guarded
from gkformat.readers.limits import COLUMNS, check_blocks, check_cells

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PROPERTIES = "http://purl.org/dc/elements/1.1/"
_CHAR, _FIELD, _MERGE = f"{MAIN} char", f"{MAIN} fldCharType", f"{MAIN} vMerge"
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_INK, _NO_INK = f"{_WORD_2010} textFill", f"{_WORD_2010} noFill"
_DRAWN = frozenset(
    [f"{_PICTURE} inline", f"{_PICTURE} anchor", f"{_MATH} oMath", "pict", "object", "contentPart", "pgNum"]
)
"""What stands in a line of text, or floats over it, and is no text."""

_OF_TEXT = LOOKS.union(_BREAKS, _DRAWN, ["sym", "fldChar", "ddList", "checkBox", "pStyle", "rStyle", "bdo"])
_OF_TEXT |= {"numId", "ilvl", _NO_INK}
_OF_TABLES = frozenset(["gridSpan", "vMerge", "hMerge", "cellMerge", "cellDel", "gridBefore", "hidden", "altChunk"])
_OF_TABLES |= {"tblStyle"}
"""The elements that matter within a text and a table: most are others."""

GONE = frozenset(
    [
        "del",
        "moveFrom",
        "pPrChange",
        "rPrChange",
        "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback",
    ]
)
"""Deleted content, properties before they were changed, and content repeated for older programs."""


def parse(data: bytes) -> Document:
    """Parse the main text into paragraphs and tables, including the contents of text boxes.

    Raises `Unreadable` if the file is damaged, or if its text or a table is too large.
    """
    with guarded("DOCX"):
        package = Package(data)
        names, title = package.names, _Title()
        styles = styles_of(package.part("word/styles.xml")) if "word/styles.xml" in names else Styles()
        numbering = numbering_of(package.part("word/numbering.xml")) if "word/numbering.xml" in names else Numbering()
        body = _Body(styles, numbering)
        parse_part(package.part("word/document.xml"), MAIN, body)
        if "docProps/core.xml" in names:
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
    """Text with one look; `is_beside` if it is not part of the line, or runs from right to left."""

    parts: list[str] = Factory(list)
    style: str = ""
    look: Look = Factory(Look)
    is_beside: bool = False

    def shown(self, look: Look, paper: str) -> str:
        """Return the text as it looks on a paper: what would run into a number is put in brackets."""
        text = "".join(self.parts)
        if look.is_hidden or not text:
            return ""
        return f"〔{text}〕" if text.strip() and (self.is_beside or look.is_apart(paper)) else text


@define
class _Paragraph:
    parts: list[str] = Factory(list)
    style: str = ""
    numbered: Numbered = Factory(Numbered)
    paper: str | None = None

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()


@define
class _Cell:
    contents: "list[_Item]" = Factory(list)
    columns: int = 1
    goes_on: bool = False
    goes_on_beside: bool = False
    is_gone: bool = False
    paper: str | None = None
    place: Place = NOWHERE


@define
class _Row:
    cells: list[_Cell] = Factory(list)
    before: int = 0
    is_gone: bool = False


@define
class _Table:
    """A table; one that contains tables is only layout, unless these only frame the text of a cell."""

    rows: list[_Row] = Factory(list)
    is_layout: bool = False
    paper: str | None = None

    @property
    def contents(self) -> "list[_Item]":
        return [inner for row in self.rows for cell in row.cells for inner in cell.contents]

    @property
    def is_frame(self) -> bool:
        return not self.is_layout and [len(row.cells) for row in self.rows] in ([], [1])


_Item = _Paragraph | _Table


@define
class _Body:
    """The text, element by element. The lists but `contents` and `all_cells` hold what is open, the innermost last.

    Of `fields`, it holds whether their result has begun, before which come instructions, perhaps with results of their
    own; of `overrides` of the direction, whether their text runs from right to left.
    """

    styles: Styles = Factory(Styles)
    numbering: Numbering = Factory(Numbering)
    contents: list[_Item] = Factory(list)
    paragraphs: list[_Paragraph] = Factory(list)
    runs: list[_Run] = Factory(list)
    tables: list[_Table] = Factory(list)
    cells: list[_Cell] = Factory(list)
    all_cells: list[_Cell] = Factory(list)
    fields: list[bool] = Factory(list)
    overrides: list[bool] = Factory(list)
    gone: int = 0
    items: int = 0

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a paragraph, a run or a part of a table, or take a property of one."""
        name = path[-1]
        if self._is_gone(path):
            return
        match name:
            case "p":
                self.paragraphs.append(_Paragraph())
                self._add(self.paragraphs[-1])
            case "r":
                self.runs.append(_Run(is_beside=path[-2] == "rt" or any(self.overrides)))
            case "tbl":
                self.tables.append(_Table())
                self._add(self.tables[-1])
            case "tr" if self.tables:
                self.tables[-1].rows.append(_Row())
            case "tc":
                self.cells.append(_Cell())
                self.all_cells.append(self.cells[-1])
                if self.tables and self.tables[-1].rows:
                    self.tables[-1].rows[-1].cells.append(self.cells[-1])
            case _ if name in _OF_TABLES:
                self._take_of_table(path[-3:], attributes)
            case _ if name in _OF_TEXT:
                self._take_of_text(path[-3:], attributes)

    def _is_gone(self, path: Sequence[str]) -> bool:
        """Return whether an element is within what is gone; the properties of a row say that the row is."""
        if path[-2:] == ["trPr", "del"] and not self.gone and self.tables:
            self.tables[-1].rows[-1].is_gone = True
        self.gone += path[-1] in GONE
        return bool(self.gone)

    def _add(self, item: _Item) -> None:
        (self.cells[-1].contents if self.cells else self.contents).append(item)
        self.items += 1
        check_blocks(self.items)

    def _field(self, kind: str | None) -> None:
        """Begin or end a field, or the result that it shows; without one, nobody has computed it yet."""
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields and not self.fields.pop():
            self._write(DRAWN)

    def _write(self, text: str) -> None:
        """Write a text at the end of the run at hand, or else of the paragraph, unless it instructs a field."""
        if all(self.fields) and (self.runs or self.paragraphs):
            (self.runs or self.paragraphs)[-1].parts.append(text)

    def _take_of_text(self, path: Sequence[str], attributes: Attributes) -> None:
        match path:
            case ["r", "rPr", name] if name in LOOKS:
                self.runs[-1].look.take(name, attributes)
            case ["r", "rPr", "rStyle"]:
                self.runs[-1].style = attributes.get(VAL, "")
            case ["rPr", outer, name] if outer == _INK and name == _NO_INK and self.runs:
                self.runs[-1].look.is_tiny = True
            case [_, "r", name] if name in _BREAKS:
                self._write(_BREAKS[name])
            case [_, "r", "sym"]:
                self._write(_symbol(attributes.get(_CHAR, "")))
            case [_, "r", "fldChar"]:
                self._field(attributes.get(_FIELD))
            case [_, _, name] if name in _DRAWN and attributes.get("behindDoc") not in {"1", "true"}:
                self._write(DRAWN)
            case _:
                self._take_of_paragraph(path, attributes)

    def _take_of_paragraph(self, path: Sequence[str], attributes: Attributes) -> None:
        match path:
            case ["p", "pPr", "pStyle"]:
                self.paragraphs[-1].style = attributes.get(VAL, "")
            case ["pPr", "numPr", name] if self.paragraphs:
                self.paragraphs[-1].numbered.take(name, attributes.get(VAL))
            case ["p", "pPr", "shd"]:
                self.paragraphs[-1].paper = shading(attributes)
            case ["tc", "tcPr", "shd"]:
                self.cells[-1].paper = shading(attributes)
            case ["tbl", "tblPr", "shd"]:
                self.tables[-1].paper = shading(attributes)
            case [_, "ffData", _] if self.paragraphs:
                self.paragraphs[-1].parts.append(DRAWN)
            case [_, _, "bdo"]:
                self.overrides.append(attributes.get(VAL) == "rtl")

    def _take_of_table(self, path: Sequence[str], attributes: Attributes) -> None:
        value = attributes.get(VAL)
        match path:
            case ["tbl", "tblPr", "tblStyle"] if value in self.styles.shaded:
                self.tables[-1].paper = "?"
            case ["tc", "tcPr", "gridSpan"]:
                self.cells[-1].columns = _number(value, 1)
            case ["tc", "tcPr", "vMerge"]:
                self.cells[-1].goes_on = value != "restart"
            case ["tc", "tcPr", "cellMerge"]:
                self.cells[-1].goes_on = attributes.get(_MERGE) == "cont"
            case ["tc", "tcPr", "cellDel"]:
                self.cells[-1].is_gone = True
            case ["tc", "tcPr", "hMerge"]:
                self.cells[-1].goes_on_beside = value != "restart"
            case [_, "tc", "altChunk"]:
                self._add(_Paragraph([DRAWN]))
            case ["tr", "trPr", "hidden"] if self.tables:
                self.tables[-1].rows[-1].is_gone |= value not in {"0", "false", "off"}
            case ["tr", "trPr", "gridBefore"] if self.tables:
                self.tables[-1].rows[-1].before = _number(value, 0)

    @property
    def _paper(self) -> str:
        """The colour on which the text at hand is printed; that of a text that is in no cell is not known."""
        if not self.cells:
            return "?"
        within: tuple[Sequence[_Paragraph | _Cell | _Table], ...] = self.paragraphs[-1:], self.cells, self.tables
        papers = (each.paper for items in within for each in reversed(items))
        return next(filter(None, papers), "FFFFFF")

    def end(self, path: Sequence[str]) -> None:
        """End a paragraph, a run or a part of a table."""
        name = path[-1]
        if self.gone:
            self.gone -= name in GONE
            return
        match name:
            case "p":
                paragraph = self.paragraphs.pop()
                if self.numbering.shows(paragraph.numbered.over(self.styles.number(paragraph.style))):
                    paragraph.parts.insert(0, NUMBERED)
            case "r":
                run = self.runs.pop()
                if self.paragraphs:
                    paragraph = self.paragraphs[-1]
                    look = run.look.over(self.styles.look(paragraph.style, run.style))
                    paragraph.parts.append(run.shown(look, self._paper if look.ink else ""))
            case "bdo":
                self.overrides.pop()
            case "tbl":
                table = self.tables.pop()
                if self.tables and not table.is_frame:
                    self.tables[-1].is_layout = True
            case "tc":
                self.cells.pop()

    def text(self, path: Sequence[str], text: str) -> None:
        """Take the text of a run."""
        if path[-1] == "t" and path[-2] == "r" and not self.gone:
            self._write(text)


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
    """Return a character of a font of pictures, such as a tick or a digit in a ring; never one of text."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return "\ufffd"
    number = int(code, 16)
    return chr(number if number > _LAST_SHORT else number + _PRIVATE).encode("utf-8", "replace").decode()


_PRIVATE, _LAST_SHORT = 0xF000, 0xFF
"""Where the characters of such fonts stand, which files may also number from zero."""


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
            if text := without_signs(item.text):
                lines += 1
                yield Paragraph(text, Place(line=lines))
        elif item.is_layout:
            waiting += reversed(item.contents)
        else:
            tables += 1
            yield Table(_rows(item, tables), Place(table=tables))


def _rows(table: _Table, number: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    open_at: dict[int, tuple[int, int]] = {}  # grid column → the cell that reaches down in it: row, place in the row
    count = 0
    for at, row in enumerate(row for row in table.rows if not row.is_gone):
        cells = [Cell("", columns=row.before, place=Place(table=number, row=at + 1, column=1))] if row.before else []
        column = row.before
        beside = -1  # the row in which the cell to the left begins
        for cell in (cell for cell in row.cells if not cell.is_gone):
            if cell.goes_on_beside and beside >= 0:
                if beside == at:
                    cells[-1] = evolve(cells[-1], columns=cells[-1].columns + cell.columns)
            elif cell.goes_on and column in open_at:
                begun, index = open_at[column]
                beside = begun
                old = rows[begun][index]
                rows[begun][index] = Cell(old.text, at - begun + 1, old.columns, old.place)
            else:
                beside = at
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
    """Return the text of a cell, a line a paragraph; a table that is no layout has only frames in its cells."""
    lines: list[str] = []
    waiting = [*reversed(cell.contents)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Paragraph):
            lines.append(item.text)
        else:
            waiting += reversed(item.contents)
    return with_signs("\n".join(filter(None, lines)))
