"""Tests of tables that a page break cuts in two."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from pdf_pages import draw, drawn_pdf, grid_lines, table_rows


def read_broken_table(
    above: list[str], below: list[str], *, xs: tuple[float, ...] = (100, 130, 230, 280)
) -> list[list[str]]:
    """Return a table as read of which the first row stands on one page and the second on the next."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for y, texts_, head in ((700, above, True), (100, below, False)):
        words = [(x + 4, y + 15, text) for x, text in zip(xs, texts_, strict=False) if text]
        lines = grid_lines(xs, (y, y + 20))
        if head:
            words += [(x + 4, y - 5, text) for x, text in zip(xs, ("项目", "名称", "数量"), strict=False)]
            lines = grid_lines(xs, (y - 20, y, y + 20))
        draw(canvas, words, lines)
    canvas.save()
    (table,) = table_rows(file.getvalue())
    return table[1:]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (["甲", "1.属于国家", "3"], ["", "2.重复", "4"], [["甲", "1.属于国家", "3"], ["2.重复", "4"]]),
        (["四无", "1.属于", "3"], ["法", "2.重复", "4"], [["四无\n法", "1.属于", "3"], ["2.重复", "4"]]),
        (["甲", "1.没有现成信息需", "3"], ["", "要制作", ""], [["甲", "1.没有现成信息需\n要制作", "3"]]),
        (["甲", "1.没有现成信息需", ""], ["", "要制作", "3"], [["甲", "1.没有现成信息需\n要制作", "3"]]),
        (["甲", "1.没有", "3"], ["", "现成信息", ""], [["甲", "1.没有\n现成信息", "3"]]),
        (["甲", "规章", "3"], ["", "规范", ""], [["甲", "规章", "3"], ["规范", ""]]),
        (
            ["甲", "1.没有现成信息需", "3"],
            ["二、", "要制作", "4"],
            [["甲", "1.没有现成信息需", "3"], ["二、", "要制作", "4"]],
        ),
        (["甲", "1.没有现成信息需", "3"], ["", "", "4"], [["甲", "1.没有现成信息需", "3"], ["", "4"]]),
        (["甲", "规章", "3"], ["2.", "规范", ""], [["甲", "规章", "3"], ["2.", "规范", ""]]),
        (["甲", "规章", "3"], ["", "", "-"], [["甲", "规章", "3"], ["", "-"]]),
        (["", "规章", "3"], ["一", "规范", "4"], [["一", "规章", "3"], ["规范", "4"]]),
    ],
)
def test_rows_cut_by_a_page_break_are_joined(above: list[str], below: list[str], joined: list[list[str]]) -> None:
    assert read_broken_table(above, below) == joined


def test_repeated_header_is_dropped_and_values_are_kept() -> None:
    assert read_broken_table(["甲", "规章", "3"], ["项目", "名称", "数量"]) == [["甲", "规章", "3"]]
    assert read_broken_table(["1", "2", "3"], ["1", "2", "3"]) == [["1", "2", "3"], ["1", "2", "3"]]


def test_empty_row_below_a_page_break_is_a_row_of_its_own() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    draw(canvas, [(105, 715, "规章"), (205, 715, "3")], grid_lines((100, 200, 300), (700, 720)))
    draw(canvas, [(105, 135, "文件"), (205, 135, "4")], grid_lines((100, 200, 300), (100, 120, 140)))
    canvas.save()
    assert table_rows(file.getvalue()) == [[["规章", "3"], ["", ""], ["文件", "4"]]]


def test_header_that_is_repeated_in_part_is_kept() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for y, label in ((700, "数量"), (100, "金额")):
        lines = (*grid_lines((100, 200, 300), (y, y + 40)), (200, y + 20, 300, y + 20))
        draw(canvas, [(105, y + 15, "项目"), (205, y + 15, "名称"), (205, y + 35, label)], lines)
    canvas.save()
    assert table_rows(file.getvalue()) == [[["项目", "名称"], ["数量"], ["项目", "名称"], ["金额"]]]


def test_tables_on_one_page_are_not_joined() -> None:
    grids = (*grid_lines((100, 150, 200), (100, 120)), *grid_lines((100, 150, 200), (140, 160)))
    data = drawn_pdf((105, 115, "项目"), (155, 115, "1"), (105, 155, "项目"), (155, 155, "2"), lines=grids)
    assert table_rows(data) == [[["项目", "1"]], [["项目", "2"]]]


@pytest.mark.parametrize(("left", "right", "tables"), [(103, 303, 1), (97, 297, 1), (110, 300, 2), (100, 290, 2)])
def test_pieces_of_a_table_have_the_same_edges(left: float, right: float, tables: int) -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for y, xs, label in ((700, (100, 200, 300), "规章"), (100, (left, 200, right), "文件")):
        draw(canvas, [(xs[0] + 5, y + 15, label), (205, y + 15, "3")], grid_lines(xs, (y, y + 20)))
    canvas.save()
    rows = [["规章", "3"]], [["文件", "3"]]
    assert table_rows(file.getvalue()) == ([rows[0] + rows[1]] if tables == 1 else [*rows])
