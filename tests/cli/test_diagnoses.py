"""Tests of the diagnoses that `check` prints."""

import json
import random
from pathlib import Path

import pytest

from command_line import output_of
from gkformat.forms.y2021 import Requests
from gkformat.notation.outline import numbers
from support import at, payload, put

TOTALS = "reconsideration_and_litigation.{}.total"
CASES = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")


def write_spoiled(tmp_path: Path, **changes: int) -> str:
    tree = payload("huaian-2024")
    for name, value in changes.items():
        put(tree, name.replace("__", "."), value)
    file = tmp_path / "spoiled.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return str(file)


def test_check_counts_the_parts_of_a_diagnosis(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = write_spoiled(tmp_path, **{TOTALS.format(case).replace(".", "__"): 0 for case in CASES})
    out = output_of(capsys, "check", "--lang", "en", file)
    assert out.count("probably wrong: ") == 1
    assert "… and 2 more part(s), see gkformat diagnose" in out


def test_check_stops_early_and_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = write_spoiled(tmp_path, **random_requests())
    out = output_of(capsys, "check", "--lang", "en", file)
    assert "probably wrong" not in out
    assert "the search is limited to 4000 steps and stopped early" in out
    assert "stopped early" in output_of(capsys, "diagnose", "--lang", "en", "--budget", "50", file)
    listed = json.loads(output_of(capsys, "diagnose", "--format", "json", "--budget", "50", file))
    assert [component["stopped"] for component in listed["files"][0]["diagnosis"]["components"]] == [True]


def random_requests() -> dict[str, int]:
    """Return other numbers for a third of the cells of a table."""
    chance = random.Random(0)
    names = [f"requests__{cell.replace('.', '__')}" for cell in numbers(Requests)]
    return {name: chance.randrange(5000) for name in names if chance.random() < 0.3}


def test_check_and_diagnose_name_the_numbers_of_unclear_cells(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    marks = [(TOTALS.format(case), "unreadable", "#REF!") for case in CASES]
    tree = payload("huaian-2024")
    numbers_there = [at(tree, cell) for cell, _, _ in marks]
    tree["marks"] = [{"at": cell, "kind": kind, "text": text} for cell, kind, text in marks]
    for cell, _, _ in marks:
        put(tree, cell, 0)
    file = tmp_path / "unclear.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    out = output_of(capsys, "check", "--lang", "en", str(file))
    assert f"1 equation(s) say that {numbers_there[0]} should stand here" in out
    assert 'written: "#REF!"' in out
    assert "… and 1 more cell(s)" in out
    out = output_of(capsys, "diagnose", "--lang", "en", str(file))
    assert out.count("should stand here") == len(marks)
    [shown] = json.loads(output_of(capsys, "diagnose", "--format", "json", str(file)))["files"]
    assert [each["proposed"] for each in shown["diagnosis"]["determined"]] == numbers_there
