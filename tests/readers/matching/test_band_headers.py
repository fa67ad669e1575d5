"""Tests of columns that the form does not have, or has in another order."""

import papers
from gkformat.readers.document import Cell
from readings import find_label, open_cells, read_spoiled, rules_at_addresses


def test_extra_column_is_kept_and_reported() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        made[1][1].insert(2, Cell("法人小计", 2))
        for row in made[1][3:]:
            row.insert(len(row) - 1, Cell("5"))

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert rules_at_addresses(reading) == {("not-in-form", "requests")}
    assert {item.text for item in reading.sheet.leftovers} == {"5"}


def test_columns_out_of_order_are_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        one, other = (find_label(made[1], label) for label in ("商业企业", "科研机构"))
        made[1][2][one[1]], made[1][2][other[1]] = made[1][2][other[1]], made[1][2][one[1]]

    reading = read_spoiled(spoil)
    assert ("position-differs", "requests") in rules_at_addresses(reading)
    assert {at.rpartition(".")[2] for at in open_cells(reading)} == {"commercial_enterprise", "research_institution"}


def test_header_holds_below_the_heading_of_a_group_in_a_table_that_is_filled_up() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = find_label(made[1], "三、本年度办理结果")
        made[1][row][0] = Cell("", rows=22)
        made[1].insert(row, [Cell("三、本年度办理结果", columns=10)])
        for cells in made[1]:
            cells.extend([Cell("")] * 7)  # a spreadsheet is as wide as its widest table

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
