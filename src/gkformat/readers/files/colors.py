"""Colours of texts and of what they are printed on: nobody sees white on white."""

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb

Color = tuple[int, int, int]
"""Red, green and blue, up to 255."""

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
CLEAR = (-1, -1, -1)
"""No ink at all."""

_NAMES: Mapping[str, Color] = {
    "black": BLACK,
    "windowtext": BLACK,
    "white": WHITE,
    "window": WHITE,
    "transparent": CLEAR,
    "red": (255, 0, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    **dict.fromkeys(("aqua", "cyan"), (0, 255, 255)),
    **dict.fromkeys(("fuchsia", "magenta"), (255, 0, 255)),
    "maroon": (128, 0, 0),
    "green": (0, 128, 0),
    "navy": (0, 0, 128),
    "olive": (128, 128, 0),
    "purple": (128, 0, 128),
    "teal": (0, 128, 128),
    **dict.fromkeys(("gray", "grey"), (128, 128, 128)),
    "silver": (192, 192, 192),
    **dict.fromkeys(("seashell", "honeydew"), (247, 247, 240)),
    **dict.fromkeys(
        ("ghostwhite", "whitesmoke", "snow", "ivory", "floralwhite", "azure", "mintcream"), (250, 250, 250)
    ),
}
"""The names that a text is likely to have: of any other nobody says that it cannot be seen."""

_LEAST_INK = 0.1
"""The share of ink below which a text is not seen, and a background shows what is behind it."""

_ALIKE = 24
"""How far two colours may be apart that nobody tells apart."""

_KEPT = frozenset(["", "inherit", "unset", "currentcolor", "none"])
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_INK = r"\s*(?:[,/]\s*(\d{0,3}(?:\.\d{1,20})?)(%?)\s*)?\)"
_RGB = re.compile(rf"rgba?\(\s*(\d{{1,3}})[\s,]+(\d{{1,3}})[\s,]+(\d{{1,3}}){_INK}", re.IGNORECASE)
_HSL = re.compile(rf"hsla?\(\s*(\d{{1,3}})(?:deg)?[\s,]+(\d{{1,3}})%[\s,]+(\d{{1,3}})%{_INK}", re.IGNORECASE)
_TOKEN = re.compile(r"(?:rgb|hsl)a?\([^)]{0,60}\)|[#\w.%-]+", re.IGNORECASE)


def color(text: str, inherited: Color | None = None) -> Color | None:
    """Return the colour that CSS or an attribute of HTML names; `None` if it is not known.

    It may be one of several words, as in `background: #fff no-repeat`.
    """
    words = _TOKEN.findall(text)
    found = (_color(word) for word in words)
    known = next((each for each in found if each), None)
    return inherited if known is None and _KEPT.issuperset(map(str.lower, words)) else known


def _color(word: str) -> Color | None:
    if rgb := _RGB.fullmatch(word):
        red, green, blue = (min(int(part), 255) for part in rgb.groups()[:3])
        return CLEAR if _is_clear(rgb) else (red, green, blue)
    if hsl := _HSL.fullmatch(word):
        hue, saturation, lightness = (int(part) for part in hsl.groups()[:3])
        parts = hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
        return CLEAR if _is_clear(hsl) else (round(255 * parts[0]), round(255 * parts[1]), round(255 * parts[2]))
    return _NAMES.get(word.lower()) or hex_color(word)


def _is_clear(found: re.Match[str]) -> bool:
    return float(found[4] or 1) / (100 if found[5] else 1) < _LEAST_INK


def hex_color(text: str) -> Color | None:
    """Return the colour `FFF`, `FFFFFF` or, with how much ink there is, `FFFFFF00`; `None` for anything else."""
    found = _HEX.fullmatch(text)
    if not found:
        return None
    digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])  # noqa: PLR2004 - one digit each
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return CLEAR if int(digits[6:] or "ff", 16) < 255 * _LEAST_INK else (red, green, blue)


def is_alike(text: Color | None, background: Color | None) -> bool:
    """Check whether nobody sees a text on a background; one whose colour is not known is taken for seen."""
    if text is None or background is None:
        return False
    return text == CLEAR or all(abs(ink - paper) <= _ALIKE for ink, paper in zip(text, background, strict=True))
