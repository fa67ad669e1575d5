"""Tests of telling the label of a row from its values."""

import papers
from gkformat.readers.document import Cell
from readings import find_label, open_cells, read_spoiled, rules_at_addresses


def test_number_that_ran_into_its_label_is_read() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = find_label(made[0], "规章")
        made[0][row][0:2] = [Cell("规章2")]

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert rules_at_addresses(reading) == {("label-differs", "proactive_disclosure.documents.rules")}
