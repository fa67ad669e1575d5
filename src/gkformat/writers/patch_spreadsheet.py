"""Put numbers into the cells of an XLSX: styles, formulas and everything else stay.

A cell with a formula keeps it, and the number is stored as its value. Programs compute all formulas anew when they open
the file, for others may depend on what was changed.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from gkformat.base.place import Place
from gkformat.readers.files.package import Package
from gkformat.readers.files.spreadsheet import MAIN, sheet_parts
from gkformat.readers.files.worksheet import position
from gkformat.writers.elements import Edit, Element, edited, parse_elements, prefix

_BOOK = "xl/workbook.xml"
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")


def patched_parts(package: Package, texts: Mapping[Place, str]) -> Mapping[str, bytes]:
    """Return the parts that change when texts are put into cells. Raises `LookupError` for a place without one."""
    names = sheet_parts(package)
    sheets = {names[place.sheet]: package.part(names[place.sheet]) for place in texts}
    parts = {}
    for name, xml in sheets.items():
        inside = {(at.row, at.column): text for at, text in texts.items() if names[at.sheet] == name}
        parts[name] = edited(xml, _sheet_edits(xml, inside))
    if any(_FORMULA.search(package.part(name)) for name in names.values()):
        parts[_BOOK] = _computed_on_opening(package.part(_BOOK))
    return parts


def computed(package: Package, places: Collection[Place]) -> frozenset[Place]:
    """Return the places whose cells hold formulas."""
    names = sheet_parts(package)
    cells = {sheet: _cells(parse_elements(package.part(names[sheet]), MAIN)) for sheet in {at.sheet for at in places}}
    return frozenset(at for at in places if (cell := cells[at.sheet].get((at.row, at.column))) and cell.child("f"))


def _sheet_edits(xml: bytes, texts: Mapping[tuple[int, int], str]) -> Iterator[Edit]:
    found = _cells(parse_elements(xml, MAIN))
    for at, text in texts.items():
        yield _cell_edit(xml, found[at], text)


def _cells(sheet: Element) -> Mapping[tuple[int, int], Element]:
    """Return the cells of a sheet by row and column, as the reader counts those that do not say where they are."""
    cells: dict[tuple[int, int], Element] = {}
    row = column = 0
    for element in sheet.walk():
        if element.name == "row":
            row, column = int(element.attributes.get("r", row + 1)), 0
        elif element.name == "c":
            reference = element.attributes.get("r")
            row, column = position(reference) if reference else (row, column + 1)
            cells[row, column] = element
    return cells


def _cell_edit(xml: bytes, cell: Element, text: str) -> Edit:
    """Return the edit that leaves a number in a cell; as a text, if a workbook would not keep it as it is written."""
    formula, before = cell.child("f"), prefix(xml, cell).decode()
    kept = {name: value for name, value in cell.attributes.items() if name != "t" and " " not in name}
    if formula or _is_kept(text):
        content = f"<{before}v>{text}</{before}v>"
    else:
        kept["t"], content = "inlineStr", f"<{before}is><{before}t>{text}</{before}t></{before}is>"
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in kept.items())
    inside = xml[formula.start : formula.end] if formula else b""
    return (cell.start, cell.end, f"<{before}c{attributes}>".encode() + inside + f"{content}</{before}c>".encode())


def _is_kept(text: str) -> bool:
    """Return True for a number that a workbook, which holds floating-point numbers, shows as it is written."""
    return text.removesuffix(".0") == text and repr(float(text)).removesuffix(".0") == text


def _computed_on_opening(book: bytes) -> bytes:
    """Return the part of the workbook with the request to compute all formulas when it is opened."""
    root = parse_elements(book, MAIN)
    before = prefix(book, root)
    if settings := root.child("calcPr"):
        if "fullCalcOnLoad" in settings.attributes:
            return book
        at = settings.start + len(b"<calcPr") + len(before)
        return edited(book, [(at, at, b' fullCalcOnLoad="1"')])
    last = [child for child in root.children if child.name in _BEFORE_SETTINGS][-1]
    return edited(book, [(last.end, last.end, b'<%scalcPr fullCalcOnLoad="1"/>' % before)])


_BEFORE_SETTINGS = frozenset(["sheets", "functionGroups", "externalReferences", "definedNames"])
"""What stands before the settings of computing, in the order that the format prescribes."""
