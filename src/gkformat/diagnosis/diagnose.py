"""Find the fewest slips that would explain the broken equations of a report, most likely first.

This is the error localization of Fellegi and Holt (1976), the smallest change after which all equations hold. Changes
are counted in slips, each of which may affect one cell or several, and equally many slips are ordered by likelihood.
Nothing is applied: `replace(report, diagnosis.changes)` does that.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, cast

from attrs import evolve, field

from gkformat.base.address import Address
from gkformat.base.arguments import INTEGER, demand
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.sequences import ItemSequence
from gkformat.base.words import Words
from gkformat.diagnosis.budget import Budget
from gkformat.diagnosis.determined import Determined, determined_cells
from gkformat.diagnosis.displacements import displacements
from gkformat.diagnosis.milp import MAX_DIFFERENCE, Solutions, solve, too_large
from gkformat.diagnosis.search import Explanation, Search, distinct, rank
from gkformat.diagnosis.slips import Change, Slip
from gkformat.diagnosis.system import SystemState
from gkformat.judgement.judge import judge
from gkformat.judgement.marks import blanks, unclear_cells, upper_cells
from gkformat.judgement.root import is_report, judge_report
from gkformat.notation.equations import equations
from gkformat.notation.outline import label, number_getter, number_indexes, numbers

BOUND = 100
"""The most explanations to list unless the caller says otherwise."""

BUDGET = 15_000
"""The most steps of work to do unless the caller says otherwise."""

BRIEF_BUDGET = 4_000
"""The steps that suffice for two slips, and are too few to start the solver: for many reports at once."""

NO_SOLVER = Words(
    "未查找三处及以上、又在同一等式中相遇的差错：需要额外的依赖，请运行 pip install 'gkformat[diagnose]'",
    "three or more slips that meet in an equation were not looked for: that needs an extra, "
    "install it with: pip install 'gkformat[diagnose]'",
)
TOO_LARGE = Words(
    f"未查找三处及以上、又在同一等式中相遇的差错：相差之数合计超过 {MAX_DIFFERENCE}",
    "three or more slips that meet in an equation were not looked for: "
    f"the differences add up to more than {MAX_DIFFERENCE}",
)
STOPPED = Words(
    "查找限 {steps} 步，提前停止：可能还有别的、更简单的解释",
    "the search is limited to {steps} steps and stopped early: there may be other explanations, even simpler ones",
)
SEVERAL_CELLS = Words(
    "三处及以上的差错之中，涉及数格的差错（互换、错行、拆分等）只查找了不与其他差错在同一等式中相遇的",
    "of three or more slips, those of several cells (swaps, shifts, splits) were looked for only where they meet no "
    "other slip in an equation",
)


@frozen
class Diagnosis:
    """An explanation: slips that may have happened, and the broken equations that hold without them.

    `mends` are those equations, and `leaves` the broken ones that it does not explain. `equals` is the number of
    explanations, this one included, with the same cost: more than 1 means that nothing decides between them.
    """

    slips: tuple[Slip, ...]
    mends: tuple[Finding, ...] = field(repr=False)
    leaves: tuple[Finding, ...] = field(repr=False)
    equals: int = 1

    @property
    def cost(self) -> tuple[int, int]:
        """The number of slips and the sum of their bits: the more, the less likely."""
        return len(self.slips), sum(slip.bits for slip in self.slips)

    @property
    def changes(self) -> dict[str, int]:
        """The proposed numbers by address, as `replace` takes them."""
        return {change.at: change.proposed for slip in self.slips for change in slip.changes}


@frozen
class Component:
    """A connected component of broken equations, with the explanations of these equations.

    Equations are connected where they share a cell, or where one slip of several cells explains both. Each explanation
    `leaves` the broken equations of the other components. `truncated` and `stopped` as in `Diagnoses`.
    """

    broken: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...]
    truncated: bool = False
    stopped: bool = False
    not_looked_for: tuple[Words, ...] = ()


@frozen
class Diagnoses(ItemSequence[Diagnosis]):
    """The explanations of everything that is broken, most likely first; empty if nothing is, or if there are none.

    `components` are the broken equations that can be explained separately: an explanation of the whole consists of one
    for each component. `truncated` means that there are more explanations than the bound allows, `stopped` that the
    budget ended before the search did, so that explanations may be missing, and even by fewer slips; `not_looked_for`
    says, in words, what was not searched.

    `determined` are the unclear cells of which the equations allow one number only, whether or not any is broken.
    """

    items: tuple[Diagnosis, ...] = ()
    components: tuple[Component, ...] = ()
    truncated: bool = False
    determined: tuple[Determined, ...] = ()

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The broken equations to explain, declared or not."""
        return tuple(finding for component in self.components for finding in component.broken)

    @property
    def stopped(self) -> bool:
        """True if the budget ended before the search did."""
        return any(component.stopped for component in self.components)

    @property
    def first(self) -> tuple[Diagnosis, ...]:
        """The explanations that share the first place: more than one means that nothing decides between them."""
        return self.items[: self.items[0].equals] if self.items else ()

    @property
    def likeliest_changes(self) -> dict[Address, int]:
        """The changes of each component of which one explanation is likelier than every other."""
        best = [component.diagnoses[0] for component in self.components if component.diagnoses]
        return {Address(at): number for each in best if each.equals == 1 for at, number in each.changes.items()}

    @property
    def not_looked_for(self) -> tuple[Words, ...]:
        """The searches that were not made, a sentence each."""
        return tuple(dict.fromkeys(words for component in self.components for words in component.not_looked_for))


def diagnose(box: Any, *, bound: int = BOUND, budget: int = BUDGET) -> Diagnoses:
    """Find the fewest slips that explain every broken equation of a report, a table or a row, most likely first.

    All explanations by that number of slips are listed, up to `bound`: the likelier first, and equally likely ones in
    printed order. A proposed number is one that the cell may hold. A blank or unclear cell is free: it is never
    changed, and an equation that such cells can satisfy is not broken. Declared failures are diagnosed like any other.

    One slip is always found, and two within the budget. Three or more are found where no two of them share an equation,
    and otherwise with the extra `diagnose`. The `budget` is the most steps of work to do for all of this, the same on
    every machine; a few slips need a small part of it. `Diagnoses.stopped` says that it ended before the search did,
    and `Diagnoses.not_looked_for` what was not searched.

    Nothing is applied: `replace(report, diagnosis.changes)` does that for any of the diagnoses. What it `leaves` broken
    stays declared as it was. `Diagnoses.determined` proposes numbers for unclear cells.

    Raises `TypeError` if `box` is not a box of a form, and `ValueError` for a bound or a budget below 1.
    """
    demand(INTEGER, bound=bound, budget=budget)
    if bound < 1:
        raise ValueError(f"至少列出一种解释 / a bound below 1 lists nothing: {bound}")
    if budget < 1:
        raise ValueError(f"至少查找一步 / a budget below 1 looks for nothing: {budget}")
    cls = type(box)
    findings, state = _findings_and_state(box)
    indexes = {(equation.rule, equation.at): index for index, equation in enumerate(equations(cls))}
    broken = {indexes[finding.rule, finding.at]: finding for finding in findings}
    steps = Budget(budget)
    separate = _independent(state)
    explained = {
        min(component): _explain(cls, state, component, broken, bound, steps)
        for component in sorted(separate, key=len)  # what is hard comes last, and leaves enough steps for the rest
    }
    components = tuple(explained[min(component)] for component in separate)
    items, more = _combined(components, bound)
    truncated = more or any(component.truncated for component in components)
    return Diagnoses(items, components, truncated, determined_cells(box, state))


def _findings_and_state(box: Any) -> tuple[list[Finding], SystemState]:
    """Return the broken equations of a box, and the state of its system."""
    cls = type(box)
    # Equations contain counts only; amounts of money are never used.
    values = cast("Sequence[int]", number_getter(cls)(box) if numbers(cls) else ())
    findings = judge_report(box) if is_report(cls) else judge(cls, values)
    free, closed = (
        frozenset(number_indexes(cls)[at] for at in cells)
        for cells in (blanks(box) | unclear_cells(box), upper_cells(box))
    )
    state = SystemState(cls, values, free, closed)
    return [finding for finding in findings if finding.severity == "broken" and finding.terms], state


# -- components ----------------------------------------------------------------------------------------


def _independent(state: SystemState) -> list[dict[int, int]]:
    """Return the broken equations and their violations, separated into components.

    A slip of several cells that explains several components joins them.
    """
    broken = state.broken()
    separate: dict[int, dict[int, int]] = {}
    for equation, violation in broken.items():
        separate.setdefault(state.system.components[equation], {})[equation] = violation
    components = list(separate.values())
    for bridged in _bridges(state, broken) if len(components) > 1 else ():
        joined = {
            equation: violation
            for component in components
            if component.keys() & bridged
            for equation, violation in component.items()
        }
        components = sorted([joined, *(each for each in components if not each.keys() & bridged)], key=min)
    return components


def _bridges(state: SystemState, broken: Mapping[int, int]) -> Iterator[frozenset[int]]:
    """Yield the broken equations of the components that a single displacement explains, if these are several."""

    def in_several(some: Iterable[int]) -> bool:
        return len({state.system.components[equation] for equation in some}) > 1

    for strip in state.system.strips:
        if in_several(strip.equations & broken.keys()):
            for displacement in displacements(state, strip):
                effect = state.effect(displacement.changes)
                bridged = state.system.connected(effect.keys() & broken.keys()) & broken.keys()
                if in_several(bridged) and state.mends({equation: broken[equation] for equation in bridged}, effect):
                    yield bridged


def _explain(
    cls: type,
    state: SystemState,
    component: Mapping[int, int],
    broken: Mapping[int, Finding],
    bound: int,
    budget: Budget,
) -> Component:
    found = _search(state, component, bound, budget)
    explanations = sorted(found.explanations, key=rank)
    diagnoses = [_diagnosis(cls, state, explanation, broken, component) for explanation in explanations[:bound]]
    return Component(
        tuple(broken[equation] for equation in component),
        _with_equals(diagnoses),
        found.truncated or len(explanations) > bound,
        found.stopped,
        (*([STOPPED.format(steps=budget.steps)] if found.stopped else []), *found.not_looked_for),
    )


@frozen
class _Found:
    """Explanations by the fewest slips that a search has found, and how far it came."""

    explanations: list[Explanation]
    stopped: bool
    truncated: bool = False
    not_looked_for: tuple[Words, ...] = ()


def _search(state: SystemState, component: Mapping[int, int], bound: int, budget: Budget) -> _Found:
    search = Search(state, component, budget)
    if found := search.single() or search.pairs():
        return _Found(found, search.stopped)
    found = search.disjoint()
    unsolved = TOO_LARGE if too_large(component) else None
    try:
        solutions = solve(state, component, bound, budget) if not unsolved else Solutions()
    except ImportError:
        unsolved, solutions = NO_SOLVER, Solutions()
    if unsolved or (solutions.stopped and not solutions.found):
        found = found or search.recomputed_totals()
    cells = (
        tuple(search.cell_candidate(cell, value) for cell, value in changes.items()) for changes in solutions.found
    )
    found = distinct([*found, *cells])
    fewest = min(map(len, found), default=0)
    return _Found(
        [each for each in found if len(each) == fewest],
        search.stopped or solutions.stopped,
        not (unsolved or solutions.complete or solutions.stopped),
        (*([unsolved] if unsolved else []), SEVERAL_CELLS),
    )


# -- explanations as values ----------------------------------------------------------------------------


def _diagnosis(
    cls: type, state: SystemState, explanation: Explanation, broken: Mapping[int, Finding], component: Mapping[int, int]
) -> Diagnosis:
    effect = state.effect({cell: value for candidate in explanation for cell, value in candidate.changes})
    mended = {equation for equation in component if equation in effect and state.holds(equation, effect[equation])}
    slips = (
        Slip(
            candidate.kind,
            tuple(_change(cls, cell, state.values[cell], value) for cell, value in candidate.changes),
            candidate.bits,
        )
        for candidate in explanation
    )
    return Diagnosis(
        tuple(slips),
        tuple(broken[equation] for equation in component if equation in mended),
        tuple(finding for equation, finding in broken.items() if equation not in mended),
    )


def _change(cls: type, cell: int, found: int, proposed: int) -> Change:
    at = numbers(cls)[cell]
    return Change(at, label(cls, at), found, proposed)


def _with_equals(diagnoses: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    count = Counter(diagnosis.cost for diagnosis in diagnoses)
    return tuple(evolve(diagnosis, equals=count[diagnosis.cost]) for diagnosis in diagnoses)


def _combined(components: Sequence[Component], bound: int) -> tuple[tuple[Diagnosis, ...], bool]:
    """Return explanations of the whole, likeliest first, and whether there are more.

    Each combines one explanation of every component that has any.
    """
    explained = [component.diagnoses for component in components if component.diagnoses]
    broken = [finding for component in components for finding in component.broken]
    found: list[Diagnosis] = []
    waiting: list[tuple[tuple[int, int], tuple[int, ...]]] = []

    def consider(choice: tuple[int, ...]) -> None:
        if all(index < len(diagnoses) for index, diagnoses in zip(choice, explained, strict=True)):
            heappush(waiting, (_joined(choice, explained, broken).cost, choice))

    if explained:
        consider((0,) * len(explained))
    while waiting and len(found) < bound:
        _, choice = heappop(waiting)
        found.append(_joined(choice, explained, broken))
        # Each choice is reached in one way only: by raising its last index that is not 0.
        last = max((index for index, chosen in enumerate(choice) if chosen), default=0)
        for index in range(last, len(choice)):
            consider((*choice[:index], choice[index] + 1, *choice[index + 1 :]))
    return _with_equals(found), bool(waiting)


def _joined(choice: Sequence[int], explained: Sequence[Sequence[Diagnosis]], broken: Sequence[Finding]) -> Diagnosis:
    chosen = [diagnoses[index] for index, diagnoses in zip(choice, explained, strict=True)]
    mended = tuple(finding for diagnosis in chosen for finding in diagnosis.mends)
    slips = tuple(slip for diagnosis in chosen for slip in diagnosis.slips)
    names = {(finding.rule, finding.at) for finding in mended}  # comparing findings as a whole takes long
    return Diagnosis(slips, mended, tuple(finding for finding in broken if (finding.rule, finding.at) not in names))
