"""Tests of reading Markdown."""

import pytest

from gkformat.readers.document import Paragraph, Table
from gkformat.readers.files import markdown


def test_markdown_becomes_paragraphs_and_tables() -> None:
    text = "# 题\n\n    缩进\n\n一<br>二<sup>3</sup>`四`\n\n| a | b |\n|---|---|\n| 1<br>2 | 3<sup>4</sup> |\n"
    blocks = markdown.parse(text.encode()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["题", "缩进", "一", "二〔3〕四"]
    (found,) = (block for block in blocks if isinstance(block, Table))
    assert [cell.text for cell in found.rows[1]] == ["1\n2", "3〔4〕"]
    (paragraph,) = markdown.parse("收到 <b>3</b> 件 ![图](a.png)".encode()).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "收到 3 件"


def test_html_is_read_as_such_but_not_code() -> None:
    text = "甲\n乙\n\n<div hidden>9</div>\n<p>丙<b>丁</b></p>\n\n    <b>1</b>\n\n<table><tr><td>2</td></tr></table>\n"
    *paragraphs, table = markdown.parse(text.encode()).blocks
    assert [block.text for block in paragraphs if isinstance(block, Paragraph)] == ["甲", "乙", "丙丁", "<b>1</b>"]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["2"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 1 | 2 | 3 |", ["1", "2", "3"]),
        ("| 1 |", ["1"]),
        ("| 1 | |", ["1", ""]),
        ("| | 2 |", ["", "2"]),
        ("1 | 2<br>3 | **4**", ["1", "2\n3", "4"]),
        (r"| 1 \| 2 | 3 | 4 \| 5 |", ["1 | 2", "3", "4 | 5"]),
        ("> | 1 | 2 | 3 |", ["1", "2", "3"]),
        ("| 1 | 2", ["1", "2"]),
        ("1 | 2 |", ["1", "2"]),
        ("1 | 2 | 3 |", ["1", "2", "3"]),
    ],
)
def test_row_has_the_cells_that_are_written(row: str, cells: list[str]) -> None:
    quoted = "> " * row.startswith(">")
    text = f"题\r\n\r\n{quoted}| a | b |\r\n{quoted}|---|---|\r\n{quoted}| 0 | 0 |\r\n{row}\r\n"
    (found,) = (block for block in markdown.parse(text.encode()).blocks if isinstance(block, Table))
    assert [cell.text for cell in found.rows[2]] == cells
    assert [cell.place.column for cell in found.rows[2]] == [*range(1, len(cells) + 1)]
    assert {cell.place.line for cell in found.rows[2]} == {6}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<span hidden>9</span>12", "12"),
        ("<span style='text-decoration: line-through'>9</span>12", "〔9〕12"),
        ("12[1](#note)", "12〔1〕"),
        ("[12](#note)", "12"),
        ("**1**2", "12"),
        ("![](a.png)", "〔图〕"),
        ("![](a.png)12", "〔图〕12"),
        ("", ""),
    ],
)
def test_cell_has_the_text_that_its_page_would_show(written: str, text: str) -> None:
    (found,) = markdown.parse(f"| a | b |\n|---|---|\n| {written} | 1 | {written} |\n".encode()).blocks
    assert isinstance(found, Table)
    assert [cell.text for cell in found.rows[1]] == [text, "1", text]
