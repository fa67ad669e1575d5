"""Tests of the output formats of `check`: valid by their schemas, with the same facts in each."""

import csv
import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from syrupy.assertion import SnapshotAssertion

from gkformat.base.families import FAMILIES
from gkformat.cli.app import run
from gkformat.cli.formats import FILES, FORMATS
from gkformat.cli.formats.github import SHOWN_BY_GITHUB
from gkformat.cli.formats.junit import junit
from gkformat.cli.run import ON_REQUEST
from gkformat.cli.schemas import baseline_schema, check_schema
from gkformat.cli.source import Source
from gkformat.version import DOCUMENTATION, VERSION
from support import CORPUS, Payload, published_schema, put

TOTAL = "reconsideration_and_litigation.reconsideration.total"
PART = "requests.newly_received.natural_person"
Check = Callable[..., str]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that runs `check` in English and in an empty folder, and returns its output."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def checked(*arguments: str) -> str:
        run(["check", *arguments])
        return capsys.readouterr().out

    return checked


@pytest.fixture
def files(tmp_path: Path, busy: Payload) -> list[str]:
    """Write a file of each kind: sound, with advice, undecided, broken, declared, malformed, unreadable."""

    def write(name: str, **changes: Any) -> None:
        payload = json.loads(json.dumps(busy))
        payload["agency"] = name
        for at, value in changes.items():
            put(payload, at.replace("__", "."), value)
        (tmp_path / f"{name}.json").write_text(json.dumps(payload, ensure_ascii=False, indent=2), encoding="utf-8")

    write("一致")
    write("提示", overview="")
    write("待定", requests__newly_received__natural_person=None, requests__newly_received__total=None)
    declared = {"rule": "case-total", "at": TOTAL, "left": 440, "right": 9}
    write("不符", reconsideration_and_litigation__reconsideration__total=9, discrepancies=[declared])
    write("格式 错误", year="2023", requests__newly_received__natural_person=-1, **{"odd\u0001,key:%\n": 1})
    return [f"{name}.json" for name in ("一致", "提示", "待定", "不符", "格式 错误", "没有")]


def test_json_is_valid_by_its_schema(check: Check, files: list[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(check_schema())
    for arguments in (files, [*files, "--as-found", "--strict", "--select", "equations"]):
        jsonschema.validate(json.loads(check("--format", "json", *arguments)), check_schema())
    years = [str(path) for path in sorted(CORPUS.glob("pingtan-*.json"))]
    compared = json.loads(check("--format", "json", "--as-found", "--series", "--parts-of", years[-1], *years))
    jsonschema.validate(compared, check_schema())
    assert compared["series"]["findings"]
    assert compared["parts"]["findings"]


def test_jsonl_is_valid_and_says_what_json_says(check: Check, files: list[str]) -> None:
    schema = check_schema()
    line = {"$schema": schema["$schema"], "$ref": "#/$defs/line", "$defs": schema["$defs"]}
    head, *middle, summary = map(json.loads, check("--format", "jsonl", *files).splitlines())
    for item in (head, *middle, summary):
        jsonschema.validate(item, line)
    assert [item.pop("type") for item in (head, *middle, summary)] == ["head", *["file"] * len(files), "summary"]
    assert {**head, "files": middle, **summary} == json.loads(check("--format", "json", *files))


def test_skipped_rules_are_reported_with_the_reason(check: Check, files: list[str]) -> None:
    found = json.loads(check("--format", "json", *files, "--ignore", "row-total"))
    assert {item["rule"] for item in found["skipped"]} == set(ON_REQUEST)
    assert {item["reason"] for item in found["skipped"]} == {"not-asked"}
    sound, *_, malformed, unreadable = found["files"]
    assert [(item["rule"], item["reason"], item["equations"]) for item in sound["skipped"]] == [
        ("row-total", "ignored", 25)
    ]
    skipped = {item["rule"]: (item["reason"], item["equations"]) for item in malformed["skipped"]}
    assert skipped["row-total"] == ("ignored", 25)
    assert skipped["balance"] == ("malformed", 1)
    assert "case-total" not in skipped  # all of its cells could be read
    assert unreadable["skipped"] == []


def test_unreadable_payload_skips_all_rules(check: Check, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    [file] = json.loads(check("--format", "json", "list.json"))["files"]
    assert {item["rule"]: item["equations"] for item in file["skipped"]}["row-total"] == 25
    assert (file["agency"], file["year"], file["edition"]) == (None, None, None)


def test_sarif_is_valid_and_points_at_the_values(check: Check, files: list[str], tmp_path: Path) -> None:
    log = json.loads(check("--format", "sarif", *files, "--as-found"))
    jsonschema.validate(log, published_schema("sarif-2.1.0"))
    [made] = log["runs"]
    driver = made["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(FAMILIES)
    assert driver["semanticVersion"] == VERSION
    assert all(rule["fullDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert driver["rules"][0]["helpUri"] == f"{DOCUMENTATION}reference/rules-2021.html#{driver['rules'][0]['id']}"
    assert {result["level"] for result in made["results"]} == {"error", "warning", "note"}
    for result in made["results"]:
        assert FAMILIES[result["ruleId"]] is list(FAMILIES.values())[result["ruleIndex"]]
        [location] = result["locations"]
        place, region = location["physicalLocation"]["artifactLocation"], location["physicalLocation"]["region"]
        assert place["uriBaseId"] == "%SRCROOT%"
        text = (tmp_path / unquote(place["uri"])).read_text(encoding="utf-8").split("\n")
        if result["ruleId"] == "case-total":
            assert text[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == "9"
            assert "[declared]" in result["message"]["text"]
    assert [artifact["properties"]["conclusion"] for artifact in made["artifacts"]] == [
        "consistent",
        "consistent",
        "undecided",
        "inconsistent",
        "malformed",
        "unreadable",
    ]
    [error] = made["invocations"][0]["toolExecutionNotifications"]
    assert error["message"]["text"] == "no such file or folder"
    assert not made["invocations"][0]["executionSuccessful"]


@pytest.mark.usefixtures("files")
def test_fingerprint_stays_while_lines_and_files_move(check: Check, tmp_path: Path) -> None:
    def prints(file: str) -> list[str]:
        found = json.loads(check("--format", "sarif", file))["runs"][0]
        return [result["partialFingerprints"]["gkformat/v1"] for result in found["results"]]

    before = prints("不符.json")
    (tmp_path / "folder").mkdir()
    moved = tmp_path / "folder" / "moved.json"
    moved.write_text("\n\n" + (tmp_path / "不符.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert prints(str(moved)) == before
    assert len(before) == 1


@pytest.mark.usefixtures("files")
def test_uris_are_relative_below_the_folder_and_absolute_elsewhere(check: Check, tmp_path: Path) -> None:
    inside = json.loads(check("--format", "sarif", str(tmp_path / "一致.json")))["runs"][0]
    assert inside["artifacts"][0]["location"] == {"uri": "%E4%B8%80%E8%87%B4.json", "uriBaseId": "%SRCROOT%"}
    outside = json.loads(check("--format", "sarif", str(CORPUS / "huaian-2024.json")))["runs"][0]
    assert outside["artifacts"][0]["location"]["uri"].startswith("file:///")


def test_findings_across_reports_are_in_every_format(check: Check, tmp_path: Path) -> None:
    years = [str(path) for path in sorted(CORPUS.glob("pingtan-*.json"))]
    for output in FORMATS:
        assert "says 470" in told(check, output, tmp_path, "--series", "--as-found", *years)


def test_findings_across_reports_have_a_place(check: Check) -> None:
    names = [str(CORPUS / f"pingtan-{year}.json") for year in (2022, 2023)]
    log = json.loads(check("--format", "sarif", "--series", *names))
    places = {
        result["ruleId"]: result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    }
    assert places["in-force-chain"].endswith("pingtan-2023.json")
    [line] = [line for line in check("--format", "github", "--series", *names).splitlines() if "in-force-chain" in line]
    assert line.startswith(f"::notice file={names[1]},title=")
    assert "现行有效件数: in force in 2022" in line


def test_junit_is_read_by_other_programs(check: Check, files: list[str]) -> None:
    suites = JUnitXml.fromstring(check("--format", "junit", *files, "--as-found").encode())
    assert isinstance(suites, JUnitXml)
    results = {
        suite.name: {case.name: [type(result) for result in case.result] for case in suite if case.result}
        for suite in suites
    }
    assert results["一致.json"] == {}
    assert results["提示.json"] == {}
    assert results["待定.json"] == {"row-total": [Skipped]}
    assert results["不符.json"] == {"case-total": [Failure]}
    assert results["格式 错误.json"]["structure"] == [Failure]
    assert results["格式 错误.json"]["balance"] == [Skipped]
    assert results["没有.json"] == {"read": [Error]}
    [broken] = [case.result[0] for suite in suites for case in suite if case.result and suite.name == "不符.json"]
    assert re.search("总计: the parts add up to .* difference", broken.message)  # the line that servers list
    assert (suites.failures, suites.errors) == (2, 1)
    assert suites.tests == sum(len(list(suite)) for suite in suites)
    strict = JUnitXml.fromstring(check("--format", "junit", *files, "--as-found", "--strict").encode())
    assert strict.failures == 5


def test_junit_lists_rules_left_out(check: Check, files: list[str]) -> None:
    said = check("--format", "junit", *files, "--ignore", "balance")
    assert "these rules were not checked: balance" in said
    assert '<skipped message="ignored (--ignore)" />' in said
    assert junit.__doc__


def test_github_escapes_what_it_must(check: Check, files: list[str], snapshot: SnapshotAssertion) -> None:
    lines = check("--format", "github", *files, "--as-found", "--lang", "zh").splitlines()
    assert lines == snapshot
    for line in lines[:-1]:
        kind, properties, message = re.fullmatch(r"::(\w+) ([^\n]*?)::(.*)", line).groups()  # type: ignore[union-attr]
        assert kind in ("error", "warning", "notice")
        assert {item.partition("=")[0] for item in properties.split(",")} <= {
            "file",
            "line",
            "col",
            "endColumn",
            "title",
        }
        assert message


def test_github_says_that_more_are_not_shown(check: Check, tmp_path: Path, busy: Payload) -> None:
    for number in range(SHOWN_BY_GITHUB + 1):
        (tmp_path / f"{number}.json").write_text(json.dumps(busy | {"year": str(number)}), encoding="utf-8")
    assert f"11 annotations of kind error: GitHub shows {SHOWN_BY_GITHUB} of a kind" in check("--format", "github", ".")


def told(check: Check, output: str, folder: Path, *arguments: str) -> str:
    """Return all text of an output, without what its format makes of signs; of a file, that of all its parts."""
    if output in FILES:
        check("--format", output, "-o", str(folder / f"out.{output}"), *arguments)
        with ZipFile(folder / f"out.{output}") as package:
            return unescape("".join(package.read(name).decode() for name in package.namelist() if "xml" in name))
    said = check("--format", output, *arguments)
    if output in ("jsonl", "sarif"):
        return said.replace('\\"', '"').replace("\\\\", "\\")
    return said.replace('""', '"') if output == "csv" else unescape(said).replace("%25", "%")


def test_formats_all_state_the_same_facts(check: Check, files: list[str], tmp_path: Path) -> None:
    found = json.loads(check("--format", "json", *files, "--as-found"))
    items = [item for file in found["files"] for item in (*file["faults"], *file["findings"])]
    messages = [item["message"]["en"] for item in items] + [
        file["error"]["en"] for file in found["files"] if file["error"]
    ]
    assert len(messages) == 8
    for output in set(FORMATS) - {"json"}:
        said = told(check, output, tmp_path, *files, "--as-found")
        assert [message for message in messages if message not in said] == []
    places = [f"line {item['position']['line']} column {item['position']['column']}" for item in items]
    for output in ("text", "junit", "html", "csv", "xlsx", "docx"):
        said = told(check, output, tmp_path, *files, "--as-found")
        assert {place: said.count(place) for place in places if said.count(place) < places.count(place)} == {}


def test_formats_for_people_list_each_finding_once(check: Check, files: list[str], tmp_path: Path) -> None:
    found = json.loads(check("--format", "json", *files, "--as-found"))
    count = sum(len(file["faults"]) + len(file["findings"]) + bool(file["error"]) for file in found["files"])
    assert told(check, "html", tmp_path, *files, "--as-found").count('class="note ') == count - 1  # one is no report
    rows = list(csv.reader(StringIO(told(check, "csv", tmp_path, *files, "--as-found"))))
    assert len(rows) == count + 1
    assert told(check, "docx", tmp_path, *files, "--as-found").count("<w:tr>") >= count


def test_baseline_is_valid_by_its_schema(check: Check, files: list[str], tmp_path: Path) -> None:
    check(*files, "--write-baseline", "baseline.json")
    jsonschema.validate(json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8")), baseline_schema())


def test_output_goes_to_a_file(check: Check, files: list[str], tmp_path: Path) -> None:
    shown = check("--format", "json", *files)
    assert check("--format", "json", *files, "-o", "out.json") == ""
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == shown


def test_sarif_names_the_cell_of_a_paper(check: Check) -> None:
    log = json.loads(check("--format", "sarif", str(CORPUS / "documents" / "pingtan-2021.txt")))
    jsonschema.validate(log, published_schema("sarif-2.1.0"))
    placed = [result for result in log["runs"][0]["results"] if "message" in result["locations"][0]]
    assert placed
    for result in placed:
        said = result["locations"][0]["message"]["text"]
        assert f"({said})" in result["message"]["text"]
        assert result["locations"][0]["properties"]["place"]["words"]["en"] == said


def test_same_results_are_written_in_other_formats_too(
    check: Check, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = {name: check("--format", name, *files) for name in FORMATS if name not in FILES}
    read: list[str] = []
    data = Source.read

    def counted(source: Source) -> bytes:
        read.append(source.name)
        return data(source)

    monkeypatch.setattr(Source, "read", counted)
    others = [argument for name in FORMATS for argument in ("--also", f"{name}=also.{name}")]
    assert check("--format", "github", *files, *others) == alone["github"]
    assert {name: (tmp_path / f"also.{name}").read_text(encoding="utf-8") for name in alone} == alone
    assert all((tmp_path / f"also.{name}").exists() for name in FILES)
    assert len(read) == len(files)


@pytest.mark.parametrize("given", ["sarif", "xml=a.xml", "sarif="])
def test_copy_without_a_format_or_a_file_is_misuse(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "a.json", "--also", given]) == 2
    assert "--also takes FORMAT=FILE" in capsys.readouterr().err


def test_quiet_lists_no_file_that_passes(check: Check, files: list[str]) -> None:
    listed = [line.split("  ")[0] for line in check("--quiet", *files).splitlines()]
    assert {name for name in files if name in listed} == {"待定.json", "不符.json", "格式 错误.json", "没有.json"}
    assert "6 file(s): consistent 2" in check("-q", *files)
