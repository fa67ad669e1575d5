"""Positions in a source document: page, line, sheet, table, row and column."""

from collections.abc import Iterable, Iterator

import attrs

from gkformat.base.frozen import frozen
from gkformat.base.words import COMMA, Words


@frozen
class Place:
    """A position in a source document. Pages, lines, tables, rows and columns count from 1; 0 means unknown.

    `start` and `end` are character offsets, from 0, in the line or in the text of the file. `sheet` is the name of a
    sheet of a workbook.
    """

    page: int = 0
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0
    sheet: str = ""

    @classmethod
    def common(cls, places: Iterable["Place"]) -> "Place":
        """Return what places have in common: of the cells of a row, the row."""
        known = [attrs.astuple(place) for place in places]
        return cls(*(values[0] if len({*values}) == 1 else type(values[0])() for values in zip(*known, strict=True)))

    @property
    def words(self) -> Words:
        """The place as people look it up: `年报!D23`, 第 3 页表 2 第 4 行第 5 列; empty if nothing is known."""
        if self.sheet:
            cell = f"!{_column_letters(self.column)}{self.row or ''}" if self.row or self.column else ""
            return Words(self.sheet + cell, self.sheet + cell)
        parts = list(self._parts())
        return Words("".join(part.zh for part in parts), COMMA.en.join(part.en for part in parts))

    def _parts(self) -> Iterator[Words]:
        line = 0 if self.row else self.line  # a line of a page is no use to somebody who looks for a cell
        for words, number in zip(_PARTS, (self.page, line, self.table, self.row, self.column), strict=True):
            if number:
                yield words.format(number=number)


_PARTS = (
    Words("第 {number} 页", "page {number}"),
    Words("第 {number} 行", "line {number}"),
    Words("表 {number} ", "table {number}"),
    Words("第 {number} 行", "row {number}"),
    Words("第 {number} 列", "column {number}"),
)


def _column_letters(number: int) -> str:
    """Return the name of a column of a sheet: A, B … Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


NOWHERE = Place()
"""The place of a cell that the document does not have."""
