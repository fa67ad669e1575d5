"""Findings about the tables, rows and cells of a form that a file does not have."""

from collections.abc import Collection, Iterator
from itertools import groupby

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.notation.outline import nodes
from gkformat.readers.matching.findings import common_address, finding
from gkformat.readers.matching.rows import band_of, form_rows


def missing(
    cls: type, found: Collection[Address], merged: Collection[Address], explained: Collection[int]
) -> Iterator[Finding]:
    """Yield a finding for each table that is missing, and for each row or cell missing from a table that is there.

    `found` are the cells that the file has, `merged` the groups that it filled as one row; `explained` are the rows of
    the form of which another finding speaks already.
    """
    filled = {at for group in merged for at in nodes(cls)[group].cells}
    for table, group in groupby(range(len(form_rows(cls))), key=lambda index: band_of(cls, index).table):
        blanks = {index: form_rows(cls)[index].row.blanks for index in group}
        if not any(at in found for row in blanks.values() for at in row) and not any(
            row in explained for row in blanks
        ):
            yield finding(cls, "table-missing", table)
            continue
        for row in (row for index, row in blanks.items() if index not in explained):
            absent = [at for at in row if at not in found and at not in filled]
            places = [common_address(absent)] if len(absent) == len(row) else absent
            yield from (finding(cls, "cell-missing", at) for at in places)
