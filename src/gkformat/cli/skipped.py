"""The rules that are skipped for a report: because of the policy, or because malformed data cannot be judged."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from gkformat.base.errors import Fault
from gkformat.base.families import FAMILIES
from gkformat.base.words import Words
from gkformat.checks.advice import ADVICE
from gkformat.cli.outcomes import SkippedRule
from gkformat.cli.policy import Policy, SkipReason
from gkformat.forms import editions
from gkformat.notation.equations import Equation, equations

MALFORMED = SkipReason("malformed", Words("数据不合格式，未检查", "the data is malformed, so this was not checked"))
_SINGLE_REPORT_ADVICE = frozenset({"stale", *(advise.__name__.replace("_", "-") for advise in ADVICE)})
"""The rules of advice on a single report."""


@cache
def _equations_of(edition: str) -> tuple[Equation, ...]:
    named = editions.EDITIONS.get(edition) or list(editions.EDITIONS.values())[-1]
    return equations(named.report)


@cache
def applicable_rules(edition: str) -> tuple[str, ...]:
    """Return the rules that apply to a single report of an edition, in the order of the catalogue.

    If the edition is unknown, they are those of the last one.
    """
    known = {equation.rule for equation in _equations_of(edition)} | _SINGLE_REPORT_ADVICE
    return tuple(rule for rule, family in FAMILIES.items() if rule in known or family.authority == "cell")


def rules_left_out(edition: str, policy: Policy) -> Iterator[SkippedRule]:
    """Yield the rules that a policy leaves out."""
    counts = Counter(equation.rule for equation in _equations_of(edition))
    for rule in (*applicable_rules(edition), *(family.rule for family in policy.own)):
        if reason := policy.skip_reason(rule):
            yield SkippedRule(rule, reason, counts[rule])


def rules_unjudged(edition: str, faults: Sequence[Fault]) -> Iterator[SkippedRule]:
    """Yield the rules that faults kept from being judged: equations with an unreadable cell, and all advice."""
    unread = [fault.at for fault in faults if fault.rule not in ("unknown-key", "duplicate-key")]
    counts = Counter(
        equation.rule
        for equation in _equations_of(edition)
        if any(term.within(at) for term in (*equation.left, *equation.right) for at in unread)
    )
    for rule in applicable_rules(edition):
        if rule in counts or rule in _SINGLE_REPORT_ADVICE:
            yield SkippedRule(rule, MALFORMED, counts[rule])
