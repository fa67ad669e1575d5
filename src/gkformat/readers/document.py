"""The neutral document: what every kind of file becomes before anybody looks for a form in it.

Paragraphs and tables, in reading order. A table is given as HTML would give it, row by row, each row only the cells
that begin in it, with their spans; where a file has blank placeholders instead of spans, they are cells too.
"""

from collections.abc import Iterable

from attrs import field, frozen

from gkformat.base.errors import Unreadable
from gkformat.base.place import NOWHERE, Place


class NoForm(Unreadable):
    """A document in which there is nothing of the form."""


@frozen
class Paragraph:
    """A line of text, or a heading; `text` is as it stands, line breaks inside of it included."""

    text: str
    place: Place = NOWHERE


@frozen
class Cell:
    """A cell of a table: what stands in it, and over how many rows and columns it reaches."""

    text: str
    rows: int = 1
    columns: int = 1
    place: Place = NOWHERE


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


@frozen
class Table:
    """Rows of the cells that begin in each. A row may be shorter or longer than the others, or empty."""

    rows: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    place: Place = NOWHERE


Block = Paragraph | Table


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(blocks)


@frozen
class Document:
    """A file as paragraphs and tables. `titles` are what it calls itself outside of its text: `<title>`, metadata."""

    kind: str
    blocks: tuple[Block, ...] = field(converter=_blocks)
    titles: tuple[str, ...] = ()
