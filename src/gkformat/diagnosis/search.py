"""Search for the fewest slips that explain every broken equation of one component of a system.

One slip is found by elimination: it must be in the broken equation that touches the fewest cells, and each broken
equation gives the amount. Two slips: the amount of the first is given by an equation that contains it but not the
second, and what remains is explained as a single slip. Three or more: slips that share no equation can be separated by
the equations that each of them explains; the rest needs a solver (`gkformat.diagnosis.milp`).

Only the search for one slip is always finished. All else takes steps of a budget and stops where it ends.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gkformat.base.frozen import frozen
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.displacements import Displacement, displacements
from gkformat.diagnosis.slips import SLIP_KINDS, description_length, likeliest, number_length
from gkformat.diagnosis.system import Changes, Effect, LinkedCells, Strip, SystemState

_MAX_SLIPS = 12
"""The most slips that `Search.disjoint` looks for."""


@frozen
class Candidate:
    """A slip that may have happened: its kind, its bits, and the numbers that would undo it, by cell."""

    kind: str
    bits: int
    changes: tuple[tuple[int, int], ...]


Explanation = tuple[Candidate, ...]
"""Slips that together explain every broken equation."""


class Search:
    """The search in one component. `stopped` means that the budget ended before every explanation was found."""

    def __init__(self, state: SystemState, broken: Mapping[int, int], budget: Budget) -> None:
        self._state = state
        self._budget = budget
        self._broken = broken
        self._equations = state.system.connected(broken)
        self._cells = {cell for cell, column in state.system.columns.items() if self._equations & column.keys()}
        self._found_displacements: list[tuple[Displacement, Effect]] | None = None
        self.stopped = False

    def _step(self) -> bool:
        """Take a step, and return False if there was none left."""
        if not self._budget.spend():
            self.stopped = True
        return not self.stopped

    # -- one slip --------------------------------------------------------------------------------------

    def single(self) -> list[Explanation]:
        """Return every explanation by one slip."""
        candidates = [self._linked_candidate(linked, amount) for linked, amount in self._single_changes(self._broken)]
        for strip in self._state.system.strips:
            if self._broken.keys() <= strip.equations:
                found = self._displacements_in(strip, min(self._broken))
                candidates += [
                    self._displacement_candidate(displacement)
                    for displacement, effect in found
                    if self._state.mends(self._broken, effect)
                ]
        return distinct((candidate,) for candidate in candidates)

    def _single_changes(
        self, broken: Mapping[int, int], before: Effect | None = None
    ) -> Iterator[tuple[LinkedCells, int]]:
        """Yield linked cells with the amount of the change that repairs all broken equations.

        `before` is the effect of a slip that has already been undone.
        """
        touching = self._state.system.linked_cells
        for linked in touching[min(broken, key=lambda equation: (len(touching[equation]), equation))]:
            if broken.keys() <= linked.effect.keys():
                for amount in self._amounts(linked, broken):
                    if self._repairs(linked, amount, before or {}) and self._is_possible(linked, amount):
                        yield linked, amount

    def _amounts(self, linked: LinkedCells, broken: Mapping[int, int]) -> Iterable[int]:
        """Return the amounts of a change of linked cells after each of which some broken equation holds."""
        found: dict[int, None] = {}
        for equation, coefficient in linked.effect.items():
            amount, rest = divmod(-broken.get(equation, 0), coefficient)
            if amount and not rest:
                found[amount] = None
        return found

    def _repairs(self, linked: LinkedCells, amount: int, before: Effect) -> bool:
        """Return True if every equation of the linked cells holds after their change."""
        difference, violation = self._state.difference, self._state.violation
        return not any(
            violation(equation, difference[equation] + before.get(equation, 0) + coefficient * amount)
            for equation, coefficient in linked.effect.items()
        )

    def _is_possible(self, linked: LinkedCells, amount: int) -> bool:
        """Return True if each of the linked cells may hold the number it would have after the change."""
        return all(self._state.accepts(cell, self._state.values[cell] + amount) for cell in linked.cells)

    # -- two slips -------------------------------------------------------------------------------------

    def pairs(self) -> list[Explanation]:
        """Return every explanation by two slips in different cells."""
        found = [*self._linked_pairs(), *self._displacement_pairs()]
        return distinct(pair for pair in found if _is_disjoint(pair))

    def _linked_pairs(self) -> Iterator[Explanation]:
        touching = self._state.system.linked_cells
        for linked in touching[min(self._broken, key=lambda equation: (len(touching[equation]), equation))]:
            for amount in self._amounts(linked, self._broken):
                if not self._step():
                    return
                if self._is_possible(linked, amount):
                    effect = {equation: coefficient * amount for equation, coefficient in linked.effect.items()}
                    for other in self._second_slips(effect):
                        yield self._linked_candidate(linked, amount), other

    def _second_slips(self, effect: Effect) -> Iterator[Candidate]:
        """Yield the changes of linked cells that explain what remains broken after the effect of a first slip."""
        widest = self._state.system.widest
        if len(self._broken.keys() - effect.keys()) <= widest:
            remaining = self._remaining(effect)
            if 0 < len(remaining) <= widest:
                for linked, amount in self._single_changes(remaining, effect):
                    yield self._linked_candidate(linked, amount)

    def _remaining(self, effect: Effect) -> Mapping[int, int]:
        """Return the equations that are broken after an effect, each with its violation."""
        state = self._state
        remaining = {equation: amount for equation, amount in self._broken.items() if equation not in effect}
        for equation, change in effect.items():
            if violation := state.violation(equation, state.difference[equation] + change):
                remaining[equation] = violation
        return remaining

    def _displacement_pairs(self) -> Iterator[Explanation]:
        """Yield explanations by a displacement together with a change of linked cells or with another displacement."""
        found = self._all_displacements()
        by_effect: dict[frozenset[tuple[int, int]], list[int]] = {}
        for index, (displacement, effect) in enumerate(found):
            if not self._step():
                return
            by_effect.setdefault(self._on_exact(effect), []).append(index)
            for other in self._second_slips(effect):
                yield self._displacement_candidate(displacement), other
        for index, (displacement, effect) in enumerate(found):
            # The other slip must cancel what is still violated. Where there are blanks, `mends` decides.
            missing = {equation: -amount for equation, amount in self._broken.items()}
            for equation, change in effect.items():
                if missing.get(equation) == change:
                    del missing[equation]
                else:
                    missing[equation] = missing.get(equation, 0) - change
            for later in by_effect.get(self._on_exact(missing), ()):
                second, its_effect = found[later]
                if index < later and self._state.mends(self._broken, _sum(effect, its_effect)):
                    yield self._displacement_candidate(displacement), self._displacement_candidate(second)

    def _on_exact(self, effect: Effect) -> frozenset[tuple[int, int]]:
        """Return an effect without the equations that have blanks, as a key."""
        if self._state.all_exact:
            return frozenset(effect.items())
        is_exact = self._state.is_exact
        return frozenset((equation, change) for equation, change in effect.items() if change and is_exact(equation))

    # -- more slips ------------------------------------------------------------------------------------

    def disjoint(self) -> list[Explanation]:
        """Return the explanations by the fewest slips of which no two share an equation; there may be none."""
        by_equation: dict[int, list[tuple[Candidate, frozenset[int]]]] = {}
        for candidate, touched in self._isolated_slips():
            for equation in touched:
                by_equation.setdefault(equation, []).append((candidate, touched))
        widest = max((len(touched) for each in by_equation.values() for _, touched in each), default=1)
        for depth in range(3, _MAX_SLIPS + 1):
            covers = self._covers(frozenset(self._broken), by_equation, depth, widest)
            found = distinct(cover for cover in covers if _is_disjoint(cover))
            if found or self.stopped:
                return found
        return []

    def _covers(
        self,
        remaining: frozenset[int],
        by_equation: Mapping[int, Sequence[tuple[Candidate, frozenset[int]]]],
        depth: int,
        widest: int,
    ) -> Iterator[Explanation]:
        """Yield every cover of the remaining equations by at most `depth` slips, no two of which touch one equation.

        No slip touches more than `widest` equations.
        """
        if len(remaining) > depth * widest or not self._step():
            return
        if not remaining:
            yield ()
            return
        first = min(remaining, key=lambda equation: (len(by_equation.get(equation, ())), equation))
        for candidate, touched in by_equation.get(first, ()):
            if touched <= remaining:
                for rest in self._covers(remaining - touched, by_equation, depth - 1, widest):
                    yield (candidate, *rest)

    def _isolated_slips(self) -> Iterator[tuple[Candidate, frozenset[int]]]:
        """Yield the slips that touch broken equations only and mend each of them, with these equations."""
        touching = self._state.system.linked_cells
        for linked in dict.fromkeys(linked for equation in self._broken for linked in touching[equation]):
            if linked.effect.keys() <= self._broken.keys():
                for amount in self._amounts(linked, self._broken):
                    if self._repairs(linked, amount, {}) and self._is_possible(linked, amount):
                        yield self._linked_candidate(linked, amount), frozenset(linked.effect)
        for displacement, effect in self._all_displacements():
            if effect.keys() <= self._broken.keys() and self._state.mends({}, effect):
                yield self._displacement_candidate(displacement), frozenset(effect)

    def recomputed_totals(self) -> list[Explanation]:
        """Return the explanation in which every wrong total is a slip, as far as computing them breaks no equation.

        Every equation with a changed cell holds then: those that stay broken are as they were found.
        """
        kept = set(self._state.fixed)
        while new := self._totals_computed(kept):
            violated = self._violated_by(new)
            refused = {
                cell
                for cell, value in new.items()
                if violated & self._state.system.columns[cell].keys() or not self._state.accepts(cell, value)
            }
            if not refused:
                return [tuple(self.cell_candidate(cell, value) for cell, value in new.items())]
            kept |= refused
        return []

    def _totals_computed(self, kept: Collection[int]) -> dict[int, int]:
        """Return the totals of the component that change when they are computed anew, apart from those that are kept.

        A total over a cell that may not change is kept, too: a blank has no number to add.
        """
        values, terms = list(self._state.values), self._state.system.terms
        for _ in terms:  # a total of totals is right only once the totals that it adds up are
            for total, sums in terms.items():
                if total not in kept and self._state.fixed.isdisjoint(sums[0]):
                    values[total] = sum(values[term] for term in sums[0])
        return {cell: values[cell] for cell in sorted(self._cells) if values[cell] != self._state.values[cell]}

    def _violated_by(self, changes: Changes) -> frozenset[int]:
        """Return the equations with a changed cell that do not hold after the changes."""
        state, effect = self._state, self._state.effect(changes)
        touched = {equation for cell in changes for equation in state.system.columns[cell]}
        return frozenset(equation for equation in touched if not state.holds(equation, effect.get(equation, 0)))

    # -- candidates ------------------------------------------------------------------------------------

    def cell_candidate(self, cell: int, value: int) -> Candidate:
        """Return the likeliest slip that explains one cell by another number."""
        bits, kind = likeliest(self._state.values[cell], value, self._state.sums(cell))
        return Candidate(kind, bits + self._added_length({cell: value}), ((cell, value),))

    def _added_length(self, changes: Changes) -> int:
        """Return by how many bits the changes lengthen the numbers; totals do not count, for they only follow."""
        state = self._state
        return sum(
            number_length(value) - number_length(state.values[cell])
            for cell, value in changes.items()
            if cell not in state.system.terms
        )

    def _linked_candidate(self, linked: LinkedCells, amount: int) -> Candidate:
        cell, *totals = linked.cells
        values = self._state.values
        alone = self.cell_candidate(cell, values[cell] + amount)
        if not totals:
            return alone
        bits = alone.bits + SLIP_KINDS["carried"].bits
        return Candidate("carried", bits, tuple(sorted((each, values[each] + amount) for each in linked.cells)))

    def _displacement_candidate(self, displacement: Displacement) -> Candidate:
        bits = description_length(displacement.kind, displacement.ways) + self._added_length(displacement.changes)
        return Candidate(displacement.kind, bits, tuple(sorted(displacement.changes.items())))

    def _all_displacements(self) -> list[tuple[Displacement, Effect]]:
        """Return every displacement within the component, computed once."""
        if self._found_displacements is None:
            strips = [strip for strip in self._state.system.strips if self._equations & strip.equations]
            self._found_displacements = [found for strip in strips for found in self._displacements_in(strip)]
        return self._found_displacements

    def _displacements_in(self, strip: Strip, within: int | None = None) -> Iterator[tuple[Displacement, Effect]]:
        """Yield the displacements in a strip that change cells of this component only, with their effects."""
        for displacement in displacements(self._state, strip, within):
            if displacement.changes.keys() <= self._cells:
                yield displacement, self._state.effect(displacement.changes)


def _sum(one: Effect, other: Effect) -> Effect:
    return {equation: one.get(equation, 0) + other.get(equation, 0) for equation in {*one, *other}}


def _is_disjoint(explanation: Explanation) -> bool:
    """Return True if no cell is changed by two slips."""
    cells = [cell for candidate in explanation for cell, _ in candidate.changes]
    return len(set(cells)) == len(cells)


def distinct(found: Iterable[Explanation]) -> list[Explanation]:
    """Keep the likeliest of the explanations that make the same changes."""
    best: dict[Changes | frozenset[tuple[int, int]], Explanation] = {}
    for explanation in found:
        changes = frozenset(change for candidate in explanation for change in candidate.changes)
        known = best.get(changes)
        if known is None or rank(explanation) < rank(known):
            best[changes] = tuple(sorted(explanation, key=lambda candidate: candidate.changes))
    return list(best.values())


def rank(explanation: Explanation) -> tuple[int, int, tuple[tuple[tuple[int, int], ...], ...]]:
    """Return the sort key of an explanation: fewest slips, then likeliest slips, then printed order."""
    changes = tuple(sorted(candidate.changes for candidate in explanation))
    return len(explanation), sum(candidate.bits for candidate in explanation), changes
