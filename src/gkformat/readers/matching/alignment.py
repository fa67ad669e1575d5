"""The values of one row → the columns they belong to: never by counting alone if the count does not fit."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb

from attrs import evolve, field

from gkformat.base.frozen import frozen
from gkformat.notation.cell_text import is_value
from gkformat.readers.matching.header import HeaderColumns
from gkformat.readers.matching.layout import Slot

_MOST_WAYS = 500
"""How many ways to place too few or too many values are tried; if there are more, none is chosen."""

_LONGEST_CUT = 100
"""The longest text that may be two numbers, each perhaps with something beside it."""


@frozen
class Alignment:
    """The value in each column (`None` if it is unknown or there is none), and whether the row fitted (`clean`).

    `rest` are the cells that contain something and belong to no column.
    """

    slots: tuple[Slot | None, ...]
    clean: bool = True
    rest: tuple[Slot, ...] = field(default=(), repr=False)


Possible = Callable[[Sequence[Slot | None]], bool]
"""Check whether the arithmetic of a row allows these texts in its columns; `None` is a cell that is unknown."""


def align(values: Sequence[Slot], columns: HeaderColumns, width: int, possible: Possible) -> Alignment:
    """Place the values of a row that reaches to the grid column `width` in its columns.

    If there are as many values as columns, one goes to each. Otherwise their spans decide, if the row is as wide as its
    header; otherwise only those are placed that have the same column in every way that the arithmetic allows.
    An empty cell at an end of a row that does not fit its header may belong to the label, or fill the row up.
    """
    count = len(columns.indices)
    if len(values) == count and tuple((slot.start, slot.end) for slot in values) == columns.ranges:
        return Alignment(tuple(values))
    placed = _by_span(values, columns, width)
    if len(values) == count:
        by_span = not columns.ranges or (placed is not None and placed.clean)
        if by_span or not (values[0].is_empty or values[-1].is_empty):
            return Alignment(tuple(values), by_span or not any(slot.is_empty for slot in values))
    if placed is not None:
        return placed
    if columns.ranges:
        values = _without_empty_ends(values)
    ways = [] if columns.damaged else [way for way in _ways(values, count) if possible(way)]
    agreed = tuple(_agreed([way[column] for way in ways]) for column in range(count))
    placed_ids = {id(slot) for slot in agreed}
    rest = tuple(slot for slot in values if not slot.is_empty and id(slot) not in placed_ids)
    return Alignment(agreed, clean=False, rest=rest)


def _by_span(values: Sequence[Slot], columns: HeaderColumns, width: int) -> Alignment | None:
    """Place values by the grid columns that they and the header span; return `None` if the row does not fit the header.

    A wider row fits if nothing is beyond the header, and no value before it. A wide cell may be repeated in each of its
    columns.
    """
    ranges = columns.ranges
    if not ranges or not values or width < ranges[-1][1] or values[0].start > ranges[0][0]:
        return None
    if any(_is_outside(slot, ranges) for slot in values):
        return None
    slots: list[Slot | None] = []
    clean = True
    starts, ends = [slot.start for slot in values], [slot.end for slot in values]
    beside = dict(enumerate(values))
    for start, end in ranges:
        below = range(bisect_right(ends, start), bisect_left(starts, end))
        over = [values[at] for at in below]
        filled = [slot for slot in over if not slot.is_empty]
        if any(slot.start < start or slot.end > end for slot in filled) or len({slot.text for slot in filled}) > 1:
            slots.append(None)
            clean = False
        else:
            clean &= all(slot.start >= start and slot.end <= end for slot in over) and bool(over)
            slots.append(next(iter(filled or over), None))
        for at in below:
            beside.pop(at, None)
    rest = tuple(slot for slot in beside.values() if not slot.is_empty)
    return Alignment(tuple(slots), clean and not rest, rest)


def _is_outside(slot: Slot, ranges: Sequence[tuple[int, int]]) -> bool:
    """Check whether a value stands beside the header; a text that is none may stand between label and values."""
    if slot.is_empty:
        return False
    return slot.end > ranges[-1][1] or (slot.end <= ranges[0][0] and is_value(slot.text))


def _without_empty_ends(values: Sequence[Slot]) -> Sequence[Slot]:
    """Return the values from the first that is filled to the last; all of them if none is."""
    filled = [at for at, slot in enumerate(values) if not slot.is_empty]
    return values[filled[0] : filled[-1] + 1] if filled else values


def _ways(values: Sequence[Slot], count: int) -> Iterator[tuple[Slot | None, ...]]:
    """Yield all ways to place values in columns in their order: with columns left out, values cut in two, or left over.

    For a single value there is none: it may hold all the numbers of its row.
    """
    few, many = sorted((len(values), count))
    if few <= 1 < many or comb(many, few) > _MOST_WAYS:
        return
    if len(values) > count:
        yield from (tuple(values[index] for index in chosen) for chosen in combinations(range(many), few))
        return
    for chosen in combinations(range(many), few):
        place = dict(zip(chosen, values, strict=True))
        yield tuple(place.get(column) for column in range(count))
    if count - len(values) == 1:
        yield from _cut_in_two(values)


def _cut_in_two(values: Sequence[Slot]) -> Iterator[tuple[Slot, ...]]:
    """Yield all ways in which one of the values may be two numbers that ran together."""
    for at, slot in enumerate(values):
        for cut in range(1, len(slot.text) if len(slot.text) <= _LONGEST_CUT else 1):
            parts = (evolve(slot, text=slot.text[:cut]), evolve(slot, text=slot.text[cut:]))
            yield (*values[:at], *parts, *values[at + 1 :])


def _agreed(slots: Sequence[Slot | None]) -> Slot | None:
    """Return the value of a column, if it is the same in all ways."""
    first = slots[0] if slots else None
    if first is None or any(slot is None or slot.text != first.text for slot in slots):
        return None
    return first
