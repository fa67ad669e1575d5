"""Tests of positions in documents."""

import pytest

from gkformat.base.place import NOWHERE, Place


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (NOWHERE, "", ""),
        (Place(table=1, row=23, column=4, sheet="年报"), "年报!D23", "年报!D23"),
        (Place(row=7, column=53, sheet="S 1"), "S 1!BA7", "S 1!BA7"),
        (Place(table=2, sheet="年报"), "年报", "年报"),
        (Place(row=23, sheet="年报"), "年报!23", "年报!23"),
        (Place(table=2, row=4, column=5), "表 2 第 4 行第 5 列", "table 2, row 4, column 5"),
        (Place(page=3, table=2, row=4), "第 3 页表 2 第 4 行", "page 3, table 2, row 4"),
        (Place(line=5), "第 5 行", "line 5"),
        (Place(line=5, row=4, column=5), "第 4 行第 5 列", "row 4, column 5"),
        (Place(page=3, line=9), "第 3 页第 9 行", "page 3, line 9"),
    ],
)
def test_place_is_said_as_people_look_it_up(place: Place, zh: str, en: str) -> None:
    assert (place.words.zh.strip(), place.words.en) == (zh, en)


def test_place_of_a_row_is_what_its_cells_share() -> None:
    cells = [Place(table=2, row=4, column=at, sheet="年报") for at in (1, 2, 3)]
    assert Place.common(cells) == Place(table=2, row=4, sheet="年报")
    assert Place.common([*cells, Place(table=3, row=4, sheet="年报")]) == Place(row=4, sheet="年报")
    assert Place.common(cells[:1]) == cells[0]
