"""Fixtures of the tests of the command line."""

from pathlib import Path

import pytest

from command_line import TOTAL, write_json
from support import Payload, put


@pytest.fixture(autouse=True)
def _english_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set English, no colours, and lines of 100 columns."""
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def malformed(tmp_path: Path, busy: Payload) -> str:
    """Write a report with two faults and a broken total, and return its path."""
    put(busy, "requests.newly_received.natural_person", "3402")
    put(busy, TOTAL, 0)
    del busy["year"]
    return write_json(tmp_path, "malformed.json", busy)


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
