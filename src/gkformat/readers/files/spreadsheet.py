"""XLSX → tables, one a visible sheet. Cells are taken as they come by, and only those of the part that is looked at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice, product
from posixpath import join, normpath

from attrs import Factory, define, evolve

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.document import Cell, Document, Table
from gkformat.readers.files.package import Attributes, Package, parse_part
from gkformat.readers.guard import guarded
from gkformat.readers.limits import check_cells

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"

_ROWS, _COLUMNS = 2000, 100
"""Rows and columns of a sheet that are looked at; formatting alone may extend a sheet to the last possible row."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DATES = frozenset([*range(14, 23), 45, 46, 47])
"""The numbers of the built-in formats of dates and times."""

_NO_DATE = re.compile(r"\"[^\"]*\"|\[(?!(?:hh?|mm?|ss?)\])[^\[\]]*\]|[_\\].")
_LONGEST_FORMAT = 255
"""The characters that a format may have."""

_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


def parse(data: bytes) -> Document:
    """Parse each visible sheet into a table; a formula counts as the value that the file stores for it.

    A formula without a stored value is given as it stands, after `=`, for its cell is not blank. Raises `Unreadable` if
    the file is damaged, or if a sheet has more rows than are looked at.
    """
    with guarded("XLSX"):
        return Document("spreadsheet", list(_tables(Package(data))))


def _tables(package: Package) -> Iterator[Table]:
    if "xl/workbook.xml" not in package.names:
        raise Unreadable(Words("不是 XLSX 工作簿，请另存为 XLSX", "not an XLSX workbook: save it as XLSX"))
    book, relations, strings, styles = _Book(), _Relations(), _Strings(), _Styles()
    parse_part(package.part("xl/workbook.xml"), _MAIN, book)
    parse_part(package.part("xl/_rels/workbook.xml.rels"), _RELATIONS, relations)
    if (part := relations.of_kind("sharedStrings")) in package.names:
        parse_part(package.part(part), _MAIN, strings)
    if (part := relations.of_kind("styles")) in package.names:
        parse_part(package.part(part), _MAIN, styles)
    number = cells = covered = 0
    for sheet in book.sheets:
        kind, part = relations.parts.get(sheet.get(_ID, ""), ("", ""))
        if kind == "worksheet" and part in package.names and sheet.get("state", "visible") == "visible":
            number += 1
            found = _Sheet(strings.texts, styles.kinds, book.epoch)
            parse_part(package.part(part), _MAIN, found)
            seen = _extent(found)
            cells += _size(seen)
            covered += sum(_size(_within(area, seen)) for area in found.areas)
            check_cells(max(cells, covered))
            yield _table(found, seen, Place(table=number, sheet=sheet.get("name", "")))


# -- the parts of a workbook ---------------------------------------------------------------------------


@define
class _Part:
    """A part of which only the beginnings of elements matter."""

    def end(self, path: Sequence[str]) -> None:
        """Take nothing."""

    def text(self, path: Sequence[str], text: str) -> None:
        """Take nothing."""


@define
class _Book(_Part):
    """The sheets of a workbook, and the day from which it counts its dates."""

    sheets: list[Attributes] = Factory(list)
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zones

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take a sheet, or the properties of the workbook."""
        if path[-1] == "sheet":
            self.sheets.append(attributes)
        elif path[-1] == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001


@define
class _Relations(_Part):
    """The kind and the name of each part to which a workbook relates."""

    parts: dict[str, tuple[str, str]] = Factory(dict)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take a relation."""
        if path[-1] == "Relationship":
            kind = attributes["Type"].rpartition("/")[2]
            self.parts[attributes["Id"]] = (kind, normpath(join("/xl", attributes["Target"])).lstrip("/"))

    def of_kind(self, kind: str) -> str:
        """Return the name of the only part of a kind, empty if there is none."""
        return next((part for found, part in self.parts.values() if found == kind), "")


@define
class _Run:
    """The piece of a rich text at hand. What is raised, lowered or struck out is put in brackets: 22¹ is not 221."""

    is_beside: bool = False

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a piece or a text, or take a property of the piece."""
        match path[-1]:
            case "r" | "si" | "c":
                self.is_beside = False
            case "vertAlign":
                self.is_beside |= attributes.get("val") in {"superscript", "subscript"}
            case "strike":
                self.is_beside |= attributes.get("val", "1") in {"1", "true"}

    def shown(self, text: str) -> str:
        """Return a text of the piece."""
        return f"〔{text}〕" if self.is_beside else text


@define
class _Strings(_Part):
    """The texts that cells share."""

    texts: list[str] = Factory(list)
    parts: list[str] = Factory(list)
    run: _Run = Factory(_Run)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take how a piece of a text is shown."""
        self.run.start(path, attributes)

    def text(self, path: Sequence[str], text: str) -> None:
        """Take a piece of a text, but not how it is pronounced."""
        if _is_shown(path, "si"):
            self.parts.append(self.run.shown(text))

    def end(self, path: Sequence[str]) -> None:
        """End a text."""
        if path[-1] == "si":
            self.texts.append("".join(self.parts).replace("x005F_", ""))
            self.parts.clear()


@define
class _Styles(_Part):
    """Which formats, and which styles that use them, show a number as a point in time, or as a span of it."""

    formats: dict[str, str] = Factory(dict)
    kinds: dict[int, str] = Factory(dict)
    count: int = 0

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take the format of numbers, or a style that uses one."""
        if path[-1] == "numFmt":
            self.formats[attributes["numFmtId"]] = _kind_of_format(attributes["formatCode"][:_LONGEST_FORMAT])
        elif path[-2:] == ["cellXfs", "xf"]:
            if kind := self._kind(attributes.get("numFmtId", "0")):
                self.kinds[self.count] = kind
            self.count += 1

    def _kind(self, number: str) -> str:
        if number in self.formats:
            return self.formats[number]
        return "span" if number == "46" else "point" if int(number) in _DATES else ""


def _kind_of_format(code: str) -> str:
    first = code.partition(";")[0]
    if not re.search("[dmhys]", _NO_DATE.sub("", first), re.IGNORECASE):
        return ""
    return "span" if _ELAPSED.search(first) else "point"


def _is_shown(path: Sequence[str], around: str) -> bool:
    return path[-1] == "t" and (path[-2] == around or (path[-2] == "r" and path[-3] == around))


# -- a sheet -------------------------------------------------------------------------------------------


@frozen
class _Area:
    """A merged cell, or another part of a sheet: its first and its last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@define
class _Sheet(_Part):
    """The texts of a sheet by row and column, as far as it is looked at; its extent; and its merged cells.

    The fields from `row` on are the cell at hand; `is_open` if it has a formula, and perhaps no value.
    """

    strings: Sequence[str]
    styles: Mapping[int, str]
    epoch: datetime
    texts: dict[tuple[int, int], str] = Factory(dict)
    areas: list[_Area] = Factory(list)
    deep: int = 0
    row: int = 0
    column: int = 0
    kind: str = ""
    style: int = 0
    value: list[str] = Factory(list)
    formula: list[str] = Factory(list)
    is_open: bool = False
    run: _Run = Factory(_Run)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a row or a cell, or take a merged cell."""
        self.run.start(path, attributes)
        match path[-1]:
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "c":
                reference = attributes.get("r")
                self.row, self.column = _position(reference) if reference else (self.row, self.column + 1)
                self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
                self.value, self.formula, self.is_open = [], [], False
                self.deep = max(self.deep, self.row)
            case "f":
                self.formula, self.is_open = ["="], True
            case "v" if self.kind == "str":
                self.is_open = False  # an empty text was computed
            case "mergeCell":
                first, _, last = attributes["ref"].partition(":")
                self.areas.append(_Area(*_position(first), *_position(last or first)))

    def text(self, path: Sequence[str], text: str) -> None:
        """Take a piece of the value or the formula of a cell."""
        name = path[-1]
        if name == "f":
            self.formula.append(text)
        elif _is_shown(path, "is") if self.kind == "inlineStr" else name == "v":
            self.value.append(self.run.shown(text))

    def end(self, path: Sequence[str]) -> None:
        """End a cell."""
        if path[-1] == "c" and self.row <= _ROWS and self.column <= _COLUMNS:
            is_uncomputed = self.is_open and not self.value
            text = "".join(self.formula) if is_uncomputed else self._shown("".join(self.value))
            self.texts[self.row, self.column] = text

    def _shown(self, value: str) -> str:
        """Return the stored value of the cell as text."""
        match self.kind if value else "":
            case "s":
                return self.strings[int(value)]
            case "b":
                return str(bool(int(value)))
            case "n" if self.style in self.styles:
                return _shown_time(float(value), self.styles[self.style], self.epoch)
            case "n":
                return _shown_number(value)
        return value


def _shown_number(value: str) -> str:
    """Return a number as digits, never with an exponent."""
    if re.search("[.eE]", value):
        return f"{Decimal(repr(float(value))):f}".removesuffix(".0")
    return str(int(value))


def _position(reference: str) -> tuple[int, int]:
    """Return the row and the column of `C4`."""
    found = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _shown_time(value: float, kind: str, epoch: datetime) -> str:
    """Return a number of days as a span or a point in time; a point in the first day as a time of day."""
    try:
        span = timedelta(milliseconds=round(value * 86_400_000))
        if kind == "span":
            return str(span)
        if 0 <= value < 1 and not span.days:
            return str((epoch + span).time())
        early = value < 60 and epoch.year == 1899  # noqa: PLR2004 - for a leap day that 1900 did not have
        return str(epoch + span + timedelta(days=int(early and value > 0)))
    except OverflowError:
        return "#VALUE!"


def _extent(sheet: _Sheet) -> _Area:
    """Return the part of a sheet up to the last row and the last column that show a text, not only a format."""
    ends = [place for place, text in sheet.texts.items() if text]
    ends += [(area.bottom, area.right) for area in sheet.areas if sheet.texts.get((area.top, area.left))]
    deep, wide = (max(end) for end in zip(*ends, strict=True)) if ends else (0, 0)
    return _Area(1, 1, min(deep, _ROWS), min(wide, _COLUMNS))


def _within(area: _Area, other: _Area) -> _Area:
    """Return the part of an area that is within another, which begins before it."""
    return evolve(area, bottom=min(area.bottom, other.bottom), right=min(area.right, other.right))


def _size(area: _Area) -> int:
    return max(area.bottom - area.top + 1, 0) * max(area.right - area.left + 1, 0)


def _table(sheet: _Sheet, seen: _Area, place: Place) -> Table:
    spans = {(area.top, area.left): area for area in sheet.areas}
    hidden = {position for area in sheet.areas for position in _covered(_within(area, seen))}
    rows = [
        [
            _cell(sheet.texts.get((row, column), ""), spans.get((row, column)), evolve(place, row=row, column=column))
            for column in range(1, seen.right + 1)
            if (row, column) not in hidden
        ]
        for row in range(1, seen.bottom + 1)
    ]
    if sheet.deep > _ROWS == seen.bottom and any(cell.text for cell in rows[-1]):
        raise Unreadable(Words(f"工作表过大，超过 {_ROWS} 行", f"a sheet has more than {_ROWS} rows"))
    return Table(rows, place)


def _covered(area: _Area) -> Iterator[tuple[int, int]]:
    """Yield the positions that a merged cell covers, except its first."""
    positions = product(range(area.top, area.bottom + 1), range(area.left, area.right + 1))
    return islice(positions, 1, None)


def _cell(text: str, area: _Area | None, place: Place) -> Cell:
    if area is None:
        return Cell(text, place=place)
    return Cell(text, area.bottom - area.top + 1, area.right - area.left + 1, place)
