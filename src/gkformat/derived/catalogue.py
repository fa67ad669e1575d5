"""The catalogue of rules: what is checked, on whose authority, and what is deliberately never checked."""

from collections.abc import Iterator
from functools import cache

from attrs import evolve

from gkformat.base.citations import Article
from gkformat.base.families import FAMILIES, Authority, Family
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.derived.examples import Example, examples
from gkformat.forms.editions import EDITIONS, edition_named
from gkformat.forms.grounds import GROUNDS
from gkformat.notation.equations import equations


@frozen
class Rule:
    """A family of rules in an edition: why it asks what it asks, the clauses from which that follows, and what to do.

    `example` and `chinese` are the first of its equations, if it has any; `case` is an example of a report.
    """

    rule: str
    authority: Authority
    title: Words
    message: Words
    why: Words
    remedy: Words
    cites: tuple[Article, ...]
    case: Example | None
    equations: int = 0
    example: str = ""
    chinese: str = ""
    says: str = ""


@frozen
class NeverChecked:
    """A relation that looks like a rule but is not one."""

    relation: Words
    reason: Words


NEVER_CHECKED = (
    NeverChecked(
        Words(
            "复议后起诉的案件数与行政复议的案件数相互印证",
            "cases after reconsideration agree with those of reconsideration",
        ),
        Words(
            "起诉与复议可以发生在不同年度，二者之间没有等式",
            "the two may fall into different years: no equation binds them",
        ),
    ),
    NeverChecked(
        Words(
            "2019 版：上一年项目数量加本年增/减等于处理决定数量",
            "edition 2019: last year's items plus the change equal the decisions",
        ),
        Words("前两项数的是事项，后一项数的是办件", "the former count kinds of matters, the latter counts cases"),
    ),
    NeverChecked(
        Words("上年尚未审结的案件在本年某一格中", "the cases pending last year are in some cell of this year"),
        Words("格式没有规定其去向", "the form does not say where they go"),
    ),
)
"""Relations that must not be checked: each fails in valid reports."""


def rules(edition: str = "2021") -> tuple[Rule, ...]:
    """Return one `Rule` for each family: equations, advice, reading, structure, each with its authority.

    Of an equation, `equations` counts those of the form, `example` and `chinese` print the first in addresses and in
    labels, and `says` quotes the sentence of the form, if it prints one.

    Raises `UnknownEdition` for an unknown edition.
    """
    return tuple(_rule(family, edition) for family in FAMILIES.values())


@cache
def rule_named(name: str, edition: str) -> Rule | None:
    """Return a rule in an edition, or in the last one if that is not known; `None` for a rule of the user's own."""
    known = edition if edition in EDITIONS else list(EDITIONS)[-1]
    return _rule(FAMILIES[name], known) if name in FAMILIES else None


def _rule(family: Family, edition: str) -> Rule:
    ground = GROUNDS[family.rule]
    cites = tuple(article for article in ground.cites if applies(article, edition))
    known = Rule(
        family.rule,
        family.authority,
        family.title,
        family.message,
        ground.why,
        ground.remedy,
        cites,
        examples().get(family.rule),
    )
    found = [equation for equation in equations(edition_named(edition).report) if equation.rule == family.rule]
    if not found:
        return known
    return evolve(known, equations=len(found), example=str(found[0]), chinese=found[0].chinese, says=found[0].says)


def explanation(rule: Rule) -> Iterator[Words]:
    """Yield what an officer has to know of a rule, a paragraph each: why, the clauses, the example, what to do."""
    yield _WHY.format(why=rule.why)
    if not rule.cites:
        yield _OURS
    for article in rule.cites:
        yield _CLAUSE.format(clause=article, says=article.says)
    if rule.case:
        yield _SOUND.format(case=rule.case.sound)
        yield _BROKEN.format(case=rule.case.broken)
        yield _SAYS.format(says=rule.case.says)
    yield _REMEDY.format(remedy=rule.remedy)


_WHY = Words("为什么：{why}", "Why: {why}")
_OURS = Words("依据：没有可引的条文，由本库自定。", "Clause: none, the rule is ours.")
_CLAUSE = Words("依据：{clause}：{says}。", "Clause: {clause}: {says}.")
_SOUND = Words("正确的例子：{case}", "Sound: {case}")
_BROKEN = Words("出错的例子：{case}", "Broken: {case}")
_SAYS = Words("提示为：{says}", "It says: {says}")
_REMEDY = Words("怎么办：{remedy}", "What to do: {remedy}")


def applies(article: Article, edition: str) -> bool:
    """Return whether a clause is in force for an edition: it is not one of the notice of another."""
    return all(article.act != known.notice for name, known in EDITIONS.items() if name != edition)
