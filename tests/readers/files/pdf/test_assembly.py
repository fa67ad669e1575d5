"""Tests of assembling paragraphs."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from pdf_pages import draw, drawn_pdf, paragraph_texts, table_rows


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


def test_values_beside_a_label_of_two_lines_are_no_page_number_and_no_running_head() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for page, name in enumerate("甲乙丙丁"):
        rows = [(67, "1234567"), (100, "123"), (120, "456"), (754, f"{page}8")]
        words = [(200 + 40 * column, y, value) for y, values in rows for column, value in enumerate(values)]
        labels = [
            (20, 60, name),
            (20, 74, name),
            (20, 100, "规章"),
            (20, 120, "文件"),
            (20, 747, name),
            (20, 761, name),
        ]
        draw(canvas, [*labels, *words, (290, 780, f"第 {page} 页 / 共 4 页")])
    canvas.save()
    assert table_rows(file.getvalue()) == [
        [[*"1234567"], [name], ["规章", *"123"], ["文件", *"456"], [name], [str(page), "8"]]
        for page, name in enumerate("甲乙丙丁")
    ]
    assert paragraph_texts(file.getvalue()) == list("甲甲乙乙丙丙丁丁")
