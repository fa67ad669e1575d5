"""The values of one row → the columns they belong to: never by counting alone where the count does not fit."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb

from attrs import evolve, field, frozen

from gkformat.readers.matching.header import Columns
from gkformat.readers.matching.layout import Slot

_MOST_WAYS = 500
"""Ways to place too few or too many values that are looked at; with more, nothing can be told."""


@frozen
class Aligned:
    """What stands in each column (`None`: nobody can tell, or nothing), and whether all went as it should.

    `rest` are cells with something in them that belong to no column. `glued` is a text that may hold several numbers.
    """

    slots: tuple[Slot | None, ...]
    clean: bool = True
    rest: tuple[Slot, ...] = field(default=(), repr=False)


Possible = Callable[[Sequence[Slot | None]], bool]
"""Whether the arithmetic of a row allows these texts in its columns; `None` is a cell of which nothing is known."""


def align(values: Sequence[Slot], columns: Columns, width: int, possible: Possible) -> Aligned:
    """Place the values of a row that reaches to the grid column `width` in its columns.

    Where there are as many as columns, one goes to each. Else their spans decide, if the row is as wide as its header.
    Else only what is the same in every way to place them that the arithmetic allows.
    """
    count = len(columns.indices)
    placed = _by_span(values, columns, width)
    if len(values) == count:
        by_span = not columns.ranges or (placed is not None and placed.clean)
        return Aligned(tuple(values), by_span or not any(slot.is_empty for slot in values))
    if placed is not None:
        return placed
    ways = [] if columns.damaged else [way for way in _ways(values, count) if possible(way)]
    agreed = tuple(_agreed([way[column] for way in ways]) for column in range(count))
    rest = tuple(slot for slot in values if not slot.is_empty and slot not in agreed)
    return Aligned(agreed, clean=False, rest=rest)


def _by_span(values: Sequence[Slot], columns: Columns, width: int) -> Aligned | None:
    """By the grid columns that header and values reach over; `None` where the row does not fit under the header.

    A row that is wider fits if nothing stands beyond the header. A wide cell may be repeated in each of its columns.
    """
    ranges = columns.ranges
    if not ranges or not values or width < ranges[-1][1] or values[0].start > ranges[0][0]:
        return None
    if any(slot.end > ranges[-1][1] and not slot.is_empty for slot in values):
        return None
    slots: list[Slot | None] = []
    clean = True
    for start, end in ranges:
        over = [slot for slot in values if slot.start < end and slot.end > start]
        filled = [slot for slot in over if not slot.is_empty]
        if any(slot.start < start or slot.end > end for slot in filled) or len({slot.text for slot in filled}) > 1:
            slots.append(None)
            clean = False
        else:
            clean &= all(slot.start >= start and slot.end <= end for slot in over) and bool(over)
            slots.append(next(iter(filled or over), None))
    beside = [slot for slot in values if not any(slot.start < end and slot.end > start for start, end in ranges)]
    rest = tuple(slot for slot in beside if not slot.is_empty)
    return Aligned(tuple(slots), clean and not rest, rest)


def _ways(values: Sequence[Slot], count: int) -> Iterator[tuple[Slot | None, ...]]:
    """All ways to place values in columns in their order: with columns left out, values cut in two or left over.

    Of a single cell nothing is said: it may hold all the numbers of its row.
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
    """All ways in which one of the values may be two numbers that ran into each other."""
    for at, slot in enumerate(values):
        for cut in range(1, len(slot.text)):
            parts = (evolve(slot, text=slot.text[:cut]), evolve(slot, text=slot.text[cut:]))
            yield (*values[:at], *parts, *values[at + 1 :])


def _agreed(slots: Sequence[Slot | None]) -> Slot | None:
    """What stands in a column in every way, if it is the same."""
    first = slots[0] if slots else None
    if first is None or any(slot is None or slot.text != first.text for slot in slots):
        return None
    return first
