"""What a text can state of the tables: for each word of the form, the cells that it speaks of.

All of it is computed from the declaration: the labels, without their numbering, name the outcomes, the applicants, the
cases and the documents; the balance of the form says which rows are received, handled, brought and carried forward.
"""

import re
from collections.abc import Iterator
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, nodes, per_class

Kind = Literal["outcome", "applicant", "case", "document"]


@frozen
class Sum:
    """One lawful meaning of a number in a text: the sum of some cells, less the sum of others."""

    plus: tuple[Address, ...]
    minus: tuple[Address, ...] = ()


@frozen
class Topic:
    """What a word names. `at` is its place in the form, and its number is the sum of its `cells`.

    Of a document, `act` is what was done with it (制发, 废止 …) as its column has it; else it is empty.
    """

    kind: Kind
    word: str
    at: Address
    cells: tuple[Address, ...]
    act: str = ""


@frozen
class Balance:
    """The rows that the form balances, and the column of their totals."""

    newly: Address
    brought: Address
    handled: Address
    carried: Address
    column: str

    @property
    def rows(self) -> tuple[Address, Address, Address, Address]:
        """The four rows, in this order."""
        return self.newly, self.brought, self.handled, self.carried

    def cell(self, row: Address) -> Address:
        """The total of a row."""
        return row.child(self.column)


@frozen
class Topics:
    """All that a text can speak of in a form. `groups` are the outcomes that together make up what was handled."""

    balance: Balance
    groups: tuple[Topic, ...]
    named: tuple[Topic, ...]


_NUMBERING = re.compile(r"^(?:.、|（.）|\d\.)|（.*）$")
_ACT = re.compile(r"^本年|[件总]?数量?$")


@per_class
def topics(cls: type) -> Topics:
    """What a text can speak of in a report of this class."""
    balance = _balance(cls)
    outcomes = nodes(cls)[Address.of(balance.handled.steps[:-1])]
    groups = tuple(_outcome(group, balance) for group in outcomes.children if group.printed.word == "row")
    leaves = (_outcome(line, balance) for group in outcomes.children for line in _lines(group))
    found = (*groups, *leaves, *_applicants(nodes(cls)[balance.newly]), *_cases(cls), *_documents(cls))
    return Topics(balance, groups, tuple(topic for topic in found if _telling(topic)))


def _telling(topic: Topic) -> bool:
    """Whether the word names its place alone: 其他 stands in several."""
    return topic.kind in ("case", "document") or len(topic.word) > _SHORT


_SHORT = 2


def _balance(cls: type) -> Balance:
    total = next(
        equation
        for equation in equations(cls)
        if equation.rule == "balance" and nodes(cls)[equation.at].printed.word == "total"
    )
    newly, brought, handled, carried = (Address.of(at.steps[:-1]) for at in (*total.left, *total.right))
    return Balance(newly, brought, handled, carried, total.at.steps[-1])


def _lines(group: Node) -> list[Node]:
    return [line for line in group.children if line.printed.word == "row"]


def _word(node: Node) -> str:
    return _NUMBERING.sub("", node.label)


def _outcome(row: Node, balance: Balance) -> Topic:
    """A row, or a group of rows: a group has no cells of its own."""
    cells = tuple(balance.cell(line.at) for line in _lines(row) or [row])
    return Topic("outcome", _word(row), row.at if _lines(row) else cells[0], cells)


def _applicants(row: Node) -> Iterator[Topic]:
    """Who applied: the columns, and groups of columns, of the first row."""
    for column in row.walk():
        if column.printed.word == "column":
            yield Topic("applicant", _word(column), column.at, _cells(column))


def _cells(node: Node) -> tuple[Address, ...]:
    return tuple(inner.at for inner in node.walk() if inner.is_cell)


def _cases(cls: type) -> Iterator[Topic]:
    """The kinds of cases, from the totals of their results; a kind with kinds inside is their sum."""
    totals = [equation.at for equation in equations(cls) if equation.rule == "case-total"]
    for node in nodes(cls).values():
        cells = tuple(at for at in totals if at.within(node.at))
        if cells and node.printed.word == "column":
            yield Topic("case", _word(node), cells[0] if len(cells) == 1 else node.at, cells)


def _documents(cls: type) -> Iterator[Topic]:
    """The documents of item one of Article 20, each with what was done with it."""
    for band in nodes(cls).values():
        if band.printed.cites and band.printed.cites.place.endswith("（一）项"):
            for line in _lines(band):
                for column in line.children:
                    yield Topic("document", _word(line), column.at, (column.at,), _ACT.sub("", column.label))


def other_rows(topic: Topic, balance: Balance, row: Address) -> tuple[Address, ...]:
    """The cells of an applicant in another row than the first."""
    return tuple(row.child(cell.removeprefix(balance.newly + ".")) for cell in topic.cells)
