"""Tests of tables as lists, for narrow terminals: every label and every number, in lines that fit."""

import re

import pytest
from rich.cells import cell_len

from gkformat.forms.editions import EDITIONS
from gkformat.notation.grid import grid
from gkformat.notation.outline import Node, outline
from gkformat.views.listing import listed
from gkformat.views.terminal import CellContent, least_width, render

TABLES = [
    (edition.report, node)
    for edition in EDITIONS.values()
    for node in outline(edition.report).children
    if node.printed.kind == "section"
]


@pytest.mark.parametrize(("report", "node"), TABLES, ids=lambda value: getattr(value, "label", "")[:1])
@pytest.mark.parametrize("width", [30, 51])
def test_every_label_and_number_in_printed_order_in_lines_that_fit(report: type, node: Node, width: int) -> None:
    table = grid(report, node.at)
    numbers = {at: CellContent(f"<{index}>", "!") for index, at in enumerate(node.cells, 1000)}
    lines = ["".join(segment.text for segment in line) for line in listed(node, table.cells, numbers, width)]
    assert max(map(cell_len, lines)) <= width
    assert re.findall(r"!<\d+>", "".join(lines)) == [content.display for content in numbers.values()]
    written = re.sub(r"\s", "", "".join(lines))
    assert not [label for inner in node.children for each in inner.walk() if (label := each.label) not in written]


def test_blank_is_not_passed_over() -> None:
    report, node = TABLES[0]
    blank = dict.fromkeys(node.cells, CellContent(""))
    segments = [segment for line in listed(node, grid(report, node.at).cells, blank, 40) for segment in line]
    assert [segment.text for segment in segments if segment.cell] == ["__"] * len(node.cells)


@pytest.mark.parametrize(("report", "node"), TABLES, ids=lambda value: getattr(value, "label", "")[:1])
def test_least_width_is_enough_for_the_lines_of_the_table(report: type, node: Node) -> None:
    table = grid(report, node.at)
    contents = dict.fromkeys(node.cells, CellContent("123456"))
    width = least_width(table, contents)
    assert max(cell_len("".join(segment.text for segment in line)) for line in render(table, contents, width)) <= width
