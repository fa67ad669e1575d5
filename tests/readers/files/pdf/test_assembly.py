"""Tests of assembling paragraphs."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from pdf_pages import draw, drawn_pdf, paragraph_texts


def test_paragraphs_continue_over_lines_and_pages() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    text = "字" * 40
    draw(canvas, [(100, 30, "某某县年度报告"), (120, 300, text[2:]), (100, 320, text), (100, 780, "— 1 —")])
    draw(
        canvas,
        [
            (100, 30, "某某县年度报告"),
            (100, 100, text),
            (100, 120, "完。"),
            (120, 140, "一、总体情况"),
            (100, 780, "— 2 —"),
        ],
    )
    draw(
        canvas,
        [(100, 30, "某某县年度报告"), (120, 100, "see"), (100, 600, "第3页共3页"), (100, 780, "第 3 页 共 3 页")],
    )
    canvas.save()
    whole = text[2:] + text + text + "完。"
    assert paragraph_texts(file.getvalue()) == ["某某县年度报告", whole, "一、总体情况", "see", "第3页共3页"]


def test_words_of_letters_keep_their_space() -> None:
    assert paragraph_texts(drawn_pdf((100, 100, "open government "), (100, 112, "information"))) == [
        "open government information"
    ]
