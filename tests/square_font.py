"""Make the font that replaces every font which a PDF does not embed: `python tests/square_font.py` writes it.

Each character but a blank is a small square. PDFium needs no more of a font to extract text than an outline of each
glyph; widths and heights come from the PDF. The square is narrower than any character and stands on the baseline, so
that it never widens the box of a glyph.
"""

import gzip
import struct
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.sfnt import SFNTWriter
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from support import ROOT

FILE = ROOT / "src" / "gkformat" / "readers" / "files" / "pdf" / "square.ttf.gz"
EM, ASCENT, DESCENT = 1000, 880, -120
SIDE = 100

GLYPHS = 65535
"""A PDF that names glyphs instead of characters may name any of them, and none must vanish."""


def square_font() -> bytes:
    """Return the font as a TrueType file.

    All its glyphs but the first are one outline. In `loca`, offsets that rise and fall by turns say so: FreeType reads
    a glyph whose end lies before its start up to the end of `glyf`, where the outline stands a second time.
    """
    font = TTFont(BytesIO(_two_glyphs()))
    tables = {tag: font.reader[tag] for tag in font.reader.keys()}  # noqa: SIM118 - no mapping
    outline = tables["glyf"] + bytes(-len(tables["glyf"]) % 2)
    half = len(outline) // 2  # offsets are in words
    offsets = [0, *([0, half] * GLYPHS)][: GLYPHS + 1]
    tables["glyf"] = outline * 2
    tables["loca"] = struct.pack(f">{len(offsets)}H", *offsets)
    tables["hmtx"] = struct.pack(">Hh", EM, 0) + bytes(2 * (GLYPHS - 1))
    tables["head"] = _patched(tables["head"], 50, 0)  # indexToLocFormat: words
    tables["hhea"] = _patched(tables["hhea"], 34, 1)  # numberOfHMetrics
    tables["maxp"] = _patched(tables["maxp"], 4, GLYPHS)  # numGlyphs
    file = BytesIO()
    writer = SFNTWriter(file, len(tables))
    for tag, data in tables.items():
        writer[tag] = data
    writer.close()
    return file.getvalue()


def _patched(table: bytes, offset: int, value: int) -> bytes:
    return table[:offset] + struct.pack(">H", value) + table[offset + 2 :]


def _two_glyphs() -> bytes:
    builder = FontBuilder(EM)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.font["cmap"] = _every_character("square")
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": _square()})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "square": (EM, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupOS2()
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupPost(keepGlyphNames=False)
    builder.font.recalcBBoxes = builder.font.recalcTimestamp = False
    builder.updateHead(created=0, modified=0, xMin=0, yMin=DESCENT, xMax=EM, yMax=ASCENT)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _square() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, SIDE), (SIDE, SIDE), (SIDE, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _every_character(glyph: str) -> object:
    """Return a table of characters in format 13, which maps a whole range to one glyph; blanks are left out."""
    subtable = CmapSubtable.newSubtable(13)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
    subtable.length = subtable.reserved = 0  # computed when the font is saved
    subtable.cmap = {code: glyph for code in range(0x110000) if not chr(code).isspace()}
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, [subtable]
    return table


if __name__ == "__main__":
    FILE.write_bytes(gzip.compress(square_font(), mtime=0))
