"""From a JSON Pointer to the line and the column where the value stands in the text."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from attrs import define

from gkformat.base.address import pointer
from gkformat.base.frozen import frozen

_TOKEN = re.compile(r"""("[^"\\]*(?:\\.[^"\\]*)*")|([][{}:,])|([^][{}:,"\s]+)""", re.DOTALL)
"""A string, a sign, or any other value. Of text that is valid JSON it leaves only white space out."""


@frozen
class Span:
    """A region of a text: lines and columns are counted from 1, columns in Unicode code points; the end is excluded."""

    line: int
    column: int
    end_line: int
    end_column: int

    def below(self, line: int) -> "Span":
        """The same region, where the text begins in this line of a file."""
        return Span(self.line + line - 1, self.column, self.end_line + line - 1, self.end_column)


def spans(data: bytes, pointers: Iterable[str]) -> dict[str, Span]:
    """Where the values stand to which the pointers lead; of a key that is repeated, the last.

    Where a text has no such value, because a key is missing, it is the opening of the innermost object on the way.
    Where data is no JSON at all, it is the place at which this shows.
    """
    wanted = set(pointers)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:  # whose offsets are those after a byte order mark
        return dict.fromkeys(wanted, _sign_after(error.object[: error.start].decode()))
    odd: list[str] = []
    try:
        json.loads(text, parse_int=str, parse_constant=odd.append)  # integers of any length
    except json.JSONDecodeError as error:
        return dict.fromkeys(wanted, Span(error.lineno, error.colno, error.lineno, error.colno + 1))
    except RecursionError:
        return dict.fromkeys(wanted, _START)
    if odd:  # NaN or Infinity
        before = next(token.start() for token in _TOKEN.finditer(text) if token[3] in odd)
        return dict.fromkeys(wanted, _sign_after(text[:before]))
    around = {outer for inner in wanted for outer in _ways(inner)}
    found = {at: (start, end) for at, start, end in _values(text, around)}
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    return {at: _span(at, found, lines) for at in wanted}


_START = Span(1, 1, 1, 2)


def _sign_after(text: str) -> Span:
    """The first sign after a text."""
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    return Span(line, column, line, column + 1)


def _ways(inner: str) -> Iterator[str]:
    """A pointer and all pointers on its way, the innermost first."""
    while inner:
        yield inner
        inner = inner.rpartition("/")[0]
    yield ""


def _span(at: str, found: dict[str, tuple[int, int]], lines: list[int]) -> Span:
    near = next(outer for outer in _ways(at) if outer in found)
    start, end = found[near]
    return Span(*_place(start, lines), *_place(end if near == at else start + 1, lines))


def _place(offset: int, lines: list[int]) -> tuple[int, int]:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


@define
class _Open:
    """An object or an array that is being read: `inner` points to the value in it that comes next."""

    start: int
    at: str
    inner: str
    index: int = -1  # of an array, the number of the value; of an object, always -1
    awaits_key: bool = True


def _values(text: str, wanted: set[str]) -> Iterator[tuple[str, int, int]]:
    """The values of a valid JSON text to which these pointers lead, each with its first and last offset."""
    around: list[_Open] = []
    at = ""
    for token in _TOKEN.finditer(text):
        string, sign, _ = token.groups()
        if sign in ("{", "["):
            is_array = sign == "["
            around.append(_Open(token.start(), at, f"{at}/0" if is_array else at, -1 + is_array, not is_array))
        elif sign in ("}", "]"):
            closed = around.pop()
            if closed.at in wanted:
                yield closed.at, closed.start, token.end()
        elif sign == ",":
            _next(around[-1])
        elif string and around and around[-1].awaits_key:
            around[-1].inner = around[-1].at + pointer([json.loads(string)])
            around[-1].awaits_key = False
        elif sign is None and at in wanted:
            yield at, token.start(), token.end()
        at = around[-1].inner if around else ""


def _next(box: _Open) -> None:
    if box.index < 0:
        box.awaits_key = True
    else:
        box.index += 1
        box.inner = f"{box.at}/{box.index}"
