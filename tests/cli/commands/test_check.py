"""Tests of the command `check`."""

import json
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from command_line import BROKEN, SOUND, TOTAL, corpus_files, printed, write_json
from gkformat.cli.app import run
from gkformat.version import VERSION
from support import Payload, put


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_prints_label_then_reason_then_reference(
    capsys: pytest.CaptureFixture[str], malformed: str, lang: str, snapshot: SnapshotAssertion
) -> None:
    assert run(["check", SOUND, BROKEN, malformed, "nowhere.json", "--lang", lang]) == 2
    assert printed(capsys).replace(malformed, "malformed.json") == snapshot


@pytest.mark.parametrize(("files", "code"), [([SOUND], 0), ([SOUND, BROKEN], 1), ([BROKEN, "nowhere.json"], 2)])
def test_check_exits_with_the_highest_code(files: list[str], code: int) -> None:
    assert run(["check", *files]) == code


def test_declared_failure_is_shown_and_still_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    put(busy, TOTAL, 0)
    put(busy, "reconsideration_and_litigation.litigation.direct.total", 0)
    busy["overview"] = ""
    busy["discrepancies"] = [{"rule": "case-total", "at": TOTAL, "left": 440, "right": 0}]
    file = write_json(tmp_path, "declared.json", busy)
    for arguments in ([], ["--as-found"]):
        assert run(["check", file, *arguments]) == 1
        lines = capsys.readouterr().out.splitlines()
        levels = [line.strip().split("]")[0] for line in lines if "]" in line]
        assert levels == ["[broken, declared", "[broken", "[advice"]


def test_as_found_takes_null_for_a_blank(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    put(busy, "requests.newly_received.total", None)
    file = write_json(tmp_path, "blank.json", busy)
    assert run(["check", file]) == 1
    assert run(["check", "--as-found", file, "--lang", "zh"]) == 0
    assert "[待定] 三、收到和处理政府信息公开申请情况 > 一、" in capsys.readouterr().out


def test_faults_beyond_the_limit_are_counted_in_every_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = write_json(tmp_path, "flood.json", {f"k{number}": 0 for number in range(1500)})
    for output in ("text", "junit", "github", "sarif"):
        assert run(["check", file, "--format", output]) == 1
        assert "more not listed" in capsys.readouterr().out
    assert run(["check", file, "--format", "json"]) == 1
    [found] = json.loads(capsys.readouterr().out)["files"]
    assert found["omitted"] + len(found["faults"]) > 1500


def test_series_is_compared_after_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = corpus_files("suqian-2024", "suqian-2023", "pingtan-2022", "pingtan-2023", "pingtan-2020")
    assert run(["check", "--series", "--lang", "zh", *files]) == 1
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("跨年度：比较 2 对相邻年度，缺年 1 处")
    assert lines[start + 1].startswith("  [提示] 平潭综合实验区管委会 2023  二、主动公开政府信息情况 > ")
    assert lines[start + 2] == "    2022 年现行有效加 2023 年制发减废止为 643，2023 年填现行有效 470，相差 +173"
    assert lines[start + 4].startswith("共 5 份")
    assert run(["check", "--series", "--format", "json", *files]) == 1
    series = json.loads(capsys.readouterr().out)["series"]
    assert [finding["left"] for finding in series["findings"]] == [643]
    assert (len(series["compared"]), len(series["gaps"])) == (2, 1)


def test_series_tells_whom_it_paired_and_whom_it_did_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    years = [json.loads(Path(file).read_text(encoding="utf-8")) for file in corpus_files("suqian-2023", "suqian-2024")]
    names = ("宿迁市人民政府", "宿迁市")
    files = [
        write_json(tmp_path, f"{name}.json", {**report, "agency": name})
        for name, report in zip(names, years, strict=True)
    ]
    (alone,) = corpus_files("huaian-2024")
    assert run(["check", "--series", "--lang", "zh", *files, alone]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("跨年度：比较 1 对相邻年度，缺年 0 处")
    assert lines[start + 1] == "  作为同一机关比较（名称写法不同）：宿迁市人民政府 2023、宿迁市 2024"
    assert lines[start + 2].startswith("  未作比较的 1 份")
    assert lines[start + 2].endswith("：淮安市人民政府 2024")
    assert run(["check", "--series", "--format", "json", *files, alone]) == 0
    series = json.loads(capsys.readouterr().out)["series"]
    assert series["renamed"] == series["compared"]
    assert series["alone"] == [{"agency": "淮安市人民政府", "year": 2024}]


def test_series_refuses_two_reports_of_one_year(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    copy = write_json(tmp_path, "copy.json", json.loads(Path(SOUND).read_text(encoding="utf-8")))
    assert run(["check", "--series", SOUND, copy]) == 2
    assert "2024" in capsys.readouterr().err


def test_parts_are_compared_with_their_consolidation(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parts, whole = corpus_files("suqian-2024", "huaian-2024"), str(tmp_path / "whole.json")
    assert run(["consolidate", *parts, "--agency", "两市", "--year", "2024", "-o", whole]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "宿迁市人民政府  consistent",
        "淮安市人民政府  consistent",
        f"2 report(s) added up and written to {whole}",
    ]
    assert run(["check", "--parts-of", whole, *parts, whole, "--series"]) == 0
    assert "the whole and its parts: 2 counted" in capsys.readouterr().out.splitlines()
    assert run(["check", "--parts-of", whole, parts[0]]) == 0
    assert "the whole probably counts" not in (said := capsys.readouterr().out)
    assert "[advice] 两市 2024  " in said
    spoiled = json.loads(Path(whole).read_text(encoding="utf-8"))
    put(spoiled, "proactive_disclosure.licensing.administrative_licenses.decisions", 1)
    write_json(tmp_path, "whole.json", spoiled)
    asked = ["check", "--parts-of", whole, *parts, "--expected", "徐州市人民政府"]
    assert run([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["parts"]
    assert {finding["rule"] for finding in found["findings"]} >= {"parts-sum", "part-exceeds-whole"}
    assert found["coverage"]["missing"] == ["徐州市人民政府"]
    assert run([*asked, "--strict"]) == 1


def test_malformed_whole_is_compared_with_nothing(capsys: pytest.CaptureFixture[str], malformed: str) -> None:
    assert run(["check", "--parts-of", malformed, SOUND]) == 1
    assert "counted" not in capsys.readouterr().out


def test_statistics_count_by_rule_by_body_and_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    files = corpus_files("hongze-2023", "jinhu-2023", "pingtan-2022", "pingtan-2023")
    assert (
        run(["check", "--statistics", "--series", "--select", "equations", "--select", "in-force-chain", *files]) == 1
    )
    assert capsys.readouterr().out.splitlines() == [
        "by rule:",
        "     3  case-total  the total of a group of cases is the sum of its four results",
        "     1  in-force-chain  documents in force should be those of the year before, plus issued, minus repealed",
        "by body:",
        "     2  淮安市洪泽区人民政府",
        "     1  淮安市金湖县人民政府",
        "     1  平潭综合实验区管委会",
        "by file:",
        f"     2  {files[0]}",
        f"     1  {files[1]}",
        f"     1  {files[3]}",
        "4 file(s): consistent 2, inconsistent 2; 2 failed",
        "no other rules were checked than: row-total, outcomes-total, balance, case-total, in-force-chain",
        f"gkformat {VERSION}",
    ]
    assert run(["check", "--statistics", "--format", "json", *files]) == 2
    assert "--format text alone" in capsys.readouterr().err


def test_kind_and_date_are_those_of_the_whole_if_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = corpus_files("suqian-2024", "huaian-2024")
    known = ["--kind", "city", "--published", "2025-03-11", "--format", "json"]
    run(["check", whole, part, *known])
    found = json.loads(capsys.readouterr().out)
    assert (found["policy"]["kind"], found["policy"]["published"]) == ("city", "2025-03-11")
    assert not {"publication-date", "assessment-results-missing"} & {item["rule"] for item in found["skipped"]}
    assert _files_with(found, "publication-date") == [whole, part]
    run(["check", "--parts-of", whole, part, *known])
    assert _files_with(json.loads(capsys.readouterr().out), "publication-date") == [whole]


def test_report_of_a_body_for_itself_is_not_compared_with_parts(capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = corpus_files("suqian-2024", "huaian-2024")
    assert run(["check", "--parts-of", whole, part, "--kind", "agency"]) == 2
    assert "宿迁市人民政府 is that of a body for itself and no sum" in capsys.readouterr().err


def _files_with(found: Any, rule: str) -> list[str]:
    return [file["file"] for file in found["files"] if rule in {each["rule"] for each in file["findings"]}]


def test_whole_is_not_counted_among_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = corpus_files("suqian-2023", "pingtan-2023")
    run(["check", "--parts-of", whole, whole, part])
    assert "2 counted" not in capsys.readouterr().out
    run(["check", "--parts-of", whole, part])
    assert "1 counted" in capsys.readouterr().out
