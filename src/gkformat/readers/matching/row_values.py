"""The values of a placed row → entries of the sheet, leftovers and findings."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE
from gkformat.notation.outline import nodes
from gkformat.readers.matching.alignment import Alignment, align
from gkformat.readers.matching.arithmetic import possible_ways, row_equations
from gkformat.readers.matching.findings import cell_finding, finding
from gkformat.readers.matching.header import HeaderColumns
from gkformat.readers.matching.layout import Slot
from gkformat.readers.matching.placement import PlacedRow
from gkformat.readers.matching.rows import FileRow, form_rows
from gkformat.readers.matching.values import read_cell
from gkformat.readers.sheet import Entry, Leftover


@frozen
class RunTogether:
    """A row whose numbers ran together in one cell, `slot`; `cells` are the cells of the form that they belong to."""

    cells: tuple[Address, ...]
    slot: Slot


@frozen
class RowValues:
    """The result of reading one row of a file: entries, leftovers, findings, and perhaps numbers still to be cut apart.

    If a row is `explained`, a finding speaks of the whole of it, so that its missing cells need none of their own.
    """

    entries: tuple[Entry, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    findings: tuple[Finding, ...] = ()
    run_together: RunTogether | None = None
    explained: bool = False


def foreign_row(cls: type, row: FileRow) -> RowValues:
    """Return a row that the form does not have, as a leftover with a finding."""
    place = row.values[0].place if row.values else NOWHERE
    return RowValues(
        leftovers=(Leftover(row.text, place),), findings=(finding(cls, "not-in-form", Address(), row.text),)
    )


def row_values(cls: type, placed: PlacedRow, index: int, columns: HeaderColumns) -> RowValues:
    """Read the values of row `index` of the form, of which each belongs to one of `columns`.

    A cell stays open (`unreadable`) if its row is astray or contradicted or its column is disputed. Where it is
    uncertain which column a value belongs to, there is no entry.
    """
    row, form_row = placed.file_row, form_rows(cls)[index]
    blanks, at = form_row.row.blanks, form_row.at
    findings = list(_label_findings(cls, placed, at))
    values = _below_header(row, columns)
    order = [None if column is None else blanks[column] for column in columns.indices]
    if _may_be_run_together(values, columns):
        slot = next(slot for slot in values if not slot.is_empty)
        run_together = RunTogether(tuple(cell for cell in order if cell), slot)
        return RowValues(findings=tuple(findings), run_together=run_together, explained=True)
    aligned = align(values, columns, row.width, possible_ways(cls, order, row_equations(cls)[blanks]))
    if not aligned.clean:
        findings.append(finding(cls, "cells-misaligned", at, row.text))
    foreign = [slot for cell, slot in zip(order, aligned.slots, strict=True) if slot and slot.text and cell is None]
    unclear = placed.astray or placed.contradicted
    entries = tuple(_entries(cls, order, aligned, frozenset(range(len(order))) if unclear else columns.disputed))
    findings += [cell_finding(cls, entry) for entry, is_odd in entries if is_odd]
    return RowValues(
        tuple(entry for entry, _ in entries),
        tuple(Leftover(slot.text, slot.place) for slot in (*aligned.rest, *foreign)),
        tuple(findings),
        explained=not aligned.clean,
    )


def _label_findings(cls: type, placed: PlacedRow, at: Address) -> Iterator[Finding]:
    row = placed.file_row
    if row.quality == "near":
        yield finding(cls, "label-differs", at, row.label or row.group)
    if placed.astray:
        yield finding(cls, "position-differs", at, row.text)
    if placed.contradicted:
        yield finding(cls, "cell-conflict", at, row.text)


def _below_header(row: FileRow, columns: HeaderColumns) -> tuple[Slot, ...]:
    """Return the values of a row; if it has no label, only those below the header."""
    if row.label or not columns.ranges:
        return row.values
    return tuple(slot for slot in row.values if slot.end > columns.ranges[0][0])


def _may_be_run_together(values: Sequence[Slot], columns: HeaderColumns) -> bool:
    """Check whether a single cell holds the digits of the whole row, at least one for each column."""
    if len(values) == len(columns.indices) and values[0].is_empty:
        return False  # the number stands in the column of its own, and the others are blank
    filled = [slot.text for slot in values if not slot.is_empty]
    if len(filled) >= len(columns.indices) or columns.unknown or None in columns.indices:
        return False
    digits = "".join("".join(filled).split())
    return len(filled) == 1 and digits.isdigit() and len(digits) >= len(columns.indices) > 1


def _entries(
    cls: type, order: Sequence[Address | None], aligned: Alignment, open_columns: frozenset[int]
) -> Iterator[tuple[Entry, bool]]:
    """Yield the entries of a row, each with whether its text is odd; those in `open_columns` stay open in any case."""
    for column, (at, slot) in enumerate(zip(order, aligned.slots, strict=True)):
        if at is None or slot is None:
            continue
        entry = read_cell(nodes(cls)[at], slot.text, slot.place)
        if column in open_columns:
            yield evolve(entry, state="unreadable", value=None), False
        else:
            yield entry, entry.is_unclear
