"""Tests of the ledger: an entry for each finding, in the words of the other formats, and nothing that acts."""

import csv
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from command_line import corpus_files
from gkformat import cells, examine, load
from gkformat.base.words import Lang
from gkformat.cli.app import run
from gkformat.views.ledgers.entries import LedgerEntry, ledger
from gkformat.views.ledgers.tables import tables
from gkformat.views.ledgers.word import document
from gkformat.views.ledgers.workbook import workbook
from support import CORPUS, Payload, put

BROKEN = CORPUS / "hongze-2023.json"


def entries_of(busy: Payload, **changes: object) -> tuple[LedgerEntry, ...]:
    for at, value in changes.items():
        put(busy, at.replace("__", "."), value)
    return ledger([examine(json.dumps(busy).encode(), as_found=True)])


def test_entry_says_what_stands_in_the_cell_and_what_should() -> None:
    first, second = ledger([examine(BROKEN)])
    assert (first.found, first.expected, second.expected) == ("0", "11", "5")
    assert first.label.endswith("行政复议 > 总计")
    assert "第 332 行" in first.where.zh
    assert first.clauses.startswith("国办公开办函〔2021〕30号")
    assert "可能填错：" in first.advice.zh
    assert first.mended == ""


def test_nothing_is_expected_where_several_explanations_are_equally_likely(busy: Payload) -> None:
    [entry] = entries_of(busy, reconsideration_and_litigation__litigation__direct__pending=999)
    assert entry.expected == ""


def test_explanations_that_are_equally_likely_are_all_listed() -> None:
    entry = next(
        entry for entry in ledger([examine(CORPUS / "pingtan-2020.json", as_found=True)]) if entry.level == "broken"
    )
    assert entry.expected == ""
    assert entry.advice.zh.count("可能填错：") == 2
    assert "或者，同样可能填错：" in entry.advice.zh


def test_gravest_entry_of_a_body_comes_first(busy: Payload) -> None:
    entries = entries_of(busy, overview="", reconsideration_and_litigation__reconsideration__total=9)
    assert [entry.level for entry in entries] == sorted(
        (entry.level for entry in entries), key=["broken", "advice"].index
    )
    assert len(entries) > 1


def test_file_that_cannot_be_read_has_an_entry() -> None:
    [entry] = ledger([examine(b"%PDF-1.7 damaged")])
    assert entry.gravity.zh == "无法读取"
    assert entry.message.zh


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_totals_count_every_entry(lang: Lang) -> None:
    entries = ledger([examine(BROKEN), examine(b""), examine(CORPUS / "documents" / "pingtan-2021.txt")])
    by_body, by_rule, *totals = tables(entries, lang)
    assert len(by_body.rows) == len(by_rule.rows) == len(entries)
    for total in totals:
        assert total.rows[-1][-1] == len(entries)


def test_workbook_and_word_file_hold_the_same_list() -> None:
    entries = ledger([examine(BROKEN), examine(CORPUS / "documents" / "pingtan-2021.txt")])
    wanted = tables(entries, "zh")
    book = openpyxl.load_workbook(BytesIO(workbook(entries, "zh")))
    assert book.sheetnames == [table.name for table in wanted]
    for table, sheet in zip(wanted, book, strict=True):
        rows = [["" if value is None else str(value) for value in row] for row in sheet.values]
        assert rows == [["" if value is None else str(value) for value in row] for row in (table.head, *table.rows)]
    word = docx.Document(BytesIO(document(entries, "zh")))
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["" if value is None else str(value) for value in row] for row in (wanted[0].head, *wanted[0].rows)
    ]
    assert b"tblHeader" in ZipFile(BytesIO(document(entries, "zh"))).read("word/document.xml")


def test_nothing_that_others_wrote_becomes_a_formula(busy: Payload) -> None:
    name = '=HYPERLINK("http://example.org","x")'
    entries = entries_of(busy, agency=name, overview="")
    book = openpyxl.load_workbook(BytesIO(workbook(entries, "zh")))
    assert book.worksheets[0]["A2"].data_type == "s"
    assert book.worksheets[0]["A2"].value == name


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx"])
def test_command_writes_a_ledger(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"ledger.{name}"
    assert run(["check", str(BROKEN), "--format", name, "-o", str(out), "--lang", "zh"]) == 1
    assert capsys.readouterr().out == ""
    assert out.read_bytes()[:3] == (b"\xef\xbb\xbf" if name == "csv" else b"PK\x03")


def test_file_of_another_program_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(BROKEN), "--format", "xlsx"]) == 2
    assert "-o" in capsys.readouterr().err


def test_finding_between_reports_has_the_number_the_year_and_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    files = corpus_files("pingtan-2022", "pingtan-2023")
    assert run(["check", *files, "--series", "--format", "csv", "--lang", "zh"]) in (0, 1)
    [row] = csv.DictReader(capsys.readouterr().out.removeprefix("\ufeff").splitlines())
    in_force = cells(load(files[1]))["proactive_disclosure.documents.normative_documents.in_force"]
    assert (row["年度"], row["现值"], row["文件处"]) == ("2023", str(in_force), files[1])
