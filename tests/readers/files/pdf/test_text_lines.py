"""Tests of forming lines of text."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from pdf_pages import GRID_LINES, draw, paragraph_texts, table_rows


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
    assert paragraph_texts(file.getvalue()) == ["这一页上正着写的字更多", "丙丁"]
