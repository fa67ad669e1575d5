"""Tests of telling a report from what stands around it."""

import pytest

from gkformat.readers.matching.margins import ends_report, is_margin, signature, signed_by, without_end


@pytest.mark.parametrize(
    "line",
    [
        "来源：某县水务局",
        "发布时间：2025-01-20 浏览次数：12 字号：大 中 小",
        "【打印本页】 【关闭窗口】",
        "扫一扫在手机打开当前页",
        "上一篇：某县2024年部门预算",
        "附件：2024年政府信息公开工作年度报告.pdf",
        "使用帮助 | 联系我们 | 关于我们",
        "首页" + "          |          公开" * 9,
        "当前位置：首页 > 信息公开",
        "建议使用 1920×1080 分辨率浏览",
        "版权所有：某县人民政府 京ICP备00000000号",
        "某县人民政府 版权所有",
        "（此件公开发布）",
        "2025年1月20日",
        "2025-01-20 10:01",
        "2025年1月20日 来源：某县水务局 阅读：33",
        "A+ A A-",
        "填报单位：某县水务局",
        "二〇二五年一月二十日",
    ],
)
def test_line_of_the_page_is_known(line: str) -> None:
    assert is_margin(line)
    assert ends_report(line, "")


@pytest.mark.parametrize(
    "line",
    [
        "来源于群众的意见均已办理",
        "2024年未收取信息处理费",
        "没有其他需要报告的事项",
        "时间紧、任务重，部分工作仍需加强",
        "（二）附件公开情况",
        "本网站全年发布信息一百条。版权所有",
        "政务公开平台",
        "打印机采购信息已公开",
        "附：以上数据由各科室提供，供参考。",
        "日期：以发布之日为准。",
    ],
)
def test_line_of_a_report_is_not_taken_for_the_page(line: str) -> None:
    assert not ends_report(line, "")


@pytest.mark.parametrize("line", ["（联系人：某某，电话：0000-0000000）", "联系地址：某路1号，邮编：000000。"])
def test_contact_below_the_text_ends_a_report(line: str) -> None:
    assert ends_report(line, "")


def test_signature_is_a_name_with_a_date() -> None:
    assert signature("某县水务局 2025年1月20日") == signature("某县水务局") == "某县水务局"
    assert signed_by("某县水务局", "2025年1月20日") == "某县水务局"
    assert signed_by("某县水务局", "") == ""
    assert signature("某县水务局：") == ""


def test_end_is_cut_off_after_the_last_sentence_only() -> None:
    assert without_end("未收取。某县水务局2025年1月20日") == ("未收取。", "某县水务局2025年1月20日")
    assert without_end("未收取。版权所有：某县") == ("未收取。", "版权所有：某县")
    assert without_end("未收取。其他工作照常") == ("未收取。其他工作照常", "")


def test_row_of_items_with_blanks_is_split_in_one_way() -> None:
    assert not is_margin("首页" + "          |          公开" * 30 + "，")
