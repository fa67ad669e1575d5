"""Three-valued judgement: whether the equations of a box hold, are broken, or cannot be decided for blanks.

An equation is judged by exact logic over its own blanks, each an unknown ≥ 0: it is broken if no values of them
make it hold, it holds if exactly one choice of values does (without blanks, the empty choice), else it is undecided.
Where two equations force the same blank to different values, neither holds and neither can be blamed alone: both
are undecided. So "consistent" means that what is blank in an equation can be filled in one way only, and all holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.families import CANNOT_HOLD, FAMILIES, UNDECIDED
from gkformat.base.findings import Finding, Findings, Number, Severity, Term
from gkformat.base.words import Words
from gkformat.notation.codegen import function, once_it_pays, variable
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import label, numbers, per_class, positions

State = Literal["holds", "undecided", "broken"]


def _plain_sides(cls: type) -> Callable[[Sequence[Number]], list[tuple[Number, Number]]]:
    def sides(values: Sequence[Number]) -> list[tuple[Number, Number]]:
        at = dict(zip(numbers(cls), values, strict=True))
        return [
            (sum([at[term] for term in equation.left]), sum([at[term] for term in equation.right]))
            for equation in equations(cls)
        ]

    return sides


@once_it_pays(_plain_sides)
def _sides(cls: type) -> Callable[[Sequence[Number]], list[tuple[Number, Number]]]:
    """A function that adds up both sides of each equation of a box, given all its numbers in printed order."""
    pairs = [f"({left}, {right})," for left, right in _written_out(cls)]
    return function(f"sides_of_{cls.__name__}", "values", [_unpacked(cls), f"return [{' '.join(pairs)}]"], {})


def _plain_unequal(cls: type) -> Callable[[Sequence[Number]], list[tuple[int, Number, Number]]]:
    return lambda values: [
        (place, left, right) for place, (left, right) in enumerate(_plain_sides(cls)(values)) if left != right
    ]


@once_it_pays(_plain_unequal)
def _unequal(cls: type) -> Callable[[Sequence[Number]], list[tuple[int, Number, Number]]]:
    """A function that lists the equations with unequal sides: which in their order, and both sums."""
    tests = [
        f"if {left} != {right}: found.append(({place}, {left}, {right}))"
        for place, (left, right) in enumerate(_written_out(cls))
    ]
    return function(f"unequal_in_{cls.__name__}", "values", [_unpacked(cls), "found = []", *tests, "return found"], {})


def _unpacked(cls: type) -> str:
    return f"[{', '.join(variable(at) for at in numbers(cls))}] = values"


def _written_out(cls: type) -> Iterable[tuple[str, str]]:
    for equation in equations(cls):
        yield " + ".join(map(variable, equation.left)), " + ".join(map(variable, equation.right))


def judge(
    cls: type, values: Sequence[Number], blanks: Iterable[Address] = (), unknown: Iterable[Address] = ()
) -> list[Finding]:
    """What is to be said of numbers in printed order, blanks among them counted as 0: broken and undecided.

    Of an equation with an `unknown` number nothing is said, whatever stands for it among the values.
    """
    blank, open_ = frozenset(blanks), frozenset(unknown)
    judged: list[tuple[Equation, Number, Number, Severity]]
    if blank:
        sums = [(equation, *sides) for equation, sides in zip(equations(cls), _sides(cls)(values), strict=True)]
        judged = [(*sides, state) for sides, state in zip(sums, _states(sums, blank), strict=True) if state != "holds"]
    else:
        judged = [(equations(cls)[place], left, right, "broken") for place, left, right in _unequal(cls)(values)]
    return [
        _finding(equation, left, right, severity, values, blank)
        for equation, left, right, severity in judged
        if open_.isdisjoint(equation.left) and open_.isdisjoint(equation.right)
    ]


@per_class
def _places(cls: type) -> Mapping[Address, int]:
    """The place of each number among all."""
    return {at: place for place, at in enumerate(numbers(cls))}


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
    places = _places(equation.box)
    sides = ((equation.left, 1), (equation.right, -1))
    terms = tuple([Term(at, sign, None if at in blank else values[places[at]]) for side, sign in sides for at in side])
    template = UNDECIDED if severity == "undecided" else FAMILIES[equation.rule].message
    text = template.format(left=left, right=right, difference=left - right)
    if severity == "broken" and any(term.value is None for term in terms):
        text = Words(text.zh + CANNOT_HOLD.zh, text.en + CANNOT_HOLD.en)
    return Finding(equation.rule, equation.at, label(equation.box, equation.at), severity, text, left, right, terms)


def ordered(cls: type, findings: Iterable[Finding]) -> Findings:
    """Findings in the order of the printed form."""
    return Findings(sorted(findings, key=lambda finding: positions(cls)[finding.at]))
