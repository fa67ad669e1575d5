"""Which cell is wrong: the true change is found, what is proposed really mends, and what was not looked for is said."""

import json
import re
import runpy
import sys
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import Address, Diagnoses, Report2021, check, diagnose, dumps, loads, replace
from gkformat import strategies as gk
from gkformat.diagnosis.diagnose import NO_SOLVER, SEVERAL_CELLS, TOO_LARGE
from gkformat.diagnosis.diagnose import _findings_and_state as judged
from gkformat.diagnosis.milp import Solutions, solve
from gkformat.diagnosis.search import Search
from gkformat.diagnosis.slips import SLIP_KINDS, likeliest
from gkformat.diagnosis.system import SystemState
from gkformat.forms.y2021 import Applicants, CaseResults, DocumentCounts, Requests
from gkformat.notation.outline import label, numbers
from support import ROOT, payload, put

CASES = "reconsideration_and_litigation"
Changes = Mapping[str, int]


def read(name: str) -> Any:
    return loads(payload(name), as_found=True)


def proposed(found: Diagnoses) -> list[dict[str, int]]:
    return [{str(at): value for at, value in diagnosis.changes.items()} for diagnosis in found]


def kinds(found: Diagnoses) -> list[list[str]]:
    return [[slip.kind for slip in diagnosis.slips] for diagnosis in found]


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)


# -- real reports --------------------------------------------------------------------------------------


def test_two_totals_that_were_left_0() -> None:
    found = diagnose(read("hongze-2023"))
    totals = {f"{CASES}.reconsideration.total": 11, f"{CASES}.litigation.after_reconsideration.total": 5}
    assert proposed(found)[0] == totals
    assert kinds(found)[0] == ["total-empty", "total-empty"]
    assert found[0].equals == 1
    assert [len(component.broken) for component in found.components] == [1, 1]
    first, second = found.components
    assert len(found) == len(first.diagnoses) * len(second.diagnoses)
    assert first.diagnoses[0].leaves == second.broken
    assert found[0].leaves == ()
    assert found[0].mends == found.broken == check(read("hongze-2023")).broken


def test_a_total_that_was_left_0_or_a_number_that_a_converter_split() -> None:
    found = diagnose(read("jinhu-2023"))
    direct = f"{CASES}.litigation.direct"
    assert proposed(found)[0] == {f"{direct}.total": 3}
    split = {f"{direct}.other": 10, f"{direct}.total": 12}
    place = proposed(found).index(split)
    assert kinds(found)[place] == ["split"]
    assert {change.at: (change.found, change.proposed) for change in found[place].slips[0].changes} == {
        Address(f"{direct}.other"): (1, 10),
        Address(f"{direct}.total"): (0, 12),
    }


def test_the_total_line_of_a_report_is_right_and_one_of_two_rows_is_wrong() -> None:
    """The balances hold with 21, so not （七） is wrong; only two rows have the 6 that is too much."""
    found = diagnose(read("pingtan-2020"))
    outcomes = "requests.outcomes"
    assert proposed(found) == [
        {f"{outcomes}.{row}.natural_person": 0, f"{outcomes}.{row}.total": total}
        for row, total in (("granted", 1), ("partially_granted", 0))
    ]
    assert [diagnosis.equals for diagnosis in found] == [2, 2]
    assert found.first == found.items
    assert not found.truncated
    assert found.not_looked_for == ()


def test_what_is_proposed_is_applied_by_replace_and_by_nothing_else() -> None:
    report = read("hongze-2023")
    before = dumps(report)
    found = diagnose(report)
    mended = replace(report, found[0].changes)
    assert dumps(report) == before
    assert mended.discrepancies == ()
    assert check(mended).broken == ()


def test_a_group_that_was_filled_as_one_row_is_changed_in_that_row_only() -> None:
    data = payload("hongze-2023")
    put(data, "requests.outcomes.total.natural_person", 22)
    put(data, "requests.outcomes.total.total", 22)
    put(data, "requests.newly_received.natural_person", 22)
    put(data, "requests.newly_received.total", 22)
    group = "requests.outcomes.other_handling"
    changes = proposed(diagnose(loads(data, as_found=True)))
    assert {f"{group}.other.natural_person": 1, f"{group}.other.total": 1} in [
        {at: value for at, value in each.items() if at.startswith("requests")} for each in changes
    ]
    assert not any(at.startswith((f"{group}.correction", f"{group}.fee")) for each in changes for at in each)


# -- what was really wrong -----------------------------------------------------------------------------

COLUMNS = numbers(Applicants)
SEEN = (101, 2, 0, 0, 0, 1, 104)


def table() -> Requests:
    """A small sound table: one row of numbers, which stands in 一, （一） and （七）."""
    busy: Requests = loads(payload("suqian-2023"), Report2021).requests
    empty = replace(busy, dict.fromkeys(numbers(Requests), 0))
    return replace(
        empty,
        {
            at: value
            for line in ("newly_received", "outcomes.granted", "outcomes.total")
            for at, value in row(line, SEEN)
        },
    )


def row(line: str, values: Iterable[int]) -> Iterator[tuple[str, int]]:
    return ((f"{line}.{column}", value) for column, value in zip(COLUMNS, values, strict=True))


def column(values: Mapping[str, int]) -> Changes:
    return {f"{line}.natural_person": value for line, value in values.items()}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("digit-dropped", (10, 2, 0, 0, 0, 1, 104)),
        ("digit-doubled", (1101, 2, 0, 0, 0, 1, 104)),
        ("digit-inserted", (1701, 2, 0, 0, 0, 1, 104)),
        ("digits-swapped", (110, 2, 0, 0, 0, 1, 104)),
        ("digit-mistyped", (181, 2, 0, 0, 0, 1, 104)),
        ("other-number", (7777, 2, 0, 0, 0, 1, 104)),
        ("unit", (1010000, 2, 0, 0, 0, 1, 104)),
        ("cell-empty", (0, 2, 0, 0, 0, 1, 104)),
        ("cell-filled", (101, 2, 0, 0, 5, 1, 104)),
        ("total-empty", (101, 2, 0, 0, 0, 1, 0)),
        ("term-omitted", (101, 2, 0, 0, 0, 1, 3)),
        ("carried", (181, 2, 0, 0, 0, 1, 184)),
        ("neighbours-swapped", (2, 101, 0, 0, 0, 1, 104)),
        ("wrong-place", (101, 0, 0, 0, 2, 1, 104)),
        ("row-shifted", (0, 101, 2, 0, 0, 0, 1)),
        ("row-shifted", (2, 0, 0, 0, 1, 104, 0)),
        ("row-shifted", (101, 0, 2, 0, 0, 0, 1)),
        ("split", (10, 1, 2, 0, 0, 0, 1)),
        ("glued", (1012, 0, 0, 0, 1, 104, 0)),
    ],
)
def test_each_slip_in_a_row_is_known_by_what_it_leaves(kind: str, line: tuple[int, ...]) -> None:
    sound = table()
    found = diagnose(replace(sound, dict(row("outcomes.granted", line))))
    wrong = {at: value for at, value in row("outcomes.granted", line) if value != attrgetter(at)(sound)}
    assert proposed(found)[0] == {at: attrgetter(at)(sound) for at in wrong}
    assert kinds(found)[0] == [kind]
    assert found[0].equals == 1


def test_a_column_that_was_shifted_is_known() -> None:
    sound = table()
    lines = [at.removesuffix(".natural_person") for at in numbers(Requests) if at.endswith("natural_person")]
    before = [attrgetter(f"{line}.natural_person")(sound) for line in lines]
    found = diagnose(replace(sound, column(dict(zip(lines, [0, *before[:-1]], strict=True)))))
    assert kinds(found)[0] == ["column-shifted"]
    assert replace(sound, found[0].changes) == sound


@pytest.mark.parametrize(
    ("found", "right", "sums", "kind"),
    [
        (12, 123, [], "digit-dropped"),
        (5, 105, [], "digit-dropped"),
        (122, 12, [], "digit-doubled"),
        (127, 12, [], "digit-inserted"),
        (21, 12, [], "digits-swapped"),
        (17, 12, [], "digit-mistyped"),
        (3412, 1234, [], "other-number"),
        (120_000, 12, [], "unit"),
        (12, 120_000, [], "unit"),
        (0, 12, [], "cell-empty"),
        (12, 0, [], "cell-filled"),
        (0, 12, [[5, 7]], "total-empty"),
        (1000, 1037, [[37, 1000]], "term-omitted"),
        (963, 1037, [[37, 1000]], "sign"),
    ],
)
def test_the_likeliest_slip_of_a_single_number(found: int, right: int, sums: list[list[int]], kind: str) -> None:
    assert likeliest(found, right, sums)[1] == kind


def test_the_shares_of_all_kinds_are_no_more_than_all_slips() -> None:
    assert sum(2.0**-kind.bits for kind in SLIP_KINDS.values()) <= 1


# -- two faults, and more ------------------------------------------------------------------------------


def test_two_slips_of_several_cells() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    changes = {
        **_exchanged(sound, "newly_received.natural_person", "newly_received.legal_person.commercial_enterprise"),
        **_exchanged(sound, "outcomes.unavailable.not_held.total", "outcomes.unavailable.requires_creation.total"),
    }
    found = diagnose(replace(sound, changes))
    assert replace(sound, found[0].changes) == sound
    assert kinds(found)[0] == ["neighbours-swapped", "neighbours-swapped"]


def _exchanged(box: Any, one: str, other: str) -> dict[str, int]:
    return {one: attrgetter(other)(box), other: attrgetter(one)(box)}


def test_a_slip_of_several_cells_among_others_that_do_not_meet_it() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    changes = {
        **_exchanged(sound, "outcomes.granted.natural_person", "outcomes.partially_granted.natural_person"),
        "newly_received.legal_person.commercial_enterprise": 9,
        "outcomes.unavailable.not_held.legal_person.other": 999,
    }
    found = diagnose(replace(sound, changes))
    assert replace(sound, found[0].changes) == sound
    assert "neighbours-swapped" in kinds(found)[0]


APART = {
    "newly_received.natural_person": 1,
    "outcomes.granted.legal_person.other": 77,
    "outcomes.unavailable.not_held.legal_person.commercial_enterprise": 99,
}
MEETING = {
    "outcomes.total.natural_person": 1,
    "outcomes.total.legal_person.other": 2,
    "outcomes.total.legal_person.commercial_enterprise": 4,
}


@pytest.mark.parametrize("changes", [APART, MEETING], ids=["apart", "meeting"])
def test_three_slips(changes: Changes) -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    found = diagnose(replace(sound, changes))
    assert proposed(found)[0] == {at: attrgetter(at)(sound) for at in changes}
    assert all(len(diagnosis.slips) == 3 for diagnosis in found)
    assert found.not_looked_for == (SEVERAL_CELLS,)


def test_many_slips_that_do_not_meet_are_told_apart() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    lines = ("newly_received", "outcomes.granted", "outcomes.unavailable.not_held", "outcomes.not_processed.duplicate")
    columns = (
        "natural_person",
        "legal_person.other",
        "legal_person.commercial_enterprise",
        "legal_person.research_institution",
    )
    changes = {
        f"{line}.{column}": 5000 * 3**place for place, (line, column) in enumerate(zip(lines, columns, strict=True))
    }
    _, state = judged(replace(sound, changes))
    [found] = Search(state, state.broken()).disjoint()
    assert [numbers(Requests)[cell] for guess in found for cell, _ in guess.changes] == [*changes]


def test_where_each_row_may_go_with_each_column_all_ways_are_listed_up_to_the_bound() -> None:
    """Four rows say that 9 requests were denied, four columns too, and no cell holds any: 24 ways."""
    lines = [at for at in numbers(Requests) if at.startswith("outcomes.denied") and at.endswith(".total")][:4]
    sums = [f"{line}.{column}" for line in ("newly_received", "outcomes.total") for column in COLUMNS[:4]]
    totals = ["newly_received.total", "outcomes.total.total"]
    sound = table()
    more = {**dict.fromkeys((*lines, *sums), 9), **dict.fromkeys(totals, 36)}
    found = diagnose(replace(sound, {at: attrgetter(at)(sound) + value for at, value in more.items()}))
    assert (len(found), found[0].cost[0], found[0].equals) == (24, 4, 24)
    assert (
        len(diagnose(replace(sound, {at: attrgetter(at)(sound) + value for at, value in more.items()}), bound=5)) == 5
    )


def test_all_solutions_are_known_to_be_all() -> None:
    box = CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19)
    total = numbers(CaseResults).index(Address("total"))
    state = SystemState(CaseResults, (7, 3, 0, 0, 19), frozenset(), frozenset(range(5)) - {total})
    solutions = solve(state, state.broken(), 20)
    assert (solutions.found, solutions.complete) == ([{total: 10}], True)
    _, free = judged(box)
    assert len(solve(free, free.broken(), 20).found) == 5
    assert solve(free, free.broken(), 20).complete
    assert not solve(free, free.broken(), 1).complete
    closed = SystemState(CaseResults, (7, 3, 0, 0, 19), frozenset(), frozenset(range(5)))
    assert solve(closed, closed.broken(), 20).found == []


def test_a_solution_that_is_not_exact_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    _, state = judged(CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19))
    monkeypatch.setattr(SystemState, "mends", lambda *_: False)
    assert solve(state, state.broken(), 20) == Solutions([], complete=False)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    diagnose(replace(loads(payload("suqian-2023"), Report2021).requests, MEETING))
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("without_solver")
def test_without_the_solver_the_answer_says_what_was_not_looked_for() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    apart = diagnose(replace(sound, APART))
    assert proposed(apart)[0] == {at: attrgetter(at)(sound) for at in APART}
    assert apart.not_looked_for == (NO_SOLVER, SEVERAL_CELLS)
    meeting = diagnose(replace(sound, MEETING))
    assert meeting.not_looked_for == (NO_SOLVER, SEVERAL_CELLS)
    assert replace(sound, meeting[0].changes) == sound  # all totals computed anew
    one = replace(sound, {"outcomes.granted.total": 0})
    assert diagnose(one).not_looked_for == ()


@pytest.mark.usefixtures("without_solver")
def test_a_total_with_a_blank_among_its_parts_is_not_computed_anew() -> None:
    data = payload("suqian-2023")
    for at, value in MEETING.items():
        put(data, f"requests.{at}", value)
    blank = "requests.outcomes.denied.state_secret.legal_person.other"
    put(data, blank, None)
    found = diagnose(loads(data, as_found=True))
    assert all(
        blank not in each and "requests.outcomes.denied.state_secret.total" not in each for each in proposed(found)
    )


@pytest.mark.usefixtures("without_solver")
def test_without_the_solver_there_may_be_no_explanation() -> None:
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


def test_numbers_too_large_for_the_solver_are_said_to_be() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    found = diagnose(replace(sound, {at: value + 10**12 for at, value in MEETING.items()}))
    assert found.not_looked_for == (TOO_LARGE, SEVERAL_CELLS)
    assert replace(sound, found[0].changes) == sound


def test_numbers_at_random_take_a_bounded_time_and_one_solution() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    wild: dict[str, int] = {at: place * place % 7 for place, at in enumerate(numbers(Requests))}
    found = diagnose(replace(sound, wild))
    assert len(found) == 1
    assert found.truncated
    assert check(replace(replace(sound, wild), found[0].changes)).broken == ()


# -- blanks --------------------------------------------------------------------------------------------


def test_a_blank_is_free_and_stays_blank() -> None:
    data = payload("suqian-2023")
    group = f"{CASES}.reconsideration"
    put(data, group, {"upheld": 30, "corrected": None, "other": 0, "pending": 4, "total": 12})
    report = loads(data, as_found=True)
    found = diagnose(report)
    assert {f"{group}.total": 34} in proposed(found)  # at least 34: the blank may add to it
    assert {f"{group}.upheld": 8} in proposed(found)
    assert not any(f"{group}.corrected" in each for each in proposed(found))
    for diagnosis in found:
        assert check(replace(report, diagnosis.changes)).broken == ()


def test_two_slips_in_a_report_with_blanks() -> None:
    data = payload("suqian-2023")
    put(data, "requests.outcomes.denied.state_secret.natural_person", None)
    put(data, "requests.brought_forward.legal_person.other", None)
    put(data, "requests.newly_received.natural_person", 1)
    put(data, "requests.outcomes.granted.total", 2)
    report = loads(data, as_found=True)
    found = diagnose(report)
    assert {"requests.newly_received.natural_person", "requests.outcomes.granted.total"} in [
        set(each) for each in proposed(found)
    ]
    for diagnosis in found:
        assert check(replace(report, diagnosis.changes)).broken == ()


def test_an_equation_that_blanks_can_make_hold_needs_no_mending() -> None:
    report = read("shanghai-office-2019")
    assert check(report).undecided
    assert diagnose(report) == Diagnoses()


# -- rows, and what is no box --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "box",
    [DocumentCounts(issued=1, repealed=1, in_force=0), CaseResults(upheld=1, corrected=0, other=0, pending=0, total=1)],
)
def test_nothing_broken_nothing_to_explain(box: Any) -> None:
    found = diagnose(box)
    assert (len(found), found.first, found.truncated, found.broken) == (0, (), False, ())


def test_the_bound_is_kept_and_said() -> None:
    box = CaseResults(upheld=7, corrected=3, other=0, pending=0, total=19)
    every = diagnose(box)
    some = diagnose(box, bound=2)
    assert not every.truncated
    assert some.truncated
    assert [each.slips for each in some] == [each.slips for each in every[:2]]
    report = read("hongze-2023")
    assert (len(diagnose(report, bound=3)), diagnose(report, bound=3).truncated) == (3, True)
    with pytest.raises(ValueError, match="bound"):
        diagnose(box, bound=0)
    with pytest.raises(TypeError):
        diagnose({"upheld": 1})


def test_as_json() -> None:
    written = json.loads(dumps(diagnose(read("pingtan-2020"))))
    assert written["items"][0]["slips"][0]["kind"] == "carried"


# -- laws ----------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(gk.broken())
def test_every_diagnosis_of_one_fault_mends_and_the_truth_is_among_them(made: gk.Broken) -> None:
    report = made.report
    found = diagnose(report, bound=1000)
    assert found == diagnose(report, bound=1000)
    assert found.broken == check(report).broken
    was = attrgetter(made.changed)(report) - _excess(made)
    assert {str(made.changed): was} in proposed(found)
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
    """By how much the changed cell is too large."""
    failure, *_ = [each for each in made.failures if (each.rule, each.at) == (made.equation.rule, made.equation.at)]
    return failure.left - failure.right if made.changed in made.equation.left else failure.right - failure.left


@pytest.mark.parametrize("cls", [CaseResults, Applicants])
@given(data=st.data())
def test_single_cells_are_those_of_brute_force(cls: type, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 6), min_size=len(numbers(cls)), max_size=len(numbers(cls))))
    sound: Any = data.draw(gk.boxes(cls, max_value=1))
    box = replace(sound, dict(zip(numbers(cls), values, strict=True)))
    changes = [
        {str(at): other}
        for place, at in enumerate(numbers(cls))
        for other in range(60)
        if other != values[place] and not check(replace(box, {at: other})).broken
    ]
    single = [each for each in proposed(diagnose(box, bound=1000)) if len(each) == 1]
    assert sorted(map(str, single)) == sorted(map(str, changes if check(box).broken else []))


@settings(max_examples=8)
@given(sound=gk.requests(max_value=40), data=st.data())
def test_the_solver_finds_no_cells_that_elimination_does_not(sound: Requests, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(numbers(Requests)), min_size=2, max_size=2, unique=True))
    box = replace(sound, {at: data.draw(st.integers(0, 40)) for at in chosen})
    _, state = judged(box)
    broken = state.broken()
    if not broken:
        return
    listed = proposed(diagnose(box, bound=10_000))
    for changes in solve(state, broken, 3).found:
        if len(changes) == len(diagnose(box)[0].slips):
            assert {str(numbers(Requests)[cell]): value for cell, value in changes.items()} in listed


@settings(max_examples=5)
@given(st.lists(st.integers(0, 3), min_size=len(numbers(Requests)), max_size=len(numbers(Requests))))
def test_whatever_the_numbers_what_is_proposed_is_possible(values: list[int]) -> None:
    box = replace(table(), dict(zip(numbers(Requests), values, strict=True)))
    for diagnosis in diagnose(box, bound=3):
        mended = replace(box, diagnosis.changes)  # refuses what is outside of the domain
        assert len(check(mended).broken) == len(diagnosis.leaves)


# -- measured ------------------------------------------------------------------------------------------


def test_the_page_shows_what_the_benchmark_measures() -> None:
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
