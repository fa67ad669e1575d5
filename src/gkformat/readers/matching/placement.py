"""The rows of one pass through a table → the rows of the form: by their labels, and where these are lost, by place."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.judgement.marks import row_groups
from gkformat.notation.cell_text import is_value
from gkformat.notation.outline import nodes
from gkformat.readers.matching.findings import common_address
from gkformat.readers.matching.header import inverted
from gkformat.readers.matching.labels import core
from gkformat.readers.matching.rows import FileRow, band_of, form_rows, group_labels, row_labels


@frozen
class PlacedRow:
    """A row of a file with the index of the row of the form that it is; `None` if the form has no such row.

    `merged` is the group of rows that the file filled as this one row. A row is `astray` if its label and its order
    disagree, and `contradicted` if the file has the same row again, with other texts. `table` is that of the pass.
    """

    file_row: FileRow
    index: int | None
    table: Address = Address()
    merged: Address | None = None
    astray: bool = False
    contradicted: bool = False


def place(cls: type, rows: Sequence[FileRow]) -> list[PlacedRow]:
    """Place the rows of one pass through a table, of which at least one is recognised; the order stays."""
    placed = _all_the_same(cls, rows) or list(_in_order(cls, rows))
    astray = inverted([each.index for each in placed if each.index is not None])
    contradicted = _contradicted(placed)
    table = next(band_of(cls, each.index).table for each in placed if each.index is not None)
    return [
        evolve(each, table=table, astray=each.index in astray, contradicted=each.index in contradicted)
        for each in placed
    ]


def _all_the_same(cls: type, rows: Sequence[FileRow]) -> list[PlacedRow]:
    """Place all rows as the only row of a table, if that has no label; if there are several, they had better agree.

    A row without a value is not of the table if another has some.
    """
    index = next(row.index for row in rows if row.index is not None)
    if form_rows(cls)[index].row.labels:
        return []
    filled = [row for row in rows if not all(slot.is_empty for slot in row.values)]
    if not any(map(_has_value, filled)):
        return [PlacedRow(row, index) for row in filled or rows[:1]]
    return [PlacedRow(row, index if _has_value(row) else None) for row in filled]


def _has_value(row: FileRow) -> bool:
    return any(not slot.is_empty and is_value(slot.text) for slot in row.values)


def _in_order(cls: type, rows: Sequence[FileRow]) -> Iterator[PlacedRow]:
    """Place the rows that are recognised by their labels, and between them the others."""
    recognised = [row.index for row in rows if row.index is not None]
    table = band_of(cls, recognised[0]).table
    of_table = [index for index in range(len(form_rows(cls))) if band_of(cls, index).table == table]
    free = [index for index in of_table if index not in recognised]
    waiting: list[FileRow] = []
    before = -1
    for row in rows:
        if row.index is None:
            waiting.append(row)
            continue
        yield from _between(cls, waiting, [index for index in free if before < index < row.index])
        yield PlacedRow(row, row.index)
        waiting, before = [], row.index
    yield from _between(cls, waiting, [index for index in free if before < index])


def _between(cls: type, rows: Sequence[FileRow], free: Sequence[int]) -> Iterator[PlacedRow]:
    """Place unrecognised rows between two recognised ones; `free` are the rows that the form has there."""
    rows = [row for row in rows if any(slot.text for slot in row.values) or row.label or row.group]
    if groups := _merged_groups(cls, rows, free):
        for row, group in zip(rows, groups, strict=True):
            inside = [index for index in free if common_address(form_rows(cls)[index].row.blanks).within(group)]
            yield PlacedRow(row, inside[-1], merged=group)
    elif len(rows) == len(free) and all(_may_be(cls, row, index) for row, index in zip(rows, free, strict=True)):
        yield from (PlacedRow(evolve(row, quality="near"), index) for row, index in zip(rows, free, strict=True))
    else:
        yield from (PlacedRow(row, None) for row in rows)


def _merged_groups(cls: type, rows: Sequence[FileRow], free: Sequence[int]) -> list[Address]:
    """Return the groups that the file filled as one row each, if the free rows of the form are the whole of them."""
    if any(row.label or not row.group for row in rows):
        return []
    named = {core(nodes(cls)[at].label): at for at in row_groups(cls)}
    groups = [named[core(row.group)] for row in rows if core(row.group) in named]
    cells = [at for group in groups for at in nodes(cls)[group].cells]
    blanks = [at for index in free for at in form_rows(cls)[index].row.blanks]
    return groups if len(groups) == len(rows) and cells == blanks else []


def _may_be(cls: type, row: FileRow, index: int) -> bool:
    """Check whether a row whose label is lost or misspelt may be the row that the form has in its place."""
    if row.group:
        found = group_labels(cls).find(row.group)
        names = form_rows(cls)[index].row.labels[:-1]
        if not found or group_labels(cls).labels[found.index] not in names:
            return False
    return not core(row.label) or row_labels(cls).resembles(row.label, index)


def _contradicted(placed: Sequence[PlacedRow]) -> frozenset[int]:
    """Return the rows of the form that occur in the file more than once, with different texts."""
    texts_of: dict[int, set[tuple[str, ...]]] = {}
    for each in placed:
        if each.index is not None:
            texts_of.setdefault(each.index, set()).add(tuple(slot.text for slot in each.file_row.values))
    return frozenset(index for index, texts in texts_of.items() if len(texts) > 1)
