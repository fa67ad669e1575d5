"""Tests of reading the wording of a title."""

import pytest

from gkformat.readers.matching.titles import (
    Title,
    is_body,
    is_same_body,
    read_outer_title,
    read_title_line,
    split_title,
    squeezed,
    year_of_sentence,
)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("某县水务局2024年政府信息公开工作年度报告", "某县水务局"),
        ("2024年某县水务局政府信息公开工作年度报告", "某县水务局"),
        ("某县水务局关于2024年度政府信息公开工作的年度报告", "某县水务局"),
        ("某县水务局二〇二四年政府信息公开工作年度报告", "某县水务局"),
        ("某县水务局２０２４年 政府信息公开年报", "某县水务局"),
        ("某县水务局政府信息公开工作年度报告（2024年度）", "某县水务局"),
        ("某县水务局政府信息公开2024年度报告", "某县水务局"),
        ("某县水务局2024年政务公开工作年度报告.docx", "某县水务局"),
        ("【年报】某县妇联2024年政府信息公开工作年度报告（全文）", "某县妇联"),
        ("附件1：某县第一中学2024年信息公开年度报告", "某县第一中学"),
        ("名 称：2024年某县第一中学政府信息公开年度报告", "某县第一中学"),
        ("某县财政局（某县国资局）2024年政府信息公开工作年度报告", "某县财政局（某县国资局）"),
        ("某县水务局关于报送2024年度政府信息公开工作年度报告的函", "某县水务局"),
        ("某县人民政府办公室关于印发《某县2024年政府信息公开工作年度报告》的通知", "某县"),
        ("某县机床厂2024年度法定政府信息公开工作年度报告", "某县机床厂"),
        ("某县政务公开办公室2024年政府信息公开工作年度报告", "某县政务公开办公室"),
        ("某县水务局的2024年政府信息公开工作年度报告", "某县水务局"),
        ("【政府信息公开年报】某县水务局2024年政府信息公开工作年度报告", "某县水务局"),
        ("全县2024年政府信息公开工作年度报告", ""),
        ("我局2024年政府信息公开工作年度报告", ""),
        ("某县2024年水务局政府信息公开年报", ""),
        ("《2024年政府信息公开工作年度报告》", ""),
        ("某县??局2024年政府信息公开工作年度报告", ""),
        ("＿＿＿＿2024年政府信息公开工作年度报告", ""),
        ("＿＿某县水务局＿＿2024__年政府信息公开工作年度报告", "某县水务局"),
        ("\ufffd\ufffd局2024年政府信息公开工作年度报告", ""),
    ],
)
def test_title_line_states_body_and_year(line: str, agency: str) -> None:
    found = read_title_line(line)
    assert found is not None
    assert (found.agency, found.year) == (agency, 2024)


@pytest.mark.parametrize(
    "line",
    [
        "现向社会公布某县水务局2024年政府信息公开工作年度报告。",
        "现将2024年政府信息公开工作年度报告公布如下：",
        "某县水务局2024年政府信息公开工作年度报告由六部分组成",
        "某县水务局2024年政府信息公开工作年度报告编制说明",
        "某县水务局2024年部门预算",
        "某县财政局（某县国资局2024年政府信息公开工作年度报告",
        "某县水务局＿＿＿＿年政府信息公开工作年度报告",
    ],
)
def test_sentence_that_names_the_report_is_no_title(line: str) -> None:
    assert read_title_line(line) is None


def test_title_of_a_page_stands_among_other_names() -> None:
    title = read_outer_title("某县水务局2024年政府信息公开年报_政府信息公开_某县人民政府")
    assert title == read_outer_title("首页 > 年报 > 某县水务局2024年政府信息公开年报")
    assert title is not None
    assert (title.agency, title.year) == ("某县水务局", 2024)
    assert read_outer_title("某县水务局政府信息公开年报-首页") == Title("某县水务局", None)
    assert read_outer_title("2024年政府信息公开年报_首页") == Title("", 2024)
    assert read_outer_title("某县人民政府门户网站") is None
    assert read_outer_title("中华人民共和国政府信息公开工作年度报告格式") is None
    assert read_outer_title("政府信息公开工作年度报告（2021 版）填报表") is None  # the edition of a form


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("现公布某县水务局2024年政府信息公开工作年度报告。", 2024),
        ("现公布2024年第一中学政府信息公开年度报告。", 2024),
        ("根据2019年修订的条例，公布政府信息公开工作年度报告。", None),
        ("按照2021年政府信息公开工作年度报告格式编制。", None),
        ("继2023年政府信息公开年报之后，公布2024年政府信息公开年报。", None),
    ],
)
def test_sentence_tells_the_year_of_the_report_it_speaks_of(text: str, year: int | None) -> None:
    assert year_of_sentence(text) == year


def test_names_of_one_body() -> None:
    assert is_same_body("某县水务局", "江北省某县水务局")
    assert is_same_body("某县政府", "某县人民政府（本级）")
    assert not is_same_body("某县水务局", "某县财政局")
    assert is_body("某县供销合作社联合社")
    assert not is_body("联系我们")
    assert not is_body("政府信息公开专栏办公室公开")


def test_title_that_states_two_years_states_none() -> None:
    found = read_title_line("某县水务局2023年政府信息公开工作年度报告（2024年度）")
    assert found is not None
    assert (found.agency, found.year) == ("某县水务局", None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("某县水务局2024年政府信息公开工作年度报告 根据《条例》", "某县水务局2024年政府信息公开工作年度报告"),
        ("某县水务局政府信息公开工作年度报告 根据《条例》", ""),
        ("某县水务局2024年度工作 根据《条例》", ""),
        ("现将某县水务局2024年政府信息公开工作年度报告 根据《条例》", ""),
    ],
)
def test_title_is_apart_from_the_preface_that_it_runs_into(text: str, title: str) -> None:
    assert split_title(text) == (title, "根据《条例》" if title else text)


def test_digits_have_one_width() -> None:
    assert squeezed("０１２３４\u3000５６７８９\n") == "0123456789"
