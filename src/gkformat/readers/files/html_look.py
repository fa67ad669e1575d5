"""How a text of a page looks, as far as inline styles and attributes decide what one reads of it.

What nobody sees is left out. What only programs see, and what shows something else than its characters, is set apart.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from attrs import Factory, evolve, field

from gkformat.base.frozen import frozen
from gkformat.readers.files.colors import BLACK, CLEAR, WHITE, Color, color, is_alike
from gkformat.readers.files.symbol_fonts import SYMBOL_FONTS

Attributes = Mapping[str, str | None]

_BEGINS = r"(?<![\w-])"
_GONE = re.compile(rf"{_BEGINS}(?:display:none|visibility:collapse)")
_HIDDEN = re.compile(rf"{_GONE.pattern}|{_BEGINS}(?:content-)?visibility:hidden")
"""Styles of what one does not see, and of that which does not even keep its place. `backface-visibility` is neither."""

_ZERO = r"(?:0+(?:\.0*)?|\.0+)(?![\d.])"
_OF_TEXT = re.compile(
    rf"line-through|{_BEGINS}(?:opacity|zoom):(?:{_ZERO}|0?\.0)|filter:opacity\(\s*{_ZERO}|text-indent:-\d{{3}}"
    r"|unicode-bidi:[a-z-]*override|text-security:(?!none)"
    r"|letter-spacing:-(?:(?:0?\.[5-9]|[1-9])[\d.]*em|\d{2}[\d.]*px)",
)
"""Styles that the cells of a row and the pieces of a text inherit: struck out, without ink, in another order."""

_NOWHERE = r"(?:none|initial|inherit|unset|revert)\b"
_SAME = r"(?:translate|rotate|skew)[3dxyz]*\((?:[\s,.0]|px|deg|r?em|%)*\)|scale[3dxyz]*\(\s*1(?:\s*,\s*1)*\s*\)"
_STILL = rf"(?:{_NOWHERE}|(?:(?:{_SAME}|matrix\(1, ?0, ?0, ?1, ?0, ?0\))\s*)+(?:[;!]|\Z))"
"""Values that turn and cut nothing, as pages copied from a browser or an editor have them on every element."""

_OF_PLACE = re.compile(
    rf"vertical-align:su[bp]|(?:left|top):-(?:\d{{3}}|\d[\d.]*em)"
    rf"|{_BEGINS}(?:left|top|right|bottom):-?\d{{4}}|{_BEGINS}margin[\w-]*:[^;]{{0,30}}?(?<![\d.])-?\d{{4}}"
    r"|position:(?:absolute|fixed)"
    rf"|{_BEGINS}(?:-(?:webkit|moz|ms|o)-)?(?:clip-path|mask(?:-image)?|transform|scale|rotate|translate):(?!{_STILL})"
    r"|clip:rect",
)
"""Styles that raise a text or take it out of its line, or turn or cut it."""

_NO_SIZE = re.compile(rf"{_BEGINS}(?:max-)?(?:width|height):{_ZERO}")
_CUT = re.compile(r"overflow(?:-[xy])?:(?:hidden|clip)")
"""Styles that together leave no room for a text."""

_SIZE = re.compile(
    rf"{_BEGINS}font(?:-size)?:(?:[a-z-]+\s+){{0,4}}(?P<size>\d+(?:\.\d*)?|\.\d+)(?P<unit>%|[a-z]*)",
)
_FONT = re.compile(rf"{_BEGINS}font(?:-family)?:([^;]*)")
_RELATIVE = frozenset(["em", "ex", "%"])
_SMALLEST = {
    "px": 3.0,
    "pt": 2.5,
    "em": 0.2,
    "rem": 0.1,
    "mm": 1.0,
    "cm": 0.1,
    "in": 0.04,
    "ex": 0.4,
    "vw": 0.2,
    "%": 20.0,
}
_SMALLEST_OF_OTHERS = 1e-9
"""The sizes of characters below which nobody reads them. Pages for telephones often make a `rem` of 100 pixels."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COLON = re.compile(r"(?<!\s)\s*:\s*")
"""The patterns are looked for in a style without comments and blanks around colons, in small letters."""

_COLOR = re.compile(rf"{_BEGINS}(?:-webkit-text-fill-)?color:([^;!]*)")
_BACKGROUND = re.compile(rf"{_BEGINS}background(?:-color|-image(?=[^;]{{0,80}}(?:url\(|gradient)))?:([^;!]*)")
_DRAWN = re.compile(r"url\(|gradient")

_DOT = re.compile(r"\s*[0-2](?:px)?\s*")
_IS_DOT = re.compile(rf"{_BEGINS}(?:width|height):(?:[0-2](?:\.\d*)?(?:px|pt)|0)(?![\d.])")
_IS_BLOCK = re.compile(
    rf"{_BEGINS}(?:display:(?:block|table|flex|grid|list-item|flow-root)|float:(?:left|right))",
)


@frozen(eq=False)
class Style:
    """What an inline style says.

    `is_apart` is said of its text, also within its children; so are `is_tiny` and `is_in_symbols`, which these may
    undo, and which are `None` if it does not say. `is_displaced` and `is_cut` are said of the element.
    """

    is_gone: bool = False
    is_hidden: bool = False
    is_apart: bool = False
    is_tiny: bool | None = None
    is_in_symbols: bool | None = None
    is_displaced: bool = False
    is_cut: bool = False
    is_dot: bool = False
    is_block: bool = False
    color: str = ""
    background: str = ""

    @property
    def says_look(self) -> bool:
        """True if it says of a text how it looks."""
        is_of_font = self.is_tiny is not None or self.is_in_symbols is not None
        return bool(self.is_apart or is_of_font or self.color or self.background)


_NO_STYLE = Style()
_SHORT = 500
"""The length from which styles are not remembered."""


def style_of(attributes: Attributes) -> Style:
    """Return what the inline style among the attributes of an element says."""
    text = attributes.get("style")
    if not text:
        return _NO_STYLE
    return _style(text) if len(text) < _SHORT else _style.__wrapped__(text)


@lru_cache(maxsize=4096)
def _style(text: str) -> Style:
    plain = _COLON.sub(":", _COMMENT.sub("", text)).lower()
    return Style(
        is_gone=bool(_GONE.search(plain)),
        is_hidden=bool(_HIDDEN.search(plain)),
        is_apart=bool(_OF_TEXT.search(plain)),
        is_tiny=_is_tiny(plain),
        is_in_symbols=_is_in_symbols(_last(_FONT, plain)),
        is_displaced=bool(_OF_PLACE.search(plain)),
        is_cut=bool(_NO_SIZE.search(plain) and _CUT.search(plain)),
        is_dot=bool(_IS_DOT.search(plain)),
        is_block=bool(_IS_BLOCK.search(plain)),
        color=_last(_COLOR, plain),
        background=_last(_BACKGROUND, plain),
    )


def _last(pattern: re.Pattern[str], style: str) -> str:
    found = pattern.findall(style)
    return found[-1] if found else ""


def _is_tiny(style: str) -> bool | None:
    """Return whether nobody reads characters of this size; `None` without one, or if it is a part of another."""
    sizes = [(float(found["size"]), found["unit"]) for found in _SIZE.finditer(style)]
    if any(size < _SMALLEST.get(unit, _SMALLEST_OF_OTHERS) for size, unit in sizes):
        return True
    return None if not sizes or sizes[-1][1] in _RELATIVE else False


def _is_in_symbols(font: str) -> bool | None:
    return bool(SYMBOL_FONTS.search(font)) if font else None


def is_hidden(attributes: Attributes) -> bool:
    """Check whether an element is not seen."""
    return bool(attributes) and ("hidden" in attributes or style_of(attributes).is_hidden)


def is_gone(attributes: Attributes) -> bool:
    """Check whether an element does not even keep its place."""
    return bool(attributes) and ("hidden" in attributes or style_of(attributes).is_gone)


def is_dot(attributes: Attributes) -> bool:
    """Check whether a picture is so small that it only keeps a place."""
    sizes = (attributes.get("width"), attributes.get("height"))
    return style_of(attributes).is_dot or any(size and _DOT.fullmatch(size) for size in sizes)


@frozen(eq=False)
class Look:
    """How a text looks: its colour, `None` for one that is not known, on a background; and whether it is set apart.

    `is_apart` is true for a text that nobody sees, too.
    """

    color: Color | None = BLACK
    background: Color | None = WHITE
    is_styled_apart: bool = False
    is_tiny: bool = False
    is_in_symbols: bool = False
    is_apart: bool = field(
        init=False, default=Factory(lambda look: look.is_styled_apart or look.is_unseen, takes_self=True)
    )

    @property
    def is_unseen(self) -> bool:
        """True for a text that nobody reads: too small, in symbols, or in the colour of its background."""
        return self.is_tiny or self.is_in_symbols or is_alike(self.color, self.background)

    def within(self, attributes: Attributes) -> "Look":
        """Return the look of what is in an element with these attributes."""
        if not attributes:
            return self
        style, (ink, paper, drawn, face, *names) = style_of(attributes), map(attributes.get, _LOOKS)
        name = any(names)
        paper = "url()" if drawn else paper
        if not (style.says_look or ink or paper or face or name):
            return self
        return _inner(self, style, ink or "", paper or "", face or "", has_name=name)

    def on(self, attributes: Attributes) -> "Look":
        """Return the look with the background that an element with these attributes has."""
        background = style_of(attributes).background or attributes.get("bgcolor") or ""
        return evolve(self, background=_paper(background, self.background)) if background else self


_LOOKS = ("color", "bgcolor", "background", "face", "class", "id")
PLAIN = Look()


@lru_cache(maxsize=4096)
def _inner(outer: Look, style: Style, ink: str, paper: str, face: str, *, has_name: bool) -> Look:
    """Return the look of what is in an element; its class or name may give it a background, which is not known then."""
    is_in_symbols = _is_in_symbols(face) if style.is_in_symbols is None else style.is_in_symbols
    return Look(
        color(style.color or ink, outer.color),
        _paper(style.background or paper, None if has_name else outer.background),
        outer.is_styled_apart or style.is_apart,
        outer.is_tiny if style.is_tiny is None else style.is_tiny,
        outer.is_in_symbols if is_in_symbols is None else is_in_symbols,
    )


def _paper(background: str, outer: Color | None) -> Color | None:
    """Return the colour of a background; one that is drawn is not known."""
    if _DRAWN.search(background):
        return None
    found = color(background, outer)
    return outer if found == CLEAR else found
