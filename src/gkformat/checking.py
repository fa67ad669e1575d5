"""Judging: the equations and the advice together."""

from typing import Any, TypeVar

from gkformat.advice import ADVICE
from gkformat.errors import Inconsistent
from gkformat.findings import Finding, Findings
from gkformat.judgement import judge, ordered
from gkformat.outline import find, reader
from gkformat.root import is_root, judged_root

T = TypeVar("T")


def check(box: Any, *, at: str = "") -> Findings:
    """Judge a report, a table or a row by its values.

    A report is judged with its marks (a blank is unknown, not 0) and its declarations: a declared failure is still
    a finding, marked `declared`, and a declaration that does not occur is `stale`. It is also given advice. A
    smaller box knows nothing of marks and is judged by its numbers alone, with addresses relative to it.

    `at` keeps to what lies wholly inside one box of a report: `check(report, at="requests")`. Raises `Malformed`
    for an address that the form has not.
    """
    cls = type(box)
    find(cls, at)
    if is_root(cls):
        findings = ordered(cls, [*judged_root(box), *(finding for advise in ADVICE for finding in advise(box))])
    else:
        findings = ordered(cls, judge(cls, reader(cls)(box)))
    return Findings([finding for finding in findings if _inside(finding, at)])


def _inside(finding: Finding, at: str) -> bool:
    return finding.at.within(at) and all(term.at.within(at) for term in finding.terms)


def ensure(box: T) -> T:
    """Return the same box, or raise `Inconsistent` for any broken equation, declared or not."""
    findings = check(box)
    if findings.broken:
        raise Inconsistent(findings)
    return box
