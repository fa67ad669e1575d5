"""Tables drawn in a terminal: every line as wide as the others, whatever the width and the numbers."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gkformat.forms.editions import EDITIONS
from gkformat.notation.grid import Grid, grids
from gkformat.views.terminal import Filling, _wrapped, draw

TABLES = [table for edition in EDITIONS.values() for table in grids(edition.report)]
numbers = st.integers(0, 10**12) | st.decimals(0, 10**12, places=4)


def _filled(table: Grid, value: Any = "") -> dict[Any, Filling]:
    return {cell.at: Filling(str(value)) for cell in table.cells if cell.at is not None}


def _drawn(table: Grid, fillings: dict[Any, Filling], width: int) -> list[str]:
    return ["".join(piece.text for piece in line) for line in draw(table, fillings, width)]


@given(st.sampled_from(TABLES), st.integers(1, 250), st.data())
def test_all_lines_are_of_one_width_and_hold_every_number(table: Grid, width: int, data: st.DataObject) -> None:
    fillings = {at: Filling(str(data.draw(numbers)), "!") for at in _filled(table)}
    lines = _drawn(table, fillings, width)
    [drawn] = {cell_len(line) for line in lines}
    least = min(cell_len(line) for line in _drawn(table, fillings, 1))
    assert drawn <= max(width, least)
    for filling in fillings.values():
        assert any(filling.shown in line for line in lines)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.heading[:1])
@pytest.mark.parametrize("width", [40, 80, 300])
def test_every_label_is_there_whole(table: Grid, width: int) -> None:
    fillings = _filled(table)
    found: dict[int, list[str]] = {}
    for line in draw(table, fillings, width):
        for piece in line:
            if piece.cell is not None and piece.cell.at is None:
                found.setdefault(table.cells.index(piece.cell), []).append(piece.text.strip())
    assert {index: "".join(texts) for index, texts in found.items()} == {
        index: cell.text for index, cell in enumerate(table.cells) if cell.at is None
    }


def test_the_lines_of_a_label_are_as_even_as_they_can_be() -> None:
    assert _wrapped("结果维持", 6) == ["结果", "维持"]
    assert _wrapped("尚未审结（件）", 12) == ["尚未审结", "（件）"]
    assert _wrapped("总计", 6) == ["总计"]


def test_no_line_begins_with_a_closing_sign() -> None:
    for table in TABLES:
        for line in draw(table, _filled(table, Decimal(0)), 70):
            assert not any(piece.text.strip().startswith(("，", "、", "）")) for piece in line)
