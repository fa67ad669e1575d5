"""Tests of tables drawn in a terminal: lines of one width, whatever the width and the numbers."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gkformat.forms.editions import EDITIONS
from gkformat.notation.grid import Grid, grids
from gkformat.views.terminal import CellContent, least_width, render, wrapped

TABLES = [table for edition in EDITIONS.values() for table in grids(edition.report)]
numbers = st.integers(0, 10**12) | st.decimals(0, 10**12, places=4)


def _filled(table: Grid, value: Any = "") -> dict[Any, CellContent]:
    return {cell.at: CellContent(str(value)) for cell in table.cells if cell.at is not None}


def _drawn(table: Grid, contents: dict[Any, CellContent], width: int) -> list[str]:
    return ["".join(segment.text for segment in line) for line in render(table, contents, width)]


@given(st.sampled_from(TABLES), st.integers(1, 250), st.data())
def test_lines_are_of_one_width_and_hold_every_number(table: Grid, width: int, data: st.DataObject) -> None:
    contents = {at: CellContent(str(data.draw(numbers)), "!") for at in _filled(table)}
    lines = _drawn(table, contents, width)
    [drawn] = {cell_len(line) for line in lines}
    assert drawn <= max(width, least_width(table, contents))
    for filling in contents.values():
        assert any(filling.display in line for line in lines)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.heading[:1])
@pytest.mark.parametrize("width", [40, 80, 300])
def test_labels_are_complete(table: Grid, width: int) -> None:
    contents = _filled(table)
    found: dict[int, list[str]] = {}
    for line in render(table, contents, width):
        for segment in line:
            if segment.cell is not None and segment.cell.at is None:
                found.setdefault(table.cells.index(segment.cell), []).append(segment.text.strip())
    assert {index: "".join(texts) for index, texts in found.items()} == {
        index: cell.text for index, cell in enumerate(table.cells) if cell.at is None
    }


def test_label_is_wrapped_into_even_lines() -> None:
    assert wrapped("结果维持", 6) == ["结果", "维持"]
    assert wrapped("尚未审结（件）", 12) == ["尚未审结", "（件）"]
    assert wrapped("总计", 6) == ["总计"]


def test_lines_begin_with_no_closing_punctuation() -> None:
    for table in TABLES:
        for line in render(table, _filled(table, Decimal(0)), 70):
            assert not any(segment.text.strip().startswith(("，", "、", "）")) for segment in line)
