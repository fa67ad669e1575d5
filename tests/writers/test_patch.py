"""Tests of `patch`: the cells that were named change, each in its own look, and nothing else does."""

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openpyxl.utils import get_column_letter as letters

import papers
from gkformat import Malformed, Mark, Report2021, Unwritable, cells, diff, load, patch, read, write
from gkformat.base.place import Place
from gkformat.notation.outline import numbers
from gkformat.readers.files.package import Package
from gkformat.readers.files.spreadsheet import sheet_parts
from gkformat.writers import patch_spreadsheet, patch_word
from packages import docx_of, packed, xlsx_of
from readings import COUNT, FEE, marked, report
from support import CORPUS

DOCX, XLSX = (CORPUS / "documents" / name for name in ("suqian-2024.docx", "suqian-2023.xlsx"))
TOTAL = "reconsideration_and_litigation.reconsideration.total"


def parts(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changes(before: Any, after: Any) -> dict[str, str]:
    return {str(item.at): str(item.right) for item in diff(before, after)}


@pytest.mark.parametrize("paper", [DOCX, XLSX], ids=["docx", "xlsx"])
def test_only_the_named_cells_change(paper: Path, tmp_path: Path) -> None:
    file = tmp_path / paper.name
    patched = patch(paper, file, {COUNT: 3441, FEE: "12.3400"})
    assert changes(read(paper).report, read(file).report) == {COUNT: "3441", FEE: "12.3400"}
    assert [(cell.at, cell.written) for cell in patched.cells] == [(FEE, "12.3400"), (COUNT, "3441")]
    assert not patched.is_new
    old, new = parts(paper), parts(file)
    assert [*old] == [*new]
    [changed] = [name for name in old if old[name] != new[name]]
    assert abs(len(new[changed]) - len(old[changed])) < 100


@pytest.mark.parametrize("paper", [DOCX, XLSX], ids=["docx", "xlsx"])
def test_a_strict_package_is_read_and_changed(paper: Path, tmp_path: Path) -> None:
    strict, fixed = tmp_path / f"strict{paper.suffix}", tmp_path / f"fixed{paper.suffix}"
    strict.write_bytes(
        packed({name: STRICT.sub(rb"http://purl.oclc.org/ooxml/\1/\2", xml) for name, xml in parts(paper).items()})
    )
    patch(strict, fixed, {COUNT: 3441})
    assert read(strict).report == read(paper).report
    assert changes(read(paper).report, read(fixed).report) == {COUNT: "3441"}


STRICT = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(main|relationships)")


def test_a_cell_keeps_its_look_and_its_other_texts_go(tmp_path: Path) -> None:
    paper, file = tmp_path / "paper.docx", tmp_path / "fixed.docx"
    write(report(), paper)
    document = docx.Document(str(paper))
    cell = next(cell for cell in document.tables[1]._cells if cell.text == "3440")
    run = cell.paragraphs[0].runs[0]
    run.text, run.bold = "34", True
    cell.paragraphs[0].add_run("40")
    cell.add_paragraph("（其中网上3000件）")
    document.save(str(paper))
    patch(paper, file, {COUNT: 7})
    fixed = next(cell for cell in docx.Document(str(file)).tables[1]._cells if cell.text.strip() == "7")
    assert [[(run.text, run.bold) for run in paragraph.runs] for paragraph in fixed.paragraphs] == [
        [("7", True), ("", None)],
        [("", None)],
    ]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_blanks_are_filled_in(suffix: str, tmp_path: Path) -> None:
    paper, file = tmp_path / f"paper{suffix}", tmp_path / f"fixed{suffix}"
    filled: dict[str, int] = {at: place for place, at in enumerate(numbers(Report2021))}
    write(marked(*(Mark(at, "blank", "/") for at in filled)), paper)
    patch(paper, file, filled)
    assert {at: int(value) for at, value in cells(read(file).report).items() if value is not None} == filled


PARAGRAPHS = {
    "<w:p/>": "<w:p><w:r><w:t>5</w:t></w:r></w:p>",
    '<w:p w:x="/>"></w:p>': '<w:p w:x="/>"><w:r><w:t>5</w:t></w:r></w:p>',
    "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>": "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>"
    "<w:r><w:rPr><w:b/></w:rPr><w:t>5</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t></w:r></w:p>": "<w:p><w:r><w:t>5</w:t></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t/></w:r></w:p>": "<w:p><w:r><w:rPr><w:vanish/></w:rPr>"
    "<w:t>9</w:t></w:r><w:r><w:t>5</w:t></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:vertAlign/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>22</w:t></w:r></w:p>": "<w:p><w:r><w:rPr>"
    "<w:vertAlign/></w:rPr></w:r><w:r><w:t>5</w:t></w:r></w:p>",
    "<w:p><w:del><w:r><w:t>9</w:t></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins></w:p>": "<w:p><w:del><w:r><w:t>9</w:t>"
    "</w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins></w:p>",
}


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_number_is_put_where_the_text_of_a_cell_is_seen(paragraph: str) -> None:
    before, after = (
        Package(docx_of(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"))
        for inner in (paragraph, PARAGRAPHS[paragraph])
    )
    place = Place(table=1, row=1, column=1)
    assert patch_word.patched_parts(before, {place: "5"}) == {"word/document.xml": after.part("word/document.xml")}


CELLS = {
    '<c r="A1" s="3" t="s"><v>0</v></c>': '<c r="A1" s="3"><v>5</v></c>',
    '<c r="A1" s="3"/>': '<c r="A1" s="3"><v>5</v></c>',
    '<c s="3"><f>1+1</f><v>2</v></c>': '<c s="3"><f>1+1</f><v>5</v></c>',
    '<c r="A1" t="str"><f>A2&amp;""</f><v>x</v></c>': '<c r="A1"><f>A2&amp;""</f><v>5</v></c>',
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_of_a_workbook_keeps_its_style_and_its_formula(cell: str) -> None:
    before, after = (
        Package(xlsx_of(f"<sheetData><row>{inner}</row></sheetData>", "<si><t>三</t></si>"))
        for inner in (cell, CELLS[cell])
    )
    changed = patch_spreadsheet.patched_parts(before, {Place(table=1, row=1, column=1): "5"})
    assert changed["xl/worksheets/sheet1.xml"] == after.part("xl/worksheets/sheet1.xml")
    assert (b'fullCalcOnLoad="1"' in changed.get("xl/workbook.xml", b"")) == ("<f>" in cell)


def test_the_formulas_of_a_workbook_are_told(tmp_path: Path) -> None:
    paper, row = tmp_path / "paper.xlsx", "requests.newly_received"
    place = next(entry.place for entry in read(XLSX).sheet.cells if entry.at == f"{row}.total")
    name = sheet_parts(Package(XLSX.read_bytes()))[place.sheet]
    cell = re.compile(rf'(<c r="{letters(place.column)}{place.row}"[^>]*>)(<v>)'.encode())
    changed = {
        part: cell.sub(rb"\1<f>SUM(D6:I6)</f>\2", xml) if part == name else xml for part, xml in parts(XLSX).items()
    }
    paper.write_bytes(packed(changed))
    patched = patch(paper, tmp_path / "fixed.xlsx", {f"{row}.natural_person": 1})
    assert patched.computed == (f"{row}.total",)
    assert b"SUM(D6:I6)</f>" in parts(tmp_path / "fixed.xlsx")[name]


def test_an_amount_keeps_its_written_form_in_a_workbook() -> None:
    package = Package(xlsx_of('<sheetData><row r="1"><c r="A1"/><c r="B1"/></row></sheetData>'))
    texts = {Place(table=1, row=1, column=1): "18.8710", Place(table=1, row=1, column=2): "18.871"}
    [sheet] = patch_spreadsheet.patched_parts(package, texts).values()
    assert b'<c r="A1" t="inlineStr"><is><t>18.8710</t></is></c><c r="B1"><v>18.871</v></c>' in sheet


def test_every_fault_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as caught:
        patch(DOCX, tmp_path / "fixed.docx", {"requests.nothing": 1, COUNT: -1, "requests": 5, "year": 2024})
    assert [fault.pointer for fault in caught.value.faults] == [
        "/year",
        "/requests/nothing",
        "/requests",
        f"/{COUNT.replace('.', '/')}",
    ]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["paper.docx", "folder/../paper.docx", "symbolic.docx", "hard.docx"])
def test_a_paper_is_not_written_over(name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    (tmp_path / "symbolic.docx").symlink_to(paper)
    (tmp_path / "hard.docx").hardlink_to(paper)
    with pytest.raises(Unwritable, match="choose another name"):
        patch(paper, tmp_path / name, {COUNT: 1})
    assert paper.read_bytes() == b"old"


def test_a_paper_of_another_kind_is_written_anew(tmp_path: Path) -> None:
    paper = CORPUS / "documents" / "huaian-2024.html"
    patched = patch(paper, tmp_path / "fixed.docx", {COUNT: 5})
    assert patched.is_new
    assert changes(read(paper).report, read(tmp_path / "fixed.docx").report) == {COUNT: "5"}


def test_json_keeps_its_marks_and_declares_what_is_still_wrong(tmp_path: Path) -> None:
    patch(CORPUS / "hongze-2023.json", tmp_path / "fixed.json", {TOTAL: 11})
    before, after = report("hongze-2023"), load(tmp_path / "fixed.json", as_found=True)
    assert changes(before, after) == {TOTAL: "11"}
    assert after.marks == before.marks
    assert [item.at for item in before.discrepancies if item not in after.discrepancies] == [TOTAL]


def test_a_report_without_a_year_cannot_be_written_anew(tmp_path: Path) -> None:
    paper = tmp_path / "paper.html"
    paper.write_text(papers.as_html(papers.document(report())).replace("2024年", ""), encoding="utf-8")
    with pytest.raises(Unwritable, match="year"):
        patch(paper, tmp_path / "fixed.docx", {COUNT: 5})
