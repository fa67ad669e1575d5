"""Tests of forming lines of text."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from gkformat.base.place import Place
from gkformat.readers.document import Paragraph
from gkformat.readers.files.pdf import parse
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
