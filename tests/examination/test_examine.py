"""Tests of `examine`: one file read, checked, and everything that is told of it located."""

from pathlib import Path

import pytest

import papers
from gkformat import diagnose, examine
from gkformat.examination.result import Conclusion
from readings import report, write_after_label
from support import CORPUS

BROKEN = CORPUS / "hongze-2023.json"


def broken_page() -> bytes:
    made = papers.tables(report())
    write_after_label(made, 1, "一、本年新收", 1, "3403")
    return papers.as_html(papers.document(report(), made)).encode()


def test_findings_of_json_have_line_and_column() -> None:
    examination = examine(BROKEN)
    assert examination.conclusion == "inconsistent"
    assert examination.file.endswith("hongze-2023.json")
    assert examination.report is not None
    assert all(note.span for note in examination.notes)
    assert "第 " in examination.notes[0].where.zh


def test_findings_of_a_paper_have_its_table_row_and_column() -> None:
    examination = examine(broken_page())
    assert examination.conclusion == "inconsistent"
    broken = [note for note in examination.notes if note.level == "broken"]
    assert {note.address for note in broken} == {
        f"requests.newly_received.{name}" for name in ("natural_person", "total")
    }
    assert all(note.place.table == 2 and note.place.row for note in broken)


@pytest.mark.parametrize(
    ("data", "conclusion"),
    [
        (b"", "unreadable"),
        (b'{"edition": ', "malformed"),
        (b'{"edition": "2021"}', "malformed"),
        (b"%PDF-1.7 damaged", "unreadable"),
        ("各单位：".encode(), "unreadable"),
    ],
)
def test_whatever_is_wrong_with_a_file_is_told(data: bytes, conclusion: Conclusion) -> None:
    examination = examine(data)
    assert examination.conclusion == conclusion
    assert examination.report is None
    assert examination.error or examination.notes


def test_examination_explains_what_is_broken() -> None:
    examination = examine(BROKEN)
    assert examination.diagnose() == diagnose(examination.report)
    assert not examine(b"").diagnose().components


def test_file_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "missing.docx")


def test_json_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkformat.readers.limits.BYTES", 100)
    assert examine(BROKEN.read_bytes()).conclusion == "unreadable"


def test_text_of_an_examination_says_what_where_and_how_grave() -> None:
    lines = str(examine(BROKEN)).splitlines()
    assert lines[0].endswith("不一致 / inconsistent")
    assert lines[1].startswith("  [不符 / broken]")
    assert any(line.strip().startswith("第 ") and "line " in line for line in lines)


def test_text_of_an_examination_says_why_there_is_no_report() -> None:
    examination = examine(b"")
    assert examination.error is not None
    told = str(examination)
    assert "无法读取" in told
    assert examination.error.zh in told
    assert examination.error.en in told
