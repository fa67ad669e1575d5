"""Tests of the search for the fewest slips."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import Report2021, check, diagnose, loads, replace
from gkformat import strategies as gk
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.diagnose import BUDGET
from gkformat.diagnosis.diagnose import _findings_and_state as judged
from gkformat.diagnosis.search import Search
from gkformat.forms.y2021 import Applicants, CaseResults, Requests
from gkformat.notation.outline import numbers
from misfilled import APART, MEETING, exchanged, proposed_changes
from support import payload, put


def test_disjoint_slips_are_told_apart() -> None:
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
    [found] = Search(state, state.broken(), Budget(BUDGET)).disjoint()
    assert [numbers(Requests)[cell] for guess in found for cell, _ in guess.changes] == [*changes]


def test_search_stops_where_the_budget_ends() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    _, three = judged(replace(sound, APART))
    search = Search(three, three.broken(), Budget(2))
    assert (search.disjoint(), search.stopped) == ([], True)
    swapped = {
        **exchanged(sound, "newly_received.natural_person", "newly_received.legal_person.commercial_enterprise"),
        **exchanged(sound, "outcomes.unavailable.not_held.total", "outcomes.unavailable.requires_creation.total"),
    }
    _, two = judged(replace(sound, swapped))
    search = Search(two, two.broken(), Budget(1))
    assert (search.single(), search.pairs(), search.stopped) == ([], [], True)
    assert Search(two, two.broken(), Budget(BUDGET)).pairs()


@pytest.mark.usefixtures("without_solver")
def test_total_over_a_blank_is_not_recomputed() -> None:
    data = payload("suqian-2023")
    for at, value in MEETING.items():
        put(data, f"requests.{at}", value)
    blank = "requests.outcomes.denied.state_secret.legal_person.other"
    put(data, blank, None)
    found = diagnose(loads(data, as_found=True))
    assert all(
        blank not in each and "requests.outcomes.denied.state_secret.total" not in each
        for each in proposed_changes(found)
    )


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
    single = [each for each in proposed_changes(diagnose(box, bound=1000)) if len(each) == 1]
    assert sorted(map(str, single)) == sorted(map(str, changes if check(box).broken else []))
