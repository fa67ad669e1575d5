"""The rows of a file, sorted by the table of the form that they belong to, one pass through a table at a time."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve

from gkformat.base.address import Address
from gkformat.readers.matching.header import read_header
from gkformat.readers.matching.rows import FileRow, band_of, form_rows


def passes(cls: type, rows: Sequence[FileRow]) -> Iterator[list[FileRow]]:
    """Yield the rows of each table of the form; if the file prints a table twice, the second time separately.

    At least one row of each list is recognised by its label or its header. Rows of file tables in which none is
    recognised are dropped.
    """
    for same_table in _by_table(cls, rows):
        yield from _split(same_table)


def _by_table(cls: type, rows: Sequence[FileRow]) -> Iterator[list[FileRow]]:
    """Yield the rows of each table of the form; a row without a known label goes with its neighbours in the file."""
    tables: dict[Address, list[FileRow]] = {}
    for _, group in groupby(rows, key=lambda row: row.source):
        same_source = [_recognised_by_header(cls, row) for row in group]
        homes = [None if row.index is None else band_of(cls, row.index).table for row in same_source]
        here = next((home for home in homes if home), None)
        if here is None:
            continue
        for row, home in zip(same_source, homes, strict=True):
            here = home or here
            tables.setdefault(here, []).append(row)
    yield from tables.values()


def _recognised_by_header(cls: type, row: FileRow) -> FileRow:
    """Recognise a row by the columns above it, if it is one to which the form gives no label."""
    if row.index is not None or not row.head:
        return row
    for index, form_row in enumerate(form_rows(cls)):
        if not form_row.row.labels:
            found = read_header(cls, form_row.band, row.head, 0)
            if found and found.known > 2:  # noqa: PLR2004 - not by chance
                return evolve(row, index=index)
    return row


def _split(rows: Sequence[FileRow]) -> Iterator[list[FileRow]]:
    """Split the rows where a row of the form returns in another file table; a continued table does not repeat rows."""
    current: list[FileRow] = []
    seen: dict[int, int] = {}  # row of the form → the table of the file in which it was seen
    for row in rows:
        if row.index is not None and seen.get(row.index, row.source) != row.source:
            yield current
            current, seen = [], {}
        if row.index is not None:
            seen[row.index] = row.source
        current.append(row)
    yield current
