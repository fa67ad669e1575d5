"""Reports printed from the grid of the form, as files of every kind in which agencies publish them.

`python tests/papers.py` writes `tests/corpus/documents`, with figures of published reports and prose of our own.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from io import BytesIO, StringIO
from operator import attrgetter
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gkformat import cells, load
from gkformat.notation.grid import Grid, grids
from gkformat.notation.outline import outline
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.layout import Slot, lay_out
from support import CORPUS

LEAD = "本报告依照条例编制，数据统计期限为当年1月1日至12月31日。"
TEXT = {
    "overview": "这一年各项工作照常进行。",
    "problems_and_improvements": "人手不足，已经补充。",
    "other_matters": "没有收取信息处理费。",
}

Rows = list[list[Cell]]


def shown(report: Any) -> dict[str, str]:
    """Return the text printed in each cell."""
    marked = {mark.at: mark.text for mark in report.marks if mark.kind != "merged"}
    return {at: marked.get(at, str(attrgetter(at)(report))) for at in cells(report)}


def table(grid: Grid, texts: Mapping[str, str]) -> Rows:
    """Return a printed table with its blanks filled: for each row, the cells that begin in it."""
    rows: Rows = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        text = cell.text if cell.at is None else texts[cell.at]
        rows[cell.row].append(Cell(text, cell.rows, cell.columns))
    return rows


def tables(report: Any) -> list[Rows]:
    """Return the three tables of a report."""
    return [table(grid, shown(report)) for grid in grids(type(report))]


def document(report: Any, given: list[Rows] | None = None) -> Document:
    """Return a whole document: title, preface and six sections. Its tables may be given."""
    return Document("html", list(_blocks(report, iter(given or tables(report)))))


def _blocks(report: Any, given: Iterator[Rows]) -> Iterator[Block]:
    yield Paragraph(f"{report.agency}{report.year}年政府信息公开工作年度报告")
    yield Paragraph(LEAD)
    with_table = {band.table for band in bands(type(report))}
    for node in outline(type(report)).children:
        if node.printed.kind in ("section", "prose") and node.name != "preface":
            yield Paragraph(node.label)
            yield Table(next(given)) if node.at in with_table else Paragraph(TEXT[node.name])


# -- kinds of files ------------------------------------------------------------------------------------


def as_html(paper: Document) -> str:
    """Return the text as HTML."""
    return "".join(_html(block) for block in paper.blocks)


def _html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>\n"
    rows = ("".join(_td(cell) for cell in row) for row in block.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>\n"


def _td(cell: Cell) -> str:
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f"<td{spans}>{escape(cell.text)}</td>"


def as_page(paper: Document) -> str:
    """Return a page of a content management system, with menus, metadata and a footer around the text."""
    title = next(block.text for block in paper.blocks if isinstance(block, Paragraph))
    return f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{title}_某网站</title>
<style>td {{ border: 1px solid }}</style></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/xxgk">政府信息公开</a></li></ul>
<table><tr><td>索引号</td><td>000014349/2025-00001</td></tr><tr><td>发布日期</td><td>2026-01-20</td></tr></table>
<div class="article"><span>来源：某办公室</span>{as_html(paper)}</div>
<div class="footer"><p>版权所有：某网站</p><p>网站标识码：0000000001</p></div></body></html>"""


def as_mhtml(paper: Document) -> bytes:
    """Return a page with its pictures in one file, as browsers save it."""
    saved = MIMEMultipart("related")
    saved["From"] = "<Saved by Blink>"
    saved.attach(MIMEText(as_page(paper).replace("gb2312", "utf-8"), "html", "utf-8"))
    saved.attach(MIMEImage(b"\x89PNG", "png"))
    return saved.as_bytes()


def as_script(paper: Document) -> str:
    """Return a page that keeps its text in a string of a script."""
    content = json.dumps(as_html(paper), ensure_ascii=True).replace("<", "\\u003c")
    return f"<html><body><div id='text'></div>\n<script>let content = {content};\nshow(content)</script></body></html>"


def grid_of(block: Table, *, repeat: bool = False) -> list[list[str]]:
    """Return a table without spans: places that a cell spans are blank, or repeat its text."""
    laid = lay_out(block)
    width = max(slot.end for line in laid for slot in line)
    filled = [[""] * width for _ in laid]
    for slot in (slot for line in laid for slot in line):
        for row in range(slot.row, slot.row + slot.rows):
            for column in range(slot.start, slot.end):
                if repeat or (row, column) == (slot.row, slot.start):
                    filled[row][column] = slot.text
    return filled


def as_markdown(paper: Document, *, repeat: bool = False) -> str:
    parts = []
    for block in paper.blocks:
        if isinstance(block, Table):
            first, *rest = (f"| {' | '.join(row)} |" for row in grid_of(block, repeat=repeat))
            parts.append("\n".join([first, "|---" * first.count(" | ") + "|---|", *rest]))
        else:
            parts.append(f"# {block.text}" if not parts else block.text)
    return "\n\n".join(parts)


def as_csv(paper: Document) -> str:
    file = StringIO()
    writer = csv.writer(file)
    for block in paper.blocks:
        writer.writerows(grid_of(block) if isinstance(block, Table) else [[block.text]])
    return file.getvalue()


def as_text(paper: Document, apart: str, ended: str = "\n") -> str:
    """Return plain text, with one string between the cells of a row and another after each row."""
    parts = []
    for block in paper.blocks:
        if isinstance(block, Table):
            rows = (apart.join(slot.text for slot in line) for line in lay_out(block))
            parts.append(ended.join(rows) + ended.rstrip())
        else:
            parts.append(block.text)
    return "\n".join(parts)


def as_tabs(paper: Document) -> str:
    rows = (grid_of(block) if isinstance(block, Table) else [[block.text]] for block in paper.blocks)
    return "\n".join("\t".join(row) for block in rows for row in block)


def as_cells(paper: Document) -> str:
    """Return one cell a line after a tab, and a blank line after a row, as converters of DOCX write them."""
    parts = []
    for block in paper.blocks:
        if isinstance(block, Table):
            parts += ["".join(f"\t{text}\n" for text in row) for row in grid_of(block)]
        else:
            parts.append(f"{block.text}\n")
    return "\n".join(parts)


def as_docx(paper: Document) -> bytes:
    made = docx.Document()
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            made.add_paragraph(block.text)
        else:
            # python-docx takes seconds to merge the cells of such a table
            made.element.body.insert_element_before(parse_xml(_word(block)), "w:sectPr")
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _word(block: Table) -> str:
    laid = lay_out(block)
    begun = {(slot.row, slot.start): slot for line in laid for slot in line}
    above = {(row, slot.start): slot for slot in begun.values() for row in range(slot.row + 1, slot.row + slot.rows)}
    rows = []
    for row in range(len(laid)):
        places = sorted(place for place in {**begun, **above} if place[0] == row)
        rows.append("".join(_tc(begun.get(place), above.get(place)) for place in places))
    return f"<w:tbl {nsdecls('w')}>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _tc(slot: Slot | None, above: Slot | None) -> str:
    cell = slot or above
    assert cell
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if slot else "<w:vMerge/>"
    text = escape(slot.text) if slot else ""
    span = f'<w:gridSpan w:val="{cell.end - cell.start}"/>'
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def as_xlsx(paper: Document) -> bytes:
    """Return a workbook with everything in one sheet, and numbers as numbers."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    top = 1
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            sheet.cell(top, 1, block.text)
            top += 1
            continue
        laid = lay_out(block)
        for slot in (slot for line in laid for slot in line):
            row, column = top + slot.row, slot.start + 1
            sheet.cell(row, column, _number(slot.text))
            if slot.rows > 1 or slot.end > column:
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + slot.rows - 1, end_column=slot.end)
        top += len(laid)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


KINDS: Mapping[str, tuple[str, Callable[[Document], bytes]]] = {
    "page": ("html", lambda paper: as_page(paper).encode()),
    "page in gb18030 that says gb2312": ("html", lambda paper: as_page(paper).encode("gb18030")),
    "page in utf-16": ("html", lambda paper: as_page(paper).encode("utf-16")),
    "page in a script": ("html", lambda paper: as_script(paper).encode()),
    "page in json": ("html", lambda paper: json.dumps({"data": {"content": as_html(paper)}}).encode()),
    "docx": ("word", as_docx),
    "xlsx": ("spreadsheet", as_xlsx),
    "mhtml": ("mhtml", as_mhtml),
    "markdown": ("markdown", lambda paper: as_markdown(paper).encode()),
    "markdown with repeated cells": ("markdown", lambda paper: as_markdown(paper, repeat=True).encode()),
    "markdown with html tables": ("markdown", lambda paper: b"# 1\n\n" + as_html(paper).encode()),
    "csv": ("csv", lambda paper: as_csv(paper).encode("gb18030")),
    "tabs": ("text", lambda paper: as_tabs(paper).encode()),
    "pipes": ("text", lambda paper: as_text(paper, "|", "|\n").encode()),
    "a cell a line after a tab": ("text", lambda paper: as_cells(paper).encode()),
    "a cell a line": ("text", lambda paper: as_text(paper, "\n").encode()),
    "cells glued together": ("text", lambda paper: as_text(paper, "", "").encode()),
    "cells apart by blanks": ("text", lambda paper: as_text(paper, " ").encode()),
}
"""Ways to publish a document: the kind that a reader should detect, and a function to its bytes.

All but cells glued together can be read whole.
"""


DOCUMENTS = {
    "huaian-2024.html": "page in gb18030 that says gb2312",
    "shanghai-office-2019.html": "page in a script",
    "suqian-2024.docx": "docx",
    "suqian-2023.xlsx": "xlsx",
    "jinhu-2023.md": "markdown with repeated cells",
    "pingtan-2019.csv": "csv",
    "gaoqing-gaocheng-2024.txt": "a cell a line after a tab",
    "pingtan-2021.txt": "cells glued together",
}
"""The documents of the corpus, named after the reports whose figures they hold, and how each is published."""

CONVERTED = ("huaian-2024.doc", "shanghai-office-2019.xls")
"""More of them, which an office suite made: see `tests/readers/files/made/README.md`."""


def write() -> None:
    """Write the documents of the corpus."""
    folder = CORPUS / "documents"
    folder.mkdir(exist_ok=True)
    for name, kind in DOCUMENTS.items():
        report = load(CORPUS / f"{Path(name).stem}.json", as_found=True)
        (folder / name).write_bytes(KINDS[kind][1](document(report)))


if __name__ == "__main__":
    write()
