"""Tests of what two editions share: each cell is shared or not, and a folded group is the sum of its known rows."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import EDITIONS, Address, AnyReport, Mark, Report2021, cells, label, loads, replace
from gkformat import strategies as gk
from gkformat.comparison.crosswalk import shared_addresses, shared_cells
from gkformat.notation.outline import numbers, positions
from support import GROUP, GROUP_ROWS, filled_as_one_row, payload

PAIRS = pytest.mark.parametrize(("a", "b"), list(product(EDITIONS, repeat=2)))


def test_tables_three_and_four_are_shared_and_table_two_is_not() -> None:
    shared = shared_addresses("2019", "2021")
    assert len(shared) == 161 + 15
    assert {at.steps[0] for at in shared} == {"requests", "reconsideration_and_litigation"}
    assert list(shared) == [at for at in numbers(EDITIONS["2019"].report) if at in shared]
    assert set(shared) == set(shared_addresses("2021", "2019"))


def test_row_that_became_a_group_is_shared_at_its_address() -> None:
    for pair in (("2019", "2021"), ("2021", "2019")):
        shared = shared_addresses(*pair)
        folded = [at for at in shared if at.within(GROUP)]
        assert len(folded) == 7
        assert folded[0] == f"{GROUP}.natural_person"
        place = shared.addresses.index(folded[0])
        assert shared.addresses[place - 1].within("requests.outcomes.not_processed.confirmation_or_reissue")
        assert shared.addresses[place + 7].within("requests.outcomes.total")


@PAIRS
def test_cells_are_either_shared_or_unmatched(a: str, b: str) -> None:
    shared = shared_addresses(a, b)
    assert shared.editions == (a, b)
    for edition in {a, b}:
        report = EDITIONS[edition].report
        apart = [each.at for each in shared.unmatched if each.edition == edition]
        assert sorted([*apart, *(at for at in numbers(report) if at in shared)]) == sorted(numbers(report))
        assert apart == sorted(apart, key=positions(report).__getitem__)
    for each in shared.unmatched:
        assert each.label == label(EDITIONS[each.edition].report, each.at)
        assert each.at not in shared


@pytest.mark.parametrize("edition", EDITIONS)
def test_edition_shares_all_with_itself(edition: str) -> None:
    shared = shared_addresses(edition, edition)
    assert shared.addresses == numbers(EDITIONS[edition].report)
    assert shared.unmatched == ()


@pytest.mark.parametrize(
    ("edition", "at", "zh", "en"),
    [
        (
            "2019",
            "proactive_disclosure.procurement.centralized_procurement.projects",
            "2019 版有此格，2021 版没有",
            "edition 2019 has this cell, edition 2021 has not",
        ),
        (
            "2021",
            "proactive_disclosure.licensing.administrative_licenses.decisions",
            "两版所问不同：2021 版为“本年处理决定数量”，2019 版为“处理决定数量”",
            "the two ask different things: “本年处理决定数量” in edition 2021, “处理决定数量” in edition 2019",
        ),
        (
            "2021",
            f"{GROUP}.fee_overdue.legal_person.other",
            f"2021 版分为几行，2019 版为一行：只能合计后比较，地址为 {GROUP}.legal_person.other",
            f"several rows in edition 2021 are one row in edition 2019: only their sum can be compared, at {GROUP}.legal_person.other",
        ),
    ],
)
def test_unmatched_cells_give_their_reason(edition: str, at: str, zh: str, en: str) -> None:
    (apart,) = [each for each in shared_addresses("2019", "2021").unmatched if (each.edition, each.at) == (edition, at)]
    assert (apart.reason.zh, apart.reason.en) == (zh, en)


@pytest.mark.parametrize("names", [("2019", "2008"), ("2008", "2021"), ("", "")])
def test_unknown_edition_is_refused(names: tuple[str, str], busy_report: Report2021) -> None:
    with pytest.raises(LookupError, match=r"已知：2019.*known: 2019"):
        shared_addresses(*names)
    with pytest.raises(LookupError, match="2008"):
        shared_cells(busy_report, "2008")


# -- the numbers ---------------------------------------------------------------------------------------


@given(st.sampled_from([*EDITIONS]).flatmap(lambda edition: gk.reports(edition=edition)), st.sampled_from([*EDITIONS]))
def test_shared_cells_are_cells_and_sums_of_folded_groups(report: AnyReport, other: str) -> None:
    own, shared = cells(report), shared_cells(report, other)
    assert list(shared) == list(shared_addresses(report.edition, other))
    for at, value in shared.items():
        inner = at.removeprefix(f"{GROUP}.")
        assert value == (
            own[at] if at in own else sum(own[Address(f"{GROUP}.{line}.{inner}")] or 0 for line in GROUP_ROWS)
        )


def test_folded_row_of_a_published_report_is_the_sum_of_three(busy_report: Report2021) -> None:
    shared = shared_cells(busy_report, "2019")
    assert [shared[Address(f"{GROUP}.{column}")] for column in ("natural_person", "total")] == [40 + 10 + 287, 341]


@pytest.mark.parametrize(("blank", "expected"), [(GROUP_ROWS, None), (GROUP_ROWS[:1], None), ((), 0)])
def test_blank_row_leaves_the_sum_unknown(blank: tuple[str, ...], expected: int | None) -> None:
    report = loads(payload("gaoqing-gaocheng-2024"), Report2021)
    marks = [Mark(f"{GROUP}.{line}.natural_person", "blank") for line in blank]
    shared = shared_cells(replace(report, marks=tuple(marks)), "2019")
    assert shared[Address(f"{GROUP}.natural_person")] == expected
    assert shared[Address(f"{GROUP}.total")] == 0


def test_group_filled_as_one_row_is_that_row(busy_report: Report2021) -> None:
    merged = filled_as_one_row(busy_report)
    assert cells(merged)[Address(f"{GROUP}.other.total")] is None
    assert shared_cells(merged, "2019") == shared_cells(busy_report, "2019")
    assert shared_cells(merged, "2021") == cells(merged)


def test_blank_in_a_group_filled_as_one_row_is_a_blank(busy_report: Report2021) -> None:
    at = Address(f"{GROUP}.legal_person.other")
    blank = Mark(f"{GROUP}.other.legal_person.other", "blank")
    aside = Mark(f"{GROUP}.fee_overdue.natural_person", "blank")
    merged = filled_as_one_row(busy_report, blank, aside)
    assert shared_cells(merged, "2019") == {**shared_cells(busy_report, "2019"), at: None}
