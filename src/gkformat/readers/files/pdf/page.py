"""The pages of a PDF: glyphs and ruling lines, turned so that the text is upright.

Coordinates are in points, x to the right and y downwards. The rotation flag of a PDF page is ignored: a table lies on
its side as often with it as without. The orientation of the text decides how a page is turned.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from gkformat.base.frozen import frozen
from gkformat.readers.files.pdf.extraction import RawPage, extract

ASKEW = -1
_RIGHT_ANGLE, _SLANT = 90, 8.0

_SMALLEST = 0.01
"""The least font size, for distances are measured in it. Nobody can see a smaller character."""

_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that are also characters, but have no decomposition in Unicode (see `EquivalentUnifiedIdeograph.txt`)."""

_VARIANTS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility characters, which some programs write for characters that look the same."""


@frozen
class Box:
    """A rectangle on a page, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Distance from top to bottom."""
        return self.bottom - self.top

    def turned(self, turn: int) -> "Box":
        """Return the rectangle on a page that is turned counter-clockwise by `turn` degrees."""
        if not turn:
            return self
        left, top = turned_point(self.left, self.top, turn)
        right, bottom = turned_point(self.right, self.bottom, turn)
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


@frozen
class Glyph:
    """A character where it is printed: its box, the position of its origin on the baseline, and its font size.

    `turn` is 0 for text in the main orientation of the page, 90, 180 or 270 for text turned clockwise by that angle,
    and `ASKEW` for any other. `is_struck` is true for a digit that is struck out.
    """

    text: str
    box: Box
    x: float
    baseline: float
    size: float
    turn: int = 0
    is_struck: bool = False

    def turned(self, turn: int) -> "Glyph":
        """Return the glyph on a page that is turned counter-clockwise by `turn` degrees."""
        if not turn:
            return self
        left = self.turn if self.turn == ASKEW else (self.turn - turn) % 360
        x, baseline = turned_point(self.x, self.baseline, turn)
        return Glyph(self.text, self.box.turned(turn), x, baseline, self.size, left, self.is_struck)


@frozen
class Page:
    """The contents of a page, upright. `number` counts from 1."""

    number: int
    box: Box
    glyphs: Sequence[Glyph] = ()
    lines: Sequence[Box] = ()
    pictures: Sequence[Box] = ()


def turned_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a point on a page that is turned counter-clockwise by `turn` degrees."""
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def read_pages(data: bytes) -> tuple[list[Page], tuple[str, ...]]:
    """Return the pages of a PDF, and the titles in its metadata.

    Raises `Unreadable` if it is encrypted or damaged, or far larger than a report.
    """
    pages, titles = extract(data)
    return [_page(number, found) for number, found in enumerate(pages, start=1)], titles


def _page(number: int, found: RawPage) -> Page:
    """Return the page, turned as most of its glyphs are."""
    glyphs = [_glyph(*glyph) for glyph in found.glyphs]
    turns = Counter(glyph.turn for glyph in glyphs if glyph.turn != ASKEW)
    turn = turns.most_common(1)[0][0] if turns else 0
    boxes = [[_box(*numbers).turned(turn) for numbers in kind] for kind in (found.lines, found.pictures)]
    return Page(number, _box(*found.box).turned(turn), [glyph.turned(turn) for glyph in glyphs], *boxes)


def _box(left: float, bottom: float, right: float, top: float) -> Box:
    return Box(left, -top, right, -bottom)


def _glyph(
    text: str, left: float, bottom: float, right: float, top: float, x: float, y: float, size: float, angle: float
) -> Glyph:
    turn = round(angle / _RIGHT_ANGLE) * _RIGHT_ANGLE
    straight = abs(angle - turn) <= _SLANT
    text = unicodedata.normalize("NFKC", text) if _VARIANTS.match(text) else _RADICALS.get(text, text)
    return Glyph(text, _box(left, bottom, right, top), x, -y, max(size, _SMALLEST), turn % 360 if straight else ASKEW)
