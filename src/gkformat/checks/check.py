"""`check` and `ensure`: the equations and the advice together."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from gkformat.base.address import Address
from gkformat.base.arguments import demand, of_type, optional
from gkformat.base.errors import Inconsistent
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.words import Words
from gkformat.checks.advice import ADVICE
from gkformat.checks.advice.by_kind import ADVICE_BY_KIND
from gkformat.forms.kinds import KindName, kind_named
from gkformat.judgement.judge import in_order, judge
from gkformat.judgement.root import is_report, judge_report
from gkformat.notation.outline import find, number_getter

T = TypeVar("T")


def check(box: Any, *, at: str = "", kind: KindName | None = None, published: date | None = None) -> Findings:
    """Judge a report, a table or a row by its values.

    A report is judged with its marks (a blank is unknown, not 0) and its discrepancies: a declared failure is still a
    finding, marked `declared`, and a discrepancy that does not occur is `stale`. A report is also given advice. A
    smaller box has no marks and is judged by its numbers alone, with addresses relative to it.

    `kind` is what no report says of itself: whether it is that of a body for itself (`agency`), of a government of
    some level (`county`, `city`, `province`), or of a vertically led `system`. With `published`, the day on which it
    came out, it is judged by the date that is set for its kind, or else by the last date of all.

    `at` limits the findings to those wholly inside one box of a report: `check(report, at="requests")`. Raises
    `Malformed` for an address that the form does not have, and `ValueError` for an unknown kind.

    If the code of a rule fails, that is a finding, `internal-error`: it leaves the verdict undecided, and the other
    rules still run.
    """
    cls = type(box)
    find(cls, at)
    demand(optional(_DATE), published=published)
    known = kind_named(kind) if kind else None
    if is_report(cls):
        found = _run(_EQUATIONS, lambda: judge_report(box))
        for advise in ADVICE:
            found += _run(_advice_name(advise), partial(advise, box))
        for advise_by_kind in ADVICE_BY_KIND:
            found += _run(_advice_name(advise_by_kind), partial(advise_by_kind, box, known, published))
    else:
        found = _run(_EQUATIONS, lambda: judge(cls, number_getter(cls)(box)))
    return Findings([finding for finding in in_order(cls, found) if _lies_within(finding, at)])


_DATE = of_type(date, Words("日期（datetime.date）", "a date (datetime.date)"))
_EQUATIONS = Words("勾稽关系", "the equations")


def _advice_name(advise: Callable[..., object]) -> Words:
    """Return the name of an advice in words; its family has the name of its function."""
    rule = getattr(advise, "__name__", repr(advise)).replace("_", "-")
    return Words(f"规则 {rule} ", f"the rule {rule}")


def _run(name: Words, rule: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(rule())
    except Exception as error:  # noqa: BLE001 - no error may keep the other rules from running
        return [internal_error(name, error)]


def internal_error(name: Words, error: Exception) -> Finding:
    """Make the finding that a rule, or another part of the library, failed through a bug."""
    description = f"{type(error).__name__}: {error}, {_failing_line(error)}"
    text = FAMILIES["internal-error"].message.format(rule=name, error=description)
    return Finding("internal-error", Address(), "", "undecided", text)


def _failing_line(error: Exception) -> str:
    """Return the file and line of the code that failed, for a bug report."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _lies_within(finding: Finding, at: str) -> bool:
    if not finding.at:  # an internal error may hide findings anywhere
        return True
    return finding.at.within(at) and all(term.at.within(at) for term in finding.terms)


def ensure(box: T) -> T:
    """Return the same report, table or row if no equation is broken; undecided ones and advice pass.

    Raises `Inconsistent`, with the findings of `check`, for a broken equation, declared or not, and `TypeError` for
    anything but a box.
    """
    findings = check(box)
    if findings.broken:
        raise Inconsistent(findings)
    return box
