"""The fewest cells that must change for all broken equations of a part to hold, found by a solver (HiGHS).

A cell may change if a variable of 0 or 1 says so, and the sum of these is made as small as possible: the error
localization of Fellegi and Holt (1976) as a mixed integer program. What the solver finds is checked with exact
integers.

Needs the extra `diagnose`; it is looked for on first use.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from gkformat.diagnosis.system import Moves, State

if TYPE_CHECKING:
    from highspy import Highs

LARGEST = 10**6
"""Beyond differences of this size in all, the tolerances of a solver that computes with floats would matter."""

_MOST = 20
"""The most solutions that are asked for: each takes as long as the first."""

_MANY = 12
"""Where more cells than this must change, one solution is enough: such numbers are no report with slips."""

_OPTIONS = {
    "threads": 1,  # with more of them, which solution comes first would depend on the machine
    "mip_max_nodes": 5_000,
    "mip_feasibility_tolerance": 1e-9,
}


@frozen
class Solutions:
    """Changes of the fewest cells, and whether these are all that there are."""

    found: Sequence[Moves]
    complete: bool


def too_large(broken: Mapping[int, int]) -> bool:
    """Whether the numbers are too large for the solver."""
    return sum(map(abs, broken.values())) > LARGEST


def solve(state: State, broken: Mapping[int, int], bound: int) -> Solutions:
    """Up to so many ways, and never very many, to mend what is broken by changes of the fewest cells.

    Raises `ImportError` without the extra.
    """
    import highspy  # noqa: PLC0415 - an extra, which takes a while to import

    cells = _cells(state, broken)
    model = _quiet(highspy.Highs)
    for option, value in _OPTIONS.items():
        model.setOptionValue(option, value)
    _describe(model, state, cells, sum(map(abs, broken.values())))
    found: list[Moves] = []
    while len(found) < min(bound, _MOST):
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Solutions(found, complete=model.getModelStatus() == highspy.HighsModelStatus.kInfeasible)
        values = model.getSolution().col_value
        chosen = [place for place in range(len(cells)) if round(values[2 * place + 1])]
        if found and len(chosen) > len(found[0]):
            return Solutions(found, complete=True)
        moves = {cells[place]: state.values[cells[place]] + round(values[2 * place]) for place in chosen}
        if not state.mends(broken, state.effect(moves)):
            return Solutions(found, complete=False)
        found.append(moves)
        if len(chosen) > _MANY:
            break
        # The same cells once more are ruled out; others that are as few are not.
        model.addRow(0, len(chosen) - 1, len(chosen), [2 * place + 1 for place in chosen], [1.0] * len(chosen))
    return Solutions(found, complete=False)


def _quiet(solver: type["Highs"]) -> "Highs":
    """A solver that prints nothing: since 1.16 it would greet on standard output before it can be told not to."""

    class Quiet(solver):  # type: ignore[misc, valid-type]
        def enableCallbacks(self) -> None:  # noqa: N802 - a method of the solver, which it calls first of all
            self.silent()
            super().enableCallbacks()

    return Quiet()


def _cells(state: State, broken: Mapping[int, int]) -> list[int]:
    """The cells of the part that may change."""
    here = state.system.part_of(broken)
    return [cell for cell, column in state.system.columns.items() if cell not in state.fixed and here & column.keys()]


def _describe(model: "Highs", state: State, cells: Sequence[int], limit: int) -> None:
    """Two variables for each cell, its change and whether there is one, and a row for each equation.

    No change is larger than all differences together: with coefficients of 1 and -1 each is a sum of some of them.
    """
    from highspy import HighsVarType, kHighsInf  # noqa: PLC0415

    rows: dict[int, tuple[list[int], list[float]]] = {}
    for place, cell in enumerate(cells):
        change, changed = 2 * place, 2 * place + 1
        room = state.system.maxima[cell] - state.values[cell]
        model.addCol(0, max(-limit, -state.values[cell]), min(limit, room), 0, [], [])
        model.addCol(1, 0, 1, 0, [], [])
        model.changeColIntegrality(changed, HighsVarType.kInteger)
        model.addRow(-kHighsInf, 0, 2, [change, changed], [1.0, -float(limit)])
        model.addRow(0, kHighsInf, 2, [change, changed], [1.0, float(limit)])
        for equation, coefficient in state.system.columns[cell].items():
            variables, coefficients = rows.setdefault(equation, ([], []))
            variables.append(change)
            coefficients.append(coefficient)
    for equation, (variables, coefficients) in rows.items():
        off = state.difference[equation]
        model.addRow(state.low[equation] - off, state.high[equation] - off, len(variables), variables, coefficients)
