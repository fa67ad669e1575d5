"""Tests of finding the headings of the sections in other forms than on a line of their own."""

import pytest

import papers
from gkformat import Reading
from gkformat.readers.document import Document, Paragraph, Table
from readings import read_blocks, read_with_headings, report, reported, rules_at_addresses

FIVE, SIX = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
PROBLEMS, OTHER = papers.TEXT["problems_and_improvements"], papers.TEXT["other_matters"]


def _texts(reading: Reading) -> tuple[str, str, str]:
    return tuple(getattr(reading.report, name) for name in papers.TEXT)


def _merged(*texts: str) -> Reading:
    """Return the reading of a report in which paragraphs that follow one another run together."""
    blocks: list[Paragraph | Table] = []
    for block in papers.document(report()).blocks:
        if isinstance(block, Paragraph) and block.text in texts and blocks and isinstance(blocks[-1], Paragraph):
            blocks[-1] = Paragraph(blocks[-1].text + block.text)
        else:
            blocks.append(block)
    return read_blocks(Document("html", blocks))


@pytest.mark.parametrize(
    "merged",
    [
        [papers.TEXT["overview"], PROBLEMS, OTHER],
        ["一、总体情况", SIX],
        ["一、总体情况", papers.TEXT["overview"], PROBLEMS, SIX, OTHER],
    ],
)
def test_heading_is_apart_from_the_text_that_it_runs_into(merged: list[str]) -> None:
    reading = _merged(*merged)
    assert list(reading.findings) == []
    assert _texts(reading) == tuple(papers.TEXT.values())


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在的主要问题及明年工作计划",
        "五、工作中的不足与下一步打算",
        "五、存在的主要问题及改进情况说明",
        "四、存在的问题与改进的情况",
        "第五部分 存在的不足",
        "第五章 存在的不足",
    ],
)
def test_heading_in_other_words_is_told(heading: str) -> None:
    reading = read_with_headings({FIVE: heading})
    assert {rule for rule, _ in rules_at_addresses(reading)} <= {"label-differs", "heading-misnumbered"}
    assert ("label-differs", "problems_and_improvements") in rules_at_addresses(reading)
    assert any(heading in finding.message("zh") for finding in reading.findings)
    assert _texts(reading) == tuple(papers.TEXT.values())


def test_heading_that_shares_a_few_words_with_that_of_a_missing_section_is_another() -> None:
    reading = read_with_headings({FIVE: "四、主要问题清单"})
    assert ("section-missing", "problems_and_improvements") in rules_at_addresses(reading)


def test_heading_in_other_words_that_runs_into_its_text_is_told() -> None:
    text = "五、工作中的不足仍然存在，已经改正。"
    reading = read_with_headings({FIVE: text, PROBLEMS: "明年再报。"})
    assert rules_at_addresses(reading) == {("label-differs", "problems_and_improvements")}
    assert reported(reading).problems_and_improvements == "工作中的不足仍然存在，已经改正。\n明年再报。"


@pytest.mark.parametrize("apart", ["：", "。", "\u3000"])
def test_heading_in_other_words_is_apart_from_its_text(apart: str) -> None:
    reading = read_with_headings({FIVE: f"五、不足与下一步打算{apart}（一）存在的问题", PROBLEMS: "明年再报。"})
    assert rules_at_addresses(reading) == {("label-differs", "problems_and_improvements")}
    assert reported(reading).problems_and_improvements == "（一）存在的问题\n明年再报。"


def test_list_that_begins_a_section_is_of_its_text() -> None:
    listed = "一、加强学习\n二、加强管理"
    reading = read_with_headings({OTHER: listed})
    assert list(reading.findings) == []
    assert reported(reading).other_matters == listed


def test_number_higher_than_that_of_the_next_section_is_no_heading() -> None:
    text = f"{papers.TEXT['overview']}\n九、加强学习"
    reading = read_with_headings({papers.TEXT["overview"]: text})
    assert (reported(reading).overview, list(reading.findings)) == (text, [])


def test_item_of_a_list_is_no_heading() -> None:
    listed = "一、加强学习。\n二、加强管理。\n三、公开平台。\n四、公开监督。\n五、公开保障。\n六、加强宣传。"
    reading = read_with_headings({PROBLEMS: listed, SIX: "", OTHER: ""})
    assert rules_at_addresses(reading) == {("section-missing", "other_matters")}
    assert reported(reading).problems_and_improvements == listed


def test_text_that_speaks_of_a_section_is_no_heading() -> None:
    text = "数字详见二、主动公开政府信息情况，其余见“六、其他需要报告的事项”。"
    reading = read_with_headings({papers.TEXT["overview"]: text})
    assert (reported(reading).overview, list(reading.findings)) == (text, [])


def test_line_that_goes_on_after_the_words_of_a_heading_is_none_if_another_stands_alone() -> None:
    text = f"{papers.TEXT['overview']}\n{FIVE}另行报告。"
    reading = read_with_headings({papers.TEXT["overview"]: text})
    assert (reported(reading).overview, list(reading.findings)) == (text, [])


def test_text_that_is_like_the_heading_is_the_text() -> None:
    reading = read_with_headings({SIX: "六、有关事项", OTHER: "没有其他需要报告的事项"})
    assert rules_at_addresses(reading) == {("label-differs", "other_matters")}
    assert reported(reading).other_matters == "没有其他需要报告的事项"
    for text in ("暂无其他需要报告的事项。", "我局没有其他需要报告的事项"):
        assert reported(read_with_headings({SIX: "六、有关事项", OTHER: text})).other_matters == text
    assert reported(read_with_headings({SIX: f"{SIX}无", OTHER: ""})).other_matters == "无"


def test_table_of_contents_is_left_over() -> None:
    blocks = papers.document(report()).blocks
    headings = [block.text for block in blocks if isinstance(block, Paragraph) and "、" in block.text[:2]]
    lines = ["目录", *(f"{text}……{page}" for page, text in enumerate(headings, start=1))]
    reading = read_blocks(Document("html", [*blocks[:1], *map(Paragraph, lines), *blocks[1:]]))
    assert list(reading.findings) == []
    assert (reported(reading).preface, *_texts(reading)) == (papers.LEAD, *papers.TEXT.values())
    assert len(reading.sheet.leftovers) >= len(headings)


def test_table_of_contents_in_other_words_is_left_over() -> None:
    worded = {
        f"{number}、{words}": words for number, words in zip("一二三四", ("近况", "公开", "申请", "纠纷"), strict=True)
    }
    blocks = papers.document(report()).blocks
    headings = [block.text for block in blocks if isinstance(block, Paragraph) and "、" in block.text[:2]]
    others = dict(zip(headings, worded, strict=False))
    body = [Paragraph(others.get(b.text, b.text)) if isinstance(b, Paragraph) else b for b in blocks]
    reading = read_blocks(Document("html", [*body[:1], *map(Paragraph, [*worded, *headings[4:]]), *body[1:]]))
    assert {rule for rule, _ in rules_at_addresses(reading)} == {"label-differs"}
    assert (reported(reading).preface, *_texts(reading)) == (papers.LEAD, *papers.TEXT.values())


def test_heading_that_stands_twice_is_an_error_of_the_paper() -> None:
    reading = read_with_headings({PROBLEMS: f"人手不足。\n{FIVE}\n已经补充。"})
    assert rules_at_addresses(reading) == {("heading-repeated", "problems_and_improvements")}
    assert reported(reading).problems_and_improvements == "人手不足。\n已经补充。"


def test_number_after_the_sections_around_a_missing_one_is_not_its_heading() -> None:
    text = "工作打算如下\n五、加强学习"
    reading = read_with_headings({FIVE: "", PROBLEMS: "", OTHER: text})
    assert rules_at_addresses(reading) == {("section-missing", "problems_and_improvements")}
    assert reported(reading).other_matters == text


def test_report_that_is_printed_twice_is_no_table_of_contents() -> None:
    blocks = papers.document(report()).blocks
    reading = read_blocks(Document("html", [*blocks, *blocks]))
    assert ("heading-repeated", "other_matters") in rules_at_addresses(reading)


def test_section_of_its_own_between_those_of_the_form_is_told() -> None:
    reading = read_with_headings({PROBLEMS: f"{PROBLEMS}\n六、典型案例\n某案。", SIX: f"七、{SIX[2:]}"})
    assert rules_at_addresses(reading) == {
        ("not-in-form", "problems_and_improvements"),
        ("heading-misnumbered", "other_matters"),
    }
    assert [item.text for item in reading.sheet.leftovers] == ["六、典型案例", "某案。"]


def test_numbered_paragraph_that_runs_into_its_text_is_no_section_of_its_own() -> None:
    text = f"{PROBLEMS}\n六、典型案例情况：某案。"
    reading = read_with_headings({PROBLEMS: text, SIX: f"七、{SIX[2:]}"})
    assert rules_at_addresses(reading) == {("heading-misnumbered", "other_matters")}
    assert reported(reading).problems_and_improvements == text


def test_section_of_its_own_that_shares_the_number_of_the_next_one_is_told() -> None:
    reading = read_with_headings({PROBLEMS: f"{PROBLEMS}\n六、典型案例\n某案。"})
    assert rules_at_addresses(reading) == {("not-in-form", "problems_and_improvements")}
    assert [item.text for item in reading.sheet.leftovers] == ["六、典型案例", "某案。"]
    assert _texts(reading) == tuple(papers.TEXT.values())
