"""Document → sheet → report as found: the one way that every kind of file takes."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import attrs

from gkformat.base.address import Address
from gkformat.base.errors import Unreadable
from gkformat.base.findings import Finding, Mark
from gkformat.forms.editions import EDITIONS, AnyReport
from gkformat.judgement.judge import ordered
from gkformat.judgement.revision import as_found
from gkformat.notation.domains import Money
from gkformat.notation.outline import Node, nodes, numbers, outline, per_class
from gkformat.readers.document import Block, Document, NoForm, Paragraph, Table
from gkformat.readers.limits import TABLE_CELLS
from gkformat.readers.matching import untabulated
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.header import headers
from gkformat.readers.matching.labels import letters
from gkformat.readers.matching.sections import Texts, sections, split, texts, title
from gkformat.readers.matching.tables import Matched, finding, match
from gkformat.readers.sheet import Entry, Reading, Sheet


def of_document(document: Document, *, agency: str = "", year: int | None = None) -> Reading:
    """Look for a report in a document; `agency` and `year` are for one that does not say them.

    Raises `NoForm`, and `Unreadable` for tables that are too large.
    """
    if sum(len(row) for table in _tables(document.blocks) for row in table.rows) > TABLE_CELLS:
        raise Unreadable(f"表格过大，超过 {TABLE_CELLS} 格 / the tables have more than {TABLE_CELLS} cells")
    edition, certain = _edition(document.blocks)
    cls = EDITIONS[edition].report
    matched, prose = _looked_through(cls, list(split(cls, document.blocks)))
    if not matched.cells and not prose.found:
        raise NoForm(
            f"文件（{document.kind}）中没有找到年度报告格式的表格和标题"
            f" / no table and no heading of the annual report was found in this file ({document.kind})"
        )
    named = title(document, prose.front)
    findings = [*matched.findings, *_about_texts(cls, prose)]
    if not certain:
        findings.append(finding(cls, "edition-unknown", Address()))
    leftovers = (*matched.leftovers, *(item for those in prose.leftovers.values() for item in those))
    sheet = Sheet(
        document.kind,
        edition if certain else "",
        named.agency,
        named.year,
        tuple(matched.cells.values()),
        prose.entries,
        matched.merged,
        leftovers,
    )
    return _reading(sheet, findings, {"agency": named.agency or agency, "year": named.year or year})


def _looked_through(cls: type, blocks: Sequence[Block]) -> tuple[Matched, Texts]:
    """The cells and the texts of a document. Where a table is missing, the text may have it without any lines."""
    matched = match(cls, _tables(blocks))
    missing = frozenset(item.at for item in matched.findings if item.rule == "table-missing")
    if missing:
        blocks = untabulated.tables(cls, blocks, missing)
        matched = match(cls, _tables(blocks))
    return matched, texts(cls, blocks, matched.sources)


def _tables(blocks: Iterable[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _about_texts(cls: type, prose: Texts) -> list[Finding]:
    missing = [finding(cls, "section-missing", node.at) for node in sections(cls) if node.at not in prose.found]
    odd = [
        finding(cls, "not-in-form", at, "\n".join(item.text for item in those)) for at, those in prose.leftovers.items()
    ]
    return [*missing, *odd]


# -- the edition ---------------------------------------------------------------------------------------


def _edition(blocks: Sequence[Block]) -> tuple[str, bool]:
    """The edition whose own labels of rows and columns stand in the tables, and whether that is certain."""
    said = {
        letters(cell.text)
        for table in _tables(blocks)
        for row in table.rows
        for cell in row
        if len(cell.text) < 100  # noqa: PLR2004 - no label is so long
    }
    text = letters("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    scores = {
        name: len(said & _own(edition.report)) + sum(header in text for header in _own_headers(edition.report))
        for name, edition in EDITIONS.items()
    }
    best = max(scores, key=lambda name: scores[name])
    certain = scores[best] > max((score for name, score in scores.items() if name != best), default=0)
    return best if certain else [*EDITIONS][-1], certain


@per_class
def _own(cls: type) -> frozenset[str]:
    """The labels that only this edition has."""
    others = [edition.report for edition in EDITIONS.values() if edition.report is not cls]
    return _labels(cls).difference(*map(_labels, others))


@per_class
def _own_headers(cls: type) -> frozenset[str]:
    """All labels of a header together, as a text without tables has them, of the headers that only this edition has."""
    others = [edition.report for edition in EDITIONS.values() if edition.report is not cls]
    return _all_headers(cls).difference(*map(_all_headers, others))


@per_class
def _all_headers(cls: type) -> frozenset[str]:
    return frozenset(said for orders in headers(cls).values() for said in orders)


@per_class
def _labels(cls: type) -> frozenset[str]:
    rows = (text for band in bands(cls) for row in band.rows for text in row.labels)
    return frozenset(map(letters, [*rows, *(text for band in bands(cls) for text in band.header)]))


# -- sheet → report ------------------------------------------------------------------------------------


def _reading(sheet: Sheet, findings: Iterable[Finding], title: Mapping[str, str | int | None]) -> Reading:
    """The report that a sheet is, as found; without one if the edition, the year or a whole table is not there.

    Cells that the sheet has not are added to it as `missing`. A cell that is open has the value 0 and a mark `blank`.
    """
    edition = EDITIONS.get(sheet.edition)
    cls = (edition or EDITIONS[[*EDITIONS][-1]]).report
    entries = sheet.entries
    absent = Entry(Address(), "", "missing")
    cells = [entries.get(at) or attrs.evolve(absent, at=at) for at in numbers(cls)]
    whole = attrs.evolve(sheet, cells=tuple(cells))
    said = [*findings, *(finding(cls, "title-incomplete", Address(name)) for name, value in title.items() if not value)]
    complete = edition and title["year"] and not any(item.rule == "table-missing" for item in said)
    report = _report(cls, whole, title) if complete else None
    return Reading(report, whole, ordered(cls, said))


def _report(cls: type[AnyReport], sheet: Sheet, title: Mapping[str, Any]) -> AnyReport:
    entries = sheet.entries
    folded = {node.at for at in sheet.merged for node in nodes(cls)[at].walk() if node.is_cell}
    fields: dict[str, Any] = {node.name: _box(node, entries) for node in outline(cls).children if node.type is not None}
    fields |= {entry.at: entry.text for entry in sheet.texts}
    merged = [Mark(at, "merged") for at in sheet.merged]
    unfilled = [entry for entry in sheet.cells if not (entry.state == "missing" and entry.at in folded)]
    marks = [mark for entry in unfilled if (mark := _mark(entry))]
    return as_found(cls, **title, marks=(*merged, *marks), **fields)


def _box(node: Node, entries: Mapping[Address, Entry]) -> Any:
    cls = cast("type[Any]", node.type)
    return cls(**{child.name: _value(child, entries) for child in node.children})


def _value(node: Node, entries: Mapping[Address, Entry]) -> Any:
    if node.type is not None:
        return _box(node, entries)
    value = entries[node.at].value
    zero = Decimal(0) if isinstance(node.domain, Money) else 0
    return zero if value is None else value


def _mark(entry: Entry) -> Mark | None:
    if entry.state == "number":
        return None
    return Mark(entry.at, "annotated" if entry.state == "annotated" else "blank", entry.text)
