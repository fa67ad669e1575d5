"""Tests of the ways to cut numbers that ran together."""

import pytest

from gkformat import Address, Report2021, cells
from gkformat.notation.equations import equations
from gkformat.notation.outline import numbers
from gkformat.readers.matching.cuts import agreed_numbers, possible_cuts
from readings import report


@pytest.mark.parametrize(("text", "count"), [("1a", 2), ("", 2), ("1 2 3", 2), ("1" * 19, 2), ("1" * 60, 9)])
def test_possible_cuts_refuses_text_that_is_no_run_of_digits(text: str, count: int) -> None:
    assert possible_cuts(text, count) is None


def test_possible_cuts_gives_up_if_there_are_too_many() -> None:
    assert possible_cuts("1" * 40, 9) is None
    assert possible_cuts("1" * 5, 2) == [(1, 1111), (11, 111), (111, 11), (1111, 1)]


def test_row_that_cannot_end_is_not_tried_from_its_beginning() -> None:
    assert possible_cuts(f"{'1' * 55} 00000000", 7) == []


def test_row_with_a_digit_for_each_cell_is_cut_whatever_its_sum_if_no_cell_is_left_blank() -> None:
    row = tuple(at for at in cells(report()) if at.startswith("requests.newly_received."))
    ways = {row: possible_cuts("5100000", len(row)) or ()}
    rules = equations(type(report()))
    assert agreed_numbers(ways, {}, rules, [row]) == dict(zip(row, (5, 1, 0, 0, 0, 0, 0), strict=True))
    assert agreed_numbers(ways, {}, rules) == {}


def test_row_that_is_wrong_in_print_does_not_keep_others_from_being_cut() -> None:
    wrong, right = (
        tuple(at for at in cells(report()) if at.startswith(f"requests.{name}."))
        for name in ("newly_received", "brought_forward")
    )
    ways = {row: possible_cuts(text, 7) or () for row, text in {wrong: "5100000", right: "120000012"}.items()}
    found = agreed_numbers(ways, {}, equations(type(report())), [wrong, right])
    assert [found.get(at) for at in right] == [12, 0, 0, 0, 0, 0, 12]


@pytest.mark.parametrize(("text", "cut"), [("12 3", (1, 2, 3)), ("1 20", (1, 2, 0)), ("0 0 7", (0, 0, 7))])
def test_blanks_and_cuts_separate_numbers_together(text: str, cut: tuple[int, ...]) -> None:
    assert possible_cuts(text, 3) == [cut]


def _cells_of(row: str) -> tuple[Address, ...]:
    return tuple(at for at in numbers(Report2021) if at.within(row))


def test_row_that_can_be_cut_in_one_way_counts_even_if_the_document_contradicts_itself() -> None:
    row = _cells_of("requests.newly_received")
    others = ("brought_forward", "outcomes.total", "carried_forward")
    known = {
        Address(f"requests.{other}.natural_person"): number for other, number in zip(others, (0, 5, 0), strict=True)
    }
    found = agreed_numbers({row: possible_cuts("1000001", 7) or []}, known, equations(Report2021))
    assert list(found.values()) == [1, 0, 0, 0, 0, 0, 1]


def test_row_that_no_equation_binds_is_cut_only_after_zeros() -> None:
    row = _cells_of("proactive_disclosure.documents.rules")
    for text, cut in (("111", []), ("005", [0, 0, 5])):
        found = agreed_numbers({row: possible_cuts(text, 3) or []}, {}, equations(Report2021))
        assert list(found.values()) == cut
