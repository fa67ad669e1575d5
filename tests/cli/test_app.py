"""The command line: output for people, the behaviour of each command, and the exit code of every path."""

import builtins
import io
import json
import os
import re
import runpy
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from gkformat.checks.advice import ADVICE
from gkformat.cli import main
from gkformat.cli.app import COMMANDS, cli, run
from gkformat.cli.help import HelpPage
from gkformat.cli.output import colour_setting
from gkformat.version import VERSION
from support import CORPUS, ROOT, Payload, put

SOUND, BROKEN = (str(CORPUS / f"{name}.json") for name in ("huaian-2024", "hongze-2023"))
TOTAL = "reconsideration_and_litigation.reconsideration.total"
INTO = ["--agency", "x", "--year", "2024", "-o", "w.json"]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set English and no colours, and hide the settings of this checkout."""
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


def _printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace(str(CORPUS), "corpus")


def _corpus(*names: str) -> list[str]:
    return [str(CORPUS / f"{name}.json") for name in names]


def _written(folder: Path, name: str, payload: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(payload, ensure_ascii=False, indent=1), encoding="utf-8")
    return str(path)


@pytest.fixture
def malformed(tmp_path: Path, busy: Payload) -> str:
    put(busy, "requests.newly_received.natural_person", "3402")
    put(busy, TOTAL, 0)
    del busy["year"]
    return _written(tmp_path, "malformed.json", busy)


# -- check ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_label_comes_first_then_what_is_wrong_then_how_to_look_it_up(
    capsys: pytest.CaptureFixture[str], malformed: str, lang: str, snapshot: SnapshotAssertion
) -> None:
    assert run(["check", SOUND, BROKEN, malformed, "nowhere.json", "--lang", lang]) == 2
    assert _printed(capsys).replace(malformed, "malformed.json") == snapshot


@pytest.mark.parametrize(("files", "code"), [([SOUND], 0), ([SOUND, BROKEN], 1), ([BROKEN, "nowhere.json"], 2)])
def test_the_exit_code_is_the_highest(files: list[str], code: int) -> None:
    assert run(["check", *files]) == code


def test_streams_that_are_no_files_are_written_to_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert run(["check", SOUND, "--lang", "zh"]) == 0
    assert "huaian-2024.json" in out.getvalue()


def test_a_declared_failure_is_shown_as_such_and_still_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    put(busy, TOTAL, 0)
    put(busy, "reconsideration_and_litigation.litigation.direct.total", 0)
    busy["overview"] = ""
    busy["discrepancies"] = [{"rule": "case-total", "at": TOTAL, "left": 440, "right": 0}]
    file = _written(tmp_path, "declared.json", busy)
    for arguments in ([], ["--as-found"]):
        assert run(["check", file, *arguments]) == 1
        lines = capsys.readouterr().out.splitlines()
        levels = [line.strip().split("]")[0] for line in lines if "]" in line]
        assert levels == ["[advice", "[broken, declared", "[broken"]


def test_as_found_takes_null_for_a_blank(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    put(busy, "requests.newly_received.total", None)
    file = _written(tmp_path, "blank.json", busy)
    assert run(["check", file]) == 1
    assert run(["check", "--as-found", file, "--lang", "zh"]) == 0
    assert "[待定] 三、收到和处理政府信息公开申请情况 > 一、" in capsys.readouterr().out


def test_a_flood_of_faults_is_cut_and_the_cut_is_stated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = _written(tmp_path, "flood.json", {f"k{number}": 0 for number in range(1500)})
    for output in ("text", "junit", "github", "sarif"):
        assert run(["check", file, "--format", output]) == 1
        assert "more not listed" in capsys.readouterr().out
    assert run(["check", file, "--format", "json"]) == 1
    [found] = json.loads(capsys.readouterr().out)["files"]
    assert found["omitted"] + len(found["faults"]) > 1500


def test_a_series_is_compared_after_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = _corpus("suqian-2024", "suqian-2023", "pingtan-2022", "pingtan-2023", "pingtan-2020")
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


def test_two_reports_of_one_year_are_misuse(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    copy = _written(tmp_path, "copy.json", json.loads(Path(SOUND).read_text(encoding="utf-8")))
    assert run(["check", "--series", SOUND, copy]) == 2
    assert "2024" in capsys.readouterr().err


def test_parts_are_added_up_and_held_against_their_sum(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    parts, whole = _corpus("suqian-2024", "huaian-2024"), str(tmp_path / "whole.json")
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
    _written(tmp_path, "whole.json", spoiled)
    asked = ["check", "--parts-of", whole, *parts, "--expected", "徐州市人民政府"]
    assert run([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["parts"]
    assert {finding["rule"] for finding in found["findings"]} >= {"parts-sum", "part-exceeds-whole"}
    assert found["coverage"]["missing"] == ["徐州市人民政府"]
    assert run([*asked, "--strict"]) == 1


def test_a_whole_that_is_no_report_is_compared_with_nothing(capsys: pytest.CaptureFixture[str], malformed: str) -> None:
    assert run(["check", "--parts-of", malformed, SOUND]) == 1
    assert "counted" not in capsys.readouterr().out


def test_a_suspect_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = _corpus("suqian-2023", "pingtan-2023")
    run(["check", "--parts-of", whole, whole, part])
    assert "2 counted" not in capsys.readouterr().out
    run(["check", "--parts-of", whole, part])
    assert "1 counted" in capsys.readouterr().out


# -- the other commands --------------------------------------------------------------------------------


def test_blanks_of_parts_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", None)
    part = _written(tmp_path, "part.json", busy)
    busy["agency"] = "另一机关"
    put(busy, "requests.newly_received.natural_person", 3402)
    other = _written(tmp_path, "other.json", busy)
    made = ["--agency", "甲", "--year", "2023", "-o", str(tmp_path / "w.json")]
    assert run(["consolidate", part, other, *made, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "自然人  有单位空白，其余之和为 3402\n  requests.newly_received.natural_person\n" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["consolidate", SOUND, SOUND, "--agency", "x", "--year", "2024", "-o", "w.json"], 1),
        (["consolidate", SOUND, "--agency", "x", "--year", "2023", "-o", "w.json"], 1),
        (["consolidate", SOUND, "--agency", "x", "--year", "2024", "-o", "/nowhere/w.json"], 2),
        (["consolidate", "nowhere.json", "--agency", "x", "--year", "2024", "-o", "w.json"], 2),
        (["diff", SOUND, "nowhere.json"], 2),
        (["diff", SOUND], 2),
        (["diff", SOUND, "malformed.json"], 1),
        (["rules", "balanc"], 2),
        (["rules", "--edition", "1999"], 2),
        (["schema", "--edition", "1999"], 2),
    ],
)
def test_what_cannot_be_done_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    _written(tmp_path, "malformed.json", {})
    assert run(arguments) == code
    assert capsys.readouterr().err
    assert not (tmp_path / "w.json").exists()


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["consolidate", SOUND, SOUND, *INTO], "淮安市人民政府：重复出现", "淮安市人民政府: occurs more than once"),
        (["consolidate", "huge.json", "huger.json", *INTO], "应为：0 至", "expected an integer from 0"),
        (["diff", "malformed.json", SOUND], "年度：缺少键", "年度: the key"),
        (["diff", "zero.json", SOUND], "没有任何内容", "there is nothing in it"),
        (["diff", "flood.json", SOUND], "另有", "more not listed"),
        (["read", "yearless.json"], "年度：缺少键", "年度: the key"),
        (["read", "picture.png"], "图片", "a picture"),
        (["rules", "--edition", "1999"], "没有名为 1999 的格式版本", "there is no edition named 1999"),
        (["check", "--series", SOUND, "copy.json"], "不止一份报告", "more than one report"),
        (["check", SOUND, "--expected", "某局"], "一起用", "needs --parts-of"),
    ],
)
def test_an_error_is_printed_in_the_requested_language_only(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    busy: Payload,
    arguments: list[str],
    zh: str,
    en: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    _written(tmp_path, "malformed.json", {})
    _written(tmp_path, "flood.json", {f"k{number}": 0 for number in range(1500)})
    (tmp_path / "zero.json").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "copy.json").write_bytes(Path(SOUND).read_bytes())
    put(busy, "proactive_disclosure.documents.rules.issued", 2**53 - 1)
    for agency in ("huge", "huger"):
        _written(tmp_path, f"{agency}.json", {**busy, "agency": agency, "year": 2024})
    del busy["year"]
    _written(tmp_path, "yearless.json", busy)
    for lang, here, there in (("zh", zh, en), ("en", en, zh)):
        assert run([*arguments, "--lang", lang]) in (1, 2)
        said = capsys.readouterr().err
        assert here in said
        assert there not in said
        assert ("出错：" in said) is (lang == "zh" and arguments[0] != "read")


def test_a_difference_has_its_label_first(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert run(["diff", *_corpus("pingtan-2020", "pingtan-2021"), "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [*lines[:4], *lines[-1:]] == snapshot
    assert run(["diff", *_corpus("shanghai-office-2019", "pingtan-2019"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {item["kind"] for item in found["differences"]} == {"changed", "filled"}
    assert run(["diff", *_corpus("shanghai-office-2019", "pingtan-2019")]) == 0
    assert "blank → 0" in capsys.readouterr().out


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--lang", "zh"]) == 0
    assert "balance  [格式明文规定，7 条等式]" in capsys.readouterr().out.splitlines()
    assert run(["rules", "case-total"]) == 0
    name, title, chinese, example = capsys.readouterr().out.splitlines()
    assert name == "case-total  [derived from a printed total, 3 equation(s)]"
    assert title.strip().endswith("results")
    assert "结果维持 + " in chinese
    assert " == " in example
    assert run(["rules", "--format", "json", "--edition", "2019"]) == 0
    assert {rule["rule"]: rule["equations"] for rule in json.loads(capsys.readouterr().out)}["row-total"] == 23


@pytest.mark.parametrize("subject", ["report", "check", "baseline"])
def test_schemas_are_printed(capsys: pytest.CaptureFixture[str], subject: str) -> None:
    assert run(["schema", "--of", subject]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_a_report_is_drawn_as_it_is_printed(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    assert run(["show", BROKEN, "--lang", "zh"]) == 0
    assert _printed(capsys) == snapshot


def test_what_is_broken_open_or_annotated_is_marked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busy: Payload
) -> None:
    put(busy, TOTAL, 7)
    put(busy, "requests.brought_forward.natural_person", None)
    put(busy, "requests.brought_forward.total", None)
    issued = "proactive_disclosure.documents.rules.issued"
    busy["marks"] = [{"at": issued, "kind": "annotated", "text": "2（其中修订1件）"}]
    file = _written(tmp_path, "marked.json", busy)
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


def test_blanks_are_counted_and_not_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload) -> None:
    row = "requests.brought_forward.legal_person"
    texts = {"commercial_enterprise": "", "research_institution": "/", "public_welfare_organization": "/"}
    for name in texts:
        put(busy, f"{row}.{name}", 0)
    busy["marks"] = [{"at": f"{row}.{name}", "kind": "blank", "text": text} for name, text in texts.items()]
    assert run(["show", _written(tmp_path, "blank.json", busy)]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("marks:")
    assert lines[start + 1 : start + 3] == ["  [blank] 1 cell(s)", "  [blank] 2 cell(s)  /"]
    assert "? left open by blanks" in lines
    assert not any(line.startswith(("! ", "* ")) for line in lines)


def test_rows_filled_in_as_one_are_shown_in_the_last_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    group = "requests.outcomes.other_handling"
    for line in ("correction_overdue", "fee_overdue"):
        for who in ("natural_person", "total"):
            put(busy, f"{group}.{line}.{who}", 0)
    put(busy, f"{group}.other.natural_person", 8765)
    busy["marks"] = [{"at": group, "kind": "merged", "text": ""}]
    assert run(["show", _written(tmp_path, "merged.json", busy)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("3.其他" in line and "8765" in line for line in lines)
    assert "* annotated, see below" in lines
    assert not any("1.申请人无正当理由逾期" in line and "0" in line for line in lines)


def test_a_report_without_marks_is_drawn_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", SOUND]) == 0
    assert "marks" not in capsys.readouterr().out


def test_what_is_no_report_is_not_drawn(capsys: pytest.CaptureFixture[str], malformed: str) -> None:
    assert run(["show", malformed]) == 1
    assert "[fault] 年度" in capsys.readouterr().out
    assert run(["show", "nowhere.json"]) == 2
    assert "no such file" in capsys.readouterr().out


# -- help, version, completion, language ---------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_each_command_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    command = cli.get_command(click.Context(cli), name)
    assert command
    program, *example = shlex.split((command.help or "").splitlines()[-1])
    assert (program, example[0]) == ("gkformat", name)
    assert run(example) == (1 if name == "diagnose" else 0)  # a sound report has nothing to diagnose
    assert capsys.readouterr().out


def test_help_is_in_the_language_of_the_locale(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gkformat", "check", "--help"],
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
    )
    assert "退出码：0 没有不成立的等式" in done.stdout
    assert "提示和待定也算不通过" in done.stdout
    assert done.stdout.startswith("用法：gkformat check [选项] FILES...")
    assert max(map(cell_len, done.stdout.splitlines())) <= 80
    assert "输出格式  [默认：text]" in done.stdout
    assert not re.search("[A-Z][a-z]+ |default|Options", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "没有命令 chek；是否为 check？（见 gkformat --help）"),
        (["check"], "缺少 FILES"),
        (["check", "--stric", "x"], "没有选项 --stric；是否为 --strict"),
        (["check", "--nonsense", "x"], "没有选项 --nonsense"),
        (["check", "x", "--select"], "选项 --select 缺少它的值，或不带值"),
        (["diff", "x", "y", "--format", "xml"], "--format 的值不对：应为 text、json 之一"),
        (["consolidate", "x"], "缺少选项 --agency"),
        (["consolidate", "x", "--year", "x"], "--year 的值不对：应为整数"),
        (["read", "x", "--year", "1999"], "--year 的值不对：应为 2000 至 2100 的整数"),
        (["diagnose", "x", "--bound", "0"], "--bound 的值不对：应为不小于 1 的整数"),
        (["show", "x", "y"], "用法有误（Got unexpected extra argument (y)）"),
    ],
)
def test_misuse_is_reported_in_the_language_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    assert run(arguments) == 2
    assert "Error: " in capsys.readouterr().err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run(arguments) == 2
    *usage, error = capsys.readouterr().err.splitlines()
    assert error.startswith(f"出错：{said}")
    assert not usage or usage[0].startswith(f"用法：gkformat {arguments[0]}")


def test_a_page_of_help_is_as_wide_as_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    page = HelpPage(width=30)
    page.write_text(
        "检查报告：列出全部格式错误和不成立的勾稽关系。FILES 可以是文件。\n\n\b\n示例：\n  gkformat check x"
    )
    assert page.getvalue().splitlines() == [
        "检查报告：列出全部格式错误和不",
        "成立的勾稽关系。FILES 可以是文",
        "件。",
        "",
        "示例：",
        "  gkformat check x",
    ]
    assert run(["consolidate", "--help"]) == 0
    out = capsys.readouterr().out
    assert "用法：" in out
    assert "[必填]" in out
    assert "显示此说明并退出" in out


def test_the_commands_are_listed_and_the_version_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert all(words.en in capsys.readouterr().out for words in list(COMMANDS.values())[:1])
    assert run(["--version"]) == 0
    assert VERSION in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(shell: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from gkformat.cli import main; sys.exit(main())"],
        env={**os.environ, "_GKFORMAT_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert "_GKFORMAT_COMPLETE" in done.stdout
    assert "gkformat" in done.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("ch", ["plain,check"]),
        ("check re", ["file,re"]),
        ("check x --baseline b", ["file,b"]),
        ("diff a b", ["file,b"]),
        ("check --format s", ["plain,sarif"]),
        ("chek re", ["plain,read"]),
    ],
)
def test_commands_options_and_files_are_completed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str, completed: list[str]
) -> None:
    monkeypatch.setenv("_GKFORMAT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"gkformat {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out.splitlines() == completed


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "一致"), ("de_DE.UTF-8", "consistent"), ("", "一致")])
def test_the_language_is_that_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    run(["check", SOUND])
    assert word in capsys.readouterr().out


def test_misuse_is_reported_and_returns_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 2
    assert run(["check", "--odd", SOUND]) == 2
    assert run(["odd"]) == 2
    assert "odd" in capsys.readouterr().err


# -- errors ---------------------------------------------------------------------------------------------


def test_a_rule_that_fails_leaves_the_verdict_open_and_stops_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def section_empty(_: object) -> Iterator[Any]:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("gkformat.checks.check.ADVICE", (section_empty, *ADVICE))
    assert run(["check", SOUND, BROKEN]) == 2
    sound, broken = capsys.readouterr().out.split(BROKEN)
    assert "undecided (1 internal error)" in sound
    assert "the rule section-empty could not be judged (ZeroDivisionError: by hand, test_app.py:" in sound
    assert "[internal error] the whole report" in sound
    assert "inconsistent (2 broken, 1 internal error)" in broken


def test_a_file_with_which_the_library_fails_stops_no_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def loads(data: bytes, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a mistake")
        return real(data, **options)

    from gkformat.codec import loads as real  # noqa: PLC0415 - the original of what is patched

    monkeypatch.setattr("gkformat.cli.inputs.loads", loads)
    for output in ("text", "json", "sarif", "junit", "github"):
        calls.clear()
        assert run(["check", BROKEN, SOUND, "--format", output]) == 2
        said = capsys.readouterr().out
        assert "RuntimeError: a mistake" in said
    assert "consistent 1" in said


def test_a_command_that_fails_by_a_bug_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("gkformat.cli.commands.diff.diff", fail)
    assert run(["diff", SOUND, SOUND]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Error: a mistake in gkformat and not in a report (RuntimeError: a mistake, test_app.py:")
    assert "Traceback" not in said


def test_an_interrupt_ends_it_quietly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gkformat.cli.run.examine", interrupted)
    assert run(["check", SOUND]) == 128 + signal.SIGINT
    assert "interrupted" in capsys.readouterr().err
    monkeypatch.setattr("gkformat.cli.app.cli.main", interrupted)
    assert main() == 128 + signal.SIGINT


def _gkformat(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gkformat", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # noqa: S603 - our own module


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are others there")
@pytest.mark.parametrize("arguments", [["check", BROKEN], ["check", BROKEN, "--format", "json"], ["rules"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with _gkformat(*arguments, stdout=writing) as process:
        os.close(writing)
        _, said = process.communicate()
    assert (process.returncode, said) == (128 + signal.SIGPIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["check", BROKEN], ["check", BROKEN, "--format", "sarif"], ["--help"]])
def test_a_full_disk_is_reported(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full, _gkformat(*arguments, stdout=full) as process:
        _, said = process.communicate()
    assert process.returncode == 2
    assert said.startswith(b"Error: ")
    assert b"the disk is full" in said
    assert b"Traceback" not in said
    assert run(["check", BROKEN, "-o", "/dev/full"]) == 2


@pytest.mark.skipif(os.name != "posix", reason="redirections of the shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [("check", 2), (f"check {SOUND}", 0), (f"check {BROKEN}", 1)])
def test_a_closed_stream_changes_no_exit_code(arguments: str, code: int, closed: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m gkformat {arguments} {closed}"
    assert subprocess.run(command, shell=True, capture_output=True, check=False).returncode == code  # noqa: S602 - the shell closes streams


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check"], 2), (["nonsense"], 2), (["diff", "x", "y"], 2), (["read", SOUND, "-o", "out"], 0)],
)
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_what_nobody_can_hear_changes_nothing(tmp_path: Path, arguments: list[str], code: int, locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale}
    command = [sys.executable, "-m", "gkformat", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own module
            command, stdout=subprocess.DEVNULL, stderr=full, cwd=tmp_path, env=environment, check=False
        )
    assert done.returncode == code


@pytest.mark.parametrize(
    ("environment", "encoding", "shown"),
    [
        ({"PYTHONIOENCODING": "gbk", "LANG": "zh_CN", "LC_ALL": "zh_CN"}, "gbk", "各项之和为 11"),
        ({"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, "utf-8", "四、"),
        ({"LC_ALL": "C"}, "utf-8", "the parts add up to 11"),
    ],
)
def test_any_encoding_of_a_terminal_will_do(
    tmp_path: Path, environment: dict[str, str], encoding: str, shown: str
) -> None:
    with _gkformat("check", BROKEN, stdout=subprocess.PIPE, env={**os.environ, **environment}, cwd=tmp_path) as process:
        out, said = process.communicate()
    assert (process.returncode, said) == (1, b"")
    assert shown in out.decode(encoding)


def test_programs_get_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    with _gkformat(
        "check", BROKEN, "--format", "json", stdout=subprocess.PIPE, env=environment, cwd=tmp_path
    ) as process:
        out, _ = process.communicate()
    assert json.loads(out)["files"][0]["agency"] == "淮安市洪泽区人民政府"


def test_main_runs_the_command_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gkformat", "check", SOUND])
    assert main() == 0
    with pytest.raises(SystemExit) as left:
        runpy.run_module("gkformat", run_name="__main__")
    assert left.value.code == 0


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


# -- the same within this process, to measure coverage --------------------------------------------------


def _stdout(monkeypatch: pytest.MonkeyPatch, stream: Any) -> Any:
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def test_a_stream_of_any_kind_can_be_printed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for output, encoding in (("text", "gbk"), ("json", "utf-8")):
        raw = io.BytesIO()
        _stdout(monkeypatch, io.TextIOWrapper(raw, encoding="gbk"))
        assert run(["check", BROKEN, "--format", output]) == 1
        assert "洪泽" in raw.getvalue().decode(encoding)
        stream = _stdout(monkeypatch, io.StringIO())
        assert run(["check", BROKEN, "--format", output]) == 1
        assert "洪泽" in stream.getvalue()


def test_a_reader_that_goes_away_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with _stdout(monkeypatch, os.fdopen(writing, "w", encoding="utf-8")):
        assert run(["check", BROKEN]) == 128 + signal.SIGPIPE


def test_what_cannot_be_written_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    for arguments in (["check", BROKEN], ["--help"]):
        _stdout(monkeypatch, Full())
        assert run(arguments) == 2
    assert capsys.readouterr().err.splitlines() == [
        "Error: cannot write the output: the disk is full",
        "Error: the disk is full",
    ]


def test_a_file_gets_no_colours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = tmp_path / "out.txt"
    assert run(["check", BROKEN, "-o", str(out)]) == 1
    assert "\x1b" not in out.read_text(encoding="utf-8")


def test_a_terminal_without_colours_is_shown_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert colour_setting() is False
    monkeypatch.setenv("TERM", "xterm")
    assert colour_setting() is None


def test_no_file_commands_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busy: Payload
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    busy["agency"] = "某\x1b[2J\x07\u202e\x1b[8m局"
    file = _written(tmp_path, "bell.json", busy)
    for command in ("check", "show"):
        assert run([command, file]) == 0
        assert r"某\u001b[2J\u0007\u202e\u001b[8m局" in capsys.readouterr().out
    assert run(["check", file, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["agency"] == busy["agency"]
    assert run(["check", "\x1b[2J"]) == 2
    assert r"\u001b[2J" in capsys.readouterr().out


@pytest.mark.parametrize("output", ["text", "github"])
def test_what_a_file_says_begins_no_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload, output: str
) -> None:
    busy["agency"] = "某局\n::error::spoof"
    put(busy, TOTAL, 7)
    file, accepted = _written(tmp_path, "spoof.json", busy), str(tmp_path / "b.json")
    assert run(["check", file, "--write-baseline", accepted]) == 0
    put(busy, TOTAL, 8)
    assert run(["check", _written(tmp_path, "spoof.json", busy), "--baseline", accepted, "--format", output]) == 1
    out = capsys.readouterr().out
    assert "expired" in out
    assert not any(line.startswith("::error::spoof") for line in out.splitlines())


def test_every_command_is_listed_and_has_its_module() -> None:
    context = click.Context(cli)
    assert cli.list_commands(context) == [*COMMANDS]
    assert [name for name in COMMANDS if cli.get_command(context, name) is None] == []
    assert cli.get_command(context, "nonsense") is None
