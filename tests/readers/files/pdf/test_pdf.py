"""Tests of reading PDF: reports printed in many layouts are read cell by cell, and what cannot be read says why."""

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import papers
from gkformat import AnyReport, Unreadable, cells
from gkformat.notation.grid import Grid, grids
from gkformat.readers import read
from gkformat.readers.document import Cell, Document, Paragraph, Table
from gkformat.readers.files.pdf import extraction, parse
from gkformat.strategies import reports
from pdf_layouts import Layout, Rules, printed, texts
from pdf_pages import BLANKS, BUSY, HOSTILE, NAMELESS, load_report, pdf_of_page
from readings import read_here, reported

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
CellsOfTable = list[tuple[int, int, int, int, str]]
"""Row, column, how many of both, and text, for each cell of a table."""


def printed_tables(report: Any, layout: Layout) -> list[CellsOfTable]:
    shown = texts(report, layout)
    return [_squeezed(grid, shown) for grid in grids(type(report))]


def _squeezed(grid: Grid, shown: dict[str, str]) -> CellsOfTable:
    """Return the cells, with columns counted only where a line runs somewhere between them."""
    used = sorted({cell.column for cell in grid.cells} | {cell.column + cell.columns for cell in grid.cells})
    found = []
    for cell in grid.cells:
        start, end = used.index(cell.column), used.index(cell.column + cell.columns)
        text = cell.text if cell.at is None else shown[cell.at]
        found.append((cell.row, start, cell.rows, end - start, text))
    return found


def read_tables(paper: Document) -> list[CellsOfTable]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return [[_read_cell(cell) for row in table.rows for cell in row] for table in tables]


def _read_cell(cell: Cell) -> tuple[int, int, int, int, str]:
    text = cell.text if cell.text[:1].isdigit() and cell.text[-1].isdigit() else "".join(cell.text.split())
    return cell.place.row - 1, cell.place.column - 1, cell.rows, cell.columns, text


@pytest.mark.parametrize("name", RULED)
def test_parse_reads_every_cell_as_it_was_printed(name: str) -> None:
    source, layout = RULED[name]
    report = load_report(source)
    assert read_tables(parse(printed(report, layout))) == printed_tables(report, layout)


def test_read_gives_the_report_that_was_printed() -> None:
    report = load_report(BUSY)
    reading = read(printed(report, Layout(start=50, width=300, size=7)))
    assert cells(reading.report) == cells(report)
    assert (reported(reading).agency, reported(reading).year) == (report.agency, report.year)
    assert reported(reading).preface == papers.LEAD
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


# An example takes up to half a second: five by default, and nothing is made smaller when one fails, which would take
# minutes.
@settings(
    max_examples=max(5, settings().max_examples // 20),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(report=st.sampled_from(["2021", "2019"]).flatmap(lambda edition: reports(edition=edition)), layout=LAYOUTS)
def test_cells_are_never_wrong_whatever_the_layout(report: AnyReport, layout: Layout) -> None:
    """Numbers may run over the edges of their cells."""
    shown = {entry.at: entry for entry in read_here(printed(report, layout)).sheet.cells}
    for at, number in cells(report).items():
        assert at not in shown or shown[at].value in (number, None)
        assert at not in shown or shown[at].state not in ("blank", "annotated")


@pytest.mark.parametrize(("file", "name"), [("huaian-2024", "huaian-2024"), ("hongze-2023", "hongze-2023")])
def test_read_gives_every_cell_of_published_files(shared: Path, file: str, name: str) -> None:
    found = reported(read(shared / "corpus" / "raw" / f"{file}.pdf"))
    assert cells(found) == cells(load_report(name))
    assert found.year == load_report(name).year
    assert found.marks == load_report(name).marks


@pytest.mark.parametrize("name", HOSTILE)
def test_parse_explains_what_it_cannot_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, why = HOSTILE[name]
    monkeypatch.setattr(extraction, "MARKS", 10_000)
    with pytest.raises(Unreadable, match=why):
        parse(data)


def test_few_unknown_characters_are_marked() -> None:
    (paragraph,) = parse(pdf_of_page(b"BT /F 12 Tf 100 700 Td (12345A) Tj ET", NAMELESS)).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "12345\N{REPLACEMENT CHARACTER}"


def test_parse_refuses_a_file_that_was_cut_off() -> None:
    whole = printed(load_report(BUSY), Layout())
    for share in range(20):
        with pytest.raises(Unreadable):
            parse(whole[: len(whole) * share // 20])
    assert parse(whole[: whole.rindex(b"%%EOF")] + b"\n\n").blocks


def test_parse_refuses_a_file_that_needs_a_password() -> None:
    with pytest.raises(Unreadable, match="encrypted and opens only with a password"):
        parse(printed(load_report(BUSY), Layout(password="x" * 8)))
