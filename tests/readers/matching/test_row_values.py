"""Tests of rows that the form does not have, and of cells that hold no number."""

from gkformat import Mark, Report2021
from gkformat.notation.outline import nodes
from gkformat.readers.document import Cell
from readings import COUNT, open_cells, read_spoiled, rules_at_addresses, write_after_label


def test_unreadable_cell_is_left_open_and_keeps_its_text() -> None:
    reading = read_spoiled(lambda made: write_after_label(made, 1, "一、本年新收", 1, "l0"))
    assert rules_at_addresses(reading) == {("cell-unreadable", COUNT)}
    assert Mark(COUNT, "unreadable", "l0") in reading.report.marks
    assert reading.sheet.entries[nodes(Report2021)[COUNT].at].state == "unreadable"  # type: ignore[index]


def test_extra_row_is_kept_and_reported() -> None:
    reading = read_spoiled(
        lambda made: made[0].insert(4, [Cell("其他主动公开文件"), Cell("186"), Cell("86"), Cell("255")])
    )
    assert rules_at_addresses(reading) == {("not-in-form", "")}
    assert [item.text for item in reading.sheet.leftovers] == ["其他主动公开文件 | 186 | 86 | 255"]
    assert open_cells(reading) == set()


def test_extra_row_without_numbers_is_ignored() -> None:
    reading = read_spoiled(lambda made: made[1].insert(-1, [Cell("另有说明的事项", columns=3), *[Cell("")] * 7]))
    assert (rules_at_addresses(reading), open_cells(reading), reading.sheet.leftovers) == (set(), set(), ())
