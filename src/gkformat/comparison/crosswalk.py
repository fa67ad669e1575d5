"""The crosswalk between two editions of the form: the cells at which both ask for the same item.

Two cells ask for the same item if their addresses and all their labels, from the section to the column, are the same.
A row of one edition may be a group of rows in the other; the group is then folded, that is, added up to that row.
No particular edition is known here, and nothing is converted where the items differ.
"""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import takewhile

from gkformat.base.address import Address, AddressDict
from gkformat.base.arguments import TEXT, demand
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.comparison.folding import foldable_groups, folded_cells, folded_values
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.judgement.marks import row_groups
from gkformat.judgement.root import REPORT
from gkformat.notation.outline import SEPARATOR, label, nodes, numbers


@frozen
class Unmatched:
    """A cell of one edition that has no counterpart in the other, and the reason."""

    edition: str
    at: Address
    label: str
    reason: Words


@frozen
class Crosswalk(Collection[Address]):
    """The addresses that two editions share, in the printed order of the first; iterable, and supports `in`.

    For a folded group of rows, the address is that of the single row in the other edition. `unmatched` lists every cell
    of either edition whose own address is not shared, including the rows of folded groups.
    """

    editions: tuple[str, str]
    addresses: tuple[Address, ...]
    unmatched: tuple[Unmatched, ...]

    def __iter__(self) -> Iterator[Address]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)

    def __contains__(self, at: object) -> bool:
        return at in self.addresses


def shared_addresses(a: str, b: str) -> Crosswalk:
    """Return the addresses that two editions, given by name, have in common, and the cells that they do not share.

    An edition shares all its cells with itself. Raises `UnknownEdition` for an unknown edition.
    """
    demand(TEXT, a=a, b=b)
    return _crosswalk(a, b)


def shared_cells(report: AnyReport, other: str) -> AddressDict[Number | None]:
    """Return the numbers of a report at the addresses that its edition shares with `other`, in printed order.

    A blank or unclear cell is `None`. A folded group is the sum of its rows, and `None` if any of them is open; if the
    source filled the group as one row, it is that row. Raises `UnknownEdition` for an unknown edition.
    """
    demand(REPORT, report=report)
    shared = shared_addresses(report.edition, other)
    values = folded_values(report, _single_rows_in(type(report), edition_named(other).report))
    return AddressDict((at, values[at]) for at in shared)


# -- two editions --------------------------------------------------------------------------------------


@cache
def _crosswalk(a: str, b: str) -> Crosswalk:
    first, second = edition_named(a).report, edition_named(b).report
    one = folded_cells(first, _single_rows_in(first, second))
    other = folded_cells(second, _single_rows_in(second, first))
    addresses = tuple(at for at, cell in one.items() if at in other and other[at].label == cell.label)
    apart = (*_unmatched(a, b, addresses), *_unmatched(b, a, addresses)) if a != b else ()
    return Crosswalk((a, b), addresses, apart)


def _single_rows_in(cls: type, other: type) -> frozenset[Address]:
    """Return the groups of rows in one form that are a single row in the other."""
    others = nodes(other)
    return frozenset(
        at
        for at in foldable_groups(cls)
        if at in others and others[at].printed.kind == "row" and at not in row_groups(other)
    )


def _unmatched(edition: str, other: str, shared: Collection[Address]) -> Iterator[Unmatched]:
    """Yield the cells of an edition whose own address is not shared with the other, in printed order."""
    cls, there = edition_named(edition).report, edition_named(other).report
    folded = folded_cells(cls, _single_rows_in(cls, there)).items()
    rows = {each: at for at, cell in folded if at in shared for each in cell.cells}
    for at in (at for at in numbers(cls) if at not in shared):
        names = {"edition": edition, "other": other}
        if at in rows:
            reason = _FOLDED.format(**names, at=rows[at])
        elif at in numbers(there):
            here, elsewhere = _differing_parts(label(cls, at), label(there, at))
            reason = _RELABELLED.format(**names, here=here, there=elsewhere)
        else:
            reason = _ONLY.format(**names)
        yield Unmatched(edition, at, label(cls, at), reason)


def _differing_parts(one: str, other: str) -> tuple[str, str]:
    """Return two full labels without the outer steps that they have in common."""
    steps, others = one.split(SEPARATOR), other.split(SEPARATOR)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(steps, others, strict=False)))
    return SEPARATOR.join(steps[common:]), SEPARATOR.join(others[common:])


_ONLY = Words("{edition} 版有此格，{other} 版没有", "edition {edition} has this cell, edition {other} has not")
_RELABELLED = Words(
    "两版所问不同：{edition} 版为“{here}”，{other} 版为“{there}”",
    "the two ask different things: “{here}” in edition {edition}, “{there}” in edition {other}",
)
_FOLDED = Words(
    "{edition} 版分为几行，{other} 版为一行：只能合计后比较，地址为 {at}",
    "several rows in edition {edition} are one row in edition {other}: only their sum can be compared, at {at}",
)
