"""Why each rule asks what it asks: no rule without a reason, a remedy, and a clause, unless it is ours."""

import pytest

from gkformat.base.citations import Act, Article, Notice
from gkformat.base.families import FAMILIES
from gkformat.forms import law
from gkformat.forms.definitions import DEFINITIONS
from gkformat.forms.editions import EDITIONS
from gkformat.forms.grounds import GROUNDS, OURS
from gkformat.notation.outline import nodes

OURS_ALONE = {
    "stale",
    "cells-cut",
    "title-incomplete",
    "title-conflict",
    "title-from-file-name",
    *(rule for rule, family in FAMILIES.items() if family.authority in ("structure", "internal")),
}
"""The rules that are about data, files and our own declarations, of which no clause speaks."""


@pytest.mark.parametrize("rule", FAMILIES)
def test_rule_cites_what_it_follows_from_or_is_explicitly_ours(rule: str) -> None:
    ground = GROUNDS[rule]
    assert (ground.cites == OURS) == (rule in OURS_ALONE)
    assert all((ground.why.zh, ground.why.en, ground.remedy.zh, ground.remedy.en))
    assert all(article.says.zh and article.says.en for article in ground.cites)


def test_every_clause_is_cited_by_a_rule_or_a_kind_of_report() -> None:
    cited = {str(article) for ground in GROUNDS.values() for article in ground.cites}
    found = [value for value in vars(law).values() if isinstance(value, tuple | Article)]
    clauses = {str(each) for value in found for each in (value if isinstance(value, tuple) else (value,))}
    assert clauses == cited


def test_definitions_are_of_rows_of_the_form() -> None:
    rows = {at for edition in EDITIONS.values() for at in nodes(edition.report)}
    assert {f"requests.outcomes.{name}" for name in DEFINITIONS} <= rows
    assert all(article.says.zh and article.says.en for article in DEFINITIONS.values())


def test_sources_are_told_apart_by_title_and_number() -> None:
    sources = [value for value in vars(law).values() if isinstance(value, Act | Notice)]
    assert len({str(source) for source in sources}) == len(sources)
