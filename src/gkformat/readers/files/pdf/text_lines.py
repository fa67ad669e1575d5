"""Glyphs → lines of text: which glyphs form a line, and where a gap is a blank.

A number must never be split in two, nor run into its neighbour. So a blank is recognised by the width of the gap, and
not by how the program that wrote the file divided its text into runs.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from gkformat.base.frozen import frozen
from gkformat.readers.files.pdf.page import Box, Glyph

_SAME_LINE = 0.45
"""How far baselines on one line may differ, in font sizes."""

_GAP = 0.6
"""The least width of a blank, in font sizes: letter-spacing within a number is less, the gap between columns more."""

_SMALL, _RAISED = 0.85, 0.15
"""The size of a digit, in that of the others beside it, and its height above them, in font sizes: it marks a note."""

_TWICE = 0.2
"""How far apart a character may be printed twice to look bold, in font sizes."""


@frozen
class TextLine:
    """Glyphs on one line, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Left end."""
        return self.glyphs[0].box.left

    @cached_property
    def right(self) -> float:
        """Right end."""
        return max(glyph.box.right for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        """Baseline of the first glyph."""
        return self.glyphs[0].baseline

    @cached_property
    def size(self) -> float:
        """Largest font size."""
        return max(glyph.size for glyph in self.glyphs)

    @cached_property
    def text(self) -> str:
        """Characters of the line, with a blank for every gap."""
        texts = self._texts()
        parts = texts[:1]
        for (one, other), text in zip(pairwise(self.glyphs), texts[1:], strict=True):
            parts += [" " * is_gap(one, other), text]
        return " ".join("".join(parts).split()).replace("〕〔", "")

    def _texts(self) -> list[str]:
        """Return the characters: in brackets those that are struck out and, in a line of digits, raised or small."""
        is_number = len(self.glyphs) > 1 and all(glyph.text.isdigit() for glyph in self.glyphs)
        base = max(glyph.baseline for glyph in self.glyphs if glyph.size == self.size)
        return [
            f"〔{glyph.text}〕"
            if glyph.is_struck
            or (is_number and (glyph.size < _SMALL * self.size or base - glyph.baseline > _RAISED * self.size))
            else glyph.text
            for glyph in self.glyphs
        ]

    @cached_property
    def words(self) -> list["TextLine"]:
        """Parts of the line between blanks and gaps."""
        words: list[list[Glyph]] = [[]]
        for glyph in self.glyphs:
            if words[-1] and (glyph.text.isspace() or is_gap(words[-1][-1], glyph)):
                words.append([])
            if not glyph.text.isspace():
                words[-1].append(glyph)
        return [TextLine(tuple(word)) for word in words if word]


def is_gap(one: Glyph, other: Glyph) -> bool:
    """Check whether there is a blank between two consecutive glyphs of a line."""
    return other.box.left - one.box.right > _GAP * max(one.size, other.size)


def upright_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return upright glyphs as lines, from the top, without blanks at either end."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    ordered = [_once(sorted(row, key=lambda glyph: glyph.x)) for row in rows]
    return [TextLine(tuple(row)) for row in ordered if row]


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """Return a row without glyphs that are printed twice, and without blanks at either end."""
    kept: list[Glyph] = []
    for glyph in row:
        if (kept or not glyph.text.isspace()) and not any(_twice(other, glyph) for other in kept[-2:]):
            kept.append(glyph)
    while kept and kept[-1].text.isspace():
        kept.pop()
    return kept


def _twice(one: Glyph, other: Glyph) -> bool:
    return one.text == other.text and abs(one.x - other.x) <= _TWICE * one.size


def lines_of_any_turn(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return glyphs as lines: the upright ones first, then those of each other orientation, as one reads them."""
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turns.setdefault(glyph.turn, []).append(glyph.turned(glyph.turn))
    return [line for turn in sorted(turns) for line in upright_lines(turns[turn])]


def room(line: TextLine, box: Box) -> float:
    """Return how much of the width of its cell a line leaves free, in font sizes."""
    return (box.width - (line.right - line.left)) / line.size
