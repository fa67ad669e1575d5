"""The columns of a table: which column of the form each is, by what is printed above it."""

from collections.abc import Sequence
from itertools import groupby

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from gkformat.outline import per_class
from gkformat.readers.labels import Lexicon, Match, letters
from gkformat.readers.layout import Line, over
from gkformat.readers.printed import Band, bands

_SLIPS = 2
"""Letters that may be wrong in all labels of a header together, before its columns are looked at one by one."""


@frozen
class Columns:
    """The columns of a table from left to right: of each its index in the band, or `None` for one the form has not.

    `ranges` are the grid columns that each reaches over, where that is known. `doubt` is what is odd about the labels.
    """

    indices: tuple[int | None, ...]
    ranges: tuple[tuple[int, int], ...] = ()
    doubt: str = ""
    unknown: tuple[str, ...] = ()
    disordered: frozenset[int] = frozenset()


@per_class
def headers(cls: type) -> dict[int, frozenset[str]]:
    """Of each band, all that is printed above its columns, in the orders in which a file may give it."""
    return {number: frozenset(_orders(band)) for number, band in enumerate(bands(cls))}


def _orders(band: Band) -> list[str]:
    leaves = [path[-1] for path in band.columns]
    paths = [path[depth] for path in band.columns for depth in range(len(path))]
    deep = [label for label, _ in groupby(_first_time(band.columns))]
    groups = [label for path in _groups(band.columns) for label in path]
    return [letters("".join(labels)) for labels in (band.header, [*groups, *leaves], deep, paths)]


def _groups(columns: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The labels of groups of columns, level by level."""
    depth = max(map(len, columns)) - 1
    return [
        [key[-1] for key, _ in groupby(path[: level + 1] for path in columns if len(path) > level + 1)]
        for level in range(depth)
    ]


def _first_time(columns: Sequence[tuple[str, ...]]) -> list[str]:
    """The labels of columns, each group named once, before its columns."""
    said: list[str] = []
    before: tuple[str, ...] = ()
    for path in columns:
        shared = 0
        while shared < min(len(path), len(before)) - 1 and path[shared] == before[shared]:
            shared += 1
        said += path[shared:]
        before = path
    return said


def columns(cls: type, number: int, head: Sequence[Line], stub: int) -> Columns | None:
    """The columns that these rows head, for a band of the form; `None` if they are no header of it.

    `stub` is the grid column from which on values stand.
    """
    band = bands(cls)[number]
    head = [tuple(slot for slot in line if not _heads_band(slot.text, band)) for line in head]
    corner = next((slot.end for line in head for slot in line if _is_corner(slot.text, band)), None)
    ranges, paths = _leaves(head, stub if corner is None else corner)
    labels = [slot for line in head for slot in line if not _is_corner(slot.text, band)]
    right = [slot for slot in labels if slot.end > stub]
    said, *others = (letters("".join(slot.text for slot in those)) for those in (labels, right))
    complete = len(ranges) == len(band.columns)
    every = tuple(range(len(band.columns)))
    if headers(cls)[number].intersection([said, *others]):
        return Columns(every, ranges if complete else ())
    by_label = _by_label(band, ranges, paths)
    if by_label and not by_label.doubt and not by_label.unknown and len(by_label.indices) == len(every):
        return by_label
    if any(Levenshtein.distance(said, known, score_cutoff=_SLIPS) <= _SLIPS for known in headers(cls)[number]):
        return Columns(every, ranges if complete else (), doubt=said)
    return by_label


def _heads_band(text: str, band: Band) -> bool:
    return bool(band.heading) and letters(text).startswith(letters(band.heading)[:4])


def _is_corner(text: str, band: Band) -> bool:
    found, printed = letters(text), letters(band.corner)
    return bool(found) and bool(printed) and (found == printed or found[:6] == printed[:6])


def _leaves(head: Sequence[Line], stub: int) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[str, ...], ...]]:
    """The columns from `stub` on, as far as they have different labels above them: their ranges, and those labels."""
    width = max((slot.end for line in head for slot in line), default=0)
    stacks = [tuple(slot for slot in over(head, column) if not slot.is_empty) for column in range(stub, width)]
    ranges, paths, at = [], [], stub
    for stack, alike in groupby(stacks, key=lambda stack: tuple(letters(slot.text) for slot in stack)):
        group = list(alike)
        size = len(group)
        if stack:
            ranges.append((at, at + size))
            paths.append(tuple(text for text, _ in groupby(slot.text for slot in group[0])))
        at += size
    return tuple(ranges), tuple(paths)


def _by_label(band: Band, ranges: Sequence[tuple[int, int]], paths: Sequence[tuple[str, ...]]) -> Columns | None:
    full = Lexicon("".join(path) for path in band.columns)
    last = Lexicon(path[-1] for path in band.columns)
    indices: list[int | None] = []
    doubts: list[str] = []
    for path in paths:
        found = full.find("".join(path))
        found = found if found and found.quality == "exact" else last.find(path[-1]) or _tail(last, path) or found
        index = found.index if found and found.index not in indices else None
        if found and found.quality == "near":
            doubts.append("".join(path))
        indices.append(index)
    known = [index for index in indices if index is not None]
    if not known:
        return None
    unknown = tuple("".join(path) for path, index in zip(paths, indices, strict=True) if index is None)
    return Columns(tuple(indices), tuple(ranges), "、".join(doubts), unknown, inverted(known))


def _tail(last: Lexicon, path: Sequence[str]) -> Match | None:
    """A label that is cut over two rows of the header."""
    return last.find("".join(path[-2:])) if len(path) > 1 else None


def inverted(indices: Sequence[int]) -> frozenset[int]:
    """Which of these numbers stand before a smaller one or after a larger one."""
    out: set[int] = set()
    highest = -1
    for index in indices:
        if index < highest:
            out |= {index, *(other for other in indices[: indices.index(index)] if other > index)}
        highest = max(highest, index)
    return frozenset(out)
