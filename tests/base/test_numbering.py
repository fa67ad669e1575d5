"""Tests of numbers in Chinese characters, and of the numbers before headings and labels."""

import pytest

from gkformat.base.numbering import HEADING_NUMBER, SECTION_NUMBER, parse_numeral, without_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("三", 3),
        ("〇", 0),
        ("十", 10),
        ("二十一", 21),
        ("两百", 200),
        ("一百〇二", 102),
        ("一百零二", 102),
        ("一百○二", 102),
        ("九千九百九十九", 9999),
        ("二〇二四", None),
    ],
)
def test_numeral_is_parsed(written: str, number: int | None) -> None:
    assert parse_numeral(written) == number


@pytest.mark.parametrize(
    "number", ["一、", "十二．", "四：", "（一）", "(二)", "（ 十三 ）、", "三）", "1.", "12、", "（3）", "2)"]
)
def test_number_of_a_label_is_left_out(number: str) -> None:
    assert without_number(f"{number}不予公开") == "不予公开"


@pytest.mark.parametrize("label", ["不予公开", "一般", "2024.", "第（一）项", "（一、", "3件", ""])
def test_label_without_a_number_stays(label: str) -> None:
    assert without_number(label) == label


def test_number_of_a_section_is_chinese_and_without_brackets() -> None:
    assert all(map(SECTION_NUMBER.match, ["一、", " 六．", "二："]))
    assert not any(map(SECTION_NUMBER.match, ["（一）", "1.", "一般", "一)"]))


def test_line_of_a_sentence_is_no_heading() -> None:
    assert all(map(HEADING_NUMBER.match, ["一、", "（二）", "三."]))
    assert not any(map(HEADING_NUMBER.match, ["一，提高了", "1.", "十分", "（一"]))
