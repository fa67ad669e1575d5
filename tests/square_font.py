"""The font that takes the place of every font that a PDF does not embed: `python tests/square_font.py` writes it anew.

It has one glyph, a small square, for every character that is not a blank. PDFium asks no more of a font whose text is
extracted than that its glyphs have an outline; widths and heights come from the PDF. The square is narrower than any
character and stands on the baseline, so that it never widens the box of a glyph.
"""

from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FILE = Path(__file__).parents[1] / "src" / "gkformat" / "readers" / "files" / "pdf" / "square.ttf"
EM, ASCENT, DESCENT = 1000, 880, -120
SIDE = 100


def square_font() -> bytes:
    """The font as a TrueType file."""
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
    """Format 13 maps a whole range to one glyph. A blank keeps its lack of an outline."""
    subtable = CmapSubtable.newSubtable(13)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
    subtable.length = subtable.reserved = 0  # computed when the font is saved
    subtable.cmap = {code: glyph for code in range(0x110000) if not chr(code).isspace()}
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, [subtable]
    return table


if __name__ == "__main__":
    FILE.write_bytes(square_font())
