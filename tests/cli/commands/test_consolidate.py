"""Tests of the command `consolidate`."""

from pathlib import Path

import pytest

from command_line import write_json
from gkformat.cli.app import run
from support import Payload, put


def test_consolidate_names_the_blanks_of_parts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    part = write_json(tmp_path, "part.json", busy)
    busy["agency"] = "另一机关"
    put(busy, "requests.newly_received.natural_person", 3402)
    other = write_json(tmp_path, "other.json", busy)
    made = ["--agency", "甲", "--year", "2023", "-o", str(tmp_path / "w.json")]
    assert run(["consolidate", part, other, *made, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "自然人  有单位未填或读不出，其余之和为 3402\n  requests.newly_received.natural_person\n" in said
