"""Tests of the command `indicators`."""

import csv
import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from command_line import corpus_files, write_json
from gkformat import AnyReport, indicators, load
from gkformat.cli.app import run
from support import CORPUS, Payload

FILES = corpus_files("huaian-2024", "shanghai-office-2019")


def _loaded() -> list[AnyReport]:
    return [load(file, as_found=True) for file in FILES]


def test_indicators_are_printed_with_their_sums(
    capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion
) -> None:
    assert run(["indicators", *FILES, "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.replace(f"{CORPUS}/", "") for line in lines] == snapshot


def test_indicators_in_json_and_csv_are_those_of_the_library(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    assert run(["indicators", *FILES, "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert run(["indicators", *FILES, "--format", "csv", "-o", str(file)]) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets would take it for GBK"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["agency"], row["name"], row["numerator"], row["denominator"]) for row in csv.DictReader(lines)]
    expected = [(report.agency, item) for report in _loaded() for item in indicators(report)]
    sums = [(agency, item.name, item.numerator, item.denominator) for agency, item in expected]
    assert [(a["agency"], i["name"], i["numerator"], i["denominator"]) for a in listed for i in a["indicators"]] == sums
    assert rows == [tuple("" if value is None else str(value) for value in row) for row in sums]


def test_file_without_a_report_is_named_and_the_others_are_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    broken = write_json(tmp_path, "broken.json", {"edition": "2021"})
    sound = write_json(tmp_path, "sound.json", busy)
    assert run(["indicators", broken, sound, str(tmp_path / "none.json"), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "sound.json" in said.out
    assert "broken.json" in said.err
    assert "none.json" in said.err
    assert run(["indicators", str(tmp_path), "--lang", "en"]) == 0, "a file that was not named need be no report"


def test_agency_that_looks_like_a_formula_is_a_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload
) -> None:
    file = write_json(tmp_path, "odd.json", busy | {"agency": "=HYPERLINK(1)"})
    assert run(["indicators", file, "--format", "csv"]) == 0
    assert ",'=HYPERLINK(1)," in capsys.readouterr().out
