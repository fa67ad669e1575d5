"""Tests of finding the headings of the sections."""

import papers
from gkformat.readers.document import Document, Paragraph
from readings import read_blocks, read_with_headings, report, reported, rules_at_addresses


def test_headings_are_found_in_other_words_and_numbering() -> None:
    reading = read_with_headings(
        {
            "一、总体情况": "（一）政府信息公开总体情况",
            "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "五、存在的主要问题及改进情况": "存在问题及改进措施：",
            "六、其他需要报告的事项": "七、其他需要报告的事项。",
        }
    )
    assert rules_at_addresses(reading) == {("heading-misnumbered", "other_matters")}
    assert reported(reading).other_matters == papers.TEXT["other_matters"]


def test_missing_heading_is_reported_and_its_text_kept() -> None:
    reading = read_with_headings({"五、存在的主要问题及改进情况": "", "二、主动公开政府信息情况": ""})
    assert rules_at_addresses(reading) == {
        ("section-missing", "problems_and_improvements"),
        ("section-missing", "proactive_disclosure"),
        ("not-in-form", "reconsideration_and_litigation"),
    }
    assert reported(reading).overview == papers.TEXT["overview"]
    assert [item.text for item in reading.sheet.leftovers] == [papers.TEXT["problems_and_improvements"]]


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


def test_subheading_of_the_overview_begins_no_other_section() -> None:
    text = "\n".join([papers.TEXT["overview"], *PARTS])
    blocks = papers.document(report()).blocks
    at = blocks.index(Paragraph(papers.TEXT["overview"]))
    reading = read_blocks(Document("html", [*blocks[: at + 1], *map(Paragraph, PARTS), *blocks[at + 1 :]]))
    assert list(reading.findings) == []
    assert reported(reading).overview == text
    assert reported(reading).problems_and_improvements == papers.TEXT["problems_and_improvements"]
