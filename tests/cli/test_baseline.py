"""Tests of baselines."""

import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from command_line import BROKEN, TOTAL, write_report
from gkformat.cli import baseline
from gkformat.cli.app import run
from support import CORPUS, Payload, put

pytestmark = pytest.mark.usefixtures("working_folder")


def test_baseline_is_reported_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--write-baseline", "b.json"]) == 0
    for output in ("text", "junit", "github"):
        capsys.readouterr()
        assert run(["check", BROKEN, "--baseline", "b.json", "--format", output]) == 0
        assert "2 finding(s) accepted by the baseline" in capsys.readouterr().out
    assert run(["check", BROKEN, "--baseline", "b.json", "--format", "junit"]) == 0
    assert "[broken, accepted by the baseline]" in capsys.readouterr().out


def _broken(busy: Payload, total: int = 9) -> str:
    put(busy, TOTAL, total)
    busy["overview"] = ""
    return write_report(busy)


def test_baseline_accepts_what_is_known_and_nothing_else(capsys: pytest.CaptureFixture[str], busy: Payload) -> None:
    file = _broken(busy)
    assert run(["check", file]) == 1
    assert run(["check", file, "--write-baseline", "b.json"]) == 0
    assert "2 entries written to the baseline b.json" in capsys.readouterr().err
    assert run(["check", file, "--baseline", "b.json", "--strict"]) == 0
    assert "inconsistent (2 accepted by the baseline)" in capsys.readouterr().out
    put(busy, "reconsideration_and_litigation.litigation.direct.total", 0)
    assert run(["check", write_report(busy), "--baseline", "b.json"]) == 1
    assert "1 broken, 2 accepted by the baseline" in capsys.readouterr().out


def test_entry_expires_when_its_value_changes(capsys: pytest.CaptureFixture[str], busy: Payload) -> None:
    run(["check", _broken(busy), "--write-baseline", "b.json"])
    capsys.readouterr()
    assert run(["check", _broken(busy, 10), "--baseline", "b.json"]) == 1
    said = capsys.readouterr().out
    assert "expired entries of the baseline: 1 (" in said
    assert f"  宿迁市人民政府 2023  case-total  {TOTAL}  440 ≠ 9\n" in said
    assert run(["check", _broken(busy, 440), "--baseline", "b.json", "--format", "json"]) == 0
    assert [entry["values"] for entry in json.loads(capsys.readouterr().out)["expired"]] == ["440 ≠ 9"]


def test_baseline_survives_renamed_and_unchecked_files(busy: Payload) -> None:
    run(["check", _broken(busy), BROKEN, "--write-baseline", "b.json"])
    first = Path("b.json").read_text(encoding="utf-8")
    Path("report.json").rename("elsewhere.json")
    assert run(["check", "elsewhere.json", "--baseline", "b.json"]) == 0
    assert run(["check", "elsewhere.json", "--write-baseline", "b.json"]) == 0
    assert Path("b.json").read_text(encoding="utf-8") == first
    assert len(first.splitlines()) == 4 + 4  # one entry per line
    put(busy, TOTAL, 440)
    busy["overview"] = "有。"
    assert run(["check", write_report(busy), "--baseline", "b.json", "--write-baseline", "c.json"]) == 0
    assert len(Path("c.json").read_text(encoding="utf-8").splitlines()) == 4 + 2


def test_baseline_that_was_saved_on_windows_is_read() -> None:
    run(["check", BROKEN, "--write-baseline", "b.json"])
    file = Path("b.json")
    file.write_bytes(BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(["check", BROKEN, "--baseline", "b.json"]) == 0


def test_baseline_accepts_faults_by_what_was_found(busy: Payload) -> None:
    put(busy, TOTAL, "9")
    file = write_report(busy)
    assert run(["check", file]) == 1
    assert run(["check", file, "--write-baseline", "b.json"]) == 0
    assert run(["check", file, "--baseline", "b.json"]) == 0
    put(busy, TOTAL, "10")
    assert run(["check", write_report(busy), "--baseline", "b.json"]) == 1


def test_baseline_accepts_no_flood_and_no_missing_file() -> None:
    Path("flood.json").write_text(json.dumps({f"k{number}": 0 for number in range(1500)}), encoding="utf-8")
    assert run(["check", "flood.json", "--write-baseline", "b.json"]) == 1
    assert run(["check", "flood.json", "--baseline", "b.json"]) == 1
    assert run(["check", "nowhere.json", "--write-baseline", "b.json"]) == 2


def test_accepted_findings_are_suppressed_in_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", BROKEN, "--write-baseline", "b.json"])
    capsys.readouterr()
    assert run(["check", BROKEN, "--baseline", "b.json", "--format", "sarif"]) == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [result["suppressions"][0]["kind"] for result in results] == ["external", "external"]
    for output in ("github", "junit", "text"):
        assert run(["check", BROKEN, "--baseline", "b.json", "--format", output]) == 0


def test_baseline_accepts_findings_across_reports(capsys: pytest.CaptureFixture[str]) -> None:
    years = [str(CORPUS / f"pingtan-{year}.json") for year in (2022, 2023)]
    asked = ["check", "--series", "--strict", "--select", "in-force-chain", *years]
    assert run(asked) == 1
    assert run([*asked, "--write-baseline", "b.json"]) == 0
    capsys.readouterr()
    for output in ("text", "github", "json"):
        assert run([*asked, "--baseline", "b.json", "--format", output]) == 0
        assert output == "json" or "643" not in capsys.readouterr().out


def test_baseline_of_the_settings_is_found_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["check", BROKEN, "--write-baseline", "b.json"])
    Path("gkformat.toml").write_text("baseline = 'b.json'", encoding="utf-8")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert run(["check", BROKEN]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"accepted": 1}',
        '{"accepted": [1]}',
        '{"accepted": [{"report": 1}]}',
        '{"accepted": [{"report": 1, "at": "", "rule": "", "values": ""}]}',
    ],
)
def test_load_baseline_refuses_other_files(capsys: pytest.CaptureFixture[str], text: str) -> None:
    Path("b.json").write_text(text, encoding="utf-8")
    assert run(["check", BROKEN, "--baseline", "b.json"]) == 2
    assert "not a baseline" in capsys.readouterr().err


def test_load_baseline_refuses_a_file_that_is_too_large(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline, "_LARGEST_BASELINE", 100)
    Path("b.json").write_text(f'{{"accepted": []{" " * 100}}}', encoding="utf-8")
    assert run(["check", BROKEN, "--baseline", "b.json"]) == 2
    assert "not a baseline" in capsys.readouterr().err


def test_missing_or_unwritable_baseline_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--baseline", "nowhere.json"]) == 2
    assert run(["check", BROKEN, "--write-baseline", "nowhere/b.json"]) == 2
    assert capsys.readouterr().err.count("no such file") == 2
