"""Tests of the command `rules`."""

import json

import pytest

from gkformat.cli.app import run


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--lang", "zh"]) == 0
    assert "balance  [格式明文规定，7 条等式]" in capsys.readouterr().out.splitlines()
    assert run(["rules", "case-total"]) == 0
    name, title, chinese, example, *explained = capsys.readouterr().out.splitlines()
    assert name == "case-total  [derived from a printed total, 3 equation(s)]"
    assert title.strip().endswith("results")
    assert "结果维持 + " in chinese
    assert " == " in example
    assert [line.split(":")[0].strip() for line in explained] == [
        "Why",
        "Clause",
        "Clause",
        "Sound",
        "Broken",
        "It says",
        "What to do",
    ]
    assert run(["rules", "--format", "json", "--edition", "2019"]) == 0
    assert {rule["rule"]: rule["equations"] for rule in json.loads(capsys.readouterr().out)}["row-total"] == 23
