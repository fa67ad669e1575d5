"""Tests of `diagnose`: the true change is found, what is proposed mends, and what was not looked for is said."""

import json
import re
import runpy
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import Address, Diagnoses, Report2021, check, diagnose, dumps, loads, replace
from gkformat import strategies as gk
from gkformat.diagnosis.diagnose import NO_SOLVER, SEVERAL_CELLS
from gkformat.forms.y2021 import CaseResults, DocumentCounts, Requests
from gkformat.notation.outline import label, numbers
from misfilled import APART, CASES, MEETING, Changes, load_report, proposed_changes, slip_kinds, small_table
from support import ROOT, payload, put


def test_totals_left_0_are_found() -> None:
    found = diagnose(load_report("hongze-2023"))
    totals = {f"{CASES}.reconsideration.total": 11, f"{CASES}.litigation.after_reconsideration.total": 5}
    assert proposed_changes(found)[0] == totals
    assert slip_kinds(found)[0] == ["total-empty", "total-empty"]
    assert found[0].equals == 1
    assert [len(component.broken) for component in found.components] == [1, 1]
    first, second = found.components
    assert len(found) == len(first.diagnoses) * len(second.diagnoses)
    assert first.diagnoses[0].leaves == second.broken
    assert found[0].leaves == ()
    assert found[0].mends == found.broken == check(load_report("hongze-2023")).broken


def test_total_left_0_or_number_split_is_found() -> None:
    found = diagnose(load_report("jinhu-2023"))
    direct = f"{CASES}.litigation.direct"
    assert proposed_changes(found)[0] == {f"{direct}.total": 3}
    split = {f"{direct}.other": 10, f"{direct}.total": 12}
    place = proposed_changes(found).index(split)
    assert slip_kinds(found)[place] == ["split"]
    assert {change.at: (change.found, change.proposed) for change in found[place].slips[0].changes} == {
        Address(f"{direct}.other"): (1, 10),
        Address(f"{direct}.total"): (0, 12),
    }


def test_rows_that_may_be_wrong_are_equally_likely() -> None:
    """The balances hold with 21, so （七） is right. Only two rows have the 6 that is too much."""
    found = diagnose(load_report("pingtan-2020"))
    outcomes = "requests.outcomes"
    assert proposed_changes(found) == [
        {f"{outcomes}.{row}.natural_person": 0, f"{outcomes}.{row}.total": total}
        for row, total in (("granted", 1), ("partially_granted", 0))
    ]
    assert [diagnosis.equals for diagnosis in found] == [2, 2]
    assert found.first == found.items
    assert not found.truncated
    assert found.not_looked_for == ()


def test_proposed_changes_are_applied_by_replace_alone() -> None:
    report = load_report("hongze-2023")
    before = dumps(report)
    found = diagnose(report)
    mended = replace(report, found[0].changes)
    assert dumps(report) == before
    assert mended.discrepancies == ()
    assert check(mended).broken == ()


def test_merged_group_is_changed_in_its_row_only() -> None:
    data = payload("hongze-2023")
    put(data, "requests.outcomes.total.natural_person", 22)
    put(data, "requests.outcomes.total.total", 22)
    put(data, "requests.newly_received.natural_person", 22)
    put(data, "requests.newly_received.total", 22)
    group = "requests.outcomes.other_handling"
    changes = proposed_changes(diagnose(loads(data, as_found=True)))
    assert {f"{group}.other.natural_person": 1, f"{group}.other.total": 1} in [
        {at: value for at, value in each.items() if at.startswith("requests")} for each in changes
    ]
    assert not any(at.startswith((f"{group}.correction", f"{group}.fee")) for each in changes for at in each)


@pytest.mark.parametrize("changes", [APART, MEETING], ids=["apart", "meeting"])
def test_three_slips_are_found(changes: Changes) -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    found = diagnose(replace(sound, changes))
    assert proposed_changes(found)[0] == {at: attrgetter(at)(sound) for at in changes}
    assert all(len(diagnosis.slips) == 3 for diagnosis in found)
    assert found.not_looked_for == (SEVERAL_CELLS,)


@pytest.mark.usefixtures("without_solver")
def test_diagnose_without_the_solver_says_so() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    apart = diagnose(replace(sound, APART))
    assert proposed_changes(apart)[0] == {at: attrgetter(at)(sound) for at in APART}
    assert apart.not_looked_for == (NO_SOLVER, SEVERAL_CELLS)
    meeting = diagnose(replace(sound, MEETING))
    assert meeting.not_looked_for == (NO_SOLVER, SEVERAL_CELLS)
    assert replace(sound, meeting[0].changes) == sound  # all totals computed anew
    one = replace(sound, {"outcomes.granted.total": 0})
    assert diagnose(one).not_looked_for == ()


@pytest.mark.usefixtures("without_solver")
def test_diagnose_without_the_solver_may_find_nothing() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    line = sound.carried_forward
    more = {at.removeprefix("outcomes.total."): 900 + place for place, at in enumerate(MEETING)}
    wrong = replace(line, {**more, "total": line.total + sum(more.values()) - sum(attrgetter(at)(line) for at in more)})
    assert not check(wrong).broken
    found = diagnose(replace(sound, carried_forward=wrong))
    assert len(found) == 0
    assert found.first == ()
    assert found.broken != ()
    assert found.not_looked_for == (NO_SOLVER, SEVERAL_CELLS)


def test_random_numbers_have_one_solution_in_bounded_time() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    wild: dict[str, int] = {at: place * place % 7 for place, at in enumerate(numbers(Requests))}
    found = diagnose(replace(sound, wild))
    assert len(found) == 1
    assert found.truncated
    assert check(replace(replace(sound, wild), found[0].changes)).broken == ()


@pytest.mark.parametrize("kind", ["blank", "unreadable", "out-of-range", "absent"])
def test_open_cell_is_free_and_stays_open(kind: str) -> None:
    data = payload("suqian-2023")
    group = f"{CASES}.reconsideration"
    put(data, group, {"upheld": 30, "corrected": 0, "other": 0, "pending": 4, "total": 12})
    data["marks"] = [{"at": f"{group}.corrected", "kind": kind, "text": ""}]
    report = loads(data, as_found=True)
    found = diagnose(report)
    assert {f"{group}.total": 34} in proposed_changes(found)  # at least 34: the blank may add to it
    assert {f"{group}.upheld": 8} in proposed_changes(found)
    assert not any(f"{group}.corrected" in each for each in proposed_changes(found))
    for diagnosis in found:
        assert not any(finding.terms for finding in check(replace(report, diagnosis.changes)).broken)


def test_two_slips_in_a_report_with_blanks_are_found() -> None:
    data = payload("suqian-2023")
    put(data, "requests.outcomes.denied.state_secret.natural_person", None)
    put(data, "requests.brought_forward.legal_person.other", None)
    put(data, "requests.newly_received.natural_person", 1)
    put(data, "requests.outcomes.granted.total", 2)
    report = loads(data, as_found=True)
    found = diagnose(report)
    assert {"requests.newly_received.natural_person", "requests.outcomes.granted.total"} in [
        set(each) for each in proposed_changes(found)
    ]
    for diagnosis in found:
        assert check(replace(report, diagnosis.changes)).broken == ()


def test_undecided_equation_needs_no_change() -> None:
    report = load_report("shanghai-office-2019")
    assert check(report).undecided
    assert diagnose(report) == Diagnoses()


@pytest.mark.parametrize(
    "box",
    [DocumentCounts(issued=1, repealed=1, in_force=0), CaseResults(upheld=1, corrected=0, other=0, pending=0, total=1)],
)
def test_sound_box_has_no_diagnoses(box: Any) -> None:
    found = diagnose(box)
    assert (len(found), found.first, found.truncated, found.broken) == (0, (), False, ())


def test_bound_is_kept_and_reported() -> None:
    box = CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19)
    every = diagnose(box)
    some = diagnose(box, bound=2)
    assert not every.truncated
    assert some.truncated
    assert [each.slips for each in some] == [each.slips for each in every[:2]]
    report = load_report("hongze-2023")
    assert (len(diagnose(report, bound=3)), diagnose(report, bound=3).truncated) == (3, True)
    with pytest.raises(ValueError, match="bound"):
        diagnose(box, bound=0)
    with pytest.raises(ValueError, match="budget"):
        diagnose(box, budget=0)
    with pytest.raises(TypeError):
        diagnose({"upheld": 1})


def test_diagnoses_are_written_as_json() -> None:
    written = json.loads(dumps(diagnose(load_report("pingtan-2020"))))
    assert written["items"][0]["slips"][0]["kind"] == "carried"


@settings(max_examples=15)
@given(gk.broken())
def test_single_faults_are_mended_and_the_truth_is_proposed(made: gk.Broken) -> None:
    report = made.report
    found = diagnose(report, bound=1000)
    assert found == diagnose(report, bound=1000)
    assert found.broken == check(report).broken
    was = attrgetter(made.changed)(report) - _excess(made)
    assert {str(made.changed): was} in proposed_changes(found)
    assert [diagnosis.cost for diagnosis in found] == sorted(diagnosis.cost for diagnosis in found)
    for diagnosis in found[:8]:
        assert diagnosis.mends == check(report).broken
        assert check(replace(report, diagnosis.changes)).verdict == "consistent"
        for slip in diagnosis.slips:
            assert slip.title("zh") != slip.title("en")
            for change in slip.changes:
                assert change.found == attrgetter(change.at)(report) != change.proposed
                assert change.label == label(type(report), change.at)


def _excess(made: gk.Broken) -> int:
    """Return by how much the changed cell is too large."""
    failure, *_ = [each for each in made.failures if (each.rule, each.at) == (made.equation.rule, made.equation.at)]
    return failure.left - failure.right if made.changed in made.equation.left else failure.right - failure.left


@settings(max_examples=5)
@given(st.lists(st.integers(0, 3), min_size=len(numbers(Requests)), max_size=len(numbers(Requests))))
def test_proposed_changes_are_always_possible(values: list[int]) -> None:
    box = replace(small_table(), dict(zip(numbers(Requests), values, strict=True)))
    for diagnosis in diagnose(box, bound=3):
        mended = replace(box, diagnosis.changes)  # refuses what is outside of the domain
        assert len(check(mended).broken) == len(diagnosis.leaves)


def test_benchmark_page_shows_what_is_measured() -> None:
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "diagnosis.py"))
    page = (ROOT / "docs" / "reference" / "diagnosis-measured.md").read_text(encoding="utf-8")
    sections = re.split(r"^## Table (.), (one|two) faults?$", page, flags=re.MULTILINE)[1:]
    shown = {
        (name, faults, kind): figures
        for name, faults, text in zip(sections[::3], sections[1::3], sections[2::3], strict=True)
        for kind, figures in re.findall(r"^\| ([a-z-]+) \| (.*) \| [\d.]+ \|$", text, flags=re.MULTILINE)
    }
    for name, faults, kind in (
        ("三", "one", "carried"),
        ("三", "one", "split"),
        ("四", "one", "sign"),
        ("四", "two", "sign"),
    ):
        measured = benchmark["measure"](kind, name, 1 if faults == "one" else 2)
        again = benchmark["cells_of"](measured)
        assert again.startswith(f"| {kind} | {shown[name, faults, kind]} |")
