"""The words of a form that a text may use, each with the cells that it refers to.

All of it is computed from the declaration: the labels, without their numbering, name the outcomes, the applicants, the
cases and the documents; the balance of the form tells which rows are received, handled, brought and carried forward.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.numbering import without_number
from gkformat.forms.relations import DECISIONS, JOINTLY_ISSUED
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, nodes, per_class

ReferentKind = Literal["outcome", "applicant", "case", "result", "document", "decision"]


@frozen
class SignedSum:
    """One valid reading of a number in a text: the sum of some cells, less the sum of others."""

    plus: tuple[Address, ...]
    minus: tuple[Address, ...] = ()


@frozen
class Referent:
    """Something that a word of the form names. `at` is its place, and its number is the sum of its `cells`.

    `action` is what was done with a document (制发, 废止 …), in the words of its column; it is empty for other kinds.
    """

    kind: ReferentKind
    word: str
    at: Address
    cells: tuple[Address, ...]
    action: str = ""


@frozen
class BalanceRows:
    """The rows that the form balances, and the name of the column of their totals."""

    newly_received: Address
    brought_forward: Address
    handled: Address
    carried_forward: Address
    column: str

    @property
    def rows(self) -> tuple[Address, Address, Address, Address]:
        """The four rows, in this order."""
        return self.newly_received, self.brought_forward, self.handled, self.carried_forward

    def cell(self, row: Address) -> Address:
        """Return the address of the total of a row."""
        return row.child(self.column)


@frozen
class Referents:
    """All topics of a form. `groups` are the outcomes that together make up the handled requests."""

    balance: BalanceRows
    groups: tuple[Referent, ...]
    named: tuple[Referent, ...]

    @cached_property
    def counted_by_each_body(self) -> frozenset[Address]:
        """The cells of documents and decisions: every body of a region has its own."""
        return frozenset(topic.at for topic in self.named if topic.kind in ("document", "decision"))


_BRACKETS = re.compile(r"（.*）$")
_NOT_ACTION = re.compile(r"^本年|[件总]?数量?$")


@per_class
def referents(cls: type) -> Referents:
    """Return the topics of a report class."""
    balance = _balance(cls)
    outcomes = nodes(cls)[Address.of(balance.handled.steps[:-1])]
    groups = tuple(_outcome(group, balance) for group in outcomes.children if group.printed.kind == "row")
    leaves = (_outcome(row, balance) for group in outcomes.children for row in _rows(group))
    tables = (*_cases(cls), *_results(cls), *_documents(cls), *_decisions(cls))
    found = (*groups, *leaves, *_applicants(nodes(cls)[balance.newly_received]), *tables)
    return Referents(balance, groups, tuple(topic for topic in found if _is_distinctive(topic)))


def _is_distinctive(topic: Referent) -> bool:
    """Return True if the word names a single place: 其他 names several."""
    return topic.kind not in ("outcome", "applicant") or len(topic.word) > _MAX_AMBIGUOUS_LENGTH


_MAX_AMBIGUOUS_LENGTH = 2


def _balance(cls: type) -> BalanceRows:
    total = next(
        equation
        for equation in equations(cls)
        if equation.rule == "balance" and nodes(cls)[equation.at].printed.kind == "total"
    )
    newly_received, brought_forward, handled, carried_forward = (
        Address.of(at.steps[:-1]) for at in (*total.left, *total.right)
    )
    return BalanceRows(newly_received, brought_forward, handled, carried_forward, total.at.steps[-1])


def _rows(group: Node) -> list[Node]:
    return [row for row in group.children if row.printed.kind == "row"]


def _word_of(node: Node) -> str:
    return _BRACKETS.sub("", without_number(node.label))


def _outcome(row: Node, balance: BalanceRows) -> Referent:
    """Make the topic of a row, or of a group of rows, which has no cells of its own."""
    cells = tuple(balance.cell(inner.at) for inner in _rows(row) or [row])
    return Referent("outcome", _word_of(row), row.at if _rows(row) else cells[0], cells)


def _applicants(row: Node) -> Iterator[Referent]:
    """Yield the applicants: the columns, and groups of columns, of the first row."""
    for column in row.walk():
        if column.printed.kind == "column":
            yield Referent("applicant", _word_of(column), column.at, column.cells)


def _cases(cls: type) -> Iterator[Referent]:
    """Yield the kinds of cases, found by the totals of their results; a kind with kinds inside is their sum."""
    totals = [equation.at for equation in equations(cls) if equation.rule == "case-total"]
    for node in nodes(cls).values():
        cells = tuple(at for at in totals if at.within(node.at))
        if cells and node.printed.kind == "column":
            yield Referent("case", _word_of(node), cells[0] if len(cells) == 1 else node.at, cells)


def _results(cls: type) -> Iterator[Referent]:
    """Yield the results of cases, one for each kind of case that has them."""
    for equation in equations(cls):
        if equation.rule == "case-total":
            yield from (Referent("result", _word_of(nodes(cls)[at]), at, (at,)) for at in equation.left)


def _decisions(cls: type) -> Iterator[Referent]:
    """Yield the rows that count decisions."""
    for row in nodes(cls).values():
        if row.printed.kind == "row" and DECISIONS in row.children_by_name:
            at = row.at.child(DECISIONS)
            yield Referent("decision", _word_of(row), at, (at,))


def _documents(cls: type) -> Iterator[Referent]:
    """Yield the documents of item one of Article 20, each with what was done with it."""
    for band in nodes(cls).values():
        if band.printed.cites == JOINTLY_ISSUED:
            for row in _rows(band):
                for column in row.children:
                    yield Referent(
                        "document", _word_of(row), column.at, (column.at,), _NOT_ACTION.sub("", column.label)
                    )


def cells_in_row(topic: Referent, balance: BalanceRows, row: Address) -> tuple[Address, ...]:
    """Return the cells of an applicant in a row other than the first."""
    return tuple(row.child(cell.relative_to(balance.newly_received)) for cell in topic.cells)
