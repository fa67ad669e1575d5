"""The arithmetic of a form: equations from `total` and `@balance`, how they are judged, and what a root answers.

An equation is judged by exact logic over its own blanks, each an unknown ≥ 0: it is broken if no values of them
make it hold, it holds if exactly one choice of values does (without blanks, the empty choice), else it is undecided.
Where two equations force the same blank to different values, neither holds and neither can be blamed alone: both
are undecided. So "consistent" means that what is blank in an equation can be filled in one way only, and all holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from operator import attrgetter, itemgetter
from types import MappingProxyType, SimpleNamespace
from typing import Any, Literal, TypeVar, cast, dataclass_transform, get_args

import attrs
from attrs import frozen

from gkformat.address import Address
from gkformat.cells import OUT_OF_RANGE, SUM, String
from gkformat.declare import Declaration, column, declaration, line, make, part, title, total
from gkformat.errors import Fault, Inconsistent, Malformed, excerpt
from gkformat.families import CANNOT_HOLD, FAMILIES, UNDECIDED, Authority
from gkformat.findings import Discrepancy, Finding, Findings, Mark, MarkKind, Number, Severity, Term
from gkformat.law import Notice
from gkformat.outline import Node, find, label, labelled, nodes, numbers, outline, per_class, positions, reader
from gkformat.words import Words

T = TypeVar("T")
State = Literal["holds", "undecided", "broken"]


@frozen
class Equation:
    """The sum of the cells on the left equals the sum of the cells on the right.

    Addresses are relative to `box`. `at` is where a failure is reported: a total's cell, or the first term of a
    balance. `says` is the relation as the form prints it, where it does.
    """

    box: type
    rule: str
    at: Address
    left: tuple[Address, ...]
    right: tuple[Address, ...]
    says: str = ""

    @property
    def authority(self) -> Authority:
        """Whether the form states the relation, or arithmetic derives it from a printed total."""
        return FAMILIES[self.rule].authority

    @property
    def is_total(self) -> bool:
        """Whether it says that a total is the sum of its parts."""
        return self.right == (self.at,)

    def __str__(self) -> str:
        return f"{' + '.join(self.left)} == {' + '.join(self.right)}"

    @property
    def chinese(self) -> str:
        """The equation in the labels of the form; what all its terms share is said once."""
        terms = [at.steps for at in (*self.left, *self.right)]
        front = _shared(terms)
        back = _shared([steps[:front:-1] for steps in terms])
        names = [nodes(self.box)[Address.of(steps[: len(steps) - back])].label for steps in terms]
        left, right = " + ".join(names[: len(self.left)]), " + ".join(names[len(self.left) :])
        row = label(self.box, Address.of(terms[0][:front]))
        column = nodes(self.box)[self.at].label if back else ""
        return f"{row}{'：' * bool(row)}{left} = {right}{f'（{column}）' * bool(column)}"


def _shared(sequences: Sequence[tuple[str, ...]]) -> int:
    """How many steps all sequences have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, zip(*sequences, strict=False)))


# -- the equations of a box ----------------------------------------------------------------------------


@per_class
def equations(cls: type) -> tuple[Equation, ...]:
    """All equations of a box, derived from its totals and balances, in the order of the printed form."""
    found = list(_derived(cls, outline(cls)))
    return tuple(sorted(found, key=lambda equation: positions(cls)[equation.at]))


def _derived(cls: type, box: Node) -> Iterable[Equation]:
    for place, child in enumerate(box.children):
        yield from _derived(cls, child)
        if child.printed.word == "total":
            above = [node.at for outer in box.children[:place] for node in _alike(outer, child)]
            yield from _columnwise(cls, child.printed.rule, child, above, [child.at], at=child.at)
    for printed in box.declaration.balances:
        left, right = ([box.at.child(term) for term in side] for side in printed.sides)
        yield from _columnwise(cls, printed.rule, nodes(cls)[left[0]], left, right, at=left[0], says=printed.says)


def _alike(outer: Node, total: Node) -> Iterable[Node]:
    """What a total adds up: the cells, or the rows, of its own kind."""
    if outer.type is total.type and outer.is_cell == total.is_cell:
        yield outer
    else:
        for inner in outer.children:
            yield from _alike(inner, total)


def _columnwise(
    cls: type, rule: str, row: Node, left: Sequence[Address], right: Sequence[Address], *, at: Address, says: str = ""
) -> Iterable[Equation]:
    """One equation for each cell of a row; rows that are themselves a cell give one."""
    for cell in (node for node in row.walk() if node.is_cell):
        inner = cell.at[len(row.at) :].lstrip(".")
        yield Equation(
            cls,
            rule,
            at.child(inner),
            tuple(term.child(inner) for term in left),
            tuple(term.child(inner) for term in right),
            says,
        )


# -- judgement -----------------------------------------------------------------------------------------

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


# -- the root ------------------------------------------------------------------------------------------


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(title, part, line, column, total))
def root(notice: Notice) -> Callable[[type[T]], type[T]]:
    """Make the root of a form, prescribed by `notice`: a box that answers for its arithmetic.

    Beside the shape of its values the constructor judges every equation and raises `Inconsistent`, with the whole
    judgement, unless each broken one is declared in `discrepancies`. It puts marks and discrepancies in printed order.
    """
    return lambda cls: make(cls, Declaration(notice=notice), _answer)


def is_root(cls: type) -> bool:
    """Whether a box is a whole report."""
    return declaration(cls).notice is not None


def _answer(report: Any) -> None:
    if report.marks or report.discrepancies:
        _settle(report)
    findings = judged_root(report)
    if any(not finding.declared for finding in findings.broken):
        raise Inconsistent(findings)


def _settle(report: Any) -> None:
    """Refuse what the report says of itself and cannot be; put the rest in printed order, without repeats."""
    cls = type(report)
    faults = remark_faults(cls, report.marks, report.discrepancies, lambda at: attrgetter(at)(report))
    if faults:
        raise Malformed(faults)
    for name, key in (("marks", _mark_order), ("discrepancies", _discrepancy_order)):
        object.__setattr__(report, name, tuple(sorted(dict.fromkeys(getattr(report, name)), key=key(cls))))


def judged_root(report: Any) -> Findings:
    """The judgement of a report: what is broken or undecided, what of it is declared, which declarations are stale."""
    cls = type(report)
    declared = frozenset(report.discrepancies)
    findings = judge(cls, reader(cls)(report), blanks(report))
    if declared:
        findings = [attrs.evolve(finding, declared=_as_declared(finding) in declared) for finding in findings]
        occurring = {_as_declared(finding) for finding in findings if finding.declared}
        findings += [_stale(cls, item) for item in report.discrepancies if item not in occurring]
    return ordered(cls, findings)


def ordered(cls: type, findings: Iterable[Finding]) -> Findings:
    """Findings in the order of the printed form."""
    return Findings(sorted(findings, key=lambda finding: positions(cls)[finding.at]))


def _as_declared(finding: Finding) -> Discrepancy | None:
    """The declaration that would excuse a finding."""
    if finding.severity != "broken":
        return None
    return Discrepancy(finding.rule, finding.at, cast("int", finding.left), cast("int", finding.right))


def _stale(cls: type, item: Discrepancy) -> Finding:
    text = FAMILIES["stale"].message.format(rule=item.rule, left=item.left, right=item.right)
    return Finding("stale", item.at, label(cls, item.at), "advice", text, item.left, item.right)


def blanks(report: Any) -> frozenset[Address]:
    """The addresses that the paper left blank."""
    return frozenset(mark.at for mark in report.marks if mark.kind == "blank")


@per_class
def groups(cls: type) -> tuple[Address, ...]:
    """The groups of rows in a form: what a `merged` mark may speak of."""
    return tuple(at for at, node in nodes(cls).items() if node.printed.word == "line" and _is_group(node))


def _is_group(node: Node) -> bool:
    return bool(node.children) and all(
        line.printed.word == "line" and any(cell.is_cell for cell in line.children) for line in node.children
    )


def _mark_order(cls: type) -> Callable[[Mark], tuple[int, str]]:
    return lambda mark: (positions(cls)[mark.at], mark.kind)


def _discrepancy_order(cls: type) -> Callable[[Discrepancy], tuple[Any, ...]]:
    order = [(equation.rule, equation.at) for equation in equations(cls)]
    return lambda item: (order.index((item.rule, item.at)), item.left, item.right)


def remark_faults(
    cls: type, marks: Sequence[Mark], discrepancies: Sequence[Discrepancy], number: Callable[[Address], object]
) -> list[Fault]:
    """What is wrong with marks and discrepancies: of themselves, with each other, or with the numbers they mark."""
    return [*_mark_faults(cls, marks, number), *_discrepancy_faults(cls, discrepancies)]


def _mark_faults(cls: type, marks: Sequence[Mark], number: Callable[[Address], object]) -> Iterable[Fault]:
    seen: dict[Address, Mark] = {}
    for place, mark in enumerate(marks):
        if mark.kind not in get_args(MarkKind):
            yield _item_fault(OUT_OF_RANGE, "marks", place, "kind", mark.kind, _KINDS)
        elif mark.at not in (groups(cls) if mark.kind == "merged" else numbers(cls)):
            yield _item_fault(OUT_OF_RANGE, "marks", place, "at", mark.at, _PLACES[mark.kind])
        elif rule := String().refusal(mark.text):
            yield _item_fault(rule, "marks", place, "text", mark.text, String().expected)
        elif seen.setdefault(mark.at, mark) != mark:
            yield _item_fault(OUT_OF_RANGE, "marks", place, "at", mark.at, _ONE_MARK)
        else:
            yield from _contradictions(cls, mark, number)


def _item_fault(rule: str, name: str, place: int, key: str, value: object, expected: Words) -> Fault:
    return Fault(rule, Address(name), "", excerpt(value), expected, f"/{name}/{place}/{key}")


def _contradictions(cls: type, mark: Mark, number: Callable[[Address], object]) -> Iterable[Fault]:
    """The numbers that should be 0 by what the mark says, and are not."""
    for at in _zeros(cls, mark):
        if isinstance(value := number(at), int | Decimal) and value:
            yield Fault(OUT_OF_RANGE, at, label(cls, at), excerpt(value), _ZERO[mark.kind])


def _zeros(cls: type, mark: Mark) -> Iterable[Address]:
    if mark.kind == "blank":
        return [mark.at]
    if mark.kind == "merged":
        *lines, _ = nodes(cls)[mark.at].children
        return [cell.at for line in lines for cell in line.walk() if cell.is_cell]
    return []


def _discrepancy_faults(cls: type, discrepancies: Sequence[Discrepancy]) -> Iterable[Fault]:
    known = {(equation.rule, equation.at) for equation in equations(cls)} if discrepancies else ()
    for place, item in enumerate(discrepancies):
        if (item.rule, item.at) not in known:
            yield _item_fault(OUT_OF_RANGE, "discrepancies", place, "at", f"{item.rule} {item.at}", _EQUATION)
        for key, value in (("left", item.left), ("right", item.right)):
            if rule := SUM.refusal(value):
                yield _item_fault(rule, "discrepancies", place, key, value, SUM.expected)


_KINDS = Words("、".join(get_args(MarkKind)) + " 之一", "one of " + ", ".join(get_args(MarkKind)))
_NUMBER = Words("表内数字的地址", "the address of a number in the tables")
_GROUP = Words("一组行的地址", "the address of a group of rows")
_PLACES: Mapping[str, Words] = {"blank": _NUMBER, "annotated": _NUMBER, "merged": _GROUP}
_ONE_MARK = Words("每处至多一个标记", "at most one mark for a place")
_ZERO = {
    "blank": Words("0（此格标记为空白）", "0 (the cell is marked blank)"),
    "merged": Words("0（此组标记为合填一行，数字在末行）", "0 (the group is marked as filled in one row, its last)"),
}
_EQUATION = Words("本格式的一条勾稽关系（rule 与 at）", "an equation of the form (rule and at)")


# -- holding, changing and reading a report ------------------------------------------------------------


def as_found(cls: type[T], **fields: Any) -> T:
    """Hold a report as it was published: its broken equations are written into `discrepancies`, from scratch.

    A box that is not a root records whatever it is given, so it is simply made. Raises `Malformed` like the class.
    """
    if not is_root(cls):
        return cls(**fields)
    fields.pop("discrepancies", None)
    try:
        return cls(**fields)
    except Inconsistent as error:
        return cls(**{**fields, "discrepancies": discrepancies_of(error.findings)})


def discrepancies_of(findings: Findings) -> tuple[Discrepancy, ...]:
    """The declarations that would excuse all broken equations of a judgement."""
    return tuple(item for finding in findings if (item := _as_declared(finding)))


def cells(box: Any) -> dict[Address, Number | None]:
    """The honest view of a box: each number of its tables by address, `None` where the paper was blank.

    The lines of a `merged` group are open, for the paper did not fill them.
    """
    cls = type(box)
    values: dict[Address, Number | None] = dict(zip(numbers(cls), reader(cls)(box), strict=True))
    if is_root(cls):
        values |= dict.fromkeys(blanks(box))
        for mark in box.marks:
            if mark.kind == "merged":
                values |= {at: None for at in values if at.within(mark.at)}
    return values


def replace(box: T, changes: Mapping[str, Any] = MappingProxyType({}), /, **fields: Any) -> T:
    """The same box with other values, by address (`changes`) or by field.

    A mark goes where the number that it marks is changed, or is given anew; a declaration goes where its failure no
    longer occurs. New failures are refused: raises `Inconsistent`, or `Malformed` for an unknown address or a value
    of the wrong kind, with every such fault.
    """
    cls = type(box)
    faults: list[Fault] = []
    accepted: dict[Address, Any] = {}
    for at, value in (*fields.items(), *changes.items()):
        try:
            accepted[find(cls, at).accept(value)] = value
        except Malformed as error:
            faults += error.faults
    if faults:
        raise Malformed(labelled(cls, faults))
    values: dict[str, Any] = {}
    for at, value in accepted.items():
        name, *inner = at.steps
        values[name] = _changed(values.get(name, getattr(box, name)), inner, value)
    return _changed_root(box, changes, values) if is_root(cls) else attrs.evolve(cast("Any", box), **values)


def _changed(inner: Any, steps: Sequence[str], value: Any) -> Any:
    """What stands somewhere, with one value changed inside of it."""
    if not steps:
        return value
    name, *further = steps
    return attrs.evolve(inner, **{name: _changed(getattr(inner, name), further, value)})


def _changed_root(report: T, changes: Mapping[str, Any], fields: dict[str, Any]) -> T:
    old: Any = report
    if "marks" not in fields:
        new = SimpleNamespace(**{name: getattr(report, name) for name in attrs.fields_dict(type(old))} | fields)
        fields["marks"] = tuple(mark for mark in old.marks if mark.at not in changes and _still_true(mark, old, new))
    changed: Any = attrs.evolve(old, **fields)
    if "discrepancies" not in fields:
        occurring = discrepancies_of(judged_root(changed))
        if occurring != changed.discrepancies:
            changed = attrs.evolve(changed, discrepancies=occurring)
    return cast("T", changed)


def _still_true(mark: Mark, old: Any, new: Any) -> bool:
    if mark.kind == "merged":
        return not any(attrgetter(at)(new) for at in _zeros(type(old), mark))
    return bool(attrgetter(mark.at)(old) == attrgetter(mark.at)(new))
