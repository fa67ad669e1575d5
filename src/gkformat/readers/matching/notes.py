"""The rows of a table that belong to no row of the form: a unit, a remark, who filled the table in."""

from collections.abc import Sequence

from gkformat.base.frozen import frozen
from gkformat.base.place import Place
from gkformat.notation.cell_text import is_value
from gkformat.notation.outline import per_class
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.labels import LONGEST_LABEL, Lexicon, letters
from gkformat.readers.matching.layout import SlotRow, texts_of


@frozen
class Note:
    """The text of such a row; `source` is the index of its table."""

    text: str
    place: Place
    source: int


def is_aside(cls: type, texts: Sequence[str]) -> bool:
    """Check whether a row that says this has no values, and nothing in it is a label of the form or a piece of one."""
    return bool(texts) and not any(is_value(text) or _is_label(cls, text) for text in texts)


def whole_row(slots: SlotRow, source: int) -> Note:
    """Return all that a row says."""
    place = next(slot.place for slot in slots if slot.text)
    return Note(" | ".join(dict.fromkeys(texts_of(slots))), place, source)


def counts_columns(texts: Sequence[str], below: SlotRow) -> bool:
    """Check whether a row below a header numbers the columns, and the values come in the row below."""
    filled = [letters(text) for text in texts]
    numbers = filled[1:] if filled and filled[0] in _NUMBERING_WORDS else filled
    first = int(numbers[0] == "2") + 1 if numbers else 1
    return (
        len(numbers) > 2  # noqa: PLR2004 - not by chance
        and numbers == [str(number) for number in range(first, first + len(numbers))]
        and len(below) >= len(numbers)
        and any(map(is_value, texts_of(below)))
    )


_NUMBERING_WORDS = frozenset(["栏次", "列次", "行次", "序号", "栏号", "甲"])
"""What stands before the numbers of columns."""


def _is_label(cls: type, text: str) -> bool:
    """Check whether a text is a label of a row, a group or a column, like one, a piece of one, or begins with one."""
    if len(text) > LONGEST_LABEL:
        return False
    said = letters(text)
    return _all_labels(cls).find(text) is not None or any(
        said in label or said.startswith(label[:4]) for label in map(letters, _all_labels(cls).labels)
    )


@per_class
def _all_labels(cls: type) -> Lexicon:
    """Return all labels of the tables of a form, each once."""
    beside = (label for band in bands(cls) for row in band.rows for label in row.labels)
    above = (label for band in bands(cls) for label in (band.heading, band.corner, *band.header))
    return Lexicon(dict.fromkeys(filter(None, [*beside, *above])))
