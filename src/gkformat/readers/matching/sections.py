"""The headings of the sections in a text: on lines of their own, run into their text, in other words, misnumbered.

A heading is known by its words. Where a section has none that is known, it is known by its number, if that follows the
one before it; a finding then quotes it. What is not sure stays in the text.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise
from string import digits

from attrs import evolve
from rapidfuzz.distance import LCSseq

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.readers.document import Block, Paragraph
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.headings import numbered_sections
from gkformat.readers.matching.labels import Quality, all_letters, unnumbered
from gkformat.readers.matching.section_items import Item, items_of

_AFTER_HEADING = re.compile(r"[\s。：:.，,；;]*")
_LEAST_LIKENESS = 0.5
_FEWEST_CONTENTS = 3
"""The lines of a table of contents: two headings may lack their text."""

_END = (10**9, 0)
_MOST_NUMBER = 100
_MOST_ITEMS = 5000
"""How many places are looked at where a section may begin. A report has six, and perhaps a hundred in lists."""


@frozen
class Heading:
    """A heading: its section, its words, the number that is printed before it, and how it was recognised."""

    at: Address
    text: str
    number: int | None = None
    quality: Quality = "exact"


@frozen
class Sections:
    """A text in which each heading is a block of its own: `headings` by the index of the block.

    `contents` are the lines of a table of contents, `foreign` the headings of sections that the form does not have.
    """

    blocks: tuple[Block, ...]
    headings: Mapping[int, Heading]
    contents: frozenset[int]
    foreign: frozenset[int]
    findings: tuple[Finding, ...]


def find_sections(cls: type, blocks: Sequence[Block]) -> Sections:
    """Return a text with its headings found, and apart from what they run into."""
    texts = ((index, block.text) for index, block in enumerate(blocks) if isinstance(block, Paragraph))
    items = list(islice((item for index, text in texts for item in items_of(cls, index, text)), _MOST_ITEMS))
    contents = _contents(blocks, items)
    rest = [item for item in items if item not in contents]
    chosen = _chosen(rest)
    chosen = sorted((*chosen, *_guessed(cls, rest, chosen)), key=lambda item: item.order)
    return _split(cls, blocks, {*chosen}, contents, {*_foreign(rest, chosen)})


# -- which of them are headings ------------------------------------------------------------------------


def _contents(blocks: Sequence[Block], items: Sequence[Item]) -> set[Item]:
    """Return the lines of a table of contents: headings one after another, most of which come again."""
    found: set[Item] = set()
    run: dict[Address | str, Item] = {}
    listed = [item for item in items if item.at or (item.number and item.alone)]
    entries = [_entry(item) for item in listed]
    last = {entry: item.order for entry, item in zip(entries, listed, strict=True)}
    for at, (entry, item) in enumerate(zip(entries, listed, strict=True), start=1):
        run[entry] = item
        if at < len(listed) and entries[at] not in run and _is_next(blocks, item, listed[at]):
            continue
        again = sum(last[one] > item.order for one in run)
        if again >= _FEWEST_CONTENTS and again > len(run) / 2:
            found |= {*run.values()}
        run = {}
    return found


def _entry(item: Item) -> Address | str:
    """Return what an entry in a table of contents has in common with its heading: the section, or the words."""
    return item.at or all_letters(item.text).rstrip(digits)


def _is_next(blocks: Sequence[Block], item: Item, after: Item) -> bool:
    """Check whether nothing but the number of a page stands between two headings."""
    if after.block > item.block + 1 or (after.block == item.block + 1 and after.start):
        return False
    block = blocks[item.block]
    between = (
        block.text[item.end : after.start if after.block == item.block else None]
        if isinstance(block, Paragraph)
        else ""
    )
    return not re.search(r"[^\W\d_]", between)


def _chosen(items: Iterable[Item]) -> list[Item]:
    """Return the headings that are known by their words; those with a number, and on their own line, first of all."""
    best: dict[Address, list[Item]] = {}
    for item in items:
        if item.at:
            others = best.setdefault(item.at, [])
            if others and _rank(item) > _rank(others[0]):
                others.clear()
            if not others or _rank(item) == _rank(others[0]):
                others.append(item)
    return [item for same in best.values() for item in same]


def _rank(item: Item) -> tuple[bool, ...]:
    return item.number is not None, item.alone, item.begins, item.quality == "exact"


def _guessed(cls: type, items: Sequence[Item], chosen: Sequence[Item]) -> Iterator[Item]:
    """Yield headings in other words of the sections that have none: by number and order, or else by likeness."""
    sections = [node.at for node in numbered_sections(cls)]
    taken = {item.at: item for item in chosen if item.at}
    for number, (at, node) in enumerate(zip(sections, numbered_sections(cls), strict=True), start=1):
        if at in taken:
            continue
        after = max((taken[one].order for one in sections[: number - 1] if one in taken), default=(-1, 0))
        before = min((taken[one].order for one in sections[number:] if one in taken), default=_END)
        near = [item for item in items if after < item.order < before and item.at is None]
        listed = {*_listed(items, taken.values())}
        by_number = [item for item in near if item.number == number and item not in listed]
        alike = [item for item in near if item.alone and item.number and _likeness(item, node.label) >= _LEAST_LIKENESS]
        if item := next(iter(by_number or alike), None):
            taken[at] = evolve(item, at=at, quality="near")
            yield taken[at]


def _listed(items: Sequence[Item], headings: Iterable[Item]) -> Iterator[Item]:
    """Yield the items that follow one with the number before their own that is no heading, as in a list."""
    places = {heading.order for heading in headings}
    for before, item in pairwise(items):
        is_heading = before.at or before.order in places
        if not is_heading and before.number == (item.number or 0) - 1:
            yield item


def _likeness(item: Item, label: str) -> float:
    words, meant = all_letters(unnumbered(item.text)), all_letters(unnumbered(label))
    return LCSseq.similarity(words, meant) / max(len(words), len(meant), 1)


def _foreign(items: Sequence[Item], chosen: Sequence[Item]) -> Iterator[Item]:
    """Yield the headings of sections of their own: on their lines, numbered between the headings around them.

    The heading that follows may have the same number, but then the line is no item of a list.
    """
    listed = {*_listed(items, chosen)}
    places = [item.order for item in chosen]
    lowest_after = [*accumulate((item.number or _MOST_NUMBER for item in reversed(chosen)), min)][::-1]
    for item in items:
        at = bisect_left(places, item.order)
        if item.alone and item.at is None and item.number and at and item.order not in places[at : at + 1]:
            last = chosen[at - 1].number or 0
            lowest = lowest_after[at] if at < len(places) else _MOST_NUMBER
            if last < item.number < lowest or (item.number == lowest > last and item not in listed):
                yield item


# -- the text with its headings apart ------------------------------------------------------------------


def _split(cls: type, blocks: Sequence[Block], chosen: set[Item], contents: set[Item], foreign: set[Item]) -> Sections:
    made: list[Block] = []
    headings: dict[int, Heading] = {}
    marked: dict[str, set[int]] = {"contents": set(), "foreign": set()}
    by_block: dict[int, list[Item]] = {}
    for item in sorted((*chosen, *contents, *foreign), key=lambda item: item.order):
        by_block.setdefault(item.block, []).append(item)
    for index, block in enumerate(blocks):
        done = 0
        for item in by_block.get(index, ()):
            assert isinstance(block, Paragraph)
            made += _text(block, done, item.start)
            if item in chosen and item.at:
                headings[len(made)] = Heading(item.at, item.text, item.number, item.quality)
            else:
                marked["contents" if item in contents else "foreign"].add(len(made))
            made.append(Paragraph(block.text[item.start : item.end].strip(), block.place))
            done = item.end
        made += _text(block, done, None) if isinstance(block, Paragraph) and index in by_block else [block]
    findings = tuple(_findings(cls, [headings[index] for index in sorted(headings)]))
    return Sections(tuple(made), headings, frozenset(marked["contents"]), frozenset(marked["foreign"]), findings)


def _text(block: Paragraph, start: int, end: int | None) -> Iterator[Paragraph]:
    """Yield the text before or after a heading, without the stop that separates it from that."""
    text = block.text[start:end]
    plain = (_AFTER_HEADING.sub("", text, count=1) if start else text).strip()
    if plain:
        yield Paragraph(plain, block.place)


def _findings(cls: type, headings: Sequence[Heading]) -> Iterator[Finding]:
    """Yield what is wrong about the headings of a paper."""
    numbers = {node.at: number for number, node in enumerate(numbered_sections(cls), start=1)}
    times = Counter(heading.at for heading in headings)
    for at, count in times.items():
        if count > 1:
            yield finding(cls, "heading-repeated", at, " / ".join(one.text for one in headings if one.at == at))
    for heading in headings:
        if heading.quality == "near":
            yield finding(cls, "label-differs", heading.at, heading.text)
        if heading.number not in (None, numbers[heading.at]):
            yield finding(cls, "heading-misnumbered", heading.at, heading.text)
