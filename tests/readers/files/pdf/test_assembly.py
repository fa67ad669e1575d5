"""Tests of assembling paragraphs."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from gkformat import Unreadable
from gkformat.base.place import Place
from gkformat.readers.document import Table
from gkformat.readers.files.pdf import parse
from pdf_pages import draw, drawn_pdf, paragraph_texts, pdf_of_page, table_rows


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


def read_paragraphs(*pages: Sequence[tuple[float, float, str]]) -> list[str]:
    """Return the paragraphs of a file; each line is given by its place and its text."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for words in pages:
        draw(canvas, words)
    canvas.save()
    return paragraph_texts(file.getvalue())


def test_paragraph_ends_with_a_short_line_and_before_a_gap() -> None:
    full, nearly, short = "字" * 40, "字" * 39, "字" * 38
    assert read_paragraphs([(100, 200, full), (100, 212, nearly), (100, 224, full)]) == [full + nearly + full]
    assert read_paragraphs([(100, 200, full), (100, 212, short), (100, 224, full)]) == [full + short, full]
    assert read_paragraphs([(100, 200, full), (105, 212, "完。")]) == [full + "完。"]
    assert read_paragraphs([(100, 200, full), (100, 225, full), (100, 252, full)]) == [full + full, full]


def test_paragraph_goes_on_beyond_a_page_whose_lines_are_all_short_or_indented() -> None:
    full = "字" * 40
    assert read_paragraphs([(100, 200, full)], [(100, 300, "完。")]) == [full + "完。"]
    assert read_paragraphs([(100, 200, full)], [(120, 200, full[2:])]) == [full, full[2:]]


@pytest.mark.parametrize(("pages", "kept"), [(2, 2), (3, 1), (4, 1)])
def test_line_is_a_running_head_from_its_third_page_on(pages: int, kept: int) -> None:
    texts = read_paragraphs(*[[(100, 30, f"某某县{page}年度报告")] for page in range(pages)])
    assert "".join(texts) == "".join(f"某某县{page}年度报告" for page in range(kept))


def test_heading_in_larger_letters_is_no_part_of_a_paragraph() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for y, size, text in ((200, 20, "总" * 20), (222, 10, "字" * 40)):
        canvas.setFont("STSong-Light", size)
        canvas.drawString(100, 800 - y, text)
    canvas.save()
    assert paragraph_texts(file.getvalue()) == ["总" * 20, "字" * 40]


def test_lines_and_cells_have_their_places() -> None:
    rows = [(x, y, text) for y in (120, 140, 160) for x, text in ((20, "规章"), (200, "1"), (260, "2"))]
    heading, table, ending = parse(drawn_pdf((20, 100, "情况"), *rows, (20, 180, "二、问题"))).blocks
    assert [heading.place, ending.place] == [Place(page=1, line=1), Place(page=1, line=3)]
    assert isinstance(table, Table)
    assert [cell.place for cell in table.rows[1]] == [
        Place(page=1, table=1, row=2, column=column) for column in (1, 2, 3)
    ]


def test_lines_are_limited_upright_or_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkformat.readers.limits.BLOCKS", 2)
    lines = b"BT /F 12 Tf 100 700 Td (A) Tj 0 -60 Td (B) Tj ET "
    assert paragraph_texts(pdf_of_page(lines)) == ["A", "B"]
    with pytest.raises(Unreadable):
        parse(pdf_of_page(lines + b"BT /F 12 Tf 300 700 Td (C) Tj 0 -30 Td (D) Tj ET"))
    with pytest.raises(Unreadable):
        parse(pdf_of_page(lines + b"BT /F 12 Tf 0 1 -1 0 300 300 Tm (C) Tj ET"))
