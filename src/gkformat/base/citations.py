"""Acts, notices and places in them, as cited by a form or a rule."""

from datetime import date

from attrs import field

from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Words


@frozen
class Act:
    """An act or regulation."""

    title: str
    number: str
    in_force: date

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"

    @property
    def short(self) -> str:
        """The act as it is named before a place in it."""
        return f"《{self.title}》"


@frozen
class Notice:
    """A notice or another document of an office, known by its number if it has one."""

    title: str
    number: str = ""

    def __str__(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")

    @property
    def short(self) -> str:
        """The notice as it is named before a place in it."""
        return self.number or f"《{self.title}》"


@frozen
class Article:
    """A place in an act or a notice, written the way it is cited: `第二十条第（一）项`.

    `says` tells in our words what stands there. It is no part of the identity of the place.
    """

    act: Act | Notice
    place: str
    says: Words = field(default=NO_WORDS, eq=False)

    def __str__(self) -> str:
        return f"{self.act.short}{self.place}"
