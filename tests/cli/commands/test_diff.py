"""Tests of the command `diff`."""

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from command_line import corpus_files, write_json
from gkformat.cli.app import run
from support import Payload, put


@pytest.mark.parametrize(
    ("kind", "title"),
    [("blank", "blank"), ("unreadable", "unreadable"), ("out-of-range", "out of range"), ("absent", "absent")],
)
def test_diff_says_why_there_is_no_number(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload, kind: str, title: str
) -> None:
    at = "requests.outcomes.other_handling.other.natural_person"
    full = write_json(tmp_path, "full.json", busy)
    put(busy, at, 0)
    opened = write_json(tmp_path, "open.json", busy | {"marks": [{"at": at, "kind": kind, "text": ""}]})
    assert run(["diff", opened, full]) == 0
    assert f"  {title} → 287  {at}" in capsys.readouterr().out


def test_diff_prints_the_label_first(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert run(["diff", *corpus_files("pingtan-2020", "pingtan-2021"), "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [*lines[:4], *lines[-1:]] == snapshot
    assert run(["diff", *corpus_files("shanghai-office-2019", "pingtan-2019"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {item["kind"] for item in found["differences"]} == {"changed", "filled"}
    assert run(["diff", *corpus_files("shanghai-office-2019", "pingtan-2019")]) == 0
    assert "blank → 0" in capsys.readouterr().out
