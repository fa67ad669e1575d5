"""Compare the numbers in the texts of a report with its tables.

A difference need not be an error on either side: a text may count something else than the table. So nothing is reported
if any valid reading of the number fits, or if a blank cell leaves its value open.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number, Quote, Term
from gkformat.checks.narrative.claims import Claim, claims
from gkformat.checks.narrative.vocabulary import SignedSum
from gkformat.judgement.revision import cells
from gkformat.notation.outline import label, nodes

_Values = Mapping[Address, Number | None]


def differences(report: Any, texts: Iterable[Address]) -> Iterator[Finding]:
    """Yield a finding for each number in these texts that fits the tables in none of its readings."""
    values = cells(report)
    for at in texts:
        text = getattr(report, at)
        for claim in claims(type(report), text, agency=report.agency, year=report.year):
            table = _table_values(claim, values)
            if table and all(number is not None and not claim.agrees(number) for number in table):
                quote = Quote(at, claim.start, claim.end, text[claim.start : claim.end])
                yield _finding(type(report), values, quote, claim, table[0])


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
