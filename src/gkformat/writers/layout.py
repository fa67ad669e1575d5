"""Report → pages: the title, and the parts of the report in printed order, with their headings, texts and tables.

Every kind of file is written from this. What a cell shows is what the document showed: the text of its mark, or else
its number. A group of rows that a document filled as one row is printed as one.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.numbering import SECTION_NUMBER
from gkformat.forms.editions import AnyReport
from gkformat.judgement.marks import merged_groups, upper_cells
from gkformat.notation.cell_text import printed
from gkformat.notation.grid import Grid, GridCell, grid
from gkformat.notation.outline import Node, number_getter, numbers, outline
from gkformat.writers.presets import Preset

PAPER = (11906, 16838)
"""Width and height of the page of the annex, A4, in twentieths of a point."""

MARGINS = (1080, 1440)
"""Margins beside and above, in twentieths of a point. The annex has 1800 beside, and its tables reach beyond them."""

TEXT_WIDTH = PAPER[0] - 2 * MARGINS[0]

_STUB = (754, 921, 3271)
"""Widths of the columns of the annex that hold the labels of table 三: those of groups are narrow, their texts wrap."""


@frozen
class BlankTable:
    """A table of the form: its header has `head` rows, its labels stand in `stub` columns; `widths` of its columns."""

    grid: Grid
    head: int
    stub: int
    widths: tuple[int, ...]

    @cached_property
    def rows(self) -> tuple[tuple[GridCell, ...], ...]:
        """The cells that begin in each row."""
        return tuple(tuple(cells) for _, cells in groupby(self.grid.cells, attrgetter("row")))

    def width(self, cell: GridCell) -> int:
        """Return the width of a cell, in twentieths of a point."""
        return sum(self.widths[cell.column : cell.column + cell.columns])

    def is_band(self, cell: GridCell) -> bool:
        """Return True for a heading across the whole table."""
        return cell.columns == self.grid.columns

    def is_note(self, cell: GridCell) -> bool:
        """Return True for the note in the corner above several columns of labels."""
        return self.stub > 1 and cell.row == cell.column == 0

    def is_row_label(self, cell: GridCell) -> bool:
        """Return True for a label in one of several columns of labels."""
        return self.stub > 1 and cell.column < self.stub and cell.row >= self.head


@frozen
class PrintedTable:
    """A table with its blanks filled in."""

    blank: BlankTable
    texts: Mapping[Address, str]

    def text(self, cell: GridCell) -> str:
        """Return what a cell shows."""
        return cell.text if cell.at is None else self.texts[cell.at]

    @property
    def lines(self) -> list[list[str]]:
        """The texts of each row without spans: that of a cell stands in its first place."""
        lines = [[""] * self.blank.grid.columns for _ in range(self.blank.grid.rows)]
        for cell in self.blank.grid.cells:
            lines[cell.row][cell.column] = self.text(cell)
        return lines


@frozen
class Part:
    """A part of a report: its heading, which the preface has not, its paragraphs, and its table, if it has one."""

    at: Address
    heading: str
    paragraphs: tuple[str, ...] = ()
    table: PrintedTable | None = None


@frozen
class Pages:
    """A report as it is printed; its title has two lines if the body or the year would not be read from one."""

    title: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The title in the properties of a file, without a body that would be read otherwise there, as `甲|乙` is."""
        return self.title[-1]


def lay_out(report: Any) -> Pages:
    """Return the pages of a report of any edition, with a title of one line."""
    texts = {node.at: getattr(report, node.name) for node in prose_nodes(type(report))}
    parts = _parts(type(report), texts, printed_texts(report), merged_groups(report))
    return Pages((f"{report.agency}{title_of(report.year)}",), tuple(parts))


def in_two_lines(report: Any, pages: Pages) -> Pages:
    """Return the pages of a report with the name of the body in a line of its own."""
    return evolve(pages, title=(report.agency, title_of(report.year)))


@frozen
class BlankForm:
    """A form to be filled in, and what is known before: the body, the year, cells that last year's report presets."""

    cls: type[AnyReport]
    agency: str = ""
    year: int | None = None
    presets: tuple[Preset, ...] = ()

    @cached_property
    def known(self) -> Mapping[Address, Number]:
        """The numbers that are known."""
        return {preset.at: preset.number for preset in self.presets if preset.number is not None}


def lay_out_blank(form: BlankForm) -> Pages:
    """Return the pages of a form to be filled in, with the hints of the form where texts are to come."""
    hints = {node.at: node.printed.note for node in prose_nodes(form.cls)}
    cells = {at: str(form.known.get(at, "")) for at in numbers(form.cls)}
    return Pages((form.agency or _TO_COME * 2, title_of(form.year or _TO_COME)), tuple(_parts(form.cls, hints, cells)))


_TO_COME = "＿" * 4
"""What stands in the title for what is to be filled in."""


def title_of(year: object) -> str:
    """Return the title of the reports for a year."""
    return f"{year}年政府信息公开工作年度报告"


def prose_nodes(cls: type) -> Iterator[Node]:
    """Yield the texts of a form."""
    return (node for node in outline(cls).children if node.printed.kind == "prose")


def _parts(
    cls: type, texts: Mapping[Address, str], cells: Mapping[Address, str], merged: frozenset[Address] = frozenset()
) -> Iterator[Part]:
    for node in outline(cls).children:
        heading = node.label if SECTION_NUMBER.match(node.label) else ""
        if node.printed.kind == "prose":
            yield Part(node.at, heading, tuple(filter(None, texts[node.at].split("\n"))))
        elif node.printed.kind == "section":
            yield Part(node.at, heading, table=PrintedTable(blank_table(cls, node.at, merged), cells))


def printed_texts(report: Any) -> Mapping[Address, str]:
    """Return what each cell of a report shows; of a group that was filled as one row, only the last row."""
    cls = type(report)
    marks = {mark.at: mark for mark in report.marks}
    values = zip(numbers(cls), number_getter(cls)(report), strict=True)
    upper = upper_cells(report)
    return {at: printed(value, marks.get(at)) for at, value in values if at not in upper}


def blank_table(cls: type, address: Address, merged: frozenset[Address] = frozenset()) -> BlankTable:
    """Return a table of a form with its measures; each group of rows in `merged` is one row."""
    return _blank_table(cast("Any", cls), address, merged)


@lru_cache(maxsize=64)
def _blank_table(cls: Any, address: Address, merged: frozenset[Address]) -> BlankTable:
    blank = grid(cls, address, merged)
    first = next(cell for cell in blank.cells if cell.at is not None)
    return BlankTable(blank, first.row, first.column, _widths(blank.columns, first.column))


def _widths(columns: int, stub: int) -> tuple[int, ...]:
    """Return the widths of columns, of which the first `stub` hold labels; if there are several, as in the annex."""
    labels = _STUB[-stub:] if stub > 1 else ()
    free, rest = TEXT_WIDTH - sum(labels), columns - len(labels)
    return (*labels, *(free * (place + 1) // rest - free * place // rest for place in range(rest)))
