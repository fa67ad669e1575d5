"""Tests of help pages and usage errors."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from gkformat.cli.app import run
from gkformat.cli.help import HelpPage


def test_help_is_in_the_language_of_the_locale(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gkformat", "check", "--help"],
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
    )
    assert "退出码：0 没有不成立的等式，没有读不出的格" in done.stdout
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
        (["check", "x", "--published", "2025-02-30"], "--published 的值不对：应为日期，如 2025-01-31"),
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


def test_help_page_is_as_wide_as_the_terminal(
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
