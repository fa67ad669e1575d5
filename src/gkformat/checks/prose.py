"""The texts of a report, for what searches them: without the blanks and line breaks that fall inside words."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from gkformat.base.address import Address
from gkformat.base.findings import Quote
from gkformat.base.frozen import frozen
from gkformat.notation.outline import nodes, per_class

LONGEST_TEXT = 30_000
"""The number of characters read of a text, so that a hostile one takes no longer than a long report."""

LONGEST_NAME = 100
"""The characters of a name: an agency that has more is none, and nothing can be told from it."""

_HALF_WIDTH = {ord(full): ord(full) - 0xFEE0 for full in "０１２３４５６７８９．％（）［］"}
"""One character for one, so that positions do not shift. The full-width comma stays punctuation."""

_STRETCH = re.compile(r"\S+")


def half_width(text: str) -> str:
    """Return the part of a text that is read, with its digits and brackets in half width."""
    return text[:LONGEST_TEXT].translate(_HALF_WIDTH)


def printed_places(text: str, start: int, end: int) -> list[int]:
    """Return the positions of the printed characters of a stretch: blanks and line breaks may occur inside words.

    Only a blank between two digits is kept, because the digits on its two sides are not one number.
    """
    places: list[int] = []
    for match in _STRETCH.finditer(text, start, end):
        if places and match.start() > places[-1] + 1 and text[places[-1]].isdigit() and match[0][0].isdigit():
            places.append(match.start() - 1)
        places += range(match.start(), match.end())
    return places


@frozen
class Passage:
    """One text of a report: `written` as it stands there, `read` in half width, `printed` without blanks besides."""

    at: Address
    written: str

    @cached_property
    def read(self) -> str:
        """The part of the text that is read, with its blanks, in half width."""
        return half_width(self.written)

    @cached_property
    def _places(self) -> list[int]:
        return printed_places(self.read, 0, len(self.read))

    @cached_property
    def printed(self) -> str:
        """The printed characters of what is read."""
        return "".join([self.read[place] for place in self._places])

    def quote(self, start: int, end: int) -> Quote:
        """Return the words between two places in `printed`."""
        return self.quote_written(self._places[start], self._places[end - 1] + 1)

    def quote_written(self, start: int, end: int) -> Quote:
        """Return the words between two places in the text as it stands."""
        return Quote(self.at, start, end, self.written[start:end])


def agency_name(report: Any) -> str:
    """Return the name of the agency of a report; empty if what stands in its place is too long for a name."""
    return report.agency if len(report.agency) <= LONGEST_NAME else ""


def passages(report: Any) -> Iterator[Passage]:
    """Yield the texts of a report that are not empty, in printed order."""
    return (_passage(at, text) for at in prose_fields(type(report)) if (text := getattr(report, at)))


@lru_cache(maxsize=8)
def _passage(at: Address, text: str) -> Passage:
    """Return a passage, the same for each of the rules that search a report in turn."""
    return Passage(at, text)


@per_class
def prose_fields(cls: type) -> tuple[Address, ...]:
    """Return the addresses of the texts of a report class."""
    return tuple(at for at, node in nodes(cls).items() if node.printed.kind == "prose")
