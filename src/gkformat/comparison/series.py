"""Compare the reports of a body across years: the figures that one year hands on to the next.

All findings are advice. A body may be merged, correct last year's report, or clean up its register of documents, and
the form prints no relation between years.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.errors import Incomparable
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.sequences import ItemSequence
from gkformat.base.words import Lang, Words
from gkformat.comparison.crosswalk import shared_addresses, shared_cells
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.forms.relations import ACROSS_YEARS, PREVIOUS, Relation
from gkformat.notation.outline import Node, label, nodes, positions


@frozen
class ReportName:
    """The identity of a report: its agency and its year."""

    agency: str
    year: int

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


Pair = tuple[ReportName, ReportName]
"""Two reports of the same body, the earlier first."""


@frozen
class SeriesTerm:
    """A cell of a relation between two reports: its report, its coefficient (see `Term`) and its value."""

    report: ReportName
    at: Address
    coefficient: int
    value: Number


@frozen
class SeriesFinding:
    """A relation between two consecutive years that does not hold.

    `at` and `label` are those of the cell of the later report that should follow from the others: `left` is the number
    that follows, `right` the number in that cell. `body` is the key that the two reports have in common.
    """

    rule: str
    at: Address
    label: str
    text: Words
    left: Number
    right: Number
    terms: tuple[SeriesTerm, ...]
    body: Hashable
    earlier: ReportName
    later: ReportName
    severity: Literal["advice"] = "advice"

    @property
    def difference(self) -> Number:
        """Left side minus right side."""
        return self.left - self.right

    def message(self, lang: Lang = "zh") -> str:
        """Return the finding in one sentence."""
        return self.text.text(lang)


@frozen
class SeriesFindings(ItemSequence[SeriesFinding]):
    """The findings on reports across years, by body, then by year, then in printed order.

    `compared` are the pairs of consecutive years that were compared. `gaps` are the neighbours in a series between
    which years are missing; these were not compared.
    """

    items: tuple[SeriesFinding, ...] = ()
    compared: tuple[Pair, ...] = field(default=(), kw_only=True)
    gaps: tuple[Pair, ...] = field(default=(), kw_only=True)


def agency(report: AnyReport) -> str:
    """Return the name of the agency: the default `key` of `check_series`."""
    return report.agency


def check_series(reports: Iterable[AnyReport], *, key: Callable[[AnyReport], Hashable] = agency) -> SeriesFindings:
    """Compare the reports of each body with those of the year before.

    `carry-over`: 上年结转 (table 三, row 二) is what the year before carried forward (row 四), column by column.
    `in-force-chain`: 现行有效件数 is that of the year before, plus 制发, minus 废止. Both are ours and only advice.

    Reports may come in any order, of any editions and any number of bodies. Reports with the same `key` are of the same
    body; give one if a name has changed. Only consecutive years are compared, only cells that both editions share, and
    only if none of the cells of a relation is blank or unclear.

    Raises `Incomparable` if a body has several reports of one year.
    """
    items: list[SeriesFinding] = []
    compared: list[Pair] = []
    gaps: list[Pair] = []
    for body, series in _by_body(reports, key):
        for earlier, later in pairwise(series):
            consecutive = later.year == earlier.year + 1
            (compared if consecutive else gaps).append((_report_name(earlier), _report_name(later)))
            if consecutive:
                items += _findings(body, earlier, later)
    return SeriesFindings(tuple(items), compared=tuple(compared), gaps=tuple(gaps))


def _report_name(report: AnyReport) -> ReportName:
    return ReportName(report.agency, report.year)


# -- bodies and years ----------------------------------------------------------------------------------


def _by_body(
    reports: Iterable[AnyReport], key: Callable[[AnyReport], Hashable]
) -> list[tuple[Hashable, list[AnyReport]]]:
    """Return the reports of each body by year, the bodies by the name and the year of their first report."""
    bodies: defaultdict[Hashable, list[AnyReport]] = defaultdict(list)
    for report in reports:
        bodies[key(report)].append(report)
    for series in bodies.values():
        series.sort(key=lambda report: (report.year, report.agency))
    _refuse_repeated(bodies)
    # Keys need not be comparable: their repr decides, and only between bodies of the same name.
    return sorted(bodies.items(), key=lambda item: (item[1][0].agency, item[1][0].year, repr(item[0])))


def _refuse_repeated(bodies: Mapping[Hashable, Sequence[AnyReport]]) -> None:
    pairs = (pair for series in bodies.values() for pair in pairwise(series))
    repeated = sorted({str(_report_name(report)) for pair in pairs if pair[0].year == pair[1].year for report in pair})
    if repeated:
        raise Incomparable(
            Words(
                f"同一机关同一年度有不止一份报告：{'、'.join(repeated)}",
                f"more than one report of the same body and year: {', '.join(repeated)}",
            )
        )


# -- relations -----------------------------------------------------------------------------------------


@frozen
class _CellRelation:
    """A relation: a cell of the earlier report, plus or minus `flows` of the later one, equals a cell of the later."""

    rule: str
    earlier: Address
    later: Address
    flows: tuple[tuple[Address, int], ...] = ()


@cache
def _relations(earlier: str, later: str) -> tuple[_CellRelation, ...]:
    """Return the relations between consecutive reports of these editions, in the printed order of the later one."""
    shared = shared_addresses(earlier, later)
    cls = edition_named(later).report
    found = (each for declared in ACROSS_YEARS for box in nodes(cls).values() for each in _in_box(declared, box))
    there = (each for each in found if all(at in shared for at in (each.earlier, each.later, *dict(each.flows))))
    return tuple(sorted(there, key=lambda relation: positions(cls)[relation.later]))


def _in_box(declared: Relation, box: Node) -> Iterator[_CellRelation]:
    """Yield a declared relation for each cell of a box on its right side: the row that it names may have several."""
    (previous, _), *flows = declared.left
    outer = box.at.child(declared.right)
    for cell in (at for at in box.cells if at.within(outer)):
        inside = cell.relative_to(outer)
        earlier = box.at.child(previous.removeprefix(PREVIOUS)).child(inside)
        yield _CellRelation(
            declared.rule, earlier, cell, tuple((box.at.child(name).child(inside), sign) for name, sign in flows)
        )


def _findings(body: Hashable, earlier: AnyReport, later: AnyReport) -> Iterator[SeriesFinding]:
    before, now = shared_cells(earlier, later.edition), shared_cells(later, earlier.edition)
    for relation in _relations(earlier.edition, later.edition):
        terms = [
            *_terms(_report_name(earlier), before, [(relation.earlier, 1)]),
            *_terms(_report_name(later), now, [*relation.flows, (relation.later, -1)]),
        ]
        if len(terms) == len(relation.flows) + 2 and _sum(terms):
            yield _finding(relation, body, tuple(terms), type(later))


def _terms(
    report: ReportName, values: Mapping[Address, Number | None], wanted: Iterable[tuple[Address, int]]
) -> Iterator[SeriesTerm]:
    """Yield the terms that have a number; the caller drops the relation if one is missing."""
    for at, coefficient in wanted:
        if (value := values[at]) is not None:
            yield SeriesTerm(report, at, coefficient, value)


def _finding(relation: _CellRelation, body: Hashable, terms: tuple[SeriesTerm, ...], cls: type) -> SeriesFinding:
    *following, printed = terms
    earlier, later = terms[0].report, printed.report
    left, right = _sum(following), printed.value
    text = FAMILIES[relation.rule].message.format(
        earlier=earlier.year, later=later.year, left=left, right=right, difference=left - right
    )
    at = relation.later
    return SeriesFinding(relation.rule, at, label(cls, at), text, left, right, terms, body, earlier, later)


def _sum(terms: Iterable[SeriesTerm]) -> Number:
    return sum(term.coefficient * term.value for term in terms)
