"""Glyphs to text: what stands on one line, where a gap is a blank, which lines are one paragraph.

A number must never be split in two, nor run into its neighbour. So a blank is judged by the gap, and not by how
the program that wrote the file cut its text into runs.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import frozen

from gkformat.readers.files.pdf.page import Box, Glyph

_SAME_LINE = 0.45
"""How far baselines on one line may differ, in sizes of the type."""

_GAP = 0.6
"""What is a blank, in sizes of the type: letter-spacing within a number is less, the gap to the next column is more."""

_TWICE = 0.2
"""Bold type is often a character printed twice, so far apart at most."""


@frozen
class Line:
    """Glyphs on one line, from the left."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].box.left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(glyph.box.right for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        """What its first glyph stands on."""
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        """Of its largest type."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """Its characters, with a blank for every gap."""
        parts = [self.glyphs[0].text]
        for one, other in pairwise(self.glyphs):
            parts += [" " * is_gap(one, other), other.text]
        return " ".join("".join(parts).split())

    @property
    def words(self) -> list["Line"]:
        """What stands between blanks and gaps."""
        words: list[list[Glyph]] = [[]]
        for glyph in self.glyphs:
            if words[-1] and (glyph.text.isspace() or is_gap(words[-1][-1], glyph)):
                words.append([])
            if not glyph.text.isspace():
                words[-1].append(glyph)
        return [Line(tuple(word)) for word in words if word]


def is_gap(one: Glyph, other: Glyph) -> bool:
    """Whether there is a blank between two glyphs that follow each other on a line."""
    return other.box.left - one.box.right > _GAP * max(one.size, other.size)


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Upright glyphs as lines, from the top. Blanks at the ends of a line are dropped."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    ordered = [_once(sorted(row, key=lambda glyph: glyph.x)) for row in rows]
    return [Line(tuple(row)) for row in ordered if row]


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """Without what is printed twice, and without blanks at either end."""
    kept: list[Glyph] = []
    for glyph in row:
        if not (glyph.text.isspace() and not kept) and not any(_twice(other, glyph) for other in kept[-2:]):
            kept.append(glyph)
    while kept and kept[-1].text.isspace():
        kept.pop()
    return kept


def _twice(one: Glyph, other: Glyph) -> bool:
    near = _TWICE * one.size
    return one.text == other.text and abs(one.x - other.x) <= near and abs(one.baseline - other.baseline) <= near


def turned_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines of glyphs that may be turned: upright ones first, then each other way by itself, all as one reads them."""
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turns.setdefault(glyph.turn, []).append(glyph.turned(glyph.turn))
    return [line for turn in sorted(turns) for line in lines(turns[turn])]


def room(line: Line, box: Box) -> float:
    """What a line leaves of the width of its cell, in sizes of its type."""
    return (box.width - (line.right - line.left)) / line.size
