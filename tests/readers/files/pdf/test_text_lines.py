"""Tests of forming lines of text."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from gkformat.base.place import Place
from gkformat.readers.document import Paragraph
from gkformat.readers.files.pdf import parse
from gkformat.readers.files.pdf.page import Box, Glyph
from gkformat.readers.files.pdf.text_lines import TextLine
from pdf_pages import GRID_LINES, draw, drawn_pdf, table_rows


def test_text_printed_twice_is_read_once() -> None:
    words = [
        (20 + 70 * (at % 8), 100 + 50 * (at // 8), str(1100 + at)) for at in range(32)
    ]  # PDFium forgets after a few
    # PDFium itself leaves out what is printed again soon after.
    again = [(x + 0.4, y - 0.4, text) for x, y, text in words]
    assert table_rows(drawn_pdf(*words, *again)) == table_rows(drawn_pdf(*words)) != []


def test_turned_text_is_read() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    canvas.saveState()
    canvas.translate(110, 690)
    canvas.rotate(-90)
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(-5, -3, "甲乙")
    canvas.drawString(300, -3, "丙丁")
    canvas.drawString(400, 40, "- 1 -")
    canvas.restoreState()
    draw(canvas, [(202, 115, "1234"), (240, 150, "2"), (100, 50, "这一页上正着写的字更多")], GRID_LINES)
    canvas.save()
    assert table_rows(file.getvalue())[0][0][:2] == ["甲乙", "1234"]
    upright, turned = [block for block in parse(file.getvalue()).blocks if isinstance(block, Paragraph)]
    assert [upright.text, turned.text] == ["这一页上正着写的字更多", "丙丁"]
    assert [upright.place, turned.place] == [Place(page=1, line=1), Place(page=1, line=2)]


@pytest.mark.parametrize(
    ("last", "size", "raised", "text"),
    [
        ("19", 10, 0, "1219"),
        ("1", 9.5, 0, "121"),
        ("1", 6, 0, "12〔1〕"),
        ("1", 10, 4, "12〔1〕"),
        ("19", 6, 4, "12〔19〕"),
        ("件", 6, 0, "12件"),
    ],
)
def test_digit_that_is_small_or_raised_is_no_digit_of_a_number(
    last: str, size: float, raised: float, text: str
) -> None:
    def glyph(character: str, at: int, size: float, up: float) -> Glyph:
        return Glyph(character, Box(5.0 * at, 90 - up, 5.0 * at + 5, 100 - up), 5.0 * at, 100 - up, size, 0)

    number = [glyph("1", 0, 10, 0), glyph("2", 1, 10, 0)]
    line = TextLine((*number, *(glyph(character, at, size, raised) for at, character in enumerate(last, start=2))))
    assert line.text == text
