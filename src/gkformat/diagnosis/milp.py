"""Find the fewest cells whose change makes all broken equations of a component hold, with a solver (HiGHS).

This is the error localization of Fellegi and Holt (1976) as a mixed integer program: a binary variable for each cell
says whether it may change, and the sum of these variables is minimized. Solutions are verified in exact integers.

Needs the extra `diagnose`, which is imported on first use.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gkformat.base.frozen import frozen
from gkformat.diagnosis.system import Changes, SystemState

if TYPE_CHECKING:
    from highspy import Highs

MAX_DIFFERENCE = 10**6
"""The largest sum of differences that the solver is given: beyond it, the tolerances of its floats would matter."""

_MAX_SOLUTIONS = 20
"""The most solutions to ask for: each takes as long as the first."""

_MAX_CELLS = 12
"""If more cells than this must change, one solution is enough: such numbers are not a report with a few slips."""

_OPTIONS = {
    "threads": 1,  # with more, the machine would decide which solution comes first
    "mip_max_nodes": 5_000,
    "mip_feasibility_tolerance": 1e-9,
}


@frozen
class Solutions:
    """Changes of the fewest cells; `complete` if there are no others."""

    found: Sequence[Changes]
    complete: bool


def too_large(broken: Mapping[int, int]) -> bool:
    """Return True if the differences add up to more than the solver handles exactly."""
    return sum(map(abs, broken.values())) > MAX_DIFFERENCE


def solve(state: SystemState, broken: Mapping[int, int], bound: int) -> Solutions:
    """Return up to `bound` changes of the fewest cells that mend all broken equations, and never more than 20.

    Raises `ImportError` without the extra.
    """
    import highspy  # noqa: PLC0415 - an extra, which takes a while to import

    cells = _cells(state, broken)
    model = _quiet(highspy.Highs)
    for option, value in _OPTIONS.items():
        model.setOptionValue(option, value)
    _describe(model, state, cells, sum(map(abs, broken.values())))
    found: list[Changes] = []
    while len(found) < min(bound, _MAX_SOLUTIONS):
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Solutions(found, complete=model.getModelStatus() == highspy.HighsModelStatus.kInfeasible)
        values = model.getSolution().col_value
        chosen = [index for index in range(len(cells)) if round(values[2 * index + 1])]
        if found and len(chosen) > len(found[0]):
            return Solutions(found, complete=True)
        changes = {cells[index]: state.values[cells[index]] + round(values[2 * index]) for index in chosen}
        if not state.mends(broken, state.effect(changes)):
            return Solutions(found, complete=False)
        found.append(changes)
        if len(chosen) > _MAX_CELLS:
            break
        # Exclude this set of cells, but no other set of the same size.
        model.addRow(0, len(chosen) - 1, len(chosen), [2 * index + 1 for index in chosen], [1.0] * len(chosen))
    return Solutions(found, complete=False)


def _quiet(solver: type["Highs"]) -> "Highs":
    """Return a solver that prints nothing: since 1.16 it prints a banner before its options can be set."""

    class Quiet(solver):  # type: ignore[misc, valid-type]
        def enableCallbacks(self) -> None:  # noqa: N802 - the first method that the solver calls on itself
            self.silent()
            super().enableCallbacks()

    return Quiet()


def _cells(state: SystemState, broken: Mapping[int, int]) -> list[int]:
    """Return the cells of the component that may change."""
    component = state.system.connected(broken)
    columns = state.system.columns.items()
    return [cell for cell, column in columns if cell not in state.fixed and component & column.keys()]


def _describe(model: "Highs", state: SystemState, cells: Sequence[int], limit: int) -> None:
    """Give the model two variables for each cell, its change and whether there is one, and a row for each equation.

    No change exceeds the sum of all differences: with coefficients of 1 and -1, each is a sum of some of them.
    """
    from highspy import HighsVarType, kHighsInf  # noqa: PLC0415

    rows: dict[int, tuple[list[int], list[float]]] = {}
    for index, cell in enumerate(cells):
        change, changed = 2 * index, 2 * index + 1
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
        low, high = (bounds[equation] - state.difference[equation] for bounds in (state.low, state.high))
        model.addRow(low, high, len(variables), variables, coefficients)
