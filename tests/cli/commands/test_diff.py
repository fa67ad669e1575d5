"""Tests of the command `diff`."""

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from command_line import corpus_files
from gkformat.cli.app import run


def test_diff_prints_the_label_first(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert run(["diff", *corpus_files("pingtan-2020", "pingtan-2021"), "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [*lines[:4], *lines[-1:]] == snapshot
    assert run(["diff", *corpus_files("shanghai-office-2019", "pingtan-2019"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {item["kind"] for item in found["differences"]} == {"changed", "filled"}
    assert run(["diff", *corpus_files("shanghai-office-2019", "pingtan-2019")]) == 0
    assert "blank → 0" in capsys.readouterr().out
