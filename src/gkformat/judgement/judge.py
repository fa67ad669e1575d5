"""Three-valued judgement: the equations of a box hold, are broken, or are undecided because of blanks.

An equation is judged by exact logic over its own blanks, each an unknown ≥ 0: it is broken if no values of them
make it hold, it holds if exactly one choice of values does (without blanks, the empty choice), else it is undecided.
If two equations force the same blank to different values, neither holds and neither can be blamed alone: both are
undecided. So "consistent" means that the blanks of every equation can be filled in one way only, and all of them hold.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings, Number, Severity, Term
from gkformat.base.words import Words
from gkformat.notation.codegen import compile_function, tiered, variable_name
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import label, number_indexes, numbers, positions

EquationState = Literal["holds", "undecided", "broken"]


def _baseline_sides(cls: type) -> Callable[[Sequence[Number]], list[tuple[Number, Number]]]:
    def sides(values: Sequence[Number]) -> list[tuple[Number, Number]]:
        at = dict(zip(numbers(cls), values, strict=True))
        return [
            (sum([at[term] for term in equation.left]), sum([at[term] for term in equation.right]))
            for equation in equations(cls)
        ]

    return sides


@tiered(_baseline_sides)
def _sides(cls: type) -> Callable[[Sequence[Number]], list[tuple[Number, Number]]]:
    """Return a function that adds up both sides of each equation of a box, given all its numbers in printed order."""
    pairs = [
        f"({' + '.join(map(variable_name, equation.left))}, {' + '.join(map(variable_name, equation.right))}),"
        for equation in equations(cls)
    ]
    cells = ", ".join(map(variable_name, numbers(cls)))
    lines = [f"[{cells}] = values", f"return [{' '.join(pairs)}]"]
    return compile_function(f"sides_of_{cls.__name__}", "values", lines, {})


def judge(
    cls: type, values: Sequence[Number], blanks: Iterable[Address] = (), unknown: Iterable[Address] = ()
) -> list[Finding]:
    """Return the broken and undecided equations for all numbers of a box, in printed order.

    The values of `blanks` must be 0. Equations with an `unknown` number are not judged, whatever its value.
    """
    blank, skipped = frozenset(blanks), frozenset(unknown)
    sums = [(equation, *sides) for equation, sides in zip(equations(cls), _sides(cls)(values), strict=True)]
    # The states without blanks could be had from the same function, in forty times the time.
    states = _states(sums, blank) if blank else ["holds" if left == right else "broken" for _, left, right in sums]
    judged = [(*item, state) for item, state in zip(sums, states, strict=True) if state != "holds"]
    return [
        _finding(equation, left, right, severity, values, blank)
        for equation, left, right, severity in judged
        if skipped.isdisjoint(equation.left) and skipped.isdisjoint(equation.right)
    ]


def _states(sums: Sequence[tuple[Equation, Number, Number]], blank: frozenset[Address]) -> list[EquationState]:
    """Return the state of each equation, given its two sums with blanks as 0."""
    forced: dict[Address, set[Number]] = {}
    states: list[EquationState] = []
    for equation, left, right in sums:
        state, solution = _solve(
            [at for at in equation.left if at in blank], [at for at in equation.right if at in blank], right - left
        )
        states.append(state)
        for at, value in solution.items():
            forced.setdefault(at, set()).add(value)
    disputed = {at for at, values in forced.items() if len(values) > 1}
    return [
        "undecided" if state == "holds" and disputed.intersection((*equation.left, *equation.right)) else state
        for state, (equation, _, _) in zip(states, sums, strict=True)
    ]


def _solve(
    left: Sequence[Address], right: Sequence[Address], missing: Number
) -> tuple[EquationState, dict[Address, Number]]:
    """Return the state of an equation, and the values of its blanks if there is exactly one choice.

    `left` and `right` are the blanks of each side; `missing` is the amount by which the left sum falls short.
    """
    if left and right:
        return "undecided", {}
    unknown, amount = (left, missing) if left else (right, -missing)
    if amount < 0 or (amount and not unknown):
        return "broken", {}
    if amount and len(unknown) > 1:
        return "undecided", {}
    return "holds", dict.fromkeys(unknown, amount)


UNDECIDED = Words(
    "有空白格，无法判定（空白按 0 计，两边为 {left} 与 {right}）",
    "undecided because of blank cells (with blanks as 0 the sides are {left} and {right})",
)
"""The message of an equation that cannot be decided."""

CANNOT_HOLD = Words("；空白格无论填什么都不能相符", "; no values of the blank cells can make it hold")
"""The end of the message of an equation that is broken in spite of its blanks."""


def _finding(
    equation: Equation,
    left: Number,
    right: Number,
    severity: Severity,
    values: Sequence[Number],
    blank: frozenset[Address],
) -> Finding:
    indexes = number_indexes(equation.box)
    sides = ((equation.left, 1), (equation.right, -1))
    terms = tuple([Term(at, sign, None if at in blank else values[indexes[at]]) for side, sign in sides for at in side])
    template = UNDECIDED if severity == "undecided" else FAMILIES[equation.rule].message
    text = template.format(left=left, right=right, difference=left - right)
    if severity == "broken" and any(term.value is None for term in terms):
        text = Words(text.zh + CANNOT_HOLD.zh, text.en + CANNOT_HOLD.en)
    return Finding(equation.rule, equation.at, label(equation.box, equation.at), severity, text, left, right, terms)


def in_printed_order(cls: type, findings: Iterable[Finding]) -> Findings:
    """Return findings in the order of the printed form."""
    return Findings(sorted(findings, key=lambda finding: positions(cls)[finding.at]))
