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
