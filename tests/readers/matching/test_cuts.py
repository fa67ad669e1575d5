"""Tests of the ways to cut numbers that ran together."""

import pytest

from gkformat.readers.matching.cuts import possible_cuts


@pytest.mark.parametrize(("text", "count"), [("1a", 2), ("", 2), ("1 2 3", 2), ("1" * 19, 2), ("1" * 60, 9)])
def test_possible_cuts_refuses_text_that_is_no_run_of_digits(text: str, count: int) -> None:
    assert possible_cuts(text, count) is None


def test_possible_cuts_gives_up_if_there_are_too_many() -> None:
    assert possible_cuts("1" * 40, 9) is None
    assert possible_cuts("1" * 5, 2) == [(1, 1111), (11, 111), (111, 11), (1111, 1)]


def test_row_that_cannot_end_is_not_tried_from_its_beginning() -> None:
    assert possible_cuts(f"{'1' * 55} 00000000", 7) == []
