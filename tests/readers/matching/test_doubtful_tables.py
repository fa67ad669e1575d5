"""Tests of telling in one sentence that a table is not fit to be read."""

import papers
from gkformat import check
from gkformat.readers.document import Cell
from readings import open_cells, read_spoiled, rules_at_addresses

ROWS = 12


def test_table_with_many_rows_left_open_is_told_of_in_one_finding() -> None:
    reading = read_spoiled(_clipped)
    assert rules_at_addresses(reading) == {("rows-in-doubt", "requests")}
    told = [finding.at for finding in check(reading.report) if finding.rule.startswith("cell-")]
    assert len(open_cells(reading)) >= 7 * ROWS
    assert all(any(entry.at.within(at) for at in told) for entry in reading.sheet.cells if entry.is_unclear)


def test_few_rows_left_open_are_told_of_each() -> None:
    reading = read_spoiled(lambda made: _clipped(made, 3))
    assert {rule for rule, _ in rules_at_addresses(reading)} == {"cell-missing", "not-in-form"}


def _clipped(made: list[papers.Rows], count: int = ROWS) -> None:
    """Cut off the labels of some rows, so that nobody can tell which they are."""
    items = [row for row in made[1] if len(row) > 7 and row[-8].rows == row[-8].columns == 1]
    for row in items[2 : count + 2]:
        row[-8] = Cell("缺损")
