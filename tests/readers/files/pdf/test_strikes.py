"""Digits that are struck out."""

import pytest

from gkformat.readers.files.pdf import strikes
from gkformat.readers.files.pdf.page import Box, Glyph, Page
from gkformat.readers.files.pdf.strikes import strike_out
from gkformat.readers.files.pdf.text_lines import TextLine
from pdf_pages import GRID_LINES, drawn_pdf, table_rows

BASELINE, SIZE = 100.0, 10.0


def digits(text: str) -> list[Glyph]:
    """Return characters of half their size beside each other, from 0 on."""
    return [
        Glyph(text, Box(5.0 * at, BASELINE - SIZE, 5.0 * at + 5, BASELINE + 2), 5.0 * at, BASELINE, SIZE)
        for at, text in enumerate(text)
    ]


def read(text: str, *lines: Box) -> str:
    return TextLine(tuple(strike_out(Page(1, Box(0, 0, 100, 200), digits(text), lines)).glyphs)).text


@pytest.mark.parametrize(
    ("left", "right", "height", "text"),
    [
        (0, 5, 3, "〔9〕12"),
        (-4, 7, 3, "〔9〕12"),  # a little beyond
        (0, 10, 3, "〔91〕2"),
        (0, 15, 1.5, "〔912〕"),
        (0, 15, 4.5, "〔912〕"),
        (0, 15, -1, "912"),  # underlined
        (0, 15, 0.5, "912"),
        (0, 15, 6, "912"),  # above it
        (0, 40, 3, "912"),  # a ruling line
        (-10, 15, 3, "912"),
        (-20, -1, 3, "912"),
        (0, 2, 3, "912"),  # not over the middle of the digit
    ],
)
def test_a_short_line_through_digits_strikes_them_out(left: float, right: float, height: float, text: str) -> None:
    assert read("912", Box(left, BASELINE - height - 0.2, right, BASELINE - height + 0.2)) == text


def test_upright_lines_and_letters_are_no_strikes() -> None:
    assert read("912", Box(2, BASELINE - 8, 3, BASELINE)) == "912"
    assert read("a12", Box(0, BASELINE - 3.2, 5, BASELINE - 2.8)) == "a12"


def test_lines_of_a_drawing_are_not_looked_at_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strikes, "_MOST", 3)
    line = Box(0, BASELINE - 3.2, 5, BASELINE - 2.8)
    assert read("912", line) == "〔9〕12"
    assert read("912", Box(-9, line.top, -1, line.bottom), line) == "912"


def test_struck_digit_of_a_table_is_no_digit_of_its_number() -> None:
    words = (110, 115, "甲乙"), (205, 115, "912")
    plain, struck = (
        table_rows(drawn_pdf(*words, lines=(*GRID_LINES, *strike))) for strike in ((), ((205, 112, 210, 112),))
    )
    assert (plain[0][0][:2], struck[0][0][:2]) == (["甲乙", "912"], ["甲乙", "〔9〕12"])
