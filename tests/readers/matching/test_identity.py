"""Tests of finding out which body reports, and for which year."""

import pytest

import papers
from gkformat import Reading, read
from gkformat.readers.document import Document, Paragraph
from readings import read_blocks, report, reported, rules_at_addresses

TITLE = "某县水务局2024年政府信息公开工作年度报告"


def _read(
    lines: list[str], *, below: tuple[str, ...] = (), titles: tuple[str, ...] = (), sources: tuple[str, ...] = ()
) -> Reading:
    """Return the reading of a report with other lines above its first section and below its last."""
    blocks = papers.document(report()).blocks[2:]
    return read_blocks(
        Document("html", [*map(Paragraph, lines), *blocks, *map(Paragraph, below)], titles=titles, sources=sources)
    )


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        ([TITLE], "某县水务局", 2024),
        (["某县高山镇人民政府", "2024年政府信息公开工作年度报告"], "某县高山镇人民政府", 2024),
        (["某县高山镇人民政府", "2024年度", "政府信息公开工作年度报告"], "某县高山镇人民政府", 2024),
        (["某县残联", "政府信息公开工作年度报告", "（2024年度）"], "某县残联", 2024),
        (["首页 > 信息公开", TITLE, "发布时间：2025-01-20"], "某县水务局", 2024),
        (["某县水务局二O○零年政府信息公开工作年度报告"], "某县水务局", 2000),
        (["发布机构：某县水务局", "2024年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["来源：某县水务局", "2024年政府信息公开工作年度报告"], "某县水务局", 2024),
        (["来源：某县日报社", "2024年政府信息公开工作年度报告"], "", 2024),
        (["数据统计期限为2024年1月1日至2024年12月31日。"], "", 2024),
        (["现公布2024年政府信息公开工作年度报告。"], "", 2024),
        (["按照国办公开办函〔2021〕30号编制。", "发布日期：2025-01-20"], "", None),
        (["????????2024年????????"], "", None),
    ],
)
def test_text_gives_agency_and_year(lines: list[str], agency: str, year: int | None) -> None:
    reading = _read(lines)
    assert (reading.sheet.agency, reading.sheet.year) == (agency, year)
    assert (reading.report is None) == (year is None)
    assert (("title-incomplete", "agency") in rules_at_addresses(reading)) == (not agency)
    assert (("title-incomplete", "year") in rules_at_addresses(reading)) == (year is None)


def test_signature_and_metadata_give_what_the_title_lacks() -> None:
    reading = _read(["2024年政府信息公开工作年度报告"], below=("某县水务局", "2025年1月20日"))
    assert reading.sheet.agency == "某县水务局"
    assert list(reading.findings) == []
    assert _read(["政府信息公开工作年度报告"], titles=(f"{TITLE}_某网站",)).sheet.year == 2024
    assert _read(["2024年政府信息公开年报"], sources=("某县水务局",)).sheet.agency == "某县水务局"


@pytest.mark.parametrize(
    ("reading", "at", "said"),
    [
        (_read([TITLE], below=("某县财政局", "2025年1月20日")), "agency", "落款“某县财政局”"),
        (_read(["发布机构：某县财政局", TITLE]), "agency", "发布机构“某县财政局”"),
        (_read([TITLE, "统计期限为2023年1月1日至12月31日。"]), "year", "统计期限“2023”"),
        (_read([TITLE, "现公布2023年政府信息公开年报。"]), "year", "前言“2023”"),
        (_read([TITLE], titles=("2022年政府信息公开工作年度报告",)), "year", "网页或文件信息“2022”"),
    ],
)
def test_witnesses_who_disagree_are_named(reading: Reading, at: str, said: str) -> None:
    assert (reading.sheet.agency, reading.sheet.year) == ("某县水务局", 2024)
    (conflict,) = reading.findings
    assert (conflict.rule, conflict.at) == ("title-conflict", at)
    assert said in conflict.message("zh")
    assert "“某县水务局”" in conflict.message("zh") or "“2024”" in conflict.message("zh")


def test_witnesses_who_say_less_agree() -> None:
    reading = _read(["发布机构：县水务局", "来源：县政府办", TITLE], below=("水务局", "二〇二五年一月二十日"))
    assert list(reading.findings) == []


def test_link_to_another_report_is_no_title() -> None:
    page = f"<h1>{TITLE}</h1><p><a href='/'>某县水务局2023年政府信息公开工作年度报告</a></p>"
    rest = papers.as_html(Document("html", papers.document(report()).blocks[2:]))
    reading = read((page + rest).encode())
    assert (reading.sheet.year, list(reading.findings)) == (2024, [])


def test_field_that_states_the_title_leaves_the_title_whole() -> None:
    reading = _read([f"名 称：{TITLE}", "某县水务局", "2024年度", "政府信息公开工作年度报告", "本报告依法编制。"])
    assert reported(reading).preface.startswith("本报告依法编制。")
    assert (reading.sheet.agency, reading.sheet.year) == ("某县水务局", 2024)
    assert f"名 称：{TITLE}" in [item.text for item in reading.sheet.leftovers]


def test_title_is_taken_from_the_metadata() -> None:
    page = (
        papers.as_page(papers.document(report())).replace("<p>宿迁市人民政府2024年", "<p>").replace("gb2312", "utf-8")
    )
    assert read(page.encode()).sheet.agency == "宿迁市人民政府"
