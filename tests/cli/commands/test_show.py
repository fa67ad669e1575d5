"""Tests of the command `show`."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from command_line import BROKEN, SOUND, TOTAL, printed, write_json
from gkformat.cli.app import run
from support import Payload, put


def test_show_draws_the_report_as_printed(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert run(["show", BROKEN, "--lang", "zh"]) == 0
    assert printed(capsys) == snapshot


def test_show_marks_broken_open_and_annotated_cells(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busy: Payload
) -> None:
    put(busy, TOTAL, 7)
    put(busy, "requests.brought_forward.natural_person", None)
    put(busy, "requests.brought_forward.total", None)
    issued = "proactive_disclosure.documents.rules.issued"
    busy["marks"] = [{"at": issued, "kind": "annotated", "text": "2（其中修订1件）"}]
    file = write_json(tmp_path, "marked.json", busy)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(["show", file, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "!7" in said
    assert "?\x1b[0m" in said
    assert "*2" in said
    assert "\x1b[31m" in said
    assert "  [另有标注] 二、主动公开政府信息情况 > 第二十条第（一）项 > 规章 > 本年制发件数  2（其中修订1件）" in said
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["show", file]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_show_counts_blanks_and_does_not_list_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    row = "requests.brought_forward.legal_person"
    texts = {"commercial_enterprise": "", "research_institution": "/", "public_welfare_organization": "/"}
    for name in texts:
        put(busy, f"{row}.{name}", 0)
    busy["marks"] = [{"at": f"{row}.{name}", "kind": "blank", "text": text} for name, text in texts.items()]
    assert run(["show", write_json(tmp_path, "blank.json", busy)]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("marks:")
    assert lines[start + 1 : start + 3] == ["  [blank] 1 cell(s)", "  [blank] 2 cell(s)  /"]
    assert "? unreadable or absent, or left undecided by open cells" in lines
    assert not any(line.startswith(("! ", "* ")) for line in lines)


def test_show_marks_and_lists_unclear_cells(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    row = "requests.brought_forward"
    unclear = [
        {"at": f"{row}.natural_person", "kind": "out-of-range", "text": "-3"},
        {"at": f"{row}.legal_person.commercial_enterprise", "kind": "unreadable", "text": "7 46"},
        {"at": f"{row}.legal_person.other", "kind": "absent", "text": ""},
    ]
    for mark in unclear:
        put(busy, mark["at"], 0)
    assert run(["show", write_json(tmp_path, "unclear.json", busy | {"marks": unclear}), "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("marks:")
    assert [line.split("]")[0] for line in lines[start + 1 : start + 4]] == [
        "  [absent",
        "  [out of range",
        "  [unreadable",
    ]
    assert lines[start + 1] == "  [absent] 1 cell(s)"
    assert lines[start + 2].endswith("自然人  -3")
    (drawn,) = (line for line in lines if "二、上年结转" in line and line.count("│") > 3)
    assert [cell.strip() for cell in drawn.split("│")[2:9]] == ["!", "?", "0", "0", "2", "?", "?96"]


def test_show_puts_merged_rows_in_the_last_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    group = "requests.outcomes.other_handling"
    for line in ("correction_overdue", "fee_overdue"):
        for who in ("natural_person", "total"):
            put(busy, f"{group}.{line}.{who}", 0)
    put(busy, f"{group}.other.natural_person", 8765)
    busy["marks"] = [{"at": group, "kind": "merged", "text": ""}]
    assert run(["show", write_json(tmp_path, "merged.json", busy)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("3.其他" in line and "8765" in line for line in lines)
    assert "* annotated, see below" in lines
    assert not any("1.申请人无正当理由逾期" in line and "0" in line for line in lines)


def test_show_draws_a_report_without_marks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", SOUND]) == 0
    assert "marks" not in capsys.readouterr().out


def test_show_refuses_malformed_and_missing_files(capsys: pytest.CaptureFixture[str], malformed: str) -> None:
    assert run(["show", malformed]) == 1
    assert "[fault] 年度" in capsys.readouterr().out
    assert run(["show", "nowhere.json"]) == 2
    assert "no such file" in capsys.readouterr().out
