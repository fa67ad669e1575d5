"""Reports printed as PDFs of many kinds are read cell by cell; what cannot be read says why, in bounded time."""

import json
import sys
import zlib
from collections.abc import Iterator
from importlib import reload
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import papers
import pytest
from conftest import payload
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_layouts import Layout, Rules, printed, texts
from reportlab.pdfgen.canvas import Canvas

from gkformat import AnyReport, Unreadable, cells, loads
from gkformat.grid import Grid, grids
from gkformat.readers import pdf_page, pdf_worker, read
from gkformat.readers.document import Cell, Document, Paragraph, Table
from gkformat.readers.pdf import document
from gkformat.strategies import reports

# -- every layout --------------------------------------------------------------------------------------

BUSY, BLANKS = "suqian-2023", "shanghai-office-2019"
"""Reports of both editions; the second with many blanks."""

RULED = {
    "strokes": (BUSY, Layout()),
    "boxes": (BLANKS, Layout(rules="boxes", blank="-")),
    "rectangles": (BUSY, Layout(rules="rectangles", align="right", numbered=False)),
    "dashes": (BLANKS, Layout(rules="dashes", blank="/")),
    "dots": (BUSY, Layout(rules="dots", size=6)),
    "double": (BLANKS, Layout(rules="double", size=7, width=380)),
    "shaded": (BUSY, Layout(shaded=True, align="left")),
    "on its left side": (BUSY, Layout(turn=90)),
    "on its right side, and flagged": (BLANKS, Layout(turn=270, flagged=True)),
    "upside down": (BUSY, Layout(turn=180, flagged=True)),
    "glyph by glyph, wide": (BUSY, Layout(single=True, spacing=0.35, width=620)),
    "thousands": (BUSY, Layout(grouped=True, width=560, number_font="Times-Roman")),
    "tiny": (BLANKS, Layout(size=4, width=300)),
    "labels one character wide": (BUSY, Layout(upright=True)),
    "watermark": (BUSY, Layout(watermark="内部资料")),
    "many pages": (BUSY, Layout(height=330)),
    "rows cut": (BLANKS, Layout(height=330, cut=True, upright=True, align="left")),
    "header repeated, rows cut": (BUSY, Layout(height=330, cut=True, repeated=True)),
    "open at the page break": (BUSY, Layout(start=60, closed=False)),
    "a user may open it": (BUSY, Layout(password="")),
}


def real(name: str) -> AnyReport:
    return loads(json.dumps(payload(name)), as_found=True)


Seen = list[tuple[int, int, int, int, str]]
"""Row, column, how many of both, and text, for each cell of a table."""


def expected(report: Any, layout: Layout) -> list[Seen]:
    shown = texts(report, layout)
    return [_squeezed(grid, shown) for grid in grids(type(report))]


def _squeezed(grid: Grid, shown: dict[str, str]) -> Seen:
    """Columns as far as a line runs anywhere between them."""
    used = sorted({cell.column for cell in grid.cells} | {cell.column + cell.columns for cell in grid.cells})
    found = []
    for cell in grid.cells:
        start, end = used.index(cell.column), used.index(cell.column + cell.columns)
        text = cell.text if cell.at is None else shown[cell.at]
        found.append((cell.row, start, cell.rows, end - start, text))
    return found


def seen(paper: Document) -> list[Seen]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return [[_seen(cell) for row in table.rows for cell in row] for table in tables]


def _seen(cell: Cell) -> tuple[int, int, int, int, str]:
    text = cell.text if cell.text[:1].isdigit() and cell.text[-1].isdigit() else "".join(cell.text.split())
    return cell.place.row - 1, cell.place.column - 1, cell.rows, cell.columns, text


@pytest.mark.parametrize("name", RULED)
def test_every_cell_is_read_as_it_was_printed(name: str) -> None:
    source, layout = RULED[name]
    report = real(source)
    assert seen(document(printed(report, layout))) == expected(report, layout)


def test_a_report_is_what_was_printed() -> None:
    report = real(BUSY)
    reading = read(printed(report, Layout(start=50, width=300, size=7)))
    assert cells(reading.report) == cells(report)
    assert (reading.report.agency, reading.report.year) == (report.agency, report.year)
    assert reading.report.preface == papers.LEAD
    assert not list(reading.findings)


LAYOUTS = st.builds(
    Layout,
    rules=st.sampled_from(get_args(Rules)),
    size=st.sampled_from([4.0, 6.0, 9.0, 11.0]),
    width=st.sampled_from([330.0, 440.0, 700.0]),
    height=st.sampled_from([330.0, 500.0, 842.0]),
    align=st.sampled_from(["left", "center", "right"]),
    turn=st.sampled_from([0, 90, 180, 270]),
    flagged=st.booleans(),
    spacing=st.sampled_from([0.0, 0.2, 0.4]),
    single=st.booleans(),
    grouped=st.booleans(),
    upright=st.booleans(),
    repeated=st.booleans(),
    cut=st.booleans(),
    closed=st.booleans(),
    shaded=st.booleans(),
    start=st.floats(0, 250),
)


@settings(max_examples=max(5, settings().max_examples // 6), suppress_health_check=[HealthCheck.too_slow])
@given(report=st.sampled_from(["2021", "2019"]).flatmap(lambda edition: reports(edition=edition)), layout=LAYOUTS)
def test_no_cell_is_ever_wrong(report: AnyReport, layout: Layout) -> None:
    """Whatever the report and the layout, numbers that run over their cells included."""
    shown = {entry.at: entry for entry in read(printed(report, layout)).sheet.cells}
    for at, number in cells(report).items():
        assert at not in shown or shown[at].value in (number, None)
        assert at not in shown or shown[at].state not in ("blank", "annotated")


@pytest.mark.parametrize("rules", ["columns", "rows", "none"])
def test_rows_without_ruling_lines_are_rows_of_words(rules: Rules) -> None:
    report = real(BUSY)
    reading = read(printed(report, Layout(rules=rules, width=700, size=8)))
    assert cells(reading.report) == cells(report)


# -- real ones -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "name"), [("huaian-2024", "huaian-2024"), ("hongze-2023", "hongze-2023")])
def test_real_files(shared: Path, file: str, name: str) -> None:
    found = read(shared / "corpus" / "raw" / f"{file}.pdf").report
    assert cells(found) == cells(real(name))
    assert found.year == real(name).year
    assert found.marks == real(name).marks
