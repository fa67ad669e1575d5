"""The root of a form: a report, which answers for its arithmetic and for what it says about itself."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

import attrs

from gkformat.base.citations import Notice
from gkformat.base.errors import Inconsistent, Malformed
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Discrepancy, Finding, Findings, Number
from gkformat.judgement.judge import judge, ordered
from gkformat.judgement.marks import blanks, remark_faults, settled_discrepancies, settled_marks
from gkformat.notation.declare import Declaration, band, column, declaration, make, row, section, title, total
from gkformat.notation.outline import label, reader

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total))
def report(notice: Notice) -> Callable[[type[T]], type[T]]:
    """Make the root of a form, prescribed by `notice`: a box that answers for its arithmetic.

    Beside the shape of its values the constructor judges every equation and raises `Inconsistent`, with the whole
    judgement, unless each broken one is declared in `discrepancies`. It puts marks and discrepancies in printed order.
    """
    return lambda cls: make(cls, Declaration(notice=notice), _answer)


def is_root(cls: type) -> bool:
    """Whether a box is a whole report."""
    return declaration(cls).notice is not None


def refuse(cls: type, values: Sequence[Number]) -> NoReturn:
    """Refuse numbers in printed order, none of them blank or declared, in which an equation is broken."""
    raise Inconsistent(ordered(cls, judge(cls, values)))


def _answer(report: Any) -> None:
    if report.marks or report.discrepancies:
        _settle(report)
    findings = judged_root(report)
    if any(not finding.declared for finding in findings.broken):
        raise Inconsistent(findings)


def _settle(report: Any) -> None:
    """Refuse what the report says of itself and cannot be; put the rest in printed order, without repeats."""
    cls = type(report)
    faults = remark_faults(cls, report.marks, report.discrepancies, lambda at: attrgetter(at)(report))
    if faults:
        raise Malformed(faults)
    # The object is not handed out yet; attrs gives a frozen class no other way to settle a field.
    object.__setattr__(report, "marks", settled_marks(cls, report.marks))
    object.__setattr__(report, "discrepancies", settled_discrepancies(cls, report.discrepancies))


def judged_root(report: Any) -> Findings:
    """The judgement of a report: what is broken or undecided, what of it is declared, which declarations are stale."""
    cls = type(report)
    declared = frozenset(report.discrepancies)
    findings = judge(cls, reader(cls)(report), blanks(report))
    if declared:
        findings = [attrs.evolve(finding, declared=_as_declared(finding) in declared) for finding in findings]
        occurring = {_as_declared(finding) for finding in findings if finding.declared}
        findings += [_stale(cls, item) for item in report.discrepancies if item not in occurring]
    return ordered(cls, findings)


def _as_declared(finding: Finding) -> Discrepancy | None:
    """The declaration that would excuse a finding."""
    if finding.severity != "broken":
        return None
    return Discrepancy(finding.rule, finding.at, cast("int", finding.left), cast("int", finding.right))


def discrepancies_of(findings: Findings) -> tuple[Discrepancy, ...]:
    """The declarations that would excuse all broken equations of a judgement."""
    return tuple(item for finding in findings if (item := _as_declared(finding)))


def _stale(cls: type, item: Discrepancy) -> Finding:
    text = FAMILIES["stale"].message.format(rule=item.rule, left=item.left, right=item.right)
    return Finding("stale", item.at, label(cls, item.at), "advice", text, item.left, item.right)
