"""Advice on the tables: what they hold beside what the arithmetic of the form says of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Term
from gkformat.base.words import NO_WORDS, SEMICOLON, Words
from gkformat.checks.advice.findings import advise
from gkformat.forms import editions
from gkformat.forms.relations import DOCUMENTS_OF_A_YEAR, GOVERNMENT_RULES
from gkformat.judgement.judge import named_cells, settled
from gkformat.judgement.marks import blanks, is_empty, unclear_cells
from gkformat.notation.outline import SEPARATOR, label, nodes, number_getter, outline, per_class


def year_mismatch(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a reporting year for which the edition is not in force, according to the notice that prescribes it."""
    edition = editions.EDITIONS[report.edition]
    if not edition.covers(report.year):
        yield advise(report, "year-mismatch", "year", report.year, edition=edition.name, years=edition.years)


def cells_blank(report: "editions.AnyReport") -> Iterator[Finding]:
    """Tell the blank cells of each table, its totals first, and what the arithmetic has there instead of a 0."""
    cls, blank = type(report), blanks(report)
    if not blank or is_empty(report):
        return
    known = settled(cls, number_getter(cls)(report), blank, unclear_cells(report))
    due = {at: value for at, value in known.items() if value}
    for table in (node for node in outline(cls).children if node.printed.kind == "section"):
        inside = [at for at in table.cells if at in blank]
        if inside:
            cells = sorted(inside, key=lambda at: nodes(cls)[at].printed.kind != "total")
            names = {at: label(cls, at).removeprefix(table.label + SEPARATOR) for at in cells}
            free = [name for at, name in names.items() if at not in due]
            bound = [f"{name} = {due[at]}" for at, name in names.items() if at in due]
            terms = tuple(Term(at, 1, None) for at in inside)
            yield Finding("cells-blank", table.at, table.label, "advice", _blank_cells(free, bound), terms=terms)


def _blank_cells(free: Sequence[str], bound: Sequence[str]) -> Words:
    """Return what is to be said of the blank cells of a table: of those that are free, and those that are settled."""
    unknown = FAMILIES["cells-blank"].message.format(cells=named_cells(free)) if free else NO_WORDS
    settled_cells = _DUE.format(cells=named_cells(bound)) if bound else NO_WORDS
    return unknown + (SEMICOLON if free and bound else NO_WORDS) + settled_cells


_DUE = Words("空白，按勾稽关系应填：{cells}", "blank, and by the equations: {cells}")


def in_force_below_issued(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find more documents issued in the year than are in force or were repealed at its end."""
    blank = blanks(report) | unclear_cells(report)
    for row in _document_rows(type(report)):
        signed = [(row.child(name), sign) for name, sign in (*DOCUMENTS_OF_A_YEAR.left, _ISSUED)]
        terms = tuple(Term(at, sign, attrgetter(at)(report)) for at, sign in signed)
        *parts, issued = (attrgetter(at)(report) for at, _ in signed)
        if sum(parts) < issued and blank.isdisjoint(at for at, _ in signed):
            yield advise(report, DOCUMENTS_OF_A_YEAR.rule, signed[0][0], sum(parts), issued, terms)


@per_class
def _document_rows(cls: type) -> tuple[Address, ...]:
    counts = {name for name, _ in (*DOCUMENTS_OF_A_YEAR.left, _ISSUED)}
    return tuple(at for at, node in nodes(cls).items() if node.children_by_name.keys() == counts)


_ISSUED = (DOCUMENTS_OF_A_YEAR.right, -1)


def rules_without_power(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find government rules reported by a body that may not make any: normative documents are in the wrong row.

    Rules are made by departments of the State Council, by provinces, by cities with districts and by autonomous
    prefectures (立法法): not by counties, districts, townships and streets, nor by the bureaus of any place. The office
    of a government reports for that government.
    """
    if not _WITHOUT_RULEMAKING_POWER.search(report.agency):
        return
    for row, cells in _rules_rows(type(report)).items():
        terms = tuple([Term(at, 1, count) for at in cells if (count := attrgetter(at)(report))])
        if terms:
            yield advise(report, "rules-without-power", row, terms=terms, agency=report.agency)


_WITHOUT_RULEMAKING_POWER = re.compile(
    r"(?:乡|镇|苏木|县|旗|(?<!自治)区)人民政府(?:办公室)?$|(?:乡|(?<!景德)镇|苏木|县|旗|(?<!自治)区)$|街道(?:办事处)?$"
    r"|\A[^省市县区州盟旗]*[省市县区州盟旗].*(?:局|(?<!政府办公)厅|(?<!管)委|(?<!管理)委员会|(?<!政府)办公室|大队|支队|中心)$"
)


@per_class
def _rules_rows(cls: type) -> Mapping[Address, Sequence[Address]]:
    """Return the rows of government rules, each with its cells."""
    return {at: [cell.at for cell in node.children] for at, node in nodes(cls).items() if node.name == GOVERNMENT_RULES}
