"""What a slip of several cells could have been: for a row or a column, the numbers that stood there before it.

Each slip is undone here. What fell off the end of a row, or was pulled out of its beginning, is lost: that cell is left
open, and the equations say what it must have been.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from gkformat.diagnosis.system import Moves, State, Strip

OPEN = -1
"""Instead of a number that is lost."""


@frozen
class Move:
    """New numbers for several cells by which one slip would be undone, and how many results it could have given."""

    kind: str
    ways: int
    moves: Moves


def moves(state: State, strip: Strip, within: int | None = None) -> Iterator[Move]:
    """Every slip of several cells that may have happened within a row or a column.

    With an equation given, only those after whose undoing that equation is in order.
    """
    for kind, ways, numbers in (*_exchanged(state, strip, within), *_displaced(state, strip)):
        for settled in _settled(state, strip, numbers):
            if within is not None and not _puts_right(state, within, settled):
                continue
            changed = {cell: value for cell, value in settled.items() if value != state.values[cell]}
            if len(changed) > 1 and all(state.accepts(cell, value) for cell, value in changed.items()):
                yield Move(kind, ways, changed)


_Guess = tuple[str, int, dict[int, int]]


def _puts_right(state: State, equation: int, numbers: Moves) -> bool:
    """Whether an equation is in order with new numbers."""
    return state.holds(equation, _change(state, equation, numbers))


def _change(state: State, equation: int, numbers: Moves) -> int:
    """What new numbers do to one equation."""
    columns, values = state.system.columns, state.values
    return sum(
        columns[cell][equation] * (value - values[cell]) for cell, value in numbers.items() if equation in columns[cell]
    )


def _exchanged(state: State, strip: Strip, within: int | None) -> Iterator[_Guess]:
    """Two cells with each other's number: neighbours, or any two of which one is 0."""
    values = state.values
    signs = [0 if within is None else state.system.columns[cell].get(within, 0) for cell in strip.cells]
    for second, one in enumerate(strip.cells):
        for first in range(second):
            other = strip.cells[first]
            more = values[other] - values[one]
            if more and (within is None or state.holds(within, more * (signs[second] - signs[first]))):
                exchanged = {one: values[other], other: values[one]}
                if second == first + 1:
                    yield "neighbours-swapped", 4, exchanged
                elif not (values[one] and values[other]):
                    yield "wrong-place", len(strip.cells), exchanged


def _displaced(state: State, strip: Strip) -> Iterator[_Guess]:
    """All numbers of a run moved on by one cell, with the cause at its beginning."""
    values = [state.values[cell] for cell in strip.cells]
    if not any(values):
        return
    last = len(values) - 1
    for end in strip.ends:
        ways = 2 * (end + 1)
        # A row of several groups is read as one, or each group is: a run ends with its group, or with the row.
        first = 0 if end == last else max((place + 1 for place in strip.totals if place < end), default=0)
        for start in range(first, end):
            run, cells = values[start : end + 1], strip.cells[start : end + 1]
            for kind, before in _before(run, is_row=strip.is_row):
                yield kind, ways, dict(zip(cells, before, strict=True))


def _before(run: Sequence[int], *, is_row: bool) -> Iterator[tuple[str, list[int]]]:
    """The runs of numbers of which a slip at the first of them could have made this one."""
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
    for one, other in _cuts(first):
        if second == 0:
            yield "glued", [one, other, *rest]
        if run[-1] == 0:
            yield "glued", [one, other, *run[1:-1]]


def _cuts(number: int) -> Iterator[tuple[int, int]]:
    """The pairs of numbers that give this one if they are written without a gap."""
    digits = str(number)
    for place in range(1, len(digits)):
        one, other = digits[:place], digits[place:]
        if other == "0" or other[0] != "0":
            yield int(one), int(other)


def _settled(state: State, strip: Strip, numbers: dict[int, int]) -> Iterator[dict[int, int]]:
    """The numbers with the open cell, if there is one, filled in by the equations that bind it to its row or column."""
    opened = next((cell for cell, value in numbers.items() if value == OPEN), None)
    if opened is None:
        yield numbers
        return
    known = numbers | {opened: state.values[opened]}
    seen: set[int] = set()
    for equation in strip.binding[opened]:
        lacking = state.difference[equation] + _change(state, equation, known)
        value = known[opened] - lacking * state.system.columns[opened][equation]
        if value not in seen:
            seen.add(value)
            yield known | {opened: value}
