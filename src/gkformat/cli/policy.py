"""The policy of a check: the rules that count, and whether advice and undecided findings fail too."""

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import Factory, field

from gkformat.base.families import FAMILIES, Authority, Family
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import CliError, suggestion
from gkformat.examination.result import Note

EQUATIONS: tuple[Authority, ...] = ("stated", "derived")
"""The authorities whose rules are equations."""

_ALWAYS_COUNTED: tuple[Authority, ...] = ("structure", "internal")
"""The authorities whose rules always count: malformed data is no report, and an error of the library is no choice."""


@cache
def selectors(own: tuple[Family, ...] = ()) -> Mapping[str, frozenset[str]]:
    """Return all selectors with their rules: the name of a rule, a prefix of several (`parts`), or an authority."""
    found: dict[str, set[str]] = {}
    for family in (*FAMILIES.values(), *own):
        if family.authority not in _ALWAYS_COUNTED:
            words = family.rule.split("-")
            beginnings = ("-".join(words[:count]) for count in range(1, len(words) + 1))
            group = "equations" if family.authority in EQUATIONS else family.authority
            for name in (*beginnings, family.authority, group):
                found.setdefault(name, set()).add(family.rule)
    return {name: frozenset(rules) for name, rules in found.items()}


def resolve_selector(selector: str, own: tuple[Family, ...] = ()) -> frozenset[str]:
    """Return the rules that a selector names. Raises `CliError` for an unknown one, with the most similar one."""
    if selector in selectors(own):
        return selectors(own)[selector]
    always = FAMILIES.get(selector)
    if selector in _ALWAYS_COUNTED or (always and always.authority in _ALWAYS_COUNTED):
        raise CliError(_ALWAYS_COUNTS.format(selector=selector))
    raise unknown_rule(selector, selectors(own))


def unknown_rule(name: str, known: Iterable[str]) -> CliError:
    """Return the error for a name that is not among the known ones, with the most similar one."""
    return CliError(_UNKNOWN.format(name=name, meant=suggestion(name, list(known))))


@frozen
class Policy:
    """The selectors of the rules that count or are ignored. With `strict`, advice and undecided findings fail too.

    `own` are the families of the rules of the user's own.
    Raises `CliError` for a selector that names no rule.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    own: tuple[Family, ...] = ()
    _selected: frozenset[str] = field(
        init=False, default=Factory(lambda self: _resolve_all(self.select, self.own), takes_self=True)
    )
    _ignored: frozenset[str] = field(
        init=False, default=Factory(lambda self: _resolve_all(self.ignore, self.own), takes_self=True)
    )

    @property
    def families(self) -> Mapping[str, Family]:
        """All families of rules, by their names: those of the library, then the user's own."""
        return {**FAMILIES, **{family.rule: family for family in self.own}} if self.own else FAMILIES

    def skip_reason(self, rule: str) -> "SkipReason | None":
        """Return the reason why a rule does not count, or `None` if it does."""
        if self.families[rule].authority in _ALWAYS_COUNTED:
            return None
        if self.select and rule not in self._selected:
            return NOT_SELECTED
        return IGNORED if rule in self._ignored else None

    def fails(self, note: Note) -> bool:
        """Return whether a note keeps its file from passing."""
        if note.accepted:
            return False
        is_unclear = self.families[note.item.rule].authority == "cell"  # what cannot be read is never sound
        return self.strict or is_unclear or note.level in ("fault", "broken", "failure")

    @property
    def included_rules(self) -> list[str]:
        """The selectable rules that count."""
        return [rule for rule in self._selectable_rules() if not self.skip_reason(rule)]

    @property
    def excluded_rules(self) -> list[str]:
        """The selectable rules that do not count."""
        return [rule for rule in self._selectable_rules() if self.skip_reason(rule)]

    def _selectable_rules(self) -> list[str]:
        return [rule for rule, family in self.families.items() if family.authority not in _ALWAYS_COUNTED]


def _resolve_all(names: Iterable[str], own: tuple[Family, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(resolve_selector(name, own) for name in names))


@frozen
class SkipReason:
    """A reason for which a rule is skipped: a name for programs, and a message."""

    name: str
    words: Words


NOT_SELECTED = SkipReason("not-selected", Words("未选用（--select）", "not selected (--select)"))
IGNORED = SkipReason("ignored", Words("已忽略（--ignore）", "ignored (--ignore)"))

_UNKNOWN = Words("没有这样的规则：{name}{meant}", "no such rule: {name}{meant}")
_ALWAYS_COUNTS = Words(
    "{selector} 不能选择或忽略：数据不合格式就不成其为报告",
    "{selector} cannot be selected or ignored: without its shape, data is no report",
)
