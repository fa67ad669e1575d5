"""A table that is to be written: its name and its columns. The rows come later, as a stream."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, Protocol

from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.editions import EDITIONS
from gkformat.notation.outline import label

Value = str | int | float | Decimal | None
Kind = Literal["text", "count", "amount", "number"]
"""What is in a column besides nothing. A `number` may be a count, an amount or a quotient."""


SHEETS: Mapping[str, Words] = {
    "numbers": Words("数据", "numbers"),
    "findings": Words("检查结果", "findings"),
    "indicators": Words("指标", "indicators"),
}
"""The tables that there can be, in the order of their sheets in a workbook, and the name of the sheet of each."""


@frozen
class Column:
    """A column: its name, its Chinese title, and the kind of its values."""

    name: str
    title: str
    kind: Kind = "text"


@frozen
class Table:
    """A table. Its name, one of `SHEETS`, becomes a part of the name of its file."""

    name: str
    columns: tuple[Column, ...]

    def headings(self, *, titles: bool) -> list[str]:
        """Return the headings of its columns: their names, or their Chinese titles."""
        return [column.title if titles else column.name for column in self.columns]


class Sink(Protocol):
    """Where the rows of a table go."""

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows after those that are there."""
        ...


_REPORT = list(EDITIONS.values())[-1].report

REPORT_COLUMNS = (
    Column("file", "文件"),
    Column("agency", label(_REPORT, "agency")),
    Column("year", label(_REPORT, "year"), "count"),
    Column("edition", "版本"),
)
"""The columns with which every table begins: which report a row is of."""
