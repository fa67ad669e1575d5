"""Tests of outliers: what is found in groups of made-up bodies, and that nothing is where nothing is wrong."""

import runpy
from collections.abc import Sequence
from functools import cache
from math import comb
from typing import Any

import numpy as np
import pytest

from bodies import empty_report
from gkformat import Address, AnyReport, Mark, Report2021, as_found, outliers, replace
from gkformat.comparison.overdispersion import Shares, Sizes
from readings import report
from support import ROOT, fields

LICENCES = "proactive_disclosure.licensing.administrative_licenses.decisions"
NEW = "requests.newly_received"


@cache
def county(number: int, licences: int = 500, year: int = 2024) -> AnyReport:
    """Return a report of one of forty counties that are alike."""
    return replace(report("huaian-2024"), {LICENCES: licences + 7 * number}, agency=f"某县{number}", year=year)


def group(*odd: AnyReport, count: int = 40) -> list[AnyReport]:
    """Return reports of counties, the first of which are odd."""
    return [*odd, *(county(number) for number in range(len(odd), count))]


def told(reports: Sequence[AnyReport]) -> list[tuple[str, str, str]]:
    return [(item.agency, item.kind, item.name) for item in outliers(reports)]


def test_nothing_is_found_where_all_are_alike() -> None:
    found = outliers(group())
    assert (len(found), found.reports, found.compared) == (0, 40, 40)


def test_nothing_where_the_peers_have_numbers_is_found_and_explained() -> None:
    odd = replace(county(0), {LICENCES: 0})
    [item] = outliers(group(odd))
    assert (item.agency, item.kind, item.name, item.count, item.cases, item.peers) == (
        "某县0",
        "zero",
        LICENCES,
        0,
        None,
        40,
    )
    for number in ("40", "640", "514", "759"):
        assert number in item.message("en")
        assert number in item.message("zh")


def test_blank_is_no_zero() -> None:
    odd = replace(county(0), {LICENCES: 0}, marks=(Mark(LICENCES, "blank", "/"),))
    assert told(group(odd)) == []


def test_zeros_are_usual_where_several_have_them() -> None:
    assert told(group(*(replace(county(number), {LICENCES: 0}) for number in range(6)))) == []


def test_fewer_than_thirty_are_not_compared() -> None:
    odd = replace(county(0), {LICENCES: 0})
    assert outliers(group(odd, count=29)).compared == 0
    assert len(outliers(group(odd, count=30))) == 1


def test_part_that_is_nothing_and_share_that_is_far_are_found() -> None:
    odd = county(0)
    moved = {
        f"requests.{row}.{column}": 0
        for row in ("newly_received", "outcomes.granted")
        for column in ("natural_person", "total")
    }
    broken = as_found(Report2021, **fields(odd) | {"requests": replace(odd.requests, _within(moved))})
    found = told(group(broken))
    assert ("某县0", "zero", "requests.outcomes.granted.total") in found
    assert ("某县0", "share", "disclosed_share") in found
    assert ("某县0", "zero", f"{NEW}.total") in found
    assert {agency for agency, *_ in found} == {"某县0"}


def _within(changes: dict[str, int]) -> dict[Address, int]:
    return {Address(at).relative_to(Address("requests")): value for at, value in changes.items()}


def test_jump_against_the_year_before_is_found() -> None:
    before = [county(number, year=2023) for number in range(40)]
    found = list(outliers([*before, *group(county(0, 6000))]))
    [item] = [item for item in found if item.kind == "jump"]
    assert (item.agency, item.year, item.name, item.count, item.cases) == ("某县0", 2024, LICENCES, 6000, 500)
    assert "12 times the 500" in item.message("en")
    assert "为其 12 倍" in item.message("zh")
    assert "与上年之比的中位数为 1 倍" in item.message("zh")


def test_great_jump_is_no_power_of_ten() -> None:
    before = [county(number, year=2023) for number in range(40)]
    [item] = [item for item in outliers([*before, *group(county(0, 6_000_000))]) if item.kind == "jump"]
    assert "6000000, 12000 times the 500" in item.message("en")


def test_bodies_are_told_apart_by_a_key() -> None:
    before = [county(number, year=2023) for number in range(40)]
    renamed = replace(county(0, 6000), agency="新县")
    assert not [item for item in outliers([*before, *group(renamed)]) if item.kind == "jump"]
    codes = {"新县": "某县0"}
    found = outliers([*before, *group(renamed)], key=lambda each: codes.get(each.agency, each.agency))
    assert [item.agency for item in found if item.kind == "jump"] == ["新县"]


def test_reports_of_nothing_and_of_both_editions_are_taken() -> None:
    assert told([empty_report(edition) for edition in ("2019", "2021") for _ in range(30)]) == []


# -- the statistics ------------------------------------------------------------------------------------


def test_share_of_few_cases_may_differ_more() -> None:
    alike = Shares.fitted([(50, 100)] * 40)
    assert alike.spread == 0
    assert alike.chance(8, 30) > 1e-3
    assert alike.chance(80, 300) < 1e-9


def test_spread_is_that_of_the_group_and_not_of_a_few_wrong_ones() -> None:
    draw = np.random.default_rng(1)
    shares = 1 / (1 + np.exp(-draw.normal(0, 0.5, 300)))
    counts = [(int(draw.binomial(1000, share)), 1000) for share in shares]
    clean, spoiled = Shares.fitted(counts), Shares.fitted([*counts, *[(0, 1000)] * 9])
    assert clean.spread == pytest.approx(0.5, rel=0.2)
    assert spoiled.spread == pytest.approx(clean.spread, rel=0.2)


def test_chance_is_that_of_the_binomial_where_all_are_alike() -> None:
    whole = sum(comb(40, k) for k in range(33, 41)) / 2**40
    assert Shares(0, 0).chance(33, 40) == pytest.approx(2 * whole, rel=1e-3)
    assert Shares(0, 0).chance(7, 40) == pytest.approx(2 * whole, rel=1e-3)


def test_chance_of_nothing_is_that_of_poisson_where_all_are_alike() -> None:
    assert Sizes(np.log(5), 0).chance_of_none == pytest.approx(np.exp(-5))
    assert Sizes(np.log(5), 1).chance_of_none > 5 * np.exp(-5)


def test_work_does_not_grow_with_what_somebody_wrote() -> None:
    assert Shares.fitted([(2**52, 2**53 - 1)] * 30 + [(1, 30)]).chance(2**51, 2**53 - 1) < 1e-9


# -- a small simulation; the page shows that of a large one --------------------------------------------


@pytest.fixture(scope="module")
def simulation() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks" / "outliers.py"))


def test_simulated_group_with_nothing_wrong_has_no_outlier(simulation: dict[str, Any]) -> None:
    draw, alike = np.random.default_rng(7), simulation["GROUPS"][1]
    assert simulation["found_in"]([simulation["pair"](draw, alike) for _ in range(40)]) == []


def test_planted_slips_are_found(simulation: dict[str, Any]) -> None:
    draw, alike = np.random.default_rng(8), simulation["GROUPS"][1]
    assert simulation["found_slips"](draw, alike, 40) == [True] * 3
