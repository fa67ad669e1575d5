"""Tests of checking one file: when the library fails, and when a document says what is no number."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import papers
from command_line import BROKEN, SOUND, write_json
from gkformat.checks.advice import ADVICE
from gkformat.cli.app import run
from readings import COUNT, find_label, report, write_after_label
from support import Payload, put


def test_rule_that_fails_leaves_the_verdict_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def section_empty(_: object) -> Iterator[Any]:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("gkformat.checks.check.ADVICE", (section_empty, *ADVICE))
    assert run(["check", SOUND, BROKEN]) == 2
    sound, broken = capsys.readouterr().out.split(BROKEN)
    assert "undecided (1 internal error)" in sound
    assert "the rule section-empty could not be judged (ZeroDivisionError: by hand, test_examine.py:" in sound
    assert "[internal error] the whole report" in sound
    assert "inconsistent (2 broken, 1 internal error)" in broken


def test_library_failure_stops_no_other_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def structure(tree: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a mistake")
        return real(tree, **options)

    from gkformat.codec.structure import structure as real  # noqa: PLC0415 - the original of what is patched

    monkeypatch.setattr("gkformat.examination.examine.structure", structure)
    for output in ("text", "json", "sarif", "junit", "github"):
        calls.clear()
        assert run(["check", BROKEN, SOUND, "--format", output]) == 2
        said = capsys.readouterr().out
        assert "RuntimeError: a mistake" in said
    assert "consistent 1" in said


@pytest.mark.parametrize(("text", "options"), [(None, []), (None, ["--as-found"]), ("{}", [])])
def test_check_parses_a_payload_once(
    text: str | None, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def counted(data: bytes) -> Any:
        parsed.append(data)
        return real(data)

    from gkformat.codec.parsing import parse_exact as real  # noqa: PLC0415 - the original of what is patched

    monkeypatch.setattr("gkformat.examination.examine.parse_exact", counted)
    file = tmp_path / "file.json"
    file.write_text(text or Path(BROKEN).read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["check", str(file), *options]) == 1
    assert len(parsed) == 1


@pytest.mark.parametrize(
    ("text", "code", "conclusion", "rule"),
    [
        ("#REF!", 1, "undecided", "cell-unreadable"),
        ("7 46", 1, "undecided", "cell-unreadable"),
        ("-3", 1, "inconsistent", "cell-out-of-range"),
        ("3001.5", 1, "inconsistent", "cell-out-of-range"),
    ],
)
def test_document_with_an_unclear_cell_is_not_sound_and_says_it_once(
    text: str, code: int, conclusion: str, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = papers.tables(report())
    write_after_label(made, 1, "一、本年新收", 1, text)
    file = tmp_path / "paper.html"
    file.write_text(papers.as_html(papers.document(report(), made)), encoding="utf-8")
    assert run(["check", str(file), "--format", "json"]) == code
    (found,) = json.loads(capsys.readouterr().out)["files"]
    assert found["conclusion"] == conclusion
    about_cells = [(each["rule"], each["at"], each["declared"]) for each in found["findings"] if "cell" in each["rule"]]
    assert about_cells == [(rule, COUNT, False)]
    assert found["findings"][0]["rule"] == rule


def test_missing_row_of_a_document_is_told_by_its_absent_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = papers.tables(report())
    del made[1][find_label(made[1], "二、上年结转")[0]]
    file = tmp_path / "paper.html"
    file.write_text(papers.as_html(papers.document(report(), made)), encoding="utf-8")
    assert run(["check", str(file), "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["files"]
    assert found["conclusion"] == "undecided"
    assert [each["rule"] for each in found["findings"] if "cell" in each["rule"]] == ["cell-absent"] * 7
    assert run(["check", str(file)]) == 1
    assert capsys.readouterr().out.count("cell-absent") == 1


@pytest.mark.parametrize(("marks", "declared"), [([], False), (["-3"], True)])
def test_mark_of_the_file_itself_declares_a_cell_out_of_range(
    marks: list[str], declared: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], busy: Payload
) -> None:
    put(busy, COUNT, 0)
    listed = [{"at": COUNT, "kind": "out-of-range", "text": text} for text in marks]
    for options in ([], ["--as-found"]):
        code = run(["check", write_json(tmp_path, "file.json", busy | {"marks": listed}), "--format", "json", *options])
        (found,) = json.loads(capsys.readouterr().out)["files"]
        assert code == 1
        assert [each["declared"] for each in found["findings"] if each["rule"] == "cell-out-of-range"] == [
            True
        ] * declared


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("paper.html", papers.as_html, "表 2 第 4 行第 2 列"),
        ("paper.docx", papers.as_docx, "表 2 第 4 行第 2 列"),
        ("paper.xlsx", papers.as_xlsx, "!D2"),
    ],
)
@pytest.mark.parametrize("output", ["text", "json", "jsonl", "sarif", "junit", "github"])
def test_every_output_says_where_in_the_document(
    name: str, data: Any, place: str, output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = papers.tables(report())
    write_after_label(made, 1, "一、本年新收", 1, "#REF!")
    content = data(papers.document(report(), made))
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    assert run(["check", str(tmp_path / name), "--format", output, "--lang", "zh"]) == 1
    (line, *_) = (line for line in capsys.readouterr().out.splitlines() if place in line)
    assert line


def test_absent_row_is_said_to_belong_to_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = papers.tables(report())
    del made[1][find_label(made[1], "二、上年结转")[0]]
    (tmp_path / "paper.html").write_text(papers.as_html(papers.document(report(), made)), encoding="utf-8")
    assert run(["check", str(tmp_path / "paper.html"), "--lang", "zh"]) == 1
    assert "cell-absent  requests.brought_forward  表 2\n" in capsys.readouterr().out
