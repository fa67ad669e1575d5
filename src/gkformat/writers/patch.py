"""Put changed numbers into somebody's own file, in the cells where they stood."""

from collections.abc import Mapping
from importlib import import_module
from io import BytesIO
from os import PathLike
from pathlib import Path
from zipfile import ZipFile

from attrs import evolve

from gkformat.base.address import Address, ByAddress
from gkformat.base.arguments import BY_ADDRESS, PATH, demand
from gkformat.base.atomic import open_atomic
from gkformat.base.errors import Fault, Malformed, Unwritable, excerpt
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.base.words import Words
from gkformat.forms.editions import EDITIONS, AnyReport
from gkformat.notation.cell_text import FORMULA, classify
from gkformat.notation.outline import find, label, label_faults, number_indexes, numbers
from gkformat.readers import read
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.files.package import Package
from gkformat.readers.matching.values import read_cell
from gkformat.readers.sheet import Leftover, Matched, Sheet
from gkformat.writers import write
from gkformat.writers.texts import Rewritten

_KINDS = {"word": ".docx", "spreadsheet": ".xlsx"}
"""The kinds of file that can be patched, with their suffixes."""


@frozen
class PatchedCell:
    """A cell whose text was replaced: `found` in the paper at `place`, `written` instead."""

    at: Address
    label: str
    found: str
    written: str
    place: Place = NOWHERE


@frozen
class Patched:
    """What was done: the cells, and, if the report was written anew, the texts of the paper that are `lost`.

    `computed` are the cells of the form that are formulas in the workbook. Programs compute these when they open it:
    a number that was put into one lasts until then, and so do sums of what was changed.
    """

    cells: tuple[PatchedCell, ...]
    computed: tuple[Address, ...] = ()
    is_new: bool = False
    lost: tuple[Leftover, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()


def patch(paper: str | PathLike[str], path: str | PathLike[str], changes: ByAddress[Number | str]) -> Patched:
    """Write a paper with changed numbers, by address, or their written forms; a cell keeps its look, all else stays.

    This is so for DOCX and XLSX. A paper of another kind, or one that is written to another suffix, is written anew as
    the official form, as `write` does, and what is lost is returned. No other number changes: sums are changed only if
    they are among the changes. Raises `Malformed` for an address or a number that the form does not have, or a cell
    that the paper does not have, `Unreadable` as `read` does, `Unwritable` if the file cannot be changed without
    changing more, or `path` is the paper itself, by whatever name, and `OSError`. Nothing is written then.
    """
    demand(PATH, paper=paper, path=path)
    demand(BY_ADDRESS, changes=changes)
    if Path(path).is_file() and Path(path).samefile(paper):
        raise Unwritable(_PAPER_ITSELF)
    data = Path(paper).read_bytes()
    reading = read(data)
    in_place = _KINDS.get(reading.sheet.kind) == Path(path).suffix.lower()
    patched = _patched_cells(reading.sheet, changes, in_place=in_place)
    if not in_place:
        return _written_anew(reading.sheet, path, patched)
    whole = _replaced(data, reading.sheet.kind, {cell.place: cell.written for cell in patched})
    _verify(reading.sheet, read(whole).sheet, patched)
    with open_atomic(path) as file:
        file.write(whole)
    return Patched(patched, _computed(whole, reading.sheet))


_PAPER_ITSELF = Words("不能写回原文件；请另取文件名", "the paper itself cannot be written over; choose another name")


def _form(sheet: Sheet) -> type[AnyReport]:
    return EDITIONS[sheet.edition or [*EDITIONS][-1]].report


def _patched_cells(sheet: Sheet, changes: ByAddress[Number | str], *, in_place: bool) -> tuple[PatchedCell, ...]:
    cls, entries = _form(sheet), sheet.entries
    faults: list[Fault] = []
    cells: list[PatchedCell] = []
    for address, number in changes.items():
        try:
            node = find(cls, address)
        except Malformed as error:
            faults += error.faults
            continue
        entry, written = entries.get(node.at), str(number)
        if not node.is_cell:
            faults.append(Fault("out-of-range", node.at, found=excerpt(address), expected=_A_NUMBER))
        elif classify(node, written)[0] != "number":
            faults.append(Fault("out-of-range", node.at, found=excerpt(written), expected=node.expected))
        elif entry is None or (in_place and entry.place == NOWHERE):
            faults.append(Fault("missing", node.at, expected=_A_CELL))
        else:
            cells.append(PatchedCell(node.at, label(cls, node.at), entry.text, written, entry.place))
    if faults:
        raise Malformed(label_faults(cls, faults))
    return tuple(sorted(cells, key=lambda cell: number_indexes(cls)[cell.at]))


_A_NUMBER = Words("表内数字的地址", "the address of a number in the tables")
_A_CELL = Words("文件中有的格", "a cell that the document has")


def _replaced(data: bytes, kind: str, texts: Mapping[Place, str]) -> bytes:
    """Return a package with texts put into cells; all its other parts, their order and their dates stay."""
    try:
        parts: Mapping[str, bytes] = import_module(f"gkformat.writers.patch_{kind}").patched_parts(Package(data), texts)
    except LookupError:
        raise Unwritable(_NOT_THERE) from None
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as new:
        for member in old.infolist():
            new.writestr(member, parts.get(member.filename, old.read(member)))
    return file.getvalue()


def _computed(data: bytes, sheet: Sheet) -> tuple[Address, ...]:
    if sheet.kind != "spreadsheet":
        return ()
    from gkformat.writers.patch_spreadsheet import computed  # noqa: PLC0415 - of this kind only

    places = {entry.at: entry.place for entry in sheet.cells if entry.place != NOWHERE}
    found = computed(Package(data), places.values())
    return tuple(at for at in numbers(_form(sheet)) if places.get(at) in found)


def _verify(before: Sheet, after: Sheet, cells: tuple[PatchedCell, ...]) -> None:
    """Raise `Unwritable` unless the new file says what it should in these cells, and elsewhere what the old one did.

    A formula that adds up what was changed is computed when the file is opened.
    """
    written = {cell.at: cell.written for cell in cells}
    for at, entry in before.entries.items():
        other = after.entries.get(at)
        is_to_compute = other is not None and other.state == "unreadable" and other.text.startswith(FORMULA)
        if is_to_compute and at in written:
            raise Unwritable(_COMPUTED.format(at=at))
        if is_to_compute and after.kind == "spreadsheet":
            continue
        if other is None or (at in written and other.state != "number") or other.text != written.get(at, entry.text):
            raise Unwritable(_MORE_CHANGES.format(at=at))


_NOT_THERE = Words(
    "文件中找不到这些格的位置，不能改动；可用 gkformat write 重新写出",
    "the cells cannot be found in the file, which is left as it is; gkformat write writes the report anew",
)
_COMPUTED = Words(
    "{at} 是公式，打开文件时会重新计算成别的数，没有写出；请改公式所引的格",
    "{at} is a formula, which will come to another number when the file is opened, so nothing was written: change the "
    "cells that it adds up",
)
_MORE_CHANGES = Words(
    "改动后的文件在 {at} 处读出的不同，没有写出；可用 gkformat write 重新写出",
    "the changed file would say something else at {at}, so nothing was written; gkformat write writes the report anew",
)


def _written_anew(sheet: Sheet, path: str | PathLike[str], cells: tuple[PatchedCell, ...]) -> Patched:
    """Write the report that the paper would be with other texts in some cells."""
    written = {cell.at: read_cell(find(_form(sheet), cell.at), cell.written, cell.place) for cell in cells}
    changed = evolve(sheet, cells=tuple(written.get(entry.at, entry) for entry in sheet.cells))
    report = assemble_reading(Matched(changed, (), is_whole=True)).report
    if report is None:
        raise Unwritable(_INCOMPLETE)
    return Patched(cells, is_new=True, lost=sheet.leftovers, rewritten=write(report, path))


_INCOMPLETE = Words(
    "文件没有写明机关或年度，或缺少整张表，不能重新写出",
    "the file does not say which body or year it is of, or a whole table is missing: it cannot be written anew",
)
