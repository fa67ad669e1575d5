"""Slips that displace the numbers of several cells: swaps, shifts, splits and joins within a row or a column.

Each slip is undone: from the numbers as found follow those that may have been there before. A number that fell off the
end of a row or was pulled out of its beginning is lost; its cell stays open until the equations supply the number.
"""

from collections.abc import Iterator, Sequence

from gkformat.base.frozen import frozen
from gkformat.diagnosis.system import Changes, Strip, SystemState

OPEN = -1
"""The placeholder for a lost number."""


@frozen
class Displacement:
    """A slip of several cells: the numbers that would undo it, and in how many ways such a slip could have gone."""

    kind: str
    ways: int
    changes: Changes


def displacements(state: SystemState, strip: Strip, equation: int | None = None) -> Iterator[Displacement]:
    """Yield every displacement that may have happened within a strip.

    With an `equation`, only those after whose undoing that equation holds.
    """
    for kind, ways, numbers in (*_exchanges(state, strip, equation), *_shifts(state, strip)):
        for complete in _completed(state, strip, numbers):
            if equation is not None and not _satisfies(state, equation, complete):
                continue
            changed = {cell: value for cell, value in complete.items() if value != state.values[cell]}
            if len(changed) > 1 and all(state.accepts(cell, value) for cell, value in changed.items()):
                yield Displacement(kind, ways, changed)


_Draft = tuple[str, int, dict[int, int]]
"""The kind of a displacement, its ways, and the numbers before it, one of which may be `OPEN`."""


def _satisfies(state: SystemState, equation: int, numbers: Changes) -> bool:
    """Return True if the equation holds with the new numbers."""
    return state.holds(equation, _effect_on(state, equation, numbers))


def _effect_on(state: SystemState, equation: int, numbers: Changes) -> int:
    """Return by how much new numbers change the difference of one equation."""
    columns, values = state.system.columns, state.values
    return sum(
        columns[cell][equation] * (value - values[cell]) for cell, value in numbers.items() if equation in columns[cell]
    )


def _exchanges(state: SystemState, strip: Strip, equation: int | None) -> Iterator[_Draft]:
    """Yield the exchanges of two numbers: of neighbours, or of any two of which one is 0."""
    values = state.values
    signs = [0 if equation is None else state.system.columns[cell].get(equation, 0) for cell in strip.cells]
    for second, one in enumerate(strip.cells):
        for first in range(second):
            other = strip.cells[first]
            more = values[other] - values[one]
            if more and (equation is None or state.holds(equation, more * (signs[second] - signs[first]))):
                exchanged = {one: values[other], other: values[one]}
                if second == first + 1:
                    yield "neighbours-swapped", 4, exchanged
                elif not (values[one] and values[other]):
                    yield "wrong-place", len(strip.cells), exchanged


def _shifts(state: SystemState, strip: Strip) -> Iterator[_Draft]:
    """Yield the slips that moved all numbers of a run by one cell, with the cause at its beginning."""
    values = [state.values[cell] for cell in strip.cells]
    if not any(values):
        return
    last = len(values) - 1
    for end in strip.ends:
        ways = 2 * (end + 1)
        # A row of several groups counts as a whole, and so does each group: a run ends with its group or with the row.
        first = 0 if end == last else max((index + 1 for index in strip.totals if index < end), default=0)
        for start in range(first, end):
            run, cells = values[start : end + 1], strip.cells[start : end + 1]
            for kind, before in _originals(run, is_row=strip.is_row):
                yield kind, ways, dict(zip(cells, before, strict=True))


def _originals(run: Sequence[int], *, is_row: bool) -> Iterator[tuple[str, list[int]]]:
    """Yield the runs of numbers that a slip at the first of them could have turned into this one."""
    first, second, *rest = run
    shifted = "row-shifted" if is_row else "column-shifted"
    if first == 0 and second:  # if the second is 0 too, the run that begins there gives the same
        yield shifted, [second, *rest, OPEN]
    if run[-1] == 0 and any(run):
        yield shifted, [OPEN, *run[:-1]]
    if not is_row:
        return
    if first:
        whole = int(f"{first}{second}")
        yield "split", [whole, *rest, OPEN]
        yield "split", [whole, 0, *rest]
    for one, other in _splits(first):
        if second == 0:
            yield "glued", [one, other, *rest]
        if run[-1] == 0:
            yield "glued", [one, other, *run[1:-1]]


def _splits(number: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of numbers that give this one when written without a gap."""
    digits = str(number)
    for index in range(1, len(digits)):
        one, other = digits[:index], digits[index:]
        if other == "0" or other[0] != "0":
            yield int(one), int(other)


def _completed(state: SystemState, strip: Strip, numbers: dict[int, int]) -> Iterator[dict[int, int]]:
    """Yield the numbers with the open cell, if there is one, computed from the equations that bind it to the strip."""
    opened = next((cell for cell, value in numbers.items() if value == OPEN), None)
    if opened is None:
        yield numbers
        return
    known = numbers | {opened: state.values[opened]}
    seen: set[int] = set()
    for equation in strip.binding[opened]:
        lacking = state.difference[equation] + _effect_on(state, equation, known)
        value = known[opened] - lacking * state.system.columns[opened][equation]
        if value not in seen:
            seen.add(value)
            yield known | {opened: value}
