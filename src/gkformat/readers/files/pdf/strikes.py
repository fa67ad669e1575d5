"""Digits that are struck out: a line runs through their middle, and reaches no further than they do."""

from bisect import bisect_left

from attrs import evolve

from gkformat.readers.files.pdf.page import Box, Glyph, Page

_LOWEST, _HIGHEST = 0.1, 0.5
"""How high above the baseline such a line runs, in font sizes."""

_BEYOND = 0.5
"""How far it may reach beyond its digits, in font sizes. A ruling line that crosses them goes on."""

_MOST = 1_000_000
"""How many digits are looked at, for all lines together; what is beyond is taken for a drawing."""


def strike_out(page: Page) -> Page:
    """Return a page on which struck digits are known."""
    digits = sorted((glyph for glyph in page.glyphs if _is_upright_digit(glyph)), key=lambda glyph: glyph.baseline)
    lines = [line for line in page.lines if line.width > line.height]
    if not digits or not lines:
        return page
    baselines = [glyph.baseline for glyph in digits]
    reach = _HIGHEST * max(glyph.size for glyph in digits)
    struck: set[int] = set()
    looks = 0
    for line in lines:
        height = (line.top + line.bottom) / 2
        first = bisect_left(baselines, height)
        last = bisect_left(baselines, height + reach, lo=first)
        looks += last - first
        if looks > _MOST:
            break
        struck.update(map(id, _struck(line, height, digits[first:last])))
    if not struck:
        return page
    return evolve(page, glyphs=[evolve(glyph, is_struck=id(glyph) in struck) for glyph in page.glyphs])


def _is_upright_digit(glyph: Glyph) -> bool:
    return not glyph.turn and glyph.text.isdigit()


def _struck(line: Box, height: float, digits: list[Glyph]) -> list[Glyph]:
    """Return the digits that a line strikes out."""
    crossed = [
        glyph
        for glyph in digits
        if line.left <= (glyph.box.left + glyph.box.right) / 2 <= line.right
        and _LOWEST * glyph.size <= glyph.baseline - height <= _HIGHEST * glyph.size
    ]
    if not crossed:
        return []
    beyond = _BEYOND * max(glyph.size for glyph in crossed)
    left, right = min(glyph.box.left for glyph in crossed), max(glyph.box.right for glyph in crossed)
    return crossed if left - beyond <= line.left and line.right <= right + beyond else []
