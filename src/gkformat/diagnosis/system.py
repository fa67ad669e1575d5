"""The equations of a box as a sparse system of integers, and how far its numbers are from solving it.

Cells and equations are known by their place here: a cell by its place among the numbers of the box, an equation by its
place among the equations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from attrs import frozen

from gkformat.base.address import Address
from gkformat.notation.domains import Integer
from gkformat.notation.equations import equations
from gkformat.notation.grid import grids
from gkformat.notation.outline import nodes, numbers, per_class

Effect = Mapping[int, int]
"""By how much the difference of each equation (left side minus right side) changes; zeros are left out."""

Moves = Mapping[int, int]
"""New numbers by cell."""


@frozen(eq=False)
class Unit:
    """Cells that change by the same amount: a cell alone, or with totals that were computed with it.

    The first is the cell itself. `effect` is what a change by 1 does.
    """

    cells: tuple[int, ...]
    effect: Effect


@frozen(eq=False)
class Strip:
    """A row or a column of a printed table: its cells in order, and the equations in which any of them stands.

    `totals` are the places of totals, `ends` those at which a run of cells can end: totals, the cell before a total,
    and the last cell.
    `binding` holds, for each cell, those of its equations in which another cell of the strip stands.
    """

    is_row: bool
    cells: tuple[int, ...]
    totals: tuple[int, ...]
    ends: tuple[int, ...]
    equations: frozenset[int]
    binding: Mapping[int, tuple[int, ...]]


@frozen(eq=False)
class System:
    """What follows from the class of a box alone.

    `columns` holds the equations of each cell, with coefficients; `terms` what each total adds up, once for each sum
    that it is; `units` those that touch each equation, of which none touches more than `widest`; `components` the
    independent part to which each equation belongs.
    """

    columns: Mapping[int, Effect]
    terms: Mapping[int, tuple[tuple[int, ...], ...]]
    maxima: Mapping[int, int]
    units: Sequence[tuple[Unit, ...]]
    widest: int
    strips: tuple[Strip, ...]
    components: Sequence[int]

    def part_of(self, some: Iterable[int]) -> frozenset[int]:
        """All equations of the independent parts to which some equations belong."""
        parts = {self.components[equation] for equation in some}
        return frozenset(equation for equation, part in enumerate(self.components) if part in parts)


def effect_of(columns: Mapping[int, Effect], changes: Iterable[tuple[int, int]]) -> Effect:
    """What changes of cells, each by an amount, do to the equations."""
    found: dict[int, int] = {}
    for cell, amount in changes:
        for equation, coefficient in columns[cell].items():
            found[equation] = found.get(equation, 0) + coefficient * amount
    return {equation: change for equation, change in found.items() if change}


@per_class
def system(cls: type) -> System:
    """The system of a box."""
    place = {at: cell for cell, at in enumerate(numbers(cls))}
    columns: dict[int, dict[int, int]] = {}
    terms: dict[int, tuple[tuple[int, ...], ...]] = {}
    for number, equation in enumerate(equations(cls)):
        for side, sign in ((equation.left, 1), (equation.right, -1)):
            for at in side:
                column = columns.setdefault(place[at], {})
                column[number] = column.get(number, 0) + sign
        if equation.is_total:
            total = place[equation.at]
            terms[total] = (*terms.get(total, ()), tuple(place[at] for at in equation.left))
    columns = dict(sorted(columns.items()))
    domains = {cell: nodes(cls)[at].domain for at, cell in place.items()}
    maxima = {cell: domain.maximum for cell, domain in domains.items() if isinstance(domain, Integer)}
    units = _units(columns, terms, len(equations(cls)))
    return System(
        columns,
        terms,
        {cell: maxima[cell] for cell in columns},
        units,
        max((len(unit.effect) for touching in units for unit in touching), default=0),
        tuple(_strips(cls, place, columns, terms)),
        _components(columns, len(equations(cls))),
    )


def _units(
    columns: Mapping[int, Effect], terms: Mapping[int, Sequence[Sequence[int]]], count: int
) -> Sequence[tuple[Unit, ...]]:
    """The units that touch each equation."""
    found: list[list[Unit]] = [[] for _ in range(count)]
    for cell in columns:
        for cells in _carried(cell, terms):
            unit = Unit(cells, effect_of(columns, ((each, 1) for each in cells)))
            for equation in unit.effect:
                found[equation].append(unit)
    return [tuple(each) for each in found]


def _carried(cell: int, terms: Mapping[int, Sequence[Sequence[int]]]) -> list[tuple[int, ...]]:
    """The cell alone; with each total of which it is a term; with all totals that follow from it."""
    above = _totals_of(cell, terms)
    everything = list(above)
    for total in everything:
        everything += [further for further in _totals_of(total, terms) if further not in everything]
    sets = [(cell,), *((cell, total) for total in above), (cell, *everything)]
    return list(dict.fromkeys(sets))


def _totals_of(cell: int, terms: Mapping[int, Sequence[Sequence[int]]]) -> list[int]:
    return [total for total, sums in terms.items() if any(cell in each for each in sums)]


def _strips(
    cls: type,
    place: Mapping[Address, int],
    columns: Mapping[int, Effect],
    terms: Mapping[int, object],
) -> Iterator[Strip]:
    for grid in grids(cls):
        blanks = [(cell.row, cell.column, place[cell.at]) for cell in grid.cells if cell.at is not None]
        for direction in (0, 1):
            for line in sorted({blank[direction] for blank in blanks}):
                cells = tuple(blank[2] for blank in blanks if blank[direction] == line and blank[2] in columns)
                if len(cells) > 1:
                    totals = [index for index, cell in enumerate(cells) if cell in terms]
                    ends = sorted({*totals, *(index - 1 for index in totals), len(cells) - 1} - {-1, 0})
                    count = Counter(equation for cell in cells for equation in columns[cell])
                    binding = {cell: tuple(each for each in columns[cell] if count[each] > 1) for cell in cells}
                    yield Strip(direction == 0, cells, tuple(totals), tuple(ends), frozenset(count), binding)


def _components(columns: Mapping[int, Effect], count: int) -> Sequence[int]:
    """The independent part of the system to which each equation belongs, known by its first equation."""
    part = list(range(count))
    for column in columns.values():
        joined = {part[equation] for equation in column}
        part = [min(joined) if each in joined else each for each in part]
    return part


# -- the numbers of one box ----------------------------------------------------------------------------


class State:
    """The numbers of a box, which of them may change, and how far each equation is from what it may be.

    The difference of an equation without blanks must be 0. Blanks are free, so with blanks on one side only that side
    may fall short, and with blanks on both sides the equation asks for nothing.
    """

    def __init__(self, cls: type, values: Sequence[int], blank: frozenset[int], fixed: frozenset[int]) -> None:
        self.system = system(cls)
        self.values = values
        self.fixed = blank | fixed
        count = len(equations(cls))
        self.difference = [0] * count
        self.low: list[float] = [0] * count
        self.high: list[float] = [0] * count
        for cell, column in self.system.columns.items():
            for equation, coefficient in column.items():
                if cell not in blank:
                    self.difference[equation] += coefficient * values[cell]
                elif coefficient > 0:
                    self.low[equation] = -inf
                else:
                    self.high[equation] = inf
        self.all_hard = not blank

    def broken(self) -> dict[int, int]:
        """The broken equations, each with the amount by which it is off."""
        offs = {equation: self.off(equation, difference) for equation, difference in enumerate(self.difference)}
        return {equation: off for equation, off in offs.items() if off}

    def off(self, equation: int, difference: int) -> int:
        """How far a difference is from what the equation allows."""
        if difference > self.high[equation] or difference < self.low[equation]:
            return difference
        return 0

    def holds(self, equation: int, change: int) -> bool:
        """Whether an equation is in order after its difference has changed."""
        return not self.off(equation, self.difference[equation] + change)

    def mends(self, broken: Mapping[int, int], effect: Effect) -> bool:
        """Whether an effect puts all that is broken in order, and breaks nothing else."""
        return broken.keys() <= effect.keys() and all(
            self.holds(equation, change) for equation, change in effect.items()
        )

    def is_hard(self, equation: int) -> bool:
        """Whether the equation has no blanks."""
        return self.low[equation] == self.high[equation]

    def accepts(self, cell: int, value: int) -> bool:
        """Whether the cell may hold the value instead of its own."""
        return cell not in self.fixed and 0 <= value <= self.system.maxima[cell]

    def effect(self, moves: Moves) -> Effect:
        """What new numbers do to the equations."""
        return effect_of(self.system.columns, ((cell, value - self.values[cell]) for cell, value in moves.items()))

    def sums(self, cell: int) -> Iterator[list[int]]:
        """The terms of each sum that a cell holds, as numbers."""
        for terms in self.system.terms.get(cell, ()):
            yield [self.values[term] for term in terms]
