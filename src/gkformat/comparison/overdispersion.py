"""How unusual a count is among those of a group, whose members differ by more than chance.

Each member of a group has a share of its own, and its count varies by chance around that. The shares are taken as
logit-normal, and sizes as log-normal. Both are fitted so that a few members, which may be wrong, do not move the fit:
the centre is a median, and the spread is that of the nine tenths that are nearest to it. (Spiegelhalter, *Funnel plots
for comparing institutional performance*, 2005, fits such an over-dispersion by winsorizing.)
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from math import asin, ceil, erf, exp, lgamma, log, log1p, sin, sqrt
from statistics import median

from gkformat.base.frozen import frozen

_NEAREST, _DEVIATIONS = 0.9, 1.6449
"""Of what is normal, nine tenths lie within so many standard deviations."""

_ERROR = 0.884
"""The standard error of a standard deviation that is estimated by them, over that deviation, times √members."""


@frozen
class Shares:
    """The shares of a group, by their logits: the median, and the spread: 0 if they differ by chance alone."""

    middle: float
    spread: float

    @classmethod
    def fitted(cls, counts: Sequence[tuple[int, int]]) -> "Shares":
        """Fit the shares of a group, each given as a count and the number of cases that it is of."""
        middle = median(_angle(count, cases) for count, cases in counts)
        wanted = _DEVIATIONS / _upper(len(counts))
        centre = _logit(sin(middle) ** 2)

        def is_enough(spread: float) -> bool:
            shares = cls(centre, spread)
            return _reach([shares.distance(count, cases) for count, cases in counts]) <= wanted

        return cls(centre, _least(is_enough, _WIDEST))

    @property
    def centre(self) -> float:
        """The median share."""
        return _share(self.middle)

    def distance(self, count: int, cases: int) -> float:
        """Return how far a count is from the centre, in standard deviations of chance and of the spread together."""
        away = _angle(count, cases) - self._angles[1]
        below, middle, above = self._angles
        spread = (above - middle if away > 0 else middle - below) / _DEVIATIONS
        return abs(away) / sqrt(spread**2 + 1 / (4 * cases + 2))

    @cached_property
    def _angles(self) -> tuple[float, float, float]:
        """The angle of the centre, and those of the ends of the middle nine tenths."""
        reach = _DEVIATIONS * self.spread
        below, middle, above = (asin(sqrt(_share(self.middle + logit))) for logit in (-reach, 0, reach))
        return below, middle, above

    def chance(self, count: int, cases: int) -> float:
        """Return the chance of a count that is as far from the centre, on either side."""
        if cases > _MOST_CASES:
            count, cases = round(count / cases * _MOST_CASES), _MOST_CASES
        sign = 1
        if count < self.centre * cases:
            count, sign = cases - count, -1  # the lower tail is the upper one of what is left
        nodes = _normal_nodes() if self.spread else [(0.0, 1.0)]
        tail = sum(
            weight * _upper_tail(count, cases, sign * (self.middle + self.spread * deviations))
            for deviations, weight in nodes
        )
        return min(1.0, 2 * tail)


_WIDEST = 20.0
_MOST_CASES = 100_000
"""Beyond that chance plays no part, and the work should not grow with what somebody wrote."""


def _angle(count: int, cases: int) -> float:
    """Return the transform of a share by which the variance by chance hardly depends on it (Anscombe 1948)."""
    return asin(sqrt((count + 3 / 8) / (cases + 3 / 4)))


def _logit(share: float) -> float:
    return log(share) - log1p(-share)


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > 0 else exp(logit) / (1 + exp(logit))


def _reach(distances: Sequence[float]) -> float:
    """Return the distance within which the nearest nine tenths are."""
    return sorted(distances)[ceil(_NEAREST * len(distances)) - 1]


def _upper(members: int) -> float:
    """Return by how much to enlarge a spread: few members tell it badly, and it may well be an error larger."""
    return 1 + _ERROR / sqrt(members)


def _least(is_enough: Callable[[float], bool], most: float) -> float:
    """Return the least number from 0 on that is enough, where every larger one is, too."""
    if is_enough(0):
        return 0
    low, high = 0.0, most
    while high - low > _PRECISE * high:
        half = (low + high) / 2
        low, high = (low, half) if is_enough(half) else (half, high)
    return high


_PRECISE = 0.01


def _upper_tail(count: int, cases: int, logit: float) -> float:
    """Return the chance of a count or more (binomial): 1 if it is less than the mean."""
    share = _share(logit)
    if count <= share * cases:
        return 1
    ways = lgamma(cases + 1) - lgamma(count + 1) - lgamma(cases - count + 1)
    term = exp(ways - count * log1p(exp(-logit)) - (cases - count) * log1p(exp(logit)))
    total = 0.0
    for k in range(count, cases + 1):
        total += term
        term *= (cases - k) / (k + 1) * exp(logit)
        if term < total * _NEGLIGIBLE:
            break
    return total


_NEGLIGIBLE = 1e-6


@frozen
class Sizes:
    """The sizes of the members of a group: the logarithm of their median, and its spread."""

    middle: float
    spread: float

    @classmethod
    def fitted(cls, counts: Sequence[int]) -> "Sizes":
        """Fit the counts of a group; where there is nothing, half of a case might have been."""
        logs = [log(max(count, 0.5)) for count in counts]
        middle = median(logs)
        return cls(middle, _reach([abs(each - middle) for each in logs]) / _DEVIATIONS * _upper(len(counts)))

    @property
    def chance_of_none(self) -> float:
        """The chance that a member has no case: of its size, and by chance (Poisson) where it is small."""
        return sum(weight * exp(-exp(self.middle + self.spread * deviations)) for deviations, weight in _normal_nodes())


def _normal_nodes() -> Iterator[tuple[float, float]]:
    """Yield deviations with their chances, close together."""
    edges = [-_FARTHEST + index * _STEP for index in range(round(2 * _FARTHEST / _STEP) + 1)]
    for low in edges[:-1]:
        yield low + _STEP / 2, _normal(low + _STEP) - _normal(low)


_FARTHEST, _STEP = 8.0, 0.1


def _normal(deviations: float) -> float:
    return (1 + erf(deviations / sqrt(2))) / 2
