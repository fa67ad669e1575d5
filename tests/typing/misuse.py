"""What type checkers must catch in a user's code.

Each line marked below is an error that mypy and pyright report. An ignore that is not needed is an error itself, so
this page passes only while every one of them is caught. It is checked, never run.
"""

from gkformat import Report2021, as_found, check, complete, loads, replace
from gkformat.forms.y2021 import Applicants, CaseResults, Requests


def misspelt_field() -> CaseResults:
    return CaseResults(upheld=0, corected=0, other=0, pending=0, total=0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def missing_line() -> CaseResults:
    return CaseResults(upheld=0, corrected=0, other=0, pending=0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def wrong_type() -> CaseResults:
    return CaseResults(upheld="0", corrected=0, other=0, pending=0, total=0)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def by_position() -> CaseResults:
    return CaseResults(0, 0, 0, 0, 0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def wrong_box(row: CaseResults) -> Applicants:
    return Applicants(natural_person=0, legal_person=row, total=0)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def assignment_to_a_frozen_field(row: Applicants) -> None:
    row.total = 3  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def no_such_attribute(row: Applicants) -> int:
    return row.grand_total  # type: ignore[attr-defined,no-any-return]  # pyright: ignore[reportAttributeAccessIssue]


def wrong_edition() -> object:
    return as_found(Report2021, edition="2019")


def typed_results(report: Report2021, text: str) -> None:
    a: Report2021 = loads(text, Report2021)
    b: Requests = loads(text, Requests)
    c: Applicants = complete(Applicants, {})
    d: Report2021 = replace(report, {"year": 2024}, overview="x")
    e: Applicants = loads(text, Requests)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    f: str = check(report).verdict.value
    g: list[int] = check(report).broken  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    h: int = report.requests.outcomes.denied.state_secret.legal_person.other
    i: str = report.requests.outcomes.total.total  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(a, b, c, d, e, f, g, h, i)  # noqa: T201
