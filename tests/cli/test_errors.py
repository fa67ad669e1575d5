"""Tests of the errors that end a command."""

from pathlib import Path

import pytest

from command_line import SOUND, write_json
from gkformat.cli.app import run
from support import Payload, put

TO_CONSOLIDATE = ["--agency", "x", "--year", "2024", "-o", "w.json"]


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
def test_errors_give_their_exit_code_and_write_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    write_json(tmp_path, "malformed.json", {})
    assert run(arguments) == code
    assert capsys.readouterr().err
    assert not (tmp_path / "w.json").exists()


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (
            ["consolidate", SOUND, SOUND, *TO_CONSOLIDATE],
            "淮安市人民政府：重复出现",
            "淮安市人民政府: occurs more than once",
        ),
        (["consolidate", "huge.json", "huger.json", *TO_CONSOLIDATE], "应为：0 至", "expected an integer from 0"),
        (["diff", "malformed.json", SOUND], "年度：缺少键", "年度: the key"),
        (["diff", "zero.json", SOUND], "文件是空的", "the file is empty"),
        (["diff", "flood.json", SOUND], "另有", "more not listed"),
        (["read", "yearless.json"], "年度：缺少键", "年度: the key"),
        (["read", "picture.png"], "图片", "a picture"),
        (["rules", "--edition", "1999"], "没有名为 1999 的格式版本", "there is no edition named 1999"),
        (["check", "--series", SOUND, "copy.json"], "不止一份报告", "more than one report"),
        (["check", SOUND, "--expected", "某局"], "一起用", "needs --parts-of"),
    ],
)
def test_errors_are_printed_in_the_requested_language_only(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    busy: Payload,
    arguments: list[str],
    zh: str,
    en: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_json(tmp_path, "malformed.json", {})
    write_json(tmp_path, "flood.json", {f"k{number}": 0 for number in range(1500)})
    (tmp_path / "zero.json").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "copy.json").write_bytes(Path(SOUND).read_bytes())
    put(busy, "proactive_disclosure.documents.rules.issued", 2**53 - 1)
    for agency in ("huge", "huger"):
        write_json(tmp_path, f"{agency}.json", {**busy, "agency": agency, "year": 2024})
    del busy["year"]
    write_json(tmp_path, "yearless.json", busy)
    for lang, here, there in (("zh", zh, en), ("en", en, zh)):
        assert run([*arguments, "--lang", lang]) in (1, 2)
        said = capsys.readouterr().err
        assert here in said
        assert there not in said
        assert ("出错：" in said) is (lang == "zh" and arguments[0] != "read")
