"""Hypothesis strategies for the forms: sound reports, reports with one known fault, paper, and payloads nearly right.

Nothing is drawn and thrown away. What binds cells together is solved instead: whatever an equation's two sides have
in common is drawn once, as an amount that goes into one cell on each side, like the two entries of a booking; totals
are added up. All of it follows from the outline and the equations of a form, so every edition is covered. What is odd
about a report is drawn before the report itself, for what comes late in an example is varied least.

Strategies shrink towards the report in which all numbers are 0 and the texts are empty, one entry at a time.
Arguments that make no sense raise Hypothesis' `InvalidArgument`, as everywhere in Hypothesis when a value is drawn.

Needs the extra `testing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, overload

from attrs import frozen

from gkformat.base.address import Address
from gkformat.base.findings import Discrepancy, Mark
from gkformat.codec import unstructure
from gkformat.derived.completion import determined
from gkformat.forms import y2021
from gkformat.forms.editions import EDITIONS, AnyReport, Edition
from gkformat.judgement.revision import cells, replace
from gkformat.judgement.root import is_root
from gkformat.notation.declare import Inner, is_box
from gkformat.notation.domains import Amount, Count, Integer, Money, String
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import Node, nodes, numbers, outline, per_class

try:
    from hypothesis import strategies as st
    from hypothesis.errors import InvalidArgument
except ImportError as error:  # pragma: no cover - the extra is there wherever the tests run
    raise ImportError(
        "gkformat.strategies 需要额外的依赖，请运行 pip install 'gkformat[testing]' / "
        "needs an extra, install it with: pip install 'gkformat[testing]'"
    ) from error

T = TypeVar("T")

_COUNT = cast("Integer", get_args(Count)[1])
_AMOUNT = cast("Money", get_args(Amount)[1])

USUAL = 10**6
"""The largest number in a box unless the caller says otherwise: busier than any real table 三."""

_ENTRIES = 12
"""How many entries a sparse box has at the most."""


# -- cells ---------------------------------------------------------------------------------------------


def counts(*, min_value: int = _COUNT.minimum, max_value: int = _COUNT.maximum) -> st.SearchStrategy[int]:
    """Counts, within bounds that both belong to it."""
    return st.integers(_bound("min_value", min_value), _bound("max_value", max_value))


def _bound(name: str, value: int) -> int:
    if _COUNT.refusal(value):
        raise InvalidArgument(f"{name}={value!r} is not {_COUNT.expected.en}")
    return value


def amounts(*, max_value: int = 10**_AMOUNT.digits) -> st.SearchStrategy[Decimal]:
    """Amounts as the form writes them, trailing zeros included, none larger than `max_value`."""
    whole = st.integers(0, min(max_value, 10**_AMOUNT.digits - 1)).map(str)
    if max_value == 0:
        return whole.map(Decimal)
    fraction = st.text("0123456789", min_size=1, max_size=_AMOUNT.decimals)
    return st.builds(Decimal, whole | st.builds("{}.{}".format, st.integers(0, max_value - 1).map(str), fraction))


def texts(*, max_size: int = 40) -> st.SearchStrategy[str]:
    """Prose: any text that UTF-8 can hold."""
    return st.text(st.characters(codec="utf-8"), max_size=max_size)


# -- boxes and reports ---------------------------------------------------------------------------------


@st.composite
def boxes(draw: st.DrawFn, cls: type[T], *, max_value: int = USUAL) -> T:
    """Sound boxes of a class: tables or rows in which every equation holds. No number is larger than `max_value`."""
    if not is_box(cls):
        raise InvalidArgument(f"{cls.__name__} is no box of a form")
    if is_root(cls):
        raise InvalidArgument(f"{cls.__name__} is a whole report, which reports() makes")
    return _built(cls, draw(_numbers(cast("Any", cls), max_value)), {})


def applicants(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.Applicants]:
    """Rows of table 三."""
    return boxes(y2021.Applicants, max_value=max_value)


def requests(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.Requests]:
    """Tables 三."""
    return boxes(y2021.Requests, max_value=max_value)


def proactive_disclosure(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.ProactiveDisclosure]:
    """Tables 二."""
    return boxes(y2021.ProactiveDisclosure, max_value=max_value)


def case_results(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.CaseResults]:
    """Groups of cases in table 四."""
    return boxes(y2021.CaseResults, max_value=max_value)


@overload
def reports(*, edition: Literal["2021"] = ..., max_value: int = ...) -> st.SearchStrategy[y2021.Report]: ...
@overload
def reports(*, edition: str, max_value: int = ...) -> st.SearchStrategy[AnyReport]: ...
@st.composite
def reports(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> AnyReport:
    """Sound reports of an edition, for years in which it is in force: busy, sparse and all-zero ones.

    No number is larger than `max_value`.
    """
    cls = _edition(edition).report
    return _built(cls, draw(_numbers(cast("Any", cls), max_value)), draw(_fields(edition)))


def _edition(name: str) -> Edition:
    if name not in EDITIONS:
        raise InvalidArgument(f"edition={name!r} is none of {', '.join(EDITIONS)}")
    return EDITIONS[name]


@cache
def _fields(edition: str) -> st.SearchStrategy[dict[str, Any]]:
    """What a report holds beside its tables."""
    chosen = EDITIONS[edition]
    years = st.integers(chosen.first_year, chosen.last_year or chosen.first_year + 20)
    prose = {node.name: texts() for node in outline(chosen.report).children if node.printed.word == "prose"}
    return st.fixed_dictionaries({"year": years, "agency": texts(max_size=20), **prose})


def _built(cls: type[T], numbers: Mapping[Address, Any], fields: Mapping[str, Any]) -> T:
    return cast("T", _assembled(outline(cls), numbers, fields))


def _assembled(node: Node, numbers: Mapping[Address, Any], fields: Mapping[str, Any]) -> Any:
    inner = {child.name: _assembled(child, numbers, {}) for child in node.children if child.children}
    cells = {child.name: numbers[child.at] for child in node.children if child.is_cell}
    return cast("type", node.type)(**inner, **cells, **fields)


# -- numbers that solve the equations ------------------------------------------------------------------

Entry = tuple[Address, ...]
"""The cells into which one amount goes: a single free cell, or one on each side of an equation."""


@frozen
class _Ways:
    """The ways in which numbers get into a box: into free cells, and through the two sides of an equation."""

    free: tuple[Entry, ...]
    flows: tuple[tuple[Entry, Entry], ...]

    def through(self) -> Iterator[Entry]:
        """As few entries as reach every cell that is no total."""
        yield from self.free
        for left, right in self.flows:
            yield from ((left[place % len(left)], other) for place, other in enumerate(right))

    def anywhere(self) -> st.SearchStrategy[Entry]:
        """Any entry. Each side of an equation is drawn by itself, so that it also shrinks by itself."""
        free = [st.sampled_from(self.free)] if self.free else []
        flows = [st.sampled_from(self.flows).flatmap(lambda sides: st.tuples(*map(st.sampled_from, sides)))]
        return st.one_of(*free, *(flows if self.flows else []))


@cache
def _numbers(cls: type, max_value: int) -> st.SearchStrategy[dict[Address, Any]]:
    """Numbers for all cells of a box that make its equations hold, totals included, none larger than `max_value`."""
    _bound("max_value", max_value)
    domains = {at: nodes(cls)[at].domain for at in numbers(cls)}
    unbound: dict[Address, st.SearchStrategy[Any]] = {
        at: amounts(max_value=min(max_value, 10**_AMOUNT.digits)) for at in domains if isinstance(domains[at], Money)
    }
    unbound |= {at: st.integers(-max_value, max_value) for at in domains if _is_signed(domains[at])}
    return st.builds(
        lambda bookings, others: _added_up(cls, bookings) | others,
        _bookings(_ways(cls), max_value),
        st.fixed_dictionaries(unbound),
    )


def _is_signed(domain: object) -> bool:
    return isinstance(domain, Integer) and domain.minimum < 0


def _bookings(ways: _Ways, max_value: int) -> st.SearchStrategy[Sequence[tuple[Entry, int]]]:
    """Amounts booked into entries: a few of them anywhere, or one into each cell. They shrink to none at all."""
    everywhere = [*ways.through()][::-1]  # bytes shrink to those that end in others than 0: to the first cells
    few = min(_ENTRIES, max_value)
    if not (few and everywhere):
        return st.just(())
    sparse = st.lists(st.tuples(ways.anywhere(), st.integers(1, max_value // few)), max_size=few)
    # One string of bytes, a byte for each cell, is drawn fifty times as fast as that many integers.
    levels = st.binary(min_size=len(everywhere), max_size=len(everywhere))
    most = max_value // len(everywhere)
    units = st.integers(1, max(1, most // 255))
    busy = st.builds(lambda unit, levels: [unit * level % (most + 1) for level in levels], units, levels)
    return sparse | busy.map(lambda booked: list(zip(everywhere, booked, strict=True)))


def _added_up(cls: type, bookings: Sequence[tuple[Entry, int]]) -> dict[Address, Any]:
    known = {at: 0 for entry in _ways(cls).through() for at in entry}
    for entry, amount in bookings:
        for at in entry:
            known[at] += amount
    missing = {equation.at for equation in equations(cls) if equation.is_total}
    return known | dict(determined(equations(cls), dict(known), missing))


@per_class
def _ways(cls: type) -> _Ways:
    parts = {equation.at: equation.left for equation in equations(cls) if equation.is_total}
    domains = {at: nodes(cls)[at].domain for at in numbers(cls)}
    counted = [at for at in domains if isinstance(domains[at], Integer) and not _is_signed(domains[at])]
    flows = tuple(
        (tuple(_expanded(equation.left, parts)), tuple(_expanded(equation.right, parts)))
        for equation in equations(cls)
        if not equation.is_total and equation.at not in parts
    )
    bound = {at for left, right in flows for at in (*left, *right)}
    return _Ways(tuple((at,) for at in counted if at not in bound and at not in parts), flows)


def _expanded(side: Sequence[Address], parts: Mapping[Address, Sequence[Address]]) -> Iterator[Address]:
    """The cells of a side, with the parts of each total in its place."""
    for at in side:
        yield from _expanded(parts[at], parts) if at in parts else [at]


# -- one known fault -----------------------------------------------------------------------------------


@frozen
class Broken:
    """A report with one wrong cell: the equation meant to break, and all failures that must be found.

    The failures follow from the one changed cell by arithmetic alone: each equation in which it stands.
    """

    report: AnyReport
    equation: Equation
    changed: Address
    failures: tuple[Discrepancy, ...]


@st.composite
def broken(draw: st.DrawFn, *, rule: str | None = None, edition: str = "2021", max_value: int = USUAL) -> Broken:
    """Reports, as found, in which one cell of an equation was changed; `rule` is the family of that equation.

    `max_value`, of at least 1, bounds the changed cell too. They shrink towards a cell that stands in few equations.
    """
    system = equations(_edition(edition).report)
    chosen = [each for each in system if rule in (None, each.rule)]
    if not chosen:
        raise InvalidArgument(f"rule={rule!r} is none of {', '.join(dict.fromkeys(each.rule for each in system))}")
    if max_value == 0:
        raise InvalidArgument("max_value=0 leaves no number to which a cell could be changed")
    equation = draw(st.sampled_from(chosen))
    terms = (*equation.right, *equation.left)
    touched = {at: [each for each in system if at in (*each.left, *each.right)] for at in terms}
    changed = draw(st.sampled_from(sorted(touched, key=lambda at: len(touched[at]))))
    other = draw(counts(max_value=max_value - 1))
    report = draw(reports(edition=edition, max_value=max_value))
    old = cast("int", cells(report)[changed])
    now = cells(report) | {changed: other if other < old else other + 1}
    failures = tuple(
        Discrepancy(each.rule, each.at, *(sum(cast("int", now[at]) for at in side) for side in (each.left, each.right)))
        for each in touched[changed]
    )
    return Broken(replace(report, {changed: now[changed]}, discrepancies=failures), equation, changed, failures)


# -- paper ---------------------------------------------------------------------------------------------

BLANKS = ("", "/", "-", "—", "不适用")
"""What stands in a cell that was left blank."""

ANNOTATIONS = ("{}件", "{}（其中修订1件）", " {} ")
"""How a number is written with more than its digits."""


@frozen
class Paper:
    """The texts in the cells of a printed report, by address, and the report that they mean."""

    texts: Mapping[Address, str]
    report: AnyReport


@st.composite
def sheets(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> Paper:
    """Paper: sound reports with some cells left blank, where the number is 0, and some annotated."""
    places = [*numbers(_edition(edition).report)]
    # Not `dictionaries`: there each key that is dropped would change those that follow, which hinders shrinking.
    odd = draw(st.lists(st.tuples(*map(st.sampled_from, (places, BLANKS, ANNOTATIONS)))))
    report = draw(reports(edition=edition, max_value=max_value))
    number = cells(report)
    marks = [
        Mark(at, "annotated", annotation.format(number[at])) if number[at] else Mark(at, "blank", blank)
        for at, (blank, annotation) in {at: ways for at, *ways in odd}.items()
    ]
    texts = {at: str(value) for at, value in number.items()} | {mark.at: mark.text for mark in marks}
    return Paper(texts, replace(report, marks=tuple(marks)))


# -- payloads nearly right -----------------------------------------------------------------------------


@frozen
class Payload:
    """Data for `loads`, and the faults that must be found in it: rule and JSON Pointer."""

    data: Mapping[str, Any]
    faults: frozenset[tuple[str, str]]


_UNFIT: Mapping[type, Mapping[str, tuple[Any, ...]]] = {
    Integer: {"wrong-type": (None, True, 1.5, "1", [], {}), "out-of-range": (-(2**53), 2**53, 10**400)},
    Money: {"wrong-type": (None, True, [], {}), "out-of-range": (-1, "-1", "1e2", "", "0.1234567", 10**15)},
    String: {"wrong-type": (None, 1, [], {})},
    Inner: {"wrong-type": (None, 0, "", [])},
}
"""What no cell of a kind accepts."""


@st.composite
def payloads(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> Payload:
    """JSON that is nearly right: sound reports with up to three values dropped, added or replaced."""
    chosen = draw(st.lists(st.sampled_from(_spoilable(_edition(edition).report)), max_size=3))
    data: dict[str, Any] = unstructure(draw(reports(edition=edition, max_value=max_value)))
    faults: set[tuple[str, str]] = set()
    spoiled: list[Address] = []
    for node in chosen:
        if any(node.at.within(at) or at.within(node.at) for at in spoiled):
            continue
        spoiled.append(node.at)
        faults.add(_spoil(draw, data, node))
    return Payload(data, frozenset(faults))


@per_class
def _spoilable(cls: type) -> tuple[Node, ...]:
    return tuple(node for node in nodes(cls).values() if node.at and type(node.domain or Inner(object)) in _UNFIT)


def _spoil(draw: st.DrawFn, data: Any, node: Node) -> tuple[str, str]:
    """Spoil one place of a payload, and say with which fault."""
    *outer, name = node.at.steps
    for step in outer:
        data = data[step]
    unfit = _UNFIT[type(node.domain or Inner(object))]
    rule = draw(st.sampled_from([*unfit, *["missing"] * node.required, *["unknown-key"] * bool(node.children)]))
    if rule == "missing":
        del data[name]
    elif rule == "unknown-key":
        data[name]["小计"] = 0
        return rule, f"{node.at.pointer}/小计"
    else:
        data[name] = draw(st.sampled_from(unfit[rule]))
    return rule, node.at.pointer
