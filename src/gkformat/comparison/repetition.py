"""What a report repeats from the year before: a text that is to be written anew, or all its numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from gkformat.base.address import Address
from gkformat.comparison.crosswalk import shared_addresses
from gkformat.comparison.series_finding import SeriesFinding, TwoYears
from gkformat.forms.editions import edition_named
from gkformat.forms.relations import WRITTEN_ANEW
from gkformat.notation.outline import nodes, outline

# -- texts ---------------------------------------------------------------------------------------------


def repeated_texts(years: TwoYears) -> Iterator[SeriesFinding]:
    """Find a text that is nearly that of the year before, whatever its numbers."""
    for at in WRITTEN_ANEW:
        before, now = (_shingles(getattr(report, at)) for report in (years.earlier, years.later))
        if min(len(before), len(now)) < _FEWEST_SHINGLES:
            continue
        likeness = 2 * len(before & now) / (len(before) + len(now))
        if likeness >= _NEARLY:
            yield years.finding("text-repeated", Address(at), percent=round(100 * likeness))


_LENGTH = 4
"""Characters in a shingle: a phrase, which a change elsewhere leaves as it is."""

_NEARLY = 0.7
"""The share of common shingles from which a text is nearly another.

Texts of consecutive years that were written anew share a tenth; a copy in which a sentence or several words were
changed shares four fifths.
"""

_FEWEST_SHINGLES = 40
"""A shorter text says that there is nothing to say, and says so in the same words."""


def _shingles(text: str) -> set[str]:
    """Return the runs of a few characters in a text, with its numbers masked and its punctuation left out."""
    plain = re.sub(r"[\W_]+", "", re.sub(r"\d+", "0", text))
    return {plain[start : start + _LENGTH] for start in range(len(plain) - _LENGTH + 1)}


# -- numbers -------------------------------------------------------------------------------------------


def repeated_numbers(years: TwoYears) -> Iterator[SeriesFinding]:
    """Find a report, or else a table, all of whose numbers are those of the year before."""
    for box, addresses in _facts(years.earlier.edition, years.later.edition).items():
        pairs = [(years.before[at], years.now[at]) for at in addresses]
        known = [(one, other) for one, other in pairs if one is not None and other is not None]
        numbers = [one for one, other in known if one or other]
        is_repeated = all(one == other for one, other in known)
        digits = sum(len(str(number)) for number in numbers)
        if is_repeated and len(numbers) >= _FEWEST_NUMBERS and digits >= _FEWEST_DIGITS:
            yield years.finding("numbers-repeated", box, count=len(numbers))
            if not box:
                return


_FEWEST_NUMBERS, _FEWEST_DIGITS = 5, 8
"""Fewer numbers, or fewer digits in them, may well come again."""


@cache
def _facts(earlier: str, later: str) -> Mapping[Address, Sequence[Address]]:
    """Return the shared numbers that follow from no others: of the report as a whole, and of each of its tables."""
    classes = [edition_named(name).report for name in (earlier, later)]
    facts = [at for at in shared_addresses(earlier, later) if not any(_is_sum(cls, at) for cls in classes)]
    tables = [node.at for node in outline(classes[-1]).children if node.printed.kind == "section"]
    return {box: [at for at in facts if at.within(box)] for box in (Address(), *tables)}


def _is_sum(cls: type, at: Address) -> bool:
    """Return whether a number is in a row or a column of totals. (A row that only the other edition has is in none.)"""
    outer = (Address.of(at.steps[:count]) for count in range(1, len(at.steps) + 1))
    return any(nodes(cls)[each].printed.kind == "total" for each in outer if each in nodes(cls))
