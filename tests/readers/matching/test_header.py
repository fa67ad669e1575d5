"""Tests of reading the header of a table."""

import pytest
from attrs import evolve

import papers
from gkformat.readers.document import Cell
from readings import FEE, find_label, open_cells, read_spoiled, rules_at_addresses, write_after_label


@pytest.mark.parametrize(
    ("text", "opened"), [("本年收费金额", False), ("本年收费金额（单位：元）", True), ("本年收费金额(万元)", False)]
)
def test_header_in_another_unit_leaves_the_fee_open(text: str, opened: bool) -> None:
    reading = read_spoiled(lambda made: write_after_label(made, 0, "本年收费金额", 0, text))
    assert (FEE in open_cells(reading)) == opened
    assert bool(reading.findings.items) == (text != "本年收费金额")


def test_header_cut_into_two_rows_is_read() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for at, cell in enumerate(made[1][2]):
            made[1][2][at] = evolve(cell, text=cell.text[:2])
        made[1].insert(
            3, [Cell("", columns=3), Cell(""), *map(Cell, ["企业", "机构", "公益组织", "服务机构", ""]), Cell("")]
        )

    assert open_cells(read_spoiled(spoil)) == set()


def test_header_run_together_and_misspelt_is_read() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = find_label(made[1], "商业企业")
        made[1][row][column : column + 2] = [evolve(made[1][row][column], text="商业企业科研机构", columns=2)]
        row, column = find_label(made[1], "自然人")
        made[1][row][column] = evolve(made[1][row][column], text="自燃人")

    reading = read_spoiled(spoil)
    assert open_cells(reading) == set()
    assert "label-differs" in {rule for rule, _ in rules_at_addresses(reading)}
