"""Tests of laying out the cells of a table."""

from gkformat.readers.document import Cell, Table
from gkformat.readers.matching.layout import lay_out


def test_lay_out_bounds_the_columns() -> None:
    rows = lay_out(Table([[Cell("1", columns=10**6), Cell("2")]]))
    assert [len(row) for row in rows] == [1]
