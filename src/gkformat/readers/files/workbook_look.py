"""How the values of a workbook look, as far as that decides what one reads: seen, struck out, raised, or in symbols?"""

from collections.abc import Mapping, Sequence

from attrs import Factory, define

from gkformat.readers.files.colors import BLACK, WHITE, Color, hex_color, is_alike
from gkformat.readers.files.package import Attributes
from gkformat.readers.files.symbol_fonts import SYMBOL_FONTS

TRUE = frozenset(["1", "true"])
SMALLEST = 2.5
"""The size of characters in points below which nobody reads them."""

_BY_NUMBER: Mapping[tuple[str, str], Color] = {
    ("theme", "0"): WHITE,
    ("theme", "1"): BLACK,
    **{("indexed", number): WHITE for number in ("1", "9", "65")},
    **{("indexed", number): BLACK for number in ("0", "8", "64")},
}
"""The colours that are the same in nearly all workbooks. Themes and palettes say what the others are."""

_LEAST_TINT = 0.1


def _known(attributes: Attributes) -> Color | None:
    """Return the colour that the attributes of an element say, `None` if it is not known."""
    if rgb := attributes.get("rgb"):
        return hex_color(rgb[-6:])
    if abs(float(attributes.get("tint", 0))) > _LEAST_TINT:
        return None
    return next((found for each in attributes.items() if (found := _BY_NUMBER.get(each))), None)


@define
class Fill:
    """What a value is printed on: the attributes of its colour, empty for that of the page; `None` if it is mixed."""

    color: Attributes | None = Factory(dict)

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a pattern, or the colour of a solid one."""
        match name:
            case "patternFill":
                self.color = {} if attributes.get("patternType", "none") in {"none", "solid"} else None
            case "gradientFill":
                self.color = None
            case "fgColor" if self.color is not None:
                self.color = attributes


PROPERTIES = frozenset(["vertAlign", "strike", "sz", "name", "rFont", "color"])
"""The properties of a font that decide what one reads."""


@define
class Font:
    """The font of a value or of a piece of one. `is_apart` of what is raised, struck out, tiny or in symbols."""

    is_apart: bool = False
    color: Attributes = Factory(dict)

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property."""
        match name:
            case "vertAlign":
                self.is_apart |= attributes.get("val") in {"superscript", "subscript"}
            case "strike":
                self.is_apart |= attributes.get("val", "1") in TRUE
            case "sz":
                self.is_apart |= float(attributes.get("val", SMALLEST)) < SMALLEST
            case "name" | "rFont":
                self.is_apart |= bool(SYMBOL_FONTS.search(attributes.get("val", "")))
            case "color":
                self.color = attributes

    def is_apart_on(self, fill: Fill) -> bool:
        """Check whether a value runs into no number: nobody sees it on a fill, or it shows something else."""
        if self.is_apart or not self.color or fill.color is None:
            return self.is_apart
        return self.color == fill.color or is_alike(_known(self.color), _known(fill.color) if fill.color else WHITE)


@define
class Looks:
    """The fonts and fills of a workbook, and those of its conditional formats."""

    fonts: list[Font] = Factory(list)
    fills: list[Fill] = Factory(list)
    conditional: list[tuple[Font, Fill]] = Factory(list)

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a font, a fill or a conditional format, or take a property of one."""
        name = path[-1]
        match path[1:-1]:
            case ["fonts"]:
                self.fonts.append(Font())
            case ["fonts", _]:
                self.fonts[-1].take(name, attributes)
            case ["fills"]:
                self.fills.append(Fill())
            case ["fills", *_]:
                self.fills[-1].take(name, attributes)
            case ["dxfs"]:
                self.conditional.append((Font(), Fill()))
            case ["dxfs", "dxf", *parts]:
                self._take_conditional([*parts, name], attributes)

    def _take_conditional(self, path: Sequence[str], attributes: Attributes) -> None:
        """Take a part of a conditional format, whose fill is a colour of the background, and else that of the page."""
        font, fill = self.conditional[-1]
        match path:
            case ["font", name]:
                font.take(name, attributes)
            case ["fill", *_, name]:
                fill.take(_FILL_OF_CONDITION.get(name, ""), attributes)
            case ["numFmt"]:
                font.is_apart = True

    def changes(self) -> set[int]:
        """Return the numbers of the conditional formats that hide a value or show another one."""
        return {number for number, (font, fill) in enumerate(self.conditional) if font.is_apart_on(fill)}

    def is_apart(self, style: Attributes) -> bool:
        """Check whether a style sets a value apart."""
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        on = self.fills[fill] if fill < len(self.fills) else Fill()
        return font < len(self.fonts) and self.fonts[font].is_apart_on(on)


_FILL_OF_CONDITION = {"gradientFill": "gradientFill", "bgColor": "fgColor"}
