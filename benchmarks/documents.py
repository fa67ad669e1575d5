"""Measure reading documents, and writing them, beside libraries that know the tables only."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter

import docx
import openpyxl
import pandas as pd
import pdfplumber
import xlsxwriter

from benchmarks.harness import Section, Target, interleaved
from gkformat import load, read
from gkformat.readers.match_file import match_file
from gkformat.writers import render
from gkformat.writers.layout import Pages, PrintedTable, lay_out

TESTS = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))  # the tests print reports as files of every kind

import papers  # noqa: E402 - see above
import pdf_layouts  # noqa: E402

REPORT = TESTS / "corpus" / "suqian-2023.json"
OURS, INSIDE = "**gkformat** `read`", "of which `match_file`"
GATE = 1.25
"""How far above its goal a task may be."""

Extract = Callable[[bytes], object]


def reading_documents(rounds: int) -> Section:
    """Read a report from a file of each kind."""
    table = [("", "ms", "× the tables only", "median (most rounds)")]
    targets = []
    for kind, name, extract, data, goal in _tasks():
        peer = f"{kind}: {name}"
        variants: dict[str, Callable[[], object]] = {
            peer: partial(extract, data),
            f"{kind}: {OURS}": partial(read, data),
            f"{kind}: {INSIDE}": partial(match_file, data),
        }
        found = interleaved(variants, rounds, clock=perf_counter)
        for variant, timing in found.items():
            ratio = timing.over(found[peer])
            spread = "" if variant == peer else ratio.spread
            table.append((variant, f"{timing.best * 1e3:.1f}", f"{ratio}", spread))
        ratio = found[f"{kind}: {OURS}"].over(found[peer])
        targets.append(Target(f"`read` of {kind}, over {name}", ratio, goal, round(goal * GATE, 2)))
    text = (
        "A report of 200 numbers, printed as a file of each kind; from its bytes to a report that is judged, in a "
        "program that has read files before, beside what takes the tables out of the file and knows nothing of the "
        "form. Files are read in another process, with limits, so it is the time on the wall that counts; what happens "
        "in that process is measured in this one too."
    )
    return Section("Documents", text, table, targets)


def _tasks() -> list[tuple[str, str, Extract, bytes, float]]:
    """Return kinds of files, each with a library that extracts the tables, how to call it, a file, and the goal."""
    report = load(REPORT, as_found=True)
    paper = papers.document(report)
    page = f'<html><head><meta charset="utf-8"></head><body>{papers.as_html(paper)}</body></html>'.encode()
    pdf = pdf_layouts.printed(report, pdf_layouts.Layout())
    return [
        ("HTML", "`pandas.read_html`", lambda data: pd.read_html(BytesIO(data)), page, 1.0),
        ("DOCX", "the cells of python-docx", _docx_cells, papers.as_docx(paper), 0.35),
        ("XLSX", "the cells of openpyxl", _xlsx_cells, papers.as_xlsx(paper), 1.0),
        ("PDF", "the tables of pdfplumber", _pdf_tables, pdf, 0.2),
    ]


def _docx_cells(data: bytes) -> object:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def _xlsx_cells(data: bytes) -> object:
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return [[[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets]


def _pdf_tables(data: bytes) -> object:
    with pdfplumber.open(BytesIO(data)) as file:
        return [page.extract_tables() for page in file.pages]


def writing_documents(rounds: int) -> Section:
    """Write a report as a file of each kind."""
    report = load(REPORT, as_found=True)
    pages = lay_out(report)
    table = [("", "ms", "× the library alone", "median (most rounds)")]
    targets = []
    for kind, name, peer in (("DOCX", "python-docx", _bare_docx), ("XLSX", "XlsxWriter", _bare_xlsx)):
        alone, ours = f"{kind}: {name} alone", f"{kind}: **gkformat** `write`"
        found = interleaved({alone: partial(peer, pages), ours: partial(render, report, f".{kind.lower()}")}, rounds)
        ratio = found[ours].over(found[alone])
        table.append((alone, f"{found[alone].best * 1e3:.1f}", "1.00", ""))
        table.append((ours, f"{found[ours].best * 1e3:.1f}", f"{ratio}", ratio.spread))
        targets.append(Target(f"`write` of {kind}, over {name} alone", ratio, WRITING_GOAL, WRITING_GOAL))
    text = (
        "A report of 200 numbers, from the object to the bytes of a file; beside what the library below takes to write "
        "the same texts, and the same cells with their merges and borders, without the official look: page, fonts, "
        "widths, headers that repeat. Ours also looks whether every text would be read back as it is."
    )
    return Section("Writing documents", text, table, targets)


WRITING_GOAL = 1.5


def _bare_docx(pages: Pages) -> bytes:
    document = docx.Document()
    for texts, table in _sections(pages):
        for text in texts:
            document.add_paragraph(text)
        if table:
            blank = table.blank.grid
            made = document.add_table(blank.rows, blank.columns, style="Table Grid")
            places = [row.cells for row in made.rows]  # once: it is slow
            for cell in blank.cells:
                first = places[cell.row][cell.column]
                if cell.rows > 1 or cell.columns > 1:
                    first = first.merge(places[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
                first.text = table.text(cell)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _bare_xlsx(pages: Pages) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        look = book.add_format({"border": 1})
        for texts, table in _sections(pages):
            sheet = book.add_worksheet()
            for row, text in enumerate(texts):
                sheet.write_string(row, 0, text)
            if table is None:
                continue
            for cell in table.blank.grid.cells:
                text, row, column = table.text(cell), len(texts) + cell.row, cell.column
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, text, look)
                elif text.isdecimal():
                    sheet.write_number(row, column, int(text), look)
                else:
                    sheet.write_string(row, column, text, look)
    return file.getvalue()


def _sections(pages: Pages) -> Iterator[tuple[list[str], PrintedTable | None]]:
    """Yield the texts of each section, the first with the title and the preface, and its table."""
    preface, *sections = pages.parts
    before = [*pages.title, *preface.paragraphs]
    for part in sections:
        yield [*before, part.heading, *part.paragraphs], part.table
        before = []
