"""Text without tables → tables, by the labels of the form that follow one another in it.

This reads what was copied from a page or printed as text: one cell per line, or cells glued together without any
border.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.notation.outline import per_class
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.header import header_texts
from gkformat.readers.matching.headings import numbered_sections
from gkformat.readers.matching.labels import SECTIONS, VARIANTS, all_letters, bare, core
from gkformat.readers.matching.labels import letters as letters_of
from gkformat.readers.matching.rows import form_rows, row_labels

_APART = 220
"""How many letters may separate the labels of two rows: values, labels of groups, or a repeated header."""

_REACH = 400
"""How many letters the values of a row may have."""

_LONGEST_QUALIFIER = 4
"""How many letters before a number may say that it is none: 约, 大约, 不超过."""

_CLOSING = '）)”’"]】〕'
_BETWEEN_NUMBERS = re.compile(r"(?:[^\W\d]|[^\w\n（(]|[（(](?![一二三四五六七八]))+")
"""What may be a label in a text without borders: it ends at a number, or at the number of the next."""

_NEXT = re.compile(r"(?<=\d)\s*(?:[一二三四五六七]\s*[、.．]|[（(][一二三四五六七][）)])")
"""The number of a section or of a group, which ends the values before it."""

_VALUES = re.compile(r"[-+0-9.,，/\\—–\s|元万亿件条项个%]*")
_OPENING = re.compile(r"[（(“‘\"\[【〔]\s*$")
_BLANK_CELL = re.compile(r"[^\s|]\s*\|\s+\|[\s|]*[^\s|]")
"""A blank cell between others, each of which ends in a bar."""

_ODD_END = re.compile(r"\S+")
"""What is no value, up to the next blank, and what it is part of."""


@frozen
class _Letters:
    """The letters and digits of a text, with their offsets in it.

    If it is `interrupted`, a table follows it: the values of a label at its end may stand there.
    """

    text: str
    letters: str
    offsets: Sequence[int]
    interrupted: bool

    @classmethod
    def of(cls, text: str, *, interrupted: bool) -> "_Letters":
        letters: list[str] = []
        offsets = array("L")
        for at, char in enumerate(text):
            for letter in unicodedata.normalize("NFKC", char):
                if letter.isalnum():
                    letters.append(letter)
                    offsets.append(at)
        return cls(text, "".join(letters), offsets, interrupted)

    def position(self, offset: int) -> int:
        """Return the position of the first letter at or after an offset."""
        return bisect_left(self.offsets, offset)

    def end(self, position: int) -> int:
        """Return the offset at which the letter before a position ends."""
        return self.offsets[position - 1] + 1

    def find(self, wording: str, start: int, reach: int) -> tuple[int, int] | None:
        """Return the positions at which a wording begins and ends, if it begins within reach."""
        at = self.letters.find(wording, start, start + reach + len(wording))
        return None if at < 0 else (at, at + len(wording))

    def between(self, position: int, labels: Iterable[str], limit: int | None) -> tuple[int, str]:
        """Return the text from a position to the first of some labels, or to `limit`, and where it begins.

        It is without brackets around it.
        """
        begin = self.end(position)
        while begin < len(self.text) and self.text[begin] in _CLOSING:
            begin += 1
        ends = [self._beginning(label, position) for label in labels]
        end = min(filter(None, [*ends, limit]), default=position + _REACH)
        content = self.text[begin : self.offsets[end] if end < len(self.offsets) else len(self.text)]
        return begin, _OPENING.sub("", content)

    def _beginning(self, label: str, start: int) -> int | None:
        """Return the position at which a label begins, with its number if that precedes it."""
        found = self.find(core(label), start, _REACH)
        return None if found is None else self.numbered(label, start, found[0])

    def numbered(self, label: str, start: int, begin: int) -> int:
        """Return the position at which a label begins, given that of its words: its number may precede them."""
        number = letters_of(label).removesuffix(core(label))
        return begin - len(number) * self.letters.endswith(number, start, begin)


def tabulate(cls: type, blocks: Sequence[Block], missing: frozenset[Address]) -> list[Block]:
    """Return the blocks, with the missing tables of the form made from the paragraphs that contain them."""
    found: list[Block] = []
    seen = 0
    for is_text, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(group)
        seen += len(run)
        paragraphs = [block for block in run if isinstance(block, Paragraph)]
        found += _in_text(cls, paragraphs, missing, interrupted=seen < len(blocks)) if is_text else run
    return found


def _in_text(
    cls: type, paragraphs: Sequence[Paragraph], missing: frozenset[Address], *, interrupted: bool
) -> Iterator[Block]:
    text = "\n".join(block.text for block in paragraphs)
    if not _may_contain(cls, text):
        for block in paragraphs:
            yield from _paragraphs(block.text, block.place)
        return
    letters = _Letters.of(text, interrupted=interrupted)
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
    located = list(_located(cls, number, band, letters, here))
    for (index, label), after in zip(located, [*located[1:], None], strict=False):
        row = band.rows[index]
        limit = after[1].start if after else None
        below = [text for *place, text in _ends(cls) if place > [number, index]]
        begin, content = letters.between(label.end, below, limit)
        if letters.interrupted and not letters.text[begin:].strip():
            continue
        cells, length = _cells(content, len(row.blanks))
        ended = begin + length
        rows.append([*([Cell(label.text)] if row.labels else []), *cells])
    for before in filter(None, (core(band.corner), letters_of(band.heading))):
        if letters.letters.endswith(before, 0, start):
            start -= len(before)
    opening = letters.text[: letters.offsets[start]].rstrip("（(")
    return (len(opening), ended, rows) if len(rows) > 1 else None


@frozen
class _Label:
    """A label of a row in a text: the positions at which it begins, with its number, and ends; how it is written."""

    start: int
    end: int
    text: str


def _located(cls: type, number: int, band: Band, letters: _Letters, here: int) -> Iterator[tuple[int, _Label]]:
    """Yield the rows of a band whose labels follow one another in a text, each with its label."""
    first = next(at for at, row in enumerate(form_rows(cls)) if row.band == number)
    for index, row in enumerate(band.rows):
        span = _span(letters, here, row.label)
        is_whole = not row.labels or (span and letters.letters.endswith(core(row.label), *span))
        near = None if is_whole else _near(cls, letters, here, first + index)
        if near and (span is None or (near.start <= span[0] and near.end > span[1])):
            label = near
        elif span:
            label = _Label(*span, row.label)
        else:
            continue
        yield index, label
        here = label.end


def _span(letters: _Letters, here: int, label: str) -> tuple[int, int] | None:
    """Return the positions at which a label begins, with its number, and ends."""
    numbered, *others = _wordings(label)
    if found := letters.find(numbered, here, _APART):
        return found
    spans = (letters.find(wording, here, _APART) for wording in others)
    span = next(filter(None, spans), None)
    return (letters.numbered(label, here, span[0]), span[1]) if span else None


def _near(cls: type, letters: _Letters, start: int, index: int) -> _Label | None:
    """Return the text after a position that can be the label of row `index` in other words."""
    begin = letters.end(start) if start else 0
    text = letters.text[begin : begin + 2 * _APART]
    for run in _BETWEEN_NUMBERS.finditer(text):
        found = row_labels(cls).find(run[0].strip())
        if found and found.index == index:
            label = form_rows(cls)[index].row.label
            words, end = (letters.position(begin + offset) for offset in run.span())
            end = _most_alike(letters.letters, words, end, core(label))
            written = letters.text[letters.offsets[words] : letters.end(end)]
            return _Label(letters.numbered(label, start, words), end, written) if words < start + _APART else None
    return None


def _most_alike(letters: str, start: int, end: int, label: str) -> int:
    """Return where a label ends that a text begins with: its last letters may be of the value, as in 行政许可约3."""
    ends = range(end, max(start, end - _LONGEST_QUALIFIER - 1), -1)
    return min(ends, key=lambda at: Levenshtein.distance(letters[start:at], label))


def _wordings(label: str) -> list[str]:
    """Return the letters of a label as they may stand in a text: its own first, with its number and without."""
    meant = core(label)
    others = {bare(label), *(variant for variant, stands_for in VARIANTS.items() if stands_for == meant)}
    return [letters_of(label), meant, *sorted(others - {meant, ""}, key=len, reverse=True)]


@per_class
def _ends(cls: type) -> tuple[tuple[int, int, str], ...]:
    """Return the labels that may end the values of a row: each with its band, the row in it, and its text.

    A header may be repeated anywhere, and a heading of a section may follow any row.
    """
    above = [text for band in bands(cls) for text in (band.heading, band.corner, *band.header[:2])]
    anywhere = [*above, *(node.label for node in numbered_sections(cls)), *SECTIONS]
    last = len(bands(cls))
    rows = [
        (number, at, text)
        for number, band in enumerate(bands(cls))
        for at, row in enumerate(band.rows)
        for text in row.labels
    ]
    return (*rows, *((last, 0, text) for text in dict.fromkeys(anywhere) if core(text)))


def _cells(content: str, count: int) -> tuple[list[Cell], int]:
    """Return the cells in the text between two labels, and how much of it they take.

    There is a cell for each value if blanks separate `count` of them; otherwise a single one. What is no value is not
    cut off from one: `3O9` is not 3.
    """
    if next_item := _NEXT.search(content):
        content = content[: next_item.start()]
    if (barred := _barred(content, count)) is not None:
        return barred, len(content)
    if len(apart := _apart(content)) == count:
        return [Cell(text) for text in apart], len(content)
    end = _end_of_values(content)
    apart = _apart(content[:end])
    return ([Cell(text) for text in apart] if len(apart) == count else [Cell(" ".join(apart))]), end


def _end_of_values(content: str) -> int:
    """Return where the values end that a text begins with: not within a word, nor before the first one."""
    found = _VALUES.match(content)
    end = found.end() if found else 0
    is_apart = end and (content[end - 1].isspace() or content[end - 1] == "|")
    odd = None if content[:end].strip(" \n|") and is_apart else _ODD_END.match(content, end)
    return odd.end() if odd else end


def _apart(text: str) -> list[str]:
    """Return the values that blanks or bars separate, but together if a cell between them is blank: whose is it?"""
    values = text.replace("|", " ").split()
    return [" | ".join(values)] if _BLANK_CELL.search(text) else values


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
