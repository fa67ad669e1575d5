"""Text without tables → tables, by the labels of the form that follow one another in it.

This reads what was copied from a page or printed as text: one cell per line, or cells glued together without any
border.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.header import header_texts
from gkformat.readers.matching.labels import all_letters, core
from gkformat.readers.matching.labels import letters as letters_of

_APART = 160
"""How many letters may separate one row from the next: labels of groups, or a repeated header."""

_CLOSING = '）)”’"]】〕'
_VALUES = re.compile(r"[-+0-9.,，/\\—–\s|元万亿件条项个%]*")
_NUMBER_OF_NEXT = re.compile(r"(?:(?<=[^\d.])|(?<=\d)|^)\d\s*[.．、]\s*$")


@frozen
class _Letters:
    """The letters and digits of a text, with their offsets in it."""

    text: str
    letters: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "_Letters":
        letters: list[str] = []
        offsets = array("L")
        for at, char in enumerate(text):
            for letter in unicodedata.normalize("NFKC", char):
                if letter.isalnum():
                    letters.append(letter)
                    offsets.append(at)
        return cls(text, "".join(letters), offsets)

    def position(self, offset: int) -> int:
        """Return the position of the first letter at or after an offset."""
        return bisect_left(self.offsets, offset)

    def end(self, position: int) -> int:
        """Return the offset at which the letter before a position ends."""
        return self.offsets[position - 1] + 1


def tabulate(cls: type, blocks: Sequence[Block], missing: frozenset[Address]) -> list[Block]:
    """Return the blocks, with the missing tables of the form made from the paragraphs that contain them."""
    found: list[Block] = []
    for is_text, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        found += _in_text(cls, [block for block in run if isinstance(block, Paragraph)], missing) if is_text else run
    return found


def _in_text(cls: type, paragraphs: Sequence[Paragraph], missing: frozenset[Address]) -> Iterator[Block]:
    text = "\n".join(block.text for block in paragraphs)
    if not _may_contain(cls, text):
        for block in paragraphs:
            yield from _paragraphs(block.text, block.place)
        return
    letters = _Letters.of(text)
    place = paragraphs[0].place
    done = 0
    for _, numbered in groupby(enumerate(bands(cls)), key=lambda pair: pair[1].table):
        for number, band in numbered:
            if band.table not in missing or not (rows := _band(cls, number, band, letters, done)):
                continue
            start, end, table = rows
            yield from _paragraphs(letters.text[done:start], place)
            yield Table(table, place)
            done = end
    yield from _paragraphs(letters.text[done:], place)


def _may_contain(cls: type, text: str) -> bool:
    """Check whether the header of a table is in a text: most texts that are no tables need no further look."""
    letters = all_letters(text)
    return any(known in letters for orders in header_texts(cls).values() for known in orders)


def _paragraphs(text: str, place: Place) -> Iterator[Paragraph]:
    yield from (Paragraph(line.strip(), place) for line in text.split("\n") if line.strip())


def _band(cls: type, number: int, band: Band, letters: _Letters, done: int) -> tuple[int, int, list[list[Cell]]] | None:
    """Return where in the text a band begins and ends, and its rows; `None` if the text does not contain it.

    Its rows are those whose labels follow one another after the header.
    """
    first = letters.position(done)
    spans = [
        (at, at + len(known)) for known in header_texts(cls)[number] if (at := letters.letters.find(known, first)) >= 0
    ]
    if not spans:
        return None
    start, here = min(spans)
    rows = [[*([Cell("")] if band.rows[0].labels else []), *map(Cell, band.header)]]
    ended = letters.end(here)
    for row in band.rows:
        label = core(row.label)
        at = letters.letters.find(label, here, here + _APART + len(label))
        if at < 0:
            continue
        values, ended = _values(letters, at + len(label))
        here = max(at + len(label), letters.position(ended))
        rows.append([*([Cell(row.label)] if row.labels else []), *_cells(values, len(row.blanks))])
    for before in filter(None, (core(band.corner), letters_of(band.heading))):
        if letters.letters.endswith(before, 0, start):
            start -= len(before)
    opening = letters.text[: letters.offsets[start]].rstrip("（(")
    return (len(opening), ended, rows) if len(rows) > 1 else None


def _values(letters: _Letters, after: int) -> tuple[str, int]:
    """Return the values that follow a label, and their end: before the number of the next label, if it has one."""
    begin = letters.end(after)
    while begin < len(letters.text) and letters.text[begin] in _CLOSING:
        begin += 1
    found = _VALUES.match(letters.text, begin)
    text = found[0] if found else ""
    if number := _NUMBER_OF_NEXT.search(text):
        text = text[: number.start()]
    return text, begin + len(text)


def _cells(values: str, count: int) -> list[Cell]:
    """Return a cell for each value if blanks separate `count` values; otherwise a single cell."""
    if (barred := _barred(values, count)) is not None:
        return barred
    apart = values.replace("|", " ").split()
    return [Cell(value) for value in apart] if len(apart) == count else [Cell(" ".join(apart))]


def _barred(values: str, count: int) -> list[Cell] | None:
    """Return the cells of a row with one cell per line, each ending in a bar, if there are `count`; else `None`.

    If the label spans two columns, there is one bar more at the end of the row. That bar may also come from a blank at
    the beginning, if the first cell is blank and others are not: then the result is `None`.
    """
    rest, *lines = (line.strip() for line in values.strip(" ").rstrip().split("\n"))
    texts = [line[:-1].strip() for line in lines if line.count("|") == 1 and line.endswith("|")]
    if rest != "|" or any(line.strip("|") for line in lines if line.count("|") != 1):
        return None
    if len(texts) == count + 1 and not texts[-1] and (texts[0] or not any(texts)):
        del texts[-1]
    return [Cell(text) for text in texts] if len(texts) == count else None
