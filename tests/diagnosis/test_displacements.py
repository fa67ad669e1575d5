"""Tests of slips that displace the numbers of several cells."""

from operator import attrgetter

from gkformat import Report2021, diagnose, loads, replace
from gkformat.forms.y2021 import Requests
from gkformat.notation.outline import numbers
from misfilled import column_of, exchanged, slip_kinds, small_table
from support import payload


def test_shifted_column_is_found() -> None:
    sound = small_table()
    lines = [at.removesuffix(".natural_person") for at in numbers(Requests) if at.endswith("natural_person")]
    before = [attrgetter(f"{line}.natural_person")(sound) for line in lines]
    found = diagnose(replace(sound, column_of(dict(zip(lines, [0, *before[:-1]], strict=True)))))
    assert slip_kinds(found)[0] == ["column-shifted"]
    assert replace(sound, found[0].changes) == sound


def test_two_displacements_are_found() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    changes = {
        **exchanged(sound, "newly_received.natural_person", "newly_received.legal_person.commercial_enterprise"),
        **exchanged(sound, "outcomes.unavailable.not_held.total", "outcomes.unavailable.requires_creation.total"),
    }
    found = diagnose(replace(sound, changes))
    assert replace(sound, found[0].changes) == sound
    assert slip_kinds(found)[0] == ["neighbours-swapped", "neighbours-swapped"]


def test_displacement_among_other_slips_is_found() -> None:
    sound = loads(payload("suqian-2023"), Report2021).requests
    changes = {
        **exchanged(sound, "outcomes.granted.natural_person", "outcomes.partially_granted.natural_person"),
        "newly_received.legal_person.commercial_enterprise": 9,
        "outcomes.unavailable.not_held.legal_person.other": 999,
    }
    found = diagnose(replace(sound, changes))
    assert replace(sound, found[0].changes) == sound
    assert "neighbours-swapped" in slip_kinds(found)[0]
