"""Tests of `write`: what was written is read back, in every kind of file; it looks like the annex; nothing is lost."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import Address, AnyReport, Malformed, Mark, Report2021, Unwritable, cells, read, replace, write
from gkformat.base.findings import MarkKind
from gkformat.judgement.marks import row_groups
from gkformat.notation.outline import numbers
from gkformat.readers.document import Document, Table
from gkformat.readers.files import word
from gkformat.strategies import broken, printable, sheets
from gkformat.writers import KINDS, render
from packages import packed
from readings import marked, read_here, report, reported

SUFFIXES = [suffix for suffix in KINDS if suffix != ".json"]
TEXTS = {
    "agency": "甲市乙县人民政府",
    "preface": "本报告由甲市乙县人民政府编制。",
    "overview": "一年来各项工作照常进行。\n1.主动公开 *重点* 信息 & <若干>。\n（一）依申请公开。",
    "problems_and_improvements": "人手不足。",
    "other_matters": "没有收取信息处理费。",
}


def written_and_read(made: AnyReport, suffix: str) -> AnyReport:
    data, rewritten = render(made, suffix)
    assert rewritten == ()
    back: AnyReport | None = read_here(data).report
    assert back is not None
    return back


@pytest.mark.parametrize("suffix", KINDS)
@settings(max_examples=10)  # a document takes a while
@given(st.data())
def test_what_was_written_is_read_back(suffix: str, data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(["2021", "2019"]))
    found = data.draw(
        sheets(edition=edition).map(lambda paper: paper.report) | broken(edition=edition).map(lambda it: it.report)
    )
    marks = tuple(mark for mark in found.marks if mark.text == mark.text.strip())
    made = replace(found, marks=marks, **TEXTS)
    data_written, rewritten = render(made, suffix)
    assert rewritten == ()
    assert (read(data_written) if suffix == ".json" else read_here(data_written)).report == made


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=10)
@given(st.sampled_from(["2021", "2019"]).flatmap(lambda edition: printable(edition=edition)))
def test_texts_are_read_back(suffix: str, made: AnyReport) -> None:
    assert written_and_read(made, suffix) == made


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_marks_without_a_text_and_groups_in_one_row_are_read_back(suffix: str) -> None:
    first, second, *_ = row_groups(Report2021)
    kinds: list[MarkKind] = ["blank", "annotated", "unreadable", "out-of-range", "absent"]
    plain = numbers(Report2021)[11:21]
    made = replace(marked(Mark(first, "merged"), Mark(second, "merged"), *map(Mark, plain, kinds * 2)), **TEXTS)
    assert written_and_read(made, suffix) == made


def test_a_blank_table_without_labels_beside_it_is_a_table_in_a_workbook() -> None:
    last = [at for at in numbers(Report2021) if at.within(Address("reconsideration_and_litigation"))]
    made = replace(marked(*(Mark(at, "blank") for at in last)), **TEXTS)
    reading = read_here(render(made, ".xlsx")[0])
    assert (reading.report, reading.findings.items) == (made, ())


ODD = [
    "#REF!",
    "约20",
    "=1+1",
    "@甲",
    "a|b",
    "*三*",
    "<b>三</b>",
    "三千\n二百",
    "1.",
    "# 三",
    "\\三",
    "三 千",
    "_x0041_",
]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_texts_that_mean_something_to_a_format_stay_texts(suffix: str) -> None:
    texts = [text for text in ODD if "\n" not in text or suffix != ".txt"]
    marks = (Mark(at, "unreadable", text) for at, text in zip(numbers(Report2021)[20:], texts, strict=False))
    made = replace(marked(*marks), **TEXTS)
    assert written_and_read(made, suffix) == made


TWISTED = {
    "agency": "甲|乙\n丙局",
    "overview": "总计\n数据",
    "problems_and_improvements": "<table><tr><td>1</td></tr></table>",
    "other_matters": "信息内容",
}
"""Texts that are labels of the form, tables of a page, or the names of a site."""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_texts_are_read_back_or_listed(suffix: str) -> None:
    made = replace(report(), **TWISTED)
    try:
        data, rewritten = render(made, suffix)
    except Unwritable:
        assert suffix == ".txt"
        return
    expected = TWISTED | {str(item.at): item.written for item in rewritten}
    back = reported(read_here(data))
    assert {name: getattr(back, name) for name in TWISTED} == {name: expected[name] for name in TWISTED}
    assert expected["agency"] in {"", "甲|乙 丙局"}
    assert cells(back) == cells(made)


def test_what_a_document_cannot_hold_is_listed() -> None:
    given = {**TEXTS, "overview": "　　一。\n\n二\t三。", "preface": "五、存在的主要问题及改进情况"}
    _, rewritten = render(replace(report(), **given), ".docx")
    assert [(item.at, item.written) for item in rewritten] == [("preface", ""), ("overview", "一。\n二 三。")]


HIDDEN = {
    ".docx": (r"docProps/|customXml/|styles|settings|theme|fontTable|numbering", r' w:rsid\w+="[^"]*"|<w:tblHeader/>'),
    ".xlsx": (
        r"docProps/|theme|styles\.xml",
        r"(?s)<(definedNames|sheetPr)>.*?</\1>|<(?:pageSetup|pageMargins|printOptions)\b.*?/>| s=\"[^\"]*\"",
    ),
    ".html": (
        "",
        r"(?s)<title>.*?</title>|<style>.*?</style>|<col .*?>|</?(?:div|article|thead|tbody)\b[^>]*>| class=\"\w*\"",
    ),
}
"""Of each kind of file: parts, and what is in the others, that nobody sees as text."""


@pytest.mark.parametrize("suffix", HIDDEN)
def test_what_is_read_is_what_is_printed(suffix: str) -> None:
    first, *_ = row_groups(Report2021)
    made = replace(marked(Mark(first, "merged"), Mark(numbers(Report2021)[20], "unreadable", "约20")), **TEXTS)
    data, _ = render(made, suffix)
    parts, hidden = HIDDEN[suffix]
    stripped = _stripped(data, parts, hidden) if parts else re.sub(hidden.encode(), b"", data)
    assert len(stripped) < len(data)
    assert read_here(stripped).report == made


def _stripped(package: bytes, parts: str, hidden: str) -> bytes:
    with ZipFile(BytesIO(package)) as file:
        kept = {name: file.read(name) for name in file.namelist() if not re.search(parts, name)}
    return packed({name: re.sub(hidden.encode(), b"", xml) for name, xml in kept.items()})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_year_is_read_though_the_body_is_not(suffix: str) -> None:
    made = replace(report(), agency="«1»")
    data, rewritten = render(made, suffix)
    assert [(item.at, item.written) for item in rewritten if item.given == "«1»"] == [("agency", "")]
    back = reported(read_here(data))
    assert (back.year, cells(back)) == (made.year, cells(made))


def test_lines_that_markdown_draws_across_the_page_stay_texts() -> None:
    made = replace(report(), **{**TEXTS, "other_matters": "---\n***\n- - -\n-3\n==="})
    assert written_and_read(made, ".md") == made


@pytest.mark.parametrize("text", ["甲|乙|丙", "`甲`", "\\甲"])
def test_a_plain_text_says_what_its_signs_are_taken_for(text: str) -> None:
    data, rewritten = render(replace(report(), **{**TEXTS, "other_matters": text}), ".txt")
    assert reported(read_here(data)).other_matters == (rewritten[0].written if rewritten else text)


def test_a_plain_text_that_would_be_taken_for_a_page_is_refused() -> None:
    with pytest.raises(Unwritable, match="markup"):
        render(replace(report(), overview="<body><p><p><table>"), ".txt")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_control_character_is_refused_before_anything_is_written(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"report{suffix}"
    file.write_text("old")
    with pytest.raises(Malformed) as caught:
        write(replace(report(), overview="一\x0b。", other_matters="\x00"), file)
    assert [fault.at for fault in caught.value.faults] == ["overview", "other_matters"]
    assert file.read_text() == "old"


def test_a_text_that_is_too_long_for_a_cell_is_refused() -> None:
    long = replace(report(), **{**TEXTS, "overview": "字" * 32_768})
    assert written_and_read(long, ".docx") == long
    with pytest.raises(Malformed) as caught:
        render(long, ".xlsx")
    assert [fault.at for fault in caught.value.faults] == ["overview"]


def test_a_cell_of_a_text_has_one_line() -> None:
    at = numbers(Report2021)[20]
    _, rewritten = render(marked(Mark(at, "unreadable", "三千\n二百")), ".txt")
    assert [(item.at, item.written) for item in rewritten] == [(at, "三千 二百")]


def test_an_unknown_suffix_says_which_are_known(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"\.pdf.*\.docx \.xlsx"):
        write(report(), tmp_path / "report.pdf")


def test_nothing_in_a_workbook_is_a_formula() -> None:
    data, _ = render(marked(Mark(numbers(Report2021)[0], "unreadable", "=1+1")), ".xlsx")
    book = openpyxl.load_workbook(BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"n", "s"}


def test_the_tables_of_a_document_are_those_of_the_annex(shared: Path) -> None:
    annex = word.parse((shared / "corpus" / "raw" / "template-2021-format.docx").read_bytes())
    data, _ = render(marked(*(Mark(at, "blank") for at in numbers(Report2021))), ".docx")
    assert _shapes(word.parse(data)) == _shapes(annex)


def _shapes(document: Document) -> list[list[list[tuple[str, int, int]]]]:
    """Return the tables of a document: of each cell the text, without blanks, and the rows and columns it spans."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        [[("".join(cell.text.split()), cell.rows, cell.columns) for cell in row] for row in table.rows]
        for table in tables
    ]
