"""Positions of values in JSON text: line and column for JSON Pointers."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from attrs import define

from gkformat.base.address import json_pointer
from gkformat.base.frozen import frozen

_TOKEN = re.compile(r"""("[^"\\]*(?:\\.[^"\\]*)*")|([][{}:,])|([^][{}:,"\s]+)""", re.DOTALL)
"""A string, a punctuation character, or any other value. In valid JSON, only white space lies between matches."""


@frozen
class Span:
    """A region of a text. Lines and columns count from 1, columns in Unicode code points; the end is excluded."""

    line: int
    column: int
    end_line: int
    end_column: int

    def shifted(self, line: int) -> "Span":
        """Return the region in a file in which the text begins at this line."""
        return Span(self.line + line - 1, self.column, self.end_line + line - 1, self.end_column)


def find_spans(data: bytes, pointers: Iterable[str]) -> dict[str, Span]:
    """Return the region of the value at each pointer; for a repeated key, that of the last value.

    If there is no such value, because a key is missing, it is the opening bracket of the innermost container on the
    way. If the data is not JSON, it is the first character that shows it.
    """
    wanted = set(pointers)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:  # its offsets count from the end of a byte order mark
        return dict.fromkeys(wanted, _character_after(error.object[: error.start].decode()))
    constants: list[str] = []
    try:
        json.loads(text, parse_int=str, parse_constant=constants.append)  # integers of any length
    except json.JSONDecodeError as error:
        return dict.fromkeys(wanted, Span(error.lineno, error.colno, error.lineno, error.colno + 1))
    except RecursionError:
        return dict.fromkeys(wanted, _START)
    if constants:  # NaN or Infinity
        before = next(token.start() for token in _TOKEN.finditer(text) if token[3] in constants)
        return dict.fromkeys(wanted, _character_after(text[:before]))
    wanted_or_around = {outer for inner in wanted for outer in _ancestors(inner)}
    found = {at: (start, end) for at, start, end in _values(text, wanted_or_around)}
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    return {at: _span(at, found, lines) for at in wanted}


_START = Span(1, 1, 1, 2)


def _character_after(text: str) -> Span:
    """Return the region of the first character after a text."""
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    return Span(line, column, line, column + 1)


def _ancestors(inner: str) -> Iterator[str]:
    """Yield a pointer and the pointers of everything around it, innermost first."""
    while inner:
        yield inner
        inner = inner.rpartition("/")[0]
    yield ""


def _span(at: str, found: dict[str, tuple[int, int]], lines: list[int]) -> Span:
    near = next(outer for outer in _ancestors(at) if outer in found)
    start, end = found[near]
    return Span(*_place(start, lines), *_place(end if near == at else start + 1, lines))


def _place(offset: int, lines: list[int]) -> tuple[int, int]:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


@define
class _Container:
    """An object or array that is not closed yet. `inner` is the pointer of its next value."""

    start: int
    at: str
    inner: str
    index: int = -1  # the index of the next value in an array; always -1 for an object
    awaits_key: bool = True


def _values(text: str, wanted: set[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the pointer and the start and end offsets of each wanted value of a valid JSON text."""
    stack: list[_Container] = []
    at = ""
    for token in _TOKEN.finditer(text):
        string, punctuation, _ = token.groups()
        if punctuation in ("{", "["):
            is_array = punctuation == "["
            stack.append(_Container(token.start(), at, f"{at}/0" if is_array else at, -1 + is_array, not is_array))
        elif punctuation in ("}", "]"):
            closed = stack.pop()
            if closed.at in wanted:
                yield closed.at, closed.start, token.end()
        elif punctuation == ",":
            _advance(stack[-1])
        elif string and stack and stack[-1].awaits_key:
            stack[-1].inner = stack[-1].at + json_pointer([json.loads(string)])
            stack[-1].awaits_key = False
        elif punctuation is None and at in wanted:
            yield at, token.start(), token.end()
        at = stack[-1].inner if stack else ""


def _advance(container: _Container) -> None:
    if container.index < 0:
        container.awaits_key = True
    else:
        container.index += 1
        container.inner = f"{container.at}/{container.index}"
