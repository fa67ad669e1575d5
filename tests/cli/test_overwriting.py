"""Tests of what is not written over: files that are to be read, under any of their names."""

import os
import shutil
from pathlib import Path

import pytest

from command_line import BROKEN, SOUND
from gkformat.cli.app import run
from support import CORPUS

pytestmark = pytest.mark.usefixtures("working_folder")


@pytest.fixture
def report(working_folder: Path) -> Path:
    """Write a report into the working folder."""
    (working_folder / "a").mkdir()
    return Path(shutil.copy(BROKEN, "a/report.json"))


def link(report: Path, name: str, *, hard: bool) -> str:
    (os.link if hard else os.symlink)(report.absolute(), name)
    return name


@pytest.mark.parametrize("name", ["a/report.json", "./a/../a/report.json", "symbolic", "hard"])
@pytest.mark.parametrize("given", ["a/report.json", "a", "a/*.json", "a.zip"])
def test_check_writes_over_no_input(report: Path, name: str, given: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name in ("symbolic", "hard"):
        link(report, name, hard=name == "hard")
    if given == "a.zip":
        report = Path(shutil.move(shutil.make_archive("a", "zip", "a"), "a/report.json"))
        report = report.rename("a.zip")
        name = "./a.zip"
    before = report.read_bytes()
    assert run(["check", given, "-o", name]) == 2
    assert "cannot be written over" in capsys.readouterr().err
    assert run(["check", given, "--write-baseline", name]) == 2
    assert report.read_bytes() == before


@pytest.mark.usefixtures("report")
def test_check_writes_again_what_it_wrote_into_a_folder() -> None:
    for output in ("json", "text", "jsonl", "sarif"):
        for _ in range(2):
            assert run(["check", "a", "--format", output, "-o", f"a/result.{output}"]) == 1
    assert run(["check", "a", "-o", "a/report.json"]) == 2


def test_check_writes_over_no_baseline_and_no_settings(report: Path) -> None:
    Path("gkformat.toml").write_text("strict = true\n", encoding="utf-8")
    assert run(["check", str(report), "--write-baseline", "accepted"]) == 0
    assert run(["check", str(report), "--write-baseline", "accepted", "--baseline", "accepted"]) == 0
    for arguments in (["-o", "accepted", "--baseline", "accepted"], ["-o", "gkformat.toml"]):
        assert run(["check", str(report), *arguments]) == 2
    assert run(["check", str(report), "-o", "x", "--write-baseline", "./x"]) == 2
    assert not Path("x").exists()


def test_consolidate_writes_over_no_part(report: Path) -> None:
    before = report.read_bytes()
    arguments = ["--agency", "甲", "--year", "2023", "-o"]
    assert run(["consolidate", str(report), SOUND, *arguments, link(report, "hard", hard=True)]) == 2
    assert report.read_bytes() == before


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["a.html", "b/a.html", "a-2.html"], ["a-2", "a-3", "a"]),
        (["a.html", "A.docx", "ａ.html"], ["A-2", "a", "ａ"]),
        (["é.html", "b/e\u0301.html"], ["e\u0301-2", "é"]),
    ],
)
def test_read_gives_each_input_a_file_of_its_own(names: list[str], written: list[str]) -> None:
    for name in names:
        Path(name).parent.mkdir(exist_ok=True)
        shutil.copy(CORPUS / "documents" / "suqian-2024.docx", name)
    assert run(["read", "-o", "out", *names]) == 0
    assert sorted(path.stem for path in Path("out").iterdir()) == sorted(written)


def test_read_writes_over_no_input(report: Path) -> None:
    shutil.copy(CORPUS / "documents" / "suqian-2024.docx", "a/report.docx")
    before = report.read_bytes()
    assert run(["read", "a", "-o", "a"]) == 2
    assert run(["read", "a/report.docx", str(report), "-o", "a"]) == 2
    assert report.read_bytes() == before
    assert sorted(path.name for path in Path("a").iterdir()) == ["report.docx", "report.json"]


def test_read_goes_on_after_a_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    document = CORPUS / "documents" / "suqian-2024.docx"
    files = [shutil.copy(document, name) for name in ("a.docx", "b.docx")]
    Path("out/a.json").mkdir(parents=True)
    assert run(["read", "-o", "out", *files]) == 2
    assert "a.docx: not written: out/a.json: a folder and not a file" in capsys.readouterr().err
    assert Path("out/b.json").is_file()
