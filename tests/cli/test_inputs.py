"""Tests of the arguments of commands: files, folders, patterns, standard input."""

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest

from command_line import error_of_reading, make_tree, source_names
from gkformat.cli.app import run
from gkformat.version import VERSION
from support import CORPUS

pytestmark = pytest.mark.usefixtures("working_folder")


SOUND, BROKEN = (CORPUS / f"{name}.json" for name in ("huaian-2024", "hongze-2023"))


def test_folder_gives_all_files_but_hidden_ones() -> None:
    make_tree()
    Path("loop").symlink_to(".", target_is_directory=True)
    assert source_names(".") == ["a.json", "b/c/x.json", "b/notes.txt", "b/年报.json"]
    assert source_names("b/c", "b") == ["b/c/x.json", "b/notes.txt", "b/年报.json"]


def test_pattern_is_expanded_where_the_shell_did_not() -> None:
    make_tree()
    assert source_names("**/*.json") == ["a.json", "b/c/x.json", "b/年报.json"]
    assert source_names("*") == ["a.json"]  # a folder that a pattern matches is ignored
    Path("[x].json").touch()
    assert source_names("[x].json") == ["[x].json"]
    assert error_of_reading("no*") == "no file matches"


def test_files_found_in_a_folder_may_be_no_reports(capsys: pytest.CaptureFixture[str]) -> None:
    make_tree()
    Path("package.json").write_text('{"name": "x", "year": 2024}', encoding="utf-8")
    Path("broken.json").write_text(BROKEN.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    Path("wide.json").write_text(SOUND.read_text(encoding="utf-8"), encoding="utf-16")
    assert run(["check", ".", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["passed_over"] == ["package.json"]
    assert {file["file"]: file["conclusion"] for file in found["files"]} == {
        "a.json": "consistent",
        "b/c/x.json": "consistent",
        "b/notes.txt": "consistent",
        "b/年报.json": "consistent",
        "broken.json": "malformed",
        "wide.json": "malformed",
    }
    assert run(["check", "package.json"]) == 1
    assert run(["check", "package.json", "a.json", "--only-reports"]) == 0
    assert "1 file(s) passed over that hold no report" in capsys.readouterr().out


def test_output_of_commands_is_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    Path("all").mkdir()
    shutil.copy(BROKEN, "all/report.json")
    for name, arguments in {
        "schema.json": ["schema"],
        "schema-of-check.json": ["schema", "--of", "check"],
        "checked.json": ["check", "all", "--format", "json"],
        "lines.jsonl": ["check", "all", "--format", "jsonl"],
        "diagnosed.json": ["diagnose", "all", "--format", "json"],
        "rules.json": ["rules", "--format", "json"],
    }.items():
        run(arguments)
        Path(name).write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(["check", "."]) == 1
    assert "1 file(s): inconsistent 1; 1 failed" in capsys.readouterr().out
    Path("damaged.json").write_bytes(SOUND.read_bytes()[:-3])
    Path("several.json").write_bytes(b"[" + SOUND.read_bytes() + b"]")
    assert run(["check", "."]) == 1
    assert "3 file(s): inconsistent 1, malformed 2; 3 failed" in capsys.readouterr().out


def test_folder_without_files_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert run(["check", "empty"]) == 2
    assert "empty  unreadable: no file in the folder" in capsys.readouterr().out


def test_folder_without_reports_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").mkdir()
    Path("other/package.json").write_text("{}", encoding="utf-8")
    assert run(["check", "other"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "no report was found",
        "1 file(s) passed over that hold no report: other/package.json",
        f"gkformat {VERSION}",
    ]
    assert run(["check", "other/package.json", "--only-reports"]) == 0


def test_folder_that_cannot_be_listed_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(EACCES, "")
        return listed(path)

    Path("open/closed").mkdir(parents=True)
    shutil.copy(SOUND, "open/a.json")
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert error_of_reading("open/closed") == "a folder and not a file"  # otherwise it would be "no permission"
    assert run(["check", "open"]) == 2
    assert "open/closed  unreadable" in capsys.readouterr().out


def test_file_that_cannot_be_examined_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looked_at = Path.stat

    def refuse(path: Path, **options: Any) -> os.stat_result:
        if "closed" in path.parts:
            raise PermissionError(EACCES, "")
        return looked_at(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    assert run(["check", "closed/a.json", str(SOUND)]) == 2
    out = capsys.readouterr().out
    assert "closed/a.json  unreadable" in out
    assert "consistent 1" in out
    assert run(["check", str(SOUND), "--write-baseline", "closed/b.json"]) == 2
    assert "closed/b.json: " in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names there")
def test_pipes_in_a_folder_are_passed_over() -> None:
    make_tree()
    os.mkfifo("b/pipe.json")
    Path("b/lost.json").symlink_to("nowhere")
    Path("b/round.json").symlink_to("round.json")
    assert source_names("b") == ["b/c/x.json", "b/lost.json", "b/notes.txt", "b/round.json", "b/年报.json"]
    assert error_of_reading("b/round.json") == "a link that leads back to itself"
    assert error_of_reading("b/notes.txt/x.json") == "a part of the path is a file and not a folder"


def test_missing_standard_input_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert error_of_reading("-") == "there is no standard input"


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["check", "-"], 1), (["show", "-"], 0), (["diff", "-", str(SOUND)], 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.read_bytes())))
        assert run(arguments) == code
    assert "-  淮安市洪泽区人民政府 2023  inconsistent" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_named_pipe_does_not_block(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("pipe.json", "pipe.jsonl", "pipe.zip"):
        os.mkfifo(name)
        assert run(["check", name, str(BROKEN)]) == 2
        said = capsys.readouterr().out
        assert f"{name}  unreadable: a pipe, in which nothing may ever come" in said
        assert "洪泽" in said
    for command in ("show", "read"):
        assert run([command, "pipe.json"]) == 2


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no names for what is open")
def test_pipe_that_a_shell_has_opened_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, SOUND.read_bytes())
    os.close(writing)
    assert run(["check", f"/dev/fd/{reading}"]) == 0
    os.close(reading)


@pytest.mark.skipif(os.name != "posix", reason="paths are shorter there")
def test_folder_may_be_deep() -> None:
    folder = Path()
    for _ in range(1500):
        folder /= "a"
        folder.mkdir()
    shutil.copy(SOUND, folder / "x.json")
    assert source_names("a") == [f"{folder.as_posix()}/x.json"]
    (folder / "x.json").unlink()
    while folder.parts:  # shutil.rmtree is recursive
        folder.rmdir()
        folder = folder.parent
