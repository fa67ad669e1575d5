"""The pages of a PDF: glyphs and ruling lines, turned so that the text stands upright.

Coordinates are points, x to the right and y downwards, as one reads. The flag by which a PDF turns a page on the
screen is of no use here: a table lies on its side as often with the flag as without it. The text itself says how a page
is read.
"""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec
from attrs import frozen

from gkformat.base.errors import Unreadable

if find_spec("pypdfium2") is None:  # it is the worker that imports it
    raise ImportError("pypdfium2")

_WORKER = Path(__file__).with_name("worker.py")

SECONDS, WAIT = 10, 40
"""How long PDFium may work on a file, and how long one waits for that on a busy machine."""

MEMORY = 2**29
"""How much memory it may take, in bytes."""

PAGES = 200
"""How many pages a file may have. A report has five to thirty."""

MARKS = 300_000
"""How many glyphs, lines and areas a file may have. A report has ten thousand."""

ASKEW = -1
_RIGHT_ANGLE, _SLANT = 90, 8.0

_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that are also characters, for which Unicode has no decomposition (`EquivalentUnifiedIdeograph.txt`)."""

_VARIANTS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility characters: some programs write them for the character that looks the same."""


@frozen(slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def turned(self, turn: int) -> "Box":
        """The same rectangle on a page that is turned against the clock by so many degrees."""
        left, top = turned(self.left, self.top, turn)
        right, bottom = turned(self.right, self.bottom, turn)
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


@frozen(slots=True)
class Glyph:
    """A character where it is printed: the box of its type, where it stands on its line, and its size.

    `turn` is 0 for text as most of the page has it; 90, 180 or 270 for text that is turned clockwise by so much;
    `ASKEW` for any other.
    """

    text: str
    box: Box
    x: float
    baseline: float
    size: float
    turn: int = 0

    def turned(self, turn: int) -> "Glyph":
        """The same glyph on a page that is turned against the clock by so many degrees."""
        left = self.turn if self.turn == ASKEW else (self.turn - turn) % 360
        return Glyph(self.text, self.box.turned(turn), *turned(self.x, self.baseline, turn), self.size, left)


@frozen(slots=True)
class Page:
    """What stands on a page, upright. `number` counts from 1."""

    number: int
    box: Box
    glyphs: Sequence[Glyph] = ()
    lines: Sequence[Box] = ()
    areas: Sequence[Box] = ()
    pictures: Sequence[Box] = ()


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point on a page that is turned against the clock by so many degrees."""
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def pages(data: bytes) -> tuple[list[Page], tuple[str, ...]]:
    """The pages of a PDF, and the title that its metadata gives it. Raises `Unreadable` for what cannot be opened."""
    answer = _answer(data)
    if answer.refused:
        raise Unreadable(_REFUSED[answer.refused].format(pages=answer.count, most=PAGES))
    return [_page(number, found) for number, found in enumerate(answer.pages, start=1)], tuple(answer.titles)


# -- the worker and its answer -------------------------------------------------------------------------

_REFUSED = {
    "encrypted": "PDF 已加密，须有密码才能打开 / the PDF is encrypted and opens only with a password",
    "damaged": "PDF 已损坏，无法打开 / the PDF is damaged and cannot be opened",
    "long": "PDF 有 {pages} 页，最多读取 {most} 页 / the PDF has {pages} pages; at most {most} are read",
    "large": "PDF 中的文字和线条过多，不像一份报告 / the PDF has far more text and lines than a report",
    "slow": "PDF 在规定的时间和内存之内无法打开，可能已损坏或为恶意构造 / "
    "the PDF cannot be opened within the limits of time and memory; it may be damaged or hostile",
}

_Numbers = tuple[float, float, float, float]


class _Found(msgspec.Struct):
    """A page as the worker gives it, y upwards."""

    box: _Numbers
    glyphs: list[tuple[str, float, float, float, float, float, float, float, float]]
    lines: list[_Numbers]
    areas: list[_Numbers]
    pictures: list[_Numbers]


class _Answer(msgspec.Struct):
    pages: list[_Found] = []
    titles: list[str] = []
    refused: str = ""
    count: int = 0


def _answer(data: bytes) -> _Answer:
    limits = [str(limit) for limit in (MEMORY, SECONDS, PAGES, MARKS)]
    command = [sys.executable, "-P", str(_WORKER), *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WAIT, check=True)  # noqa: S603 - our own
        return msgspec.json.decode(done.stdout, type=_Answer)
    except (subprocess.SubprocessError, msgspec.DecodeError):
        return _Answer(refused="slow")


def _page(number: int, found: _Found) -> Page:
    """The page, turned as most of its glyphs stand."""
    glyphs = [_glyph(*glyph) for glyph in found.glyphs]
    turns = Counter(glyph.turn for glyph in glyphs if glyph.turn != ASKEW)
    turn = turns.most_common(1)[0][0] if turns else 0
    boxes = [[_box(*numbers).turned(turn) for numbers in kind] for kind in (found.lines, found.areas, found.pictures)]
    return Page(number, _box(*found.box).turned(turn), [glyph.turned(turn) for glyph in glyphs], *boxes)


def _box(left: float, bottom: float, right: float, top: float) -> Box:
    return Box(left, -top, right, -bottom)


def _glyph(
    text: str, left: float, bottom: float, right: float, top: float, x: float, y: float, size: float, angle: float
) -> Glyph:
    turn = round(angle / _RIGHT_ANGLE) * _RIGHT_ANGLE
    straight = abs(angle - turn) <= _SLANT
    text = unicodedata.normalize("NFKC", text) if _VARIANTS.match(text) else _RADICALS.get(text, text)
    return Glyph(text, _box(left, bottom, right, top), x, -y, size, turn % 360 if straight else ASKEW)
