"""Tests of documents other than JSON as input of every command."""

import json
import shutil
from pathlib import Path

import pytest
from attrs import evolve

import papers
from gkformat import load
from gkformat.cli.app import run
from support import CORPUS

DOCUMENTS = CORPUS / "documents"


def test_documents_are_taken_by_other_commands(capsys: pytest.CaptureFixture[str]) -> None:
    page, document = (str(DOCUMENTS / name) for name in ("suqian-2024.docx", "suqian-2023.xlsx"))
    assert run(["check", page, document]) == 0
    assert run(["show", page]) == 0
    assert run(["diff", page, str(CORPUS / "suqian-2024.json"), "--lang", "en"]) == 0
    assert "0 difference(s)" in capsys.readouterr().out


def test_check_prints_the_findings_of_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(DOCUMENTS / "pingtan-2021.txt"), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["files"][0]["findings"]
    assert "cells-cut" in {item["rule"] for item in found}


def test_broken_total_in_a_document_is_not_declared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.html"
    document = papers.as_html(papers.document(load(CORPUS / "suqian-2024.json")))
    file.write_text(document.replace("<td>3525</td>", "<td>3526</td>", 1), encoding="utf-8")
    assert run(["check", str(file), "--lang", "en"]) == 1
    assert "declared" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "diff"])
def test_document_without_a_report_is_an_error(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half, picture, text = (tmp_path / name for name in ("half.html", "picture.png", "text.txt"))
    document = papers.as_html(papers.document(load(CORPUS / "suqian-2024.json")))
    half.write_text(document.replace("2024年", ""), encoding="utf-8")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    text.write_text("nothing", encoding="utf-8")
    whole = str(CORPUS / "suqian-2024.json")
    for file, code, said in (
        (half, 2, "no whole report"),
        (picture, 2, "picture"),
        (text, 2, "no table and no heading"),
    ):
        assert run([command, str(file), *([whole] if command == "diff" else []), "--lang", "en"]) == code
        out, err = capsys.readouterr()
        assert said in out + err or "不" in out + err


def _make_folder() -> None:
    """Make a folder with a report, with what cannot be read, and with what holds no report."""
    Path("all/年报_files").mkdir(parents=True)
    shutil.copy(CORPUS / "suqian-2024.json", "all/ok.json")
    for name, data in UNREADABLE.items():
        Path("all", name).write_bytes(data)
    for name in ("notes.txt", "empty.md", "年报_files/logo.png", "x.py"):
        Path("all", name).write_bytes(UNREADABLE["scan.png"] if name.endswith("png") else b"")
    Path("all/package.json").write_text('{"name": "x"}', encoding="utf-8")


UNREADABLE = {
    "a.rtf": b"{\\rtf1 x}",
    "b.rar": b"Rar!\x1a\x07\0",
    "c.7z": b"7z\xbc\xaf\x27\x1c",
    "d.docx": b"",
    "e.ofd": b"damaged",
    "f.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "scan.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.usefixtures("working_folder")
@pytest.mark.parametrize("form", ["folder", "zip", "gztar"])
def test_what_cannot_be_read_is_told_apart_from_what_holds_no_report(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _make_folder()
    name = "all" if form == "folder" else Path(shutil.make_archive("packed", form, ".", "all")).name
    assert run(["check", name, "--format", "json"]) == 2
    found = json.loads(capsys.readouterr().out)
    unreadable = {Path(each["file"]).name for each in found["files"] if each["conclusion"] == "unreadable"}
    assert unreadable == UNREADABLE.keys()
    assert found["conclusions"] == {"consistent": 1, "unreadable": len(UNREADABLE)}
    assert len(found["passed_over"]) == 5
    assert run(["read", name, "-o", "out"]) == 2
    said = capsys.readouterr().err
    assert said.count(": unreadable: ") == len(UNREADABLE)
    assert f"read 1; unreadable {len(UNREADABLE)}\n5 file(s) passed over" in said
    assert [path.name for path in Path("out").iterdir()] == ["ok.json"]


@pytest.mark.usefixtures("working_folder")
def test_read_passes_over_what_holds_no_report_in_a_folder() -> None:
    Path("all").mkdir()
    Path("all/notes.txt").write_text("notes", encoding="utf-8")
    assert run(["read", "all"]) == 2
    shutil.copy(CORPUS / "suqian-2024.json", "all/ok.json")
    assert run(["read", "all"]) == 0


KINDS = {
    **UNREADABLE,
    "notes.md": b"# Notes",
    "notes.txt": b"[1] notes",
    "cut.json": b'{"a": [1, 2',
    "bracket.json": b"[1, 2",
    "text": b"some text with {braces}",
}


@pytest.mark.usefixtures("working_folder")
@pytest.mark.parametrize("name", KINDS)
def test_check_and_read_say_the_same_of_a_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(KINDS[name])
    run(["check", name, "--format", "json"])
    [file] = json.loads(capsys.readouterr().out)["files"]
    said = file["error"] or file["faults"][0]["message"]
    assert run(["read", name]) == 2
    assert said["en"] in capsys.readouterr().err


@pytest.mark.usefixtures("working_folder")
def test_check_reads_the_pages_that_publishers_keep_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    page = papers.as_html(papers.document(load(CORPUS / "suqian-2024.json")))
    Path("all").mkdir()
    Path("all/page.json").write_text(json.dumps({"data": [{"content": page}]}), encoding="utf-8")
    for argument in ("all/page.json", "all"):
        assert run(["check", argument]) == 0
        assert "all/page.json  宿迁市人民政府 2024  consistent" in capsys.readouterr().out


@pytest.mark.usefixtures("working_folder")
def test_body_and_year_can_be_given_where_a_document_does_not_state_them(capsys: pytest.CaptureFixture[str]) -> None:
    whole = papers.document(load(CORPUS / "suqian-2024.json"))
    Path("tables.html").write_text(papers.as_html(evolve(whole, blocks=whole.blocks[1:])), encoding="utf-8")
    for command in (["check"], ["diagnose"], ["show"], ["write", "-o", "out.txt"]):
        assert run([*command, "tables.html"]) == 2
        assert "the year can be given with --year" in "".join(capsys.readouterr())
        assert run([*command, "tables.html", "--agency", "某市人民政府", "--year", "2023"]) == 0
        assert command[0] == "write" or "某市人民政府 2023  consistent" in capsys.readouterr().out
