"""A table of which many rows are left open → one finding about the table, instead of one or several about each row.

So come tables out of files that show no columns: pages printed without ruling lines, or with labels cut off. What is
told then is that the file is not fit to be read. Cells that stay open are findings of their own, of the report.
"""

from collections.abc import Iterable, Iterator

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.placement import PlacedRow
from gkformat.readers.matching.rows import band_of, form_rows

_LEAVE_OPEN = frozenset(["position-differs", "cells-misaligned", "cell-missing"])
_ABOUT_ROWS = _LEAVE_OPEN | {"label-differs"}
_FEWEST = 5
_SHARE = 3
"""At least so many rows, and at least one of so many, are left open in a table that is not fit to be read."""


def sum_up(
    cls: type, findings: Iterable[Finding], foreign: Iterable[tuple[PlacedRow, Iterable[Finding]]]
) -> Iterator[Finding]:
    """Yield findings, with one in place of all about the rows of a table if many of these are left open.

    `foreign` are the rows that the form does not have, each with the findings about it.
    """
    about = list(findings)
    said = {item.at for item in about if item.rule in _LEAVE_OPEN}
    doubtful = dict(_doubtful(cls, said))
    gone = {item for row, items in foreign if row.table in doubtful for item in items}
    for item in about:
        table = next((table for table in doubtful if item.at.within(table)), None)
        if item not in gone and not (table is not None and item.rule in _ABOUT_ROWS):
            yield item
    for table, count in doubtful.items():
        yield finding(cls, "rows-in-doubt", table, str(count))


def _doubtful(cls: type, said: Iterable[Address]) -> Iterator[tuple[Address, int]]:
    """Yield the tables of which many rows are left open, with the number of these rows."""
    places = list(said)
    rows: dict[Address, list[Address]] = {}
    for index, form_row in enumerate(form_rows(cls)):
        rows.setdefault(band_of(cls, index).table, []).append(form_row.at)
    for table, of_table in rows.items():
        count = sum(any(at.within(row) for at in places) for row in of_table)
        if count >= _FEWEST and count * _SHARE >= len(of_table):
            yield table, count
