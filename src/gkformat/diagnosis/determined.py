"""Find the numbers that the equations determine in unclear cells: unreadable, out of range or absent.

An equation with a single open cell leaves it one number, and one whose open cells must add up to 0 leaves them all 0;
each number found may determine further ones. Open cells that an equation connects stand or fall together: if some
equation contradicts what others say, something else is wrong there, and nothing is proposed.
"""

from collections.abc import Collection, Iterable
from typing import Any

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.diagnosis.system import SystemState
from gkformat.judgement.marks import unclear_cells
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import label, number_indexes, numbers


@frozen
class Determined:
    """An unclear cell of which the equations allow one number only: what is written there, and the number `proposed`.

    `equations` are those that say so, each by itself once the other numbers are known.
    """

    at: Address
    label: str
    text: str
    proposed: int
    equations: tuple[Equation, ...]

    @property
    def same_digits(self) -> bool:
        """True if the digits that are written are those of the number: only a sign or the writing differs."""
        return "".join(filter(str.isdecimal, self.text)) == str(self.proposed)


def determined_cells(box: Any, state: SystemState) -> tuple[Determined, ...]:
    """Return the unclear cells of a box of which the equations determine the number, in printed order."""
    cls, texts = type(box), {mark.at: mark.text for mark in getattr(box, "marks", ())}
    unclear = sorted(number_indexes(cls)[at] for at in unclear_cells(box))
    if not unclear:
        return ()
    filled = _filled(state)
    broken = state.broken().keys()
    found = []
    for cell in unclear:
        agreeing = [] if cell in filled.free else _agreeing(filled, cell)
        # Where something is wrong nearby, a single equation may say something wrong.
        if len(agreeing) > 1 or (agreeing and broken.isdisjoint(_neighbours(state, agreeing[0]))):
            at, by = numbers(cls)[cell], tuple(equations(cls)[each] for each in agreeing)
            found.append(Determined(at, label(cls, at), texts[at], filled.values[cell], by))
    return tuple(found)


def _filled(state: SystemState) -> SystemState:
    """Return the state with every number that is determined; in what is connected to a contradiction, none is."""
    disputed: set[int] = set()
    while True:
        filled, more = state, _forced(state, disputed)
        while more:
            filled = filled.with_numbers(more)
            more = _forced(filled, disputed)
        contradicted = {
            equation
            for equation in filled.broken()
            if any(cell in state.free and cell not in filled.free for cell in state.system.rows[equation])
        }
        if not contradicted:
            return filled
        disputed |= _connected(state, contradicted)


def _forced(state: SystemState, disputed: Collection[int]) -> dict[int, int]:
    """Return the open cells to which a single equation leaves one number, apart from those in dispute."""
    forced: dict[int, int] = {}
    for equation, cells in enumerate(state.system.rows):
        opened = [cell for cell in cells if cell in state.free]
        missing = -state.difference[equation]
        if len(opened) == 1:
            numbers = {opened[0]: missing * state.system.columns[opened[0]][equation]}
        elif not missing and 0 in (state.low[equation], state.high[equation]):  # numbers from 0 on, on one side only
            numbers = dict.fromkeys(opened, 0)
        else:
            continue
        forced |= {
            cell: value
            for cell, value in numbers.items()
            if cell not in disputed and 0 <= value <= state.system.maxima[cell]
        }
    return forced


def _connected(state: SystemState, some: Iterable[int]) -> set[int]:
    """Return the open cells of some equations, and all open cells that further equations connect with them."""
    found: set[int] = set()
    waiting = list(some)
    while waiting:
        opened = {cell for cell in state.system.rows[waiting.pop()] if cell in state.free} - found
        found |= opened
        waiting += {equation for cell in opened for equation in state.system.columns[cell]}
    return found


def _agreeing(state: SystemState, cell: int) -> list[int]:
    """Return the equations of a cell of which every number is known."""
    columns, rows = state.system.columns, state.system.rows
    return [equation for equation in columns[cell] if state.free.isdisjoint(rows[equation])]


def _neighbours(state: SystemState, equation: int) -> set[int]:
    """Return the equations that share a cell with this one."""
    return {other for cell in state.system.rows[equation] for other in state.system.columns[cell]}
