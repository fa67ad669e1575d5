"""Tests of documents other than JSON as input of every command."""

import json
from pathlib import Path

import pytest

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
    for file, code, said in ((half, 2, "no whole report"), (picture, 2, "picture"), (text, 1, "JSON")):
        assert run([command, str(file), *([whole] if command == "diff" else []), "--lang", "en"]) == code
        out, err = capsys.readouterr()
        assert said in out + err or "不" in out + err
