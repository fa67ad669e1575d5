"""Compare the numbers in the texts of a report with its tables.

A difference need not be an error on either side: a text may count something else than the table. So nothing is reported
if any valid reading of the number fits, or if a blank cell leaves its value open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, Literal

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number, Quote, Term
from gkformat.base.frozen import frozen
from gkformat.checks.narrative.claims import Claim, claims
from gkformat.checks.narrative.vocabulary import SignedSum
from gkformat.checks.prose import LONGEST_TEXT, agency_name
from gkformat.judgement.revision import cells
from gkformat.notation.outline import label, nodes

Outcome = Literal["agrees", "differs", "open", "unconfirmed", "not-read"]
"""What became of a number in a text.

`agrees`, `differs`: from the table. `open`: a blank may hold it. `unconfirmed`: nothing shows that it is of the whole
region. `not-read`: the clause is not understood, or states nothing that a table holds.
"""

_Values = Mapping[Address, Number | None]


@frozen
class Comparison:
    """A clause of a text with a number, and what became of it; `table` holds the values of its readings."""

    quote: Quote
    outcome: Outcome
    claim: Claim | None = None
    table: tuple[Number | None, ...] = ()


def differences(report: Any, texts: Iterable[Address]) -> Iterator[Finding]:
    """Yield a finding for each number in these texts that fits the tables in none of its readings."""
    values = cells(report)
    for found in _compared(report, texts, values):
        if found.claim and found.outcome == "differs":
            yield _finding(type(report), values, found.quote, found.claim, found.table[0])


def comparisons(report: Any, texts: Sequence[Address]) -> Iterator[Comparison]:
    """Yield every clause with a number in these texts, in the order of the text, whether it was understood or not."""
    read = list(_compared(report, texts, cells(report)))
    for at in texts:
        own = [found for found in read if found.quote.at == at]
        unread = (Comparison(quote, "not-read") for quote in _counting_clauses(at, getattr(report, at), own))
        yield from sorted((*own, *unread), key=lambda found: found.quote.start)


_CLAUSE = re.compile(r"[^，,、。；;：:！!？?…()（）\n]+")
_COUNT = re.compile(r"\d\s*[件宗起份条例%％]")


def _counting_clauses(at: Address, text: str, read: Sequence[Comparison]) -> Iterator[Quote]:
    """Yield the clauses of a text with a count of which nothing was read."""
    taken = {place for found in read for place in range(found.quote.start, found.quote.end)}
    for clause in _CLAUSE.finditer(text[:LONGEST_TEXT]):
        if _COUNT.search(clause[0]) and taken.isdisjoint(range(*clause.span())):
            yield Quote(at, *clause.span(), clause[0])


def _compared(report: Any, texts: Iterable[Address], values: _Values) -> Iterator[Comparison]:
    for at in texts:
        text = getattr(report, at)
        found = [
            (claim, tuple(_table_values(claim, values)))
            for claim in claims(type(report), text, agency=agency_name(report), year=report.year)
        ]
        confirmed = {
            claim.sentence
            for claim, table in found
            if claim.is_tentative and claim.number >= _NO_COINCIDENCE and claim.number in table
        }
        for claim, table in found:
            quote = Quote(at, claim.start, claim.end, text[claim.start : claim.end])
            is_confirmed = not claim.is_tentative or claim.sentence in confirmed
            yield Comparison(quote, _outcome(claim, table, is_confirmed=is_confirmed), claim, table)


_NO_COINCIDENCE = 10
"""The least number that shows, where it is in the table, that its sentence speaks of what the table counts."""


def _outcome(claim: Claim, table: Sequence[Number | None], *, is_confirmed: bool) -> Outcome:
    if not table:  # a share of nothing
        return "not-read"
    if any(number is not None and claim.agrees(number) for number in table):
        return "agrees"
    if None in table:
        return "open"
    return "differs" if is_confirmed else "unconfirmed"


def _table_values(claim: Claim, values: _Values) -> list[Number | None]:
    """Return the values of all readings by the table, the likeliest first; `None` where a blank leaves one open."""
    counts = [_amount(reading, values) for reading in claim.meaning.readings]
    if not claim.is_share:
        return counts
    wholes = [_amount(reading, values) for reading in claim.meaning.share_of]
    return [
        None if count is None or whole is None else Decimal(100) * count / whole
        for count, whole in product(counts, wholes)
        if whole != 0
    ]


def _amount(reading: SignedSum, values: _Values) -> Number | None:
    signed = [(sign, values[at]) for sign, side in ((1, reading.plus), (-1, reading.minus)) for at in side]
    return None if any(value is None for _, value in signed) else sum(sign * value for sign, value in signed if value)


def _finding(cls: type, values: _Values, quote: Quote, claim: Claim, right: Number | None) -> Finding:
    at = claim.meaning.at
    shown = round(right, claim.decimals) if isinstance(right, Decimal) else right
    text = FAMILIES["text-differs"].message.format(
        right=shown,
        percent="%" if claim.is_share else "",
        words=" ".join(quote.text.split()),
        field=quote.at,
        place=nodes(cls)[quote.at].label,
        start=quote.start + 1,
        end=quote.end,
    )
    terms = tuple(Term(each, -1, values[each]) for each in claim.meaning.readings[0].plus)
    return Finding("text-differs", at, label(cls, at), "advice", text, claim.number, shown, terms, quote=quote)
