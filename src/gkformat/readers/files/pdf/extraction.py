"""Extract the contents of the pages of a PDF, by PDFium, which serves one thread at a time.

Numbers are points in the coordinates of the PDF, y upwards. Nothing is interpreted here.
"""

import ctypes
import gzip
import math
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.files.pdf.visibility import Bounds, Point, Visibility

PAGES = 200
"""Number of pages that a file may have. A report has five to thirty."""

MARKS = 300_000
"""Number of glyphs, lines and pictures that a file may have. A report has ten thousand."""

_Handle = Any
"""What PDFium knows an object by. To ask it by way of the objects of pypdfium2 takes twice as long."""


class RawGlyph(NamedTuple):
    """A character where it is printed: its bounds, its origin, its font size and its angle in degrees."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float
    angle: float


class RawPage(NamedTuple):
    """The contents of a page: its bounds and those of everything on it."""

    box: Bounds
    glyphs: list[RawGlyph]
    lines: list[Bounds]
    pictures: list[Bounds]


_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Replacement for a glyph whose character is unknown: it must not vanish from between two digits."""

_HIDDEN = "■"
"""Replacement for a digit that is hidden beside others that are seen."""

_FIRST_OF_TWO, _SECOND_OF_TWO = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_SURROGATES = range(0xD800, 0xE000)
_LAST_OF_ONE = 0xFFFF
"""The last character that is not a pair of surrogates."""

_ADDED = frozenset(map(ord, " \r\n"))
"""Characters that PDFium adds where it sees a gap or the end of a line."""

_HYPHEN = 0x02
"""Code that PDFium returns for a hyphen at the end of a line; in a table it is the sign of an empty cell."""

_LOOSEST = 4.0
"""Greatest width of a character, in font sizes."""

_FORMS = 8
"""How deep forms within forms are looked into."""

THIN = 3.0
"""Greatest thickness of a ruling line, in points."""

_SLANT = 1.0
_SIDES = range(3, 5)
_CURVED = (math.nan, math.nan)


def extract(data: bytes) -> tuple[list[RawPage], tuple[str, ...]]:
    """Return the pages of a PDF, and the titles in its metadata.

    Raises `Unreadable` if it is encrypted or damaged, or has more than `PAGES` pages or `MARKS` marks.
    """
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        encrypted = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise Unreadable(_ENCRYPTED if encrypted else _DAMAGED) from None
    if len(file) > PAGES:
        raise Unreadable(_LONG.format(pages=len(file), most=PAGES))
    pages: list[RawPage] = []
    marks = 0
    for number in range(len(file)):
        try:
            page = file[number]
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                page = file[number]  # with what was typed into a form or upon it
            text = page.get_textpage()
        except pdfium.PdfiumError:
            raise Unreadable(_DAMAGED) from None
        _limit_marks(marks + text.count_chars() + raw.FPDFPage_CountObjects(page))
        pages.append(_page(page, text))
        marks += sum(map(len, pages[-1]))
        _limit_marks(marks)
    titles = (file.get_metadata_value("Title"),)
    return pages, tuple(title for title in titles if title)


_ENCRYPTED = Words("PDF 已加密，须有密码才能打开", "the PDF is encrypted and opens only with a password")
_DAMAGED = Words("PDF 已损坏，无法打开", "the PDF is damaged and cannot be opened")
_LONG = Words("PDF 有 {pages} 页，最多读取 {most} 页", "the PDF has {pages} pages; at most {most} are read")
_LARGE = Words("PDF 中的文字和线条过多，不像一份报告", "the PDF has far more text and lines than a report")


def _limit_marks(count: int) -> None:
    if count > MARKS:
        raise Unreadable(_LARGE)


def _page(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> RawPage:
    lines: list[Bounds] = []
    pictures: list[Bounds] = []
    has_forms = False
    visibility = Visibility()
    for item, kind, placed, outer in _objects(page):
        visibility.add(item, kind, outer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            has_forms = True
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_picture(placed))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            lines += [box for box in _boxes(item, placed) if min(box[2] - box[0], box[3] - box[1]) <= THIN]
    glyphs = list(_seen_glyphs(_glyphs(text.raw, visibility, has_forms=has_forms)))
    return RawPage(page.get_bbox(), glyphs, lines, pictures)


# -- text ----------------------------------------------------------------------------------------------


def _seen_glyphs(glyphs: Iterable[tuple[int, RawGlyph, bool]]) -> Iterator[RawGlyph]:
    """Yield the glyphs of each word of which any is seen. A digit in it that is hidden is blackened, and not left out.

    Without it, a number of which a part lies under the ground of the next cell, or beyond the edge of its own, would be
    another number.
    """
    word: list[tuple[RawGlyph, bool]] = []
    end = 0
    for index, glyph, is_seen in glyphs:
        if index != end or glyph.text.isspace() or (word and word[-1][0].text.isspace()):
            yield from _seen(word)
            word = []
        word.append((glyph, is_seen))
        end = index + (2 if ord(glyph.text) > _LAST_OF_ONE else 1)
    yield from _seen(word)


def _seen(word: Sequence[tuple[RawGlyph, bool]]) -> Iterator[RawGlyph]:
    if any(is_seen for _, is_seen in word):
        for glyph, is_seen in word:
            yield glyph if is_seen or not glyph.text.isdigit() else glyph._replace(text=_HIDDEN)


def _glyphs(text: _Handle, visibility: Visibility, *, has_forms: bool) -> Iterator[tuple[int, RawGlyph, bool]]:
    """Yield each character with its index, and whether it is seen by itself."""
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index, character in _characters(text):
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.c, matrix.a)) % 360
        place: tuple[float, ...] = (loose.left, loose.bottom, loose.right, loose.top, x.value, y.value)
        if has_forms and (form := _form_of_replaced_text(text, index, (x.value, y.value), matrix)):
            corners = [form.on_point(*corner) for corner in ((loose.left, loose.bottom), (loose.right, loose.top))]
            place = (*_around(corners), *form.on_point(x.value, y.value))
        elif loose.right - loose.left > _LOOSEST * size:  # PDFium's mistake with fonts for vertical writing
            turn = math.radians(-angle)
            across, up = math.cos(turn) - math.sin(turn), math.sin(turn) + math.cos(turn)
            square = _around([(x.value, y.value), (x.value + size * across, y.value + size * up)])
            place = (*square, x.value, y.value)
        middle = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        is_seen = visibility.is_seen(raw.FPDFText_GetTextObject(text, index), *middle)
        yield index, RawGlyph(character, *_rounded((*place, size, angle))), is_seen


def _form_of_replaced_text(text: _Handle, index: int, origin: Point, placed: raw.FS_MATRIX) -> pdfium.PdfMatrix | None:
    """Return the matrix that places a character which `/ActualText` gives within a form; `None` for any other.

    PDFium leaves such a character where its text begins in the coordinates of the form.
    """
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(raw.FPDFText_GetTextObject(text, index), own):
        return None
    if not _is_near(origin, (own.e, own.f)) or _is_near(origin, (placed.e, placed.f)):
        return None
    area = own.a * own.d - own.b * own.c
    if not area:
        return None
    undone = pdfium.PdfMatrix(own.d / area, -own.b / area, -own.c / area, own.a / area)
    back = pdfium.PdfMatrix(e=-own.e, f=-own.f).multiply(undone)
    return back.multiply(pdfium.PdfMatrix.from_raw(placed))


def _is_near(one: Point, other: Point) -> bool:
    return math.dist(one, other) < _NEAR


_NEAR = 0.01
"""The distance in points up to which two positions are the same."""


def _characters(text: _Handle) -> Iterator[tuple[int, str]]:
    """Yield the characters that were printed, without those that PDFium adds.

    A pair of surrogates is one character, at the index of the first.

    """
    codes = [raw.FPDFText_GetUnicode(text, index) for index in range(raw.FPDFText_CountChars(text))]
    paired = False
    for index, (code, following) in enumerate(pairwise([*codes, 0])):
        if paired or (code in _ADDED and raw.FPDFText_IsGenerated(text, index) == 1):
            paired = False
            continue
        paired = code in _FIRST_OF_TWO and following in _SECOND_OF_TWO
        known = raw.FPDFText_HasUnicodeMapError(text, index) != 1 or chr(code).isspace()
        yield index, _character(code, following if paired else 0) if known else _UNKNOWN


def _character(code: int, following: int) -> str:
    if following:
        return (chr(code) + chr(following)).encode("utf-16", "surrogatepass").decode("utf-16")
    if code == _HYPHEN:
        return "-"
    return _UNKNOWN if not 0 < code <= sys.maxunicode or code in _SURROGATES else chr(code)


# -- fonts ---------------------------------------------------------------------------------------------

_FONT = gzip.decompress(pkgutil.get_data(__name__, "square.ttf.gz") or b"")
"""A font with an outline for every character and every glyph (made by `tests/square_font.py`)."""

_BUILT_IN = frozenset(
    b"Courier Courier-Bold Courier-BoldOblique Courier-Oblique Helvetica Helvetica-Bold Helvetica-BoldOblique "
    b"Helvetica-Oblique Times-Roman Times-Bold Times-BoldItalic Times-Italic".split()
)
"""Fonts that come with PDFium, by the names to which it reduces Arial and Times New Roman too. Only for these, a PDF
may omit the widths of the characters."""

_WESTERN = 0
_callbacks: Any = {name: kind for name, kind, *_ in raw.FPDF_SYSFONTINFO._fields_}


def _map_font(_info: Any, _weight: int, _italic: int, charset: int, _pitch: int, face: Any, _exact: Any) -> int | None:
    """Return the font that replaces one that the PDF does not embed: ours, or `None` for that of PDFium."""
    built_in = charset == _WESTERN and ctypes.string_at(face) in _BUILT_IN
    return None if built_in else 1


def _font_data(_info: Any, _font: int, table: int, buffer: Any, size: int) -> int:
    """Copy the font if there is room for it, and return its length; it has no single tables to give."""
    if table:
        return 0
    if size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


_FONTS = raw.FPDF_SYSFONTINFO(
    version=1, MapFont=_callbacks["MapFont"](_map_font), GetFontData=_callbacks["GetFontData"](_font_data)
)
"""Callbacks that hide the fonts of the machine from PDFium: it drops a character if the font it finds has no outline
for it."""

raw.FPDF_SetSystemFontInfo(_FONTS)


# -- lines and pictures --------------------------------------------------------------------------------


_PlacedObject = tuple[_Handle, int, pdfium.PdfMatrix, pdfium.PdfMatrix | None]
"""An object of a page, its kind, and the matrices that place it, and the form that it may be in, on the page."""


def _objects(page: pdfium.PdfPage) -> Iterator[_PlacedObject]:
    """Yield everything on a page and within its forms, in the order in which it is painted."""
    objects = (raw.FPDFPage_GetObject(page.raw, at) for at in range(raw.FPDFPage_CountObjects(page.raw)))
    yield from _placed(objects, None, _FORMS)


def _placed(objects: Iterable[_Handle], outer: pdfium.PdfMatrix | None, depth: int) -> Iterator[_PlacedObject]:
    own = raw.FS_MATRIX()
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        raw.FPDFPageObj_GetMatrix(item, own)
        placed = pdfium.PdfMatrix.from_raw(own)
        placed = placed if outer is None else placed.multiply(outer)
        yield item, kind, placed, outer
        if kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
            inner = (raw.FPDFFormObj_GetObject(item, at) for at in range(raw.FPDFFormObj_CountObjects(item)))
            yield from _placed(inner, placed, depth - 1)


def _picture(placed: pdfium.PdfMatrix) -> Bounds:
    """Return the bounds of a picture, which is the unit square, placed."""
    return _around([placed.on_point(x, y) for x in (0, 1) for y in (0, 1)])


def _boxes(path: _Handle, placed: pdfium.PdfMatrix) -> Iterator[Bounds]:
    """Yield what a path paints: its strokes as wide as the pen, and its filled area if that is a rectangle."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    pen = width.value * math.sqrt(abs(placed.a * placed.d - placed.b * placed.c)) / 2
    for corners in _polygons(path, placed):
        edges = list(pairwise(corners))
        if not all(_upright(*edge) for edge in edges):
            continue
        if stroke.value:
            yield from (_around(edge, pen) for edge in edges)
        if fill.value and len(edges) in _SIDES:
            yield _around(corners)


def _polygons(path: _Handle, placed: pdfium.PdfMatrix) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path; curves are marked as such."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[Point] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = placed.on_point(x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO and corners:
            yield corners
            corners = []
        corners.append(point if kind != raw.FPDF_SEGMENT_BEZIERTO else _CURVED)
    yield corners


def _upright(one: Point, other: Point) -> bool:
    return min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= _SLANT


def _around(points: Iterable[Point], margin: float = 0.0) -> Bounds:
    """Return the bounds of points; a margin is added across their longer side only."""
    xs, ys = zip(*points, strict=True)
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    across, along = (margin, 0.0) if right - left < top - bottom else (0.0, margin)
    return tuple(_rounded((left - across, bottom - along, right + across, top + along)))


def _rounded(numbers: Sequence[float]) -> list[float]:
    """Return numbers in hundredths: to this the results of PDFium are the same on every machine."""
    if not math.isfinite(sum(numbers)):
        numbers = [number if math.isfinite(number) else 0.0 for number in numbers]
    return [round(100 * number) / 100 for number in numbers]
