"""Tests of files with one report per line, and of folders with files of every kind."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gkformat.cli import jsonl
from gkformat.cli.app import run
from gkformat.version import VERSION
from support import CORPUS

SOUND, BROKEN = (
    json.dumps(json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8")), ensure_ascii=False)
    for name in ("suqian-2023", "hongze-2023")
)
VERSION_LINE = f"gkformat {VERSION}\n"
MANY = f"{SOUND}\n{SOUND}\n\n{BROKEN}\n{{oops\n{SOUND}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run(["check", "--lang", "en", *arguments])
    return capsys.readouterr().out


def test_lines_with_findings_are_the_only_ones_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("many.jsonl").write_text(MANY, encoding="utf-8")
    assert run(["check", "--format", "json", "many.jsonl"]) == 1
    found = json.loads(capsys.readouterr().out)
    broken, malformed = found["files"]
    assert (broken["file"], broken["agency"]) == ("many.jsonl", "淮安市洪泽区人民政府")
    assert {finding["position"]["line"] for finding in broken["findings"]} == {4}
    assert [fault["position"]["line"] for fault in malformed["faults"]] == [5]
    assert found["conclusions"] == {"consistent": 3, "inconsistent": 1, "malformed": 1}


def test_compressed_lines_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("many.jsonl.gz").write_bytes(gzip.compress(MANY.encode()))
    assert _checked(capsys, "many.jsonl.gz").endswith(
        f"5 file(s): consistent 3, inconsistent 1, malformed 1; 2 failed\n{VERSION_LINE}"
    )


def test_damaged_file_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cut.jsonl.gz").write_bytes(gzip.compress(MANY.encode())[:-20])
    Path("sound.jsonl").write_text(SOUND, encoding="utf-8")
    assert run(["check", "--lang", "en", "cut.jsonl.gz", "missing.jsonl", "sound.jsonl"]) == 2
    out = capsys.readouterr().out
    assert "cut.jsonl.gz  unreadable: the compressed data is damaged" in out
    assert "missing.jsonl  unreadable: no such file" in out
    assert "consistent 1" in out


def test_comparison_and_baseline_look_at_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    years = [json.loads((CORPUS / f"suqian-{year}.json").read_text(encoding="utf-8")) for year in (2023, 2024)]
    Path("years.jsonl").write_text("\n".join(json.dumps(year) for year in years), encoding="utf-8")
    assert "across years: 1 pair(s) compared, 0 gap(s)" in _checked(capsys, "--series", "years.jsonl")
    Path("many.jsonl").write_text(f"{BROKEN}\n{SOUND}", encoding="utf-8")
    assert run(["check", "--write-baseline", "known.json", "many.jsonl"]) == 0
    capsys.readouterr()
    mended = json.loads(BROKEN)
    mended["reconsideration_and_litigation"]["reconsideration"]["total"] = 11
    Path("many.jsonl").write_text(f"{json.dumps(mended)}\n{SOUND}", encoding="utf-8")
    assert "expired entries of the baseline: 1" in _checked(capsys, "--baseline", "known.json", "many.jsonl")


def test_large_file_is_shared_between_processes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_LARGE", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    Path("many.jsonl").write_text(MANY, encoding="utf-8")
    assert "5 file(s): consistent 3" in _checked(capsys, "many.jsonl")


def test_files_without_a_report_are_passed_over_in_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("log.jsonl").write_text('{"time": 1}\n{"time": 2}\n', encoding="utf-8")
    Path("notes.rst").write_text("Notes", encoding="utf-8")
    Path("notes.md").write_text("# Notes\n\nNothing.\n", encoding="utf-8")
    Path("page.html").write_text("<html><body><p>Nothing.</p></body></html>", encoding="utf-8")
    Path("many.jsonl").write_text(SOUND, encoding="utf-8")
    shutil.copy(CORPUS / "documents" / "suqian-2024.docx", "report.docx")
    assert run(["check", "--lang", "en", "."]) == 0
    out = capsys.readouterr().out
    assert "report.docx  宿迁市人民政府 2024  consistent" in out
    assert out.endswith(
        f"2 file(s): consistent 2\n4 file(s) passed over that hold no report: log.jsonl, notes.md, notes.rst, …\n{VERSION_LINE}"
    )


def test_document_that_is_named_must_hold_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.html").write_text("<html><body><p>Nothing.</p></body></html>", encoding="utf-8")
    assert run(["check", "--lang", "en", "page.html"]) == 2
    assert "no table and no heading of the annual report" in capsys.readouterr().out


WITHOUT = "import sys; sys.path.insert(0, 'without'); from gkformat.cli import main; sys.exit(main())"


def test_documents_without_the_extra_name_it_and_json_is_checked() -> None:
    for name in ("documents/suqian-2024.docx", "huaian-2024.json"):
        shutil.copy(CORPUS / name, ".")
    Path("without").mkdir()
    Path("without", "rapidfuzz.py").write_text("raise ImportError")
    command = [sys.executable, "-c", WITHOUT, "check", "--lang", "en", "suqian-2024.docx", "huaian-2024.json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (2, "")
    assert (
        "suqian-2024.docx  unreadable: reading word files needs an extra, "
        "install it with: pip install 'gkformat[documents]'"
    ) in done.stdout
    assert "huaian-2024.json  淮安市人民政府 2024  consistent" in done.stdout
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, "--lang", "zh"], capture_output=True, encoding="utf-8", check=False
    )
    assert "需要额外的依赖，请运行 pip install 'gkformat[documents]'" in done.stdout


@pytest.mark.parametrize("command", ["check", "diagnose"])
@pytest.mark.parametrize(("line", "after"), [("{}", 5), ("", 1)])
def test_file_of_what_is_no_report_is_not_read_to_its_end(
    command: str, line: str, after: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(jsonl, "MAX_FAILED", 2)
    monkeypatch.setattr("gkformat.bulk.lines.MAX_BLANK_LINES", 2)
    Path("many.jsonl.gz").write_bytes(gzip.compress("\n".join([SOUND, *[line] * 100, BROKEN]).encode()))
    Path("other.json").write_text(BROKEN, encoding="utf-8")
    assert run([command, "--lang", "en", "many.jsonl.gz", "other.json"]) == 2
    said = capsys.readouterr().out
    assert f"many.jsonl.gz  unreadable: after line {after}: too many" in said
    assert said.count("淮安市洪泽区") == 1
