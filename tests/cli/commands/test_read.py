"""Tests of the command `read`: files in, JSON on standard output, remarks on standard error."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve

import papers
from gkformat import load
from gkformat.cli.app import run
from gkformat.readers import read_bytes as real
from support import CORPUS

DOCUMENTS = CORPUS / "documents"


def test_read_writes_one_file_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(DOCUMENTS / "suqian-2024.docx"), "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert (
        json.loads(out)["requests"] == json.loads((CORPUS / "suqian-2024.json").read_text(encoding="utf-8"))["requests"]
    )
    assert err.splitlines() == [f"{DOCUMENTS / 'suqian-2024.docx'}: read, 0 cell(s) left open"]


def test_read_sheet_has_every_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--sheet", str(DOCUMENTS / "shanghai-office-2019.xls")]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert len(sheet["cells"]) == 198
    first = {"table": 1, "row": 8, "column": 2, "sheet": "Sheet", "words": {"zh": "Sheet!B8", "en": "Sheet!B8"}}
    at = "proactive_disclosure.documents.rules.newly_made"
    assert sheet["cells"][0] == {"at": at, "text": "13", "state": "number", "value": 13, "place": first}
    assert sheet["texts"][0]["place"]["words"]["zh"].startswith("Sheet!")


def test_read_goes_on_after_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / name for name in ("a.html", "b.html", "c.html", "d.json")]
    document = papers.document(load(CORPUS / "suqian-2024.json"))
    files[0].write_text(papers.as_html(document), encoding="utf-8")
    files[1].write_text(papers.as_html(document).replace("宿迁市人民政府2024年", ""), encoding="utf-8")
    files[2].write_text(papers.as_html(document).replace("3440", "l0"), encoding="utf-8")
    files[3].write_text('{"edition": "2021"}', encoding="utf-8")
    (tmp_path / "other").mkdir()
    again = tmp_path / "other" / "a.html"
    again.write_bytes(files[0].read_bytes())
    out = tmp_path / "out"
    missing = tmp_path / "nothing.html"
    assert run(["read", "--lang", "zh", "-o", str(out), *map(str, [*files, again, missing])]) == 2
    assert sorted(path.name for path in out.iterdir()) == ["a-2.json", "a.json", "c.json"]
    assert load(out / "a.json") == load(out / "a-2.json")
    said = capsys.readouterr().err
    assert "文件不成一份完整的年报：年度：文件中没有写明\n" in said
    assert said.count("年度：文件中没有写明") == 1
    assert "  [title-incomplete]  agency  机关：文件中没有写明" in said
    place = "三、收到和处理政府信息公开申请情况 > 一、本年新收政府信息公开申请数量 > 自然人"
    remark = (
        f"  [cell-unreadable]  requests.newly_received.natural_person  表 2 第 4 行第 2 列  {place}：读不出数字：l0"
    )
    assert remark in said
    assert said.splitlines()[-1] == "共 6 份：读出 2；读出，有提示 1；不成报告 1；无法读取 2"


def test_read_writes_several_files_as_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(DOCUMENTS / name) for name in ("suqian-2024.docx", "huaian-2024.html")]
    assert run(["read", *files]) == 0
    assert [json.loads(line)["year"] for line in capsys.readouterr().out.splitlines()] == [2024, 2024]


def test_read_takes_agency_and_year_that_the_files_lack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = papers.document(load(CORPUS / "suqian-2024.json"))
    (tmp_path / "whole.html").write_text(papers.as_html(whole), encoding="utf-8")
    (tmp_path / "tables.html").write_text(papers.as_html(evolve(whole, blocks=whole.blocks[1:])), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("whole.html", "tables.html")]
    assert run(["read", *files, "--agency", "某市人民政府", "--year", "2023", "--lang", "zh"]) == 0
    out, err = capsys.readouterr()
    titles = [(report["agency"], report["year"]) for report in map(json.loads, out.splitlines())]
    assert titles == [("宿迁市人民政府", 2024), ("某市人民政府", 2023)]
    assert err.splitlines()[-1] == "共 2 份：读出 2"
    assert run(["read", files[1]]) == 2
    assert "the year with --year" in capsys.readouterr().err
    assert run(["read", files[1], "--year", "20230"]) == 2


def test_read_shows_its_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = []

    def track(found: Sequence[object], _: object) -> Sequence[object]:
        seen.append(len(found))
        return found

    monkeypatch.setattr("gkformat.cli.progress.track", track)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(str(number), encoding="utf-8")
    assert run(["read", *map(str, tmp_path.iterdir())]) == 2
    assert seen == [20]


def test_read_reports_a_picture_as_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run(["read", str(tmp_path / "a.png"), "--lang", "zh"]) == 2
    assert (
        capsys.readouterr().err == f"{tmp_path / 'a.png'}：无法读取：文件是图片，没有文字可读；请先作文字识别（OCR）\n"
    )


def test_read_reports_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(["read", str(DOCUMENTS / "suqian-2024.docx"), "-o", str(tmp_path / "file" / "out")]) == 2


def test_read_goes_on_after_a_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(data: bytes, **_: object) -> object:
        if data == b"bad":
            raise RuntimeError("a mistake\nof ours")
        return real(data)

    monkeypatch.setattr("gkformat.readers.read_bytes", fail)
    (tmp_path / "a.txt").write_bytes(b"bad")
    assert run(["read", str(tmp_path / "a.txt"), str(DOCUMENTS / "suqian-2024.docx"), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["year"] == 2024
    first, *_ = err.splitlines()
    assert "a.txt: unreadable: a mistake in gkformat and not in the report" in first
    assert "RuntimeError: a mistake\\nof ours" in first


def test_claims_lists_every_clause_with_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = papers.as_html(papers.document(load(CORPUS / "suqian-2024.json")))
    text = "2024年全市收到政府信息公开申请5件，邮寄书籍6件。上年结转依申请公开121件。"
    (tmp_path / "paper.html").write_text(page.replace("这一年各项工作照常进行。", text), encoding="utf-8")
    assert run(["read", "--claims", "--lang", "en", str(tmp_path / "paper.html")]) == 0
    name, received, posted, brought = capsys.readouterr().out.splitlines()
    assert name == str(tmp_path / "paper.html")
    assert (
        "1-19  [differs]  2024年全市收到政府信息公开申请5件  table, 三、收到和处理政府信息公开申请情况 > 一、"
        in received
    )
    assert posted.endswith("[not understood, not compared]  邮寄书籍6件")
    assert "[agrees]  上年结转依申请公开121件" in brought


@pytest.mark.parametrize("other", [["--sheet"], ["--output", "out"]])
def test_claims_stands_alone(other: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--claims", *other, str(DOCUMENTS / "suqian-2024.docx")]) == 2
    assert "--claims" in capsys.readouterr().err
