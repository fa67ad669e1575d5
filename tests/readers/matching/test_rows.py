"""Tests of telling the label of a row from its values."""

import papers
from gkformat.readers.document import Cell
from readings import OUTCOMES, find_label, open_cells, read_spoiled, rules_at_addresses


def test_number_that_ran_into_its_label_is_read() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = find_label(made[0], "规章")
        made[0][row][0:2] = [Cell("规章2")]

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert rules_at_addresses(reading) == {("label-differs", "proactive_disclosure.documents.rules")}


def test_label_of_a_group_is_not_taken_for_that_of_a_row_which_it_resembles() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = find_label(made[1], "（三）不予公开")
        made[1][row][column : column + 2] = [Cell("予公开", 8), Cell("缺损")]
        for label in ("（一）予以公开", "（二）部分公开"):
            row, column = find_label(made[1], label)
            made[1][row][column] = Cell("缺损", columns=2)

    reading = read_spoiled(spoil)
    granted = {entry.at: entry.value for entry in reading.sheet.cells if entry.at.startswith(f"{OUTCOMES}.granted.")}
    assert {*granted.values()} == {None}


def test_heading_that_is_repeated_beside_blanks_is_no_row() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for row in made[0]:
            if row[0].columns == 4:
                row[:] = [Cell(row[0].text)] * 4
            row.append(Cell(""))

    reading = read_spoiled(spoil)
    assert (open_cells(reading), rules_at_addresses(reading)) == (set(), set())
