"""The catalogue of rules: what is checked, on whose authority, and what is deliberately never checked."""

from attrs import evolve

from gkformat.base.families import FAMILIES, Authority, Family
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.editions import edition_named
from gkformat.notation.equations import equations


@frozen
class Rule:
    """A family of rules in an edition: the number of its equations, and one of them as an example."""

    rule: str
    authority: Authority
    title: Words
    message: Words
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


def _rule(family: Family, edition: str) -> Rule:
    known = Rule(family.rule, family.authority, family.title, family.message)
    found = [equation for equation in equations(edition_named(edition).report) if equation.rule == family.rule]
    if not found:
        return known
    return evolve(known, equations=len(found), example=str(found[0]), chinese=found[0].chinese, says=found[0].says)
