"""The rows of the tables of a file, each with the row of the form that its label names, or the rows above it."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from attrs import evolve, field

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.cell_text import is_value
from gkformat.notation.outline import per_class
from gkformat.readers.document import Table
from gkformat.readers.matching.bands import Band, BandRow, bands
from gkformat.readers.matching.findings import common_address
from gkformat.readers.matching.header import first_value_column
from gkformat.readers.matching.labels import LONGEST_LABEL, Lexicon, Quality, core, letters
from gkformat.readers.matching.layout import Slot, SlotRow, lay_out, texts_of
from gkformat.readers.matching.notes import Note, counts_columns, is_aside, whole_row

_RUN_IN = re.compile(r"(?s)((?>.*[^-+0-9.,\s])[.,\s]*+)([-+0-9][-+0-9.,\s]*+)")
"""A label that its first value ran into: `规章000`."""

_DEEPEST_HEADER = 12
"""The most rows of a table that are looked at as its header."""

_LABEL = re.compile(r"(?s)(?>.*\w)(?<=[^\d_])")
"""A text whose last word ends with a letter."""


@frozen
class FormRow:
    """A row of the form with the number of its band, counted over all tables; `at` contains all its blanks."""

    band: int
    row: BandRow
    at: Address


@frozen
class FileRow:
    """A row of a file that has values. `index` is the row of the form that its label names.

    `head` are the rows without values above it, since the last row that had some; `source` is the index of its table.
    """

    label: str
    values: tuple[Slot, ...]
    width: int
    source: int
    head: tuple[SlotRow, ...] = field(repr=False)
    index: int | None = None
    quality: Quality = "exact"
    group: str = ""

    @property
    def text(self) -> str:
        """Label and values of the row."""
        return " | ".join(filter(None, [self.label or self.group, *(slot.text for slot in self.values)]))


@per_class
def form_rows(cls: type) -> tuple[FormRow, ...]:
    """Return all rows of all tables of a form, in printed order."""
    rows = ((number, row) for number, band in enumerate(bands(cls)) for row in band.rows)
    return tuple(FormRow(number, row, common_address(row.blanks)) for number, row in rows)


@per_class
def row_labels(cls: type) -> Lexicon:
    """Return the labels of the rows, in the order of `form_rows`; a row without one has an empty label."""
    return Lexicon(form_row.row.label for form_row in form_rows(cls))


@per_class
def group_labels(cls: type) -> Lexicon:
    """Return the labels of groups of rows."""
    return Lexicon(dict.fromkeys(label for form_row in form_rows(cls) for label in form_row.row.labels[:-1]))


@per_class
def _above(cls: type) -> frozenset[str]:
    """Return the letters of all labels above columns."""
    return frozenset(letters(text) for band in bands(cls) for text in (*band.header, band.corner))


@per_class
def table_labels(cls: type) -> frozenset[str]:
    """Return the letters of all labels beside rows and above columns."""
    beside = (text for form_row in form_rows(cls) for text in form_row.row.labels)
    return frozenset(map(letters, [*beside, *(text for band in bands(cls) for text in band.header)]))


def file_rows(cls: type, tables: Sequence[Table]) -> Iterator[FileRow | Note]:
    """Yield the rows of all tables that have values, and those that belong to no row of the form, in reading order."""
    for source, table in enumerate(tables):
        yield from _of_table(cls, lay_out(table), source)


def _of_table(cls: type, laid_out: Sequence[SlotRow], source: int) -> Iterator[FileRow | Note]:
    head: list[SlotRow] = []
    values_from: int | None = None
    used = False
    for slots, below in zip_longest(laid_out, laid_out[1:], fillvalue=()):
        texts = texts_of(slots)
        aside = is_aside(cls, texts)
        if (aside and len({*texts}) == 1) or (head and not used and counts_columns(texts, below)):
            yield whole_row(slots, source)
            continue
        row = None
        if not (_is_header(cls, texts) or (values_from and _is_repeated(texts))):
            row = _file_row(cls, slots, source, values_from)
        if row is None:
            if aside:
                yield whole_row(slots, source)
            if used:
                head, values_from = [], None
            head.append(slots)
            if _may_show_columns(cls, texts) or (values_from and len(head) > _DEEPEST_HEADER):
                values_from = first_value_column(cls, head[-_DEEPEST_HEADER:])
            used = False
        else:
            yield evolve(row, head=tuple(head))
            used = True


def _may_show_columns(cls: type, texts: Sequence[str]) -> bool:
    """Check whether a row can be part of a header; most rows of text need no further look."""
    return len(texts) > 2 or any(letters(text) in _above(cls) for text in texts if len(text) < LONGEST_LABEL)  # noqa: PLR2004


def _is_header(cls: type, texts: Sequence[str]) -> bool:
    """Check whether a row contains several labels of columns, and no number."""
    if any(map(is_value, texts)):
        return False
    return len(_above(cls).intersection(letters(text) for text in texts if len(text) < LONGEST_LABEL)) > 1


def _file_row(cls: type, slots: SlotRow, source: int, values_from: int | None) -> FileRow | None:
    """Return the row if it has values. `values_from` is the grid column where they begin, if the header shows it."""
    row = _row_with_values(cls, slots, source, values_from)
    if values_from and (row is None or row.index is None):
        pushed = _row_with_values(cls, slots, source, None)  # to the right, by a cell from above
        if row is None or (pushed and _is_whole(cls, pushed)):
            return pushed
    return row


def _is_repeated(texts: Sequence[str]) -> bool:
    """Check whether a row says the same in all cells but blanks, and no value: a heading that a converter repeated."""
    return len(texts) > 1 and len({*texts}) == 1 and not is_value(texts[0])


def _is_whole(cls: type, row: FileRow) -> bool:
    """Check whether a row has a label and a value for each column."""
    return row.index is not None and len(row.values) >= len(band_of(cls, row.index).columns)


def _row_with_values(cls: type, slots: SlotRow, source: int, values_from: int | None) -> FileRow | None:
    """Return the row if it has values; its label is the last text before the first value."""
    first = next((at for at, slot in enumerate(slots) if _is_value(slot, values_from)), len(slots))
    named, group, strangers = None, "", 0
    width = max((slot.end for slot in slots), default=0)
    for at, slot in enumerate(slots[:first]):
        if slot.is_empty or len(slot.text) > LONGEST_LABEL:
            continue
        found = row_labels(cls).find(slot.text)
        if (found is None or found.quality == "near") and (run_in := _run_in(cls, slot)):
            index, label, value = run_in
            named = FileRow(label, (value, *slots[at + 1 :]), width, source, (), index, "near", group)
        elif found:
            named = FileRow(slot.text, slots[at + 1 :], width, source, (), found.index, found.quality, group)
        elif group_labels(cls).find(slot.text):
            group = slot.text
        elif named is None or named.quality == "near":  # what only resembled a label is that of a group
            named = None
            strangers += 1
    if named and (first < len(slots) or strangers <= 1):
        return named
    texts = [slot.text for slot in slots[:first] if not slot.is_empty and slot.text != group]
    is_empty = all(slot.is_empty for slot in slots[first:])
    if is_empty and (texts or group or len(slots) < 2):  # noqa: PLR2004 - a single empty cell is no row
        return None
    return FileRow(texts[-1] if texts else "", _after_label(slots, first), width, source, (), group=group)


def _is_value(slot: Slot, values_from: int | None) -> bool:
    if values_from is not None and slot.start >= values_from:
        return True
    return not slot.is_empty and is_value(slot.text)


def _run_in(cls: type, slot: Slot) -> tuple[int, str, Slot] | None:
    """Return a label of the form that its first value ran into: index, label and value."""
    parts = _RUN_IN.fullmatch(slot.text)
    if not parts or not _LABEL.match(parts[1]):
        return None
    label = parts[1].rstrip()
    found = row_labels(cls).find(label)
    if not found or found.quality == "near" or core(label) == core(slot.text):
        return None
    return found.index, label, evolve(slot, text=parts[2].strip())


def _after_label(slots: SlotRow, first: int) -> tuple[Slot, ...]:
    """Return the cells after the last text before the first value; all of them if there is no text."""
    last = max((at for at, slot in enumerate(slots[:first]) if not slot.is_empty), default=-1)
    return tuple(slots[last + 1 :])


def band_of(cls: type, index: int) -> Band:
    """Return the band of a row of the form."""
    return bands(cls)[form_rows(cls)[index].band]
