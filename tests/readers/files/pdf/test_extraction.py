"""Tests of extracting the contents of a PDF."""

import gzip
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import square_font
from gkformat import Unreadable
from gkformat.readers.files.pdf import extraction
from gkformat.readers.files.pdf.extraction import RawPage, extract
from pdf_layouts import Layout, printed
from pdf_pages import (
    BUSY,
    CATALOGUE,
    HELVETICA,
    HOSTILE,
    NAMELESS,
    PICTURE,
    TEXT,
    drawn_pdf,
    load_report,
    paragraph_texts,
    pdf_of_objects,
    pdf_of_page,
    pdf_of_pages,
    stream,
)

VERTICAL_FONT = UnicodeCIDFont("STSong-Light", isVertical=True)
# Under its own name it would take the place of the font that the layouts print with.
VERTICAL_FONT.name = VERTICAL_FONT.fontName = "STSong-Light-V"
pdfmetrics.registerFont(VERTICAL_FONT)


def test_text_typed_into_a_form_is_read() -> None:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.acroForm.textfield(value="1234", x=200, y=690, width=80, height=20, fontSize=12)
    canvas.showPage()
    canvas.save()
    assert paragraph_texts(file.getvalue()) == ["1234"]


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
    """Return commands that print characters of 10 points, each by itself."""
    return b"BT /F 10 Tf 100 700 Td " + b" ".join(b"<%s> Tj" % code for code in codes) + b" ET"


def composite(encoding: bytes, ordering: bytes, *to_unicode: bytes) -> tuple[bytes, ...]:
    """Return a composite font, as Chinese text has it, that is not embedded."""
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
def test_font_missing_from_the_file_loses_no_character(
    codes: tuple[bytes, ...], font: tuple[bytes, ...], text: str, width: float
) -> None:
    glyphs = extract_first_page(pdf_of_page(one_by_one(*codes), *font)).glyphs
    assert "".join(glyph[0] for glyph in glyphs) == text
    assert [glyph[1] for glyph in glyphs] == [100 + width * index for index in range(len(codes))]


def test_missing_widths_are_those_of_the_built_in_fonts() -> None:
    for name, width in {b"Helvetica": 5.56, b"TimesNewRoman": 5, b"Courier-Bold": 6}.items():
        font = b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % name
        glyphs = extract_first_page(pdf_of_page(one_by_one(b"31", b"32", b"33"), font)).glyphs
        assert [glyph[5] - 100 for glyph in glyphs] == pytest.approx([0, width, 2 * width], abs=0.02)


@pytest.mark.source
def test_shipped_font_is_the_one_that_is_made() -> None:
    assert gzip.decompress(square_font.FILE.read_bytes()) == square_font.square_font()


@pytest.mark.parametrize(
    "font",
    [
        composite(b"Identity-H", b"Identity"),
        (NAMELESS.replace(b"/BaseFont/X", b"/BaseFont/HelveticaSong"),),
    ],
    ids=["composite", "named like a built-in font"],
)
def test_glyph_without_a_known_character_does_not_vanish(font: tuple[bytes, ...]) -> None:
    codes = (b"4E00", b"FFFE", b"0001") if len(font) > 1 else (b"41", b"42", b"43")
    glyphs = extract_first_page(pdf_of_page(one_by_one(*codes), *font)).glyphs
    assert [glyph[0] for glyph in glyphs] == ["\N{REPLACEMENT CHARACTER}"] * 3


def extract_first_page(data: bytes) -> RawPage:
    pages, _ = extract(data)
    return pages[0]


@pytest.mark.parametrize(
    ("name", "why"),
    [("garbage", "damaged"), ("many pages", "10000 pages"), ("much text", "more text"), ("many lines", "more text")],
)
def test_extract_refuses_damaged_and_large_files(name: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MARKS", 100)
    with pytest.raises(Unreadable, match=why):
        extract(HOSTILE[name][0])


def test_extract_refuses_encrypted_files_and_broken_pages() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        extract(printed(load_report(BUSY), Layout(password="x" * 8)))
    with pytest.raises(Unreadable, match="damaged"):
        extract(pdf_of_pages(b"3 0 R", 1, b"<</Type/Catalog>>"))


def test_extract_distinguishes_lines_and_pictures() -> None:
    paint = (
        b"2 w 0 10 m 50 10 l S ",  # a line
        b"0 20 50 0.5 re f ",  # a thin rectangle
        b"0 30 50 9 re f 0 50 m 50 50 l 50 60 l 0 60 l h f ",  # areas
        b"400 10 m 400 60 l 430 60 l 430 10 l h S ",  # four lines
        b"0 70 m 50 90 l S 0 70 m 10 80 20 90 50 70 c S 0 0 m 9 0 l f ",  # neither
        b"q 2 0 0 2 100 200 cm /A Do Q q 20 0 0 30 300 300 cm /B Do Q",  # a form with a line, and a picture
    )
    resources = b"/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"
    whole = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + resources + b">>"
    form = stream(b"0.2 w 0 0 m 10 0 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 90 90]/Matrix[3 0 0 3 0 0]")
    found = extract_first_page(
        pdf_of_objects(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", whole, stream(b"".join(paint)), form, PICTURE)
    )
    closed = [(399, 10, 401, 60), (400, 59, 430, 61), (429, 10, 431, 60), (400, 9, 430, 11)]
    assert found.lines == [(0, 9, 50, 11), (0, 20, 50, 20.5), *closed, (100, 199.4, 160, 200.6)]
    assert found.pictures == [(300, 300, 320, 330)]


def test_extract_keeps_characters_as_they_are() -> None:
    data = drawn_pdf((100, 100, "con-"), (100, 114, "tinue"), (100, 130, "1\U00020000"))
    assert "".join(glyph[0] for glyph in extract_first_page(data).glyphs) == "con-tinue1\U00020000"
    assert [glyph[0] for glyph in extract_first_page(pdf_of_page(TEXT, NAMELESS)).glyphs] == [
        "\N{REPLACEMENT CHARACTER}"
    ] * 3


@pytest.mark.parametrize(
    ("turn", "offset", "step"),
    [(0, (0, 0), (0, -10)), (90, (-10, 0), (10, 0)), (180, (-10, -10), (0, 10)), (270, (0, -10), (-10, 0))],
)
def test_vertical_writing_gives_square_glyphs(
    turn: int, offset: tuple[float, float], step: tuple[float, float]
) -> None:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.translate(300, 500)
    canvas.rotate(turn)
    canvas.scale(0.1, 0.1)
    canvas.setFont(VERTICAL_FONT.fontName, 100)
    canvas.drawString(0, 0, "甲乙")
    canvas.showPage()
    canvas.save()
    one, other = extract_first_page(file.getvalue()).glyphs
    assert [one[3] - one[1], one[4] - one[2]] == pytest.approx([10, 10])
    assert [one[1] - one[5], one[2] - one[6]] == pytest.approx(offset, abs=0.02)
    assert [other[1] - one[1], other[2] - one[2]] == pytest.approx(step, abs=0.02)


REPLACED = (
    b"/Span<</ActualText<FEFF5E74>>>BDC BT /F 24 Tf 2 0 0 2 200 1200 Tm (A) Tj ET EMC BT /F 24 Tf 240 1200 Td (B) Tj ET"
)


@pytest.mark.parametrize("outer", [b".5 0 0 .5 0 0", b".5 0 0 -.5 30 800", b"1 0 0 1 -50 -500", b"0 .5 -.5 0 700 10"])
def test_replaced_text_in_a_form_stands_where_it_is_printed(outer: bytes) -> None:
    inner = b".9 .1 -.2 1 7 -20"
    on_page = pdf_of_page(b"q %s cm %s cm %s Q" % (outer, inner, REPLACED))
    form = b"/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]/Matrix[%s]/Resources<</Font<</F 5 0 R>>>>" % inner
    in_form = pdf_of_page(b"q %s cm /A Do Q" % outer, HELVETICA, stream(REPLACED, form))
    (expected,), _ = extract(on_page)
    (found,), _ = extract(in_form)
    assert [glyph.text for glyph in found.glyphs] == ["年", "B"]
    for one, other in zip(found.glyphs, expected.glyphs, strict=True):
        assert one[1:] == pytest.approx(other[1:], abs=0.02)
