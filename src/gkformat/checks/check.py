"""Judging: the equations and the advice together."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from gkformat.base.address import Address
from gkformat.base.errors import Inconsistent
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.words import Words
from gkformat.checks.advice import ADVICE
from gkformat.judgement.judge import judge, ordered
from gkformat.judgement.root import is_root, judged_root
from gkformat.notation.outline import find, reader

T = TypeVar("T")


def check(box: Any, *, at: str = "") -> Findings:
    """Judge a report, a table or a row by its values.

    A report is judged with its marks (a blank is unknown, not 0) and its declarations: a declared failure is still
    a finding, marked `declared`, and a declaration that does not occur is `stale`. It is also given advice. A
    smaller box knows nothing of marks and is judged by its numbers alone, with addresses relative to it.

    `at` keeps to what lies wholly inside one box of a report: `check(report, at="requests")`. Raises `Malformed`
    for an address that the form has not.

    A rule whose own code fails is a finding, `internal-error`, that leaves the verdict undecided and stops no other.
    """
    cls = type(box)
    find(cls, at)
    if is_root(cls):
        found = _guarded(_EQUATIONS, lambda: judged_root(box))
        for advise in ADVICE:
            found += _guarded(_named(advise), partial(advise, box))
    else:
        found = _guarded(_EQUATIONS, lambda: judge(cls, reader(cls)(box)))
    return Findings([finding for finding in ordered(cls, found) if _inside(finding, at)])


_EQUATIONS = Words("勾稽关系", "the equations")


def _named(advise: Callable[..., object]) -> Words:
    """An advice by the name of its family, which is that of its function."""
    rule = getattr(advise, "__name__", repr(advise)).replace("_", "-")
    return Words(f"规则 {rule} ", f"the rule {rule}")


def _guarded(who: Words, judged: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(judged())
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not take the other rules with it
        return [internal_error(who, error)]


def internal_error(who: Words, error: Exception) -> Finding:
    """The finding that a rule, or another part of the library, failed by a mistake of its own."""
    said = f"{type(error).__name__}: {error}, {_where(error)}"
    text = FAMILIES["internal-error"].message.format(rule=who, error=said)
    return Finding("internal-error", Address(), "", "undecided", text)


def _where(error: Exception) -> str:
    """The line of code that failed, for a bug report."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _inside(finding: Finding, at: str) -> bool:
    if not finding.at:  # an internal error: it may hide what would stand there
        return True
    return finding.at.within(at) and all(term.at.within(at) for term in finding.terms)


def ensure(box: T) -> T:
    """Return the same box, or raise `Inconsistent` for any broken equation, declared or not."""
    findings = check(box)
    if findings.broken:
        raise Inconsistent(findings)
    return box
