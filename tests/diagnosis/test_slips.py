"""Tests of telling the kinds of slip apart."""

from operator import attrgetter

import pytest

from gkformat import diagnose, replace
from gkformat.diagnosis.slips import SLIP_KINDS, likeliest
from misfilled import proposed_changes, row_of, slip_kinds, small_table


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
def test_slips_in_a_row_are_told_by_what_they_leave(kind: str, line: tuple[int, ...]) -> None:
    sound = small_table()
    found = diagnose(replace(sound, dict(row_of("outcomes.granted", line))))
    wrong = {at: value for at, value in row_of("outcomes.granted", line) if value != attrgetter(at)(sound)}
    assert proposed_changes(found)[0] == {at: attrgetter(at)(sound) for at in wrong}
    assert slip_kinds(found)[0] == [kind]
    assert found[0].equals == 1


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
def test_likeliest_names_the_slip_of_a_number(found: int, right: int, sums: list[list[int]], kind: str) -> None:
    assert likeliest(found, right, sums)[1] == kind


def test_shares_of_all_kinds_are_at_most_1() -> None:
    assert sum(2.0**-kind.bits for kind in SLIP_KINDS.values()) <= 1
