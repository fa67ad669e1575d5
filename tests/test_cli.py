"""The command line: what is printed, the same facts as JSON, and the exit codes."""

import builtins
import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, Payload, put
from syrupy.assertion import SnapshotAssertion

from gkformat.cli import main
from gkformat.cli.commands import run

SOUND, BROKEN = (str(CORPUS / f"{name}.json") for name in ("huaian-2024", "hongze-2023"))


def _printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace(str(CORPUS), "corpus")


@pytest.fixture
def malformed(tmp_path: Path, busy: Payload) -> str:
    put(busy, "requests.newly_received.natural_person", "3402")
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    del busy["year"]
    path = tmp_path / "malformed.json"
    path.write_text(json.dumps(busy), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_stands_on_its_own_line(
    capsys: pytest.CaptureFixture[str], malformed: str, lang: str, snapshot: SnapshotAssertion
) -> None:
    assert run(["check", SOUND, BROKEN, malformed, "nowhere.json", "--lang", lang]) == 2
    assert _printed(capsys).replace(malformed, "malformed.json") == snapshot


@pytest.mark.parametrize(
    ("files", "code"), [([SOUND], 0), ([SOUND, BROKEN], 1), ([BROKEN, "nowhere.json"], 2), ([str(CORPUS)], 2)]
)
def test_the_exit_code_is_the_highest(files: list[str], code: int) -> None:
    assert run(["check", *files]) == code


def test_streams_that_are_no_files_are_written_to_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert run(["check", SOUND, "--lang", "zh"]) == 0
    assert "huaian-2024.json" in out.getvalue()


def test_json_holds_the_same_facts(capsys: pytest.CaptureFixture[str], malformed: str) -> None:
    assert run(["check", "--format", "json", BROKEN, malformed]) == 1
    broken, bad = json.loads(capsys.readouterr().out)["files"]
    assert (broken["conclusion"], [finding["left"] for finding in broken["findings"]]) == ("inconsistent", [11, 5])
    assert [fault["rule"] for fault in bad["faults"]] == ["missing", "wrong-type"]
    assert [finding["rule"] for finding in bad["findings"]] == ["case-total"]


def test_a_declared_failure_is_shown_as_such_and_still_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    total = "reconsideration_and_litigation.reconsideration.total"
    put(busy, total, 0)
    put(busy, "reconsideration_and_litigation.litigation.direct.total", 0)
    busy["overview"] = ""
    busy["discrepancies"] = [{"rule": "case-total", "at": total, "left": 440, "right": 0}]
    path = tmp_path / "declared.json"
    path.write_text(json.dumps(busy), encoding="utf-8")
    assert run(["check", str(path), "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[1] for line in lines[1:4]] == [
        "[advice] section-empty",
        "[broken, declared] case-total",
        "[broken] case-total",
    ]


def test_as_found_takes_null_for_a_blank(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    put(busy, "requests.newly_received.total", None)
    path = tmp_path / "blank.json"
    path.write_text(json.dumps(busy), encoding="utf-8")
    assert run(["check", str(path)]) == 1
    assert run(["check", "--as-found", str(path), "--lang", "zh"]) == 0
    assert "[待定] row-total" in capsys.readouterr().out


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "结论"), ("de_DE.UTF-8", "verdict"), ("", "verdict")])
def test_the_language_is_that_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    run(["check", SOUND])
    assert word in capsys.readouterr().out


def test_misuse_is_told_and_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 2
    assert run(["check", "--odd", SOUND]) == 2
    assert run(["odd"]) == 2
    assert "odd" in capsys.readouterr().err
    assert run(["--version"]) == 0
    assert run(["check", "--help"]) == 0
    assert "Example: gkformat check" in capsys.readouterr().out


def test_the_module_prints_in_the_encoding_of_a_chinese_windows(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "LANG": "zh_CN", "LC_ALL": "zh_CN"}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "gkformat", "check", BROKEN],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("gbk")
    assert "行政复议 > 总计：各项之和为 11" in text
    assert "\\" not in text


def test_a_flood_of_faults_is_cut_and_the_cut_is_stated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "flood.json"
    path.write_text(json.dumps({f"k{number}": 0 for number in range(1500)}), encoding="utf-8")
    assert run(["check", str(path), "--lang", "en"]) == 1
    assert "more not listed" in capsys.readouterr().out


def test_an_interrupt_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gkformat.cli.commands.examine", interrupted)
    assert run(["check", SOUND]) == 2


def test_main_runs_the_command_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gkformat", "check", SOUND])
    assert main() == 0
    with pytest.raises(SystemExit) as left:
        runpy.run_module("gkformat", run_name="__main__")
    assert left.value.code == 0


def _corpus(*names: str) -> list[str]:
    return [str(CORPUS / f"{name}.json") for name in names]


def test_a_series_is_compared_after_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = _corpus("suqian-2024", "suqian-2023", "pingtan-2022", "pingtan-2023", "pingtan-2020")
    assert run(["check", "--series", "--lang", "zh", *files]) == 1
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("跨年度：比较 2 对相邻年度，缺年 1 处")
    assert "in-force-chain" in lines[start + 1]
    assert (
        "现行有效件数：2022 年现行有效加 2023 年制发减废止为 643，2023 年填现行有效 470，相差 +173" in lines[start + 1]
    )
    assert lines[start + 2].startswith("共 5 份")
    assert run(["check", "--series", "--format", "json", *files]) == 1
    series = json.loads(capsys.readouterr().out)["series"]
    assert [finding["left"] for finding in series["findings"]] == [643]
    assert (len(series["compared"]), len(series["gaps"])) == (2, 1)


def test_two_reports_of_one_year_are_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--series", SOUND, SOUND]) == 2
    assert "2024" in capsys.readouterr().err


def test_parts_are_added_up_and_held_against_their_sum(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parts, whole = _corpus("suqian-2024", "huaian-2024"), str(tmp_path / "whole.json")
    assert run(["consolidate", *parts, "--agency", "两市", "--year", "2024", "-o", whole]) == 0
    assert capsys.readouterr().out.splitlines() == ["宿迁市人民政府  consistent", "淮安市人民政府  consistent"]
    assert run(["check", "--parts-of", whole, *parts, "--lang", "en"]) == 0
    assert "the whole and its parts: 2 counted" in capsys.readouterr().out.splitlines()
    spoiled = json.loads(Path(whole).read_text(encoding="utf-8"))
    put(spoiled, "proactive_disclosure.licensing.administrative_licenses.decisions", 1)
    Path(whole).write_text(json.dumps(spoiled), encoding="utf-8")
    assert run(["check", "--parts-of", whole, *parts, "--format", "json", "--expected", "徐州市人民政府"]) == 0
    found = json.loads(capsys.readouterr().out)["parts"]
    assert {finding["rule"] for finding in found["findings"]["findings"]} >= {"parts-sum", "part-exceeds-whole"}
    assert found["coverage"]["missing"] == ["徐州市人民政府"]


def test_blanks_of_parts_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    (tmp_path / "part.json").write_text(json.dumps(busy), encoding="utf-8")
    other = tmp_path / "other.json"
    busy["agency"] = "另一机关"
    put(busy, "requests.newly_received.natural_person", 3402)
    other.write_text(json.dumps(busy), encoding="utf-8")
    files = [str(tmp_path / "part.json"), str(other)]
    assert run(["consolidate", *files, "--agency", "甲", "--year", "2023", "-o", str(tmp_path / "w.json")]) == 0
    assert "requests.newly_received.natural_person  ≥ 3402" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["consolidate", SOUND, SOUND, "--agency", "x", "--year", "2024", "-o", "w.json"], 1),
        (["consolidate", SOUND, "--agency", "x", "--year", "2023", "-o", "w.json"], 1),
        (["consolidate", SOUND, "--agency", "x", "--year", "2024", "-o", "/nowhere/w.json"], 2),
        (["consolidate", "nowhere.json", "--agency", "x", "--year", "2024", "-o", "w.json"], 2),
        (["diff", SOUND, "nowhere.json"], 2),
        (["diff", SOUND], 2),
    ],
)
def test_what_cannot_be_compared_or_added_up_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    assert capsys.readouterr().err
    assert not (tmp_path / "w.json").exists()


def test_a_difference_stands_on_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str], malformed: str, snapshot: SnapshotAssertion
) -> None:
    assert run(["diff", *_corpus("pingtan-2020", "pingtan-2021"), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == snapshot
    assert run(["diff", *_corpus("shanghai-office-2019", "pingtan-2019"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {item["kind"] for item in found["differences"]} == {"changed", "filled"}
    assert run(["diff", SOUND, malformed]) == 1


def test_without_the_extra_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_click(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "click":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_click)
    assert main() == 2
    assert "gkformat[cli]" in capsys.readouterr().err
