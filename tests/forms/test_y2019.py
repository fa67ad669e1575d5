"""The trial form of 2019: its numbers, equations and labels, and the one line that imports it."""

import ast
import json
from pathlib import Path

import gkformat
from gkformat import EDITIONS
from gkformat.forms.y2019 import Report
from gkformat.notation.equations import equations
from gkformat.notation.grid import grids
from gkformat.notation.outline import nodes, numbers

SOURCE = Path(gkformat.__file__).parent


def test_form_has_198_numbers() -> None:
    sections = ("proactive_disclosure", "requests", "reconsideration_and_litigation")
    assert [sum(at.within(section) for at in numbers(Report)) for section in sections] == [22, 161, 15]
    assert len(numbers(Report)) == 198


def test_equations_are_those_of_2021_without_two_rows() -> None:
    later = EDITIONS["2021"].report
    assert len(equations(Report)) == 23 + 7 + 7 + 3
    folded = {str(equation).replace("other_handling.other", "other_handling") for equation in equations(later)}
    for equation in equations(Report):
        if "outcomes-total" in equation.rule:
            assert any(str(equation.at) in text for text in folded)
            assert [at.steps[2] for at in equation.left][-1] == "other_handling"
        else:
            assert str(equation) in folded


def test_labels_are_those_collected_from_published_reports(shared: Path) -> None:
    collected = json.loads((shared / "format" / "labels-2019.json").read_text(encoding="utf-8"))
    listed = {item["zh"] for item in _walk([collected["tables"], collected["sections"]]) if item.get("zh")}
    printed = {cell.text for grid in grids(Report) for cell in grid.cells if cell.text}
    printed |= {
        node.label for node in nodes(Report).values() if node.printed.kind in ("section", "prose") and node.label
    }
    assert listed <= printed | {"导语"}
    assert printed - listed == {collected["tables"][1]["corner_zh"], "导语"}


def _walk(value: object) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(item)]
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _walk(item))]
    return []


def test_form_module_is_imported_by_one_line_only() -> None:
    lines = [
        (path.name, node.lineno)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import) and "y2019" in ast.unparse(node)
    ]
    assert [name for name, _ in lines] == ["editions.py"]
