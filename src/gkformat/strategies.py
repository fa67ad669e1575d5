"""Hypothesis strategies for the forms: sound and broken reports, cell texts of documents, and spoiled payloads.

Nothing is drawn and thrown away: the equations are solved instead of filtered by. An amount that the two sides of an
equation share is drawn once and posted to one cell on each side, as in double-entry bookkeeping; totals are added up.
Everything follows from the outline and the equations of a form, so that every edition is covered. Whatever is odd about
a report is drawn before the report itself, because Hypothesis varies the end of an example least.

Strategies shrink towards the report in which all numbers are 0 and all texts empty, one posting at a time. Invalid
arguments raise Hypothesis' `InvalidArgument` when a value is drawn, as everywhere in Hypothesis.

Needs the extra `testing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, overload

from gkformat.base.address import Address, AddressDict
from gkformat.base.findings import Discrepancy, Mark, MarkKind
from gkformat.base.frozen import frozen
from gkformat.codec import unstructure
from gkformat.codec.completion import determined
from gkformat.forms import y2021
from gkformat.forms.editions import EDITIONS, AnyReport, Edition, edition_of
from gkformat.judgement.revision import cells, replace
from gkformat.judgement.root import is_report
from gkformat.notation.cell_text import classify
from gkformat.notation.declare import Items, Nested, is_box
from gkformat.notation.domains import Amount, Count, Integer, Money, String
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import Node, build, nodes, numbers, outline, per_class

try:
    from hypothesis import strategies as st
    from hypothesis.errors import InvalidArgument
except ImportError as error:  # pragma: no cover - the extra is there wherever the tests run
    raise ImportError(
        "gkformat.strategies 需要额外的依赖，请运行 pip install 'gkformat[testing]' / "
        "needs an extra, install it with: pip install 'gkformat[testing]'"
    ) from error

__all__ = [
    "Broken",
    "Paper",
    "Payload",
    "amounts",
    "applicants",
    "boxes",
    "broken",
    "case_results",
    "counts",
    "payloads",
    "printable",
    "proactive_disclosure",
    "reports",
    "requests",
    "sheets",
    "texts",
]


def __dir__() -> list[str]:
    return __all__


T = TypeVar("T")

_COUNT = cast("Integer", get_args(Count)[1])
_AMOUNT = cast("Money", get_args(Amount)[1])

USUAL = 10**6
"""The default for the largest number in a box, which is busier than any real table 三."""

_MAX_POSTINGS = 8
"""The largest number of postings in a sparse box."""


# -- cells ---------------------------------------------------------------------------------------------


def counts(*, min_value: int = _COUNT.minimum, max_value: int = _COUNT.maximum) -> st.SearchStrategy[int]:
    """Generate counts between two bounds, both included."""
    return st.integers(_checked_bound("min_value", min_value), _checked_bound("max_value", max_value))


def _checked_bound(name: str, value: int) -> int:
    if _COUNT.violation(value):
        raise InvalidArgument(f"{name}={value!r} is not {_COUNT.expected.en}")
    return value


def amounts(*, max_value: int = 10**_AMOUNT.digits) -> st.SearchStrategy[Decimal]:
    """Generate amounts in their written form, trailing zeros included, none larger than `max_value`."""
    whole = st.integers(0, min(max_value, 10**_AMOUNT.digits - 1)).map(str)
    if max_value == 0:
        return whole.map(Decimal)
    fraction = st.text("0123456789", min_size=1, max_size=_AMOUNT.decimals)
    return st.builds(Decimal, whole | st.builds("{}.{}".format, st.integers(0, max_value - 1).map(str), fraction))


def texts(*, max_size: int = 40) -> st.SearchStrategy[str]:
    """Generate prose: any text that UTF-8 can hold."""
    return st.text(st.characters(codec="utf-8"), max_size=max_size)


# -- boxes and reports ---------------------------------------------------------------------------------


@st.composite
def boxes(draw: st.DrawFn, cls: type[T], *, max_value: int = USUAL) -> T:
    """Generate sound boxes of a class: tables or rows in which every equation holds.

    No number is larger than `max_value`. Use `reports` for whole reports.
    """
    if not is_box(cls):
        raise InvalidArgument(f"{cls.__name__} is no box of a form")
    if is_report(cls):
        raise InvalidArgument(f"{cls.__name__} is a whole report, which reports() makes")
    return build(cls, draw(_numbers(cast("Any", cls), max_value)))


def applicants(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.Applicants]:
    """Generate sound rows of table 三 (2021): six counts and their total, none larger than `max_value`."""
    return boxes(y2021.Applicants, max_value=max_value)


def requests(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.Requests]:
    """Generate sound tables 三 (2021): 25 rows of seven counts, none larger than `max_value`."""
    return boxes(y2021.Requests, max_value=max_value)


def proactive_disclosure(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.ProactiveDisclosure]:
    """Generate tables 二 (2021): nine counts and an amount in 万元, none larger than `max_value`."""
    return boxes(y2021.ProactiveDisclosure, max_value=max_value)


def case_results(*, max_value: int = USUAL) -> st.SearchStrategy[y2021.CaseResults]:
    """Generate sound groups of cases of table 四 (2021): four results and their total, none larger than `max_value`."""
    return boxes(y2021.CaseResults, max_value=max_value)


@overload
def reports(
    *,
    edition: Literal["2021"] = ...,
    max_value: int = ...,
    agency: str | st.SearchStrategy[str] | None = ...,
    year: int | st.SearchStrategy[int] | None = ...,
) -> st.SearchStrategy[y2021.Report]: ...
@overload
def reports(
    *,
    edition: str,
    max_value: int = ...,
    agency: str | st.SearchStrategy[str] | None = ...,
    year: int | st.SearchStrategy[int] | None = ...,
) -> st.SearchStrategy[AnyReport]: ...
@st.composite
def reports(
    draw: st.DrawFn,
    *,
    edition: str = "2021",
    max_value: int = USUAL,
    agency: str | st.SearchStrategy[str] | None = None,
    year: int | st.SearchStrategy[int] | None = None,
) -> AnyReport:
    """Generate sound reports of an edition, for years in which it is in force: busy, sparse and all-zero ones.

    No number is larger than `max_value`. `agency` and `year` are those of the reports, or strategies for them.
    """
    chosen = _edition(edition)
    cls = chosen.report
    values = draw(_numbers(cast("Any", cls), max_value))
    fields = draw(_other_fields(edition))
    for name, given in (("agency", agency), ("year", year)):
        if given is not None:
            fields[name] = draw(given) if isinstance(given, st.SearchStrategy) else given
    if not chosen.covers(fields["year"]):
        raise InvalidArgument(f"year={fields['year']!r} is none of edition {edition}, which is for {chosen.years.en}")
    return build(cls, values, **fields)


def strategy_for(cls: type) -> st.SearchStrategy[Any]:
    """Return what `from_type` draws from for a box of a form, by `gkformat.base.late`."""
    return reports(edition=edition_of(cls).name) if is_report(cls) else boxes(cls)


def _edition(name: str) -> Edition:
    if name not in EDITIONS:
        raise InvalidArgument(f"edition={name!r} is none of {', '.join(EDITIONS)}")
    return EDITIONS[name]


@cache
def _other_fields(edition: str) -> st.SearchStrategy[dict[str, Any]]:
    """Generate the fields of a report other than its tables."""
    chosen = EDITIONS[edition]
    years = st.integers(chosen.first_year, chosen.last_year or chosen.first_year + 20)
    prose = {node.name: texts() for node in outline(chosen.report).children if node.printed.kind == "prose"}
    return st.fixed_dictionaries({"year": years, "agency": texts(max_size=20), **prose})


@st.composite
def printable(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> AnyReport:
    """Generate sound reports whose texts a document holds exactly: `read` returns what `write` was given.

    Sections consist of paragraphs of a few characters, none of which is a heading; the body is a government.
    """
    chosen = _edition(edition)
    named = draw(st.text("东南西北中江河山海湖安宁平", min_size=1, max_size=6).map("{}市人民政府".format))
    prose = [node.name for node in outline(chosen.report).children if node.printed.kind == "prose"]
    sections = draw(st.fixed_dictionaries(dict.fromkeys(prose, _paragraphs())))
    return replace(draw(reports(edition=edition, max_value=max_value)), agency=named, **sections)


def _paragraphs() -> st.SearchStrategy[str]:
    characters = st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd", "Pd", "Ps", "Pe", "Po", "Sm", "Sc"])
    paragraphs = st.text(characters, max_size=40).map("本{}。".format)
    return st.lists(paragraphs, max_size=4).map("\n".join)


# -- numbers that solve the equations ------------------------------------------------------------------

Posting = tuple[Address, ...]
"""The cells to which one amount is posted: a single free cell, or one on each side of an equation."""


@frozen
class _PostingRules:
    """The possible postings of a box: to free cells, and to pairs of cells on the two sides of an equation."""

    free: tuple[Posting, ...]
    flows: tuple[tuple[Posting, Posting], ...]

    def covering(self) -> Iterator[Posting]:
        """Yield a smallest set of postings that reach every cell that is not a total."""
        yield from self.free
        for left, right in self.flows:
            yield from ((left[index % len(left)], other) for index, other in enumerate(right))

    def any_postings(self) -> Iterator[st.SearchStrategy[Posting]]:
        """Yield strategies for postings that share no cell, so that none takes from the numbers of another.

        Each side of an equation is drawn by itself, so that it also shrinks by itself.
        """
        if self.free:
            yield st.sampled_from(self.free)
        if self.flows:
            yield st.one_of([st.tuples(*map(st.sampled_from, sides)) for sides in self.flows])


@cache
def _numbers(cls: type, max_value: int) -> st.SearchStrategy[dict[Address, Any]]:
    """Generate numbers for all cells of a box with which its equations hold, none larger than `max_value`."""
    _checked_bound("max_value", max_value)
    form = [nodes(cls)[at] for at in numbers(cls)]
    unbound: dict[Address, st.SearchStrategy[Any]] = {
        node.at: amounts(max_value=min(max_value, 10**_AMOUNT.digits))
        for node in form
        if isinstance(node.domain, Money)
    }
    unbound |= {node.at: st.integers(-max_value, max_value) for node in form if node.is_signed}
    return st.builds(
        lambda posted, others: _add_up(cls, posted) | others,
        _posted_amounts(_posting_rules(cls), max_value),
        st.fixed_dictionaries(unbound),
    )


def _posted_amounts(rules: _PostingRules, max_value: int) -> st.SearchStrategy[Sequence[tuple[Posting, int]]]:
    """Generate postings with their amounts: a few anywhere, or one for each cell. They shrink to none at all."""
    everywhere = [*rules.covering()][::-1]  # reversed: bytes shrink to those that are not 0 at the end only
    if not (max_value and everywhere):
        return st.just(())
    few = st.tuples(*(_few_postings(posting, max_value) for posting in rules.any_postings()))
    sparse = few.map(lambda lists: [posted for each in lists for posted in each])
    if max_value < len(everywhere):
        return sparse
    # Drawing one string of bytes, a byte for each cell, is fifty times faster than drawing that many integers.
    levels = st.binary(min_size=len(everywhere), max_size=len(everywhere))
    largest = max_value // len(everywhere)
    units = st.integers(1, max(1, largest // 255))
    busy = st.builds(lambda unit, levels: [unit * level % (largest + 1) for level in levels], units, levels)
    return sparse | busy.map(lambda posted: list(zip(everywhere, posted, strict=True)))


def _few_postings(posting: st.SearchStrategy[Posting], max_value: int) -> st.SearchStrategy[list[tuple[Posting, int]]]:
    """Generate a few postings with their amounts: the fewer, the larger they may be."""

    @cache
    def so_many(count: int) -> st.SearchStrategy[list[tuple[Posting, int]]]:
        amounts = st.integers(1, max_value // max(1, count))
        return st.lists(st.tuples(posting, amounts), min_size=count, max_size=count)

    return st.integers(0, min(_MAX_POSTINGS, max_value)).flatmap(so_many)


def _add_up(cls: type, posted: Sequence[tuple[Posting, int]]) -> dict[Address, Any]:
    known = {at: 0 for posting in _posting_rules(cls).covering() for at in posting}
    for posting, amount in posted:
        for at in posting:
            known[at] += amount
    missing = {equation.at for equation in equations(cls) if equation.is_total}
    return known | dict(determined(equations(cls), dict(known), missing))


@per_class
def _posting_rules(cls: type) -> _PostingRules:
    parts = {equation.at: equation.left for equation in equations(cls) if equation.is_total}
    form = [nodes(cls)[at] for at in numbers(cls)]
    counted = [node.at for node in form if isinstance(node.domain, Integer) and not node.is_signed]
    flows = tuple(
        (tuple(_expand(equation.left, parts)), tuple(_expand(equation.right, parts)))
        for equation in equations(cls)
        if not equation.is_total and equation.at not in parts
    )
    bound = {at for left, right in flows for at in (*left, *right)}
    return _PostingRules(tuple((at,) for at in counted if at not in bound and at not in parts), flows)


def _expand(side: Sequence[Address], parts: Mapping[Address, Sequence[Address]]) -> Iterator[Address]:
    """Yield the cells of a side, with each total replaced by its parts."""
    for at in side:
        yield from _expand(parts[at], parts) if at in parts else [at]


# -- one known fault -----------------------------------------------------------------------------------


@frozen
class Broken:
    """A report with one wrong cell, the equation that was meant to break, and all discrepancies that must be found.

    `failures` has one discrepancy for each equation with the changed cell.
    """

    report: AnyReport
    equation: Equation
    changed: Address
    failures: tuple[Discrepancy, ...]


@st.composite
def broken(draw: st.DrawFn, *, rule: str | None = None, edition: str = "2021", max_value: int = USUAL) -> Broken:
    """Generate reports, as found, in which one cell of an equation was changed; `rule` is the family of that equation.

    `max_value`, which must be at least 1, bounds the changed cell too. Reports shrink towards a changed cell that is
    part of few equations.
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


# -- cell texts ----------------------------------------------------------------------------------------

BLANKS = ("", "/", "-", "—", "不适用")
"""Texts of cells that were left blank."""

ANNOTATIONS = ("{}{unit}", "{}（其中修订1件）", " {} ")
"""Templates of numbers that are written with more than their digits, such as a unit of their kind."""


UNCLEAR: tuple[tuple[MarkKind, str], ...] = (
    ("absent", ""),
    ("unreadable", "#REF!"),
    ("unreadable", "7 46"),
    ("unreadable", "约20"),
    ("out-of-range", "-3"),
    ("out-of-range", "3001.5"),
)
"""Texts of cells of which nobody can say what they hold, with the kind of their marks."""

_SELDOM_UNCLEAR: tuple[tuple[MarkKind, str] | None, ...] = (*[None] * 4 * len(UNCLEAR), *UNCLEAR)


@frozen
class Paper:
    """The texts in the cells of a printed report, by address, and the report that they mean.

    A cell that the document does not have has no text.
    """

    texts: AddressDict[str]
    report: AnyReport


@st.composite
def sheets(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> Paper:
    """Generate the cell texts of reports that are sound but for cells that are not plain numbers.

    Some cells are annotated, some, where the number is 0, left blank, and some are unreadable, out of range or absent.
    """
    odd = draw(_oddities(_edition(edition).report))
    report = draw(reports(edition=edition, max_value=max_value))
    number = cast("dict[Address, Any]", cells(report))
    form = nodes(type(report))
    marks = {at: _mark(form[at], number[at], blank, annotation, seldom) for at, blank, annotation, seldom in odd}
    texts = {at: str(value) for at, value in number.items()} | {at: mark.text for at, mark in marks.items()}
    unclear = {at: type(number[at])(0) for at, mark in marks.items() if mark.kind not in ("annotated", "blank")}
    return Paper(
        AddressDict((at, text) for at, text in texts.items() if at not in marks or marks[at].kind != "absent"),
        replace(report, unclear, marks=tuple(marks.values())),
    )


@per_class
def _oddities(cls: type) -> st.SearchStrategy[list[tuple[Address, str, str, tuple[MarkKind, str] | None]]]:
    """Generate cells with the ways in which each may be odd."""
    # Not `dictionaries`, in which dropping a key changes those that follow, and that hinders shrinking.
    ways = st.tuples(*map(st.sampled_from, (numbers(cls), BLANKS, ANNOTATIONS, _SELDOM_UNCLEAR)))
    return st.lists(cast("Any", ways))


def _mark(node: Node, value: Any, blank: str, annotation: str, unclear: tuple[MarkKind, str] | None) -> Mark:
    """Return the mark of a cell with this value, whose text is odd in one of these ways."""
    # Some cells can hold what others cannot: a change may be negative, an amount may have a fraction.
    if unclear and not (unclear[0] == "out-of-range" and classify(node, unclear[1])[0] == "number"):
        return Mark(node.at, *unclear)
    unit = "万元" if isinstance(node.domain, Money) else "件"
    return Mark(node.at, "annotated", annotation.format(value, unit=unit)) if value else Mark(node.at, "blank", blank)


# -- spoiled payloads ----------------------------------------------------------------------------------


@frozen
class Payload:
    """Data for `loads`, and the faults that must be found in it, each as a rule and a JSON Pointer."""

    data: Mapping[str, Any]
    faults: frozenset[tuple[str, str]]


_UNFIT: Mapping[type, Mapping[str, tuple[Any, ...]]] = {
    Integer: {"wrong-type": (None, True, 1.5, "1", [], {}), "out-of-range": (-(2**53), 2**53, 10**400)},
    Money: {"wrong-type": (None, True, [], {}), "out-of-range": (-1, "-1", "1e2", "", "0.1234567", 10**15)},
    String: {"wrong-type": (None, 1, [], {})},
    Nested: {"wrong-type": (None, 0, "", [])},
    Items: {"wrong-type": (None, 0, "", {})},
}
"""Values that violate each kind of domain, by the rule that they break."""

_ODD_MARKS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("out-of-range", "kind", {"kind": "illegible"}),
    ("missing", "kind", {}),
    ("unknown-key", "note", {"kind": "absent", "note": ""}),
    ("wrong-type", "text", {"kind": "unreadable", "text": None}),
    ("out-of-range", "at", {"kind": "unreadable", "at": "year"}),
    ("out-of-range", "text", {"kind": "annotated", "text": "/"}),
)
"""What is wrong with a mark: the rule, the key of the fault, and the mark, which stands at a cell."""


@st.composite
def payloads(draw: st.DrawFn, *, edition: str = "2021", max_value: int = USUAL) -> Payload:
    """Generate payloads that are nearly valid: sound reports with up to three values dropped, added or replaced.

    A mark may be spoiled, too. A text out of range (`/marks/0/text`) is the only fault that no JSON Schema finds.
    """
    cls = _edition(edition).report
    odd_mark = draw(st.none() | st.sampled_from(_ODD_MARKS))
    chosen = [nodes(cls)[at] for at in draw(_some_spoilable(cls)[bool(odd_mark)])]
    data: dict[str, Any] = unstructure(draw(reports(edition=edition, max_value=max_value)))
    faults: set[tuple[str, str]] = set()
    spoiled: list[Address] = []
    if odd_mark:
        rule, key, mark = odd_mark
        data["marks"] = [{"at": str(numbers(cls)[0]), **mark}]
        faults.add((rule, f"/marks/0/{key}"))
        spoiled.append(Address("marks"))
    for node in chosen:
        if any(node.at.within(at) or at.within(node.at) for at in spoiled):
            continue
        spoiled.append(node.at)
        faults.add(_spoil(draw, data, node))
    return Payload(data, frozenset(faults))


@per_class
def _some_spoilable(cls: type) -> tuple[st.SearchStrategy[list[Address]], st.SearchStrategy[list[Address]]]:
    """Generate up to three places of a form that can be spoiled, or up to two."""
    places = [node.at for node in nodes(cls).values() if node.at and type(node.domain or Nested(object)) in _UNFIT]
    three, two = (st.lists(st.sampled_from(places), max_size=size) for size in (3, 2))
    return three, two


def _spoil(draw: st.DrawFn, data: Any, node: Node) -> tuple[str, str]:
    """Spoil one place of a payload, and return the rule and the pointer of the fault."""
    *outer, name = node.at.steps
    for step in outer:
        data = data[step]
    unfit = _UNFIT[type(node.domain or Nested(object))]
    rule = draw(st.sampled_from([*unfit, *["missing"] * node.required, *["unknown-key"] * bool(node.children)]))
    if rule == "missing":
        del data[name]
    elif rule == "unknown-key":
        data[name]["小计"] = 0
        return rule, f"{node.at.pointer}/小计"
    else:
        data[name] = draw(st.sampled_from(unfit[rule]))
    return rule, node.at.pointer
