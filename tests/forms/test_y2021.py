"""The form of 2021: its fields, numbers, equations and labels."""

import ast
import json
from pathlib import Path

import gkformat
from gkformat import Report2021
from gkformat.notation.equations import equations
from gkformat.notation.grid import grids
from gkformat.notation.outline import nodes, numbers
from oracle import CELLS, relations
from support import FIELDS

SOURCE = Path(gkformat.__file__).parent


def test_form_has_200_numbers_in_printed_order() -> None:
    assert list(numbers(Report2021)) == CELLS
    assert len(CELLS) == 10 + 175 + 15


def test_equations_are_the_42_written_out_by_hand() -> None:
    derived = {(e.rule, str(e.at), tuple(e.left), tuple(e.right)) for e in equations(Report2021)}
    by_hand = {(rule, at, tuple(left), tuple(right)) for rule, at, left, right in relations()}
    assert derived == by_hand
    assert len(equations(Report2021)) == 25 + 7 + 7 + 3


def test_report_has_the_documented_fields() -> None:
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


def test_balance_alone_is_stated_in_the_words_of_the_form() -> None:
    stated = [equation for equation in equations(Report2021) if equation.authority == "stated"]
    assert {equation.rule for equation in stated} == {"balance"}
    assert {equation.says for equation in stated} == {
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    }


def test_labels_are_those_collected_from_the_annex(shared: Path) -> None:
    collected = json.loads((shared / "format" / "labels-2021.json").read_text(encoding="utf-8"))
    listed = [item["zh"] for item in _walk(collected["tables"]) if "zh" in item and "formula" not in item]
    listed += [item["zh"] for item in collected["sections"]]
    printed = {cell.text for grid in grids(Report2021) for cell in grid.cells if cell.text}
    printed |= {node.label for node in nodes(Report2021).values() if node.at.count(".") == 0}
    assert set(filter(None, listed)) <= printed
    assert printed - set(listed) == {collected["tables"][1]["corner_zh"], "机关", "年度", "导语"}


def _walk(value: object) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(item)]
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _walk(item))]
    return []


def test_form_module_holds_classes_and_nothing_else() -> None:
    page = ast.parse((SOURCE / "forms" / "y2021.py").read_text(encoding="utf-8"))
    docstring, *body = page.body
    assert isinstance(docstring, ast.Expr)
    classes = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert all(isinstance(node, ast.ClassDef) for node in classes)
    for node in classes:
        assert isinstance(node, ast.ClassDef)
        assert all(isinstance(line, ast.AnnAssign) for line in node.body), node.name


def test_labels_are_written_only_in_the_form_modules() -> None:
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
