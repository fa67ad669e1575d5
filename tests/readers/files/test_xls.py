"""Tests of reading XLS."""

from pathlib import Path
from struct import pack

import pytest
import xlrd

from compound import compound
from gkformat import Unreadable
from gkformat.readers.document import Table
from gkformat.readers.files import xls

VALUES = (Path(__file__).parent / "made" / "values.xls").read_bytes()


def tables(data: bytes) -> list[Table]:
    return [block for block in xls.parse(data).blocks if isinstance(block, Table)]


def test_every_value_is_read_as_its_format_shows_it() -> None:
    values, _ = tables(VALUES)
    texts = [row[0].text for row in values.rows]
    assert texts[:8] == ["3", "18.871", "0.0000001", "100000000000000000000", "2", "True", "#REF!", " 2 "]
    assert texts[8:11] == ["2024-05-06 00:00:00", "06:00:00", "1 day, 6:00:00"]
    assert texts[11:14] == [
        "22〔1〕",
        "〔5〕6",
        "𠮷〔1〕2",
    ]  # raised, struck out, raised after a character of two units
    assert texts[14:] == ["21.871", "", "#DIV/0!", "甲1", "22（其中修订16件）", "012"]  # four formulas, and two texts
    assert [row[1].text for row in values.rows[:4]] == ["〔5〕", "〔5〕", "50%", ""]  # two looks, and two formats


def test_hidden_sheet_is_left_out_and_places_are_those_of_the_workbook() -> None:
    first, second = tables(VALUES)
    assert first.rows[0][2].text == "合并"
    assert (first.rows[0][2].rows, first.rows[0][2].columns) == (2, 2)
    assert [len(row) for row in first.rows[:3]] == [3, 2, 4]
    assert first.rows[1][1].place.words.zh == "年报!B2"
    assert [table.place.table for table in (first, second)] == [1, 2]
    assert (second.rows[2][1].text, second.rows[2][1].place.words.zh) == ("9", "二!B3")


BEGINS = pack("<HHHHHHLL", 0x0809, 16, 0x0600, 5, 0, 0, 0, 6)
HAS_PASSWORD = pack("<HHHHHH", 0x002F, 6, 0, 0, 0, 0)
SECOND_SECTOR = 512 + 4 * 2
"""Where a compound file says which sector follows the second one of its first stream."""


def circular(data: bytes) -> bytes:
    return data[:SECOND_SECTOR] + pack("<L", 1) + data[SECOND_SECTOR + 4 :]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound({"Workbook": BEGINS + HAS_PASSWORD}), "已加密"),
        (VALUES[:3000], "XLS 文件损坏或不完整；若能在别处打开，请用 Excel 或 WPS 另存为 XLSX"),
        (circular(compound({"Workbook": BEGINS})), "XLS 文件损坏"),
        (compound({"WordDocument": b""}), "XLS 文件损坏"),
        (b"", "XLS 文件损坏"),
    ],
)
def test_file_that_cannot_be_opened_is_unreadable(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        xls.parse(data)


FROM_1900, FROM_1904 = b"\x22\0\2\0\0\0", b"\x22\0\2\0\1\0"


def test_workbook_of_a_macintosh_counts_its_dates_from_1904() -> None:
    assert tables(VALUES.replace(FROM_1900, FROM_1904))[0].rows[8][0].text == "2028-05-07 00:00:00"


SUM, WHEN_OPENED, REF = pack("<d", 21.871), b"\2", b"\2\0\x17\0\0\0\xff\xff"
"""The stored value of the only sum; the flag of a formula that is to be computed; the stored error of another formula."""


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({SUM + b"\0": bytes(8) + WHEN_OPENED}, "="),
        ({SUM + b"\0": SUM + WHEN_OPENED}, "21.871"),
        ({SUM: bytes(8)}, "0"),
        ({SUM + b"\0": bytes(8) + WHEN_OPENED, REF + b"\0": REF + WHEN_OPENED}, "0"),  # another formula was computed
    ],
)
def test_formula_that_nobody_has_computed_is_not_zero(changes: dict[bytes, bytes], text: str) -> None:
    data = VALUES
    for old, new in changes.items():
        assert data.count(old) == 1
        data = data.replace(old, new)
    assert tables(data)[0].rows[14][0].text == text


def test_formula_that_nobody_has_computed_stands_at_its_own_place() -> None:
    old, new = (pack("<HHH", row, column, 15) for row, column in ((14, 0), (15, 1)))
    data = VALUES.replace(old + SUM + b"\0", new + bytes(8) + WHEN_OPENED)
    (found,) = (cell for table in tables(data) for row in table.rows for cell in row if cell.text == "=")
    assert (found.place.row, found.place.column) == (16, 2)


WHITE, NAVY, AUTOMATIC = 9, 18, 0x7FFF
"""Numbers of colours in the palette of every workbook, and that of a text whose colour nobody chose."""


@pytest.mark.parametrize(
    ("font", "background", "is_apart"),
    [
        ({}, {}, False),
        ({"colour_index": AUTOMATIC}, {}, False),
        ({"colour_index": WHITE}, {}, True),
        ({"colour_index": WHITE}, {"fill_pattern": 1, "pattern_colour_index": NAVY}, False),
        ({"colour_index": NAVY}, {"fill_pattern": 1, "pattern_colour_index": NAVY}, True),
        ({"colour_index": WHITE}, {"fill_pattern": 2}, False),
        ({"height": 20}, {}, True),
        ({"name": "Wingdings 2"}, {}, True),
    ],
)
def test_value_that_nobody_sees_as_it_is_is_set_apart(
    font: dict[str, object], background: dict[str, int], is_apart: bool
) -> None:
    book = xlrd.open_workbook(file_contents=VALUES, formatting_info=True)
    style, plain = book.xf_list[-1], book.font_list[0]
    for of, given in ((plain, font), (style.background, background)):
        for name, value in given.items():
            setattr(of, name, value)
    assert xls._is_apart(book, style, plain) is is_apart
