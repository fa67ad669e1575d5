"""Find the fewest cells whose change makes all broken equations of a component hold, with a solver (HiGHS).

This is the error localization of Fellegi and Holt (1976) as a mixed integer program: a binary variable for each cell
says whether it may change, and the sum of these variables is minimized. Solutions are verified in exact integers.
Where the budget ends first, the best solution so far is taken.

Needs the extra `diagnose`, which is imported on first use.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gkformat.base.frozen import frozen
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.system import Changes, SystemState

if TYPE_CHECKING:
    from highspy import Highs

MAX_DIFFERENCE = 10**6
"""The largest sum of differences that the solver is given: beyond it, the tolerances of its floats would matter."""

_MAX_SOLUTIONS = 20
"""The most solutions to ask for: each takes as long as the first."""

_MAX_CELLS = 12
"""If more cells than this must change, one solution is enough: such numbers are not a report with a few slips."""

_PIVOTS = 200
"""The pivots that a node of the search tree takes in a hard problem; its root takes thousands."""

LEAST_STEPS = 5_000
"""The fewest steps with which to start: what the root of a hard problem may take."""

_OPTIONS = {
    "threads": 1,  # with more, the machine would decide which solution comes first
    "mip_feasibility_tolerance": 1e-9,
}


@frozen
class Solutions:
    """Changes of the fewest cells, as far as is known.

    `complete` if there are no others; `stopped` if the budget ended first, so that there may be smaller ones, too.
    """

    found: Sequence[Changes] = ()
    complete: bool = False
    stopped: bool = False


def too_large(broken: Mapping[int, int]) -> bool:
    """Return True if the differences add up to more than the solver handles exactly."""
    return sum(map(abs, broken.values())) > MAX_DIFFERENCE


def solve(state: SystemState, broken: Mapping[int, int], bound: int, budget: Budget) -> Solutions:
    """Return up to `bound` changes of the fewest cells that mend all broken equations, and never more than 20.

    Raises `ImportError` without the extra.
    """
    if budget.left < LEAST_STEPS:
        return Solutions(stopped=True)
    import highspy  # noqa: PLC0415 - an extra, which takes a while to import

    cells = _cells(state, broken)
    model = _quiet(highspy.Highs)
    for option, value in _OPTIONS.items():
        model.setOptionValue(option, value)
    _describe(model, state, cells, sum(map(abs, broken.values())))
    found: list[Changes] = []
    while len(found) < min(bound, _MAX_SOLUTIONS):
        if budget.left < LEAST_STEPS:
            return Solutions(found, stopped=True)
        model.setOptionValue("mip_max_nodes", budget.left // _PIVOTS)
        model.run()
        budget.spend(model.getInfo().simplex_iteration_count)
        status = model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solutions(found, complete=True)
        is_optimal = status == highspy.HighsModelStatus.kOptimal
        is_smallest = is_optimal or bool(found)  # after the first solution, no larger one is possible
        chosen, changes = _solution(model, state, cells)
        is_exact = _is_exact(state, broken, changes)
        if is_exact:
            found.append(changes)
        if not (is_exact and is_smallest):
            return Solutions(found, stopped=not is_optimal)
        if len(chosen) > _MAX_CELLS:
            break
        _exclude(model, chosen, len(cells), first=len(found) == 1)
    return Solutions(found)


def _solution(model: "Highs", state: SystemState, cells: Sequence[int]) -> tuple[list[int], Changes]:
    """Return the cells that the solver chose to change, by their place among all cells, and the changes that it made.

    It may choose a cell and leave its number as it is. If it has found nothing at all, there are no changes.
    """
    solution = model.getSolution()
    values = solution.col_value
    chosen = [index for index in range(len(cells)) if round(values[2 * index + 1])] if solution.value_valid else []
    amounts = {cells[index]: round(values[2 * index]) for index in chosen}
    return chosen, {cell: state.values[cell] + amount for cell, amount in amounts.items() if amount}


def _is_exact(state: SystemState, broken: Mapping[int, int], changes: Changes) -> bool:
    """Return True if the changes, which the solver found with floats, are a solution in integers."""
    possible = all(state.accepts(cell, value) for cell, value in changes.items())
    return possible and state.mends(broken, state.effect(changes))


def _exclude(model: "Highs", chosen: Sequence[int], count: int, *, first: bool) -> None:
    """Exclude a set of cells, and after the first solution, every larger set.

    None is smaller; but told so, too, the solver finds no solution at all where there is one (HiGHS 1.16).
    """
    size = len(chosen)
    model.addRow(0, size - 1, size, [2 * index + 1 for index in chosen], [1.0] * size)
    if first:
        model.addRow(0, size, count, [2 * index + 1 for index in range(count)], [1.0] * count)


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
        least = -min(limit, state.values[cell])
        most = min(limit, state.system.maxima[cell] - state.values[cell])
        model.addCol(0, least, most, 0, [], [])
        model.addCol(1, 0, 1, 0, [], [])
        model.changeColIntegrality(changed, HighsVarType.kInteger)
        model.addRow(-kHighsInf, 0, 2, [change, changed], [1.0, -float(most)])
        model.addRow(0, kHighsInf, 2, [change, changed], [1.0, -float(least)])
        for equation, coefficient in state.system.columns[cell].items():
            variables, coefficients = rows.setdefault(equation, ([], []))
            variables.append(change)
            coefficients.append(coefficient)
    for equation, (variables, coefficients) in rows.items():
        low, high = (bounds[equation] - state.difference[equation] for bounds in (state.low, state.high))
        model.addRow(low, high, len(variables), variables, coefficients)
