"""Reports on paper, made from the printed grid: the tables of a report as rows of cells, to be written and spoiled."""

from collections.abc import Iterator, Mapping
from html import escape
from operator import attrgetter
from typing import Any

from gkformat import cells
from gkformat.grid import Grid, grids
from gkformat.outline import outline
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.printed import bands

LEAD = "本报告依照条例编制，数据统计期限为当年1月1日至12月31日。"
TEXT = {
    "overview": "这一年各项工作照常进行。",
    "problems_and_improvements": "人手不足，已经补充。",
    "other_matters": "没有收取信息处理费。",
}


def shown(report: Any) -> dict[str, str]:
    """What the paper shows in each cell."""
    marked = {mark.at: mark.text for mark in report.marks if mark.kind != "merged"}
    return {at: marked.get(at, str(attrgetter(at)(report))) for at in cells(report)}


def table(grid: Grid, texts: Mapping[str, str]) -> list[list[Cell]]:
    """A printed table with its blanks filled, as rows of the cells that begin in each."""
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        text = cell.text if cell.at is None else texts[cell.at]
        rows[cell.row].append(Cell(text, cell.rows, cell.columns))
    return rows


def document(report: Any, *tables: list[list[Cell]]) -> Document:
    """A whole paper: title, lead, six sections; its tables may be given."""
    given = iter(tables or [table(grid, shown(report)) for grid in grids(type(report))])
    return Document("html", list(_blocks(report, given)))


def _blocks(report: Any, tables: Iterator[list[list[Cell]]]) -> Iterator[Block]:
    yield Paragraph(f"{report.agency}{report.year}年政府信息公开工作年度报告")
    yield Paragraph(LEAD)
    with_table = {band.table for band in bands(type(report))}
    for node in outline(type(report)).children:
        if node.printed.word in ("part", "prose") and node.name != "preface":
            yield Paragraph(node.label)
            yield Table(next(tables)) if node.at in with_table else Paragraph(TEXT[node.name])


def as_html(paper: Document) -> str:
    """The paper as a page."""
    return "".join(_html(block) for block in paper.blocks)


def _html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>\n"
    rows = ("".join(_td(cell) for cell in row) for row in block.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>\n"


def _td(cell: Cell) -> str:
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f"<td{spans}>{escape(cell.text)}</td>"
