"""The arguments of commands: files, folders, patterns, archives, standard input."""

import io
import json
import os
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest

from gkformat.cli import source
from gkformat.cli.app import run
from gkformat.cli.errors import CliError
from gkformat.cli.inputs import find_sources
from gkformat.cli.source import LARGEST_FILE
from support import CORPUS, TESTS

SOUND, BROKEN = (CORPUS / f"{name}.json" for name in ("huaian-2024", "hongze-2023"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _names(*arguments: str, **options: Any) -> list[str]:
    with ExitStack() as opened:
        return [source.name for source in find_sources(arguments, opened, **options)]


def _said(*arguments: str) -> str:
    """Return the error with which reading the only source fails."""
    with ExitStack() as opened:
        [source] = find_sources(arguments, opened)
        with pytest.raises(CliError) as refused:
            source.read()
    return refused.value.words.en


def _tree() -> None:
    for name in ("b/年报.json", "b/c/x.json", "a.json", ".git/hidden.json", "b/.hidden.json", "b/notes.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOUND, name)


def test_a_folder_is_all_that_is_in_it_but_what_is_hidden() -> None:
    _tree()
    Path("loop").symlink_to(".", target_is_directory=True)
    assert _names(".") == ["a.json", "b/c/x.json", "b/notes.txt", "b/年报.json"]
    assert _names("b/c", "b") == ["b/c/x.json", "b/notes.txt", "b/年报.json"]


def test_a_pattern_is_looked_up_where_the_shell_did_not() -> None:
    _tree()
    assert _names("**/*.json") == ["a.json", "b/c/x.json", "b/年报.json"]
    assert _names("*") == ["a.json"]  # a folder that a pattern matches is ignored
    Path("[x].json").touch()
    assert _names("[x].json") == ["[x].json"]
    assert _said("no*") == "no file matches"


def test_what_is_only_come_upon_may_be_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    _tree()
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


def test_what_the_command_line_writes_is_no_report(capsys: pytest.CaptureFixture[str]) -> None:
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


def test_a_folder_without_files_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert run(["check", "empty"]) == 2
    assert "empty  unreadable: no file in the folder" in capsys.readouterr().out


def test_nothing_but_other_files_is_an_error_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").mkdir()
    Path("other/package.json").write_text("{}", encoding="utf-8")
    assert run(["check", "other"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "no report was found",
        "1 file(s) passed over that hold no report",
    ]
    assert run(["check", "other/package.json", "--only-reports"]) == 0


def test_a_folder_that_cannot_be_listed_is_reported(
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
    assert _said("open/closed") == "a folder and not a file"  # otherwise it would be "no permission"
    assert run(["check", "open"]) == 2
    assert "open/closed  unreadable" in capsys.readouterr().out


def test_what_cannot_be_examined_is_reported_and_stops_no_other(
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
def test_what_is_no_file_is_passed_over_in_a_folder() -> None:
    _tree()
    os.mkfifo("b/pipe.json")
    Path("b/lost.json").symlink_to("nowhere")
    Path("b/round.json").symlink_to("round.json")
    assert _names("b") == ["b/c/x.json", "b/lost.json", "b/notes.txt", "b/round.json", "b/年报.json"]
    assert _said("b/round.json") == "a link that leads back to itself"
    assert _said("b/notes.txt/x.json") == "a part of the path is a file and not a folder"


def test_without_standard_input_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert _said("-") == "there is no standard input"


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["check", "-"], 1), (["show", "-"], 0), (["diff", "-", str(SOUND)], 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.read_bytes())))
        assert run(arguments) == code
    assert "-  淮安市洪泽区人民政府 2023  inconsistent" in capsys.readouterr().out


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 10)
    assert _said(str(SOUND)) == f"larger than {LARGEST_FILE >> 20} MiB, not read"


# -- archives ------------------------------------------------------------------------------------------


@pytest.fixture(params=["zip", "tar", "tar.gz"])
def archive(request: pytest.FixtureRequest) -> str:
    name = f"reports.{request.param}"
    if request.param == "zip":
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as made:
            made.mkdir("年报")
            made.write(SOUND, "年报/a.json")
            made.write(BROKEN, "年报/b.json")
            made.writestr("notes.txt", "")
    else:
        with tarfile.open(name, "w:gz" if name.endswith("gz") else "w") as packed:
            packed.add(SOUND, "年报/a.json")
            packed.add(BROKEN, "年报/b.json")
            packed.add(TESTS, "folder", recursive=False)
    return name


def test_the_reports_in_an_archive_are_checked_each_by_itself(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", archive, "--format", "json"]) == 1
    found = {file["file"]: file["conclusion"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert found == {f"{archive}/年报/a.json": "consistent", f"{archive}/年报/b.json": "inconsistent"}
    assert run(["check", "."]) == 1


LITTER = ("__MACOSX/._a.json", ".DS_Store", "b/.a.json", "b/~$年报.docx")
"""Files that operating systems and word processors create beside those of their users."""


def test_litter_is_left_out_of_folders_and_archives() -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        for name in (*LITTER, "b/a.json"):
            made.writestr(name, b"\0\xff")
    with tarfile.open("a.tar", "w") as packed:
        for name in (*LITTER, "./b/a.json"):
            packed.addfile(tarfile.TarInfo(name))
    for name in (*LITTER, "b/a.json"):
        Path("all", name).parent.mkdir(parents=True, exist_ok=True)
        Path("all", name).touch()
    assert _names("a.zip", "a.tar", "all") == ["a.zip/b/a.json", "a.tar/./b/a.json", "all/b/a.json"]


class _Raw(zipfile.ZipInfo):
    """A member whose name is written as raw bytes, without the UTF-8 flag."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name is zipfile's
        return self.raw, self.flag_bits & ~0x800


def test_a_name_in_a_zip_is_read_as_windows_wrote_it() -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        for raw in ("年报.json".encode("gb18030"), "汇总.json".encode()):
            made.writestr(_Raw(raw), b"{}")
        made.writestr("各项.json", b"{}")
    assert _names("a.zip") == ["a.zip/年报.json", "a.zip/汇总.json", "a.zip/各项.json"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.xz"])
def test_a_damaged_archive_is_reported(name: str) -> None:
    Path(name).write_bytes(b"PK no archive")
    assert _said(name).startswith("the archive is damaged or encrypted (")


def test_an_empty_archive_is_reported() -> None:
    with zipfile.ZipFile("a.zip", "w"):
        pass
    assert _said("a.zip") == "no file in the archive"


def test_a_damaged_member_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile("a.zip", "w") as made:
        made.write(SOUND, "a.json")
        made.write(BROKEN, "b.json")
    data = bytearray(Path("a.zip").read_bytes())
    data[200] ^= 0xFF  # in the first member
    Path("a.zip").write_bytes(data)
    assert run(["check", "a.zip"]) == 2
    said = capsys.readouterr().out
    assert "a.zip/a.json  unreadable: the archive is damaged" in said
    assert "inconsistent (2 broken)" in said


def test_an_archive_that_may_not_be_read_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(EACCES, "")

    Path("a.zip").touch()
    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    assert _said("a.zip") == "no permission"


# -- progress ------------------------------------------------------------------------------------------


def test_long_work_shows_its_progress_on_a_terminal_and_nowhere_else(
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
