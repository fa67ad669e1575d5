"""A table of one row without labels whose header is not recognised: by the heading above it, and by its numbers.

Converters and OCR cut the header of such a table short, or its row into several tables. Its cells are taken if there
are exactly as many as the form has, if no label contradicts the printed order, and if the totals are right.
"""

from collections.abc import Iterator, Sequence

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.notation.cell_text import is_value
from gkformat.notation.outline import nodes
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.matching.arithmetic import possible_ways, row_equations
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.headings import find_heading
from gkformat.readers.matching.labels import core
from gkformat.readers.matching.layout import Slot, SlotRow, lay_out
from gkformat.readers.matching.values import read_cell


def restore_one_row_tables(
    cls: type, blocks: Sequence[Block], missing: frozenset[Address]
) -> tuple[list[Block], list[Finding]]:
    """Return the blocks, with the missing tables of one row made from the tables under their headings, and findings."""
    restored, findings = list(blocks), list[Finding]()
    for band in bands(cls):
        if band.table not in missing or band.rows[0].labels:
            continue
        section = list(_section(cls, restored, band.table))
        values, labels = _contents(band, [restored[at] for at in section])
        if _fits(cls, band.rows[0].blanks, values):
            first, *others = (at for at in section if _belongs(band, restored[at]))
            header = [Cell("".join(path)) for path in band.columns]
            row = [Cell(slot.text, place=slot.place) for slot in values]
            restored[first] = Table([header, row], restored[first].place)
            restored = [block for at, block in enumerate(restored) if at not in others]
            findings.append(finding(cls, "label-differs", band.table, " ".join(labels)))
    return restored, findings


def _fits(cls: type, order: tuple[Address, ...], values: Sequence[Slot]) -> bool:
    """Check whether these are as many values as the form has there, and the sums of those that are clear are right."""
    if len(values) != len(order):
        return False
    read = [read_cell(nodes(cls)[at], slot.text) for at, slot in zip(order, values, strict=True)]
    clear = [None if entry.is_unclear else slot for entry, slot in zip(read, values, strict=True)]
    return possible_ways(cls, order, row_equations(cls)[order])(clear)


def _section(cls: type, blocks: Sequence[Block], table: Address) -> Iterator[int]:
    """Yield the indices of the blocks between the heading of a table and the next heading."""
    inside = False
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (headed := find_heading(cls, block.text)):
            inside = headed.at == table
        elif inside:
            yield at


def _belongs(band: Band, block: Block) -> bool:
    """Check whether a block is a piece of the table, or the caption of one."""
    return isinstance(block, Table) or bool(_columns(band, block.text))


def _contents(band: Band, section: Sequence[Block]) -> tuple[list[Slot], list[str]]:
    """Return the values in the tables of a section, and the labels there; no values if a label contradicts them."""
    values: list[Slot] = []
    labels: list[str] = []
    for block in section:
        header: SlotRow = ()
        for slots in lay_out(block) if isinstance(block, Table) else ():
            row = _values(band, slots)
            labels += [slot.text for slot in slots if slot not in row and not slot.is_empty]
            above = enumerate(header, start=len(values)) if len(header) == len(row) else ()
            if not all(_may_head(band, slot.text, at) for at, slot in above):
                return [], labels
            if row and not all(_may_begin(band, slot.text, len(values)) for slot in slots[: len(slots) - len(row)]):
                return [], labels
            values += row
            header = () if row else slots
        if isinstance(block, Paragraph) and not _may_begin(band, block.text, len(values)):
            return [], labels
    return values, labels


def _values(band: Band, slots: SlotRow) -> SlotRow:
    """Return the values of a row, without a label to their left; none if it has not many."""
    are_values = [not slot.is_empty and is_value(slot.text) for slot in slots]
    if sum(are_values) * 2 <= len(slots):
        return ()
    return slots if len(band.columns) % len(slots) == 0 else slots[are_values.index(True) :]


def _may_head(band: Band, text: str, at: int) -> bool:
    """Check whether a text may stand above a column of a band: it is no label of other columns."""
    columns = _columns(band, text)
    return not columns or at in columns


def _may_begin(band: Band, text: str, at: int) -> bool:
    """Check whether a text may precede the values from a column on: it is no label of a group that begins elsewhere."""
    columns = _columns(band, text)
    return not columns or columns[0] == at


def _columns(band: Band, text: str) -> list[int]:
    """Return the columns of a band above which a label stands."""
    return [at for at, path in enumerate(band.columns) if core(text) in map(core, path)]
