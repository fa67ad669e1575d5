"""Numbers that ran together in one cell → entries, where the arithmetic of the form cuts them in one way only."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from gkformat.base.address import Address
from gkformat.notation.equations import equations
from gkformat.readers.matching.cuts import agreed_numbers, possible_cuts
from gkformat.readers.matching.findings import common_address, finding
from gkformat.readers.matching.row_values import RowValues, RunTogether
from gkformat.readers.sheet import Entry, Leftover


def cut_apart(cls: type, rows: Iterable[RunTogether], entries: Mapping[Address, Entry], *, filled: bool) -> RowValues:
    """Cut the numbers of all rows together, given the entries of the other cells, and whether none was left blank.

    Where some numbers of a row are apart, what is missing may be a blank. A row that cannot be cut in one way is a
    leftover with a finding; of the others, there is a finding for each table.
    """
    slots = {row.cells: row.slot for row in rows}
    ways = {row: possible_cuts(slot.text, len(row)) or () for row, slot in slots.items()}
    known = {at: entry.value for at, entry in entries.items() if isinstance(entry.value, int)}
    whole = [row for row, slot in slots.items() if filled and len(slot.text.split()) == 1]
    numbers = agreed_numbers(ways, known, equations(cls), whole)
    unambiguous = [row for row in slots if all(at in numbers for at in row)]
    ambiguous = [row for row in slots if row not in unambiguous]
    by_table = groupby(unambiguous, key=lambda row: row[0].steps[0])
    return RowValues(
        tuple(
            Entry(at, str(numbers[at]), "number", numbers[at], slot.place)
            for row, slot in slots.items()
            for at in row
            if at in numbers
        ),
        tuple(Leftover(slots[row].text, slots[row].place) for row in ambiguous),
        (
            *(finding(cls, "cells-cut", common_address(row), slots[row].text) for row in ambiguous),
            *(
                finding(cls, "cells-cut", Address(table), "；".join(slots[row].text for row in rows))
                for table, rows in by_table
            ),
        ),
    )
