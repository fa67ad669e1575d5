"""The automatic numbers of the paragraphs of a Word file: they are seen, and stand in no text."""

from collections.abc import Sequence

from attrs import Factory, define

from gkformat.readers.files.package import Attributes, parse_part

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
VAL = f"{MAIN} val"


@define
class Numbered:
    """What properties say of the number of a paragraph: its list, and the level of it; `None` for nothing."""

    list: str | None = None
    level: str | None = None

    def take(self, name: str, value: str | None) -> None:
        """Take a property."""
        if name == "numId":
            self.list = value
        elif name == "ilvl":
            self.level = value

    def over(self, other: "Numbered") -> "Numbered":
        """Return what both say where these properties take precedence."""
        return Numbered(
            other.list if self.list is None else self.list, other.level if self.level is None else self.level
        )


@define
class Numbering:
    """The levels that show a number or a sign, by the definition to which they belong; and that of each list."""

    shown: set[tuple[str, str]] = Factory(set)
    definitions: dict[str, str] = Factory(dict)
    definition: str = ""
    at_hand: str = ""
    level: str = ""
    format: str = ""

    def shows(self, numbered: Numbered) -> bool:
        """Check whether a paragraph shows a number."""
        return (self.definitions.get(numbered.list or "", ""), numbered.level or "0") in self.shown

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin a definition, a level or a list, or take a property of it."""
        match path[-2:]:
            case ["numbering", "abstractNum"]:
                self.definition = attributes.get(f"{MAIN} abstractNumId", "")
            case ["numbering", "num"]:
                self.at_hand = attributes.get(f"{MAIN} numId", "")
            case ["num", "abstractNumId"]:
                self.definitions[self.at_hand] = attributes.get(VAL, "")
            case ["abstractNum", "lvl"]:
                self.level, self.format = attributes.get(f"{MAIN} ilvl", "0"), ""
            case ["lvl", "numFmt"]:
                self.format = attributes.get(VAL, "")
            case ["lvl", "lvlText"] if path[-3] == "abstractNum":
                self._take_text(attributes.get(VAL, ""))

    def _take_text(self, text: str) -> None:
        """Take the text of a level, in which `%1` stands for its number; the format `none` has none."""
        is_shown = bool(text.strip()) and not (self.format == "none" and text.startswith("%"))
        if is_shown and self.format != "bullet":
            self.shown.add((self.definition, self.level))

    def end(self, path: Sequence[str]) -> None:
        """Take nothing."""

    def text(self, path: Sequence[str], text: str) -> None:
        """Take nothing."""


def numbering_of(xml: bytes) -> Numbering:
    """Return the numbering that a part defines."""
    numbering = Numbering()
    parse_part(xml, MAIN, numbering)
    return numbering
