"""How an advice makes its findings: about a place of the form, or about words in one of its texts."""

from typing import Any

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number, Quote, Term
from gkformat.checks.prose import Passage
from gkformat.forms import editions
from gkformat.notation.outline import label


def advise(
    report: "editions.AnyReport",
    rule: str,
    at: str,
    left: Number | None = None,
    right: Number | None = None,
    terms: tuple[Term, ...] = (),
    quote: Quote | None = None,
    **values: Any,
) -> Finding:
    """Make a finding of a family at an address; `values` fill the template of its message."""
    difference = None if left is None or right is None else left - right
    text = FAMILIES[rule].message.format(left=left, right=right, difference=difference, **values)
    return Finding(rule, Address(at), label(type(report), at), "advice", text, left, right, terms, quote=quote)


def advise_on_words(
    report: "editions.AnyReport",
    rule: str,
    passage: Passage,
    span: tuple[int, int],
    left: Number | None = None,
    right: Number | None = None,
    **values: Any,
) -> Finding:
    """Make a finding about the words in a span of a passage, which it quotes."""
    quote = passage.quote(*span)
    return advise(report, rule, quote.at, left, right, quote=quote, words=" ".join(quote.text.split()), **values)
