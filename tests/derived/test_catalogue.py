"""The catalogue of rules: it follows from the rules themselves, in both languages."""

import json

import pytest

from gkformat import converter, rules
from gkformat.base.families import FAMILIES
from gkformat.base.words import LANGUAGES, Lang
from gkformat.checks.advice import ADVICE
from gkformat.checks.by_kind import ADVICE_BY_KIND
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
    across = {"carry-over", "in-force-chain", "parts-sum", "part-exceeds-whole", "parts-coverage"}
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
