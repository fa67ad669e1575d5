"""The catalogue of rules: it follows from the rules themselves, in both languages."""

import json

import pytest

from gkformat import converter, rules
from gkformat.base.families import FAMILIES
from gkformat.base.words import LANGUAGES, Lang
from gkformat.checks.advice import ADVICE
from gkformat.checks.advice.by_kind import ADVICE_BY_KIND
from gkformat.cli.run import ON_REQUEST
from gkformat.derived.catalogue import explanation
from gkformat.forms.y2021 import Report
from gkformat.notation.equations import equations
from support import ROOT

DOCS = ROOT / "docs"


def test_rules_count_the_equations_of_each_family() -> None:
    listed = {rule.rule: rule.equations for rule in rules("2021") if rule.equations}
    assert listed == {"row-total": 25, "outcomes-total": 7, "balance": 7, "case-total": 3}
    assert sum(listed.values()) == len(equations(Report))


def test_advice_functions_are_named_like_their_families() -> None:
    named = {advise.__name__.replace("_", "-") for advise in (*ADVICE, *ADVICE_BY_KIND)}
    across = {rule for rule, request in ON_REQUEST.items() if request in ("series", "parts")}
    assert named | {"stale"} | across == {family.rule for family in FAMILIES.values() if family.authority == "advice"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rules_page_names_every_rule_and_what_is_never_checked(lang: Lang) -> None:
    suffix = ".zh-CN" if lang == "zh" else ""
    page = (DOCS / "reference" / f"rules-2021{suffix}.md").read_text(encoding="utf-8")
    assert all(f"### `{rule}`" in page for rule in FAMILIES)
    assert ("从不检查" if lang == "zh" else "Never checked") in page


def test_rules_are_written_as_json() -> None:
    plain = json.loads(json.dumps(converter().unstructure(rules("2021"))))
    assert [rule["rule"] for rule in plain] == list(FAMILIES)
    assert plain[2]["says"].startswith("（本列数据的勾稽关系为")


def test_clauses_are_those_of_the_notice_of_the_edition() -> None:
    numbers = {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}
    for edition, other in (("2019", "2021"), ("2021", "2019")):
        cited = {str(article) for rule in rules(edition) for article in rule.cites}
        assert any(text.startswith(numbers[edition]) for text in cited)
        assert not any(text.startswith(numbers[other]) for text in cited)


def test_example_of_a_rule_is_of_a_published_report_where_there_is_one() -> None:
    cases = {rule.rule: rule.case for rule in rules()}
    real = cases["case-total"]
    assert real is not None
    assert real.broken.zh == "淮安市洪泽区人民政府 2023 年度公布的报告。"
    assert real.says.zh.endswith("各项之和为 11，总计填 0，相差 +11")
    assert real.sound.en.endswith("309 + 17 + 88 + 26 = 440.")
    of_suite = cases["publication-date"]
    assert of_suite is not None
    assert of_suite.broken.en == "A body published its report on 1 February, a day late."
    assert all(cases[rule] for rule, family in FAMILIES.items() if family.authority not in ("reading", "internal"))


def test_rule_is_explained_in_both_languages() -> None:
    (rule,) = (rule for rule in rules() if rule.rule == "text-repeated")
    zh, en = ([words.text(lang) for words in explanation(rule)] for lang in LANGUAGES)
    assert [line.split("：")[0] for line in zh] == [
        "为什么",
        *["依据"] * len(rule.cites),
        "正确的例子",
        "出错的例子",
        "提示为",
        "怎么办",
    ]
    assert [line.split(":")[0] for line in (en[0], en[-1])] == ["Why", "What to do"]
    (ours,) = (rule for rule in rules() if rule.rule == "not-json")
    assert "依据：没有可引的条文，由本库自定。" in [words.zh for words in explanation(ours)]
