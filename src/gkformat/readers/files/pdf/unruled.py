"""Tables without ruling lines: rows of words that are set apart.

No column is guessed: a row has the words that it has. Which column a word belongs to is decided by the labels of the
form and its arithmetic.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gkformat.base.frozen import frozen
from gkformat.base.numbering import SECTION_NUMBER
from gkformat.notation.cell_text import is_value
from gkformat.readers.files.pdf.text_lines import TextLine

_APART = 1.2
"""The distance of a value from the word before it, and between two labels, in font sizes."""

_ROWS, _VALUES = 3, 3
"""The number of rows of values that a page with tables has at least, and of values in a row without a label."""

_BETWEEN = 6
"""How many lines without values may separate two rows of one table: long labels, and labels of groups."""


@frozen
class UnruledTable:
    """Lines of a page that are rows of a table, each as the texts of its cells."""

    page: int
    top: float
    rows: tuple[tuple[str, ...], ...]


def unruled_tables(page: int, lines: Sequence[TextLine]) -> list[TextLine | UnruledTable]:
    """Return the lines of a page, with those that are rows of a table put together."""
    values = [_is_row(line) for line in lines]
    if sum(values) < _ROWS:
        return list(lines)
    found: list[TextLine | UnruledTable] = []
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


def _rows(lines: Sequence[TextLine], values: Sequence[bool]) -> Iterator[tuple[str, ...]]:
    """Yield the lines as rows; in a header of several lines, the columns are unknown, so each line is a single cell."""
    above = True
    for at, line in enumerate(lines):
        has_columns = values[at] or (above and values[at + 1] and _begins_before_values(line, lines[at + 1]))
        yield _cells(line) if has_columns else (line.text,)
        above = values[at]


def _begins_before_values(header: TextLine, row: TextLine) -> bool:
    """Check whether a header has a word above the label of a row; otherwise its columns are not those of the row."""
    value = next(word for word in row.words if is_value(word.text))
    return header.words[0].right < value.left


def _is_row(line: TextLine) -> bool:
    """Check whether values are at the end of a line, apart from the words before them."""
    words = line.words
    values = sum(is_value(word.text) for word in words)
    if not is_value(words[-1].text):
        return False
    return values >= _VALUES or (len(words) > 1 and _gap(words[-2], words[-1]) >= _APART)


def _cells(line: TextLine) -> tuple[str, ...]:
    """Return the words of a line, with those of one label together."""
    texts = [line.words[0].text]
    for one, other in pairwise(line.words):
        if is_value(one.text) or is_value(other.text) or _gap(one, other) >= _APART:
            texts.append(other.text)
        else:
            texts[-1] += " " + other.text
    return tuple(texts)


def _end(lines: Sequence[TextLine], values: Sequence[bool], start: int) -> int:
    """Return the index after the table that begins with a line, or `start` if none begins there."""
    if not (values[start] or (len(lines[start].words) > 1 and not SECTION_NUMBER.match(lines[start].text))):
        return start
    end = start
    for at in range(start, len(lines)):
        if values[at]:
            end = at + 1
        elif at - end >= _BETWEEN or SECTION_NUMBER.match(lines[at].text):
            break
    return end


def _gap(one: TextLine, other: TextLine) -> float:
    return (other.left - one.right) / max(one.size, other.size)
