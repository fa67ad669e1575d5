"""Tests of finding the agency and the year in a title."""

import pytest

import papers
from gkformat import read
from gkformat.readers.document import Document, Paragraph
from readings import read_blocks, report, rules_at_addresses


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
        (["某县水务局二O○零年政府信息公开工作年度报告"], "某县水务局", 2000),
        (["发布机构：某县水务局", "2024年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["数据统计期限为2024年1月1日至2024年12月31日。"], "", 2024),
        (["按照国办公开办函〔2021〕30号编制。", "发布日期：2025-01-20"], "", None),
    ],
)
def test_title_gives_agency_and_year(lines: list[str], agency: str, year: int | None) -> None:
    blocks = papers.document(report()).blocks[2:]
    reading = read_blocks(Document("html", [*map(Paragraph, lines), *blocks]))
    assert (reading.sheet.agency, reading.sheet.year) == (agency, year)
    assert (reading.report is None) == (year is None)
    assert (("title-incomplete", "agency") in rules_at_addresses(reading)) == (not agency)
    assert (("title-incomplete", "year") in rules_at_addresses(reading)) == (year is None)


def test_title_is_taken_from_the_metadata() -> None:
    page = (
        papers.as_page(papers.document(report())).replace("<p>宿迁市人民政府2024年", "<p>").replace("gb2312", "utf-8")
    )
    assert read(page.encode()).sheet.agency == "宿迁市人民政府"
