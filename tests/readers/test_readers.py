"""Tests of `read`: files of every kind, published reports, and files that cannot be read."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import papers
from gkformat import Malformed, Unreadable, cells, read
from gkformat.readers.document import Document, Paragraph
from readings import open_cells, report, reported, rules_at_addresses, wrong_cells, zipped
from support import CORPUS


@pytest.mark.parametrize("name", ["suqian-2024", "pingtan-2019"])
@pytest.mark.parametrize("way", [way for way in papers.KINDS if "glued" not in way])
def test_read_gives_every_cell_of_every_kind_of_file(way: str, name: str) -> None:
    truth = report(name)
    kind, written = papers.KINDS[way]
    reading = read(written(papers.document(truth)))
    assert reading.sheet.kind == kind
    assert list(reading.findings) == []
    assert cells(reading.report) == cells(truth)
    assert reported(reading).marks == truth.marks
    assert reported(reading).discrepancies == truth.discrepancies
    assert (reported(reading).agency, reported(reading).year) == (truth.agency, truth.year)
    assert reported(reading).preface == papers.LEAD
    assert {name: getattr(reading.report, name) for name in papers.TEXT} == papers.TEXT


def test_read_takes_a_path_and_ignores_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(papers.as_docx(papers.document(report())))
    assert read(file).sheet.kind == read(str(file)).sheet.kind == "word"


GLUED = {"proactive_disclosure.documents.normative_documents"}


@pytest.mark.parametrize("name", [*papers.DOCUMENTS, *papers.CONVERTED])
def test_read_gives_every_cell_of_corpus_documents(name: str) -> None:
    truth = report(Path(name).stem)
    reading = read(CORPUS / "documents" / name)
    assert wrong_cells(reading, truth) == []
    glued = {at for at in cells(truth) if at.rpartition(".")[0] in GLUED} if name == "pingtan-2021.txt" else set()
    assert open_cells(reading) == glued
    assert reported(reading).marks == truth.marks or glued


OPEN = {
    "pingtan-2019.page.txt": 19,
    "pingtan-2020.page.txt": 19,
    "pingtan-2021.page.txt": 3,
    "pingtan-2022.page.txt": 3,
    "pingtan-2023.page.txt": 3,
    "pingtan-2024.page.txt": 3,
}
"""The number of cells that are left open in a published report; in all others, none."""


@pytest.mark.parametrize(
    "name", ["gaoqing-gaocheng-2024.txt", "hangzhou-style-2025.html", "shanghai-office-2019.html", *OPEN]
)
def test_read_gives_every_cell_of_published_reports(shared: Path, name: str) -> None:
    truth = report(name.split(".", maxsplit=1)[0])
    reading = read(shared / "corpus" / "raw" / name, agency=truth.agency, year=truth.year)
    assert wrong_cells(reading, truth) == []
    assert reading.sheet.edition == truth.edition
    assert len(open_cells(reading)) == OPEN.get(name, 0)
    blank = {str(entry.at) for entry in reading.sheet.cells if entry.state == "blank"}
    assert blank == {str(mark.at) for mark in truth.marks if mark.kind == "blank"}
    assert (reported(reading).agency, reported(reading).year) == (reading.sheet.agency or truth.agency, truth.year)
    if name not in OPEN:  # of those, only the tables were kept
        assert list(reading.findings) == []
        assert reading.sheet.year == truth.year
        assert reported(reading).marks == truth.marks


def test_read_finds_the_blank_form_of_the_notice_all_blank(shared: Path) -> None:
    reading = read(shared / "corpus" / "raw" / "template-2021-format.docx")
    assert {entry.state for entry in reading.sheet.cells} == {"blank"}
    assert reading.report is None
    assert rules_at_addresses(reading) == {("title-incomplete", "agency"), ("title-incomplete", "year")}


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("某县水务局2024年政府信息公开工作年度报告", "某县水务局", 2024),
        ("2024年政府信息公开工作年度报告", "某乡人民政府", 2024),
        ("", "某乡人民政府", 2021),
    ],
)
def test_read_takes_agency_and_year_that_the_file_lacks(title: str, agency: str, year: int) -> None:
    paper = Document("html", [Paragraph(title), *papers.document(report()).blocks[2:]])
    page = papers.as_html(paper)
    for data in (page, json.dumps({"content": page})):
        reading = read(data.encode(), agency="某乡人民政府", year=2021)
        assert (reported(reading).agency, reported(reading).year) == (agency, year)
        assert list(reading.findings) == []
        assert (reading.sheet.agency, reading.sheet.year) == (agency * ("水" in title), year * bool(title) or None)


def test_name_of_the_file_is_the_last_that_is_believed(tmp_path: Path) -> None:
    nameless = Document("word", [Paragraph("政府信息公开"), *papers.document(report()).blocks[2:]])
    file = tmp_path / "某县水务局2024年政府信息公开工作年度报告.docx"
    file.write_bytes(papers.as_docx(nameless))
    reading = read(file)
    assert (reported(reading).agency, reported(reading).year) == ("某县水务局", 2024)
    assert (reading.sheet.agency, reading.sheet.year) == ("", None)
    assert {("title-from-file-name", "agency"), ("title-from-file-name", "year")} == rules_at_addresses(reading)
    assert reported(read(file, year=2023)).year == 2023
    file.write_bytes(papers.as_docx(papers.document(report("suqian-2023"))))
    reading = read(file)
    assert (reported(reading).agency, reported(reading).year) == ("宿迁市人民政府", 2023)
    assert {("title-conflict", "agency"), ("title-conflict", "year")} == rules_at_addresses(reading)


def test_read_refuses_an_impossible_year() -> None:
    paper = Document("html", papers.document(report()).blocks[2:])
    with pytest.raises(Malformed, match="/year"):
        read(papers.as_html(paper).encode(), year=1)


UNREADABLE: Mapping[str, Callable[[], bytes]] = {
    "empty": lambda: b" \n",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "rtf": lambda: b"{\\rtf1 report}",
    "an old word file": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "an encrypted file": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
    "an old workbook": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"),
    "an archive": lambda: zipped(a=b"1"),
    "a damaged archive": lambda: papers.as_docx(papers.document(report()))[:2000],
    "a damaged document": lambda: zipped(word__document_xml=b"<w:document>"),
    "a damaged workbook": lambda: zipped(xl__workbook_xml=b"<workbook"),
    "entities": lambda: zipped(word__document_xml=b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'),
    "no text": lambda: bytes(range(128, 256)) * 20,
    "another text": "没有任何表格。".encode,
    "another page": lambda: b"<html><body><p>1</p><table><tr><td>1</td></tr></table></body></html>",
    "other json": lambda: b'{"a": ["<p>", 1, null]}',
    "a deep page": lambda: b"<div>" * 100_000 + b"<table><tr><td>1" * 500,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_read_explains_unreadable_files_in_both_languages(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(UNREADABLE[name]())
    assert " / " in str(caught.value)


def test_read_raises_file_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        read("no/such/file.html")


def test_read_refuses_an_unknown_kind_with_the_known_ones() -> None:
    with pytest.raises(TypeError, match="the kinds of file are html, word, pdf, "):
        read(b"<html>", kind="ppt")  # type: ignore[arg-type]
