"""Fill in the numbers that the arithmetic of the form determines, and only those."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from gkformat.base.address import Address
from gkformat.codec import loads, unstructure
from gkformat.codec.tree import ABSENT, put, value_at
from gkformat.forms.editions import edition_of
from gkformat.judgement.marks import UNCLEAR
from gkformat.judgement.root import is_report
from gkformat.notation.declare import is_box
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import numbers, outline

T = TypeVar("T")


def complete(cls: type[T], mapping: Mapping[str, Any]) -> T:
    """Make a box from a mapping in which totals, and one term of each balance, may be missing.

    The mapping is one that `loads` takes; rows and tables in it may also be boxes, and a report needs no `edition`. A
    given number is never changed, and a missing one is filled in only if an equation determines it: a total by its
    parts, or the single missing term of a balance by the others. A cell with a mark that there is no number in it, such
    as `blank` or `unreadable`, determines nothing.

    Raises `Malformed` if a number stays open or would be negative, and for every other fault of the mapping;
    `Inconsistent` for a report whose given numbers contradict each other.
    """
    tree = _plain(mapping)
    if not isinstance(tree, dict):
        outline(cls).validate(tree)  # raises `Malformed`, which says what is expected
    if is_report(cls):
        tree.setdefault("edition", edition_of(cls).name)
    values = {at: value_at(tree, at.steps) for at in numbers(cls)}
    opened = _open_cells(tree)
    known = {at: value for at, value in values.items() if type(value) is int and at not in opened}
    missing = {at for at, value in values.items() if value is ABSENT}
    for at, number in determined(equations(cls), known, missing):
        put(tree, at.steps, number)
    return loads(tree, cls)


def _plain(value: Any) -> Any:
    """Copy a value as plain values, so that the mapping of the caller is not changed."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return unstructure(value) if is_box(type(value)) else value


def _open_cells(tree: Mapping[str, Any]) -> frozenset[str]:
    """Return the addresses that the marks of a payload leave open; `loads` refuses what is no mark."""
    marks = tree.get("marks")
    items = [unstructure(mark) for mark in marks] if isinstance(marks, list | tuple) else []
    return frozenset(
        str(mark.get("at")) for mark in items if isinstance(mark, dict) and mark.get("kind") in {"blank", *UNCLEAR}
    )


def determined(
    system: Iterable[Equation], known: dict[Address, int], missing: set[Address]
) -> Iterator[tuple[Address, int]]:
    """Yield the missing numbers that follow from the known ones, each as soon as it follows.

    Totals come first, then those terms of balances that are not totals, so that if the given numbers contradict each
    other a balance breaks, and not a total.
    """
    totals = [equation for equation in system if equation.is_total]
    balances = [equation for equation in system if not equation.is_total]
    sums = {equation.at for equation in totals}
    while True:
        found = {
            total.at: _sum(known, total.left)
            for total in totals
            if missing & {total.at} and known.keys() >= {*total.left}
        }
        if not found:
            solved = dict(filter(None, (_last_term(balance, known, missing) for balance in balances)))
            found = {at: number for at, number in solved.items() if at not in sums} or solved
        if not found:
            return
        yield from found.items()
        known |= found
        missing -= found.keys()


def _last_term(balance: Equation, known: Mapping[Address, int], missing: set[Address]) -> tuple[Address, int] | None:
    """Return the address and the value of the missing term of a balance, if all others are known."""
    unknown = [at for at in (*balance.left, *balance.right) if at not in known]
    if len(unknown) != 1 or unknown[0] not in missing:
        return None
    left, right = (_sum(known, [at for at in side if at in known]) for side in (balance.left, balance.right))
    return unknown[0], right - left if unknown[0] in balance.left else left - right


def _sum(known: Mapping[Address, int], side: Iterable[Address]) -> int:
    return sum(known[at] for at in side)
