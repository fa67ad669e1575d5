"""Tests of labels that are misspelt or written in another way."""

import pytest

from gkformat.forms.editions import EDITIONS
from gkformat.notation.outline import nodes
from gkformat.readers.matching.labels import SECTIONS, VARIANTS, Lexicon, bare, core
from readings import OUTCOMES, open_cells, read_spoiled, rules_at_addresses, write_after_label


def test_misspelt_label_is_recognised_and_reported() -> None:
    reading = read_spoiled(lambda made: write_after_label(made, 1, "1.本机关不掌握", 0, "1.本机关不章握相关攻府信息"))
    assert rules_at_addresses(reading) == {("label-differs", f"{OUTCOMES}.unavailable.not_held")}
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
def test_known_variants_of_labels_are_not_reported(table: int, label: str, text: str) -> None:
    reading = read_spoiled(lambda made: write_after_label(made, table, label, 0, text))
    assert list(reading.findings) == []


def test_variants_stand_for_labels_of_a_form() -> None:
    printed = {core(node.label) for edition in EDITIONS.values() for node in nodes(edition.report).values()}
    assert {*VARIANTS.values(), *SECTIONS.values()} <= printed
    assert all(core(variant) == variant for variant in {**VARIANTS, **SECTIONS})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("（一）规章（说明）", "规章"), ("规章（（（", "规章"), ("（甲）规章（（乙", "规章乙"), ("（" * 9, "")],
)
def test_bare_leaves_out_brackets_that_are_closed(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_label_that_is_too_short_to_be_misspelt_is_no_other() -> None:
    assert Lexicon(["项目", "总计额"]).find("题目") is None


@pytest.mark.parametrize(
    ("label", "other", "found"),  # one letter of the label is another, or two are
    [
        ("甲乙丙丁戊己庚辛", "甲乙丙丁戊子庚丑", False),
        ("甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", True),
        ("甲乙丙丁戊己壬辛", "甲乙丙丁戊己庚辛", False),
        ("甲乙丙丁戊己壬辛", "甲乙丙丁戊子庚丑", True),
    ],
)
def test_text_in_which_another_label_is_almost_as_near_is_neither(label: str, other: str, found: bool) -> None:
    assert bool(Lexicon([label, other]).find("甲乙丙丁戊己壬癸")) == found


def test_label_that_two_rows_have_is_neither() -> None:
    assert Lexicon(["1.其他", "2.其他"]).find("其他") is None


@pytest.mark.parametrize(("text", "found"), [("收费金额", True), ("收费金额（万元）", True), ("收费金额（元）", False)])
def test_label_with_another_unit_is_another(text: str, found: bool) -> None:
    assert bool(Lexicon(["收费金额（单位：万元）", "件数"]).find(text)) == found
    assert bool(Lexicon(["收费金额", "件数"]).find(text))


def test_text_that_is_as_near_to_two_labels_resembles_neither() -> None:
    labels = Lexicon(["甲机构", "乙机构"])
    assert not labels.resembles("丙机构", 0)
    assert labels.resembles("甲机关", 0)
