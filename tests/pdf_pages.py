"""PDFs of a few words and lines, PDFs of raw objects, and what is read from them."""

import json
import zlib
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gkformat import AnyReport, loads
from gkformat.readers.document import Paragraph, Table
from gkformat.readers.files.pdf import parse
from support import payload

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

BUSY, BLANKS = "suqian-2023", "shanghai-office-2019"
"""Reports of both editions; the second with many blanks."""


def load_report(name: str) -> AnyReport:
    return loads(json.dumps(payload(name)), as_found=True)


def drawn_pdf(*words: tuple[float, float, str], lines: tuple[tuple[float, float, float, float], ...] = ()) -> bytes:
    """Return a page of words and of lines. y is measured from the top."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1)
    draw(canvas, words, lines)
    canvas.save()
    return file.getvalue()


def draw(canvas: Canvas, words: Any, lines: Any = ()) -> None:
    canvas.setFont("STSong-Light", 10)
    for x, y, text in words:
        canvas.drawString(x, 800 - y, text)
    for x, y, right, bottom in lines:
        canvas.line(x, 800 - y, right, 800 - bottom)
    canvas.showPage()


def grid_lines(xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[tuple[float, float, float, float], ...]:
    return (*((xs[0], y, xs[-1], y) for y in ys), *((x, ys[0], x, ys[-1]) for x in xs))


GRID_LINES = grid_lines((100, 200, 230, 260), (100, 120, 160))


def table_rows(data: bytes) -> list[list[list[str]]]:
    blocks = parse(data).blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]


def paragraph_texts(data: bytes) -> list[str]:
    return [block.text for block in parse(data).blocks if isinstance(block, Paragraph)]


def pdf_of_objects(*objects: bytes) -> bytes:
    """Return a file of these objects, of which the first is the catalogue."""
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


def pdf_of_page(content: bytes, font: bytes = HELVETICA, *others: bytes) -> bytes:
    return pdf_of_objects(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(content), font, *others)


def pdf_of_pages(kids: bytes, count: int, *others: bytes) -> bytes:
    return pdf_of_objects(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *others)


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
    "empty page": (pdf_of_page(b""), "没有文字：共 1 页"),
    "pictures": (pdf_of_page(b"q 600 0 0 800 0 0 cm /A Do Q", HELVETICA, PICTURE), "其中 1 页为图片"),
    "nameless glyphs": (pdf_of_page(TEXT, NAMELESS), "字体"),
    "pages in a circle": (pdf_of_pages(b"2 0 R 2 0 R", 2), "已损坏"),
    "pages that contain their tree": (
        pdf_of_pages(b"3 0 R", 1000, b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1000>>"),
        "1000 页",
    ),
    "many pages": (
        pdf_of_pages(b"3 0 R " * 10_000, 10_000, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        "10000 页",
    ),
    "much text": (pdf_of_page(b"BT /F 9 Tf 9 9 Td " + b"(ABCDEFGHIJ) Tj " * 2000 + b"ET"), "过多"),
    "many lines": (pdf_of_page(TEXT + b"0 0 m " + b"9 0 l 0 0 l " * 9000 + b"S"), "过多"),
}

BOMBS = {
    "forms": pdf_of_page(b"/A Do", HELVETICA, *FORMS, stream(b"0 0 m 5 5 l S", FORM % 6)),
    "blanks": pdf_of_page(b" " * 2**28),
}
"""Small files that take PDFium beyond a limit."""
