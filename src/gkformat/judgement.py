"""Three-valued judgement: whether the equations of a box hold, are broken, or cannot be decided for blanks.

An equation is judged by exact logic over its own blanks, each an unknown ≥ 0: it is broken if no values of them
make it hold, it holds if exactly one choice of values does (without blanks, the empty choice), else it is undecided.
Where two equations force the same blank to different values, neither holds and neither can be blamed alone: both
are undecided. So "consistent" means that what is blank in an equation can be filled in one way only, and all holds.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Literal

from gkformat.address import Address
from gkformat.equations import Equation, equations
from gkformat.families import CANNOT_HOLD, FAMILIES, UNDECIDED
from gkformat.findings import Finding, Findings, Number, Severity, Term
from gkformat.outline import label, numbers, per_class, positions
from gkformat.words import Words

State = Literal["holds", "undecided", "broken"]
_Sum = Callable[[Sequence[Number]], Number]


@per_class
def _compiled(cls: type) -> tuple[tuple[Equation, _Sum, _Sum], ...]:
    """The equations of a box with functions that add up their sides, given all its numbers in printed order."""
    index = {at: place for place, at in enumerate(numbers(cls))}

    def adder(side: Sequence[Address]) -> _Sum:
        places = [index[at] for at in side]
        chosen = itemgetter(*places)
        return (lambda values: sum(chosen(values))) if len(places) > 1 else chosen

    return tuple((equation, adder(equation.left), adder(equation.right)) for equation in equations(cls))


def judge(cls: type, values: Sequence[Number], blanks: Iterable[Address] = ()) -> list[Finding]:
    """What is to be said of numbers in printed order, blanks among them counted as 0: broken and undecided."""
    blank = frozenset(blanks)
    sums = [(equation, left(values), right(values)) for equation, left, right in _compiled(cls)]
    if not blank:
        return [_finding(*judged, "broken", values, blank) for judged in sums if judged[1] != judged[2]]
    states = _states(sums, blank)
    return [
        _finding(*judged, state, values, blank) for judged, state in zip(sums, states, strict=True) if state != "holds"
    ]


def _states(sums: Sequence[tuple[Equation, Number, Number]], blank: frozenset[Address]) -> list[State]:
    """The state of each equation, given its two sums with blanks as 0."""
    forced: dict[Address, set[Number]] = {}
    states: list[State] = []
    for equation, left, right in sums:
        state, choice = _solve(
            [at for at in equation.left if at in blank], [at for at in equation.right if at in blank], right - left
        )
        states.append(state)
        for at, value in choice.items():
            forced.setdefault(at, set()).add(value)
    disputed = {at for at, values in forced.items() if len(values) > 1}
    return [
        "undecided" if state == "holds" and disputed.intersection((*equation.left, *equation.right)) else state
        for state, (equation, _, _) in zip(states, sums, strict=True)
    ]


def _solve(left: Sequence[Address], right: Sequence[Address], lacking: Number) -> tuple[State, dict[Address, Number]]:
    """The state of an equation whose left side lacks an amount, and the values of its blanks if there is one choice."""
    if left and right:
        return "undecided", {}
    unknown, amount = (left, lacking) if left else (right, -lacking)
    if amount < 0 or (amount and not unknown):
        return "broken", {}
    if amount and len(unknown) > 1:
        return "undecided", {}
    return "holds", dict.fromkeys(unknown, amount)


def _finding(
    equation: Equation,
    left: Number,
    right: Number,
    severity: Severity,
    values: Sequence[Number],
    blank: frozenset[Address],
) -> Finding:
    number = dict(zip(numbers(equation.box), values, strict=True))
    sides = ((equation.left, 1), (equation.right, -1))
    terms = tuple(Term(at, sign, None if at in blank else number[at]) for side, sign in sides for at in side)
    template = UNDECIDED if severity == "undecided" else FAMILIES[equation.rule].message
    text = template.format(left=left, right=right, difference=left - right)
    if severity == "broken" and any(term.value is None for term in terms):
        text = Words(text.zh + CANNOT_HOLD.zh, text.en + CANNOT_HOLD.en)
    return Finding(equation.rule, equation.at, label(equation.box, equation.at), severity, text, left, right, terms)


def ordered(cls: type, findings: Iterable[Finding]) -> Findings:
    """Findings in the order of the printed form."""
    return Findings(sorted(findings, key=lambda finding: positions(cls)[finding.at]))
