"""XLSX → tables, one a visible sheet. Cells are taken as they come by, and only those of the part that is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from posixpath import join, normpath

from attrs import Factory, define

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.notation.cell_text import is_value
from gkformat.readers.document import Document
from gkformat.readers.files.conditional_format import Conditions
from gkformat.readers.files.number_format import BUILT_IN, shown_text, shown_value
from gkformat.readers.files.package import Attributes, Package, parse_part
from gkformat.readers.files.sums import Formula, Sums
from gkformat.readers.files.workbook_look import PROPERTIES, TRUE, Fill, Font, Looks
from gkformat.readers.files.worksheet import COLUMNS, ROWS, Area, Worksheet, is_behind, papers, position, tables
from gkformat.readers.guard import guarded

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"


def parse(data: bytes) -> Document:
    """Parse each visible sheet into a table; a formula counts as the value that the file stores for it.

    A formula without a stored value, or a sum with another than its cells add up to, is given as it stands, after `=`,
    for its cell is not blank. Of a form of ours, only its own sheets are looked at, and what they print. Raises
    `Unreadable` if the file is damaged, or if a sheet has more rows than are looked at.
    """
    with guarded("XLSX"):
        return Document("spreadsheet", list(tables(_sheets(Package(data)))))


def _sheets(package: Package) -> Iterator[tuple[str, Worksheet]]:
    """Yield each visible sheet with its name."""
    book, relations = _contents(package)
    strings, styles = _Strings(), _Styles()
    if (part := relations.of_kind("sharedStrings")) in package.names:
        parse_part(package.part(part), MAIN, strings)
    if (part := relations.of_kind("styles")) in package.names:
        parse_part(package.part(part), MAIN, styles)
    areas = {book.sheets[number].get("name"): area for number, area in papers(book.names, len(book.sheets)).items()}
    for name, part in sorted(_visible_sheets(package, book, relations), key=lambda each: is_behind(areas.get(each[0]))):
        if areas and name not in areas:
            continue
        found = _Sheet(strings.texts, styles, book.epoch)
        parse_part(package.part(part), MAIN, found)
        found.show_formulas()
        found.show_conditions()
        found.sheet.cut(areas.get(name))
        yield name, found.sheet


def sheet_parts(package: Package) -> Mapping[str, str]:
    """Return the part of each visible sheet by the name of the sheet. Raises `Unreadable` if there is no workbook."""
    return dict(_visible_sheets(package, *_contents(package)))


def _contents(package: Package) -> tuple["_Book", "_Relations"]:
    if "xl/workbook.xml" not in package.names:
        raise Unreadable(Words("不是 XLSX 工作簿，请另存为 XLSX", "not an XLSX workbook: save it as XLSX"))
    book, relations = _Book(), _Relations()
    parse_part(package.part("xl/workbook.xml"), MAIN, book)
    parse_part(package.part("xl/_rels/workbook.xml.rels"), _RELATIONS, relations)
    return book, relations


def _visible_sheets(package: Package, book: "_Book", relations: "_Relations") -> Iterator[tuple[str, str]]:
    for sheet in book.sheets:
        kind, part = relations.parts.get(sheet.get(_ID, ""), ("", ""))
        if kind == "worksheet" and part in package.names and sheet.get("state", "visible") == "visible":
            yield sheet.get("name", ""), part


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
    """The sheets of a workbook, names that belong to one of them, and the day from which it counts its dates."""

    sheets: list[Attributes] = Factory(list)
    names: dict[tuple[int, str], str] = Factory(dict)
    name: tuple[int, str] = (0, "")
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no time zones

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take a sheet, or the properties of the workbook."""
        if path[-1] == "sheet":
            self.sheets.append(attributes)
        elif path[-1] == "definedName":
            self.name = int(attributes.get("localSheetId", -1)), attributes["name"]
            self.names[self.name] = ""
        elif path[-1] == "workbookPr" and attributes.get("date1904") in TRUE:
            self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001

    def text(self, path: Sequence[str], text: str) -> None:
        """Take a piece of what a name refers to."""
        if path[-1] == "definedName":
            self.names[self.name] += text


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
    """The piece of a rich text at hand. What is no part of its number is put in brackets: 22¹ is not 221."""

    font: Font = Factory(Font)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a piece or a text, or take a property of the piece."""
        name = path[-1]
        if name in {"r", "si", "c"}:
            self.font = Font()
        elif name in PROPERTIES and path[-2] == "rPr":
            self.font.take(name, attributes)

    def shown(self, text: str) -> str:
        """Return a text of the piece."""
        return f"〔{text}〕" if text.strip() and self.font.is_apart_on(_PAGE) else text


_PAGE = Fill()


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
    """The format of each style, and which styles set a value apart.

    `borders` and `ruled` are the numbers of borders with a line, and of the styles that use them.
    """

    formats: dict[str, str] = Factory(dict)
    looks: Looks = Factory(Looks)
    codes: list[str] = Factory(list)
    beside: set[int] = Factory(set)
    borders: list[bool] = Factory(list)
    ruled: set[int] = Factory(set)

    def code(self, style: int) -> str:
        """Return the format of a style, empty for none."""
        return self.codes[style] if style < len(self.codes) else ""

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take the format of numbers, a font or a property of it, or a style that uses them."""
        self.looks.start(path, attributes)
        if path[-2:] == ["borders", "border"]:
            self.borders.append(False)
        elif path[-3:-1] == ["borders", "border"]:
            self.borders[-1] |= attributes.get("style", "none") != "none"
        elif path[-1] == "numFmt":
            self.formats[attributes["numFmtId"]] = attributes["formatCode"]
        elif path[-2:] == ["cellXfs", "xf"]:
            if self.looks.is_apart(attributes):
                self.beside.add(len(self.codes))
            border = int(attributes.get("borderId", 0))
            if border < len(self.borders) and self.borders[border]:
                self.ruled.add(len(self.codes))
            number = attributes.get("numFmtId", "0")
            self.codes.append(self.formats[number] if number in self.formats else BUILT_IN.get(int(number), ""))
        elif path[-3:] == ["cellXfs", "xf", "alignment"] and attributes.get("horizontal") == "fill":
            self.beside.add(len(self.codes) - 1)  # a 5 that is repeated as often as the cell is wide


def _is_shown(path: Sequence[str], around: str) -> bool:
    return path[-1] == "t" and (path[-2] == around or (path[-2] == "r" and path[-3] == around))


# -- a sheet -------------------------------------------------------------------------------------------


@define
class _Sheet(_Part):
    """A sheet. The fields from `row` on are the cell at hand.

    `shared` are the formulas that several cells share, by their number, each with the cell for which it is written.
    """

    strings: Sequence[str]
    styles: _Styles
    epoch: datetime
    sheet: Worksheet = Factory(Worksheet)
    sums: Sums = Factory(Sums)
    shared: dict[str, tuple[str, int, int]] = Factory(dict)
    row: int = 0
    column: int = 0
    kind: str = ""
    style: int = 0
    value: list[str] = Factory(list)
    has_value: bool = False
    formula: list[str] | None = None
    share: str = ""
    shows_zeros: bool = True
    shows_formulas: bool = False
    conditions: Conditions = Factory(lambda sheet: Conditions(sheet.styles.looks.changes()), takes_self=True)
    run: _Run = Factory(_Run)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a row or a cell, or take a merged cell."""
        self.run.start(path, attributes)
        match path[-1]:
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
                if _is_hidden(attributes, "ht"):
                    self.sheet.hidden_rows.add(self.row)
            case "col" if _is_hidden(attributes, "width"):
                columns = range(int(attributes["min"]), min(int(attributes["max"]), COLUMNS) + 1)
                self.sheet.hidden_columns.update(columns)
            case "sheetView":
                self.shows_zeros = attributes.get("showZeros", "1") in TRUE
                self.shows_formulas = attributes.get("showFormulas") in TRUE
            case "c":
                reference = attributes.get("r")
                self.row, self.column = position(reference) if reference else (self.row, self.column + 1)
                self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
                self.value, self.has_value, self.formula, self.share = [], False, None, ""
                self.sheet.extend(self.row)
            case "f":
                self.formula, self.share = [], attributes.get("si", "")
            case "v" if self.kind == "str":
                self.has_value = True  # an empty text, too
            case "mergeCell":
                self.sheet.areas.append(Area.named(attributes["ref"]))
            case "conditionalFormatting" | "cfRule" | "iconSet" | "dataBar" | "formula":
                self.conditions.start(path, attributes)

    def text(self, path: Sequence[str], text: str) -> None:
        """Take a piece of the value or the formula of a cell."""
        name = path[-1]
        if name == "formula":
            self.conditions.text(text)
        elif name == "f" and self.formula is not None:
            self.formula.append(text)
        elif _is_shown(path, "is") if self.kind == "inlineStr" else name == "v":
            self.value.append(self.run.shown(text))

    def end(self, path: Sequence[str]) -> None:
        """End a cell."""
        if path[-1] == "c" and self.row <= ROWS and self.column <= COLUMNS:
            at, value = (self.row, self.column), "".join(self.value)
            text = self._shown(value)
            is_beside = text and self.style in self.styles.beside and "〔" not in text
            self.sheet.texts[at] = f"〔{text}〕" if is_beside else text
            if self.style in self.styles.ruled:
                self.sheet.ruled.add(self.row)
            if self.formula is not None:
                self.sums.formulas[at] = self._formula("".join(self.formula))
            if value or self.has_value:
                self.sums.stored[at] = None if self.kind == "e" else float(value) if self.kind == "n" else text

    def _formula(self, text: str) -> Formula:
        """Return the formula of the cell, which may be written in another cell that shares it."""
        if text and self.share:
            self.shared[self.share] = (text, self.row, self.column)
        text, row, column = self.shared.get(self.share, (text, self.row, self.column))
        return Formula(text, self.row - row, self.column - column)

    def show_formulas(self) -> None:
        """Show the formulas that have no value, or not the one to which their cells add up; all if the sheet does."""
        for at in [*self.sums.formulas] if self.shows_formulas else self.sums.not_computed():
            self.sheet.texts[at] = f"={self.sums.formulas[at].text}"

    def show_conditions(self) -> None:
        """Put in brackets what a conditional format hides or changes; say where one may."""
        for at, is_changed in dict(self.conditions.changed(self.sheet.texts, self.sums.stored)).items():
            text = self.sheet.texts[at]
            self.sheet.texts[at] = f"〔{text}〕" if is_changed else f"{text}〔条件格式〕" if is_value(text) else text

    def _shown(self, value: str) -> str:
        """Return the stored value of the cell as text."""
        code = self.styles.code(self.style)
        match self.kind if value else "":
            case "s":
                return shown_text(self.strings[int(value)], code)
            case "b":
                return str(bool(int(value)))
            case "n" if not self.shows_zeros and not float(value):
                return ""
            case "n":
                return shown_value(value, code, self.epoch)
            case "str" | "inlineStr":
                return shown_text(value, code)
        return value


_SMALLEST = {"ht": 2.0, "width": 0.5}
"""The height of a row in points, and the width of a column in digits, of which one sees nothing."""


def _is_hidden(attributes: Attributes, size: str) -> bool:
    """Check whether a row or a column is not seen: hidden, or of no size."""
    return attributes.get("hidden") in TRUE or float(attributes.get(size, _SMALLEST[size])) < _SMALLEST[size]
