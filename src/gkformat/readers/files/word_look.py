"""How a text of Word looks, as far as that decides what one reads: is it seen, struck out, raised, or in symbols?

Its own properties say that, or else its styles. A style takes what it does not say from the one that it is based on.
What hides or strikes out is a toggle: a text whose paragraph and characters both have such a style looks as if neither
had it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import Factory, define, evolve, fields

from gkformat.readers.files.colors import color, hex_color, is_alike
from gkformat.readers.files.package import Attributes, parse_part
from gkformat.readers.files.symbol_fonts import SYMBOL_FONTS
from gkformat.readers.files.word_numbering import MAIN, VAL, Numbered

_FILL, _COLOR, _ASCII, _LATIN = (f"{MAIN} {name}" for name in ("fill", "color", "ascii", "hAnsi"))

LOOKS = frozenset(["vertAlign", "position", "vanish", "strike", "dstrike", "color", "highlight", "shd", "sz", "w"])
LOOKS |= {"rFonts"}
"""The properties that a look consists of."""

_SIGNS_OF_LOOKS = (b"vertAlign", b"vanish", b"trike", b'val="FFFFFF"', b"dings", b"numPr", b":position")

_SMALLEST = {"sz": 5, "w": 10}
"""The size of characters in half points, and their width in percent, below which nobody reads them."""

_RAISED = re.compile("-?(?:[6-9]|[1-9][0-9]{1,2})")
"""Half points by which a text stands above or below its line that are no mere adjustment to the height of a cell."""

_SHORT_NUMBER = re.compile("[0-9]{1,4}")


def styles_of(xml: bytes) -> "Styles":
    """Return the styles of a part: those of most documents say nothing of a look, and are not read then."""
    part, shaded = _without_tables(xml)
    styles = Styles(shaded=shaded)
    plain = part.replace(b"\0", b"")  # of UTF-16
    if any(sign in plain for sign in _SIGNS_OF_LOOKS):
        parse_part(part, MAIN, styles)
    return styles


_STYLE, _OF_TABLE, _ENDS = b"<w:style ", b'w:type="table"', b"</w:style>"
"""How a style of tables begins and ends, as Word writes it."""

_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')


def _without_tables(xml: bytes) -> tuple[bytes, frozenset[str]]:
    """Return a part without styles of tables, and the identifiers of those which have a background.

    Libraries ship a hundred of them, and no paragraph or text has one.
    """
    first, *styles = xml.split(_STYLE)
    of_tables = [each for each in styles if each.startswith(_OF_TABLE)]
    names = (_STYLE_ID.search(each) for each in of_tables if b"<w:shd " in each)
    kept = (each.rpartition(_ENDS)[2] if each.startswith(_OF_TABLE) else _STYLE + each for each in styles)
    return b"".join([first, *kept]), frozenset(name[1].decode("utf-8", "replace") for name in names if name)


def shading(attributes: Attributes) -> str | None:
    """Return the colour of a shading, `?` if a pattern mixes it; `None` for none."""
    kind = attributes.get(VAL)
    value = attributes.get(_FILL) if kind == "clear" else attributes.get(_COLOR) if kind == "solid" else "?"
    return None if value == "auto" or kind == "nil" else value


@lru_cache(maxsize=1024)
def is_unseen(ink: str, paper: str) -> bool:
    """Check whether nobody sees a text in one colour on another, each as a file writes it."""
    return is_alike(hex_color(ink), color(paper))


_DEEPEST = 20
"""How many styles may be based on each other, of which a file may also make a circle."""


@define
class Look:
    """What properties say; `None` where they say nothing."""

    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_raised: bool | None = None
    is_tiny: bool | None = None
    is_in_symbols: bool | None = None
    ink: str | None = None
    paper: str | None = None

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property."""
        value = attributes.get(VAL)
        is_on = value not in {"0", "false", "off"}
        match name:
            case "vanish":
                self.is_hidden = is_on
            case "strike" | "dstrike":
                self.is_struck = is_on or bool(self.is_struck)
            case "vertAlign":
                self.is_raised = value in {"superscript", "subscript"}
            case "position" if value and _RAISED.fullmatch(value):
                self.is_raised = True
            case "sz" | "w" if value and _SHORT_NUMBER.fullmatch(value):
                self.is_tiny = bool(self.is_tiny) or int(value) < _SMALLEST[name]
            case "rFonts" if font := attributes.get(_ASCII) or attributes.get(_LATIN):
                self.is_in_symbols = bool(SYMBOL_FONTS.search(font))
            case "color":
                self.ink = value
            case "highlight" if value != "none":
                self.paper = value
            case "shd" if not self.paper:
                self.paper = shading(attributes)

    def over(self, other: "Look") -> "Look":
        """Return what both say where these properties take precedence."""
        given = {name: value for name in _SAID if (value := getattr(self, name)) is not None}
        return evolve(other, **given) if given else other

    def is_apart(self, paper: str) -> bool:
        """Check whether a text runs into no number: it is unseen on a paper, or shows something else than it says."""
        is_styled = self.is_struck or self.is_raised or self.is_tiny or self.is_in_symbols
        return bool(is_styled) or bool(self.ink and is_unseen(self.ink, self.paper or paper))


_SAID = tuple(field.name for field in fields(Look))


@define
class Styles:
    """The styles of a document by their identifiers; `usual` is that of paragraphs which name none.

    `shaded` are the styles of tables which have a background. `known` are the looks that were asked for, by the styles
    of a paragraph and of its characters.
    """

    looks: dict[str, Look] = Factory(dict)
    bases: dict[str, str] = Factory(dict)
    numbers: dict[str, Numbered] = Factory(dict)
    known: dict[tuple[str, str], Look] = Factory(dict)
    shaded: frozenset[str] = frozenset()
    usual: str = ""
    at_hand: str = ""

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a style, or take a property of it."""
        match path[-3:]:
            case ["styles", "style"]:
                self.at_hand = attributes.get(f"{MAIN} styleId", "")
                self.looks[self.at_hand] = Look()
                is_default = attributes.get(f"{MAIN} default") in {"1", "true", "on"}
                if is_default and attributes.get(f"{MAIN} type") == "paragraph":
                    self.usual = self.at_hand
            case [_, "style", "basedOn"]:
                self.bases[self.at_hand] = attributes.get(VAL, "")
            case ["style", "pPr", "shd" as name] | ["style", "rPr", name] if name in LOOKS:
                self.looks[self.at_hand].take(name, attributes)
            case ["pPr", "numPr", name] if path[-4] == "style":
                self.numbers.setdefault(self.at_hand, Numbered()).take(name, attributes.get(VAL))

    def end(self, path: Sequence[str]) -> None:
        """Take nothing."""

    def text(self, path: Sequence[str], text: str) -> None:
        """Take nothing."""

    def look(self, paragraph: str, characters: str) -> Look:
        """Return how the styles of a paragraph and of its characters make a text look."""
        styles = paragraph or self.usual, characters
        if styles not in self.known:
            outer, inner = map(self._styled, styles)
            self.known[styles] = evolve(
                inner.over(outer),
                is_hidden=bool(outer.is_hidden) != bool(inner.is_hidden),
                is_struck=bool(outer.is_struck) != bool(inner.is_struck),
            )
        return self.known[styles]

    def number(self, paragraph: str) -> Numbered:
        """Return what the style of a paragraph says of its number."""
        numbered = Numbered()
        for style in self._lineage(paragraph or self.usual):
            if style in self.numbers:
                numbered = numbered.over(self.numbers[style])
        return numbered

    def _styled(self, style: str) -> Look:
        look = Look()
        for each in self._lineage(style):
            look = look.over(self.looks[each])
        return look

    def _lineage(self, style: str) -> Iterator[str]:
        """Yield a style and those on which it is based."""
        for _ in range(_DEEPEST):
            if style not in self.looks:
                break
            yield style
            style = self.bases.get(style, "")
