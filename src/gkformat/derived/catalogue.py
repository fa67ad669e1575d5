"""The catalogue of rules: what is checked, on whose authority, and what is on purpose never checked."""

from collections.abc import Mapping

from attrs import evolve, frozen

from gkformat.base.families import FAMILIES, Authority, Family
from gkformat.base.words import Lang, Words
from gkformat.forms.editions import edition_named
from gkformat.notation.equations import equations


@frozen
class Rule:
    """A family of rules as an edition has it: how many equations it stands for, and one of them as an example."""

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
    """A relation that looks like a rule and is none."""

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
        Words("上年尚未审结的案件在本年某一格中", "the cases pending last year stand in some cell of this year"),
        Words("格式没有规定其去向", "the form does not say where they go"),
    ),
)
"""Relations that must not be checked: each fails in lawful reports."""


def rules(edition: str = "2021") -> tuple[Rule, ...]:
    """Every rule that applies to an edition's reports, equations first. Raises `LookupError` for an unknown edition."""
    return tuple(_rule(family, edition) for family in FAMILIES.values())


def _rule(family: Family, edition: str) -> Rule:
    known = Rule(family.rule, family.authority, family.title, family.message)
    found = [equation for equation in equations(edition_named(edition).report) if equation.rule == family.rule]
    if not found:
        return known
    return evolve(known, equations=len(found), example=str(found[0]), chinese=found[0].chinese, says=found[0].says)


_HEADINGS: Mapping[Authority, Words] = {
    "stated": Words("格式明文规定", "Printed by the form"),
    "derived": Words("由表中总计推得", "Derived from a printed total"),
    "advice": Words("提示，不作为拒绝的理由", "Advice, never a reason to refuse"),
    "reading": Words("读取文件时的提示", "Said of a file that is read"),
    "structure": Words("结构", "Structure"),
    "internal": Words("本库自身", "The library itself"),
}
_COUNT = Words("{count} 条等式，例如：", "{count} equations, for instance:")
_NEVER = Words("从不检查", "Never checked")
_NOT = Words("- {relation}（{reason}）", "- {relation} ({reason})")
_MANY = 6


def markdown(edition: str, lang: Lang) -> str:
    """The catalogue as sections of a Markdown page in one language."""
    lines: list[str] = []
    for authority, heading in _HEADINGS.items():
        lines += [f"## {heading.text(lang)}", ""]
        for rule in rules(edition):
            if rule.authority == authority:
                lines += _section(rule, lang)
    lines += [f"## {_NEVER.text(lang)}", ""]
    lines += [_NOT.format(relation=item.relation, reason=item.reason).text(lang) for item in NEVER_CHECKED]
    return "\n".join(lines) + "\n"


def _section(rule: Rule, lang: Lang) -> list[str]:
    lines = [f"### `{rule.rule}`", "", rule.title.text(lang), ""]
    if rule.says:
        lines += [f"> {rule.says}", ""]
    if rule.equations:
        count = _COUNT.format(count=rule.equations).text(lang)
        lines += [count, "", _abridged(rule.chinese), "", f"`{_abridged(rule.example)}`", ""]
    return [*lines, f"`{rule.message.text(lang)}`", ""]


def _abridged(equation: str) -> str:
    """An equation with the middle of a long side left out, for reading."""
    first, *middle, last = equation.split(" + ")
    return " + ".join([first, middle[0], "…", last] if len(middle) > _MANY else [first, *middle, last])
