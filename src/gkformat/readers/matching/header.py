"""The columns of a table: which column of the form each of them is, by the labels above it."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

from attrs import evolve
from rapidfuzz.distance import Levenshtein

from gkformat.base.frozen import frozen
from gkformat.notation.outline import per_class
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.labels import LONGEST_LABEL, Lexicon, Quality, all_letters, letters
from gkformat.readers.matching.layout import Slot, SlotRow

_MOST_EDITS = 2
"""How many letters may be wrong in all labels of a header together."""


_COLUMN_NUMBER = re.compile(r"(?:数据|数值|列|栏|第|column|col|data)0*([1-9][0-9]?)[列栏]?$", re.IGNORECASE)
"""A label that a converter makes up where it finds none."""


@frozen
class HeaderColumns:
    """The columns of a table from left to right: `indices` in their band, `None` if the form has no such column.

    `ranges` are the grid columns that each spans, if known. `doubt` quotes labels that are odd or lost, `unknown` those
    that are foreign; the labels of columns in `disputed` are not those of their place. A `damaged` header reveals
    nothing but which table it belongs to. `known` counts the labels that are right.
    """

    indices: tuple[int | None, ...]
    ranges: tuple[tuple[int, int], ...] = ()
    doubt: str = ""
    unknown: tuple[str, ...] = ()
    disputed: frozenset[int] = frozenset()
    damaged: bool = False
    known: int = 0


@per_class
def header_texts(cls: type) -> dict[int, frozenset[str]]:
    """Return the letters of the header of each band, in the orders in which a file may give its labels."""
    return {number: frozenset(_orders(band)) for number, band in enumerate(bands(cls))}


def _orders(band: Band) -> list[str]:
    leaves = [path[-1] for path in band.columns]
    paths = [path[depth] for path in band.columns for depth in range(len(path))]
    deep = [label for label, _ in groupby(_first_time(band.columns))]
    groups = [label for path in _groups(band.columns) for label in path]
    inner = [path[1:] or path for path in band.columns]
    shallow = [label for label, _ in groupby(_first_time(inner))]
    return [letters("".join(labels)) for labels in (band.header, [*groups, *leaves], deep, paths, shallow, leaves)]


def _groups(columns: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Return the labels of groups of columns, level by level."""
    depth = max(map(len, columns)) - 1
    return [
        [key[-1] for key, _ in groupby(path[: level + 1] for path in columns if len(path) > level + 1)]
        for level in range(depth)
    ]


def _first_time(columns: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the labels of columns, with each group named once, before its columns."""
    named: list[str] = []
    before: tuple[str, ...] = ()
    for path in columns:
        shared = 0
        while shared < min(len(path), len(before)) - 1 and path[shared] == before[shared]:
            shared += 1
        named += path[shared:]
        before = path
    return named


def read_header(cls: type, number: int, head: Sequence[SlotRow], stub: int) -> HeaderColumns | None:
    """Return the columns under these rows, as those of band `number`; `None` if the rows are no header of it.

    `stub` is the first grid column with values.
    """
    band = bands(cls)[number]
    head = [tuple(_cut(slot) for slot in slots if not _heads_band(slot.text, band)) for slots in head]
    corner = max((slot.end for slots in head for slot in slots if _is_corner(slot.text, band)), default=stub)
    ranges, paths = _leaves(head, corner)
    labels = [slot for slots in head for slot in slots if not _is_corner(slot.text, band)]
    right = [slot for slot in labels if slot.end > stub]
    text, *others = (all_letters("".join(slot.text for slot in group)) for group in (labels, right))
    count = len(band.columns)
    every = tuple(range(count))
    if header_texts(cls)[number].intersection([text, *others]):
        return HeaderColumns(every, ranges if len(ranges) == count else (), known=count)
    leaves = [_leaf(band, path) for path in paths]
    known = [leaf.index for leaf in leaves if leaf.index is not None]
    if not leaves:
        return None
    if len(leaves) == count or not known:
        return _in_place(band, ranges, leaves)
    if _ascending(known) and all(leaf.quality == "exact" for leaf in leaves if leaf.index is not None):
        unknown = tuple(leaf.text for leaf in leaves if leaf.index is None)
        if not unknown or len(known) == count:
            return HeaderColumns(tuple(leaf.index for leaf in leaves), ranges, unknown=unknown, known=len(known))
    if any(
        Levenshtein.distance(text, header, score_cutoff=_MOST_EDITS) <= _MOST_EDITS
        for header in header_texts(cls)[number]
    ):
        return HeaderColumns(every, doubt=text, known=len(known))
    return HeaderColumns(every, doubt="、".join(leaf.text for leaf in leaves), damaged=True, known=len(known))


def first_value_column(cls: type, head: Sequence[SlotRow]) -> int | None:
    """Return the first grid column that has values below these rows; `None` if they are no header that shows it.

    What stands there is no label of a row, whatever it says.
    """
    texts = {letters(slot.text) for slots in head for slot in slots}
    for number, band in enumerate(bands(cls)):
        if not band.corner:
            found = read_header(cls, number, head, 0)
            if found and found.known > 2 and found.ranges:  # noqa: PLR2004 - not by chance
                return found.ranges[0][0]
            continue
        labels = _column_labels(band)
        if labels.isdisjoint(texts):
            continue
        corner = max((slot.end for slots in head for slot in slots if _is_corner(slot.text, band)), default=0)
        starts = [slot.start for slots in head for slot in slots if letters(slot.text) in labels]
        if corner and starts and min(starts) >= corner:
            return min(starts)
    return None


@cache
def _column_labels(band: Band) -> frozenset[str]:
    return frozenset(letters(text) for path in band.columns for text in path)


def _cut(slot: Slot) -> Slot:
    """Return a cell of a header without the end of a text that is too long for a label."""
    return slot if len(slot.text) <= LONGEST_LABEL else evolve(slot, text=slot.text[:LONGEST_LABEL])


def _heads_band(text: str, band: Band) -> bool:
    return bool(band.heading) and letters(text[:LONGEST_LABEL]).startswith(letters(band.heading)[:4])


def _is_corner(text: str, band: Band) -> bool:
    found, printed = letters(text), letters(band.corner)
    return bool(found) and bool(printed) and (found == printed or found[:6] == printed[:6])


def _leaves(head: Sequence[SlotRow], stub: int) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[str, ...], ...]]:
    """Return the columns from `stub` on that have different labels above them: their ranges, and those labels."""
    width = max((slot.end for slots in head for slot in slots), default=0)
    stacks: list[list[tuple[str, Slot]]] = [[] for _ in range(stub, width)]
    for slot in (slot for slots in head for slot in slots if not slot.is_empty):
        known = letters(slot.text)
        for column in range(max(slot.start, stub), slot.end):
            stacks[column - stub].append((known, slot))
    ranges, paths, at = [], [], stub
    for stack, alike in groupby(stacks, key=lambda stack: [known for known, _ in stack]):
        group = list(alike)
        size = len(group)
        if stack:
            ranges.append((at, at + size))
            paths.append(tuple(text for text, _ in groupby(slot.text for _, slot in group[0])))
        at += size
    return tuple(ranges), tuple(paths)


@frozen
class _Leaf:
    """The labels above one column, from the top down, and which column of the band that is."""

    text: str
    index: int | None
    quality: Quality = "exact"


def _leaf(band: Band, path: Sequence[str]) -> _Leaf:
    text = "".join(path)
    if _COLUMN_NUMBER.search(letters(path[-1])):
        return _Leaf(text, None)
    full, last = _lexicons(band)
    found = full.find(text)
    if found is None or found.quality == "near":  # a label may be cut over two rows of the header
        found = last.find(path[-1]) or last.find("".join(path[-2:])) or found
    return _Leaf(text, None) if found is None else _Leaf(text, found.index, found.quality)


@cache
def _lexicons(band: Band) -> tuple[Lexicon, Lexicon]:
    """Return lexicons of the columns of a band, by all the labels above them and by the lowest."""
    return Lexicon("".join(path) for path in band.columns), Lexicon(path[-1] for path in band.columns)


def _in_place(band: Band, ranges: Sequence[tuple[int, int]], leaves: Sequence[_Leaf]) -> HeaderColumns:
    """Read a header with as many columns as the form: the label of each must be that of its place, or like it, or lost.

    If no label is known at all, every column is disputed.
    """
    every = range(len(band.columns))
    if not any(leaf.index is not None for leaf in leaves):
        return HeaderColumns(
            tuple(every), unknown=tuple(leaf.text for leaf in leaves), disputed=frozenset(every), damaged=True
        )
    odd = [leaf.index is None and _may_be_lost(band, leaf.text, at) for at, leaf in enumerate(leaves)]
    disputed = {at for at, leaf in enumerate(leaves) if leaf.index != at and not odd[at]}
    doubts = [leaf.text for at, leaf in enumerate(leaves) if odd[at] or (leaf.index == at and leaf.quality == "near")]
    return HeaderColumns(
        tuple(every),
        () if disputed else tuple(ranges),
        "、".join(doubts),
        tuple(leaf.text for at, leaf in enumerate(leaves) if leaf.index is None and not odd[at]),
        frozenset(disputed),
        damaged=bool(disputed),
        known=sum(leaf.index == at for at, leaf in enumerate(leaves)),
    )


def _may_be_lost(band: Band, text: str, at: int) -> bool:
    """Check whether a text that is no label stands for that of its place: the group, the number, or one like it."""
    full, _ = _lexicons(band)
    number = _COLUMN_NUMBER.search(letters(text))
    is_group = letters("".join(band.columns[at][:-1])) == letters(text)
    return is_group or full.resembles(text, at) or (number is not None and int(number[1]) == at + 1)


def _ascending(indices: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(indices))


def inverted(indices: Sequence[int]) -> frozenset[int]:
    """Return the numbers that precede a smaller one or follow a larger one."""
    out: set[int] = set()
    highest = -1
    seen: set[int] = set()
    for index in indices:
        if index < highest:
            out.add(index)
            if index not in seen:
                out.update(other for other in seen if other > index)
        seen.add(index)
        highest = max(highest, index)
    return frozenset(out)
