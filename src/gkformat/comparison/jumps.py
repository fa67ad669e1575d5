"""Amounts that jump from one year to the next as they do if somebody mistakes their unit."""

from collections.abc import Iterator
from decimal import Decimal

from gkformat.comparison.series_finding import SeriesFinding, SeriesTerm, TwoYears, report_name

_YUAN_IN_WAN = 10_000
_PLAY = 5
"""By how much an amount may change from year to year, besides: fees were seen to rise or fall to a quarter."""


def unit_jumps(years: TwoYears) -> Iterator[SeriesFinding]:
    """Find an amount that is about ten thousand times that of the year before, or a ten-thousandth: 元 for 万元."""
    for at, right in years.now.items():
        left = years.before[at]
        if not left or not right or not isinstance(left, Decimal) or not isinstance(right, Decimal):
            continue  # blank, 0, or no amount
        factor = max(left, right) / min(left, right)
        if _YUAN_IN_WAN / _PLAY <= factor <= _YUAN_IN_WAN * _PLAY:
            one, other = report_name(years.earlier), report_name(years.later)
            terms = (SeriesTerm(one, at, 1, left), SeriesTerm(other, at, -1, right))
            yield years.finding("unit-jump", at, left, right, terms)
