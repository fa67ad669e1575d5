"""Small reports of made-up bodies, and of families of parts that belong to one whole."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, cast

from hypothesis import strategies as st

from gkformat import Address, AnyReport, Mark, as_found, cells, replace
from gkformat.base.findings import Finding, MarkKind
from gkformat.comparison.consolidation import Consolidated, consolidate
from gkformat.comparison.parts import PartsCheck, check_parts
from gkformat.forms.editions import EDITIONS
from gkformat.notation.outline import nodes
from gkformat.strategies import USUAL, reports

NEWLY_RECEIVED = "requests.newly_received"
OUTCOMES = "requests.outcomes"
GROUP = f"{OUTCOMES}.other_handling"
FEES = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
FINED = "proactive_disclosure.enforcement.administrative_penalties.decisions"
UPHELD = "reconsideration_and_litigation.reconsideration.upheld"
CASES = "reconsideration_and_litigation.reconsideration.total"
CHANGE = "proactive_disclosure.licensing.administrative_licenses.change"

UNCLEAR_MARKS: list[tuple[MarkKind, str]] = [("unreadable", "#REF!"), ("out-of-range", "2.5"), ("absent", "")]
"""The kind and a text of each mark of an unclear cell."""


@cache
def empty_report(edition: str = "2021") -> AnyReport:
    """Return a report in which every number is 0."""
    cls = EDITIONS[edition].report
    year = EDITIONS[edition].first_year

    def box(of: Any, base: str) -> Any:
        node = nodes(cls)[of]
        zero = {at.name: Decimal(0) if at.name in {"amount_wan_yuan", "total_amount"} else 0 for at in node.children}
        inner = {child.name: box(child.at, base) if child.children else zero[child.name] for child in node.children}
        return cast("type", node.type)(**inner)

    boxes = {child.name: box(child.at, "") for child in nodes(cls)[Address()].children if child.children}
    return cls(agency="空", year=year, **boxes)


def body(agency: str, changes: dict[str, Any] | None = None, *, edition: str = "2021", **fields: Any) -> AnyReport:
    """Return a report with a few numbers in it."""
    return replace(empty_report(edition), changes or {}, agency=agency, **fields)


def agency_names(parts: Iterable[AnyReport]) -> tuple[str, ...]:
    """Return the names of the agencies of reports."""
    return tuple(part.agency for part in parts)


def findings_of_rule(check: PartsCheck, rule: str) -> tuple[Finding, ...]:
    """Return the findings of one rule."""
    return tuple(finding for finding in check.findings if finding.rule == rule)


def with_numbers(report: AnyReport, changes: dict[str, Any], **fields: Any) -> AnyReport:
    """Return a report with other numbers, as found."""
    changed: dict[str, Any] = {}
    for at, value in changes.items():
        name, _, inner = at.partition(".")
        changed[name] = replace(changed.get(name, getattr(report, name)), {inner: value})
    kept = ("agency", "year", "marks", "proactive_disclosure", "requests", "reconsideration_and_litigation")
    values = {name: getattr(report, name) for name in kept} | changed | fields
    return as_found(type(report), **values)


def states_of_cells(
    whole: AnyReport, *parts: AnyReport, expected: Iterable[str] | None = None
) -> list[tuple[str, str, str]]:
    """Return rule, address and severity of each finding of a comparison, those about coverage apart."""
    check = check_parts(whole, parts, expected=expected)
    return [(each.rule, each.at, each.severity) for each in check.findings if each.rule != "parts-coverage"]


def report_with_blanks(
    agency: str, *addresses: str, edition: str = "2021", numbers: dict[str, Any] | None = None
) -> AnyReport:
    """Return a report with blank cells."""
    return with_numbers(
        body(agency, edition=edition), numbers or {}, marks=tuple(Mark(at, "blank") for at in addresses)
    )


def other_handling(agency: str, *lines: int, merged: bool = False) -> AnyReport:
    """Return a report with requests in the three rows of （六）, or in one."""
    rows = ("correction_overdue", "fee_overdue", "other")
    amounts = {f"{GROUP}.{row}": number for row, number in zip(rows, lines, strict=True)}
    amounts |= {NEWLY_RECEIVED: sum(lines), f"{OUTCOMES}.total": sum(lines)}
    numbers = {f"{row}.{column}": value for row, value in amounts.items() for column in ("natural_person", "total")}
    return body(agency, numbers, marks=(Mark(GROUP, "merged"),) if merged else ())


@st.composite
def families(draw: st.DrawFn, *, blanks: bool) -> list[AnyReport]:
    """Draw a few parts of one whole. Some of their zeros may be blank."""
    edition = draw(st.sampled_from(sorted(EDITIONS)))
    drawn = draw(st.lists(reports(edition=edition, max_value=USUAL), min_size=1, max_size=4))
    year = EDITIONS[edition].first_year
    parts = [replace(part, _affordable(part), agency=f"单位{place}", year=year) for place, part in enumerate(drawn)]
    return [_with_blanks(draw, part) for part in parts] if blanks else parts


def _affordable(part: AnyReport) -> dict[str, Decimal]:
    """Return the amounts, lowered so that a few can be added up in one cell."""
    amounts = {at: number for at, number in cells(part).items() if isinstance(number, Decimal)}
    return {at: min(number, Decimal(10**12)) for at, number in amounts.items()}


def _with_blanks(draw: st.DrawFn, part: AnyReport) -> AnyReport:
    zero = [at for at, number in cells(part).items() if not number]
    chosen = draw(st.sets(st.sampled_from(zero), max_size=5)) if zero else ()
    return replace(part, marks=tuple(Mark(at, "blank") for at in chosen))


def consolidated(parts: Sequence[AnyReport]) -> Consolidated:
    """Add up a family."""
    return consolidate(parts, agency="县", year=parts[0].year)
