"""Tests of the charts: every number stands in them, bars are as long as their numbers, and what is open is not a 0."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import attrs
import pytest

from gkformat import AnyReport, Incomparable, Report2021, as_found, load, loads, replace
from gkformat.base.visible import visible
from gkformat.views import chart
from support import CORPUS, Payload, fields, payload, put

SVG = "{http://www.w3.org/2000/svg}"
GRANTED = "requests.outcomes.granted.total"
DRAWN = {"svg", "style", "g", "title", "rect", "path", "text"}
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"' ]]>&lt; \u202eabc\u2028" * 3


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def rows(svg: str) -> dict[str, ET.Element]:
    """Return the rows of a chart by their titles, which say label and number."""
    groups = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("role") == "img"]
    return {group.findtext(f"{SVG}title") or "": group for group in groups}


def starting(svg: str, start: str) -> ET.Element:
    return next(row for title, row in rows(svg).items() if title.startswith(start))


def lengths(row: ET.Element) -> list[float]:
    """Return the lengths of the segments of a bar, without the squares before the names."""
    return [
        float(rect.get("width", 0))
        for rect in row.iter(f"{SVG}rect")
        if (rect.get("width"), rect.get("height")) != ("11", "11")
    ]


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in parsed(svg).iter(f"{SVG}text")]


def marked(payload: Payload, at: str, kind: str, text: str = "") -> AnyReport:
    put(payload, at, 0)
    payload["marks"] = [{"at": at, "kind": kind, "text": text}]
    return loads(payload, as_found=True)


@pytest.fixture(name="years", scope="module")
def _years() -> list[AnyReport]:
    return [load(file, as_found=True) for file in sorted(CORPUS.glob("pingtan-*.json"))]


# -- one report ----------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers(busy_report: Report2021) -> None:
    svg = chart(busy_report)
    outcomes = busy_report.requests.outcomes
    denied = sum(getattr(outcomes.denied, row.name).total for row in attrs.fields(type(outcomes.denied)))
    shown = {"（一）予以公开": outcomes.granted.total, "（三）不予公开": denied}
    total = outcomes.total.total
    for label, number in shown.items():
        (length,) = lengths(starting(svg, f"{label} {number} 件 · {number / total:.1%}"))
        assert length == pytest.approx(464 * number / total, abs=0.1)
    results = busy_report.reconsideration_and_litigation.reconsideration
    assert f"行政复议 {results.total} 件\n结果维持 {results.upheld}\n结果纠正 {results.corrected}" in "\n".join(
        rows(svg)
    )
    ratio = sum(lengths(starting(svg, "行政复议 "))) / 464
    assert ratio == pytest.approx(1, abs=0.01)  # the most frequent kind of case


@pytest.mark.parametrize(("kind", "said"), [("blank", "空白"), ("absent", "文件中没有"), ("unreadable", "无法读出")])
def test_what_is_open_is_a_dashed_frame_with_its_reason_and_a_zero_is_not(kind: str, said: str) -> None:
    report = marked(payload("hongze-2023"), GRANTED, kind, "#REF!" if kind == "unreadable" else "")
    svg = chart(report)
    row = starting(svg, f"（一）予以公开 {said}")
    assert [rect.get("class") for rect in row.iter(f"{SVG}rect")] == ["open"]
    assert not [*row.iter(f"{SVG}path")]  # the line at 0, from which a bar would begin
    zero = starting(svg, "（六）其他处理 0 件")
    assert not [*zero.iter(f"{SVG}rect")]
    assert len([*zero.iter(f"{SVG}path")]) == 1


def test_group_of_which_one_row_is_open_is_open(busy: Payload) -> None:
    report = marked(busy, "requests.outcomes.denied.state_secret.total", "blank")
    assert "（三）不予公开 空白" in rows(chart(report))


def test_group_that_the_paper_filled_as_one_row_is_known(busy: Payload) -> None:
    group = "requests.outcomes.other_handling"
    for row in ("correction_overdue", "fee_overdue"):
        for column in ("natural_person", "total"):
            put(busy, f"{group}.{row}.{column}", 0)
    put(busy, f"{group}.other.total", 107)
    busy["marks"] = [{"at": group, "kind": "merged", "text": ""}]
    assert "（六）其他处理 107 件" in "".join(rows(chart(loads(busy, as_found=True))))


def test_total_that_is_not_the_sum_is_told() -> None:
    assert "各项之和为 11，与总计不符" in texts(chart(load(CORPUS / "hongze-2023.json", as_found=True)))


# -- the years of a body -------------------------------------------------------------------------------


def test_years_stand_one_below_the_other_with_lines_where_form_and_law_changed(years: list[AnyReport]) -> None:
    svg = chart(years[::-1])
    shown = texts(svg)
    assert [text for text in shown if text == "2021 年" or "的格式" in text] == [
        "以下按国办公开办函〔2021〕30号的格式",
        "2021 年",
    ] * 3 + ["2021 年"]
    assert shown.index("2024-01-01 起施行新修订的《中华人民共和国行政复议法》") < len(shown) - shown[::-1].index(
        "2024 年"
    )
    assert "空心：不足 30 件，受偶然影响大" in shown
    assert not [text for text in shown if "没有报告" in text]
    assert "2022 年：没有报告" in texts(chart([report for report in years if report.year != 2022]))
    assert "2021 至 2022 年：没有报告" in texts(chart([report for report in years if report.year not in (2021, 2022)]))


def test_what_a_year_takes_stands_beside_what_the_last_handed_on(years: list[AnyReport]) -> None:
    first, second = years[-2:]
    handed_on = first.requests.carried_forward.total
    assert f"→ 2024 年的上年结转 {handed_on} 件，相符" in rows(chart([first, second]))
    other = as_found(
        Report2021, **fields(second) | {"requests": replace(second.requests, {"brought_forward.total": 7})}
    )
    assert f"→ 2024 年的上年结转 7 件，相差 {7 - handed_on:+}" in rows(chart([first, other]))


def test_reports_of_several_bodies_need_an_indicator(years: list[AnyReport], busy_report: Report2021) -> None:
    for reports in ([], [years[-1], busy_report], [busy_report, busy_report]):
        with pytest.raises(Incomparable):
            chart(reports)


# -- many bodies ---------------------------------------------------------------------------------------


def body(name: str, granted: int | None, decided: int) -> AnyReport:
    data = payload("suqian-2023") | {"agency": name}
    put(data, GRANTED, granted or 0)
    put(data, "requests.outcomes.partially_granted.total", 0)
    put(data, "requests.outcomes.total.total", decided)
    data["marks"] = [{"at": GRANTED, "kind": "blank", "text": ""}] if granted is None else []
    return loads(data, as_found=True)


def test_bodies_are_ranked_and_those_with_few_cases_or_unknown_numbers_set_apart() -> None:
    reports = [
        body("甲局", 10, 100),
        body("乙局", 90, 100),
        body("丙局", 5, 5),
        body("丁局", None, 50),
        body("戊局", 0, 0),
        body("己局", 0, 40),
        body("庚局", 45, 90),
    ]
    svg = chart(reports, indicator="disclosed_share")
    assert [*rows(svg)] == [
        "最低 0.0%，四分位 7.5%、30.0%、60.0%，最高 90.0%",
        *("乙局 90.0%（90/100）", "庚局 50.0%（45/90）", "甲局 10.0%（10/100）", "己局 0.0%（0/40）"),
        *("丙局 100.0%（5/5）", "丁局 空白", "戊局 无此类事项"),
    ]
    assert [text for text in texts(svg) if text.endswith("）") and "局" not in text and "%" not in text] == [
        "从高到低（4）", "不足 30 件，不排名（1）", "无法计算（2）",
    ]  # fmt: skip
    assert lengths(starting(svg, "乙局")) == pytest.approx(
        [9 * length for length in lengths(starting(svg, "甲局"))], abs=1
    )
    assert lengths(starting(svg, "丙局"))[0] > lengths(starting(svg, "乙局"))[0]
    assert [rect.get("fill") for rect in starting(svg, "丙局").iter(f"{SVG}rect")] == ["none"]


def test_sum_is_not_set_apart_however_small_and_an_edition_may_lack_an_indicator(years: list[AnyReport]) -> None:
    received = chart(years, indicator="received")
    assert "平潭综合实验区管委会 2019 23" in rows(received)
    assert not [text for text in texts(received) if "不排名" in text]
    assert "平潭综合实验区管委会 2019 此版格式没有" in rows(chart(years, indicator="document_turnover"))


def test_unknown_indicator_is_refused_with_the_one_that_was_meant(busy_report: Report2021) -> None:
    with pytest.raises(ValueError, match="disclosed_share"):
        chart([busy_report], indicator="disclosed_shares")


# -- as text that others put into their pages ----------------------------------------------------------


@pytest.mark.parametrize(
    "draw",
    [chart, lambda report: chart([report]), lambda report: chart([report], indicator="disclosed_share")],
    ids=["report", "years", "bodies"],
)
def test_nothing_that_others_wrote_acts_and_nothing_is_cut_off(draw: Callable[[AnyReport], str], busy: Payload) -> None:
    put(busy, "agency", HOSTILE)
    svg = draw(loads(busy, as_found=True))
    root = parsed(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    assert not {name for element in root.iter() for name in element.attrib} & {"id", "href", "onload", "onclick"}
    assert "url(" not in svg
    assert visible(HOSTILE)[:20] in "".join(root.itertext())
    assert visible(HOSTILE) in "\n".join([root.get("aria-label", ""), *rows(svg)])
    for text in root.iter(f"{SVG}text"):
        size, x, said = float(text.get("font-size", 14)), float(text.get("x", 0)), text.text or ""
        long = size * sum(0.62 if character.isascii() else 1 for character in said)
        assert (x >= long) if text.get("text-anchor") == "end" else (x + long <= 480), said


def test_picture_is_text_that_a_notebook_shows_the_same_each_time(busy_report: Report2021) -> None:
    svg = chart(busy_report, lang="en")
    assert svg == chart(busy_report, lang="en") == svg._repr_html_()
    assert svg.startswith("<svg ")
