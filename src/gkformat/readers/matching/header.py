"""The columns of a table: which column of the form each is, by what is printed above it."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from gkformat.notation.outline import per_class
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.labels import Lexicon, Quality, letters
from gkformat.readers.matching.layout import Line, over

_SLIPS = 2
"""Letters that may be wrong in all labels of a header together, before its columns are looked at one by one."""


@frozen
class Columns:
    """The columns of a table from left to right: of each its index in the band, or `None` for one the form has not.

    `ranges` are the grid columns that each reaches over, where that is known. `doubt` says which labels are odd or
    lost, `unknown` which are foreign; columns in `disputed` have a label that is not that of their place. A header
    that is `damaged` tells no more than that its table is this one. `known` counts the labels that are right.
    """

    indices: tuple[int | None, ...]
    ranges: tuple[tuple[int, int], ...] = ()
    doubt: str = ""
    unknown: tuple[str, ...] = ()
    disputed: frozenset[int] = frozenset()
    damaged: bool = False
    known: int = 0


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
    corner = max((slot.end for line in head for slot in line if _is_corner(slot.text, band)), default=stub)
    ranges, paths = _leaves(head, corner)
    labels = [slot for line in head for slot in line if not _is_corner(slot.text, band)]
    right = [slot for slot in labels if slot.end > stub]
    said, *others = (letters("".join(slot.text for slot in those)) for those in (labels, right))
    count = len(band.columns)
    every = tuple(range(count))
    if headers(cls)[number].intersection([said, *others]):
        return Columns(every, ranges if len(ranges) == count else (), known=count)
    leaves = [_leaf(band, path) for path in paths]
    known = [leaf.index for leaf in leaves if leaf.index is not None]
    if not leaves:
        return None
    if len(leaves) == count or not known:
        return _in_place(band, ranges, leaves)
    if _ascending(known) and all(leaf.quality == "exact" for leaf in leaves if leaf.index is not None):
        unknown = tuple(leaf.text for leaf in leaves if leaf.index is None)
        if not unknown or len(known) == count:
            return Columns(tuple(leaf.index for leaf in leaves), ranges, unknown=unknown, known=len(known))
    if any(Levenshtein.distance(said, right, score_cutoff=_SLIPS) <= _SLIPS for right in headers(cls)[number]):
        return Columns(every, doubt=said, known=len(known))
    return Columns(every, doubt="、".join(leaf.text for leaf in leaves), damaged=True, known=len(known))


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


@frozen
class _Leaf:
    """What is printed above one column, from the top down, and which column of the band that is."""

    text: str
    index: int | None
    quality: Quality = "exact"


def _leaf(band: Band, path: Sequence[str]) -> _Leaf:
    text = "".join(path)
    full, last = _lexicons(band)
    found = full.find(text)
    if found is None or found.quality == "near":  # a label may be cut over two rows of the header
        found = last.find(path[-1]) or last.find("".join(path[-2:])) or found
    return _Leaf(text, None) if found is None else _Leaf(text, found.index, found.quality)


@cache
def _lexicons(band: Band) -> tuple[Lexicon, Lexicon]:
    """The columns of a band by all that is above them, and by what is just above them."""
    return Lexicon("".join(path) for path in band.columns), Lexicon(path[-1] for path in band.columns)


def _in_place(band: Band, ranges: Sequence[tuple[int, int]], leaves: Sequence[_Leaf]) -> Columns:
    """A header with as many columns as the form has: the label of each must be that of its place, or lost.

    Where no label is known at all, every column is in dispute.
    """
    every = range(len(band.columns))
    if not any(leaf.index is not None for leaf in leaves):
        return Columns(
            tuple(every), unknown=tuple(leaf.text for leaf in leaves), disputed=frozenset(every), damaged=True
        )
    lost = [letters("".join(band.columns[at][:-1])) == letters(leaf.text) for at, leaf in enumerate(leaves)]
    disputed = {at for at, leaf in enumerate(leaves) if leaf.index != at and not lost[at]}
    doubts = [leaf.text for at, leaf in enumerate(leaves) if lost[at] or (leaf.index == at and leaf.quality == "near")]
    return Columns(
        tuple(every),
        () if disputed else tuple(ranges),
        "、".join(doubts),
        tuple(leaf.text for at, leaf in enumerate(leaves) if leaf.index is None and not lost[at]),
        frozenset(disputed),
        damaged=bool(disputed),
        known=sum(leaf.index == at for at, leaf in enumerate(leaves)),
    )


def _ascending(indices: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(indices))


def inverted(indices: Sequence[int]) -> frozenset[int]:
    """Which of these numbers stand before a smaller one or after a larger one."""
    out: set[int] = set()
    highest = -1
    for index in indices:
        if index < highest:
            out |= {index, *(other for other in indices[: indices.index(index)] if other > index)}
        highest = max(highest, index)
    return frozenset(out)
