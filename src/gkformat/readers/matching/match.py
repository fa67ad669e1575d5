"""Document → sheet: the one way that every kind of file takes."""

from collections.abc import Iterable, Sequence

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.forms.editions import EDITIONS
from gkformat.notation.outline import numbers, per_class
from gkformat.readers.document import Block, Document, NoForm, Paragraph, Table
from gkformat.readers.limits import check_blocks, check_cells, check_tables, check_texts
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.formulas import not_recalculated
from gkformat.readers.matching.header import header_texts
from gkformat.readers.matching.headings import split_tables
from gkformat.readers.matching.labels import all_letters, letters
from gkformat.readers.matching.main_content import main_content
from gkformat.readers.matching.one_row import restore_one_row_tables
from gkformat.readers.matching.rows import table_labels
from gkformat.readers.matching.tables import MatchedTables, match_tables
from gkformat.readers.matching.tabulation import tabulate
from gkformat.readers.matching.texts import match_texts
from gkformat.readers.sheet import Matched, Sheet

_FEWEST_SECTIONS = 2
"""The sections without a table that make a report; other texts may quote the heading of one."""


def match_document(document: Document) -> Matched:
    """Look for a report in a document.

    Raises `NoForm` if there is nothing of the form in it, and `Unreadable` if it is too large.
    """
    _check_size(document)
    edition, certain = _edition(document.blocks)
    cls = EDITIONS[edition].report
    parts = main_content(cls, document)
    matched, blocks = _matched(cls, list(split_tables(cls, parts.main)))
    texts = match_texts(cls, document, blocks, matched.sources, parts.before, parts.after)
    prose = texts.prose
    if not matched.cells and len(prose.found) < _FEWEST_SECTIONS:
        raise NoForm(document.kind)
    entries = [matched.cells[at] for at in numbers(cls) if at in matched.cells]
    findings = [*matched.findings, *not_recalculated(cls, entries), *texts.findings]
    if not certain:
        findings.append(finding(cls, "edition-unknown", Address()))
    told = (item for items in prose.leftovers.values() for item in items)
    sheet = Sheet(
        document.kind,
        edition if certain else "",
        texts.identity.agency,
        texts.identity.year,
        tuple(matched.cells.values()),
        prose.entries,
        matched.merged,
        (*matched.leftovers, *told, *prose.margins),
    )
    return Matched(sheet, tuple(findings), is_whole=_missing_tables(findings) <= prose.leftovers.keys())


def _check_size(document: Document) -> None:
    """Raise `Unreadable` if a document is too large to look for a form in it."""
    tables = _tables(document.blocks)
    check_tables(len(tables))
    rows = [row for table in tables for row in table.rows]
    check_blocks(len(document.blocks) + len(rows))
    check_cells(sum(map(len, rows)))
    lengths = [len(cell.text) for row in rows for cell in row if cell.text]
    check_texts(len(lengths), sum(lengths))


def _matched(cls: type, blocks: Sequence[Block]) -> tuple[MatchedTables, Sequence[Block]]:
    """Return the cells and the blocks of a document; a missing table is looked for in the text and in pieces."""
    matched = match_tables(cls, _tables(blocks))
    if missing := _missing_tables(matched.findings):
        blocks = tabulate(cls, blocks, missing)
        matched = match_tables(cls, _tables(blocks))
    if missing := _missing_tables(matched.findings):
        blocks, findings = restore_one_row_tables(cls, blocks, missing)
        matched = match_tables(cls, _tables(blocks))
        matched = evolve(matched, findings=(*matched.findings, *findings))
    return matched, blocks


def _missing_tables(findings: Iterable[Finding]) -> frozenset[Address]:
    return frozenset(item.at for item in findings if item.rule == "table-missing")


def _tables(blocks: Iterable[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


# -- the edition ---------------------------------------------------------------------------------------


def _edition(blocks: Sequence[Block]) -> tuple[str, bool]:
    """Return the edition whose own labels of rows and columns are in the tables, and whether that is certain."""
    texts = {
        letters(cell.text)
        for table in _tables(blocks)
        for row in table.rows
        for cell in row
        if len(cell.text) < 100  # noqa: PLR2004 - no label is so long
    }
    text = all_letters("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    scores = {
        name: len(texts & _own(edition.report)) + sum(header in text for header in _own_headers(edition.report))
        for name, edition in EDITIONS.items()
    }
    best = max(scores, key=lambda name: scores[name])
    certain = scores[best] > max((score for name, score in scores.items() if name != best), default=0)
    return best if certain else [*EDITIONS][-1], certain


@per_class
def _own(cls: type) -> frozenset[str]:
    """Return the labels that only this edition has."""
    others = [edition.report for edition in EDITIONS.values() if edition.report is not cls]
    return table_labels(cls).difference(*map(table_labels, others))


@per_class
def _own_headers(cls: type) -> frozenset[str]:
    """Return the headers that only this edition has, each as the letters of all its labels together."""
    others = [edition.report for edition in EDITIONS.values() if edition.report is not cls]
    return _all_headers(cls).difference(*map(_all_headers, others))


@per_class
def _all_headers(cls: type) -> frozenset[str]:
    return frozenset(text for orders in header_texts(cls).values() for text in orders)
