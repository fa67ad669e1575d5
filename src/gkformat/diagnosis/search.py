"""The search for the fewest slips that would explain all broken equations of one independent part of a system.

One slip is found by elimination: it must stand in the broken equation that offers the fewest cells, and each broken
equation says by how much. Two slips: whatever the first is, an equation in which it stands and the second does not says
by how much; then the second is found as one. More slips: those that do not meet in an equation can be told apart, each
by the equations that it explains; for others a solver is needed (`gkformat.diagnosis.milp`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from gkformat.diagnosis.displacements import Move, moves
from gkformat.diagnosis.slips import KINDS, cost, likeliest, size
from gkformat.diagnosis.system import Effect, Moves, State, Strip, Unit

_DEPTH = 12
"""The most slips that are told apart where they do not meet."""

_STEPS = 20_000
"""The most steps of that search."""


@frozen
class Guess:
    """One slip that may have happened: its kind and bits, and the new numbers that would undo it."""

    kind: str
    bits: int
    moves: tuple[tuple[int, int], ...]


Explanation = tuple[Guess, ...]
"""Slips that together explain all that is broken."""


class Search:
    """The search in one independent part. `exhausted` says that it was given up before it had found all."""

    def __init__(self, state: State, broken: Mapping[int, int]) -> None:
        self._state = state
        self._broken = broken
        self._here = state.system.part_of(broken)
        self._cells = {cell for cell, column in state.system.columns.items() if self._here & column.keys()}
        self._listed: list[tuple[Move, Effect]] | None = None
        self.exhausted = False

    # -- one slip --------------------------------------------------------------------------------------

    def one(self) -> list[Explanation]:
        """All explanations by one slip."""
        guesses = [self._of_unit(unit, amount) for unit, amount in self._units(self._broken)]
        for strip in self._state.system.strips:
            if self._broken.keys() <= strip.equations:
                found = self._of_strip(strip, min(self._broken))
                guesses += [self._of_move(move) for move, effect in found if self._state.mends(self._broken, effect)]
        return distinct((guess,) for guess in guesses)

    def _units(self, broken: Mapping[int, int], shift: Effect | None = None) -> Iterator[tuple[Unit, int]]:
        """Every unit, and the amount by which it must change, that explains what is broken after a shift."""
        units = self._state.system.units
        for unit in units[min(broken, key=lambda equation: (len(units[equation]), equation))]:
            if broken.keys() <= unit.effect.keys():
                for amount in self._amounts(unit, broken):
                    if self._fits(unit, amount, shift or {}) and self._possible(unit, amount):
                        yield unit, amount

    def _amounts(self, unit: Unit, broken: Mapping[int, int]) -> Iterable[int]:
        """The amounts by which a unit would have to change for one of the broken equations to hold."""
        found: dict[int, None] = {}
        for equation, coefficient in unit.effect.items():
            amount, rest = divmod(-broken.get(equation, 0), coefficient)
            if amount and not rest:
                found[amount] = None
        return found

    def _fits(self, unit: Unit, amount: int, shift: Effect) -> bool:
        """Whether all equations of a unit are in order after its change."""
        difference, off = self._state.difference, self._state.off
        return not any(
            off(equation, difference[equation] + shift.get(equation, 0) + coefficient * amount)
            for equation, coefficient in unit.effect.items()
        )

    def _possible(self, unit: Unit, amount: int) -> bool:
        """Whether all cells of a unit may hold the numbers that they would then have."""
        return all(self._state.accepts(cell, self._state.values[cell] + amount) for cell in unit.cells)

    # -- two slips -------------------------------------------------------------------------------------

    def two(self) -> list[Explanation]:
        """All explanations by two slips in different cells."""
        found = [*self._two_units(), *self._two_of_strips()]
        return distinct(pair for pair in found if _apart(pair))

    def _two_units(self) -> Iterator[Explanation]:
        units = self._state.system.units
        for unit in units[min(self._broken, key=lambda equation: (len(units[equation]), equation))]:
            for amount in self._amounts(unit, self._broken):
                if self._possible(unit, amount):
                    effect = {equation: coefficient * amount for equation, coefficient in unit.effect.items()}
                    for other in self._seconds(effect):
                        yield self._of_unit(unit, amount), other

    def _seconds(self, effect: Effect) -> Iterator[Guess]:
        """The slips in a single place that explain what a first one leaves."""
        widest = self._state.system.widest
        if len(self._broken.keys() - effect.keys()) <= widest:
            left = self._left(effect)
            if 0 < len(left) <= widest:
                for unit, amount in self._units(left, effect):
                    yield self._of_unit(unit, amount)

    def _left(self, effect: Effect) -> Mapping[int, int]:
        """What is broken after an effect."""
        state = self._state
        left = {equation: off for equation, off in self._broken.items() if equation not in effect}
        for equation, change in effect.items():
            if off := state.off(equation, state.difference[equation] + change):
                left[equation] = off
        return left

    def _two_of_strips(self) -> Iterator[Explanation]:
        """Explanations by a slip of several cells with one in a single place, or with another of several cells."""
        listed = self._of_strips()
        by_effect: dict[frozenset[tuple[int, int]], list[int]] = {}
        for place, (move, effect) in enumerate(listed):
            by_effect.setdefault(self._hard(effect), []).append(place)
            for other in self._seconds(effect):
                yield self._of_move(move), other
        for place, (move, effect) in enumerate(listed):
            # Of what is still off, the other slip must do the opposite; where there are blanks, the check decides.
            missing = {equation: -off for equation, off in self._broken.items()}
            for equation, change in effect.items():
                if missing.get(equation) == change:
                    del missing[equation]
                else:
                    missing[equation] = missing.get(equation, 0) - change
            for further in by_effect.get(self._hard(missing), ()):
                second, its_effect = listed[further]
                if place < further and self._state.mends(self._broken, _together(effect, its_effect)):
                    yield self._of_move(move), self._of_move(second)

    def _hard(self, effect: Effect) -> frozenset[tuple[int, int]]:
        if self._state.all_hard:
            return frozenset(effect.items())
        is_hard = self._state.is_hard
        return frozenset((equation, change) for equation, change in effect.items() if change and is_hard(equation))

    # -- more slips ------------------------------------------------------------------------------------

    def apart(self) -> list[Explanation]:
        """The fewest slips that explain all and meet in no equation; empty if there are none."""
        by_equation: dict[int, list[tuple[Guess, frozenset[int]]]] = {}
        for guess, touched in self._clean():
            for equation in touched:
                by_equation.setdefault(equation, []).append((guess, touched))
        for depth in range(3, _DEPTH + 1):
            steps = iter(range(_STEPS))
            found = distinct(
                each for each in _covers(frozenset(self._broken), by_equation, depth, steps) if _apart(each)
            )
            self.exhausted = next(steps, None) is None
            if found or self.exhausted:
                return found
        return []

    def _clean(self) -> Iterator[tuple[Guess, frozenset[int]]]:
        """Slips that put in order every equation in which they stand, all of them broken."""
        units = dict.fromkeys(unit for equation in self._broken for unit in self._state.system.units[equation])
        for unit in units:
            if unit.effect.keys() <= self._broken.keys():
                for amount in self._amounts(unit, self._broken):
                    if self._fits(unit, amount, {}) and self._possible(unit, amount):
                        yield self._of_unit(unit, amount), frozenset(unit.effect)
        for move, effect in self._of_strips():
            if effect.keys() <= self._broken.keys() and self._state.mends({}, effect):
                yield self._of_move(move), frozenset(effect)

    def totals(self) -> list[Explanation]:
        """The totals that are not the sum of their parts, all computed anew, each a slip; if that breaks nothing."""
        state, terms = self._state, self._state.system.terms
        values = list(state.values)
        blank = state.fixed
        for _ in terms:  # a total of totals settles after those that it adds up
            for total, sums in terms.items():
                if total not in blank and blank.isdisjoint(sums[0]):
                    values[total] = sum(values[term] for term in sums[0])
        new = {cell: values[cell] for cell in sorted(self._cells) if values[cell] != state.values[cell]}
        if not new or self._left(state.effect(new)).keys() - self._broken.keys():
            return []
        return [tuple(self.of_cell(cell, value) for cell, value in new.items())]

    # -- slips as guesses ------------------------------------------------------------------------------

    def of_cell(self, cell: int, value: int) -> Guess:
        """A single cell with another number, as the likeliest slip."""
        bits, kind = likeliest(self._state.values[cell], value, self._state.sums(cell))
        return Guess(kind, bits + self._size({cell: value}), ((cell, value),))

    def _size(self, moves: Moves) -> int:
        """By how many bits the numbers would become larger: those that a hand wrote, for a total only follows."""
        state = self._state
        return sum(
            size(value) - size(state.values[cell]) for cell, value in moves.items() if cell not in state.system.terms
        )

    def _of_unit(self, unit: Unit, amount: int) -> Guess:
        cell, *totals = unit.cells
        values = self._state.values
        alone = self.of_cell(cell, values[cell] + amount)
        if not totals:
            return alone
        bits = alone.bits + KINDS["carried"].bits
        return Guess("carried", bits, tuple(sorted((each, values[each] + amount) for each in unit.cells)))

    def _of_move(self, move: Move) -> Guess:
        bits = cost(move.kind, move.ways) + self._size(move.moves)
        return Guess(move.kind, bits, tuple(sorted(move.moves.items())))

    def _of_strips(self) -> list[tuple[Move, Effect]]:
        """Every slip of several cells anywhere in the part."""
        if self._listed is None:
            strips = [strip for strip in self._state.system.strips if self._here & strip.equations]
            self._listed = [found for strip in strips for found in self._of_strip(strip)]
        return self._listed

    def _of_strip(self, strip: Strip, within: int | None = None) -> Iterator[tuple[Move, Effect]]:
        """Every slip of several cells in a row or a column, but for those in other parts, which are told there."""
        for move in moves(self._state, strip, within):
            if move.moves.keys() <= self._cells:
                yield move, self._state.effect(move.moves)


def _together(one: Effect, other: Effect) -> Effect:
    return {equation: one.get(equation, 0) + other.get(equation, 0) for equation in {*one, *other}}


def _apart(explanation: Explanation) -> bool:
    """Whether no cell is changed by two slips."""
    cells = [cell for guess in explanation for cell, _ in guess.moves]
    return len(set(cells)) == len(cells)


def _covers(
    left: frozenset[int],
    by_equation: Mapping[int, Sequence[tuple[Guess, frozenset[int]]]],
    depth: int,
    steps: Iterator[int],
) -> Iterator[Explanation]:
    """Every way to cover what is broken by slips of which no two touch the same equation."""
    if not left:
        yield ()
        return
    if not depth or next(steps, None) is None:
        return
    first = min(left, key=lambda equation: (len(by_equation.get(equation, ())), equation))
    for guess, touched in by_equation.get(first, ()):
        if touched <= left:
            for rest in _covers(left - touched, by_equation, depth - 1, steps):
                yield (guess, *rest)


def distinct(found: Iterable[Explanation]) -> list[Explanation]:
    """The same explanations without repeats: of those that change the same cells alike, the likeliest."""
    best: dict[Moves | frozenset[tuple[int, int]], Explanation] = {}
    for explanation in found:
        changes = frozenset(change for guess in explanation for change in guess.moves)
        known = best.get(changes)
        if known is None or rank(explanation) < rank(known):
            best[changes] = tuple(sorted(explanation, key=lambda guess: guess.moves))
    return list(best.values())


def rank(explanation: Explanation) -> tuple[int, int, tuple[tuple[tuple[int, int], ...], ...]]:
    """What orders explanations: fewest slips, likeliest slips, printed order."""
    places = tuple(sorted(guess.moves for guess in explanation))
    return len(explanation), sum(guess.bits for guess in explanation), places
