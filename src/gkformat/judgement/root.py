"""The report, the outermost box of a form: it enforces its arithmetic and checks its marks and discrepancies."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

import attrs

from gkformat.base.address import Address
from gkformat.base.arguments import ArgumentKind
from gkformat.base.citations import Notice
from gkformat.base.errors import Inconsistent, Malformed, cut_short
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Discrepancy, Finding, Findings, Mark, MarkKind
from gkformat.base.late import late
from gkformat.base.visible import visible
from gkformat.base.words import NO_WORDS, SEMICOLON, Words
from gkformat.judgement.judge import in_order, judge, named_cells
from gkformat.judgement.marks import (
    UNCLEAR,
    blanks,
    canonical_discrepancies,
    canonical_marks,
    is_empty,
    mark_and_discrepancy_faults,
    unclear_cells,
)
from gkformat.notation.cell_text import FORMULA
from gkformat.notation.declare import (
    Declaration,
    band,
    column,
    declaration,
    is_box,
    make_box,
    row,
    section,
    title,
    total,
)
from gkformat.notation.outline import label, nodes, number_getter, numbers

T = TypeVar("T")


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(title, section, band, row, column, total)
)
def report(notice: Notice) -> Callable[[type[T]], type[T]]:
    """Turn a class into the report of a form, which is prescribed by `notice`.

    The constructor checks the shape of its values like that of any box, and raises `Malformed`. It then judges every
    equation and raises `Inconsistent`, with the whole judgement, unless every broken one is declared in
    `discrepancies`. It puts marks and discrepancies in printed order.
    """

    def declare(cls: type[T]) -> type[T]:
        cls.__doc__ = cls.__doc__ or _DESCRIPTION.format(notice=notice)
        for name, method in _METHODS.items():
            setattr(cls, name, method)
        return make_box(cls, Declaration(notice=notice), _validate)

    return declare


_DESCRIPTION = """A report in the format of {notice}.

Raises `Malformed` for a value outside its domain, and `Inconsistent` for a broken equation that `discrepancies` does
not declare.
"""


def _represent(report: Any) -> str:
    """Return which report it is, and how it is judged: its two hundred numbers are of no use in a line."""
    return f"<Report{report.edition} {visible(report.agency)} {report.year}, {judge_report(report).verdict}>"


_METHODS: Mapping[str, Callable[..., str]] = {"__repr__": _represent, "_repr_html_": late("views.notebook:report_html")}


def is_report(cls: type) -> bool:
    """Return True for the class of a whole report, False for that of a smaller box."""
    return declaration(cls).notice is not None


REPORT = ArgumentKind(
    lambda value: is_box(type(value)) and is_report(type(value)), Words("一份完整的报告", "a whole report")
)
"""The kind of an argument that is a report, and not a table or a row of one."""


def _validate(report: Any) -> None:
    if report.marks or report.discrepancies:
        _canonicalize(report)
    findings = judge_report(report)
    if any(not finding.declared for finding in findings.broken):
        raise Inconsistent(findings)


def _canonicalize(report: Any) -> None:
    """Put marks and discrepancies in printed order, without repeats; raise `Malformed` for those that are not valid."""
    cls = type(report)
    faults = mark_and_discrepancy_faults(cls, report.marks, report.discrepancies, lambda at: attrgetter(at)(report))
    if faults:
        raise Malformed(faults)
    # The object is not handed out yet, and attrs offers no other way to set a field of a frozen class.
    object.__setattr__(report, "marks", canonical_marks(cls, report.marks))
    object.__setattr__(report, "discrepancies", canonical_discrepancies(cls, report.discrepancies))


def judge_report(report: Any) -> Findings:
    """Return the judgement of a report.

    These are the unclear cells, broken equations, declared or not, undecided ones, and stale discrepancies; of a report
    without any number, nothing else is said.
    """
    cls = type(report)
    if is_empty(report):
        return Findings([_empty_finding(len(numbers(cls)))])
    declared = frozenset(report.discrepancies)
    findings = judge(cls, number_getter(cls)(report), blanks(report), unclear_cells(report))
    if declared:
        findings = [attrs.evolve(finding, declared=_discrepancy_of(finding) in declared) for finding in findings]
        occurring = {_discrepancy_of(finding) for finding in findings if finding.declared}
        findings += [_stale_finding(cls, item) for item in report.discrepancies if item not in occurring]
    findings += [_cell_finding(cls, mark) for mark in report.marks if mark.kind in UNCLEAR]
    return in_order(cls, findings)


def _empty_finding(count: int) -> Finding:
    return Finding("report-empty", Address(), "", "undecided", FAMILIES["report-empty"].message.format(count=count))


def _cell_finding(cls: type, mark: Mark) -> Finding:
    """Return what is to be said of an unclear cell. Its mark declares it, so that it does not refuse the report."""
    is_broken = mark.kind == "out-of-range"
    text = cell_message(cls, mark.kind, [mark])
    return Finding(
        f"cell-{mark.kind}",
        mark.at,
        label(cls, mark.at),
        "broken" if is_broken else "undecided",
        text,
        declared=is_broken,
    )


def cell_message(cls: type, kind: MarkKind, marks: Sequence[Mark]) -> Words:
    """Return what is to be said of unclear cells that have marks of the same kind."""
    texts = dict.fromkeys(cut_short(mark.text) for mark in marks if mark.text)
    found = named_cells([*texts]) if texts else WITHOUT_TEXT[kind]
    first, *others = dict.fromkeys(nodes(cls)[mark.at].expected for mark in marks)
    expected = sum((SEMICOLON + other for other in others), first)
    are_formulas = texts and all(text.startswith(FORMULA) for text in texts)
    message = _NOT_COMPUTED if are_formulas else FAMILIES[f"cell-{kind}"].message
    return message.format(found=found, expected=expected)


_NOT_COMPUTED = Words(
    "公式没有重新计算：{found}；请用 Excel 或 WPS 打开文件，保存后再读",
    "a formula that was not recalculated: {found}; open the file in a spreadsheet program, save it, and read it again",
)
WITHOUT_TEXT: Mapping[MarkKind, Words] = {
    "unreadable": Words("不能确定格中是什么", "it is not clear what stands in the cell"),
    "out-of-range": Words("（没有记下）", "(not recorded)"),
    "absent": NO_WORDS,
}


def _discrepancy_of(finding: Finding) -> Discrepancy | None:
    """Return the discrepancy that would declare a finding, or `None` unless it is a broken equation."""
    if finding.severity != "broken" or not finding.terms:
        return None
    return Discrepancy(finding.rule, finding.at, cast("int", finding.left), cast("int", finding.right))


def discrepancies_of(findings: Findings) -> tuple[Discrepancy, ...]:
    """Return the discrepancies that would declare all broken equations of a judgement."""
    return tuple(item for finding in findings if (item := _discrepancy_of(finding)))


def _stale_finding(cls: type, item: Discrepancy) -> Finding:
    text = FAMILIES["stale"].message.format(rule=item.rule, left=item.left, right=item.right)
    return Finding("stale", item.at, label(cls, item.at), "advice", text, item.left, item.right)
