"""Reading what agencies publish: every kind of file, the odd things that real reports do, and what cannot be read."""

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, get_type_hints
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from attrs import evolve
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import papers
from gkformat import AnyReport, Malformed, Mark, Reading, Report2021, Unreadable, cells, dumps, load, read, replace
from gkformat.forms.editions import EDITIONS
from gkformat.kirogov import to_kirogov
from gkformat.notation.outline import nodes, numbers
from gkformat.readers import detect
from gkformat.readers.assemble import of_document
from gkformat.readers.decoding import decode
from gkformat.readers.document import FILE_KINDS, Cell, Document, Paragraph, Table
from gkformat.readers.files import csv, html, markdown, spreadsheet, word
from gkformat.readers.files import text as plain
from gkformat.readers.guard import guarded
from gkformat.readers.matching.cuts import possible_cuts
from gkformat.readers.matching.labels import SECTIONS, VARIANTS, core
from gkformat.readers.matching.layout import lay_out
from gkformat.readers.matching.values import read_cell
from support import CORPUS


def report(name: str = "suqian-2024") -> AnyReport:
    return load(CORPUS / f"{name}.json", as_found=True)


def open_cells(reading: Reading) -> set[str]:
    return {entry.at for entry in reading.sheet.cells if entry.state in {"unreadable", "missing"}}


def said(reading: Reading) -> set[tuple[str, str]]:
    return {(finding.rule, str(finding.at)) for finding in reading.findings}


def wrong(reading: Reading, truth: AnyReport) -> list[str]:
    """The cells of a reading that say something else than the paper."""
    expected = cells(truth)
    return [
        entry.at
        for entry in reading.sheet.cells
        if entry.state in {"number", "annotated"} and str(entry.value) != str(expected[entry.at])
    ]


# -- every kind of file --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["suqian-2024", "pingtan-2019"])
@pytest.mark.parametrize("way", [way for way in papers.KINDS if "glued" not in way])
def test_every_kind_gives_every_cell(way: str, name: str) -> None:
    truth = report(name)
    kind, written = papers.KINDS[way]
    reading = read(written(papers.document(truth)))
    assert reading.sheet.kind == kind
    assert list(reading.findings) == []
    assert cells(reading.report) == cells(truth)
    assert reading.report.marks == truth.marks
    assert reading.report.discrepancies == truth.discrepancies
    assert (reading.report.agency, reading.report.year) == (truth.agency, truth.year)
    assert reading.report.preface == papers.LEAD
    assert {name: getattr(reading.report, name) for name in papers.TEXT} == papers.TEXT


def test_our_own_json_comes_back_whole() -> None:
    for name in ("shanghai-office-2019", "hongze-2023"):
        truth = report(name)
        reading = read(dumps(truth).encode())
        assert reading.report == truth
        assert reading.findings.items == ()
        assert reading.sheet.edition == truth.edition
        assert reading.sheet.merged == tuple(mark.at for mark in truth.marks if mark.kind == "merged")


def test_the_json_of_kirogovcompare() -> None:
    truth = report()
    assert isinstance(truth, Report2021)
    payload = {**to_kirogov(truth), "unit_name": truth.agency, "year": truth.year}
    assert cells(read(json.dumps(payload).encode()).report) == cells(truth)


def test_a_path_is_read_and_the_kind_is_seen_from_the_content(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(papers.as_docx(papers.document(report())))
    assert read(file).sheet.kind == read(str(file)).sheet.kind == "word"


def test_numbers_that_ran_into_each_other_are_cut_by_the_arithmetic_or_left_open() -> None:
    truth = report("pingtan-2023")
    glued = papers.as_text(papers.document(truth), "", "")
    reading = read(glued.encode())
    assert wrong(reading, truth) == []
    documents = "proactive_disclosure.documents.normative_documents"
    assert open_cells(reading) == {f"{documents}.{name}" for name in ("issued", "repealed", "in_force")}
    assert {rule for rule, _ in said(reading)} == {"cells-cut"}
    assert ("cells-cut", documents) in said(reading)
    assert cells(reading.report)[numbers(Report2021)[3]] is None


GLUED = {"proactive_disclosure.documents.normative_documents"}


@pytest.mark.parametrize("name", papers.DOCUMENTS)
def test_the_documents_of_the_corpus(name: str) -> None:
    truth = report(Path(name).stem)
    reading = read(CORPUS / "documents" / name)
    assert wrong(reading, truth) == []
    glued = {at for at in cells(truth) if at.rpartition(".")[0] in GLUED} if name == "pingtan-2021.txt" else set()
    assert open_cells(reading) == glued
    assert reading.report.marks == truth.marks or glued


def as_extract(block: Table) -> str:
    """Rows between bars, as an extract of a page has them: a bar more for each column that a cell reaches over."""
    rows = ((" | ".join(cell.text for cell in row), sum(cell.columns - 1 for cell in row)) for row in block.rows)
    return "\n".join(f"| {texts} | {'|' * wide}" for texts, wide in rows)


def as_list(block: Table) -> str:
    """The same with a line for each cell."""
    rows = (
        ["\n".join(f"{cell.text} |".strip() for cell in row), "|" * sum(cell.columns - 1 for cell in row)]
        for row in block.rows
    )
    return "\n".join(line for row in rows for line in row if line)


def as_scan(block: Table) -> str:
    """A table of HTML in a text, as optical recognition writes it."""
    return f"\n{papers.as_html(Document('html', [block]))}\n"


def as_tabs(block: Table) -> str:
    return "\n".join("\t".join(cell.text for cell in row) for row in block.rows)


@pytest.mark.parametrize("name", ["suqian-2024", "pingtan-2019"])
@pytest.mark.parametrize(
    ("way", "kind"), [(as_extract, "text"), (as_list, "text"), (as_tabs, "text"), (as_scan, "markdown")]
)
def test_tables_in_a_text(name: str, way: Callable[[Table], str], kind: str) -> None:
    truth = report(name)
    blocks = papers.document(truth).blocks
    text = "\n".join(way(block) if isinstance(block, Table) else block.text for block in blocks)
    reading = read(text.encode())
    assert reading.sheet.kind == kind
    assert list(reading.findings) == []
    assert cells(reading.report) == cells(truth)
    assert reading.report.overview == papers.TEXT["overview"]


# -- real reports --------------------------------------------------------------------------------------

OPEN = {
    "pingtan-2019.page.txt": 19,
    "pingtan-2020.page.txt": 19,
    "pingtan-2021.page.txt": 3,
    "pingtan-2022.page.txt": 3,
    "pingtan-2023.page.txt": 3,
    "pingtan-2024.page.txt": 3,
}
"""How many cells of a real report are left open; of all others, none."""


@pytest.mark.parametrize(
    "name", ["gaoqing-gaocheng-2024.txt", "hangzhou-style-2025.html", "shanghai-office-2019.html", *OPEN]
)
def test_real_reports(shared: Path, name: str) -> None:
    truth = report(name.split(".", maxsplit=1)[0])
    reading = read(shared / "corpus" / "raw" / name, agency=truth.agency, year=truth.year)
    assert wrong(reading, truth) == []
    assert reading.sheet.edition == truth.edition
    assert len(open_cells(reading)) == OPEN.get(name, 0)
    blank = {str(entry.at) for entry in reading.sheet.cells if entry.state == "blank"}
    assert blank == {str(mark.at) for mark in truth.marks if mark.kind == "blank"}
    assert (reading.report.agency, reading.report.year) == (reading.sheet.agency or truth.agency, truth.year)
    if name not in OPEN:  # of those, only the tables were kept
        assert list(reading.findings) == []
        assert reading.sheet.year == truth.year
        assert reading.report.marks == truth.marks


def test_the_blank_form_of_the_notice_is_all_blank(shared: Path) -> None:
    reading = read(shared / "corpus" / "raw" / "template-2021-format.docx")
    assert {entry.state for entry in reading.sheet.cells} == {"blank"}
    assert reading.report is None
    assert said(reading) == {("title-incomplete", "agency"), ("title-incomplete", "year")}


# -- cells as they stand -------------------------------------------------------------------------------

COUNT = "requests.newly_received.natural_person"
FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
CHANGE = "proactive_disclosure.licensing.administrative_licenses.change"
TOTAL = "proactive_disclosure.procurement.centralized_procurement.total_amount"


@pytest.mark.parametrize(
    ("edition", "at", "text", "state", "value"),
    [
        ("2021", COUNT, "22", "number", "22"),
        ("2021", COUNT, " 0 \n", "number", "0"),
        ("2021", COUNT, "１２３", "number", "123"),
        ("2021", COUNT, "11,398,889", "number", "11398889"),
        ("2021", COUNT, "2\u200b2", "number", "22"),
        ("2021", COUNT, "\u3000", "blank", None),
        ("2021", COUNT, "/", "blank", None),
        ("2021", COUNT, "——", "blank", None),
        ("2021", COUNT, "不适用", "blank", None),
        ("2021", COUNT, "0件", "annotated", "0"),
        ("2021", COUNT, "22（其中修订16件）", "annotated", "22"),
        ("2021", COUNT, "3.0", "annotated", "3"),
        ("2021", COUNT, "2〔1〕", "annotated", "2"),
        ("2021", COUNT, "22¹", "unreadable", None),
        ("2021", COUNT, "2①", "unreadable", None),
        ("2021", COUNT, "1 0", "unreadable", None),
        ("2021", COUNT, "007", "unreadable", None),
        ("2021", COUNT, "1,0", "unreadable", None),
        ("2021", COUNT, "-1", "unreadable", None),
        ("2021", COUNT, "2.5", "unreadable", None),
        ("2021", COUNT, "l0", "unreadable", None),
        ("2021", COUNT, "约20", "unreadable", None),
        ("2021", COUNT, "9" * 17, "unreadable", None),
        ("2021", COUNT, "9" * 100, "unreadable", None),
        ("2021", FEE, "18.8710", "number", "18.8710"),
        ("2021", FEE, "72,701.2578", "number", "72701.2578"),
        ("2021", FEE, "18.8710万元", "annotated", "18.8710"),
        ("2021", FEE, "18万", "annotated", "18"),
        ("2021", FEE, "188710元", "unreadable", None),
        ("2021", FEE, "1.1234567", "unreadable", None),
        ("2019", TOTAL, "251000元", "annotated", "251000"),
        ("2019", CHANGE, "+19", "number", "19"),
        ("2019", CHANGE, "－8", "number", "-8"),
        ("2019", CHANGE, "减4", "annotated", "-4"),
        ("2019", CHANGE, "增加19项", "annotated", "19"),
        ("2019", CHANGE, "减少", "unreadable", None),
    ],
)
def test_a_cell(edition: str, at: str, text: str, state: str, value: str | None) -> None:
    found = read_cell(nodes(EDITIONS[edition].report)[at], text)  # type: ignore[index]
    assert (found.state, None if found.value is None else str(found.value)) == (state, value)
    assert found.text == text.strip()


def test_what_is_no_number_is_an_open_cell_that_keeps_its_text() -> None:
    reading = spoiled(lambda made: put(made, 1, "一、本年新收", 1, "l0"))
    assert said(reading) == {("cell-unreadable", COUNT)}
    assert Mark(COUNT, "blank", "l0") in reading.report.marks
    assert reading.sheet.entries[nodes(Report2021)[COUNT].at].state == "unreadable"  # type: ignore[index]


# -- tables that are not as they should be -------------------------------------------------------------


def spoiled(spoil: Callable[[list[papers.Rows]], object], name: str = "suqian-2024") -> Reading:
    """What is read of a paper whose tables were changed."""
    truth = report(name)
    made = papers.tables(truth)
    spoil(made)
    reading = of_document(papers.document(truth, made))
    assert wrong(reading, truth) == [] or reading.findings.items != ()
    return reading


def at_label(rows: papers.Rows, label: str) -> tuple[int, int]:
    return next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.text.startswith(label))


def put(made: list[papers.Rows], table: int, label: str, after: int, text: str) -> None:
    """Write into a cell so many places after a label."""
    row, column = at_label(made[table], label)
    made[table][row][column + after] = evolve(made[table][row][column + after], text=text)


ROWS = "requests.outcomes"


def test_one_row_for_a_group_is_merged() -> None:
    truth = report("hongze-2023")
    made = papers.tables(truth)
    first, _ = at_label(made[1], "（六）其他处理")
    last, _ = at_label(made[1], "3.其他")
    made[1][first : last + 1] = [[Cell("（六）其他处理", columns=2), *made[1][last][1:]]]
    reading = of_document(papers.document(truth, made))
    assert list(reading.findings) == []
    assert reading.report.marks == truth.marks
    assert reading.report.requests == truth.requests


def test_a_table_printed_as_two_with_or_without_its_header_again() -> None:
    truth = report()
    for again in (True, False):
        one, two, three = papers.tables(truth)
        cut, _ = at_label(two, "（四）无法提供")
        head = two[:3] if again else []
        blocks: list[Table | Paragraph] = []
        for block in papers.document(truth).blocks:
            if isinstance(block, Table) and block == Table(two):
                blocks += [Table(two[:cut]), Paragraph("— 5 —"), Table([*head, *two[cut:]])]
            else:
                blocks.append(block)
        reading = of_document(Document("html", blocks))
        assert cells(reading.report) == cells(truth)
        assert {rule for rule, _ in said(reading)} <= {"not-in-form"}
        assert [item.text for item in reading.sheet.leftovers] == ["— 5 —"]
        assert one
        assert three


def test_a_table_printed_twice_with_the_same_numbers_is_one_and_with_others_open() -> None:
    truth = report()
    document = papers.document(truth)
    twice = Document("html", [*document.blocks, *[block for block in document.blocks if isinstance(block, Table)]])
    assert cells(of_document(twice).report) == cells(truth)
    other = papers.document(report("suqian-2023")).blocks
    reading = of_document(Document("html", [*document.blocks, *[block for block in other if isinstance(block, Table)]]))
    assert wrong(reading, truth) == []
    assert ("cell-conflict", COUNT) in said(reading)
    assert COUNT in open_cells(reading)


def test_an_extra_row_is_kept_and_reported() -> None:
    reading = spoiled(lambda made: made[0].insert(4, [Cell("其他主动公开文件"), Cell("186"), Cell("86"), Cell("255")]))
    assert said(reading) == {("not-in-form", "")}
    assert [item.text for item in reading.sheet.leftovers] == ["其他主动公开文件 | 186 | 86 | 255"]
    assert open_cells(reading) == set()


def test_a_missing_last_cell_is_open_and_nothing_is_shifted() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = at_label(made[1], "（一）予以公开")
        made[1][row].pop()

    assert said(spoiled(spoil)) == {("cells-misaligned", f"{ROWS}.granted")}
    assert open_cells(spoiled(spoil)) == {f"{ROWS}.granted.total"}


def test_a_row_that_is_not_there() -> None:
    reading = spoiled(lambda made: made[1].pop(at_label(made[1], "2.重复申请")[0]))
    assert said(reading) == {("cell-missing", f"{ROWS}.not_processed.duplicate")}


def test_labels_that_are_lost_are_taken_by_their_place() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for row in made[1]:
            for at, cell in enumerate(row):
                if cell.text[:2] in {f"{n}." for n in range(1, 9)}:
                    row[at] = evolve(cell, text="")

    reading = spoiled(spoil)
    assert open_cells(reading) == set()
    assert {rule for rule, _ in said(reading)} == {"label-differs"}
    assert len(said(reading)) == 19


def test_rows_out_of_order_are_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        one, other = (at_label(made[1], label)[0] for label in ("2.重复申请", "3.要求提供公开出版物"))
        made[1][one], made[1][other] = made[1][other], made[1][one]

    reading = spoiled(spoil)
    rows = {f"{ROWS}.not_processed.duplicate", f"{ROWS}.not_processed.published_material"}
    assert said(reading) == {("position-differs", row) for row in rows}
    assert {at.rpartition(".not_processed.")[2].split(".")[0] for at in open_cells(reading)} == {
        "duplicate",
        "published_material",
    }


def test_a_misspelt_label_is_recognised_and_said() -> None:
    reading = spoiled(lambda made: put(made, 1, "1.本机关不掌握", 0, "1.本机关不章握相关攻府信息"))
    assert said(reading) == {("label-differs", f"{ROWS}.unavailable.not_held")}
    assert open_cells(reading) == set()


@pytest.mark.parametrize(
    ("table", "label", "text"),
    [
        (0, "第二十条第（一）项", "第二十条  第(一)项"),
        (0, "现行有效件数", "现行有效件"),
        (0, "行政规范性文件", "规范性文件"),
        (1, "（二）部分公开", "（二）部分公开"),
        (1, "1.申请人无正当理由", "1、逾期不补正"),
        (1, "3.危及", "3. 危及'三安全一稳定'"),
        (1, "（七）总计", "(七) 合计"),
        (1, "商业企业", "商业\n企业"),
        (1, "（本列数据", ""),
    ],
)
def test_known_variants_are_nothing_to_speak_of(table: int, label: str, text: str) -> None:
    reading = spoiled(lambda made: put(made, table, label, 0, text))
    assert list(reading.findings) == []


@pytest.mark.parametrize(
    ("text", "opened"), [("本年收费金额", False), ("本年收费金额（单位：元）", True), ("本年收费金额(万元)", False)]
)
def test_a_fee_in_another_unit_is_left_open(text: str, opened: bool) -> None:
    reading = spoiled(lambda made: put(made, 0, "本年收费金额", 0, text))
    assert (FEE in open_cells(reading)) == opened
    assert bool(reading.findings.items) == (text != "本年收费金额")


def test_a_number_that_ran_into_its_label() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, _ = at_label(made[0], "规章")
        made[0][row][0:2] = [Cell("规章2")]

    reading = spoiled(spoil)
    assert open_cells(reading) == set()
    assert said(reading) == {("label-differs", "proactive_disclosure.documents.rules")}


def test_a_header_cut_into_two_real_rows() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        for at, cell in enumerate(made[1][2]):
            made[1][2][at] = evolve(cell, text=cell.text[:2])
        made[1].insert(
            3, [Cell("", columns=3), Cell(""), *map(Cell, ["企业", "机构", "公益组织", "服务机构", ""]), Cell("")]
        )

    assert open_cells(spoiled(spoil)) == set()


def test_an_extra_column_is_kept_and_reported() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        made[1][1].insert(2, Cell("法人小计", 2))
        for row in made[1][3:]:
            row.insert(len(row) - 1, Cell("5"))

    reading = spoiled(spoil)
    assert open_cells(reading) == set()
    assert said(reading) == {("not-in-form", "requests")}
    assert {item.text for item in reading.sheet.leftovers} == {"5"}


def test_columns_in_another_order_are_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        one, other = (at_label(made[1], label) for label in ("商业企业", "科研机构"))
        made[1][2][one[1]], made[1][2][other[1]] = made[1][2][other[1]], made[1][2][one[1]]

    reading = spoiled(spoil)
    assert ("position-differs", "requests") in said(reading)
    assert {at.rpartition(".")[2] for at in open_cells(reading)} == {"commercial_enterprise", "research_institution"}


def test_half_a_form_is_a_reading_without_a_report() -> None:
    truth = report()
    without = [block for block in papers.document(truth).blocks if not isinstance(block, Table)]
    reading = of_document(Document("html", without))
    assert reading.report is None
    tables = {"proactive_disclosure", "requests", "reconsideration_and_litigation"}
    assert said(reading) >= {("table-missing", at) for at in tables}


def test_the_edition_is_seen_from_the_tables_and_not_from_the_year() -> None:
    truth = replace(report("pingtan-2019"), year=2023)
    reading = of_document(papers.document(truth))
    assert (reading.sheet.edition, reading.report.year) == ("2019", 2023)


def test_without_the_first_table_the_edition_may_be_unknown() -> None:
    truth = report("pingtan-2019")
    keep = [block for block in papers.document(truth).blocks if not (isinstance(block, Table) and "规章" in str(block))]
    reading = of_document(Document("html", keep))
    assert ("edition-unknown", "") in said(reading)
    assert reading.report is None
    assert reading.sheet.edition == ""


def test_every_variant_stands_for_a_label_of_a_form() -> None:
    printed = {core(node.label) for edition in EDITIONS.values() for node in nodes(edition.report).values()}
    assert {*VARIANTS.values(), *SECTIONS.values()} <= printed
    assert all(core(variant) == variant for variant in {**VARIANTS, **SECTIONS})


# -- titles and texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["某县水务局2024年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["2024年某县水务局政府信息公开工作年度报告"], "某县水务局", 2024),
        (["某县水务局关于2024年度政府信息公开工作的年度报告"], "某县水务局", 2024),
        (["某县高山镇人民政府", "2024年政府信息公开工作年度报告"], "某县高山镇人民政府", 2024),
        (["某县高山镇人民政府", "2024年度", "政府信息公开工作年度报告"], "某县高山镇人民政府", 2024),
        (["首页 > 信息公开", "某县水务局 2024 年政府信息公开年度报告", "发布时间：2025-01-20"], "某县水务局", 2024),
        (["某县水务局二〇二四年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["发布机构：某县水务局", "2024年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["数据统计期限为2024年1月1日至2024年12月31日。"], "", 2024),
        (["按照国办公开办函〔2021〕30号编制。", "发布日期：2025-01-20"], "", None),
    ],
)
def test_a_title(lines: list[str], agency: str, year: int | None) -> None:
    blocks = papers.document(report()).blocks[2:]
    reading = of_document(Document("html", [*map(Paragraph, lines), *blocks]))
    assert (reading.sheet.agency, reading.sheet.year) == (agency, year)
    assert (reading.report is None) == (year is None)
    assert (("title-incomplete", "agency") in said(reading)) == (not agency)
    assert (("title-incomplete", "year") in said(reading)) == (year is None)


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("某县水务局2024年政府信息公开工作年度报告", "某县水务局", 2024),
        ("2024年政府信息公开工作年度报告", "某乡人民政府", 2024),
        ("", "某乡人民政府", 2021),
    ],
)
def test_what_the_paper_does_not_say_may_be_given(title: str, agency: str, year: int) -> None:
    paper = Document("html", [Paragraph(title), *papers.document(report()).blocks[2:]])
    page = papers.as_html(paper)
    for data in (page, json.dumps({"content": page})):
        reading = read(data.encode(), agency="某乡人民政府", year=2021)
        assert (reading.report.agency, reading.report.year) == (agency, year)
        assert list(reading.findings) == []
        assert (reading.sheet.agency, reading.sheet.year) == (agency * ("水" in title), year * bool(title) or None)


def test_a_year_that_is_none_may_not_be_given() -> None:
    paper = Document("html", papers.document(report()).blocks[2:])
    with pytest.raises(Malformed, match="/year"):
        read(papers.as_html(paper).encode(), year=1)


def test_a_title_that_only_the_metadata_have() -> None:
    page = (
        papers.as_page(papers.document(report())).replace("<p>宿迁市人民政府2024年", "<p>").replace("gb2312", "utf-8")
    )
    assert read(page.encode()).sheet.agency == "宿迁市人民政府"


def with_headings(headings: Mapping[str, str]) -> Reading:
    """What is read of a paper with other headings; an empty one is left out."""
    blocks = [
        evolve(block, text=headings.get(block.text, block.text)) if isinstance(block, Paragraph) else block
        for block in papers.document(report()).blocks
    ]
    return of_document(Document("html", [block for block in blocks if isinstance(block, Table) or block.text]))


def test_headings_in_other_words_and_with_other_numbers() -> None:
    reading = with_headings(
        {
            "一、总体情况": "（一）政府信息公开总体情况",
            "四、政府信息公开行政复议、行政诉讼情况": "三、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "五、存在的主要问题及改进情况": "存在问题及改进措施：",
            "六、其他需要报告的事项": "七、其他需要报告的事项。",
        }
    )
    assert list(reading.findings) == []
    assert reading.report.other_matters == papers.TEXT["other_matters"]


def test_a_heading_that_is_missing_is_said_and_its_text_kept() -> None:
    reading = with_headings({"五、存在的主要问题及改进情况": "", "二、主动公开政府信息情况": ""})
    assert said(reading) == {
        ("section-missing", "problems_and_improvements"),
        ("section-missing", "proactive_disclosure"),
        ("not-in-form", "reconsideration_and_litigation"),
    }
    assert reading.report.overview == papers.TEXT["overview"]
    assert [item.text for item in reading.sheet.leftovers] == [papers.TEXT["problems_and_improvements"]]


def test_a_section_that_the_form_has_not_and_a_heading_that_runs_on() -> None:
    reading = with_headings(
        {"没有收取信息处理费。": "七、下一步工作计划", "六、其他需要报告的事项": "六、其他需要报告的事项 没有。"}
    )
    assert reading.report.other_matters == "没有。"
    assert [item.text for item in reading.sheet.leftovers] == ["七、下一步工作计划"]
    assert said(reading) == {("not-in-form", "other_matters")}


PARTS = [
    "（一）主动公开情况。全年公开信息二百条。",
    "（二）依申请公开情况",
    "（一）政府信息主动公开情况。网站照常更新。",
    "（二）收到和处理政府信息公开申请情况",
    "全年收到的申请都按期答复。",
    "（三）行政复议、行政诉讼情况：没有败诉。",
    "4. 存在问题及改进措施",
    "主动公开政府信息情况",
]


def test_a_part_of_the_first_section_is_no_heading_of_a_later_one() -> None:
    text = "\n".join([papers.TEXT["overview"], *PARTS])
    blocks = papers.document(report()).blocks
    at = blocks.index(Paragraph(papers.TEXT["overview"]))
    reading = of_document(Document("html", [*blocks[: at + 1], *map(Paragraph, PARTS), *blocks[at + 1 :]]))
    assert list(reading.findings) == []
    assert reading.report.overview == text
    assert reading.report.problems_and_improvements == papers.TEXT["problems_and_improvements"]


# -- markup --------------------------------------------------------------------------------------------


def test_what_is_raised_struck_out_or_hidden_does_not_run_into_a_number() -> None:
    page = papers.as_html(papers.document(report()))
    for markup, text in {
        "3440<sup>1</sup>": "3440〔1〕",
        "<s>1</s>3440": "〔1〕3440",
        "<span style='display:none'>9</span>3440": "3440",
        "<input value='3440'>": "3440",
        "<p>34</p><p>40</p>": "34\n40",
        "3<b>4</b><span>40</span>": "3440",
        "3440<script>var a = 1</script>": "3440",
    }.items():
        reading = read(page.replace("<td>3440</td>", f"<td>{markup}</td>", 1).encode())
        found = {str(entry.at): entry for entry in reading.sheet.cells}[COUNT]
        assert found.text == text
        assert found.value in {3440, None}


def test_a_table_in_a_table_is_a_matter_of_layout() -> None:
    page = f"<table><tr><td>菜单</td><td>{papers.as_html(papers.document(report()))}</td></tr></table>"
    assert cells(read(page.encode()).report) == cells(report())


def test_what_word_keeps_beside_the_text(tmp_path: Path) -> None:
    made = docx.Document()
    run = "<w:r>{look}<w:t>{text}</w:t></w:r>"
    texts = {
        "inserted": f"<w:ins>{run.format(look='', text='12')}</w:ins>",
        "deleted": f"<w:del>{run.format(look='', text='9')}</w:del>{run.format(look='', text='12')}",
        "hidden": run.format(look="<w:rPr><w:vanish/></w:rPr>", text="9") + run.format(look="", text="12"),
        "raised": run.format(look="", text="12")
        + run.format(look='<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', text="1"),
        "struck": run.format(look="<w:rPr><w:strike/></w:rPr>", text="9") + run.format(look="", text="12"),
        "not struck": run.format(look='<w:rPr><w:strike w:val="0"/></w:rPr>', text="12"),
        "control": f"<w:sdt><w:sdtContent>{run.format(look='', text='12')}</w:sdtContent></w:sdt>",
    }
    cells_ = "".join(f"<w:tc><w:p>{text}</w:p></w:tc>" for text in texts.values())
    before = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    table = f"<w:tbl><w:tr>{cells_}</w:tr>{before}</w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run.format(look='', text='外')}</w:p>{table}<w:p/></w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:txbxContent><w:p>{run.format(look='', text='框')}</w:p></w:txbxContent></w:r></w:p>"
    for part in (
        outer,
        box,
        f"<w:sdt><w:sdtContent><w:p>{run.format(look='', text='控')}</w:p></w:sdtContent></w:sdt>",
        f"<w:del><w:p>{run.format(look='', text='删')}</w:p></w:del>",
        f"<w:p><w:del>{box[len('<w:p>') : -len('</w:p>')]}</w:del></w:p>",
    ):
        element = parse_xml(part.replace(">", f" {nsdecls('w')}>", 1))
        made.element.body.insert_element_before(element, "w:sectPr")
    file = tmp_path / "a.docx"
    made.save(str(file))
    blocks = word.parse(file.read_bytes()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["外", "框", "控"]
    (found,) = (block for block in blocks if isinstance(block, Table))
    assert dict(zip(texts, (cell.text for cell in found.rows[0]), strict=True)) == {
        "inserted": "12",
        "deleted": "12",
        "hidden": "12",
        "raised": "12〔1〕",
        "struck": "〔9〕12",
        "not struck": "12",
        "control": "12",
    }
    assert [cell.columns for cell in found.rows[1]] == [2, 1]


def test_all_tables_together_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkformat.readers.assemble.TABLE_CELLS", 10)
    with pytest.raises(Unreadable, match="过大"):
        of_document(papers.document(report()))
    monkeypatch.setattr(csv, "TABLE_CELLS", 3)
    with pytest.raises(Unreadable, match="过大"):
        csv.parse(b"1,2,3,4,5\n")


def test_columns_are_bounded() -> None:
    rows = lay_out(Table([[Cell("1", columns=10**6), Cell("2")]]))
    assert [len(row) for row in rows] == [1]


def test_what_markdown_marks() -> None:
    text = "# 题\n\n    缩进\n\n一<br>二<sup>3</sup>`四`\n\n| a | b |\n|---|---|\n| 1<br>2 | 3<sup>4</sup> |\n"
    blocks = markdown.parse(text.encode()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["题", "缩进", "一", "二〔3〕四"]
    (found,) = (block for block in blocks if isinstance(block, Table))
    assert [cell.text for cell in found.rows[1]] == ["1\n2", "3〔4〕"]


def test_a_page_calls_itself_by_its_metadata_and_a_table_by_its_caption() -> None:
    page = "<meta name='ArticleTitle' content='某局年报'><table><caption>表一</caption><tr><td>1</td></tr></table>"
    found = html.parse(page.encode())
    assert found.titles == ("某局年报",)
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["表一"]


def test_a_page_may_have_too_many_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_NODES", 3)
    with pytest.raises(Unreadable, match="节点过多"):
        html.parse(b"<p>1</p><p>2</p><p>3</p>")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding: str) -> None:
    truth = report()
    assert cells(read(papers.as_page(papers.document(truth)).encode(encoding)).report) == cells(truth)


def test_an_encoding_that_there_is_not_is_passed_over() -> None:
    assert decode('<meta charset="no-such">年'.encode("gb18030")).endswith("年")


def test_a_few_broken_bytes_cost_no_report() -> None:
    truth = report()
    page = papers.as_html(papers.document(truth)).encode() + b"<p>\xff</p>"
    assert cells(read(page).report) == cells(truth)


def test_a_text_may_end_in_a_cell() -> None:
    *_, found = plain.parse("文\n\t规章\n\t1\n\n\t2".encode()).blocks
    assert isinstance(found, Table)
    assert [[cell.text for cell in row] for row in found.rows] == [["规章", "1"], ["2"]]


@pytest.mark.parametrize(("text", "count"), [("1a", 2), ("", 2), ("1 2 3", 2), ("1" * 19, 2), ("1" * 60, 9)])
def test_what_is_not_cut(text: str, count: int) -> None:
    assert possible_cuts(text, count) is None


def test_too_many_ways_to_cut_are_not_tried() -> None:
    assert possible_cuts("1" * 40, 9) is None
    assert possible_cuts("1" * 5, 2) == [(1, 1111), (11, 111), (111, 11), (1111, 1)]


def test_a_library_that_is_not_installed_is_named() -> None:
    with pytest.raises(Unreadable, match=r"gkformat\[documents\]"), guarded("DOCX"):
        raise ImportError


def test_a_rule_of_a_drawn_table_is_no_row() -> None:
    text = "│规章│1│2│3│\n├──┼──┼──┼──┤\n| a | b |\n| --- | --- |\n文\n├──┤\n"
    found, *others = plain.parse(text.encode()).blocks
    assert isinstance(found, Table)
    assert [block.text for block in others if isinstance(block, Paragraph)] == ["文"]
    assert len(others) == 1
    assert [[cell.text for cell in row] for row in found.rows] == [["规章", "1", "2", "3"], [" a ", " b "]]


def test_a_sheet_may_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_ROWS", 5)
    with pytest.raises(Unreadable, match="过大"):
        spreadsheet.parse(papers.as_xlsx(papers.document(report())))


def test_a_document_whose_text_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "TEXT", 10)
    with pytest.raises(Unreadable, match="过大"):
        word.parse(papers.as_docx(papers.document(report())))


@pytest.mark.parametrize("kind", [kind for kind in FILE_KINDS if kind != "json"])
def test_every_kind_of_file_is_a_module_of_its_name(kind: str) -> None:
    parse = import_module(f"gkformat.readers.files.{kind}").parse
    assert get_type_hints(parse) == {"data": bytes, "return": Document}


# -- what cannot be read -------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


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
def test_unreadable(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(UNREADABLE[name]())
    assert " / " in str(caught.value)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "UNPACKED", 2**20)
    with pytest.raises(Unreadable, match="解压"):
        read(zipped(word__document_xml=bytes(2**20 + 1)))


@pytest.mark.parametrize("module", [csv, html, markdown, plain])
def test_a_text_may_be_too_long(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TEXT", 10)
    with pytest.raises(Unreadable, match="过大"):
        module.parse(b"<p>0123456789</p>")


def test_a_file_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "BYTES", 10)
    with pytest.raises(Unreadable, match="过大"):
        read(b"<p>0123456789</p>")


def test_a_table_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = papers.document(report())
    for module, data in ((html, papers.as_html(paper).encode()), (word, papers.as_docx(paper))):
        monkeypatch.setattr(module, "TABLE_CELLS", 10)
        with pytest.raises(Unreadable, match="过大"):
            module.parse(data)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        read("no/such/file.html")


def test_a_page_without_anything_and_marks_that_are_no_text() -> None:
    assert html.parse(b"<frameset><frame></frameset>").blocks == html.parse(b"").blocks == ()
    (paragraph,) = markdown.parse("收到 <b>3</b> 件 ![图](a.png)".encode()).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "收到 3 件"


def test_an_extra_row_without_numbers_is_nothing_to_speak_of() -> None:
    reading = spoiled(lambda made: made[1].insert(-1, [Cell("另有说明的事项", columns=3), *[Cell("")] * 7]))
    assert (said(reading), open_cells(reading), reading.sheet.leftovers) == (set(), set(), ())


def test_a_lost_label_below_the_label_of_another_group_is_left_open() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = at_label(made[1], "（四）无法提供")
        made[1][row][column] = evolve(made[1][row][column], text="（五）不予处理")
        for number in range(3):
            made[1][row + number] = [
                evolve(cell, text="") if cell.text[:2] in {"1.", "2.", "3."} else cell for cell in made[1][row + number]
            ]

    reading = spoiled(spoil)
    assert {f"{ROWS}.unavailable.not_held.total"} <= open_cells(reading)


def test_a_header_with_labels_run_together_and_a_slip_is_told_and_read() -> None:
    def spoil(made: list[papers.Rows]) -> None:
        row, column = at_label(made[1], "商业企业")
        made[1][row][column : column + 2] = [evolve(made[1][row][column], text="商业企业科研机构", columns=2)]
        row, column = at_label(made[1], "自然人")
        made[1][row][column] = evolve(made[1][row][column], text="自燃人")

    reading = spoiled(spoil)
    assert open_cells(reading) == set()
    assert "label-differs" in {rule for rule, _ in said(reading)}
