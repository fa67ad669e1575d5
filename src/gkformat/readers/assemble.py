"""Sheet → report as found."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from gkformat.base.address import Address
from gkformat.base.findings import Mark
from gkformat.forms.editions import EDITIONS, AnyReport
from gkformat.judgement.judge import in_order
from gkformat.judgement.marks import implied_zeros
from gkformat.judgement.revision import as_found
from gkformat.notation.cell_text import classify
from gkformat.notation.domains import Money
from gkformat.notation.outline import Node, build, nodes, numbers
from gkformat.readers.matching.findings import finding
from gkformat.readers.sheet import Entry, Matched, Reading, Sheet


def assemble_reading(matched: Matched, *, agency: str = "", year: int | None = None) -> Reading:
    """Return a sheet with its report as found; without one if the edition or the year is missing, or it is not whole.

    `agency` and `year` are used if the document does not state them. Cells that the sheet lacks are added to it as
    `absent`. Every cell without a number has the value 0 and a mark.
    """
    sheet = matched.sheet
    title = {"agency": sheet.agency or agency, "year": sheet.year or year}
    edition = EDITIONS.get(sheet.edition)
    cls = (edition or EDITIONS[[*EDITIONS][-1]]).report
    entries = sheet.entries
    absent = Entry(Address(), "", "absent")
    cells = [entries.get(at) or attrs.evolve(absent, at=at) for at in numbers(cls)]
    complete_sheet = attrs.evolve(sheet, cells=tuple(cells))
    all_findings = [
        *matched.findings,
        *(finding(cls, "title-incomplete", Address(name)) for name, value in title.items() if not value),
    ]
    report = _report(cls, complete_sheet, title) if edition and title["year"] and matched.is_whole else None
    return Reading(report, complete_sheet, in_order(cls, all_findings))


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
