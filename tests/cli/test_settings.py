"""Tests of the settings of a project."""

import json
from errno import EACCES
from pathlib import Path

import pytest

from command_line import BROKEN
from gkformat.cli.app import run

pytestmark = pytest.mark.usefixtures("working_folder")


@pytest.mark.parametrize(
    ("name", "head"), [("gkformat.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.gkformat]\n")]
)
def test_settings_hold_below_their_folder_and_options_win(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, head: str
) -> None:
    Path(name).write_text(f"{head}ignore = ['case-total']\nstrict = true\nlang = 'zh'\n", encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert run(["check", BROKEN]) == 0
    assert "共 1 份" in capsys.readouterr().out
    assert run(["check", BROKEN, "--ignore", "advice", "--lang", "en", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["policy"]["ignore"] == ["advice"]
    assert found["policy"]["strict"] is True
    assert found["policy"]["settings"].endswith(name)


def test_settings_nearest_to_the_folder_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("gkformat.toml").write_text("ignore = ['case-total']", encoding="utf-8")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    Path("pyproject.toml").write_text("[tool.other]\nx = 'tool.gkformat'", encoding="utf-8")
    assert run(["check", BROKEN]) == 0
    Path("gkformat.toml").write_text("", encoding="utf-8")
    assert run(["check", BROKEN]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignored = ['balance']", "no setting is named ignored; did you mean ignore?"),
        ("ignore = 'balance'", "ignore should be a list of strings"),
        ("ignore = [1]", "ignore should be a list of strings"),
        ("strict = 1", "strict should be true or false"),
        ("lang = 'de'", 'lang should be "zh" or "en"'),
        ("baseline = 1", "baseline should be the name of a file"),
        ("select = ['odd']", "no such rule: odd"),
        ("x =", "not readable as TOML"),
    ],
)
def test_mistakes_in_the_settings_are_reported(capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    Path("gkformat.toml").write_text(text, encoding="utf-8")
    assert run(["check", BROKEN]) == 2
    assert said in capsys.readouterr().err
    assert run(["check", "--help"]) == 0


def test_settings_in_another_encoding_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gkformat.toml").write_text("lang = '中'", encoding="gbk")
    assert run(["check", BROKEN]) == 2
    assert capsys.readouterr().err.endswith("gkformat.toml: not in UTF-8; save it as UTF-8\n")


def test_unknown_rule_is_reported_with_the_settings_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gkformat.toml").write_text('ignore = ["balnce"]', encoding="utf-8")
    assert run(["check", BROKEN]) == 2
    assert "gkformat.toml: no such rule: balnce; did you mean balance?" in capsys.readouterr().err


def test_settings_that_cannot_be_read_are_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(EACCES, "")

    Path("gkformat.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(["rules"]) == 2
    assert "gkformat.toml: no permission" in capsys.readouterr().err
