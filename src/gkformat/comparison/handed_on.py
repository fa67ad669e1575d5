"""What one year hands on to the next: the relations that are declared across years, cell by cell."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.comparison.crosswalk import shared_addresses
from gkformat.comparison.series_finding import ReportName, SeriesFinding, SeriesTerm, TwoYears, report_name
from gkformat.forms.editions import edition_named
from gkformat.forms.relations import ACROSS_YEARS, PREVIOUS, Relation
from gkformat.notation.outline import Node, nodes, positions


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


def handed_on(earlier: str, later: str) -> Mapping[Address, Address]:
    """Return the cells of a later report that repeat a cell of the one before, by edition, each with that cell."""
    return {relation.later: relation.earlier for relation in _relations(earlier, later) if not relation.flows}


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


def broken_relations(years: TwoYears) -> Iterator[SeriesFinding]:
    """Yield a finding for each declared relation that does not hold between two consecutive years."""
    earlier, later = report_name(years.earlier), report_name(years.later)
    for relation in _relations(years.earlier.edition, years.later.edition):
        terms = [
            *_terms(earlier, years.before, [(relation.earlier, 1)]),
            *_terms(later, years.now, [*relation.flows, (relation.later, -1)]),
        ]
        if len(terms) == len(relation.flows) + 2 and _sum(terms):
            left, right = _sum(terms[:-1]), terms[-1].value
            yield years.finding(relation.rule, relation.later, left, right, tuple(terms), difference=left - right)


def _terms(
    report: ReportName, values: Mapping[Address, Number | None], wanted: Iterable[tuple[Address, int]]
) -> Iterator[SeriesTerm]:
    """Yield the terms that have a number; the caller drops the relation if one is missing."""
    for at, coefficient in wanted:
        if (value := values[at]) is not None:
            yield SeriesTerm(report, at, coefficient, value)


def _sum(terms: Iterable[SeriesTerm]) -> Number:
    return sum(term.coefficient * term.value for term in terms)
