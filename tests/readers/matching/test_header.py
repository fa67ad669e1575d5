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


@pytest.mark.parametrize(
    ("text", "opened"), [("本年废纸件数", False), ("年废件数", False), ("本年止发件数", True), ("本年制发件数", True)]
)
def test_misspelt_header_is_that_of_its_place_if_no_other_is_as_near(text: str, opened: bool) -> None:
    reading = read_spoiled(lambda made: write_after_label(made, 0, "本年废止件数", 0, text))
    repealed = "proactive_disclosure.documents.rules.repealed"
    assert (repealed in open_cells(reading)) == opened
    assert reading.findings.items


@pytest.mark.parametrize(("names", "opened"), [("数据2 列3", False), ("数据3 数据2", True)])
def test_numbered_columns_are_those_of_their_places(names: str, opened: bool) -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for label, name in zip(("商业企业", "科研机构"), names.split(), strict=True):
            write_after_label(made, 1, label, 0, name)

    assert bool(open_cells(read_spoiled(spoil))) == opened
