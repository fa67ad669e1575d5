"""Tests of rows that the form does not have, and of cells that hold no number."""

import pytest

import papers
from gkformat import Address, Mark, Report2021
from gkformat.notation.grid import grids
from gkformat.notation.outline import nodes
from gkformat.readers.document import Cell
from gkformat.readers.matching.rows import form_rows
from readings import (
    COUNT,
    open_cells,
    read_blocks,
    read_spoiled,
    report,
    reported,
    rules_at_addresses,
    write_after_label,
    wrong_cells,
)


def test_unreadable_cell_is_left_open_and_keeps_its_text() -> None:
    reading = read_spoiled(lambda made: write_after_label(made, 1, "一、本年新收", 1, "l0"))
    assert rules_at_addresses(reading) == {("cell-unreadable", COUNT)}
    assert Mark(COUNT, "unreadable", "l0") in reported(reading).marks
    assert reading.sheet.entries[nodes(Report2021)[COUNT].at].state == "unreadable"  # type: ignore[index]


def test_extra_row_is_kept_and_reported() -> None:
    reading = read_spoiled(
        lambda made: made[0].insert(4, [Cell("其他主动公开文件"), Cell("186"), Cell("86"), Cell("255")])
    )
    assert rules_at_addresses(reading) == {("not-in-form", "")}
    assert [item.text for item in reading.sheet.leftovers] == ["其他主动公开文件 | 186 | 86 | 255"]
    assert open_cells(reading) == set()


def test_extra_row_without_numbers_is_left_over() -> None:
    reading = read_spoiled(lambda made: made[1].insert(-1, [Cell("另有说明的事项", columns=3), *[Cell("")] * 7]))
    assert (rules_at_addresses(reading), open_cells(reading)) == (set(), set())
    assert [item.text for item in reading.sheet.leftovers] == ["另有说明的事项"]


ODD = ("#REF!", "7 46", "(3001)", "总计6", "其他", "规章", "结果维持")
"""Texts of cells that are no numbers; some are labels of rows or columns, or resemble one."""


@pytest.mark.parametrize("name", ["suqian-2024", "shanghai-office-2019"])
@pytest.mark.parametrize(("first", "text"), [*enumerate(ODD)])
def test_odd_text_leaves_its_cell_open_and_no_other(first: int, text: str, name: str) -> None:
    truth = report(name)
    printed = papers.shown(truth)
    begin_rows = [row.row.blanks[0] for row in form_rows(type(truth))]
    for at in (*begin_rows[first % 3 :: 3], begin_rows[-1], *[*printed][first :: len(ODD)]):
        texts = printed | {at: text}
        made = [papers.table(grid, texts) for grid in grids(type(truth))]
        reading = read_blocks(papers.document(truth, made))
        assert [(entry.at, entry.text) for entry in reading.sheet.cells if entry.is_unclear] == [(at, text)]
        assert not wrong_cells(reading, truth)


def test_number_of_which_the_cell_is_not_clear_is_marked_without_its_text() -> None:
    reading = read_spoiled(lambda made: made[1][2].reverse())  # the labels of the columns
    at = Address("requests.newly_received.legal_person.commercial_enterprise")
    assert Mark(at, "unreadable") in reported(reading).marks
    assert reading.sheet.entries[at].text == "75"


def test_empty_row_below_a_table_of_one_row_says_nothing() -> None:
    made = papers.tables(report())
    made[2].append([Cell("") for _ in made[2][-1]])
    reading = read_blocks(papers.document(report(), made))
    assert (open_cells(reading), reading.findings.items) == (set(), ())


def test_number_alone_in_its_column_is_not_all_of_its_row() -> None:
    truth = report("pingtan-2019")
    items = "proactive_disclosure.fees.administrative_fees"
    prior_year, change = (nodes(type(truth))[Address(f"{items}.{name}")].at for name in ("prior_year_items", "change"))
    printed = papers.shown(truth) | {prior_year: "", change: "277"}
    reading = read_blocks(papers.document(truth, [papers.table(grid, printed) for grid in grids(type(truth))]))
    found = reading.sheet.entries
    assert (found[prior_year].state, found[change].value) == ("blank", 277)
    assert "cells-cut" not in {rule for rule, _ in rules_at_addresses(reading)}
