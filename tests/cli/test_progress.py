"""Tests of progress bars."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from gkformat.cli.app import run
from support import CORPUS

pytestmark = pytest.mark.usefixtures("working_folder")


SOUND = CORPUS / "huaian-2024.json"


def test_track_shows_progress_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("many").mkdir()
    for number in range(60):
        shutil.copy(SOUND, f"many/{number}.json")
    assert run(["check", "many", "--format", "json"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run(["check", "many", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert "60/60" in captured.err
    assert len(json.loads(captured.out)["files"]) == 60
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run(["check", "many"]) == 0  # the lines show the progress
    assert capsys.readouterr().err == ""
