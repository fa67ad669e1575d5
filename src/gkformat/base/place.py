"""Where something stands in a file."""

from attrs import frozen


@frozen
class Place:
    """Where something stands in a file. Pages, lines, tables, rows and columns count from 1; 0 is for unknown.

    `start` and `end` are characters of the line or of the text of the file, counted from 0.
    """

    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


NOWHERE = Place()
"""The place of what the paper does not have."""
