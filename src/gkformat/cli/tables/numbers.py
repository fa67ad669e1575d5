"""The numbers of reports as a table: long, a row for each number, or wide, a row for each report."""

import pickle
from collections.abc import Iterator, Sequence
from typing import IO

from attrs import define, field

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.words import Lang
from gkformat.bulk.rows import report_rows
from gkformat.cli.tables.table import REPORT_COLUMNS, Column, Kind, Table, Value
from gkformat.comparison.crosswalk import shared_addresses, shared_cells
from gkformat.examination.result import Examination
from gkformat.forms.editions import EDITIONS, edition_named
from gkformat.notation.domains import Money
from gkformat.notation.outline import label, nodes

NUMBERS = "numbers"

# -- long ----------------------------------------------------------------------------------------------

LONG = Table(
    NUMBERS,
    (
        *REPORT_COLUMNS,
        Column("address", "地址"),
        Column("label", "项目"),
        Column("unit", "单位"),
        Column("value", "数值", "number"),
        Column("text", "原文"),
        Column("state", "状态"),
        Column("place", "位置"),
    ),
)


def long_rows(examination: Examination, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield a row for each number of a report."""
    if examination.report:
        yield from ((examination.file, *row) for row in report_rows(examination.report, examination.sheet, lang))


# -- wide ----------------------------------------------------------------------------------------------


@define(eq=False)
class WideRows:
    """The rows of a wide table. They wait in a file until it is known of which editions the reports are.

    If all are of one edition, each of its cells has a column; else the cells that the editions share.
    """

    _waiting: IO[bytes]
    _editions: set[str] = field(init=False, factory=set)
    _count: int = field(init=False, default=0)

    def add(self, examination: Examination) -> None:
        """Keep the numbers of a report, as each edition would have them."""
        if report := examination.report:
            self._editions.add(report.edition)
            self._count += 1
            head = (examination.file, report.agency, report.year, report.edition, examination.conclusion)
            numbers = {name: tuple(shared_cells(report, name).values()) for name in EDITIONS}
            pickle.dump((report.edition, head, numbers), self._waiting)

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the reports, the newest first."""
        return tuple(name for name in reversed([*EDITIONS]) if name in self._editions)

    @property
    def table(self) -> Table:
        """The table, when all reports are there."""
        return Table(NUMBERS, (*REPORT_COLUMNS, Column("verdict", "结论"), *map(self._column, self._addresses)))

    def rows(self) -> Iterator[Sequence[Value]]:
        """Yield a row for each report; a cell that holds no number is `None`."""
        self._waiting.seek(0)
        addresses = self._addresses
        for _ in range(self._count):
            edition, head, numbers = pickle.load(self._waiting)  # noqa: S301 - written above
            known: dict[Address, Number | None] = {}
            for other in self._others(edition):
                known |= zip(shared_addresses(edition, other), numbers[other], strict=True)
            yield *head, *(known[at] for at in addresses)

    @property
    def _addresses(self) -> tuple[Address, ...]:
        newest = self.editions[0]
        first, *rest = (shared_addresses(newest, other) for other in self._others(newest))
        return tuple(at for at in first if all(at in shared for shared in rest))

    def _others(self, edition: str) -> Sequence[str]:
        """Return the editions that the columns of an edition are shared with: the others, or itself if it is alone."""
        return [name for name in self.editions if name != edition] or [edition]

    def _column(self, at: Address) -> Column:
        """Return the column of a cell. The row that is a group in another edition is in the form of one of them."""
        cls = next(cls for name in self.editions if at in nodes(cls := edition_named(name).report))
        kind: Kind = "amount" if isinstance(nodes(cls)[at].domain, Money) else "count"
        return Column(str(at), label(cls, at), kind)
