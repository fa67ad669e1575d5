"""Tests of tables without ruling lines."""

import pytest

from gkformat import cells
from gkformat.readers import read
from pdf_layouts import Layout, Rules, printed
from pdf_pages import BUSY, drawn_pdf, load_report, table_rows


@pytest.mark.parametrize("rules", ["columns", "rows", "none"])
def test_tables_without_ruling_lines_are_read(rules: Rules) -> None:
    report = load_report(BUSY)
    reading = read(printed(report, Layout(rules=rules, width=700, size=8)))
    assert cells(reading.report) == cells(report)


def read_unruled(*lines: str) -> list[list[str]]:
    """Return a table as read that was drawn without ruling lines. Each line is its columns, parted by a space."""
    places = (20, 200, 260, 320)
    words = [
        (x, 100 + 15 * at, word)
        for at, line in enumerate(lines)
        for x, word in zip(places, line.split(" "), strict=False)
        if word
    ]
    (table,) = table_rows(drawn_pdf(*words))
    return table


def test_words_of_a_label_are_one_cell() -> None:
    numbers = [(x, y, "1") for x in (200, 260) for y in (100, 115, 130)]
    labels = [(20, 100, "行政"), (48, 100, "许可"), (20, 115, "行政"), (60, 115, "许可"), (20, 130, "规章")]
    split = [["行政 许可", "1", "1"], ["行政", "许可", "1", "1"], ["规章", "1", "1"]]
    assert table_rows(drawn_pdf(*labels, *numbers)) == [split]


def test_words_of_a_header_are_one_cell() -> None:
    numbers = [(x, y, "1") for x in (200, 280) for y in (115, 130, 145)]
    header = [(20, 100, "内容"), (200, 100, "本年"), (228, 100, "制发"), (280, 100, "本年"), (308, 100, "废止")]
    labels = [(20, y, "规章") for y in (115, 130, 145)]
    assert table_rows(drawn_pdf(*header, *labels, *numbers)) == [
        [["内容", "本年 制发", "本年 废止"], *[["规章", "1", "1"]] * 3]
    ]


def test_text_with_numbers_is_no_table() -> None:
    places = [(100, 100), (100, 115), (100, 130)]
    assert (
        table_rows(drawn_pdf(*[(x + shift, y, text) for x, y in places for shift, text in ((0, "共"), (18, "12"))]))
        == []
    )
    values = [(x + shift, y, "1") for x, y in places for shift in (0, 13, 26)]
    assert table_rows(drawn_pdf(*values)) == [[["1", "1", "1"]] * 3]
    assert table_rows(drawn_pdf(*values[:6])) == []


def test_header_of_one_line_above_the_labels_names_the_columns() -> None:
    below = ["规章 0 1 2", "文件 3 4 5", "许可 6 7 8"]
    split = [line.split(" ") for line in below]
    assert read_unruled("内容 制发 废止 有效", *below) == [["内容", "制发", "废止", "有效"], *split]
    assert read_unruled(" 制发 废止 有效", *below) == [["制发 废止 有效"], *split]
    assert read_unruled("内容 法人 组织", " 制发 废止 有效", *below) == [["内容 法人 组织"], ["制发 废止 有效"], *split]
    assert read_unruled(*below, "内容 法人 组织", " 制发 废止 有效", "许可 6 7 8")[3:] == [
        ["内容 法人 组织"],
        ["制发 废止 有效"],
        ["许可", "6", "7", "8"],
    ]
