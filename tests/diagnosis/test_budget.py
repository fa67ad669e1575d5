"""Tests of the diagnosis of anything whatever: it stays in its budget, and each proposal can be applied."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import AnyReport, Diagnoses, Finding, Mark, Report2021, check, diagnose, loads, replace
from gkformat.diagnosis import diagnose as module
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.diagnose import BUDGET, STOPPED
from gkformat.diagnosis.diagnose import _findings_and_state as judged
from gkformat.diagnosis.milp import LEAST_STEPS, Solutions, solve
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.marks import implied_zeros, row_groups
from gkformat.notation.equations import equations
from support import CORPUS, Payload, at, payload, put

NAMES = sorted(file.stem for file in CORPUS.glob("*.json"))
MARKS = (("blank", ""), ("blank", "/"), ("unreadable", "#REF!"), ("out-of-range", "-3"), ("absent", ""))


def spoiled(chance: random.Random, changes: int) -> AnyReport:
    """Return a real report in which some cells hold other numbers, and some hold none or belong to a merged group."""
    tree = payload(chance.choice(NAMES))
    cls = EDITIONS[tree["edition"]].report
    cells = [*dict.fromkeys(cell for each in equations(cls) for cell in (*each.left, *each.right))]
    largest = chance.choice([3, 10, 100, 5000, 10**6, 2**53 - 1])
    for cell in chance.sample(cells, changes):
        found = at(tree, cell) or 0
        near = max(0, found + chance.choice([-10, -9, -1, 1, 9, 10]))
        put(tree, cell, chance.choice([0, near, chance.randint(0, largest), at(tree, chance.choice(cells)) or 0]))
    marks = {}
    for cell in chance.sample(cells, chance.choice([0, 0, 1, 3, 20, 60])):
        kind, text = chance.choice(MARKS)
        marks[cell] = {"at": cell, "kind": kind, "text": text}
    for group in chance.sample(row_groups(cls), chance.choice([0, 0, 1])):
        marks[group] = {"at": group, "kind": "merged", "text": ""}
    return loads(_with_marks(cls, tree, [*marks.values()]), as_found=True)


def _with_marks(cls: Any, tree: Payload, marks: Sequence[Payload]) -> Payload:
    """Return the payload with marks, and 0 where they say that there is no number; a merged group takes the others."""
    merged = {cell for mark in marks if mark["kind"] == "merged" for cell in implied_zeros(cls, Mark(**mark))}
    kept = [mark for mark in marks if mark["at"] not in merged]
    for cell in merged.union(*(implied_zeros(cls, Mark(**mark)) for mark in kept)):
        put(tree, cell, 0)
    return {**tree, "marks": kept, "discrepancies": []}


def broken(report: AnyReport) -> set[tuple[str, str, Any, Any]]:
    """Return the broken equations of a report with their sides."""
    return keys(check(report).broken)


def keys(findings: Sequence[Finding]) -> set[tuple[str, str, Any, Any]]:
    return {(each.rule, each.at, each.left, each.right) for each in findings if each.terms}


def assert_applicable(report: AnyReport, found: Diagnoses) -> None:
    """Apply each of the first diagnoses: it removes what it mends, leaves what it leaves, and breaks nothing."""
    assert keys(found.broken) == broken(report)
    for diagnosis in (*found[:5], *found[-5:]):
        assert diagnosis.changes
        assert broken(replace(report, diagnosis.changes)) == keys(diagnosis.leaves)
        assert keys(diagnosis.mends) | keys(diagnosis.leaves) == broken(report)
        assert not keys(diagnosis.mends) & keys(diagnosis.leaves)
    filled = replace(report, {each.at: each.proposed for each in found.determined})
    assert broken(filled) == broken(report)


@given(seed=st.integers(0, 2**32), changes=st.integers(1, 60), steps=st.integers(1, LEAST_STEPS))
def test_whatever_stands_in_a_report_is_diagnosed_within_the_budget(seed: int, changes: int, steps: int) -> None:
    report = spoiled(random.Random(seed), changes)
    with pytest.MonkeyPatch.context() as patch:
        budgets = observe(patch)
        found = diagnose(report, budget=steps)
    [budget] = budgets
    assert budget.taken <= steps
    assert found.stopped or not budget.refused
    assert_applicable(report, found)


class ObservedBudget(Budget):
    """A budget that counts the steps that it granted, and how often it refused some."""

    taken = refused = 0

    def spend(self, steps: int = 1) -> bool:
        granted = super().spend(steps)
        self.taken += steps * granted
        self.refused += not granted
        return granted


def observe(patch: pytest.MonkeyPatch) -> list[ObservedBudget]:
    """Return a list in which the budgets of all diagnoses will be."""
    budgets: list[ObservedBudget] = []

    def made(steps: int) -> Budget:
        budgets.append(ObservedBudget(steps))
        return budgets[-1]

    patch.setattr(module, "Budget", made)
    return budgets


def garbled(share: float, largest: int, seed: int = 0) -> AnyReport:
    """Return a report in which this share of the numbers is random."""
    chance, tree = random.Random(seed), payload("suqian-2023")
    for cell in dict.fromkeys(cell for each in equations(Report2021) for cell in (*each.left, *each.right)):
        if chance.random() < share:
            put(tree, cell, chance.randrange(largest))
    return loads(tree, as_found=True)


@pytest.mark.parametrize(("share", "largest"), [(0.04, 5000), (0.08, 10), (0.25, 5000)])
def test_numbers_at_random_take_the_solver_a_bounded_number_of_pivots(
    share: float, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = garbled(share, largest)
    budgets = observe(monkeypatch)
    found = diagnose(report)
    [budget] = budgets
    assert budget.steps - budget.left < 2 * BUDGET  # the root of the search tree is not cut short
    assert found[0].leaves == ()
    assert_applicable(report, found)


def test_solver_gives_what_it_has_when_the_budget_ends() -> None:
    _, state = judged(garbled(0.08, 10))
    broken = state.broken()
    assert solve(state, broken, 20, Budget(LEAST_STEPS - 1)) == Solutions(stopped=True)
    some = solve(state, broken, 20, Budget(LEAST_STEPS))
    assert (some.complete, some.stopped) == (False, True)
    [changes] = some.found
    assert state.mends(broken, state.effect(changes))


def test_search_that_stops_says_so_and_still_explains_what_is_easy() -> None:
    found = diagnose(garbled(0.25, 5000), budget=100)
    hard = max(found.components, key=lambda component: len(component.broken))
    assert found.stopped
    assert hard.stopped
    assert STOPPED.format(steps=100) in found.not_looked_for
    easy = [component for component in found.components if component is not hard]
    assert easy
    assert all(component.diagnoses and not component.stopped for component in easy)


def test_totals_computed_anew_leave_what_stays_broken_as_it_was() -> None:
    """The numbers are too large for the solver. Some of the totals cannot be computed anew without breaking more."""
    report = garbled(0.1, 10**12, seed=22)
    found = diagnose(report)
    assert found[0].mends
    assert found[0].leaves
    assert_applicable(report, found)
