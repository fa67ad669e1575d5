"""Tests of aligning the values of a row with the columns."""

import pytest

import papers
from gkformat.readers.document import Cell
from readings import OUTCOMES, find_label, open_cells, read_spoiled, report, rules_at_addresses, wrong_cells


def test_row_without_its_last_cell_is_not_shifted() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = find_label(made[1], "（一）予以公开")
        made[1][row].pop()

    assert rules_at_addresses(read_spoiled(spoil)) == {("cells-misaligned", f"{OUTCOMES}.granted")}
    assert open_cells(read_spoiled(spoil)) == {f"{OUTCOMES}.granted.total"}


def test_blank_that_belongs_to_the_label_does_not_take_the_place_of_a_value() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = find_label(made[1], "（一）予以公开")
        made[1][row][column : column + 1] = [Cell("（一）予以公开"), Cell("")]
        del made[1][row][column + 3]  # one of the values

    reading = read_spoiled(spoil)
    assert wrong_cells(reading, report()) == []
    assert rules_at_addresses(reading) == {("cells-misaligned", f"{OUTCOMES}.granted")}


def test_values_that_begin_before_their_header_are_not_shifted() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = find_label(made[1], "（一）予以公开")
        made[1][row][column] = Cell("（一）予以公开")
        made[1][row].append(Cell(""))  # a table of Word or a spreadsheet fills the row up

    reading = read_spoiled(spoil)
    assert wrong_cells(reading, report()) == []
    assert rules_at_addresses(reading) == {("cells-misaligned", f"{OUTCOMES}.granted")}


@pytest.mark.parametrize("at", range(6))
def test_row_in_which_two_numbers_ran_together_is_not_shifted(at: int) -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row = next(row for row in made[1] if any(cell.text == "3440" for cell in row))
        numbers = row[-7:]
        row[-7:] = [*numbers[:at], Cell(numbers[at].text + numbers[at + 1].text), *numbers[at + 2 :]]

    reading = read_spoiled(spoil)
    assert wrong_cells(reading, report()) == []
    assert ("cells-misaligned", "requests.newly_received") in rules_at_addresses(reading)
