"""Tests of the diagnoses that `check` prints."""

import json
from pathlib import Path

import pytest

from command_line import output_of
from support import payload, put

TOTALS = "reconsideration_and_litigation.{}.total"
CASES = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")


def write_spoiled(tmp_path: Path, **changes: int) -> str:
    tree = payload("huaian-2024")
    for at, value in changes.items():
        put(tree, at.replace("__", "."), value)
    file = tmp_path / "spoiled.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return str(file)


def test_check_counts_the_parts_of_a_diagnosis(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = write_spoiled(tmp_path, **{TOTALS.format(case).replace(".", "__"): 0 for case in CASES})
    out = output_of(capsys, "check", "--lang", "en", file)
    assert out.count("probably wrong: ") == 1
    assert "… and 2 more part(s), see gkformat diagnose" in out
