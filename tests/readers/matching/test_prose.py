"""Tests of collecting the text of the sections: where they begin and end, and that nothing is lost."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import papers
from gkformat import Reading
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.match_file import match_file
from readings import read_blocks, read_with_headings, report, reported, rules_at_addresses
from support import CORPUS

OTHER = papers.TEXT["other_matters"]
BLOCKS = papers.document(report()).blocks


def _read(front: list[str] = [], back: list[str] = []) -> Reading:  # noqa: B006
    """Return the reading of a report with lines after its title and after its last section."""
    return read_blocks(Document("html", [BLOCKS[0], *map(Paragraph, front), *BLOCKS[2:], *map(Paragraph, back)]))


def test_foreign_section_is_left_over() -> None:
    reading = read_with_headings(
        {"没有收取信息处理费。": "七、下一步工作计划", "六、其他需要报告的事项": "六、其他需要报告的事项 没有。"}
    )
    assert reported(reading).other_matters == "没有。"
    assert [item.text for item in reading.sheet.leftovers] == ["七、下一步工作计划"]
    assert rules_at_addresses(reading) == {("not-in-form", "other_matters")}


def test_preface_that_names_the_report_is_no_title() -> None:
    preface = ["现公布宿迁市人民政府2024年政府信息公开工作年度报告。", "全文由六部分组成", "某市办公室："]
    reading = _read(["发布时间：2025-01-20 来源：某办公室", *preface])
    assert reported(reading).preface == "\n".join(preface)
    assert list(reading.findings) == []


def test_title_that_runs_into_the_preface_is_apart() -> None:
    title, lead, *rest = BLOCKS
    assert isinstance(title, Paragraph)
    reading = read_blocks(Document("pdf", [Paragraph(f"{title.text}{papers.LEAD}"), *rest]))
    assert (reported(reading).agency, reported(reading).preface) == (report().agency, papers.LEAD)
    assert list(reading.findings) == []
    text = f"{title.text}由六部分组成。"
    assert (
        reported(read_blocks(Document("pdf", [title, Paragraph(text), lead, *rest]))).preface
        == f"{text}\n{papers.LEAD}"
    )


@pytest.mark.parametrize(
    "back",
    [
        ["宿迁市人民政府", "2025年1月20日"],
        ["宿迁市人民政府 2025年1月20日", "附件：表.pdf"],
        ["友情链接", "某县人民政府", "某县统计局", "建议使用 1920×1080 分辨率浏览"],
        ["上一篇：甲", "下一篇：乙"],
        ["扫一扫在手机打开当前页", "某县召开会议"],
        ["联系地址：某路1号", "邮政编码：100000"],
    ],
)
def test_what_follows_the_end_is_not_in_the_last_section(back: list[str]) -> None:
    reading = _read(back=back)
    assert reported(reading).other_matters == OTHER
    assert [item.text for item in reading.sheet.leftovers] == back
    assert list(reading.findings) == []


def test_last_section_may_be_empty() -> None:
    blocks = [block for block in BLOCKS if not (isinstance(block, Paragraph) and block.text == OTHER)]
    reading = read_blocks(Document("html", [*blocks, Paragraph("友情链接"), Paragraph("某县人民政府")]))
    assert reported(reading).other_matters == ""


def test_sentence_after_the_end_is_told() -> None:
    reading = _read(back=["宿迁市人民政府", "2025年1月20日", "另外，两件申请仍在办理。"])
    assert reported(reading).other_matters == OTHER
    assert rules_at_addresses(reading) == {("not-in-form", "other_matters")}


LINES = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "六、其他需要报告的事项",
    "五、下一步打算",
    "七、典型案例",
    "（一）主动公开情况",
    "友情链接",
    "首页 | 信息公开 | 年报",
    "2025年1月20日",
    "某县水务局",
    "某县水务局2024年政府信息公开工作年度报告",
]
"""Lines that begin or end something."""


@given(st.lists(st.sampled_from([*LINES, "句", "行", "合", "表"]), max_size=14), st.integers(0, len(BLOCKS)))
@settings(max_examples=60)
def test_nothing_vanishes(lines: list[str], at: int) -> None:
    """Each text is in the report or left over, once, whatever stands around it."""
    made: list[Block] = []
    for number, line in enumerate(lines):
        mark = f"〔{number}〕"
        kinds: dict[str, Block] = {
            "句": Paragraph(f"这是一句话{mark}。"),
            "行": Paragraph(f"没有句号的一行{mark}"),
            "合": Paragraph(f"前面的话{mark}。六、其他需要报告的事项后面的话{mark}。"),
            "表": Table([[Cell(f"甲{mark}"), Cell(f"乙{mark}")]]),
        }
        made.append(kinds.get(line, Paragraph(line)))
    reading = read_blocks(Document("html", [*BLOCKS[:at], *made, *BLOCKS[at:]]))
    kept = [*(entry.text for entry in reading.sheet.texts), *(item.text for item in reading.sheet.leftovers)]
    expected = Counter(number for number, line in enumerate(lines) for _ in range({"合": 2, "表": 2}.get(line, 1)))
    for number, line in enumerate(lines):
        if line not in LINES:
            assert sum(text.count(f"〔{number}〕") for text in kept) == expected[number]


REVIEWED: dict[str, list[str]] = json.loads(Path(__file__).with_name("leftovers.json").read_text(encoding="utf-8"))
"""What is left over in each document, as somebody has looked at it; the beginning of each text."""


def _leftovers(path: Path) -> list[str]:
    return [item.text[:20] for item in match_file(path.read_bytes()).sheet.leftovers]


@pytest.mark.parametrize("name", papers.DOCUMENTS)
def test_leftovers_of_documents_are_those_reviewed(name: str) -> None:
    assert _leftovers(CORPUS / "documents" / name) == REVIEWED[f"documents/{name}"]


@pytest.mark.parametrize("name", [name for name in REVIEWED if name.startswith("raw/")])
def test_leftovers_of_published_reports_are_those_reviewed(shared: Path, name: str) -> None:
    assert _leftovers(shared / "corpus" / name) == REVIEWED[name]
