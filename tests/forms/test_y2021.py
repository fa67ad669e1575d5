"""The form itself: its names, its numbers, its equations, and that it prints as the official blank form."""

import ast
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from syrupy.assertion import SnapshotAssertion

import gkformat
from gkformat import Address, Report2021, label
from gkformat.forms import y2021
from gkformat.judgement.marks import row_groups
from gkformat.notation.equations import equations
from gkformat.notation.grid import Grid, grids
from gkformat.notation.outline import nodes, numbers
from oracle import CELLS, relations
from support import FIELDS

SOURCE = Path(gkformat.__file__).parent


def test_the_form_has_200_numbers_in_printed_order() -> None:
    assert list(numbers(Report2021)) == CELLS
    assert len(CELLS) == 10 + 175 + 15


def test_its_42_equations_are_those_written_out_by_hand() -> None:
    derived = {(e.rule, str(e.at), tuple(e.left), tuple(e.right)) for e in equations(Report2021)}
    by_hand = {(rule, at, tuple(left), tuple(right)) for rule, at, left, right in relations()}
    assert derived == by_hand
    assert len(equations(Report2021)) == 25 + 7 + 7 + 3


def test_the_fields_of_the_report_are_those_promised() -> None:
    assert list(FIELDS) == [
        "edition",
        "agency",
        "year",
        "preface",
        "overview",
        "proactive_disclosure",
        "requests",
        "reconsideration_and_litigation",
        "problems_and_improvements",
        "other_matters",
        "marks",
        "discrepancies",
    ]


def test_only_the_balance_is_stated_and_says_what_the_form_prints() -> None:
    stated = [equation for equation in equations(Report2021) if equation.authority == "stated"]
    assert {equation.rule for equation in stated} == {"balance"}
    assert {equation.says for equation in stated} == {
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    }


def test_a_group_of_rows_is_what_the_paper_may_merge() -> None:
    assert [group.rpartition(".")[2] for group in row_groups(Report2021)] == [
        "denied",
        "unavailable",
        "not_processed",
        "other_handling",
    ]


def test_an_equation_prints_itself_in_addresses_and_in_chinese(snapshot: SnapshotAssertion) -> None:
    shown: dict[str, str] = {}
    for equation in equations(Report2021):
        shown.setdefault(equation.rule, f"{equation}\n{equation.chinese}")
    assert shown == snapshot


def test_a_label_is_the_full_path_in_the_words_of_the_form() -> None:
    assert label(Report2021, "requests.outcomes.denied.state_secret.legal_person.other") == (
        "三、收到和处理政府信息公开申请情况 > 三、本年度办理结果 > （三）不予公开 > 1.属于国家秘密 > 法人或其他组织 > 其他"
    )


def test_an_address_is_within_what_stands_around_it_and_not_within_what_begins_alike() -> None:
    inner = Address("requests.outcomes.other_handling.other")
    around = ["", "requests", "requests.outcomes", "requests.outcomes.other_handling", inner]
    assert all(inner.within(outer) for outer in around)
    assert not inner.within("requests.out")
    assert not Address("requests").within(inner)


def test_a_page_holds_classes_and_nothing_else() -> None:
    page = ast.parse((SOURCE / "forms" / "y2021.py").read_text(encoding="utf-8"))
    docstring, *body = page.body
    assert isinstance(docstring, ast.Expr)
    classes = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert all(isinstance(node, ast.ClassDef) for node in classes)
    for node in classes:
        assert isinstance(node, ast.ClassDef)
        assert all(isinstance(line, ast.AnnAssign) for line in node.body), node.name


def test_a_label_is_written_only_in_the_forms_and_in_law() -> None:
    printed = {node.label for node in nodes(Report2021).values()} | {
        text for grid in grids(Report2021) for text in (cell.text for cell in grid.cells)
    }
    printed -= {""}
    assert len(printed) > 50
    for path in SOURCE.rglob("*.py"):
        if {"forms", "readers"} & {*path.relative_to(SOURCE).parts}:
            continue
        literals = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not literals & printed, path.name


def test_the_blank_form_prints_as_before(snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(_drawn(grid) for grid in grids(Report2021)) == snapshot


def test_every_grid_is_covered_exactly() -> None:
    for grid in [*grids(Report2021), *grids(y2021.Applicants), *grids(y2021.Denied), *grids(y2021.CaseResults)]:
        places = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert sorted(places) == [(row, column) for row in range(grid.rows) for column in range(grid.columns)]


def test_the_blanks_of_the_grids_are_the_numbers_of_the_form() -> None:
    assert [cell.at for grid in grids(Report2021) for cell in grid.cells if cell.at] == CELLS


def test_the_grids_are_those_of_the_official_annex(shared: Path) -> None:
    official = list(_official_grids(shared / "corpus" / "raw" / "template-2021-format.docx"))
    ours = [
        {(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grid.cells}
        for grid in grids(Report2021)
    ]
    assert ours == official


def test_the_labels_are_those_collected_from_the_annex(shared: Path) -> None:
    collected = json.loads((shared / "format" / "labels-2021.json").read_text(encoding="utf-8"))
    listed = [item["zh"] for item in _walk(collected["tables"]) if "zh" in item and "formula" not in item]
    listed += [item["zh"] for item in collected["sections"]]
    printed = {cell.text for grid in grids(Report2021) for cell in grid.cells if cell.text}
    printed |= {node.label for node in nodes(Report2021).values() if node.at.count(".") == 0}
    assert set(filter(None, listed)) <= printed
    assert printed - set(listed) == {collected["tables"][1]["corner_zh"], "机关", "年度", "导语"}


def test_nobody_subclasses_a_box() -> None:
    with pytest.raises(TypeError, match="cannot be subclassed"):
        type("Mine", (y2021.Applicants,), {})


def _drawn(grid: Grid) -> str:
    """A grid as text: each cell once, at its upper left corner."""
    lines = [grid.heading]
    for row in range(grid.rows):
        cells = [cell for cell in grid.cells if cell.row == row]
        lines.append("|".join(f"{cell.text or cell.at}{f'[{cell.rows}x{cell.columns}]'}" for cell in cells))
    return "\n".join(lines)


def _walk(value: object) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(item)]
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _walk(item))]
    return []


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _official_grids(path: Path) -> list[set[tuple[int, int, int, int, str]]]:
    """The tables of a Word file as (row, column, rows, columns, text), read from its own markup."""
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
