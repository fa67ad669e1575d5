"""What two editions of the form have in common: the cells at which both ask the same question.

Two cells ask the same where their address and all their labels, from the section to the column, are the same. A row
of one edition may be a group of rows in the other: the group is folded, which means added up to that row. Nothing
here knows any particular edition, and nothing is converted where the questions differ.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import frozen

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.words import Words
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.judgement.marks import blanks, groups
from gkformat.judgement.revision import cells
from gkformat.judgement.root import is_root
from gkformat.notation.outline import SEPARATOR, Node, label, nodes, numbers, per_class

F = TypeVar("F", bound=Callable[..., Any])


@frozen
class Apart:
    """A cell of one edition that has no counterpart in the other, and why."""

    edition: str
    at: Address
    label: str
    reason: Words


@frozen
class Shared(Collection[Address]):
    """The addresses that two editions share, in the printed order of the first; iterate over it, or ask with `in`.

    Where a group of rows is folded, the address is that of the row in the edition that has one. `apart` holds every
    cell of either edition whose own address is not shared, the lines of a folded group among them.
    """

    editions: tuple[str, str]
    addresses: tuple[Address, ...]
    apart: tuple[Apart, ...]

    def __iter__(self) -> Iterator[Address]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)

    def __contains__(self, at: object) -> bool:
        return at in self.addresses


def shared_addresses(a: str, b: str) -> Shared:
    """What two editions, given by their names, have in common, and what they have not.

    An edition shares all its cells with itself. Raises `LookupError` for a name that the library does not know.
    """
    return _shared(a, b)


def shared_cells(report: AnyReport, other: str) -> dict[Address, Number | None]:
    """The numbers of a report at the addresses that its edition shares with the edition `other`, in printed order.

    `None` where the paper was blank. A folded group is the sum of its lines, and `None` if any of them is blank; but
    where the paper filled the group as one row, it is that row. Raises `LookupError` for an unknown edition.
    """
    shared = shared_addresses(report.edition, other)
    values = folded_cells(report, _rows_there(type(report), edition_named(other).report))
    return {at: values[at] for at in shared}


# -- questions -----------------------------------------------------------------------------------------


def _remembered(function: F) -> F:
    """Compute it once for the same arguments. (To mypy a class is not hashable; see `per_class`.)"""
    return cast("F", cache(function))


@frozen
class Question:
    """What a form asks at an address: its full label, and the cells that together answer it."""

    label: str
    cells: tuple[Address, ...]


@_remembered
def questions(cls: type, folded: frozenset[Address] = frozenset()) -> Mapping[Address, Question]:
    """What a box asks, by address and in printed order, with some groups of rows folded into one row each."""
    found: dict[Address, Question] = {}
    for at, node in nodes(cls).items():
        if at in folded:
            found |= _as_one_row(cls, node)
        elif node.is_cell and not any(at.within(group) for group in folded):
            found[at] = Question(label(cls, at), (at,))
    return MappingProxyType(found)


def _as_one_row(cls: type, group: Node) -> dict[Address, Question]:
    row = cast("type", group.children[0].type)
    return {
        group.at.child(cell): Question(
            SEPARATOR.join((label(cls, group.at), label(row, cell))),
            tuple(line.at.child(cell) for line in group.children),
        )
        for cell in numbers(row)
    }


@per_class
def foldable(cls: type) -> frozenset[Address]:
    """The groups of rows in a box that can be added up to one row: those whose lines are all of one kind."""
    return frozenset(at for at in groups(cls) if len({line.type for line in nodes(cls)[at].children}) == 1)


# -- answers -------------------------------------------------------------------------------------------


def merged(box: Any) -> frozenset[Address]:
    """The groups that the paper filled as one row; a box that is no report knows of none."""
    return frozenset(mark.at for mark in box.marks if mark.kind == "merged") if is_root(type(box)) else frozenset()


def folded_cells(box: Any, folded: frozenset[Address] = frozenset()) -> dict[Address, Number | None]:
    """The numbers of a box at its questions, `None` where the paper was blank; see `questions`."""
    values = cells(box) | _as_one_row_on_paper(box, folded)
    return {
        at: _sum([values[cell] for cell in question.cells]) for at, question in questions(type(box), folded).items()
    }


def _as_one_row_on_paper(box: Any, folded: frozenset[Address]) -> dict[Address, Number | None]:
    """The lines of those folded groups that the paper filled as one row: its last line is that row, the others are 0.

    `cells` leaves them open, for what the row says is no answer to what any one line asks.
    """
    cls, found = type(box), dict[Address, Number | None]()
    for group in merged(box) & folded:
        *others, row = nodes(cls)[group].children
        for cell in (cell.at for line in others for cell in line.walk() if cell.is_cell):
            found[cell] = 0
        for cell in (cell.at for cell in row.walk() if cell.is_cell):
            found[cell] = None if cell in blanks(box) else attrgetter(cell)(box)
    return found


def _sum(values: Sequence[Number | None]) -> Number | None:
    first, *more = values  # not added to 0: a single amount stays as it is, whatever precision the caller works with
    for value in more:
        first = None if first is None or value is None else first + value
    return first


# -- two editions --------------------------------------------------------------------------------------


@_remembered
def _shared(a: str, b: str) -> Shared:
    first, second = edition_named(a).report, edition_named(b).report
    one, other = questions(first, _rows_there(first, second)), questions(second, _rows_there(second, first))
    addresses = tuple(at for at, question in one.items() if at in other and other[at].label == question.label)
    apart = (*_apart(a, b, addresses), *_apart(b, a, addresses)) if a != b else ()
    return Shared((a, b), addresses, apart)


@_remembered
def _rows_there(cls: type, other: type) -> frozenset[Address]:
    """The groups of rows in one form that are a single row in the other."""
    there = nodes(other)
    return frozenset(
        at for at in foldable(cls) if at in there and there[at].printed.word == "row" and at not in groups(other)
    )


def _apart(edition: str, other: str, shared: Collection[Address]) -> Iterator[Apart]:
    """The cells of an edition whose own address is not shared with the other, in printed order."""
    cls, there = edition_named(edition).report, edition_named(other).report
    folded = questions(cls, _rows_there(cls, there)).items()
    rows = {cell: at for at, question in folded if at in shared for cell in question.cells}
    for at in (at for at in numbers(cls) if at not in shared):
        names = {"edition": edition, "other": other}
        if at in rows:
            reason = _FOLDED.format(**names, at=rows[at])
        elif at in numbers(there):
            here, elsewhere = _unlike(label(cls, at), label(there, at))
            reason = _RELABELLED.format(**names, here=here, there=elsewhere)
        else:
            reason = _ONLY.format(**names)
        yield Apart(edition, at, label(cls, at), reason)


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Two full labels without what they have in common from the outside in."""
    steps, others = one.split(SEPARATOR), other.split(SEPARATOR)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(steps, others, strict=False)))
    return SEPARATOR.join(steps[alike:]), SEPARATOR.join(others[alike:])


_ONLY = Words("{edition} 版有此格，{other} 版没有", "edition {edition} has this cell, edition {other} has not")
_RELABELLED = Words(
    "两版所问不同：{edition} 版为“{here}”，{other} 版为“{there}”",
    "the two ask different things: “{here}” in edition {edition}, “{there}” in edition {other}",
)
_FOLDED = Words(
    "{edition} 版分为几行，{other} 版为一行：只能合计后比较，地址为 {at}",
    "several rows in edition {edition} are one row in edition {other}: only their sum can be compared, at {at}",
)
