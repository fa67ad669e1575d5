"""Tests of `gkformat blank`."""

from pathlib import Path

import pytest

from blank_forms import blank_workbook, fill
from command_line import BROKEN, SOUND
from gkformat import Report2021, cells, load
from gkformat.cli.app import run
from readings import report


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_preset_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["blank", "form.json", "--from", SOUND, "--lang", "zh"]) == 0
    first, second, *lines = capsys.readouterr().out.splitlines()
    assert first == "已写入 form.json"
    assert second == "  机关、年度  按上年报告填好：淮安市人民政府，2025"
    carried = cells(load(SOUND, as_found=True))["requests.carried_forward.natural_person"]
    assert lines[0].endswith(f"二、上年结转政府信息公开申请数量 > 自然人  按上年报告填入 {carried}，请核对")
    assert len(lines) == 7


def test_edition_that_is_not_that_of_the_year_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["blank", "form.json", "--from", SOUND, "--edition", "2019", "--lang", "zh"]) == 0
    assert "2025 年度不适用 2019 版格式" in capsys.readouterr().out


def test_a_form_that_may_be_filled_in_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("form.xlsx").write_text("填了一半")
    assert run(["blank", "form.xlsx", "--from", BROKEN]) == 2
    assert "form.xlsx" in capsys.readouterr().err
    assert Path("form.xlsx").read_text() == "填了一半"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["form.pdf"], ".xlsx .docx .html .json"),
        (["form.docx", "--edition", "2018"], "2021"),
        (["form.docx", "--from", "nothing.docx"], "nothing.docx"),
    ],
)
def test_what_cannot_be_written_is_told(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["blank", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert [*Path.cwd().iterdir()] == []


def test_check_of_an_empty_form_says_that_nothing_is_filled_in(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("form.xlsx", "form.docx"):
        assert run(["blank", name]) == 0
        assert run(["check", name, "--lang", "zh"]) == 2
        assert "200 格没有填任何数字" in capsys.readouterr().out
    assert run(["blank", "form.json"]) == 0
    assert run(["check", "form.json", "--lang", "zh"]) == 1
    assert "有 200 格是 null，尚未填写" in capsys.readouterr().out
    assert run(["check", "form.json", "--as-found", "--lang", "zh"]) == 1
    assert "尚未填写" not in capsys.readouterr().out


def test_formulas_that_nobody_computed_are_told_once_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    book = blank_workbook(Report2021)
    fill(book, report())
    book.save("form.xlsx")
    assert run(["check", "form.xlsx", "--lang", "zh"]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    公式没有重新计算")]
    assert [line.rpartition("（")[2] for line in said] == ["共 31 格）", "共 3 格）"]
