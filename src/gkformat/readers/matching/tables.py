"""The tables of a file → the cells of the form: rows by their labels and their order, columns by what is above them.

Labels and order must agree. Where they do not, where a row has too few or too many cells, where a label is lost, a
finding says so, and a cell stays open unless everything that is known allows only one reading.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.readers.document import Table
from gkformat.readers.matching.band_headers import BandHeaders
from gkformat.readers.matching.doubtful_tables import sum_up
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.missing import missing
from gkformat.readers.matching.notes import Note
from gkformat.readers.matching.passes import passes
from gkformat.readers.matching.placement import PlacedRow, place
from gkformat.readers.matching.row_values import RowValues, foreign_row, row_values
from gkformat.readers.matching.rows import FileRow, band_of, file_rows, form_rows
from gkformat.readers.matching.run_together import cut_apart
from gkformat.readers.sheet import Entry, Leftover

_MOST_TIMES = 10
"""How often a row of the form is read. To try all ways to place its values takes time, and a report has it once."""


@frozen
class MatchedTables:
    """The contents of the tables of a file: cells by address, groups filled as one row, leftovers and findings.

    `sources` maps the index of each file table that gave something to the table of the form that it is.
    """

    cells: Mapping[Address, Entry]
    merged: tuple[Address, ...]
    leftovers: tuple[Leftover, ...]
    findings: tuple[Finding, ...]
    sources: Mapping[int, Address]


def match_tables(cls: type, tables: Sequence[Table]) -> MatchedTables:
    """Find the tables of a form among those of a file, and read their cells."""
    read = list(file_rows(cls, tables))
    rows = [each for each in read if isinstance(each, FileRow)]
    placed = [each for one_pass in passes(cls, rows) for each in place(cls, one_pass)]
    taken = list(_taken(cls, placed))
    cells: dict[Address, Entry] = {}
    findings = list(_enter(cls, cells, taken))
    filled = all(entry.state != "blank" for entry in cells.values()) and not any(
        values.explained and not values.run_together for values in taken
    )
    cut = cut_apart(cls, [values.run_together for values in taken if values.run_together], cells, filled=filled)
    findings += _enter(cls, cells, [cut])
    merged = tuple(each.merged for each in placed if each.merged)
    explained = {
        each.index for each, values in zip(placed, taken, strict=True) if each.index is not None and values.explained
    }
    findings += missing(cls, cells.keys(), merged, explained)
    cells |= _not_made_out(cls, explained, cells)
    sources = {each.file_row.source: band_of(cls, each.index).table for each in placed if each.index is not None}
    notes = (Leftover(each.text, each.place) for each in read if isinstance(each, Note) and each.source in sources)
    foreign = [(each, values.findings) for each, values in zip(placed, taken, strict=True) if each.index is None]
    return MatchedTables(
        cells,
        merged,
        (*(leftover for values in (*taken, cut) for leftover in values.leftovers), *notes),
        tuple(sum_up(cls, dict.fromkeys(findings), foreign)),
        sources,
    )


def _not_made_out(cls: type, explained: Iterable[int], cells: Container[Address]) -> dict[Address, Entry]:
    """Return entries for what the file has in a row without its being clear in which cell."""
    expected = (at for index in explained for at in form_rows(cls)[index].row.blanks)
    return {at: Entry(at, "", "unreadable") for at in expected if at not in cells}


def _taken(cls: type, placed: Sequence[PlacedRow]) -> Iterator[RowValues]:
    """Yield the values of each row, with the findings about a header at the first row below it."""
    headers = BandHeaders(cls)
    times = Counter[int | None]()
    for each in placed:
        times[each.index] += 1
        if each.index is None or times[each.index] > _MOST_TIMES:
            yield foreign_row(cls, each.file_row)
        else:
            columns, odd = headers.of_row(each.file_row, each.index)
            values = row_values(cls, each, each.index, columns)
            yield evolve(values, findings=(*odd, *values.findings)) if odd else values


def _enter(cls: type, cells: dict[Address, Entry], read: Iterable[RowValues]) -> Iterator[Finding]:
    """Add entries to `cells`, and yield findings; a cell of which the file says different things stays open."""
    said: dict[Address, dict[str, None]] = {}
    for values in read:
        yield from values.findings
        for entry in values.entries:
            before = cells.setdefault(entry.at, entry)
            if before.text != entry.text and (before.value, before.state) != (entry.value, entry.state):
                said.setdefault(entry.at, {before.text: None})[entry.text] = None
    for at, texts in said.items():
        cells[at] = evolve(cells[at], text=" / ".join(texts), state="unreadable", value=None)
        yield finding(cls, "cell-conflict", at, cells[at].text)
