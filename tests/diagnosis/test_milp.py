"""Tests of the solver."""

from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import Address, Report2021, diagnose, loads, replace
from gkformat import strategies as gk
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.diagnose import BUDGET, SEVERAL_CELLS, TOO_LARGE
from gkformat.diagnosis.diagnose import _findings_and_state as judged
from gkformat.diagnosis.milp import Solutions, _solution, solve
from gkformat.diagnosis.system import SystemState
from gkformat.forms.y2021 import CaseResults, Requests
from gkformat.notation.outline import numbers
from misfilled import COLUMNS, MEETING, proposed_changes, small_table
from support import payload


def test_equal_solutions_are_listed_up_to_the_bound() -> None:
    """Four rows say that 9 requests were denied, four columns too, and no cell holds any: 24 ways."""
    lines = [at for at in numbers(Requests) if at.startswith("outcomes.denied") and at.endswith(".total")][:4]
    sums = [f"{line}.{column}" for line in ("newly_received", "outcomes.total") for column in COLUMNS[:4]]
    totals = ["newly_received.total", "outcomes.total.total"]
    sound = small_table()
    more = {**dict.fromkeys((*lines, *sums), 9), **dict.fromkeys(totals, 36)}
    found = diagnose(replace(sound, {at: attrgetter(at)(sound) + value for at, value in more.items()}))
    assert (len(found), found[0].cost[0], found[0].equals) == (24, 4, 24)
    assert (
        len(diagnose(replace(sound, {at: attrgetter(at)(sound) + value for at, value in more.items()}), bound=5)) == 5
    )


def test_solve_knows_when_it_has_found_all() -> None:
    box = CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19)
    total = numbers(CaseResults).index(Address("total"))
    state = SystemState(CaseResults, (7, 3, 0, 0, 19), frozenset(), frozenset(range(5)) - {total})
    solutions = solve(state, state.broken(), 20, Budget(BUDGET))
    assert (solutions.found, solutions.complete) == ([{total: 10}], True)
    _, free = judged(box)
    assert len(solve(free, free.broken(), 20, Budget(BUDGET)).found) == 5
    assert solve(free, free.broken(), 20, Budget(BUDGET)).complete
    assert not solve(free, free.broken(), 1, Budget(BUDGET)).complete
    closed = SystemState(CaseResults, (7, 3, 0, 0, 19), frozenset(), frozenset(range(5)))
    assert solve(closed, closed.broken(), 20, Budget(BUDGET)).found == []


def test_solve_discards_inexact_solutions(monkeypatch: pytest.MonkeyPatch) -> None:
    _, state = judged(CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19))
    monkeypatch.setattr(SystemState, "mends", lambda *_: False)
    assert solve(state, state.broken(), 20, Budget(BUDGET)) == Solutions([])


def test_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    diagnose(replace(loads(payload("suqian-2023"), Report2021).requests, MEETING))
    assert capfd.readouterr() == ("", "")


def test_numbers_too_large_for_the_solver_are_reported() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    found = diagnose(replace(sound, {at: value + 10**12 for at, value in MEETING.items()}))
    assert found.not_looked_for == (TOO_LARGE, SEVERAL_CELLS)
    assert replace(sound, found[0].changes) == sound


@settings(max_examples=8)
@given(sound=gk.requests(max_value=40), data=st.data())
def test_solver_finds_only_what_elimination_finds(sound: Requests, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(numbers(Requests)), min_size=2, max_size=2, unique=True))
    box = replace(sound, {at: data.draw(st.integers(0, 40)) for at in chosen})
    _, state = judged(box)
    broken = state.broken()
    if not broken:
        return
    listed = proposed_changes(diagnose(box, bound=10_000))
    for changes in solve(state, broken, 3, Budget(BUDGET)).found:
        if len(changes) == len(diagnose(box)[0].slips):
            assert {str(numbers(Requests)[cell]): value for cell, value in changes.items()} in listed


def test_chosen_cell_that_keeps_its_number_is_no_change() -> None:
    _, state = judged(CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19))
    solution = SimpleNamespace(value_valid=True, col_value=[0.0, 1.0, 9.0, 1.0])
    model: Any = SimpleNamespace(getSolution=lambda: solution)
    assert _solution(model, state, [0, 1]) == ([0, 1], {1: 12})
