"""Tests of aligning the values of a row with the columns."""

import papers
from readings import OUTCOMES, find_label, open_cells, read_spoiled, rules_at_addresses


def test_row_without_its_last_cell_is_not_shifted() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = find_label(made[1], "（一）予以公开")
        made[1][row].pop()

    assert rules_at_addresses(read_spoiled(spoil)) == {("cells-misaligned", f"{OUTCOMES}.granted")}
    assert open_cells(read_spoiled(spoil)) == {f"{OUTCOMES}.granted.total"}
