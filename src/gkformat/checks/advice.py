"""Advice: rules that are ours and not the form's, worth a look and never a reason to refuse.

Each advice is a function from a report to findings, and its name is that of its rule family. It uses only the report
itself, and is silent where a blank leaves room: a false alarm is worse than a miss.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number, Term
from gkformat.base.words import NO_WORDS, SEMICOLON, Words
from gkformat.forms import editions
from gkformat.forms.relations import DOCUMENTS_OF_A_YEAR, GOVERNMENT_RULES
from gkformat.forms.topics import SYNONYMS
from gkformat.judgement.judge import named_cells, settled
from gkformat.judgement.marks import blanks, is_empty, unclear_cells
from gkformat.notation.outline import SEPARATOR, label, nodes, number_getter, numbers, outline, per_class

Advice = Callable[["editions.AnyReport"], Iterator[Finding]]

_YUAN = Decimal("0.0001")
"""One yuan, in units of 10,000 yuan."""

_WAN_YUAN = "万元"

_ISSUED = (DOCUMENTS_OF_A_YEAR.right, -1)


def year_mismatch(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a reporting year for which the edition is not in force, according to the notice that prescribes it."""
    edition = editions.EDITIONS[report.edition]
    if not edition.covers(report.year):
        yield _finding(report, "year-mismatch", "year", report.year, edition=edition.name, years=edition.years)


def section_empty(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find an empty section for which the form asks a description (the annex: 文字描述)."""
    for at in _sections_with_notes(type(report)):
        if not getattr(report, at).strip():
            yield _finding(report, "section-empty", at)


def overview_part_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a description that omits a topic which the notice requires. (A short text passes: it refers elsewhere.)"""
    for at, covers in _required_topics(type(report)).items():
        text = getattr(report, at)
        if len(text) < _MIN_DESCRIPTION:
            continue
        missing = [topic for topic in covers if not any(word in text for word in (topic, *SYNONYMS.get(topic, ())))]
        if missing:
            yield _finding(report, "overview-part-missing", at, parts="、".join(missing))


def fee_statement_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a section that says nothing of fees although its note in the form asks for the fees for processing.

    A short text passes (it may say that there is nothing to report), and so does a fee stated in another section.
    """
    for at in _fee_sections(type(report)):
        text = getattr(report, at)
        silent = len(text) >= _MIN_STATEMENT and "费" not in text
        if silent and not any(_PROCESSING_FEE in getattr(report, other) for other in _prose_fields(type(report))):
            yield _finding(report, "fee-statement-missing", at)


_PROCESSING_FEE = "信息处理费"
_MIN_DESCRIPTION, _MIN_STATEMENT = 200, 40
"""Texts of fewer characters describe nothing, or say that there is nothing."""


def fee_precision(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find an amount in 万元 that is finer than one yuan: it was probably converted or copied from another unit."""
    for at in _wan_yuan_cells(type(report)):
        number = attrgetter(at)(report)
        if number % _YUAN:
            yield _finding(report, "fee-precision", at, number)


def in_force_below_issued(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find more documents issued in the year than are in force or were repealed at its end."""
    blank = blanks(report) | unclear_cells(report)
    for row in _document_rows(type(report)):
        signed = [(row.child(name), sign) for name, sign in (*DOCUMENTS_OF_A_YEAR.left, _ISSUED)]
        terms = tuple(Term(at, sign, attrgetter(at)(report)) for at, sign in signed)
        *parts, issued = (attrgetter(at)(report) for at, _ in signed)
        if sum(parts) < issued and blank.isdisjoint(at for at, _ in signed):
            yield _finding(report, DOCUMENTS_OF_A_YEAR.rule, signed[0][0], sum(parts), issued, terms)


def rules_without_power(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find government rules reported by a body that may not make any: normative documents are in the wrong row.

    Rules are made by departments of the State Council, by provinces, by cities with districts and by autonomous
    prefectures (立法法). Only the names of counties, districts, townships and streets show that they are none of these.
    """
    if not _WITHOUT_RULEMAKING_POWER.search(report.agency):
        return
    for row, cells in _rules_rows(type(report)).items():
        terms = tuple([Term(at, 1, count) for at in cells if (count := attrgetter(at)(report))])
        if terms:
            yield _finding(report, "rules-without-power", row, terms=terms, agency=report.agency)


_WITHOUT_RULEMAKING_POWER = re.compile(r"(?:乡|镇|苏木|县|旗|(?<!自治)区)人民政府(?:办公室)?$|街道(?:办事处)?$")


def text_differs(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a number in the narrative that fits the table to which it refers in none of its valid readings."""
    if any(getattr(report, at) for at in _prose_fields(type(report))):
        from gkformat.checks.narrative.against_tables import differences  # noqa: PLC0415 - a large vocabulary, and many reports have no text

        yield from differences(report, _prose_fields(type(report)))


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


ADVICE: tuple[Advice, ...] = (
    cells_blank,
    year_mismatch,
    section_empty,
    overview_part_missing,
    fee_statement_missing,
    fee_precision,
    in_force_below_issued,
    rules_without_power,
    text_differs,
)
"""The advice on a single report, in the order of the catalogue."""


@per_class
def _sections_with_notes(cls: type) -> tuple[Address, ...]:
    return tuple(at for at, node in nodes(cls).items() if node.printed.note)


@per_class
def _fee_sections(cls: type) -> tuple[Address, ...]:
    return tuple(at for at in _sections_with_notes(cls) if _PROCESSING_FEE in nodes(cls)[at].printed.note)


@per_class
def _required_topics(cls: type) -> Mapping[Address, Sequence[str]]:
    return {at: node.printed.covers for at, node in nodes(cls).items() if node.printed.covers}


@per_class
def _wan_yuan_cells(cls: type) -> tuple[Address, ...]:
    return tuple(at for at in numbers(cls) if nodes(cls)[at].printed.unit == _WAN_YUAN)


@per_class
def _document_rows(cls: type) -> tuple[Address, ...]:
    counts = {name for name, _ in (*DOCUMENTS_OF_A_YEAR.left, _ISSUED)}
    return tuple(at for at, node in nodes(cls).items() if node.children_by_name.keys() == counts)


@per_class
def _rules_rows(cls: type) -> Mapping[Address, Sequence[Address]]:
    """Return the rows of government rules, each with its cells."""
    return {at: [cell.at for cell in node.children] for at, node in nodes(cls).items() if node.name == GOVERNMENT_RULES}


@per_class
def _prose_fields(cls: type) -> tuple[Address, ...]:
    return tuple(at for at, node in nodes(cls).items() if node.printed.kind == "prose")


def _finding(
    report: "editions.AnyReport",
    rule: str,
    at: str,
    left: Number | None = None,
    right: Number | None = None,
    terms: tuple[Term, ...] = (),
    **values: str | Words,
) -> Finding:
    text = FAMILIES[rule].message.format(left=left, right=right, **values)
    return Finding(rule, Address(at), label(type(report), at), "advice", text, left, right, terms)
