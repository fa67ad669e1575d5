"""A table without ruling lines: rows of words that stand apart. No column is guessed: a row has the words that it has.

Which column a word belongs to is for those to say who know the form, and its arithmetic.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from gkformat.readers.files.pdf.text import Line

_APART = 1.2
"""How far a value stands from what is before it, and one label from another, in sizes of the type."""

_ROWS, _VALUES = 3, 3
"""A page with so many rows of values has tables; a row without a label has so many values."""

_BETWEEN = 6
"""So many lines without values may stand between two rows of one table: long labels, labels of groups."""

_VALUE = re.compile(r"[-+]?\d[\d,.]*(件|万?元|[(].*[)])?|[-—–―/]+|不适用")
_HEADING = re.compile(r"[一二三四五六七八九十]+\s*[、.．]")


@frozen
class UnruledTable:
    """Lines of a page that are rows of a table, each as its cells."""

    page: int
    top: float
    rows: tuple[tuple[str, ...], ...]


def unruled(page: int, lines: Sequence[Line]) -> list[Line | UnruledTable]:
    """The lines of a page, with those that are rows of a table put together."""
    values = [is_row(line) for line in lines]
    if sum(values) < _ROWS:
        return list(lines)
    found: list[Line | UnruledTable] = []
    at = 0
    while at < len(lines):
        end = _end(lines, values, at)
        if end > at:
            rows = _rows(lines[at:end], values[at:end])
            found.append(UnruledTable(page, lines[at].baseline, tuple(rows)))
        else:
            found.append(lines[at])
        at = max(end, at + 1)
    return found


def _rows(lines: Sequence[Line], values: Sequence[bool]) -> Iterator[tuple[str, ...]]:
    """The lines as rows. Of a header of several lines nobody can tell what stands above what: each line is one cell."""
    above = True
    for at, line in enumerate(lines):
        has_columns = values[at] or (above and values[at + 1] and _begins_before_values(line, lines[at + 1]))
        yield cells(line) if has_columns else (line.text,)
        above = values[at]


def _begins_before_values(header: Line, row: Line) -> bool:
    """Whether a header has a word above the label of a row: else its columns are not those of the row."""
    value = next(word for word in row.words if _is_value(word))
    return header.words[0].right < value.left


def is_row(line: Line) -> bool:
    """Whether values stand at the end of a line, apart from what is before them."""
    words = line.words
    values = sum(_is_value(word) for word in words)
    if not _is_value(words[-1]):
        return False
    return values >= _VALUES or (len(words) > 1 and _gap(words[-2], words[-1]) >= _APART)


def cells(line: Line) -> tuple[str, ...]:
    """The words of a line; those of one label together."""
    texts = [line.words[0].text]
    for one, other in pairwise(line.words):
        if _is_value(one) or _is_value(other) or _gap(one, other) >= _APART:
            texts.append(other.text)
        else:
            texts[-1] += " " + other.text
    return tuple(texts)


def _end(lines: Sequence[Line], values: Sequence[bool], start: int) -> int:
    """Where the table ends that begins with a line; it does not begin there, if that is where it begins."""
    if not (values[start] or (len(lines[start].words) > 1 and not _HEADING.match(lines[start].text))):
        return start
    end = start
    for at in range(start, len(lines)):
        if values[at]:
            end = at + 1
        elif at - end >= _BETWEEN or _HEADING.match(lines[at].text):
            break
    return end


def _is_value(word: Line) -> bool:
    return bool(_VALUE.fullmatch(unicodedata.normalize("NFKC", word.text)))


def _gap(one: Line, other: Line) -> float:
    return (other.left - one.right) / max(one.size, other.size)
