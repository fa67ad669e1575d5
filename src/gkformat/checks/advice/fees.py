"""Advice on the fees for processing information (信息处理费), which the form has reported in words."""

import re
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from gkformat.base.address import Address
from gkformat.base.findings import Finding, Term
from gkformat.checks.advice.findings import advise, advise_on_words
from gkformat.checks.advice.sections import notes, without_hints
from gkformat.checks.prose import Passage, passages
from gkformat.forms import editions
from gkformat.forms.relations import FEE_NOT_PAID
from gkformat.notation.equations import equations
from gkformat.notation.outline import per_class

_PROCESSING_FEE = "信息处理费"


def fee_statement_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a section that says nothing of fees although its note in the form asks for the fees for processing.

    A short text passes (it may say that there is nothing to report), and so does a fee stated in another section. If
    the table shows that fees were asked for, `fee_silent` says so.
    """
    cls = type(report)
    for at in _fee_sections(cls):
        text = without_hints(cls, getattr(report, at))
        silent = len(text) >= _MIN_STATEMENT and "费" not in text
        if silent and not _is_stated_elsewhere(report, at) and not any(fee_silent(report)):
            yield advise(report, "fee-statement-missing", at)


_MIN_STATEMENT = 40
"""A text of fewer characters says that there is nothing."""


@per_class
def _fee_sections(cls: type) -> tuple[Address, ...]:
    return tuple(at for at, note in notes(cls).items() if _PROCESSING_FEE in note)


def _is_stated_elsewhere(report: "editions.AnyReport", section: Address) -> bool:
    return any(_PROCESSING_FEE in passage.printed for passage in passages(report) if passage.at != section)


def fee_silent(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find requests that were closed because a fee was not paid, in a report that does not say a word of fees.

    A report without a text, and one that refers to another document, may say it elsewhere.
    """
    cls = type(report)
    unpaid = [(at, count) for at in _unpaid_cells(cls) if (count := attrgetter(at)(report))]
    for at in _fee_sections(cls):
        text = getattr(report, at)
        is_silent = text.strip() and not re.search("[费见]", without_hints(cls, text))
        if unpaid and is_silent and not _is_stated_elsewhere(report, at):
            terms = tuple(Term(cell, 1, count) for cell, count in unpaid)
            yield advise(report, "fee-silent", at, sum(count for _, count in unpaid), terms=terms)


@per_class
def _unpaid_cells(cls: type) -> tuple[Address, ...]:
    """Return the total of the row of requests for which no fee was paid; an edition may have no such row."""
    totals = {equation.at for equation in equations(cls) if equation.rule == "row-total"}
    return tuple(at for at in totals if at.steps[-2] == FEE_NOT_PAID)


# -- amounts -------------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)(?P<unit>万?元)(?![/每])"
)
_OTHER_SUM = re.compile(r"[每/]|按[件量]|标准|减免|免收|邮寄|邮费|复印|检索|复制|诉讼|事业性|罚")
_SENTENCE = re.compile(r"[^。；;！!]+")
_CLAUSES = re.compile(r"(?:[^，,、：:()（）]|(?<=\d),(?=\d{3}))+")
_STEP = 10
"""Every fee of the tariff is a multiple of ten yuan, and so is a sum of them (国办函〔2020〕109号)."""


def fee_amount(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a fee for processing that no request can have cost."""
    for passage in passages(report):
        for sentence in _SENTENCE.finditer(passage.printed):
            if _PROCESSING_FEE in sentence[0]:
                yield from _odd_amounts(report, passage, *sentence.span())


def _odd_amounts(report: "editions.AnyReport", passage: Passage, start: int, end: int) -> Iterator[Finding]:
    for clause in _CLAUSES.finditer(passage.printed, start, end):
        for match in _AMOUNT.finditer(clause[0]):
            yuan = Decimal(match["number"].replace(",", "")) * (10_000 if match["unit"] == "万元" else 1)
            if yuan % _STEP and not _OTHER_SUM.search(clause[0]):
                span = clause.start() + match.start(), clause.start() + match.end()
                yield advise_on_words(report, "fee-amount", passage, span, yuan)
