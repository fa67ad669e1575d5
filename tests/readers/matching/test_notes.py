"""Tests of the rows of a table that belong to no row of the form."""

import pytest

import papers
from gkformat import cells
from gkformat.readers.document import Cell
from readings import open_cells, read_blocks, report, rules_at_addresses

NOTES = ("注：以上为全年数据", "单位：件", "说明", "（本表由办公室填报）", "填表人：张三 | 审核人：李四")
PLACES = (0, 1, 3, -1)


def _row(text: str, shape: str, width: int) -> list[Cell]:
    first, *others = map(Cell, text.split(" | "))
    if shape == "wide" and not others:
        return [Cell(text, columns=width)]
    return [first, *others, *([Cell("")] * (width - 1 - len(others)) if shape == "filled up" else [])]


@pytest.mark.parametrize("text", NOTES)
@pytest.mark.parametrize("shape", ["wide", "narrow", "filled up"])
def test_note_in_a_table_is_left_over_and_leaves_no_cell_open(text: str, shape: str) -> None:
    truth = report()
    for table in range(3):
        for place in (*PLACES, None):
            made = papers.tables(truth)
            width = sum(cell.columns for cell in made[table][0])
            made[table].insert(len(made[table]) if place is None else place, _row(text, shape, width))
            reading = read_blocks(papers.document(truth, made))
            assert [item.text for item in reading.sheet.leftovers] == [text], (table, place)
            assert cells(reading.report) == cells(truth)
            assert open_cells(reading) == set()
            assert "|" in text or not rules_at_addresses(reading)  # a row of two texts may be one without its numbers


@pytest.mark.parametrize("word", ["栏次", "", "甲"])
def test_row_that_numbers_the_columns_is_left_over(word: str) -> None:
    truth = report()
    made = papers.tables(truth)
    for table, (at, labels) in enumerate(((2, 1), (3, 3), (3, 0))):
        values = len(made[table][at]) - 1 if labels else 15
        before = [Cell(word, columns=labels)] if labels else []
        made[table].insert(at, [*before, *(Cell(str(number)) for number in range(1, values + 1))])
    reading = read_blocks(papers.document(truth, made))
    assert cells(reading.report) == cells(truth)
    assert (rules_at_addresses(reading), open_cells(reading)) == (set(), set())
    assert len(reading.sheet.leftovers) == 3
