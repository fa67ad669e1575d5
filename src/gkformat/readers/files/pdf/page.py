"""The pages of a PDF: glyphs and ruling lines, turned so that the text is upright.

Coordinates are in points, x to the right and y downwards. The rotation flag of a PDF page is ignored: a table lies on
its side as often with it as without. The orientation of the text decides how a page is turned.
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

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words

if find_spec("pypdfium2") is None:  # it is the worker that imports it
    raise ImportError("pypdfium2")

_WORKER = Path(__file__).with_name("worker.py")

SECONDS, WAIT = 10, 40
"""CPU time that PDFium may spend on a file, and how long to wait for that on a busy machine, both in seconds."""

MEMORY = 2**29
"""Memory that it may use, in bytes."""

PAGES = 200
"""Number of pages that a file may have. A report has five to thirty."""

MARKS = 300_000
"""Number of glyphs, lines and areas that a file may have. A report has ten thousand."""

ASKEW = -1
_RIGHT_ANGLE, _SLANT = 90, 8.0

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
        left, top = turned_point(self.left, self.top, turn)
        right, bottom = turned_point(self.right, self.bottom, turn)
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


@frozen
class Glyph:
    """A character where it is printed: its box, the position of its origin on the baseline, and its font size.

    `turn` is 0 for text in the main orientation of the page, 90, 180 or 270 for text turned clockwise by that angle,
    and `ASKEW` for any other.
    """

    text: str
    box: Box
    x: float
    baseline: float
    size: float
    turn: int = 0

    def turned(self, turn: int) -> "Glyph":
        """Return the glyph on a page that is turned counter-clockwise by `turn` degrees."""
        left = self.turn if self.turn == ASKEW else (self.turn - turn) % 360
        return Glyph(self.text, self.box.turned(turn), *turned_point(self.x, self.baseline, turn), self.size, left)


@frozen
class Page:
    """The contents of a page, upright. `number` counts from 1."""

    number: int
    box: Box
    glyphs: Sequence[Glyph] = ()
    lines: Sequence[Box] = ()
    areas: Sequence[Box] = ()
    pictures: Sequence[Box] = ()


def turned_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a point on a page that is turned counter-clockwise by `turn` degrees."""
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


def read_pages(data: bytes) -> tuple[list[Page], tuple[str, ...]]:
    """Return the pages of a PDF, and the titles in its metadata.

    Raises `Unreadable` if it is encrypted or damaged, or exceeds the limits of this module.

    """
    answer = _worker_answer(data)
    if answer.refused:
        raise Unreadable(_REFUSED[answer.refused].format(pages=answer.count, most=PAGES))
    return [_page(number, found) for number, found in enumerate(answer.pages, start=1)], tuple(answer.titles)


# -- the worker and its answer -------------------------------------------------------------------------

_REFUSED = {
    "encrypted": Words("PDF 已加密，须有密码才能打开", "the PDF is encrypted and opens only with a password"),
    "damaged": Words("PDF 已损坏，无法打开", "the PDF is damaged and cannot be opened"),
    "long": Words("PDF 有 {pages} 页，最多读取 {most} 页", "the PDF has {pages} pages; at most {most} are read"),
    "large": Words("PDF 中的文字和线条过多，不像一份报告", "the PDF has far more text and lines than a report"),
    "slow": Words(
        "PDF 在规定的时间和内存之内无法打开，可能已损坏或为恶意构造",
        "the PDF cannot be opened within the limits of time and memory; it may be damaged or hostile",
    ),
}

_Numbers = tuple[float, float, float, float]


class _WorkerPage(msgspec.Struct):
    """A page as the worker reports it, y upwards."""

    box: _Numbers
    glyphs: list[tuple[str, float, float, float, float, float, float, float, float]]
    lines: list[_Numbers]
    areas: list[_Numbers]
    pictures: list[_Numbers]


class _WorkerAnswer(msgspec.Struct):
    pages: list[_WorkerPage] = []
    titles: list[str] = []
    refused: str = ""
    count: int = 0


def _worker_answer(data: bytes) -> _WorkerAnswer:
    limits = [str(limit) for limit in (MEMORY, SECONDS, PAGES, MARKS)]
    command = [sys.executable, "-P", str(_WORKER), *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WAIT, check=True)  # noqa: S603 - our own
        return msgspec.json.decode(done.stdout, type=_WorkerAnswer)
    except (subprocess.SubprocessError, msgspec.DecodeError):
        return _WorkerAnswer(refused="slow")


def _page(number: int, found: _WorkerPage) -> Page:
    """Return the page, turned as most of its glyphs are."""
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
