"""Tests of folders for libraries that need the names of files."""

from pathlib import Path

import pytest

from gkformat.readers import scratch


def test_what_an_ended_process_left_is_removed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("os.getpid", lambda: 12)
    left = scratch.scratch_folder()
    Path(left.name, "a").write_bytes(b"")
    (tmp_path / "gkformat-123-x").mkdir()
    scratch.remove_scratch(1)
    assert Path(left.name).exists()
    scratch.remove_scratch(12)
    assert [path.name for path in tmp_path.iterdir()] == ["gkformat-123-x"]
    left.cleanup()
