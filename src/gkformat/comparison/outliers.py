"""Outliers: numbers of a body that are unusual among those of its peers, by what the group itself shows to be usual.

This is advice on many reports at once, and says nothing of one alone. It takes the reports of a year to be of bodies
of one kind, such as the counties of a province: whoever chooses them chooses what is usual.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import exp
from typing import Literal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.arguments import FUNCTION, demand, each, optional
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.sequences import ItemSequence
from gkformat.base.words import Lang, Words
from gkformat.comparison.bodies import series_by_key, series_by_name
from gkformat.comparison.crosswalk import shared_addresses
from gkformat.comparison.overdispersion import Shares, Sizes
from gkformat.derived.ratios import FEW, indicator_sums, indicators
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.judgement.revision import cells
from gkformat.judgement.root import REPORT
from gkformat.notation.equations import equations
from gkformat.notation.outline import label, nodes, numbers, per_class

OutlierKind = Literal["zero", "share", "jump"]

_RATE = 5e-4
"""The chance of a false alarm that a report may have, over all that is compared of it.

It is half of what is promised, because no group is quite as the model has it; benchmarks/outliers.py measures it.
"""

# -- the answer ----------------------------------------------------------------------------------------


@frozen
class Outlier:
    """A number of a report that is unusual among its peers: reports of the same year, `peers` in number.

    - `zero`: nothing, where the peers have numbers. `count` is 0, `cases` the total that it is a part of, if any.
    - `share`: `count` of `cases`, an indicator that is far from the shares of the peers.
    - `jump`: `count`, against `cases` in the year before.

    `name` is that of the indicator, or the address of the cell. `usual` is the median of the peers, and nine tenths of
    them are from `low` to `high`: counts, shares, or for a jump quotients of the two years. `chance` is how probable
    such a number is if the body is like its peers.
    """

    kind: OutlierKind
    agency: str
    year: int
    name: str
    title: Words
    count: int
    cases: int | None
    peers: int
    usual: float
    low: float
    high: float
    chance: float

    def message(self, lang: Lang = "zh") -> str:
        """Return what is unusual, with its numbers, in one sentence."""
        show = str if self.kind == "zero" and self.cases is None else _times if self.kind == "jump" else "{:.1%}".format
        found = _FOUND[self.kind, bool(self.cases)].format(
            count=self.count, cases=self.cases, value=show(self.count / self.cases if self.cases else 0)
        )
        peers = (_PEERS_TIMES if self.kind == "jump" else _PEERS).format(
            peers=self.peers, usual=show(self.usual), low=show(self.low), high=show(self.high)
        )
        return (found + peers).text(lang)

    def __str__(self) -> str:
        """Return what the command line prints of it, in both languages."""
        return (
            f"{self.agency} {self.year}\n  {self.title}\n  {self.message('zh')}\n  {self.message('en')}\n  {self.name}"
        )


_FOUND: Mapping[tuple[OutlierKind, bool], Words] = {
    ("zero", False): Words("填 0", "0"),
    ("zero", True): Words("{cases} 件中为 0", "none of {cases}"),
    ("share", True): Words("{value}（{count}/{cases}）", "{value} ({count}/{cases})"),
    ("jump", True): Words(
        "{count}，上年 {cases}，为其 {value} 倍", "{count}, {value} times the {cases} of the year before"
    ),
    ("jump", False): Words("{count}，上年 0", "{count}, and 0 the year before"),
}
_PEERS = Words(
    "；同组 {peers} 份的中位数为 {usual}，九成在 {low} 至 {high} 之间",
    "; the median of {peers} reports is {usual}, and nine tenths are from {low} to {high}",
)
_PEERS_TIMES = Words(
    "；同组 {peers} 份与上年之比的中位数为 {usual} 倍，九成在 {low} 至 {high} 倍之间",
    "; the median of {peers} reports is {usual} times the year before, and nine tenths are from {low} to {high} times",
)


def _times(quotient: float) -> str:
    """Return a quotient with two digits that say something, and never as a power of ten."""
    return format(Decimal(f"{quotient:.2g}"), "f")


@frozen
class Outliers(ItemSequence[Outlier]):
    """The outliers of some reports, by body, then by year, the least probable first.

    `reports` is how many there were, and `compared` how many of them had enough peers for anything to be compared.
    """

    items: tuple[Outlier, ...] = ()
    reports: int = field(default=0, kw_only=True)
    compared: int = field(default=0, kw_only=True)

    @property
    def title(self) -> Words:
        """How many reports were compared, and how many outliers there are."""
        return _TITLE.format(reports=self.reports, compared=self.compared, count=len(self.items), few=FEW)

    def __str__(self) -> str:
        """Return what was compared, and the outliers, in both languages."""
        return "\n".join([str(self.title), *map(str, self.items)])


_TITLE = Words(
    "{reports} 份报告，有同年的报告至少 {few} 份可比的 {compared} 份；离群 {count} 处",
    "{reports} report(s), {compared} of them with at least {few} of the same year to compare; {count} outlier(s)",
)


def outliers(reports: Iterable[AnyReport], *, key: Callable[[AnyReport], Hashable] | None = None) -> Outliers:
    """Find the numbers that are unusual among those of the other reports of the year.

    Give the reports of bodies that are alike, such as the counties of a province, of one year or of several; they are
    read as a stream, and only their numbers are kept. Nothing is said where fewer than 30 reports can be compared, and
    of shares of fewer than 30 cases. Blank and unclear cells are left out. For what is compared, see `Outlier`.
    Bodies are told apart as by `check_series`, or by `key`.

    How unusual a number is, the group itself says: how far its shares lie apart beyond chance, its sizes, or its
    changes from year to year. Of reports that are like their peers, fewer than one in a thousand has an outlier.
    """
    demand(optional(FUNCTION), key=key)
    known = [_numbers(report, key) for report in each(REPORT, reports=reports)]
    tests = [*_share_tests(known), *_zero_tests(known), *_jump_tests(known, by_name=key is None)]
    groups: defaultdict[Hashable, list[_Test]] = defaultdict(list)
    for test in tests:
        groups[test.group].append(test)
    enough = [group for group in groups.values() if len(group) >= FEW]
    made = Counter(id(test.of) for group in enough for test in group)
    found = (item for group in enough for item in _unusual(group, made))
    items = sorted(found, key=lambda item: (item.agency, item.year, item.chance))
    return Outliers(tuple(items), reports=len(known), compared=len(made))


# -- what is compared ----------------------------------------------------------------------------------


@frozen(eq=False)
class _Numbers:
    """The numbers of a report that are compared: its shares, its counts, and the parts of these."""

    agency: str
    year: int
    edition: str
    body: Hashable
    shares: tuple[tuple[str, Words, int, int], ...]
    counts: Mapping[Address, int]
    parts: Mapping[Address, tuple[int, int]]

    @property
    def cls(self) -> type[AnyReport]:
        return edition_named(self.edition).report


def _numbers(report: AnyReport, key: Callable[[AnyReport], Hashable] | None) -> _Numbers:
    cls, known = type(report), cells(report)
    shares = tuple(
        (item.name, item.title, *pair)
        for item, (indicator, _, _) in zip(indicators(report), indicator_sums(cls), strict=True)
        if indicator.is_share and (pair := _part(item.numerator, item.denominator))
    )
    counts = {at: value for at in _counts(cls) if isinstance(value := known[at], int)}
    parts = {at: pair for at, total in _parts(cls).items() if (pair := _part(known[at], known[total]))}
    return _Numbers(report.agency, report.year, report.edition, key(report) if key else None, shares, counts, parts)


def _part(count: Number | None, cases: Number | None) -> tuple[int, int] | None:
    """Return a count with the cases that it is of, if both are known and there are enough of them."""
    if isinstance(count, int) and isinstance(cases, int) and cases >= FEW and 0 <= count <= cases:
        return count, cases
    return None


@per_class
def _counts(cls: type) -> tuple[Address, ...]:
    """Return the counts that are no part of a total: totals, and the counts of which the form has no total."""
    parts = {at for equation in equations(cls) if equation.is_total for at in equation.left}
    return tuple(at for at in numbers(cls) if at not in parts and not nodes(cls)[at].is_signed)


@per_class
def _parts(cls: type) -> Mapping[Address, Address]:
    """Return the parts of these totals."""
    totals = (equation for equation in equations(cls) if equation.is_total and equation.at in _counts(cls))
    return {at: equation.at for equation in totals for at in equation.left}


@frozen(eq=False)
class _Test:
    """A number that is compared with those of its group."""

    kind: OutlierKind
    of: _Numbers
    name: str
    title: Words
    count: int
    cases: int | None = None

    @property
    def group(self) -> Hashable:
        """What the numbers have in common that can be compared."""
        return self.kind, self.of.year, self.name, self.title, self.cases is None

    @property
    def value(self) -> float:
        """The number as it is compared."""
        if self.cases is None:
            return self.count
        return self.count / self.cases if self.cases else float("inf")


def _share_tests(known: Iterable[_Numbers]) -> Iterator[_Test]:
    for one in known:
        for name, title, count, cases in one.shares:
            yield _Test("share", one, name, title, count, cases)


def _zero_tests(known: Iterable[_Numbers]) -> Iterator[_Test]:
    for one in known:
        titles = _titles(one.cls)
        for at, count in one.counts.items():
            yield _Test("zero", one, at, titles[at], count)
        for at, (count, cases) in one.parts.items():
            yield _Test("zero", one, at, titles[at], count, cases)


def _jump_tests(known: Sequence[_Numbers], *, by_name: bool) -> Iterator[_Test]:
    bodies = series_by_name(known) if by_name else series_by_key(known, lambda each: each.body)
    for before, now in (pair for series in bodies.values() for pair in pairwise(series)):
        if now.year == before.year + 1:
            shared = shared_addresses(before.edition, now.edition)
            for at in (at for at in now.counts if at in before.counts and at in shared):
                if max(now.counts[at], before.counts[at]) >= FEW:
                    yield _Test("jump", now, at, _titles(now.cls)[at], now.counts[at], before.counts[at])


@per_class
def _titles(cls: type) -> Mapping[Address, Words]:
    labels = {at: label(cls, at) for at in (*_counts(cls), *_parts(cls))}
    return {at: Words(text, text) for at, text in labels.items()}


# -- how unusual it is ---------------------------------------------------------------------------------


def _unusual(group: Sequence[_Test], made: Mapping[int, int]) -> Iterator[Outlier]:
    """Yield the outliers of a group. The more was compared of a report, the less probable must each of them be."""
    values = sorted(test.value for test in group)
    low, usual, high = (values[round(share * (len(values) - 1))] for share in (0.05, 0.5, 0.95))
    for test, chance in _chances(group):
        if chance < _RATE / made[id(test.of)]:
            yield Outlier(
                *(test.kind, test.of.agency, test.of.year, test.name, test.title, test.count, test.cases),
                *(len(group), usual, low, high, chance),
            )


def _chances(group: Sequence[_Test]) -> Iterator[tuple[_Test, float]]:
    """Yield what may be an outlier, with its chance."""
    if group[0].cases is None:
        zeros = [test for test in group if test.count == 0]
        if zeros:
            sizes = Sizes.fitted([test.count for test in group])
            chance = sizes.chance_of_none if exp(sizes.middle) >= FEW else 1
            yield from ((test, chance) for test in zeros)
        return
    counts = [_count_of_cases(test) for test in group]
    shares: Shares | None = None
    for test, (count, cases) in zip(group, counts, strict=True):
        if test.kind != "zero" or count == 0:
            shares = shares or Shares.fitted(counts)
            if shares.distance(count, cases) > _FAR:
                yield test, shares.chance(count, cases)


_FAR = 2.5
"""The standard deviations from which it is worth while to work out a chance."""


def _count_of_cases(test: _Test) -> tuple[int, int]:
    """Return a count and what it is of: for a jump, the cases of both years."""
    cases = test.cases or 0
    return test.count, cases + test.count if test.kind == "jump" else cases
