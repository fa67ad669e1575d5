"""The equations of a box as a sparse linear system over the integers, and how far its numbers are from solving it.

Cells and equations are identified by their index: a cell among the numbers of the box, an equation among its equations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.domains import Integer
from gkformat.notation.equations import equations
from gkformat.notation.grid import grids
from gkformat.notation.outline import nodes, number_indexes, per_class

Effect = Mapping[int, int]
"""The change of the difference (left side minus right side) of each equation, without zeros."""

Changes = Mapping[int, int]
"""New numbers by cell."""


@frozen(eq=False)
class LinkedCells:
    """Cells that change by the same amount: a cell alone, or a cell and the totals that were computed with it.

    The cell itself comes first. `effect` is the effect of a change by 1.
    """

    cells: tuple[int, ...]
    effect: Effect


@frozen(eq=False)
class Strip:
    """A row or a column of a printed table: its cells in order, and the equations that contain any of them.

    `totals` are the positions of totals in the strip; `ends` those at which a run of cells can end: totals, the cell
    before a total, and the last cell. `binding` lists, for each cell, its equations that contain another cell of the
    strip.
    """

    is_row: bool
    cells: tuple[int, ...]
    totals: tuple[int, ...]
    ends: tuple[int, ...]
    equations: frozenset[int]
    binding: Mapping[int, tuple[int, ...]]


@frozen(eq=False)
class System:
    """The part of a system that depends on the class of a box alone.

    `columns` holds the equations of each cell, with coefficients; `rows` the cells of each equation; `terms` the terms
    of each total, once for each sum that it is; `maxima` the largest number of each cell; `linked_cells` those that
    touch each equation, none of which touches more than `widest` equations; `components` the connected component of
    each equation.
    """

    columns: Mapping[int, Effect]
    rows: Sequence[tuple[int, ...]]
    terms: Mapping[int, tuple[tuple[int, ...], ...]]
    maxima: Mapping[int, int]
    linked_cells: Sequence[tuple[LinkedCells, ...]]
    widest: int
    strips: tuple[Strip, ...]
    components: Sequence[int]

    def connected(self, some: Iterable[int]) -> frozenset[int]:
        """Return all equations of the components to which some equations belong."""
        components = {self.components[equation] for equation in some}
        return frozenset(equation for equation, component in enumerate(self.components) if component in components)


def effect_of(columns: Mapping[int, Effect], amounts: Iterable[tuple[int, int]]) -> Effect:
    """Return the effect of changing cells by these amounts."""
    found: dict[int, int] = {}
    for cell, amount in amounts:
        for equation, coefficient in columns[cell].items():
            found[equation] = found.get(equation, 0) + coefficient * amount
    return {equation: change for equation, change in found.items() if change}


@per_class
def system(cls: type) -> System:
    """Return the system of a box class."""
    indexes = number_indexes(cls)
    columns: dict[int, dict[int, int]] = {}
    terms: dict[int, tuple[tuple[int, ...], ...]] = {}
    for number, equation in enumerate(equations(cls)):
        for side, sign in ((equation.left, 1), (equation.right, -1)):
            for at in side:
                column = columns.setdefault(indexes[at], {})
                column[number] = column.get(number, 0) + sign
        if equation.is_total:
            total = indexes[equation.at]
            terms[total] = (*terms.get(total, ()), tuple(indexes[at] for at in equation.left))
    columns = dict(sorted(columns.items()))
    domains = {cell: nodes(cls)[at].domain for at, cell in indexes.items()}
    maxima = {cell: domain.maximum for cell, domain in domains.items() if isinstance(domain, Integer)}
    linked_cells = _linked_cells(columns, terms, len(equations(cls)))
    return System(
        columns,
        [tuple(cell for cell, column in columns.items() if row in column) for row in range(len(equations(cls)))],
        terms,
        {cell: maxima[cell] for cell in columns},
        linked_cells,
        max((len(linked.effect) for touching in linked_cells for linked in touching), default=0),
        tuple(_strips(cls, indexes, columns, terms)),
        _components(columns, len(equations(cls))),
    )


def _linked_cells(
    columns: Mapping[int, Effect], terms: Mapping[int, Sequence[Sequence[int]]], count: int
) -> Sequence[tuple[LinkedCells, ...]]:
    """Return the linked cells that touch each equation."""
    found: list[list[LinkedCells]] = [[] for _ in range(count)]
    for cell in columns:
        for cells in _linked_sets(cell, terms):
            linked = LinkedCells(cells, effect_of(columns, ((each, 1) for each in cells)))
            for equation in linked.effect:
                found[equation].append(linked)
    return [tuple(each) for each in found]


def _linked_sets(cell: int, terms: Mapping[int, Sequence[Sequence[int]]]) -> list[tuple[int, ...]]:
    """Return the cell alone, with each total that it is a term of, and with all totals that follow from it."""
    above = _totals_of(cell, terms)
    all_above = list(above)
    for total in all_above:
        all_above += [higher for higher in _totals_of(total, terms) if higher not in all_above]
    sets = [(cell,), *((cell, total) for total in above), (cell, *all_above)]
    return list(dict.fromkeys(sets))


def _totals_of(cell: int, terms: Mapping[int, Sequence[Sequence[int]]]) -> list[int]:
    return [total for total, sums in terms.items() if any(cell in each for each in sums)]


def _strips(
    cls: type,
    indexes: Mapping[Address, int],
    columns: Mapping[int, Effect],
    terms: Mapping[int, object],
) -> Iterator[Strip]:
    for grid in grids(cls):
        entries = [(cell.row, cell.column, indexes[cell.at]) for cell in grid.cells if cell.at is not None]
        for axis in (0, 1):
            for position in sorted({entry[axis] for entry in entries}):
                cells = tuple(entry[2] for entry in entries if entry[axis] == position and entry[2] in columns)
                if len(cells) > 1:
                    totals = [index for index, cell in enumerate(cells) if cell in terms]
                    ends = sorted({*totals, *(index - 1 for index in totals), len(cells) - 1} - {-1, 0})
                    count = Counter(equation for cell in cells for equation in columns[cell])
                    binding = {cell: tuple(each for each in columns[cell] if count[each] > 1) for cell in cells}
                    yield Strip(axis == 0, cells, tuple(totals), tuple(ends), frozenset(count), binding)


def _components(columns: Mapping[int, Effect], count: int) -> Sequence[int]:
    """Return the component of each equation, identified by the first equation of the component."""
    components = list(range(count))
    for column in columns.values():
        joined = {components[equation] for equation in column}
        components = [min(joined) if component in joined else component for component in components]
    return components


# -- the numbers of one box ----------------------------------------------------------------------------


class SystemState:
    """The numbers of a box, the cells that may not change, and the difference of each equation with its bounds.

    The difference of an equation without open cells must be 0. Open cells are free: with some on one side only, that
    side may fall short, and with some on both sides any difference is allowed.
    """

    def __init__(self, cls: type, values: Sequence[int], free: frozenset[int], fixed: frozenset[int]) -> None:
        self._cls = cls
        self.system = system(cls)
        self.values = values
        self.free = free
        self.fixed = free | fixed
        count = len(equations(cls))
        self.difference = [0] * count
        self.low: list[float] = [0] * count
        self.high: list[float] = [0] * count
        for cell, column in self.system.columns.items():
            for equation, coefficient in column.items():
                if cell not in free:
                    self.difference[equation] += coefficient * values[cell]
                elif coefficient > 0:
                    self.low[equation] = -inf
                else:
                    self.high[equation] = inf
        self.all_exact = not free

    def with_numbers(self, numbers: Changes) -> "SystemState":
        """Return the state in which some open cells have numbers."""
        values = [numbers.get(cell, value) for cell, value in enumerate(self.values)]
        return SystemState(self._cls, values, self.free - numbers.keys(), self.fixed - self.free)

    def broken(self) -> dict[int, int]:
        """Return the broken equations with their violations."""
        violations = {equation: self.violation(equation, amount) for equation, amount in enumerate(self.difference)}
        return {equation: violation for equation, violation in violations.items() if violation}

    def violation(self, equation: int, difference: int) -> int:
        """Return the difference if the equation does not allow it, or else 0."""
        if difference > self.high[equation] or difference < self.low[equation]:
            return difference
        return 0

    def holds(self, equation: int, change: int) -> bool:
        """Return True if the equation holds after its difference has changed."""
        return not self.violation(equation, self.difference[equation] + change)

    def mends(self, broken: Mapping[int, int], effect: Effect) -> bool:
        """Return True if the effect mends every broken equation and breaks no other."""
        return broken.keys() <= effect.keys() and all(
            self.holds(equation, change) for equation, change in effect.items()
        )

    def is_exact(self, equation: int) -> bool:
        """Return True if the equation allows exactly one difference because it has no open cells."""
        return self.low[equation] == self.high[equation]

    def accepts(self, cell: int, value: int) -> bool:
        """Return True if the cell may hold the value instead of its own."""
        return cell not in self.fixed and 0 <= value <= self.system.maxima[cell]

    def effect(self, changes: Changes) -> Effect:
        """Return the effect of new numbers."""
        return effect_of(self.system.columns, ((cell, value - self.values[cell]) for cell, value in changes.items()))

    def sums(self, cell: int) -> Iterator[list[int]]:
        """Yield the values of the terms of each sum that a cell holds."""
        for terms in self.system.terms.get(cell, ()):
            yield [self.values[term] for term in terms]
