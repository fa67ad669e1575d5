"""Tests of the command `table`: each kind of file is loaded with the tools that it is meant for."""

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet

from command_line import corpus_files, write_json
from gkformat import AnyReport, Report2021, cells, check, indicators, label, load, shared_addresses, shared_cells
from gkformat.cli.app import run
from gkformat.cli.tables import workbook
from support import Payload

FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
NEW = "requests.newly_received.total"
SUFFIXES = (".csv", ".xlsx", ".parquet", ".jsonl")
NAMES = ("pingtan-2021", "suqian-2024", "hongze-2023")
FILES = corpus_files(*NAMES)


def reports(*files: str) -> list[AnyReport]:
    return [load(file, as_found=True) for file in files]


def table(folder: Path, *arguments: str, suffix: str = ".csv", code: int = 0) -> Path:
    """Write a table and return its file."""
    file = folder / f"out{suffix}"
    assert run(["table", *arguments, "-o", str(file), "--lang", "en"]) == code
    return file


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def frame(file: Path) -> Any:
    readers = {".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet, ".jsonl": pd.read_json}
    return readers[file.suffix](file, **({"lines": True} if file.suffix == ".jsonl" else {}))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_wide_table_has_a_column_for_each_cell(tmp_path: Path, suffix: str) -> None:
    found = frame(table(tmp_path, *FILES, suffix=suffix))
    assert list(found["verdict"]) == [str(check(report).verdict) for report in reports(*FILES)]
    for row, report in zip(found.to_dict("records"), reports(*FILES), strict=True):
        assert (row["agency"], row["year"]) == (report.agency, report.year)
        for at, value in cells(report).items():
            assert pd.isna(row[at]) if value is None else float(row[at]) == float(value)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_long_table_has_a_row_for_each_cell(tmp_path: Path, suffix: str) -> None:
    found = frame(table(tmp_path, FILES[2], "--long", suffix=suffix))
    known = [(report.agency, at, value) for report in reports(FILES[2]) for at, value in cells(report).items()]
    told = found[found["address"].isin({at for _, at, _ in known})]
    assert [*zip(told["agency"], told["address"], strict=True)] == [row[:2] for row in known]
    assert [None if pd.isna(value) else value for value in told["value"]] == [
        None if value is None else float(value) for *_, value in known
    ]
    assert (told["state"] == "number").sum() == told["value"].notna().sum()


def test_other_tools_load_them_too(tmp_path: Path) -> None:
    expected = sum(cells(report)[NEW] or 0 for report in reports(*FILES))
    text, columns, objects = (table(tmp_path, *FILES, suffix=suffix) for suffix in (".csv", ".parquet", ".jsonl"))
    for found in (pl.read_csv(text), pl.read_parquet(columns), pl.read_ndjson(objects)):
        assert found[NEW].sum() == expected
    for relation in (duckdb.read_csv(str(text)), duckdb.read_parquet(str(columns)), duckdb.read_json(str(objects))):
        assert relation.sum(f'"{NEW}"').fetchall() == [(expected,)]


def test_editions_share_a_table_by_what_they_both_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = corpus_files("pingtan-2019", "pingtan-2024")
    rows = lines(table(tmp_path, *files))
    assert "(2019, 2021)" in capsys.readouterr().out
    assert [*rows[0]][5:] == [*shared_addresses("2021", "2019")]
    for row, report, other in zip(rows, reports(*files), ("2021", "2019"), strict=True):
        assert {at: int(row[at]) for at in [*row][5:]} == dict(shared_cells(report, other))


def test_amount_is_a_number_and_keeps_its_written_form(tmp_path: Path, busy: Payload) -> None:
    busy["proactive_disclosure"]["fees"]["administrative_fees"]["amount_wan_yuan"] = "18.8710"
    file = write_json(tmp_path, "in.json", busy)
    assert lines(table(tmp_path, file))[0][FEE] == "18.8710"
    assert f'"{FEE}":18.8710' in table(tmp_path, file, suffix=".jsonl").read_text(encoding="utf-8")
    [row] = parquet.read_table(table(tmp_path, file, suffix=".parquet")).to_pylist()
    assert (row[FEE], row[f"{FEE}.decimals"]) == (Decimal("18.871"), 4)
    heads, values = openpyxl.load_workbook(table(tmp_path, file, suffix=".xlsx"))["numbers"].iter_rows()
    cell = next(cell for head, cell in zip(heads, values, strict=True) if head.value == FEE)
    assert (cell.value, cell.number_format) == (18.871, "0.0000")


def test_number_that_a_spreadsheet_would_change_is_a_text(tmp_path: Path, busy: Payload) -> None:
    busy["requests"]["newly_received"]["total"] = 2**53 - 1
    book = openpyxl.load_workbook(table(tmp_path, write_json(tmp_path, "in.json", busy), suffix=".xlsx"))
    assert str(2**53 - 1) in [cell.value for row in book["numbers"].iter_rows() for cell in row]


def test_text_never_becomes_a_formula(tmp_path: Path, busy: Payload) -> None:
    agencies = ['=HYPERLINK("x")', "+1", "@x", "-2+3", "＝1+1", "\t=1"]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(json.dumps(busy | {"agency": agency}) for agency in agencies), encoding="utf-8")
    assert [row["agency"][0] for row in lines(table(tmp_path, str(file)))] == ["'"] * len(agencies)
    [_, *cells] = openpyxl.load_workbook(table(tmp_path, str(file), suffix=".xlsx"))["numbers"]["B"]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", name.replace("\t", "\\t")) for name in agencies]
    assert [cell.quotePrefix for cell in cells[:-1]] == [True] * (len(agencies) - 1)
    kept = table(tmp_path, str(file), suffix=".jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["agency"] for line in kept] == agencies


def test_csv_opens_in_excel_on_a_chinese_windows(tmp_path: Path) -> None:
    data = table(tmp_path, *FILES, "--titles").read_bytes()
    assert data.startswith("\ufeff文件,机关,年度,版本,结论,".encode())
    assert data.count(b"\n") == data.count(b"\r\n") == 1 + len(FILES)
    assert f",{label(Report2021, NEW)}," in data.decode()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_findings_and_indicators_are_further_tables(tmp_path: Path, suffix: str) -> None:
    broken = write_json(tmp_path, "broken.json", {"edition": "2021"})
    file = table(tmp_path, *FILES, broken, "--findings", "--indicators", suffix=suffix, code=1)
    if suffix == ".xlsx":
        sheets = pd.read_excel(file, sheet_name=None)
        assert [*sheets] == ["numbers", "findings", "indicators"]
        findings, ratios = sheets["findings"], sheets["indicators"]
    else:
        findings, ratios = (frame(tmp_path / f"out-{name}.csv") for name in ("findings", "indicators"))
    told = [finding.rule for report in reports(*FILES) for finding in check(report)]
    assert list(findings[findings["file"] != broken]["rule"]) == told
    assert {*findings[findings["file"] == broken]["level"]} == {"fault"}
    values = [item.value for report in reports(*FILES) for item in indicators(report)]
    assert list(ratios["value"].dropna()) == [round(float(value), 6) for value in values if value is not None]


def test_file_without_a_report_is_named_and_ends_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = write_json(tmp_path, "broken.json", {"edition": "2021"})
    assert len(lines(table(tmp_path, broken, FILES[0], str(tmp_path / "none.json"), code=2))) == 1
    said = capsys.readouterr().err
    assert "none.json" in said
    assert 'the key "requests" is missing' in said
    before = (tmp_path / "out.csv").read_bytes()
    assert table(tmp_path, broken, code=2).read_bytes() == before, "a table without a report"


def test_lines_are_named_by_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(json.dumps(json.loads(Path(name).read_bytes())) for name in FILES), encoding="utf-8")
    assert [row["file"] for row in lines(table(tmp_path, str(file)))] == [f"{file}:{number}" for number in (1, 2, 3)]


def test_input_is_never_written_over_and_the_last_table_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    report = Path(shutil.copy(FILES[0], folder / "out.jsonl"))
    before = report.read_bytes()
    table(folder, str(folder), suffix=".jsonl", code=2)
    assert report.read_bytes() == before
    report.rename(folder / "in.json")
    for _ in range(2):
        assert frame(table(folder, str(folder), suffix=".jsonl")).shape[0] == 1


def test_what_a_sheet_cannot_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], busy: Payload
) -> None:
    long_name = write_json(tmp_path, "in.json", busy | {"agency": "某" * 40000})
    assert not table(tmp_path, long_name, suffix=".xlsx", code=2).exists()
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    assert not table(tmp_path, *FILES, suffix=".xlsx", code=2).exists()
    said = capsys.readouterr().err
    assert "holds 3 rows at most" in said
    assert "longer than the 32767 characters" in said


def test_suffix_says_which_kinds_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(tmp_path, *FILES, suffix=".ods", code=2)
    assert ".csv .xlsx .parquet .jsonl" in capsys.readouterr().err
