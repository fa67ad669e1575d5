"""Tests of tables with ruling lines."""

import pytest

from gkformat import Unreadable
from gkformat.readers.files.pdf import parse
from pdf_pages import GRID_LINES, drawn_pdf, grid_lines, paragraph_texts, table_rows


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ([(105, 115, "甲"), (212, 115, "12"), (232, 115, "5")], ["甲", "12", "5"]),
        # broken for want of room, as the neighbour tells
        ([(105, 115, "甲"), (203, 110, "12345"), (203, 119, "6"), (232, 115, "7")], ["甲", "123456", "7"]),
        ([(105, 115, "甲"), (203, 110, "12"), (203, 119, "6"), (232, 115, "7")], ["甲", "12\n6", "7"]),
        # a number that runs over, into a neighbour or out of the table
        ([(105, 115, "甲"), (215, 115, "12,345")], ["甲", "12,3│", "45│"]),
        ([(105, 115, "甲"), (250, 115, "12345")], ["甲", "", "12│"]),
        ([(105, 115, "甲"), (212, 115, "123"), (232, 115, "45")], ["甲", "123", "45"]),
        ([(105, 115, "甲"), (225, 115, "1"), (230.5, 115, "2")], ["甲", "1│", "2│"]),
        ([(105, 115, "甲"), (224.4, 115, "1"), (230.5, 115, "2")], ["甲", "1", "2"]),
        # two numbers in one cell, or one in wide letters
        ([(105, 115, "甲"), (202, 115, "1"), (215, 115, "2")], ["甲", "1 2", ""]),
        ([(105, 115, "甲"), (202, 115, "1"), (211, 115, "2")], ["甲", "12", ""]),
        ([(105, 115, "甲"), (202, 115, "1 2")], ["甲", "1 2", ""]),
        # printed twice, to be bold
        ([(105, 115, "甲"), (105.4, 115, "甲"), (202, 115, "11"), (202.4, 115, "11")], ["甲", "11", ""]),
        # radicals in the place of characters
        ([(105, 115, "\u2f00\u2ed3\u2eda"), (202, 115, "1")], ["一长页", "1", ""]),
        ([(105, 115, "\U00020000"), (202, 115, "-")], ["\U00020000", "-", ""]),
    ],
)
def test_numbers_are_neither_split_nor_joined(words: list[tuple[float, float, str]], read_as: list[str]) -> None:
    below = ((105, 150, "乙"), (210, 150, "0"), (240, 150, "1"))
    assert table_rows(drawn_pdf(*words, *below, lines=GRID_LINES)) == [[read_as, ["乙", "0", "1"]]]


def test_number_that_stands_upon_the_last_line_and_runs_over_is_marked() -> None:
    data = drawn_pdf((105, 115, "甲"), (205, 115, "1"), (105, 150, "乙"), (215, 162, "12,345"), lines=GRID_LINES)
    assert table_rows(data) == [[["甲", "1", ""], ["乙", "12,3│", "45│"]]]


def test_double_lines_are_one() -> None:
    double = [(x + s, y + s, right + s, bottom + s) for x, y, right, bottom in GRID_LINES for s in (-1.5, 1.5)]
    data = drawn_pdf((105, 115, "甲"), (205, 115, "1"), (105, 150, "乙"), (235, 150, "2"), lines=tuple(double))
    assert table_rows(data) == [[["甲", "1", ""], ["乙", "", "2"]]]


def test_missing_line_joins_cells() -> None:
    lines = (*grid_lines((100, 300), (100, 130, 160)), (200, 100, 200, 130))
    data = drawn_pdf((105, 115, "甲"), (205, 115, "1"), (105, 150, "乙"), (205, 150, "3"), lines=lines)
    assert table_rows(data) == [[["甲", "1"], ["乙 3"]]]


def test_cells_that_are_no_rectangle_are_split_by_row() -> None:
    sides = ((200, 130, 200, 160), (100, 130, 200, 130))  # the cell at the top right is open to both sides
    frame = grid_lines((100, 300), (100, 160))
    data = drawn_pdf((105, 115, "甲"), (105, 150, "乙"), (205, 150, "丙"), lines=(*frame, *sides))
    assert table_rows(data) == [[["甲"], ["乙", "丙"]]]
    sides = ((200, 100, 200, 130), (100, 130, 200, 130))  # the one at the bottom right
    data = drawn_pdf((105, 115, "甲"), (205, 115, "丙"), (105, 150, "乙"), lines=(*frame, *sides))
    assert table_rows(data) == [[["甲", "丙"], ["乙"]]]


def test_rows_without_lines_between_them_are_rows() -> None:
    rows = [["规章", "1", "2"], ["文件", "3", "4"], ["许可", "5", "6"]]
    words = [
        (x, y, text)
        for y, row in zip((115, 135, 155), rows, strict=True)
        for x, text in zip((105, 205, 235), row, strict=True)
    ]
    assert table_rows(drawn_pdf(*words, lines=grid_lines((100, 200, 230, 260), (100, 160)))) == [rows]
    two = drawn_pdf((105, 115, "规章"), (205, 115, "1"), (205, 130, "2"), (235, 115, "3"), lines=GRID_LINES[2:])
    assert table_rows(two)[0][0] == ["规章", "1\n2", "3"]


def test_frame_is_no_table() -> None:
    assert paragraph_texts(drawn_pdf((105, 115, "甲"), lines=grid_lines((100, 300), (100, 200)))) == ["甲"]
    assert table_rows(drawn_pdf((105, 90, "甲"), lines=grid_lines((100, 200, 300), (100, 200)))) == []


def test_drawing_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = tuple(range(100, 410, 3))
    assert table_rows(drawn_pdf((105, 115, "甲"), (205, 115, "乙"), lines=grid_lines(fine, fine))) == []
    places = [(x, y) for x in range(100, 340, 24) for y in range(100, 220, 20)]
    crosses = tuple(line for x, y in places for line in ((x, y, x + 16, y), (x + 8, y - 7, x + 8, y + 7)))
    assert table_rows(drawn_pdf((101, 106, "甲"), lines=crosses)) == []
    assert table_rows(drawn_pdf((101, 106, "甲"), lines=crosses[:2])) == [[["", ""], ["甲", ""]]]
    small = drawn_pdf((105, 115, "甲"), (205, 115, "乙"), lines=GRID_LINES)
    monkeypatch.setattr("gkformat.readers.limits.LATTICE", 6)
    assert table_rows(small)
    monkeypatch.setattr("gkformat.readers.limits.LATTICE", 5)
    with pytest.raises(Unreadable, match="5 个"):
        parse(small)
