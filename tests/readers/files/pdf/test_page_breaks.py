"""Tests of tables that a page break cuts in two."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from pdf_pages import draw, grid_lines, table_rows


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
