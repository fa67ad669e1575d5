"""Tests of the command `schema`."""

import json

import pytest

from gkformat.cli.app import run


@pytest.mark.parametrize("subject", ["report", "check", "baseline"])
def test_schema_prints_each_schema(capsys: pytest.CaptureFixture[str], subject: str) -> None:
    assert run(["schema", "--of", subject]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")
