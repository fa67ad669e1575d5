"""Measure how often `outliers` is wrong, and how often it finds what is: `python benchmarks/outliers.py`

Simulates groups of bodies that are alike, most of them with nothing wrong, and writes
docs/reference/outliers-measured.md. The figures are the same in every run.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from math import log
from pathlib import Path

import numpy as np
from attrs import frozen

from gkformat import Outlier, Report2021, loads, outliers
from gkformat.codec.tree import put

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "outliers-measured.md"
BLANK = (ROOT / "examples" / "blank.json").read_bytes()

_OUTCOMES = {
    "granted": 0.45,
    "partially_granted": 0.12,
    "denied.third_party_rights": 0.03,
    "unavailable.not_held": 0.3,
    "not_processed.petition_or_complaint": 0.05,
    "other_handling.other": 0.05,
}
"""What becomes of requests in the middle of the group."""

_DOCUMENTS = "proactive_disclosure"
_SIZES = {
    f"{_DOCUMENTS}.licensing.administrative_licenses.decisions": 3000,
    f"{_DOCUMENTS}.enforcement.administrative_penalties.decisions": 900,
    f"{_DOCUMENTS}.enforcement.administrative_compulsion.decisions": 40,
    f"{_DOCUMENTS}.documents.normative_documents.in_force": 120,
}
"""The numbers of table 二 in the middle of the group."""


@frozen
class Group:
    """A kind of group: how far apart the shares of its bodies are, and their sizes and changes (in logarithms)."""

    name: str
    shares: float
    sizes: float
    changes: float


GROUPS = (
    Group("by chance alone", 0, 0, 0),
    Group("somewhat different", 0.3, 0.6, 0.15),
    Group("different", 0.6, 1, 0.3),
    Group("very different", 1.2, 1.5, 0.6),
)
COUNTS = (30, 100, 500)

Numbers = dict[str, int]


# -- bodies with nothing wrong -------------------------------------------------------------------------


@frozen
class Body:
    """What is usual for a body: its requests in a year, what becomes of them, and its other numbers."""

    requests: float
    outcomes: Sequence[float]
    enterprises: float
    disputes: float
    corrected: float
    others: Sequence[float]


def body(draw: np.random.Generator, group: Group) -> Body:
    """Draw a body of a group."""

    def size(middle: float) -> float:
        return float(middle * np.exp(draw.normal(0, group.sizes)))

    def share(middle: float) -> float:
        return float(1 / (1 + np.exp(-(log(middle / (1 - middle)) + draw.normal(0, group.shares)))))

    weights = np.array([share(each) for each in _OUTCOMES.values()])
    others = [size(middle) for middle in _SIZES.values()]
    return Body(size(250), weights / weights.sum(), share(0.1), share(0.08), share(0.15), others)


def numbers(draw: np.random.Generator, group: Group, one: Body) -> Numbers:
    """Draw the numbers of a body for a year, all in balance; what is not named is 0."""
    found: Numbers = {}

    def row(at: str, total: int) -> int:
        by_enterprises = int(draw.binomial(total, one.enterprises))
        found[f"{at}.legal_person.commercial_enterprise"] = by_enterprises
        found[f"{at}.natural_person"] = total - by_enterprises
        found[f"{at}.total"] = total
        return by_enterprises

    def year(usual: float) -> int:
        return int(draw.poisson(usual * np.exp(draw.normal(0, group.changes))))

    decided = draw.multinomial(year(one.requests), one.outcomes)
    enterprises = sum(row(f"requests.outcomes.{at}", int(n)) for at, n in zip(_OUTCOMES, decided, strict=True))
    total = int(decided.sum())
    found |= _columns("requests.outcomes.total", total, enterprises)
    carried = int(draw.binomial(total, 0.05))
    of_carried = row("requests.carried_forward", carried)
    found |= _columns("requests.newly_received", total + carried, enterprises + of_carried)
    found |= _cases(draw, "reconsideration", int(draw.binomial(total, one.disputes)), one.corrected)
    found |= _cases(draw, "litigation.direct", int(draw.binomial(total, one.disputes / 2)), one.corrected)
    found |= {at: year(usual) for at, usual in zip(_SIZES, one.others, strict=True)}
    return found


def _columns(at: str, total: int, enterprises: int) -> Numbers:
    return {
        f"{at}.natural_person": total - enterprises,
        f"{at}.legal_person.commercial_enterprise": enterprises,
        f"{at}.total": total,
    }


def _cases(draw: np.random.Generator, name: str, total: int, corrected: float) -> Numbers:
    at = f"reconsideration_and_litigation.{name}"
    lost = int(draw.binomial(total, corrected))
    return {f"{at}.upheld": total - lost, f"{at}.corrected": lost, f"{at}.total": total}


def report(agency: str, year: int, found: Numbers) -> Report2021:
    """Return the report of a body."""
    tree = json.loads(BLANK) | {"agency": agency, "year": year}
    for at, number in found.items():
        put(tree, at.split("."), number)
    return loads(json.dumps(tree), Report2021)


def pair(draw: np.random.Generator, group: Group) -> tuple[Numbers, Numbers]:
    """Draw the numbers of a body for two years."""
    one = body(draw, group)
    return numbers(draw, group, one), numbers(draw, group, one)


def alarms(group: Group, count: int, reports: int, seed: int) -> tuple[int, int]:
    """Return how many reports of groups with nothing wrong have an outlier, and of how many; of their second year."""
    draw = np.random.default_rng(seed)
    wrong = drawn = 0
    while drawn < reports:
        wrong += len({item.agency for item in found_in([pair(draw, group) for _ in range(count)])})
        drawn += count
    return wrong, drawn


def found_in(bodies: Sequence[tuple[Numbers, Numbers]]) -> list[Outlier]:
    """Return the outliers in the second year of bodies."""
    years = (
        report(f"机关 {number}", year, found)
        for number, both in enumerate(bodies)
        for year, found in zip((2023, 2024), both, strict=True)
    )
    return [item for item in outliers(years, key=lambda each: each.agency) if item.year == 2024]


# -- what is wrong -------------------------------------------------------------------------------------

Slip = Callable[[Numbers], str]
"""A function that spoils numbers and returns the name of what should be found."""


def rows_exchanged(found: Numbers) -> str:
    """Write 无法提供 where 予以公开 should be, and the other way round, and leave 部分公开 out."""
    one, other = "requests.outcomes.granted", "requests.outcomes.unavailable.not_held"
    partly = "requests.outcomes.partially_granted"
    for column in ("natural_person", "legal_person.commercial_enterprise", "total"):
        granted = found[f"{one}.{column}"] + found[f"{partly}.{column}"]
        found[f"{other}.{column}"] += granted
        found[f"{one}.{column}"] = found[f"{partly}.{column}"] = 0
    return "disclosed_share"


def left_at_zero(found: Numbers) -> str:
    """Leave the number of licences out."""
    at = f"{_DOCUMENTS}.licensing.administrative_licenses.decisions"
    found[at] = 0
    return at


def digit_too_many(found: Numbers) -> str:
    """Write a digit too many in the number of penalties."""
    at = f"{_DOCUMENTS}.enforcement.administrative_penalties.decisions"
    found[at] *= 10
    return at


SLIPS: dict[str, Slip] = {
    "nothing disclosed: those granted stand in the row of those not held": rows_exchanged,
    "a number of table 二 (3,000 in the middle) left at 0": left_at_zero,
    "a digit too many in a number of table 二": digit_too_many,
}


def found_slips(draw: np.random.Generator, group: Group, count: int) -> list[bool]:
    """Return which slips are found in a group, each made by another body, as what was spoiled."""
    bodies = [pair(draw, group) for _ in range(count)]
    spoiled = [(f"机关 {number}", slip(bodies[number][1])) for number, slip in enumerate(SLIPS.values())]
    found = {(item.agency, item.name) for item in found_in(bodies)}
    return [each in found for each in spoiled]


# -- the page ------------------------------------------------------------------------------------------

_REPORTS = 1500
"""How many reports with nothing wrong are drawn, at least, for groups of a kind and a size."""

_TRIALS = {30: 30, 100: 10}
"""How many groups with slips are drawn of each size."""


def main() -> None:
    """Simulate, and write the page."""
    PAGE.write_text("\n".join(page()) + "\n", encoding="utf-8", newline="\n")


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield "<!-- Written by benchmarks/outliers.py. Measure anew instead of changing this page. -->"
    yield ""
    yield "# Outliers, measured"
    yield ""
    yield "`python benchmarks/outliers.py` draws groups of made-up bodies, with reports for two years, and looks for"
    yield "outliers in the second. A body has shares, sizes and changes of its own, drawn around those of its group;"
    yield "what it then counts is chance. The figures are the same in every run."
    yield ""
    yield "Nine tenths of the bodies of a group have:"
    yield ""
    yield "| group | a share of half | requests | this year over the year before |"
    yield "|---|--:|--:|--:|"
    for group in GROUPS:
        yield f"| {group.name} | {_shares(group)} | {_requests(group)} | {_changes(group)} |"
    yield ""
    yield "## False alarms"
    yield ""
    yield "Reports with nothing wrong in which anything is an outlier:"
    yield ""
    yield "| group | " + " | ".join(f"groups of {count}" for count in COUNTS) + " |"
    yield "|---|" + "--:|" * len(COUNTS)
    total = wrong = 0
    for group in GROUPS:
        row = []
        for count in COUNTS:
            some, drawn = alarms(group, count, _REPORTS, seed=count)
            row.append(f"{some} of {drawn:,}")
            wrong, total = wrong + some, total + drawn
        yield f"| {group.name} | " + " | ".join(row) + " |"
    yield ""
    yield f"Together {wrong} of {total:,} reports, {1000 * wrong / total:.1f} in a thousand."
    yield ""
    yield "## What is found"
    yield ""
    yield "A body of each group makes each of these slips, in its second year:"
    yield ""
    yield "| group | bodies | " + " | ".join(SLIPS) + " |"
    yield "|---|--:|" + "--:|" * len(SLIPS)
    for group in GROUPS:
        for count, trials in _TRIALS.items():
            draw = np.random.default_rng(count)
            found = np.mean([found_slips(draw, group, count) for _ in range(trials)], axis=0)
            yield f"| {group.name} | {count} | " + " | ".join(f"{share:.0%}" for share in found) + " |"


_DEVIATIONS = 1.645


def _shares(group: Group) -> str:
    low, high = (1 / (1 + np.exp(sign * _DEVIATIONS * group.shares)) for sign in (1, -1))
    return f"{low:.0%} to {high:.0%}"


def _requests(group: Group) -> str:
    low, high = (250 * np.exp(sign * _DEVIATIONS * group.sizes) for sign in (-1, 1))
    return f"{low:.0f} to {high:.0f}"


def _changes(group: Group) -> str:
    low, high = (np.exp(sign * _DEVIATIONS * group.changes * 2**0.5) for sign in (-1, 1))
    return f"{low:.2g} to {high:.2g}"


if __name__ == "__main__":
    main()
