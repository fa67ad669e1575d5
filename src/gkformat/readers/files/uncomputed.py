"""The formulas of an old workbook that no program has computed yet: they hold 0 until somebody opens it.

Libraries that write workbooks leave them so. Where one formula that waits for that has a value, they were computed.
"""

from collections.abc import Iterator, Mapping
from struct import unpack_from

_SHEET, _FORMULA, _BEGIN, _END = 0x0085, 0x0006, 0x0809, 0x000A
_WORKSHEET = 0
_WHEN_OPENED = 2
_ZERO = bytes(8)

Positions = frozenset[tuple[int, int]]
"""Cells by row and column, from 0."""


def uncomputed_cells(stream: bytes) -> Mapping[int, Positions]:
    """Return the cells of each worksheet, by its number, whose formulas were not computed.

    `stream` is that of the workbook.
    """
    begins: list[int] = []
    waiting: dict[int, set[tuple[int, int]]] = {}
    opened: list[int] = []
    is_computed = False
    for at, kind, content in _records(stream):
        if kind == _SHEET and content[5] == _WORKSHEET:
            begins += unpack_from("<L", content)
        elif kind == _BEGIN:
            opened.append(at)
        elif kind == _END and opened:
            opened.pop()
        elif kind == _FORMULA and opened and content[14] & _WHEN_OPENED:
            waiting.setdefault(opened[-1], set()).add(unpack_from("<HH", content))
            is_computed |= content[6:14] != _ZERO
    return {} if is_computed else {number: frozenset(waiting.get(begin, ())) for number, begin in enumerate(begins)}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the position, the kind and the content of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
