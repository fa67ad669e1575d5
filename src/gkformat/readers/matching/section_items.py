"""Where in a text a section may begin: at what looks like its heading, on a line of its own or run into its text."""

import re
from collections.abc import Iterator

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.numbering import NUMERALS, ONE_TO_NINE, SECTION_NUMBER, SECTION_NUMBER_INSIDE, parse_numeral
from gkformat.readers.matching.headings import find_heading, heading_wordings
from gkformat.readers.matching.labels import Quality, all_letters

_NUMBER = re.compile(rf"(?<![“\"《（(第见在按如和与及{ONE_TO_NINE}十]){SECTION_NUMBER_INSIDE.pattern}")
"""The number of a section, unless the text speaks of it: 详见一、总体情况."""

_BEFORE = "\n。；;：:！!？?）)”0123456789"
"""What stands before a line or a sentence; in a text without borders, the last number of a table."""

_MOST_LETTERS, _SHORT = 60, 30
_STILL_HEADING = re.compile(r"[、及和与]|以及|[（(].*[）)]$|的?(?:有关|相关|具体|主要)?(?:情况|说明|工作)$")
"""How the rest of a heading in other words begins, or what it is."""

_RUN_IN = re.compile(
    r"\s*[^\s，,；;。：:]{2,24}?(?:情况|问题|措施|事项|不足|打算|计划|说明|工作)(?=[。：:]|\s+[^\s和与及以、])"
)
"""A heading in other words that is apart from the text that it runs into, by a stop or a blank."""


@frozen
class Item:
    """A place where a section may begin: from `start` on in a block, with its heading up to `end`.

    `alone` is true for a heading on its own line, `begins` at the beginning of a line or of a sentence.
    """

    block: int
    start: int
    end: int
    text: str
    number: int | None
    alone: bool
    begins: bool = True
    at: Address | None = None
    quality: Quality = "exact"

    @property
    def order(self) -> tuple[int, int]:
        """Its place in the text."""
        return self.block, self.start


def items_of(cls: type, block: int, text: str) -> Iterator[Item]:
    """Yield the places in a paragraph where a section may begin."""
    end, in_heading = 0, False
    if item := _first_item(cls, block, text):
        yield item
        end, in_heading = item.end, True
    while number := (SECTION_NUMBER.match(text, end) if in_heading else None) or _NUMBER.search(text, end):
        item = _numbered_item(cls, block, text, number)
        end, in_heading = item.end, item.at is not None
        if item.at or item.begins:
            yield item


def _first_item(cls: type, block: int, text: str) -> Item | None:
    """Return the heading that a paragraph begins with."""
    found = find_heading(cls, text)
    if found is None:
        return None
    number = SECTION_NUMBER.match(text)
    if number and found.quality == "near":
        item = _numbered_item(cls, block, text, number)
        rest = text[item.end : found.end]
        if item.at and not all_letters(rest).isdigit():  # no number of a page or of a note
            return item
    words = text[: found.end].strip()
    alone = not text[found.end :].partition("\n")[0].strip("。：: ")
    return Item(block, 0, found.end, words, _number(text), alone, at=found.at, quality=found.quality)


def _numbered_item(cls: type, block: int, text: str, number: re.Match[str]) -> Item:
    """Return what begins with the number of a section: a heading whose words are known, or else up to a blank."""
    start = number.start() + len(number[0]) - len(number[0].lstrip())
    line = text[start : start + 2 * _MOST_LETTERS].partition("\n")[0]
    value, stop = _number(line), number.end()
    before = text[max(0, start - _SHORT) : start].rstrip(" \t\u3000")
    begins = not before or before[-1] in _BEFORE
    if known := _known_words(cls, text, stop):
        at, end = known
        is_alone = begins and not line[end - start :].strip("。：: ")
        return Item(block, start, end, text[start:end].strip(), value, is_alone, begins, at)
    run_in = _RUN_IN.match(line, stop - start)
    if run_in and line[run_in.end() :].strip("。：: \u3000"):
        end = start + run_in.end()
        return Item(block, start, end, text[start:end].strip(), value, alone=False, begins=begins)
    alone = len(line) <= _SHORT and not re.search("[。，；;,：:]", line[stop - start :].rstrip("：:"))
    end = start + len(line) if alone else stop
    if not alone and (blank := re.search(r"\s", line.rstrip())) and stop - start < blank.start() <= _SHORT:
        end = start + blank.start()
    return Item(block, start, end, text[start:end].strip(), value, alone, begins)


def _known_words(cls: type, text: str, start: int) -> tuple[Address, int] | None:
    """Return the section whose heading stands at a place in a text, and where the heading ends."""
    offsets = [at for at in range(start, min(len(text), start + _MOST_LETTERS)) if text[at].isalnum()]
    letters = all_letters("".join(text[at] for at in offsets))
    if len(letters) != len(offsets):
        return None
    for wording, at in heading_wordings(cls):
        if letters.startswith(wording):
            end = offsets[len(wording) - 1] + 1
            rest = text[end : end + _MOST_LETTERS].partition("\n")[0].strip()
            is_heading = len(rest) <= _SHORT and "。" not in rest and _STILL_HEADING.match(rest)
            return None if is_heading else (at, end)
    return None


def _number(text: str) -> int | None:
    """Return the number of a section that a line begins with."""
    found = SECTION_NUMBER.match(text)
    return parse_numeral("".join(filter(NUMERALS.__contains__, found[0]))) if found else None
