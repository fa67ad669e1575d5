"""Which cell is wrong: the fewest slips that would explain what is broken in a report, most likely first.

What is sought is the error localization of Fellegi and Holt (1976): the smallest change after which all equations hold.
Here a change is what one slip did, in one cell or in several, and of as many slips the likelier ones come first.
Nothing is applied: `replace(report, diagnosis.changes)` does that.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, cast, overload

from attrs import evolve, field, frozen

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.words import Words
from gkformat.diagnosis.displacements import moves
from gkformat.diagnosis.milp import LARGEST, solve, too_large
from gkformat.diagnosis.search import Explanation, Search, distinct, rank
from gkformat.diagnosis.slips import Change, Slip
from gkformat.diagnosis.system import State
from gkformat.judgement.judge import judge
from gkformat.judgement.marks import blanks, zeros
from gkformat.judgement.root import is_root, judged_root
from gkformat.notation.equations import equations
from gkformat.notation.outline import label, numbers, reader

BOUND = 100
"""The most explanations that are listed unless the caller says otherwise."""

NO_SOLVER = Words(
    "未查找三处及以上、又在同一等式中相遇的差错：需要额外的依赖，请运行 pip install 'gkformat[diagnose]'",
    "three or more slips that meet in an equation were not looked for: that needs an extra, "
    "install it with: pip install 'gkformat[diagnose]'",
)
TOO_LARGE = Words(
    f"未查找三处及以上、又在同一等式中相遇的差错：相差之数合计超过 {LARGEST}",
    f"three or more slips that meet in an equation were not looked for: the differences add up to more than {LARGEST}",
)
SEVERAL_CELLS = Words(
    "三处及以上的差错之中，涉及数格的差错（互换、错行、拆分等）只查找了不与其他差错在同一等式中相遇的",
    "of three or more slips, those of several cells (swaps, shifts, splits) were looked for only where they meet no "
    "other slip in an equation",
)


@frozen
class Diagnosis:
    """One explanation: slips that may have happened, and the broken equations that hold without them.

    `mends` are those equations, `leaves` the broken ones that it does not explain. `equals` tells how many
    explanations, this one included, have the very same cost: more than 1 means that it is not decided between them.
    """

    slips: tuple[Slip, ...]
    mends: tuple[Finding, ...] = field(repr=False)
    leaves: tuple[Finding, ...] = field(repr=False)
    equals: int = 1

    @property
    def cost(self) -> tuple[int, int]:
        """How many slips, and their bits: the more, the less likely."""
        return len(self.slips), sum(slip.bits for slip in self.slips)

    @property
    def changes(self) -> dict[str, int]:
        """The proposed numbers by address, as `replace` takes them."""
        return {change.at: change.proposed for slip in self.slips for change in slip.changes}


@frozen
class Part:
    """Broken equations that can be explained by themselves, and their explanations, each of which leaves the others."""

    broken: tuple[Finding, ...]
    diagnoses: tuple[Diagnosis, ...]
    truncated: bool = False
    not_looked_for: tuple[Words, ...] = ()


@frozen
class Diagnoses(Sequence[Diagnosis]):
    """The explanations of all that is broken, most likely first; empty if nothing is, or if there is none.

    `parts` takes apart what can be explained by itself: an explanation of the whole is one of each part. `truncated`
    says that there are more than the bound allowed; `not_looked_for` says, in words, what was not searched.
    """

    items: tuple[Diagnosis, ...] = ()
    parts: tuple[Part, ...] = ()
    truncated: bool = False

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The broken equations that were to be explained, declared or not."""
        return tuple(finding for part in self.parts for finding in part.broken)

    @property
    def first(self) -> tuple[Diagnosis, ...]:
        """The explanations that share the first place: more than one means that it is not decided between them."""
        return self.items[: self.items[0].equals] if self.items else ()

    @property
    def not_looked_for(self) -> tuple[Words, ...]:
        """What was not searched, a sentence each."""
        return tuple(dict.fromkeys(said for part in self.parts for said in part.not_looked_for))

    def __iter__(self) -> Iterator[Diagnosis]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Diagnosis: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Diagnosis, ...]: ...
    def __getitem__(self, index: int | slice) -> Diagnosis | tuple[Diagnosis, ...]:
        return self.items[index]


def diagnose(box: Any, *, bound: int = BOUND) -> Diagnoses:
    """The fewest slips that explain every broken equation of a report, a table or a row, most likely first.

    All explanations by that number of slips are listed, up to `bound`; the likelier of them first, and as printed
    among equals. A proposed number is one that the cell may hold. A blank cell is free: it is never changed, and an
    equation that its blanks can make hold needs no mending. Declared failures are diagnosed like others.

    One or two slips are always found. More of them are found where they do not meet in an equation, and else with the
    extra `diagnose`; the answer says what was not looked for. Nothing is applied, see `replace`.

    Raises `TypeError` for what is no box of a form, and `ValueError` for a bound below 1.
    """
    if bound < 1:
        raise ValueError(f"至少列出一种解释 / a bound below 1 lists nothing: {bound}")
    cls = type(box)
    findings, state = _judged(box)
    order = {(equation.rule, equation.at): number for number, equation in enumerate(equations(cls))}
    broken = {order[finding.rule, finding.at]: finding for finding in findings}
    parts = tuple(_part(cls, state, part, broken, bound) for part in _parts(state))
    items, more = _combined(parts, bound)
    return Diagnoses(items, parts, more or any(part.truncated for part in parts))


def _judged(box: Any) -> tuple[list[Finding], State]:
    """The broken equations of a box, and its numbers: which of them are blank, and which may not change."""
    cls = type(box)
    # Only counts stand in equations, so no amount of money is looked at.
    values = cast("Sequence[int]", reader(cls)(box) if numbers(cls) else ())
    place = {at: cell for cell, at in enumerate(numbers(cls))}
    blank: frozenset[Address] = frozenset()
    closed: set[Address] = set()
    if is_root(cls):
        blank = blanks(box)
        closed = {at for mark in box.marks if mark.kind == "merged" for at in zeros(cls, mark)}
        findings: Iterable[Finding] = judged_root(box)
    else:
        findings = judge(cls, values)
    state = State(cls, values, frozenset(place[at] for at in blank), frozenset(place[at] for at in closed))
    return [finding for finding in findings if finding.severity == "broken"], state


# -- independent parts ---------------------------------------------------------------------------------


def _parts(state: State) -> list[dict[int, int]]:
    """What is broken, taken apart: equations that share no cell, unless one slip of several cells explains both."""
    broken = state.broken()
    apart: dict[int, dict[int, int]] = {}
    for equation, off in broken.items():
        apart.setdefault(state.system.components[equation], {})[equation] = off
    parts = list(apart.values())
    for touched in _across(state, broken) if len(parts) > 1 else ():
        joined = {equation: off for part in parts if part.keys() & touched for equation, off in part.items()}
        parts = sorted([joined, *(part for part in parts if not part.keys() & touched)], key=min)
    return parts


def _across(state: State, broken: Mapping[int, int]) -> Iterator[frozenset[int]]:
    """For each slip that explains all that is broken in several parts: the broken equations in which it stands."""

    def several(some: Iterable[int]) -> bool:
        return len({state.system.components[equation] for equation in some}) > 1

    for strip in state.system.strips:
        if several(strip.equations & broken.keys()):
            for move in moves(state, strip):
                effect = state.effect(move.moves)
                around = state.system.part_of(effect.keys() & broken.keys()) & broken.keys()
                if several(around) and state.mends({equation: broken[equation] for equation in around}, effect):
                    yield around


def _part(cls: type, state: State, part: Mapping[int, int], broken: Mapping[int, Finding], bound: int) -> Part:
    explanations, truncated, unsearched = _explained(Search(state, part), state, part, bound)
    explanations.sort(key=rank)
    here = tuple(broken[equation] for equation in part)
    diagnoses = [_diagnosis(cls, state, explanation, broken, part) for explanation in explanations[:bound]]
    return Part(here, _with_equals(diagnoses), truncated or len(explanations) > bound, unsearched)


def _explained(
    search: Search, state: State, part: Mapping[int, int], bound: int
) -> tuple[list[Explanation], bool, tuple[Words, ...]]:
    """Explanations by the fewest slips; whether there may be more of them; what was not looked for."""
    if found := search.one() or search.two():
        return found, False, ()
    found = search.apart()
    if too_large(part):
        return found or search.totals(), search.exhausted, (TOO_LARGE, SEVERAL_CELLS)
    try:
        solutions = solve(state, part, bound)
    except ImportError:
        return found or search.totals(), search.exhausted, (NO_SOLVER, SEVERAL_CELLS)
    cells = (tuple(search.of_cell(cell, value) for cell, value in moves.items()) for moves in solutions.found)
    found = distinct([*found, *cells])
    fewest = min(map(len, found), default=0)
    return [each for each in found if len(each) == fewest], search.exhausted or not solutions.complete, (SEVERAL_CELLS,)


# -- explanations as values ----------------------------------------------------------------------------


def _diagnosis(
    cls: type, state: State, explanation: Explanation, broken: Mapping[int, Finding], part: Mapping[int, int]
) -> Diagnosis:
    effect = state.effect({cell: value for guess in explanation for cell, value in guess.moves})
    mended = {equation for equation in part if equation in effect and state.holds(equation, effect[equation])}
    slips = (
        Slip(
            guess.kind,
            tuple(_change(cls, cell, state.values[cell], value) for cell, value in guess.moves),
            guess.bits,
        )
        for guess in explanation
    )
    return Diagnosis(
        tuple(slips),
        tuple(broken[equation] for equation in part if equation in mended),
        tuple(finding for equation, finding in broken.items() if equation not in mended),
    )


def _change(cls: type, cell: int, found: int, proposed: int) -> Change:
    at = numbers(cls)[cell]
    return Change(at, label(cls, at), found, proposed)


def _with_equals(diagnoses: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    count = Counter(diagnosis.cost for diagnosis in diagnoses)
    return tuple(evolve(diagnosis, equals=count[diagnosis.cost]) for diagnosis in diagnoses)


def _combined(parts: Sequence[Part], bound: int) -> tuple[tuple[Diagnosis, ...], bool]:
    """Explanations of the whole, one of each part that has any, likeliest first; and whether there are more."""
    explained = [part.diagnoses for part in parts if part.diagnoses]
    broken = [finding for part in parts for finding in part.broken]
    found: list[Diagnosis] = []
    waiting: list[tuple[tuple[int, int], tuple[int, ...]]] = []

    def consider(choice: tuple[int, ...]) -> None:
        if all(place < len(diagnoses) for place, diagnoses in zip(choice, explained, strict=True)):
            heappush(waiting, (_joined(choice, explained, broken).cost, choice))

    if explained:
        consider((0,) * len(explained))
    while waiting and len(found) < bound:
        _, choice = heappop(waiting)
        found.append(_joined(choice, explained, broken))
        # Each choice is reached in one way only: by raising its last place that is not 0.
        last = max((place for place, chosen in enumerate(choice) if chosen), default=0)
        for place in range(last, len(choice)):
            consider((*choice[:place], choice[place] + 1, *choice[place + 1 :]))
    return _with_equals(found), bool(waiting)


def _joined(choice: Sequence[int], explained: Sequence[Sequence[Diagnosis]], broken: Sequence[Finding]) -> Diagnosis:
    chosen = [diagnoses[place] for place, diagnoses in zip(choice, explained, strict=True)]
    mended = tuple(finding for diagnosis in chosen for finding in diagnosis.mends)
    slips = tuple(slip for diagnosis in chosen for slip in diagnosis.slips)
    return Diagnosis(slips, mended, tuple(finding for finding in broken if finding not in mended))
