"""Measure reading documents, beside libraries that only extract the tables."""

import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter

import docx
import openpyxl
import pandas as pd
import pdfplumber

from benchmarks.harness import Section, Target, interleaved
from gkformat import load, read
from gkformat.readers.match_file import match_file

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
