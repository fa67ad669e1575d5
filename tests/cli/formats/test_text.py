"""Tests of the output for people: what is much of the same is told in few lines."""

import json
from pathlib import Path

import pytest

from command_line import write_json
from gkformat import Report2021
from gkformat.cli.app import run
from gkformat.notation.outline import numbers
from support import Payload, put


def marked(busy: Payload, kind: str, *rows: str, text: str = "") -> Payload:
    """Return a payload with all cells of some rows marked."""
    cells = [at for at in numbers(Report2021) if at.startswith(rows)]
    for at in cells:
        put(busy, at, 0)
    return busy | {"marks": [{"at": str(at), "kind": kind, "text": text} for at in cells]}


def test_many_undecided_equations_are_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    people = tuple(at for at in numbers(Report2021) if at.startswith("requests.") and not at.endswith("total"))
    file = write_json(tmp_path, "blank.json", marked(busy, "blank", *people))
    assert run(["check", file]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.strip().split()[0] for line in lines if line.startswith("    ") and "requests." in line]
    assert (told.count("row-total"), told.count("outcomes-total"), told.count("balance")) == (3, 3, 3)
    more = [at for at, line in enumerate(lines) if line.endswith("more, all of them with --format json")]
    assert more
    assert max(more) < next(at for at, line in enumerate(lines) if "cells-blank" in line)
    assert len(lines) < 40
    assert run(["check", file, "--format", "json"]) == 0
    undecided = [each for each in json.loads(capsys.readouterr().out)["files"][0]["findings"] if each["terms"]]
    assert len(undecided) > 30


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("absent", "", "not in the document; add it (7 cells)"),
        ("unreadable", "#REF!", "no number can be made out: #REF!; check it and write a number (7 cells)"),
        ("out-of-range", "-3", "a number that cannot stand here: -3; expected: an integer from 0 to"),
    ],
)
def test_row_without_a_clear_cell_is_told_as_a_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload, kind: str, text: str, said: str
) -> None:
    row = "requests.brought_forward"
    file = write_json(tmp_path, "unclear.json", marked(busy, kind, row, f"{OTHER}.natural_person", text=text))
    assert run(["check", file]) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line.split()[1] for line in lines if line.startswith("cell-")] == [row, f"{OTHER}.natural_person"]
    assert any(line.startswith(said) for line in lines)


OTHER = "requests.outcomes.granted"


def test_all_unclear_report_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    assert run(["check", write_json(tmp_path, "none.json", marked(busy, "unreadable", *numbers(Report2021)))]) == 1
    assert "check it and write a number (200 cells)" in capsys.readouterr().out


def test_single_unclear_cell_of_a_row_is_told_at_its_cell(
    busy: Payload, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "proactive_disclosure.licensing.administrative_licenses.decisions"
    assert run(["check", write_json(tmp_path, "one.json", marked(busy, "unreadable", at))]) == 1
    assert f"cell-unreadable  {at}  line" in capsys.readouterr().out
