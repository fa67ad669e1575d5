"""The rows of the tables of a file, each with what it may be: a row of the form by its label, values, or a heading."""

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from gkformat.notation.outline import per_class
from gkformat.readers.document import Table
from gkformat.readers.matching.bands import Band, Row, bands
from gkformat.readers.matching.labels import Lexicon, Quality, core, letters
from gkformat.readers.matching.layout import Line, Slot, lines
from gkformat.readers.matching.values import is_value

_LONGEST_LABEL = 300
_RUN_IN = re.compile(r"(?s)(.*?[^\W\d_][^\w]*?)\s*([-+0-9][-+0-9.,\s]*)")
"""A label with what runs on after it: `规章000`."""


@frozen
class FormRow:
    """A row of the form, and where it stands: its band, counted over all tables."""

    band: int
    row: Row


@frozen
class Item:
    """A row of a file that has values. `row` is the index of the form's row that its label names.

    `head` are the rows without values above it, since the last that had some; `source` is the table it stands in.
    """

    label: str
    values: tuple[Slot, ...]
    width: int
    source: int
    head: tuple[Line, ...] = field(repr=False)
    row: int | None = None
    quality: Quality = "exact"
    group: str = ""

    @property
    def text(self) -> str:
        """All that stands in it."""
        return " | ".join(filter(None, [self.label or self.group, *(slot.text for slot in self.values)]))


@per_class
def form_rows(cls: type) -> tuple[FormRow, ...]:
    """Every row of every table, in printed order."""
    return tuple(FormRow(number, row) for number, band in enumerate(bands(cls)) for row in band.rows)


@per_class
def row_labels(cls: type) -> Lexicon:
    """The labels of the rows, by their place in `form_rows`; a row without one has an empty label."""
    return Lexicon(form_row.row.label for form_row in form_rows(cls))


@per_class
def group_labels(cls: type) -> Lexicon:
    """The labels of groups of rows."""
    return Lexicon(dict.fromkeys(label for form_row in form_rows(cls) for label in form_row.row.labels[:-1]))


@per_class
def _above(cls: type) -> frozenset[str]:
    """All that is printed above columns."""
    return frozenset(letters(text) for band in bands(cls) for text in (*band.header, band.corner))


def items(cls: type, tables: Sequence[Table]) -> Iterator[Item]:
    """The rows of all tables that have values, in reading order."""
    for source, table in enumerate(tables):
        yield from _items(cls, lines(table), source)


def _items(cls: type, rows: Sequence[Line], source: int) -> Iterator[Item]:
    head: list[Line] = []
    used = False
    for line in rows:
        item = None if _is_header(cls, line) else _item(cls, line, source)
        if item is None:
            head = [*head, line] if not used else [line]
            used = False
        else:
            yield evolve(item, head=tuple(head))
            used = True


def _is_header(cls: type, line: Line) -> bool:
    """Whether labels of columns stand in the row, more than one, and no number."""
    filled = [slot.text for slot in line if not slot.is_empty]
    known = sum(letters(text) in _above(cls) for text in filled if len(text) < _LONGEST_LABEL)
    return known > 1 and not any(map(is_value, filled))


def _item(cls: type, line: Line, source: int) -> Item | None:
    """The row as one with values: its label is the last text before the first value."""
    first = next((at for at, slot in enumerate(line) if not slot.is_empty and is_value(slot.text)), len(line))
    named, group, strangers = None, "", 0
    width = max((slot.end for slot in line), default=0)
    for at, slot in enumerate(line[:first]):
        if slot.is_empty or len(slot.text) > _LONGEST_LABEL:
            continue
        found = row_labels(cls).find(slot.text)
        if (found is None or found.quality == "near") and (run_in := _run_in(cls, slot)):
            index, label, value = run_in
            named = Item(label, (value, *line[at + 1 :]), width, source, (), index, "near", group)
        elif found:
            named = Item(slot.text, line[at + 1 :], width, source, (), found.index, found.quality, group)
        elif group_labels(cls).find(slot.text):
            group = slot.text
        elif named is None:
            strangers += 1
    if named and (first < len(line) or strangers <= 1):
        return named
    texts = [slot.text for slot in line[:first] if not slot.is_empty and slot.text != group]
    if first == len(line) and (texts or group or len(line) < 2):  # noqa: PLR2004 - a single empty cell is no row
        return None
    return Item(texts[-1] if texts else "", _after_label(line, first), width, source, (), group=group)


def _run_in(cls: type, slot: Slot) -> tuple[int, str, Slot] | None:
    """A label of the form that the first value of its row ran into."""
    parts = _RUN_IN.fullmatch(slot.text)
    found = parts and row_labels(cls).find(parts[1])
    if not parts or not found or found.quality == "near" or core(parts[1]) == core(slot.text):
        return None
    return found.index, parts[1], evolve(slot, text=parts[2].strip())


def _after_label(line: Line, first: int) -> tuple[Slot, ...]:
    """The cells after the last text before the first value; all of them, if there is no text."""
    last = max((at for at, slot in enumerate(line[:first]) if not slot.is_empty), default=-1)
    return tuple(line[last + 1 :])


def band_of(cls: type, index: int) -> Band:
    """The band of a row of the form."""
    return bands(cls)[form_rows(cls)[index].band]
