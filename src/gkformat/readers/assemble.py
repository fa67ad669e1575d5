"""Sheet → report as found."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import attrs

from gkformat.base.address import Address
from gkformat.base.findings import Finding, Mark
from gkformat.base.words import Words
from gkformat.forms.editions import EDITIONS, AnyReport
from gkformat.judgement.judge import in_order
from gkformat.judgement.marks import implied_zeros
from gkformat.judgement.revision import as_found
from gkformat.notation.cell_text import classify
from gkformat.notation.domains import Money
from gkformat.notation.outline import Node, build, nodes, numbers
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.titles import Title, is_same_body, read_outer_title
from gkformat.readers.matching.witnesses import Witness, said_by
from gkformat.readers.sheet import Entry, Matched, Reading, Sheet


def assemble_reading(matched: Matched, *, agency: str = "", year: int | None = None, file_name: str = "") -> Reading:
    """Return a sheet with its report as found; without one if the edition or the year is missing, or it is not whole.

    `agency` and `year` are used if the document does not state them, and what its name says if nobody does. Cells that
    the sheet lacks are added to it as `absent`. Every cell without a number has the value 0 and a mark.
    """
    sheet = matched.sheet
    named = read_outer_title(PurePath(file_name).stem) or Title()
    known = {"agency": sheet.agency or agency, "year": sheet.year or year}
    by_name = {"agency": named.agency, "year": named.year}
    title = {name: value or by_name[name] for name, value in known.items()}
    edition = EDITIONS.get(sheet.edition)
    cls = (edition or EDITIONS[[*EDITIONS][-1]]).report
    entries = sheet.entries
    absent = Entry(Address(), "", "absent")
    cells = [entries.get(at) or attrs.evolve(absent, at=at) for at in numbers(cls)]
    complete_sheet = attrs.evolve(sheet, cells=tuple(cells))
    all_findings = [
        *matched.findings,
        *_about_title(cls, known, by_name),
    ]
    report = _report(cls, complete_sheet, title) if edition and title["year"] and matched.is_whole else None
    return Reading(report, complete_sheet, in_order(cls, all_findings))


def _about_title(cls: type, known: Mapping[str, Any], by_name: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is not stated, and what the name of the file says otherwise."""
    for name, value in known.items():
        if not value:
            rule = "title-from-file-name" if by_name[name] else "title-incomplete"
            yield finding(cls, rule, Address(name), str(by_name[name] or ""))
        elif by_name[name] and not is_same_body(str(value), str(by_name[name])):
            witnesses = Witness(_TEXT, str(value)), Witness(_FILE_NAME, str(by_name[name]))
            yield finding(cls, "title-conflict", Address(name), said_by(witnesses))


_TEXT = Words("文件内容", "the text")
_FILE_NAME = Words("文件名", "the name of the file")


def _report(cls: type[AnyReport], sheet: Sheet, title: Mapping[str, Any]) -> AnyReport:
    merged = [Mark(at, "merged") for at in sheet.merged]
    folded = {at for mark in merged for at in implied_zeros(cls, mark)}
    values = {entry.at: _value(entry, nodes(cls)[entry.at]) for entry in sheet.cells}
    values |= {entry.at: entry.text for entry in sheet.texts}
    unfilled = [entry for entry in sheet.cells if not (entry.state == "absent" and entry.at in folded)]
    marks = [mark for entry in unfilled if (mark := _mark(nodes(cls)[entry.at], entry))]
    return build(cls, values, as_found, **title, marks=(*merged, *marks))


def _value(entry: Entry, node: Node) -> Any:
    zero = Decimal(0) if isinstance(node.domain, Money) else 0
    return zero if entry.value is None else entry.value


def _mark(node: Node, entry: Entry) -> Mark | None:
    """Return the mark of a cell; without the text, if that can be read and only its place is not clear."""
    if entry.state == "number":
        return None
    state, _ = classify(node, entry.text)
    return Mark(entry.at, entry.state, entry.text if state == entry.state else "")
