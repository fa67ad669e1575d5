"""How a text of Word looks, as far as that decides what one reads: is it seen, struck out, raised or lowered?

Its own properties say that, or else its styles. A style takes what it does not say from the one that it is based on.
What hides or strikes out is a toggle: a text whose paragraph and characters both have such a style looks as if neither
had it.
"""

from collections.abc import Sequence

from attrs import Factory, define

from gkformat.readers.files.package import Attributes

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
VAL = f"{MAIN} val"

LOOKS = frozenset(["vertAlign", "vanish", "strike", "dstrike"])
"""The properties that a look consists of."""


def says_looks(xml: bytes) -> bool:
    """Return whether a part may say of a look anything: the styles of most documents do not, and are not read then."""
    plain = xml.replace(b"\0", b"")  # of UTF-16
    return any(name.encode() in plain for name in LOOKS)


_DEEPEST = 20
"""How many styles may be based on each other, of which a file may also make a circle."""


@define
class Look:
    """What properties say; `None` where they say nothing."""

    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_raised: bool | None = None

    def take(self, name: str, value: str | None) -> None:
        """Take a property."""
        is_on = value not in {"0", "false", "off"}
        match name:
            case "vanish":
                self.is_hidden = is_on
            case "strike" | "dstrike":
                self.is_struck = is_on or bool(self.is_struck)
            case "vertAlign":
                self.is_raised = value in {"superscript", "subscript"}

    def over(self, other: "Look") -> "Look":
        """Return what both say where these properties take precedence."""
        return Look(
            other.is_hidden if self.is_hidden is None else self.is_hidden,
            other.is_struck if self.is_struck is None else self.is_struck,
            other.is_raised if self.is_raised is None else self.is_raised,
        )


@define
class Styles:
    """The styles of a document by their identifiers; `usual` is that of paragraphs which name none."""

    looks: dict[str, Look] = Factory(dict)
    bases: dict[str, str] = Factory(dict)
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
            case ["style", "rPr", name] if name in LOOKS:
                self.looks[self.at_hand].take(name, attributes.get(VAL))

    def end(self, path: Sequence[str]) -> None:
        """Take nothing."""

    def text(self, path: Sequence[str], text: str) -> None:
        """Take nothing."""

    def look(self, paragraph: str, characters: str) -> Look:
        """Return how the styles of a paragraph and of its characters make a text look."""
        outer, inner = self._styled(paragraph or self.usual), self._styled(characters)
        return Look(
            bool(outer.is_hidden) != bool(inner.is_hidden),
            bool(outer.is_struck) != bool(inner.is_struck),
            inner.over(outer).is_raised,
        )

    def _styled(self, style: str) -> Look:
        look = Look()
        for _ in range(_DEEPEST):
            if style not in self.looks:
                break
            look = look.over(self.looks[style])
            style = self.bases.get(style, "")
        return look
