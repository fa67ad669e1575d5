"""The grids of the form of 2021: they are complete, unchanged, and equal to those of the official annex."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from syrupy.assertion import SnapshotAssertion

from gkformat import Report2021
from gkformat.forms import y2021
from gkformat.notation.grid import Grid, grids
from oracle import CELLS


def test_grids_of_the_blank_form_are_unchanged(snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(_drawn(grid) for grid in grids(Report2021)) == snapshot


def _drawn(grid: Grid) -> str:
    """Return a grid as text, with each cell once, at its upper left corner."""
    lines = [grid.heading]
    for row in range(grid.rows):
        cells = [cell for cell in grid.cells if cell.row == row]
        lines.append("|".join(f"{cell.text or cell.at}{f'[{cell.rows}x{cell.columns}]'}" for cell in cells))
    return "\n".join(lines)


def test_grid_is_covered_exactly() -> None:
    for grid in [*grids(Report2021), *grids(y2021.Applicants), *grids(y2021.Denied), *grids(y2021.CaseResults)]:
        places = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert sorted(places) == [(row, column) for row in range(grid.rows) for column in range(grid.columns)]


def test_grid_blanks_are_the_numbers_of_the_form() -> None:
    assert [cell.at for grid in grids(Report2021) for cell in grid.cells if cell.at] == CELLS


def test_grids_are_those_of_the_official_annex(shared: Path) -> None:
    official = list(_official_grids(shared / "corpus" / "raw" / "template-2021-format.docx"))
    ours = [
        {(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells}
        for grid in grids(Report2021)
    ]
    assert ours == official


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _official_grids(path: Path) -> list[set[tuple[int, int, int, int, str]]]:
    """Return the tables of a Word file, read from its own markup: sets of (row, column, rows, columns, text)."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own fixture
    return [_official_grid(table) for table in root.iter(f"{W}tbl")]


def _official_grid(table: ET.Element) -> set[tuple[int, int, int, int, str]]:
    placed: dict[tuple[int, int], list[object]] = {}
    for row, line in enumerate(table.findall(f"{W}tr")):
        column = 0
        for cell in line.findall(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            assert properties is not None
            span = properties.find(f"{W}gridSpan")
            width = int(span.get(f"{W}val", "1")) if span is not None else 1
            merge = properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart":
                above = max(at for at in placed if at[1] == column)
                placed[above][0] = row - above[0] + 1
            else:
                text = re.sub(r"\s", "", "".join(found.text or "" for found in cell.iter(f"{W}t")))
                placed[row, column] = [1, width, text]
            column += width
    return {(row, column, *rest) for (row, column), rest in placed.items()}  # type: ignore[misc]
