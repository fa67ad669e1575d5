"""Tests of text that is made safe to stand in a line."""

import json
import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat.base.visible import visible

ORDINARY = (
    "淮安市洪泽区人民政府，2024 年度；“第二十条”（一）《条例》— 100% ￥1,234.50",
    "葛\U000e0100城市",  # a variant of a character
    "ᠮᠣᠩᠭᠣᠯ བོད་ཡིག ئۇيغۇر",
    "全角　空格 不换行\u00a0空格",
    "❤️👍🏽👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍⚕️🇨🇳1️⃣🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    r"C:\u2028\n",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一\n二\r\n三\t四", r"一\n二\r\n三\t四"),
        ("\u2028\u2029\x85\x0b\x0c", r"\u2028\u2029\u0085\u000b\f"),
        ("\x1b[2J\x9b2J\x07\x7f", r"\u001b[2J\u009b2J\u0007\u007f"),
        ("\u202egnol\u2066", r"\u202egnol\u2066"),
        ("零\u200b宽\ufeff", r"零\u200b宽\ufeff"),
        ("甲\u200d乙", r"甲\u200d乙"),
        ("\udcff.json", r"\udcff.json"),
        ("局\U000e0041\U000e0042", r"局\udb40\udc41\udb40\udc42"),
        ("局\ufe00\ufe01\ufe02", "局\ufe00\\ufe01\\ufe02"),
        ("\ufe0f", r"\ufe0f"),
    ],
)
def test_what_does_not_show_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_control_format_or_separator_is_left() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    left = [sign for sign in everything if category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and visible(sign) == sign]
    assert left == []


@given(st.text())
def test_escapes_are_those_of_json(text: str) -> None:
    written = visible(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert written.splitlines() == [written]
    assert visible(written) == written
