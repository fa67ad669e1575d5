"""Rules that are ours and not the form's: worth a look, never a reason to refuse.

An advice is a function from a report to findings. It speaks only of what the report itself shows, and keeps silent
where a blank leaves room: a false alarm is worse than a miss.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number, Term
from gkformat.base.words import Words
from gkformat.forms import editions
from gkformat.judgement.marks import blanks
from gkformat.notation.outline import label, nodes, numbers, per_class

Advice = Callable[["editions.AnyReport"], Iterator[Finding]]

_YUAN = Decimal("0.0001")
"""One yuan, in units of 10,000 yuan."""


def year_mismatch(report: "editions.AnyReport") -> Iterator[Finding]:
    """The reporting year is not one for which the edition is in force (the notice that prescribes it)."""
    edition = editions.EDITIONS[report.edition]
    if not edition.covers(report.year):
        yield _advice(report, "year-mismatch", "year", report.year, edition=edition.name, years=edition.years)


def section_empty(report: "editions.AnyReport") -> Iterator[Finding]:
    """A section for which the form asks a description has none (the annex: 文字描述)."""
    for at in _described(type(report)):
        if not getattr(report, at).strip():
            yield _advice(report, "section-empty", at)


def overview_part_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """A description is silent on something of which the notice asks it to speak. (A short one refers elsewhere.)"""
    for at, covers in _covering(type(report)).items():
        text = getattr(report, at)
        if len(text) < _DESCRIPTION:
            continue
        missing = [words[0] for words in covers if not any(word in text for word in words)]
        if missing:
            yield _advice(report, "overview-part-missing", at, parts="、".join(missing))


def fee_statement_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """The section in which the form has the fees for processing reported (its note) is silent on fees.

    Nothing is said of a short text, such as that there is nothing to report, or of a fee that another section tells.
    """
    for at in _reporting_fees(type(report)):
        text = getattr(report, at)
        silent = len(text) >= _STATEMENT and "费" not in text
        if silent and not any(_FEE in getattr(report, other) for other in _prose(type(report))):
            yield _advice(report, "fee-statement-missing", at)


_FEE = "信息处理费"
_DESCRIPTION, _STATEMENT = 200, 40
"""A text of fewer characters describes nothing, or says that there is nothing."""


def fee_precision(report: "editions.AnyReport") -> Iterator[Finding]:
    """An amount in 万元 that is finer than one yuan was probably converted or copied from another unit."""
    for at in _in_wan_yuan(type(report)):
        number = attrgetter(at)(report)
        if number % _YUAN:
            yield _advice(report, "fee-precision", at, number)


def in_force_below_issued(report: "editions.AnyReport") -> Iterator[Finding]:
    """More documents were issued in the year than are in force or were repealed at its end."""
    blank = blanks(report)
    for at in _document_lines(type(report)):
        in_force, repealed, issued = (at.child(name) for name in ("in_force", "repealed", "issued"))
        left = attrgetter(in_force)(report) + attrgetter(repealed)(report)
        right = attrgetter(issued)(report)
        if left < right and blank.isdisjoint((in_force, repealed, issued)):
            terms = tuple(
                Term(at, sign, attrgetter(at)(report)) for at, sign in ((in_force, 1), (repealed, 1), (issued, -1))
            )
            yield _advice(report, "in-force-below-issued", in_force, left, right, terms)


def rules_without_power(report: "editions.AnyReport") -> Iterator[Finding]:
    """A body that may make no government rules says that it did: normative documents stand in the wrong line.

    Rules are made by departments of the State Council, by provinces, by cities with districts and by autonomous
    prefectures (立法法). Only of counties, districts, townships and streets does the name tell that they are not.
    """
    if not _WITHOUT_POWER.search(report.agency):
        return
    for line, cells in _rules_lines(type(report)).items():
        terms = tuple([Term(at, 1, count) for at in cells if (count := attrgetter(at)(report))])
        if terms:
            yield _advice(report, "rules-without-power", line, terms=terms, agency=report.agency)


_WITHOUT_POWER = re.compile(r"(?:乡|镇|苏木|县|旗|(?<!自治)区)人民政府(?:办公室)?$|街道(?:办事处)?$")


def text_differs(report: "editions.AnyReport") -> Iterator[Finding]:
    """A number in the narrative is not that of the table of which it speaks, in no meaning that it may have."""
    if any(getattr(report, at) for at in _prose(type(report))):
        from gkformat.checks.narrative.against_tables import differences  # noqa: PLC0415 - a large vocabulary, and many reports have no text

        yield from differences(report, _prose(type(report)))


ADVICE: tuple[Advice, ...] = (
    year_mismatch,
    section_empty,
    overview_part_missing,
    fee_statement_missing,
    fee_precision,
    in_force_below_issued,
    rules_without_power,
    text_differs,
)
"""The advice that a single report can be given, in the order of the catalogue."""


@per_class
def _described(cls: type) -> tuple[Address, ...]:
    return tuple(at for at, node in nodes(cls).items() if node.printed.note)


@per_class
def _reporting_fees(cls: type) -> tuple[Address, ...]:
    return tuple(at for at in _described(cls) if _FEE in nodes(cls)[at].printed.note)


@per_class
def _covering(cls: type) -> Mapping[Address, Sequence[Sequence[str]]]:
    return {at: node.printed.covers for at, node in nodes(cls).items() if node.printed.covers}


@per_class
def _in_wan_yuan(cls: type) -> tuple[Address, ...]:
    return tuple(at for at in numbers(cls) if at.steps[-1] == "amount_wan_yuan")


@per_class
def _document_lines(cls: type) -> tuple[Address, ...]:
    counts = {"issued", "repealed", "in_force"}
    return tuple(at for at, node in nodes(cls).items() if {child.name for child in node.children} == counts)


@per_class
def _rules_lines(cls: type) -> Mapping[Address, Sequence[Address]]:
    """The lines of government rules, each with its cells."""
    return {at: [cell.at for cell in node.children] for at, node in nodes(cls).items() if node.name == "rules"}


@per_class
def _prose(cls: type) -> tuple[Address, ...]:
    return tuple(at for at, node in nodes(cls).items() if node.printed.word == "prose")


def _advice(
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
