"""Positions in a source document: page, line, table, row and column."""

from gkformat.base.frozen import frozen


@frozen
class Place:
    """A position in a source document. Pages, lines, tables, rows and columns count from 1; 0 means unknown.

    `start` and `end` are character offsets, from 0, in the line or in the text of the file.
    """

    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


NOWHERE = Place()
"""The place of a cell that the document does not have."""
