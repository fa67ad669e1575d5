"""Tests of the sheets of a workbook, whichever kind of file they come from."""

from itertools import product

import pytest

from gkformat.base.place import Place
from gkformat.readers.files.worksheet import Area, Worksheet, is_behind, papers, position, tables


@pytest.mark.parametrize(
    ("reference", "at"), [("C4", (4, 3)), ("$AA$10", (10, 27)), ("xfd1048576", (1_048_576, 16_384)), ("Z01", None)]
)
def test_position_is_the_row_and_the_column(reference: str, at: tuple[int, int] | None) -> None:
    if at:
        assert position(reference) == at
    else:
        with pytest.raises(ValueError, match=reference):
            position(reference)


def test_area_contains_the_positions_that_it_covers() -> None:
    area = Area.named("B3:C5")
    covered = [*area.covered()]
    assert [at for at in product(range(8), range(6)) if at in area] == covered
    assert area.size == len(covered) == 6
    assert Area.named("B3") == Area(3, 2, 3, 2)
    assert area.within(Area(1, 1, 4, 2)) == Area(3, 2, 4, 2)
    assert (Area.named("C5:B6").size, Area.named("B6:C5").size) == (0, 0)


def test_sheet_of_ours_has_its_print_area_and_others_have_none() -> None:
    names = {
        (0, "gkformat_form"): "1",
        (0, "_xlnm.Print_Area"): "'一、'!$A$1:$A$9",
        (1, "gkformat_form"): "1",
        (1, "Print_Area"): "表!$B$2:$D$4",
        (2, "gkformat_form"): "1",
        (2, "_xlnm.Print_Area"): "#REF!",
        (3, "Print_Area"): "表!$A$1:$A$1",
    }
    found = papers(names, 4)
    assert found == {0: Area(1, 1, 9, 1), 1: Area(2, 2, 4, 4), 2: None}
    assert [is_behind(paper) for paper in found.values()] == [False, True, False]


def test_row_with_a_border_below_the_last_text_is_of_the_sheet() -> None:
    texts = {(1, 1): "一", (2, 3): "二", (3, 4): ""}
    assert Worksheet(dict(texts), ruled={1, 2}).shown() == Area(1, 1, 2, 3)
    assert Worksheet(dict(texts), ruled={2, 3, 4}).shown() == Area(1, 1, 3, 3)
    assert Worksheet(dict(texts), [Area(2, 3, 5, 3), Area(3, 4, 9, 9)]).shown() == Area(1, 1, 5, 3)


def test_outside_the_print_area_is_nothing() -> None:
    sheet = Worksheet(dict.fromkeys(product(range(1, 4), range(1, 4)), "一"))
    sheet.cut(Area.named("B2:B3"))
    table = sheet.table(sheet.shown(), Place(table=1))
    assert [[cell.text for cell in row] for row in table.rows] == [["", ""], ["", "一"], ["", "一"]]


def test_merged_cell_that_is_hidden_hides_no_other() -> None:
    texts = {at: f"{at[0]}{at[1]}" for at in product(range(1, 4), range(1, 4))}
    sheet = Worksheet(texts, [Area(2, 1, 2, 3), Area(1, 2, 3, 2)], hidden_rows={2}, hidden_columns={2})
    table = sheet.table(sheet.shown(), Place(table=1))
    assert [[cell.text for cell in row] for row in table.rows] == [["11", "13"], ["31", "33"]]


def test_sheets_are_numbered_and_named() -> None:
    found = tables([("甲", Worksheet()), ("乙", Worksheet({(1, 1): "1"}))])
    assert [(table.place.table, table.place.sheet, len(table.rows)) for table in found] == [(1, "甲", 0), (2, "乙", 1)]
