"""What a check should count: rules that are selected or ignored, and how strict it is."""

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import Factory, field

from gkformat.base.families import FAMILIES, Authority
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import Trouble, suggestion

EQUATIONS: tuple[Authority, ...] = ("stated", "derived")
"""The authorities whose rules are equations."""

_ALWAYS: tuple[Authority, ...] = ("structure", "internal")
"""Without its shape data is no report, and a failure of the library is no choice: these always count."""


@cache
def selectors() -> Mapping[str, frozenset[str]]:
    """Everything that selects rules: the name of one, the beginning of several (`parts`), or their authority."""
    found: dict[str, set[str]] = {}
    for family in FAMILIES.values():
        if family.authority not in _ALWAYS:
            words = family.rule.split("-")
            beginnings = ("-".join(words[:count]) for count in range(1, len(words) + 1))
            group = "equations" if family.authority in EQUATIONS else family.authority
            for name in (*beginnings, family.authority, group):
                found.setdefault(name, set()).add(family.rule)
    return {name: frozenset(rules) for name, rules in found.items()}


def named(selector: str) -> frozenset[str]:
    """The rules that a selector names. Raises `Trouble`, with what was probably meant."""
    if selector in selectors():
        return selectors()[selector]
    always = FAMILIES.get(selector)
    if selector in _ALWAYS or (always and always.authority in _ALWAYS):
        raise Trouble(_ALWAYS_COUNTS.format(selector=selector))
    raise Trouble(_UNKNOWN.format(selector=selector, meant=suggestion(selector, list(selectors()))))


@frozen
class Policy:
    """Which rules count, and whether advice and what is undecided fail too. `select` and `ignore` are selectors.

    Raises `Trouble` for a selector that names no rule.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    _selected: frozenset[str] = field(init=False, default=Factory(lambda self: _rules(self.select), takes_self=True))
    _ignored: frozenset[str] = field(init=False, default=Factory(lambda self: _rules(self.ignore), takes_self=True))

    def leaves_out(self, rule: str) -> "Reason | None":
        """Why a rule does not count, if it does not."""
        if FAMILIES[rule].authority in _ALWAYS:
            return None
        if self.select and rule not in self._selected:
            return NOT_SELECTED
        return IGNORED if rule in self._ignored else None

    @property
    def counted(self) -> list[str]:
        """The rules that count, of those that can be chosen."""
        return [rule for rule in _choosable() if not self.leaves_out(rule)]

    @property
    def left_out(self) -> list[str]:
        """The rules that do not count."""
        return [rule for rule in _choosable() if self.leaves_out(rule)]


def _choosable() -> list[str]:
    return [rule for rule, family in FAMILIES.items() if family.authority not in _ALWAYS]


def _rules(names: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(named, names))


@frozen
class Reason:
    """Why a rule said nothing: a name for programs, and words."""

    name: str
    words: Words


NOT_SELECTED = Reason("not-selected", Words("未选用（--select）", "not selected (--select)"))
IGNORED = Reason("ignored", Words("已忽略（--ignore）", "ignored (--ignore)"))

_UNKNOWN = Words("没有这样的规则：{selector}{meant}", "no such rule: {selector}{meant}")
_ALWAYS_COUNTS = Words(
    "{selector} 不能选择或忽略：数据不合格式就不成其为报告",
    "{selector} cannot be selected or ignored: without its shape, data is no report",
)
