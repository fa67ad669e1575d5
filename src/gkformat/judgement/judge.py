"""Three-valued judgement: the equations of a box hold, are broken, or are undecided because of blanks.

An equation is judged by exact logic over its own blanks, each an unknown ≥ 0: it is broken if no values of them
make it hold, it holds if exactly one choice of values does (without blanks, the empty choice), else it is undecided.
If two equations force the same blank to different values, neither holds and neither can be blamed alone: both are
undecided. So "consistent" means that the blanks of every equation can be filled in one way only, and all of them hold.
An unclear cell (unreadable, out of range or absent) is unknown, too, but nothing can force it: what it says is not 0.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings, Number, Severity, Term
from gkformat.base.visible import visible
from gkformat.base.words import NO_WORDS, Words
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
    cls: type,
    values: Sequence[Number],
    blanks: Iterable[Address] = (),
    unclear: Iterable[Address] = (),
    *,
    skipped: Iterable[Address] = (),
) -> list[Finding]:
    """Return the broken and undecided equations for all numbers of a box, in printed order.

    The values of `blanks` and of `unclear` cells must be 0. Equations with a `skipped` number are not judged.
    """
    blank, unforced, unjudged = frozenset(blanks), frozenset(unclear), frozenset(skipped)
    nonzero: set[Address] = set()
    open_cells = blank | unforced
    sums = [(equation, *sides) for equation, sides in zip(equations(cls), _sides(cls)(values), strict=True)]
    judged: list[tuple[Equation, Number, Number, Severity]]
    if open_cells:
        solved = _solve_each(sums, blank, unforced)
        states = zip(sums, _states(solved), strict=True)
        judged = [(*item, state) for item, state in states if state != "holds"]
        nonzero = {at for at, values_of in _forced(solved).items() if any(values_of)}
    else:  # the same in a fortieth of the time
        judged = [(*item, "broken") for item in sums if item[1] != item[2]]
    return [
        _finding(equation, left, right, severity, values, open_cells, may_be_0=blank - nonzero)
        for equation, left, right, severity in judged
        if unjudged.isdisjoint(equation.left) and unjudged.isdisjoint(equation.right)
    ]


def _states(solved: Sequence["_Solved"]) -> list[EquationState]:
    """Return the state of each equation among all: two that force a cell to different values are undecided."""
    disputed = {at for at, values in _forced(solved).items() if len(values) > 1}
    return ["undecided" if disputed.intersection(solution) else state for state, solution in solved]


def settled(
    cls: type, values: Sequence[Number], blanks: Iterable[Address], unclear: Iterable[Address]
) -> dict[Address, Number]:
    """Return the values of those blanks of a box that can only be one number; the arguments are those of `judge`."""
    sums = [(equation, *sides) for equation, sides in zip(equations(cls), _sides(cls)(values), strict=True)]
    forced = _forced(_solve_each(sums, frozenset(blanks), frozenset(unclear)))
    return {at: value for at, (value, *others) in forced.items() if not others}


_Solved = tuple[EquationState, dict[Address, Number]]
"""The state of an equation by itself, and the values of its open cells if there is exactly one choice."""


def _solve_each(
    sums: Sequence[tuple[Equation, Number, Number]], blank: frozenset[Address], unforced: frozenset[Address]
) -> list[_Solved]:
    """Solve each equation by itself, given its two sums with open cells as 0; nothing can force an unclear one."""
    open_cells = blank | unforced
    solved: list[_Solved] = []
    for equation, left, right in sums:
        state, solution = _solve(
            [at for at in equation.left if at in open_cells],
            [at for at in equation.right if at in open_cells],
            right - left,
        )
        is_forced = unforced.isdisjoint((*equation.left, *equation.right))
        solved.append((state, solution) if is_forced or state != "holds" else ("undecided", {}))
    return solved


def _forced(solved: Iterable[_Solved]) -> dict[Address, set[Number]]:
    """Return all values to which equations force the same cell."""
    forced: dict[Address, set[Number]] = {}
    for _, solution in solved:
        for at, value in solution.items():
            forced.setdefault(at, set()).add(value)
    return forced


def _solve(left: Sequence[Address], right: Sequence[Address], missing: Number) -> _Solved:
    """Return the state of an equation, and the values of its open cells if there is exactly one choice.

    `left` and `right` are the open cells of each side; `missing` is the amount by which the left sum falls short.
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
    "不能判定，取决于 {cells}；按 0 计，两边为 {left} 与 {right}",
    "undecided, it depends on {cells}; with 0 there, the sides are {left} and {right}",
)
"""The message of an equation that cannot be decided."""

FILL_IN = Words("（没有发生的填 0）", " (write 0 where nothing happened)")
"""What to do about blanks."""

CANNOT_HOLD = Words("；未填或读不出的格无论是多少都不能相符", "; no values of the open cells can make it hold")
"""The end of the message of an equation that is broken in spite of its open cells."""

AND_OTHERS = Words("{names} 等 {count} 格", "{names} and others, {count} cells in all")
FEW = 3
"""The cells that a message names."""


def named_cells(names: Sequence[str]) -> Words:
    """Name cells by their labels, the first few of many."""
    few = visible("、".join(names[:FEW]))
    return Words(few, few) if len(names) <= FEW else AND_OTHERS.format(names=few, count=len(names))


def _finding(
    equation: Equation,
    left: Number,
    right: Number,
    severity: Severity,
    values: Sequence[Number],
    open_cells: frozenset[Address],
    *,
    may_be_0: frozenset[Address],
) -> Finding:
    indexes = number_indexes(equation.box)
    sides = ((equation.left, 1), (equation.right, -1))
    terms = tuple(
        [Term(at, sign, None if at in open_cells else values[indexes[at]]) for side, sign in sides for at in side]
    )
    unknown = [term.at for term in terms if term.value is None]
    if severity == "undecided":
        names = equation.term_names
        text = UNDECIDED.format(cells=named_cells([names[at] for at in unknown]), left=left, right=right)
        text += FILL_IN if not may_be_0.isdisjoint(unknown) else NO_WORDS
    else:
        text = FAMILIES[equation.rule].message.format(left=left, right=right, difference=left - right)
        text += CANNOT_HOLD if unknown else NO_WORDS
    return Finding(equation.rule, equation.at, label(equation.box, equation.at), severity, text, left, right, terms)


def in_order(cls: type, findings: Iterable[Finding]) -> Findings:
    """Return findings in their order: unclear cells, what is broken, what is undecided, advice, each as printed."""
    place = positions(cls)
    return Findings(sorted(findings, key=lambda finding: (_rank(finding), place[finding.at])))


def _rank(finding: Finding) -> int:
    if finding.severity != "advice" and FAMILIES[finding.rule].authority == "cell":
        return 0
    return 1 + ("broken", "undecided", "advice").index(finding.severity)
