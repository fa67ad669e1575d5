"""Reports printed as PDFs of many kinds are read cell by cell; what cannot be read says why, in bounded time."""

import json
import sys
import zlib
from importlib import reload
from io import BytesIO
from pathlib import Path
from subprocess import SubprocessError
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import papers
import square_font
from gkformat import AnyReport, Unreadable, cells, loads
from gkformat.notation.grid import Grid, grids
from gkformat.readers import read
from gkformat.readers.document import Cell, Document, Paragraph, Table
from gkformat.readers.files.pdf import page as pdf_page
from gkformat.readers.files.pdf import parse, worker
from gkformat.strategies import reports
from pdf_layouts import Layout, Rules, printed, texts
from support import payload

UPRIGHT = UnicodeCIDFont("STSong-Light", isVertical=True)
UPRIGHT.name = UPRIGHT.fontName = "STSong-Light-V"  # or it would take the place of the font that the layouts print with
pdfmetrics.registerFont(UPRIGHT)

# -- every layout --------------------------------------------------------------------------------------

BUSY, BLANKS = "suqian-2023", "shanghai-office-2019"
"""Reports of both editions; the second with many blanks."""

RULED = {
    "strokes": (BUSY, Layout()),
    "boxes": (BLANKS, Layout(rules="boxes", blank="-")),
    "rectangles": (BUSY, Layout(rules="rectangles", align="right", numbered=False)),
    "dashes": (BLANKS, Layout(rules="dashes", blank="/")),
    "dots": (BUSY, Layout(rules="dots", size=6)),
    "double": (BLANKS, Layout(rules="double", size=7, width=380)),
    "shaded": (BUSY, Layout(shaded=True, align="left")),
    "on its left side": (BUSY, Layout(turn=90)),
    "on its right side, and flagged": (BLANKS, Layout(turn=270, flagged=True)),
    "upside down": (BUSY, Layout(turn=180, flagged=True)),
    "glyph by glyph, wide": (BUSY, Layout(single=True, spacing=0.35, width=620)),
    "thousands": (BUSY, Layout(grouped=True, width=560, number_font="Times-Roman")),
    "tiny": (BLANKS, Layout(size=4, width=300)),
    "labels one character wide": (BUSY, Layout(upright=True)),
    "watermark": (BUSY, Layout(watermark="内部资料")),
    "many pages": (BUSY, Layout(height=330)),
    "rows cut": (BLANKS, Layout(height=330, cut=True, upright=True, align="left")),
    "header repeated, rows cut": (BUSY, Layout(height=330, cut=True, repeated=True)),
    "open at the page break": (BUSY, Layout(start=60, closed=False)),
    "a user may open it": (BUSY, Layout(password="")),
}


def real(name: str) -> AnyReport:
    return loads(json.dumps(payload(name)), as_found=True)


Seen = list[tuple[int, int, int, int, str]]
"""Row, column, how many of both, and text, for each cell of a table."""


def expected(report: Any, layout: Layout) -> list[Seen]:
    shown = texts(report, layout)
    return [_squeezed(grid, shown) for grid in grids(type(report))]


def _squeezed(grid: Grid, shown: dict[str, str]) -> Seen:
    """Columns as far as a line runs anywhere between them."""
    used = sorted({cell.column for cell in grid.cells} | {cell.column + cell.columns for cell in grid.cells})
    found = []
    for cell in grid.cells:
        start, end = used.index(cell.column), used.index(cell.column + cell.columns)
        text = cell.text if cell.at is None else shown[cell.at]
        found.append((cell.row, start, cell.rows, end - start, text))
    return found


def seen(paper: Document) -> list[Seen]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return [[_seen(cell) for row in table.rows for cell in row] for table in tables]


def _seen(cell: Cell) -> tuple[int, int, int, int, str]:
    text = cell.text if cell.text[:1].isdigit() and cell.text[-1].isdigit() else "".join(cell.text.split())
    return cell.place.row - 1, cell.place.column - 1, cell.rows, cell.columns, text


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium in this process: to start another takes longer than to read a report."""

    def run(command: list[str], *, input: bytes, **_: Any) -> SimpleNamespace:  # noqa: A002 - its name
        return SimpleNamespace(stdout=json.dumps(worker.extract(input, *map(int, command[-2:]))))

    monkeypatch.setattr(pdf_page, "subprocess", SimpleNamespace(run=run, SubprocessError=SubprocessError))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", RULED)
def test_every_cell_is_read_as_it_was_printed(name: str) -> None:
    source, layout = RULED[name]
    report = real(source)
    assert seen(parse(printed(report, layout))) == expected(report, layout)


def test_a_report_is_what_was_printed() -> None:
    report = real(BUSY)
    reading = read(printed(report, Layout(start=50, width=300, size=7)))
    assert cells(reading.report) == cells(report)
    assert (reading.report.agency, reading.report.year) == (report.agency, report.year)
    assert reading.report.preface == papers.LEAD
    assert not list(reading.findings)


LAYOUTS = st.builds(
    Layout,
    rules=st.sampled_from(get_args(Rules)),
    size=st.sampled_from([4.0, 6.0, 9.0, 11.0]),
    width=st.sampled_from([330.0, 440.0, 700.0]),
    height=st.sampled_from([330.0, 500.0, 842.0]),
    align=st.sampled_from(["left", "center", "right"]),
    turn=st.sampled_from([0, 90, 180, 270]),
    flagged=st.booleans(),
    spacing=st.sampled_from([0.0, 0.2, 0.4]),
    single=st.booleans(),
    grouped=st.booleans(),
    upright=st.booleans(),
    repeated=st.booleans(),
    cut=st.booleans(),
    closed=st.booleans(),
    shaded=st.booleans(),
    start=st.floats(0, 250),
)


# An example takes up to half a second: five by default, and nothing is made smaller when one fails, which would take
# minutes.
@pytest.mark.usefixtures("here")
@settings(
    max_examples=max(5, settings().max_examples // 20),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(report=st.sampled_from(["2021", "2019"]).flatmap(lambda edition: reports(edition=edition)), layout=LAYOUTS)
def test_no_cell_is_ever_wrong(report: AnyReport, layout: Layout) -> None:
    """Whatever the report and the layout, numbers that run over their cells included."""
    shown = {entry.at: entry for entry in read(printed(report, layout)).sheet.cells}
    for at, number in cells(report).items():
        assert at not in shown or shown[at].value in (number, None)
        assert at not in shown or shown[at].state not in ("blank", "annotated")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("rules", ["columns", "rows", "none"])
def test_rows_without_ruling_lines_are_rows_of_words(rules: Rules) -> None:
    report = real(BUSY)
    reading = read(printed(report, Layout(rules=rules, width=700, size=8)))
    assert cells(reading.report) == cells(report)


def unruled(*lines: str) -> list[list[str]]:
    """A table without ruling lines, read; a line is what stands in its columns, with a blank between."""
    places = (20, 200, 260, 320)
    words = [
        (x, 100 + 15 * at, word)
        for at, line in enumerate(lines)
        for x, word in zip(places, line.split(" "), strict=False)
        if word
    ]
    (table,) = rows(drawn(*words))
    return table


def test_words_of_a_label_are_one_cell() -> None:
    numbers = [(x, y, "1") for x in (200, 260) for y in (100, 115, 130)]
    labels = [(20, 100, "行政"), (48, 100, "许可"), (20, 115, "行政"), (60, 115, "许可"), (20, 130, "规章")]
    split = [["行政 许可", "1", "1"], ["行政", "许可", "1", "1"], ["规章", "1", "1"]]
    assert rows(drawn(*labels, *numbers)) == [split]


def test_a_header_of_one_line_above_the_labels_tells_the_columns() -> None:
    below = ["规章 0 1 2", "文件 3 4 5", "许可 6 7 8"]
    split = [line.split(" ") for line in below]
    assert unruled("内容 制发 废止 有效", *below) == [["内容", "制发", "废止", "有效"], *split]
    assert unruled(" 制发 废止 有效", *below) == [["制发 废止 有效"], *split]
    assert unruled("内容 法人 组织", " 制发 废止 有效", *below) == [["内容 法人 组织"], ["制发 废止 有效"], *split]
    assert unruled(*below, "内容 法人 组织", " 制发 废止 有效", "许可 6 7 8")[3:] == [
        ["内容 法人 组织"],
        ["制发 废止 有效"],
        ["许可", "6", "7", "8"],
    ]


# -- real ones -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "name"), [("huaian-2024", "huaian-2024"), ("hongze-2023", "hongze-2023")])
def test_real_files(shared: Path, file: str, name: str) -> None:
    found = read(shared / "corpus" / "raw" / f"{file}.pdf").report
    assert cells(found) == cells(real(name))
    assert found.year == real(name).year
    assert found.marks == real(name).marks


# -- text ----------------------------------------------------------------------------------------------


def drawn(*words: tuple[float, float, str], lines: tuple[tuple[float, float, float, float], ...] = ()) -> bytes:
    """A page of words, and of lines; y from the top."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    _draw(canvas, words, lines)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, words: Any, lines: Any = ()) -> None:
    canvas.setFont("STSong-Light", 10)
    for x, y, text in words:
        canvas.drawString(x, 800 - y, text)
    for x, y, right, bottom in lines:
        canvas.line(x, 800 - y, right, 800 - bottom)
    canvas.showPage()


def lattice(xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[tuple[float, float, float, float], ...]:
    return (*((xs[0], y, xs[-1], y) for y in ys), *((x, ys[0], x, ys[-1]) for x in xs))


GRID = lattice((100, 200, 230, 260), (100, 120, 160))


def rows(data: bytes) -> list[list[list[str]]]:
    blocks = parse(data).blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]


def paragraphs(data: bytes) -> list[str]:
    return [block.text for block in parse(data).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ([(105, 115, "甲"), (212, 115, "12"), (232, 115, "5")], ["甲", "12", "5"]),
        # broken for want of room, as the neighbour tells
        ([(105, 115, "甲"), (203, 110, "12345"), (203, 119, "6"), (232, 115, "7")], ["甲", "123456", "7"]),
        ([(105, 115, "甲"), (203, 110, "12"), (203, 119, "6"), (232, 115, "7")], ["甲", "12\n6", "7"]),
        # a number that runs over, into a neighbour or out of the table
        ([(105, 115, "甲"), (215, 115, "12,345")], ["甲", "12,3│", "45│"]),
        ([(105, 115, "甲"), (250, 115, "12345")], ["甲", "", "12│"]),
        ([(105, 115, "甲"), (212, 115, "123"), (232, 115, "45")], ["甲", "123", "45"]),
        # two numbers in one cell, or one in wide letters
        ([(105, 115, "甲"), (202, 115, "1"), (215, 115, "2")], ["甲", "1 2", ""]),
        ([(105, 115, "甲"), (202, 115, "1"), (211, 115, "2")], ["甲", "12", ""]),
        ([(105, 115, "甲"), (202, 115, "1 2")], ["甲", "1 2", ""]),
        # printed twice, to be bold
        ([(105, 115, "甲"), (105.4, 115, "甲"), (202, 115, "11"), (202.4, 115, "11")], ["甲", "11", ""]),
        # radicals in the place of characters
        ([(105, 115, "\u2f00\u2ed3\u2eda"), (202, 115, "1")], ["一长页", "1", ""]),
        ([(105, 115, "\U00020000"), (202, 115, "-")], ["\U00020000", "-", ""]),
    ],
)
def test_a_number_is_neither_split_nor_joined(words: list[tuple[float, float, str]], read_as: list[str]) -> None:
    below = ((105, 150, "乙"), (210, 150, "0"), (240, 150, "1"))
    assert rows(drawn(*words, *below, lines=GRID)) == [[read_as, ["乙", "0", "1"]]]


def test_a_wall_that_is_missing_joins_cells() -> None:
    lines = (*lattice((100, 300), (100, 130, 160)), (200, 100, 200, 130))
    data = drawn((105, 115, "甲"), (205, 115, "1"), (105, 150, "乙"), (205, 150, "3"), lines=lines)
    assert rows(data) == [[["甲", "1"], ["乙 3"]]]


def test_cells_that_are_no_rectangle_are_parted_row_by_row() -> None:
    sides = ((200, 130, 200, 160), (100, 130, 200, 130))  # the cell at the top right is open to both sides
    frame = lattice((100, 300), (100, 160))
    data = drawn((105, 115, "甲"), (105, 150, "乙"), (205, 150, "丙"), lines=(*frame, *sides))
    assert rows(data) == [[["甲"], ["乙", "丙"]]]


def test_a_frame_is_no_table() -> None:
    assert paragraphs(drawn((105, 115, "甲"), lines=lattice((100, 300), (100, 200)))) == ["甲"]
    assert rows(drawn((105, 90, "甲"), lines=lattice((100, 200, 300), (100, 200)))) == []


def test_text_that_is_turned() -> None:
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
    _draw(canvas, [(202, 115, "1234"), (240, 150, "2"), (100, 50, "这一页上正着写的字更多")], GRID)
    canvas.save()
    assert rows(file.getvalue())[0][0][:2] == ["甲乙", "1234"]
    assert paragraphs(file.getvalue()) == ["这一页上正着写的字更多", "丙丁"]


def test_paragraphs_over_lines_and_pages() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    text = "字" * 40
    _draw(canvas, [(100, 30, "某某县年度报告"), (120, 300, text[2:]), (100, 320, text), (100, 780, "— 1 —")])
    _draw(
        canvas,
        [
            (100, 30, "某某县年度报告"),
            (100, 100, text),
            (100, 120, "完。"),
            (120, 140, "一、总体情况"),
            (100, 780, "— 2 —"),
        ],
    )
    _draw(
        canvas,
        [(100, 30, "某某县年度报告"), (120, 100, "see"), (100, 600, "第3页共3页"), (100, 780, "第 3 页 共 3 页")],
    )
    canvas.save()
    whole = text[2:] + text + text + "完。"
    assert paragraphs(file.getvalue()) == ["某某县年度报告", whole, "一、总体情况", "see", "第3页共3页"]


def test_words_of_letters_keep_their_blank() -> None:
    assert paragraphs(drawn((100, 100, "open government "), (100, 112, "information"))) == [
        "open government information"
    ]


# -- page breaks ---------------------------------------------------------------------------------------


def broken(above: list[str], below: list[str], *, xs: tuple[float, ...] = (100, 130, 230, 280)) -> list[list[str]]:
    """A table of which the first row stands on one page and the second on the next."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    for y, texts_, head in ((700, above, True), (100, below, False)):
        words = [(x + 4, y + 15, text) for x, text in zip(xs, texts_, strict=False) if text]
        lines = lattice(xs, (y, y + 20))
        if head:
            words += [(x + 4, y - 5, text) for x, text in zip(xs, ("项目", "名称", "数量"), strict=False)]
            lines = lattice(xs, (y - 20, y, y + 20))
        _draw(canvas, words, lines)
    canvas.save()
    (table,) = rows(file.getvalue())
    return table[1:]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (["甲", "1.属于国家", "3"], ["", "2.重复", "4"], [["甲", "1.属于国家", "3"], ["2.重复", "4"]]),
        (["四无", "1.属于", "3"], ["法", "2.重复", "4"], [["四无\n法", "1.属于", "3"], ["2.重复", "4"]]),
        (["甲", "1.没有现成信息需", "3"], ["", "要制作", ""], [["甲", "1.没有现成信息需\n要制作", "3"]]),
        (["甲", "1.没有现成信息需", ""], ["", "要制作", "3"], [["甲", "1.没有现成信息需\n要制作", "3"]]),
        (["甲", "1.没有", "3"], ["", "现成信息", ""], [["甲", "1.没有\n现成信息", "3"]]),
        (["甲", "规章", "3"], ["", "规范", ""], [["甲", "规章", "3"], ["规范", ""]]),
        (
            ["甲", "1.没有现成信息需", "3"],
            ["二、", "要制作", "4"],
            [["甲", "1.没有现成信息需", "3"], ["二、", "要制作", "4"]],
        ),
        (["甲", "1.没有现成信息需", "3"], ["", "", "4"], [["甲", "1.没有现成信息需", "3"], ["", "4"]]),
        (["甲", "规章", "3"], ["2.", "规范", ""], [["甲", "规章", "3"], ["2.", "规范", ""]]),
        (["甲", "规章", "3"], ["", "", "-"], [["甲", "规章", "3"], ["", "-"]]),
        (["", "规章", "3"], ["一", "规范", "4"], [["一", "规章", "3"], ["规范", "4"]]),
    ],
)
def test_what_a_page_break_cuts(above: list[str], below: list[str], joined: list[list[str]]) -> None:
    assert broken(above, below) == joined


def test_a_header_that_is_repeated_is_left_out_and_values_never_are() -> None:
    assert broken(["甲", "规章", "3"], ["项目", "名称", "数量"]) == [["甲", "规章", "3"]]
    assert broken(["1", "2", "3"], ["1", "2", "3"]) == [["1", "2", "3"], ["1", "2", "3"]]


# -- what cannot be read -------------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    """A file of these objects; the first is the catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(packed)) + packed + b"\nendstream"


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</A 6 0 R>>>>>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"


def page(content: bytes, font: bytes = HELVETICA, *others: bytes) -> bytes:
    return pdf(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(content), font, *others)


def tree(kids: bytes, count: int, *others: bytes) -> bytes:
    return pdf(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *others)


TEXT = b"BT /F 12 Tf 100 700 Td (ABC) Tj ET "
PICTURE = stream(b"\0" * 300, b"/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceRGB")
NAMELESS = b"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 65/LastChar 67/Encoding<</Differences[65/g1/g2/g3]>>>>"
FORMS = [stream(b"/A Do " * 10, FORM % number) for number in range(7, 18)]

HOSTILE = {
    "nothing": (b"", "不是 PDF"),
    "no PDF": (b"<html>", "不是 PDF"),
    "garbage": (b"%PDF-1.4\n" + bytes(range(256)) * 100, "不完整"),
    "garbage with an end": (b"%PDF-1.4\n" + bytes(range(256)) * 100 + b"%%EOF", "已损坏"),
    "a broken table of objects": (
        b"%PDF-1.4\nxref\n0 1\ntrailer<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        "已损坏",
    ),
    "empty page": (page(b""), "没有文字：共 1 页"),
    "pictures": (page(b"q 600 0 0 800 0 0 cm /A Do Q", HELVETICA, PICTURE), "其中 1 页为图片"),
    "nameless glyphs": (page(TEXT, NAMELESS), "字体"),
    "pages in a circle": (tree(b"2 0 R 2 0 R", 2), "已损坏"),
    "pages that contain their tree": (
        tree(b"3 0 R", 1000, b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1000>>"),
        "1000 页",
    ),
    "many pages": (tree(b"3 0 R " * 10_000, 10_000, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"), "10000 页"),
    "much text": (page(b"BT /F 9 Tf 9 9 Td " + b"(ABCDEFGHIJ) Tj " * 2000 + b"ET"), "过多"),
    "many lines": (page(TEXT + b"0 0 m " + b"9 0 l 0 0 l " * 9000 + b"S"), "过多"),
    "forms in forms": (page(b"/A Do", HELVETICA, *FORMS, stream(b"0 0 m 5 5 l S", FORM % 6)), "时间和内存"),
    "a bomb": (page(b" " * 2**28), "时间和内存"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_says_why(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, why = HOSTILE[name]
    monkeypatch.setattr(pdf_page, "MARKS", 10_000)
    monkeypatch.setattr(pdf_page, "MEMORY", 2**27)
    monkeypatch.setattr(pdf_page, "SECONDS", 1)
    with pytest.raises(Unreadable, match=why):
        parse(data)


def test_a_file_that_was_cut_off_is_not_read_in_part() -> None:
    whole = printed(real(BUSY), Layout())
    for share in range(20):
        with pytest.raises(Unreadable):
            parse(whole[: len(whole) * share // 20])
    assert parse(whole[: whole.rindex(b"%%EOF")] + b"\n\n").blocks


def test_a_password_is_needed() -> None:
    with pytest.raises(Unreadable, match="encrypted and opens only with a password"):
        parse(printed(real(BUSY), Layout(password="x" * 8)))


def test_a_drawing_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = tuple(range(100, 410, 3))
    assert rows(drawn((105, 115, "甲"), (205, 115, "乙"), lines=lattice(fine, fine))) == []
    places = [(x, y) for x in range(100, 340, 24) for y in range(100, 220, 20)]
    crosses = tuple(line for x, y in places for line in ((x, y, x + 16, y), (x + 8, y - 7, x + 8, y + 7)))
    assert rows(drawn((101, 106, "甲"), lines=crosses)) == []
    assert rows(drawn((101, 106, "甲"), lines=crosses[:2])) == [[["", ""], ["甲", ""]]]
    monkeypatch.setattr("gkformat.readers.files.pdf.assembly.TABLE_CELLS", 5)
    with pytest.raises(Unreadable, match="5 格"):
        parse(drawn((105, 115, "甲"), (205, 115, "乙"), lines=GRID))


def test_numbers_without_bounds_stay_where_they_are() -> None:
    assert paragraphs(page(b"0 0 m 1e38 0 l S BT /F 12 Tf 1e38 700 Td (ABC) Tj ET"))


def test_what_was_typed_into_a_form_is_text() -> None:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.acroForm.textfield(value="1234", x=200, y=690, width=80, height=20, fontSize=12)
    canvas.showPage()
    canvas.save()
    assert paragraphs(file.getvalue()) == ["1234"]


# -- fonts that the file does not hold -----------------------------------------------------------------

# On a machine without Chinese fonts, or with them: some of these characters are dropped on either, unless PDFium is
# kept from the fonts that it finds there.
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -140 1000 860]/Ascent 860/Descent -140/ItalicAngle 0"
    b"/CapHeight 700/StemV 80>>"
)
TO_UNICODE = stream(
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"3 beginbfchar <4E00> <4EBA> <4E01> <0031> <0003> <0032> endbfchar endcmap end"
)


def one_by_one(*codes: bytes) -> bytes:
    """Characters of 10 points, each printed by itself."""
    return b"BT /F 10 Tf 100 700 Td " + b" ".join(b"<%s> Tj" % code for code in codes) + b" ET"


def composite(encoding: bytes, ordering: bytes, *to_unicode: bytes) -> tuple[bytes, ...]:
    """A font of many characters, as Chinese text has it, which the file does not hold."""
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[6 0 R]%s>>"
        % (encoding, b"/ToUnicode 8 0 R" * len(to_unicode)),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>>>" % ordering,
        DESCRIPTOR,
        *to_unicode,
    )


def simple(entries: bytes) -> tuple[bytes, ...]:
    widths = b"/FirstChar 32/LastChar 255/Widths[" + b"500 " * 224 + b"]"
    return (b"<</Type/Font%s%s/FontDescriptor 7 0 R>>" % (entries, widths), b"null", DESCRIPTOR)


@pytest.mark.parametrize(
    ("codes", "font", "text", "width"),
    [
        ((b"4EBA", b"0031", b"FF11"), composite(b"UniGB-UCS2-H", b"GB1"), "人1１", 10),
        ((b"C8CB", b"A3B1"), composite(b"GBK-EUC-H", b"GB1"), "人１", 10),
        ((b"4E00", b"4E01", b"0003"), composite(b"Identity-H", b"Identity", TO_UNICODE), "人12", 10),
        ((b"31", b"B7"), simple(b"/Subtype/TrueType/BaseFont/SimSun/Encoding/MacRomanEncoding"), "1∑", 5),
        ((b"31", b"41"), simple(b"/Subtype/Type1/BaseFont/Song/Encoding<</Differences[65/uni4EBA]>>"), "1人", 5),
        ((b"31", b"41"), simple(b"/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding"), "1A", 5),
    ],
    ids=["UCS-2", "GBK", "to Unicode", "Mac Roman", "differences", "Arial"],
)
def test_a_font_that_the_file_does_not_hold_loses_no_character(
    codes: tuple[bytes, ...], font: tuple[bytes, ...], text: str, width: float
) -> None:
    glyphs = extracted(page(one_by_one(*codes), *font))["glyphs"]
    assert "".join(glyph[0] for glyph in glyphs) == text
    assert [glyph[1] for glyph in glyphs] == [100 + width * index for index in range(len(codes))]


def test_widths_that_a_file_leaves_out_are_those_of_the_built_in_fonts() -> None:
    for name, width in {b"Helvetica": 5.56, b"TimesNewRoman": 5, b"Courier-Bold": 6}.items():
        font = b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % name
        glyphs = extracted(page(one_by_one(b"31", b"32", b"33"), font))["glyphs"]
        assert [glyph[5] - 100 for glyph in glyphs] == pytest.approx([0, width, 2 * width], abs=0.02)


def test_the_font_is_the_one_that_is_made() -> None:
    shipped, made = (TTFont(BytesIO(data)) for data in (square_font.FILE.read_bytes(), square_font.square_font()))
    assert shipped.getBestCmap() == made.getBestCmap()
    assert shipped["glyf"] == made["glyf"]
    for name in ("head", "hhea", "hmtx"):
        before, now = ({**vars(font[name]), "checkSumAdjustment": 0} for font in (shipped, made))
        assert before == now


# -- the worker, for once in this process --------------------------------------------------------------


def extracted(data: bytes) -> Any:
    found = worker.extract(data, most_pages=9, most_marks=100)
    return found if "refused" in found else found["pages"][0]


@pytest.mark.parametrize(
    ("name", "why"),
    [("garbage", "damaged"), ("many pages", "long"), ("much text", "large"), ("many lines", "large")],
)
def test_the_worker_refuses(name: str, why: str) -> None:
    assert extracted(HOSTILE[name][0])["refused"] == why


def test_the_worker_refuses_what_is_encrypted_and_a_page_that_is_none() -> None:
    assert extracted(printed(real(BUSY), Layout(password="x" * 8)))["refused"] == "encrypted"
    assert extracted(tree(b"3 0 R", 1, b"<</Type/Catalog>>"))["refused"] == "damaged"


def test_what_is_painted_is_a_line_or_an_area() -> None:
    paint = (
        b"2 w 0 10 m 50 10 l S ",  # a line
        b"0 20 50 0.5 re f ",  # a thin rectangle
        b"0 30 50 9 re f ",  # an area
        b"0 50 m 50 50 l 50 60 l 0 60 l h f ",  # another
        b"0 70 m 50 90 l S 0 70 m 10 80 20 90 50 70 c S 0 0 m 9 0 l f ",  # neither
        b"q 2 0 0 2 100 200 cm /A Do Q q 20 0 0 30 300 300 cm /B Do Q",  # a form with a line, and a picture
    )
    resources = b"/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"
    whole = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + resources + b">>"
    form = stream(b"0.2 w 0 0 m 10 0 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 90 90]/Matrix[3 0 0 3 0 0]")
    found = extracted(
        pdf(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", whole, stream(b"".join(paint)), form, PICTURE)
    )
    assert found["lines"] == [(0, 9, 50, 11), (0, 20, 50, 20.5), (100, 199.4, 160, 200.6)]
    assert found["areas"] == [(0, 30, 50, 39), (0, 50, 50, 60)]
    assert found["pictures"] == [(300, 300, 320, 330)]


def test_characters_are_what_they_are() -> None:
    data = drawn((100, 100, "con-"), (100, 114, "tinue"), (100, 130, "1\U00020000"))
    assert "".join(glyph[0] for glyph in extracted(data)["glyphs"]) == "con-tinue1\U00020000"
    assert [glyph[0] for glyph in extracted(page(TEXT, NAMELESS))["glyphs"]] == ["\N{REPLACEMENT CHARACTER}"] * 3


def test_fonts_for_vertical_writing() -> None:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.scale(0.1, 0.1)
    canvas.setFont(UPRIGHT.fontName, 100)
    canvas.drawString(3000, 5000, "甲乙")
    canvas.showPage()
    canvas.save()
    one, other = extracted(file.getvalue())["glyphs"]
    assert [one[3] - one[1], one[4] - one[2]] == pytest.approx([10, 10])
    assert one[2] - other[2] == pytest.approx(10)


def test_the_worker_by_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr("resource.setrlimit", lambda *limit: limits.append(limit))
    monkeypatch.setattr(sys, "stdin", type("Input", (), {"buffer": BytesIO(page(TEXT))}))
    worker.main("7", "5", "9", "9")
    assert [glyph[0] for glyph in json.loads(capsys.readouterr().out)["pages"][0]["glyphs"]] == ["A", "B", "C"]
    assert [limit for _, limit in limits] == [(7, 7), (5, 5), (0, 0)]


def test_without_the_extra_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ImportError, match="pypdfium2"):
        reload(pdf_page)
