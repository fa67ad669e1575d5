"""`check` and `ensure`: reports, tables and rows, and the limit to one box."""

from decimal import Decimal

import pytest

from gkformat import Address, Inconsistent, Malformed, Report2021, cells, check, ensure, loads
from gkformat.forms.y2021 import Applicants, FeeAmount, LegalPerson
from support import CASE_TOTAL, Payload, put, with_wrong_total


def test_check_reports_a_declared_failure_that_ensure_refuses(busy_report: Report2021) -> None:
    broken = with_wrong_total(busy_report)
    (finding,) = check(broken)
    assert finding.declared
    assert check(broken).verdict == "inconsistent"
    with pytest.raises(Inconsistent):
        ensure(broken)
    assert ensure(busy_report) is busy_report


def test_check_at_an_address_keeps_to_that_box(busy: Payload) -> None:
    put(busy, CASE_TOTAL, 0)
    put(busy, "requests.outcomes.granted.total", 0)
    report = loads(busy, as_found=True)
    assert [f.at for f in check(report, at="requests.outcomes.granted")] == ["requests.outcomes.granted.total"]
    assert [f.rule for f in check(report, at="requests")] == ["row-total", "outcomes-total"]
    assert {f.at for f in check(report, at="reconsideration_and_litigation")} == {CASE_TOTAL}
    assert not check(report, at="proactive_disclosure")
    with pytest.raises(Malformed):
        check(report, at="nowhere")


def test_check_at_an_address_ignores_equations_reaching_out(busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", 0)
    report = loads(busy, as_found=True)
    assert [f.rule for f in check(report, at="requests.newly_received")] == ["row-total"]


def test_check_judges_a_row_by_itself() -> None:
    person = LegalPerson(
        commercial_enterprise=1,
        research_institution=0,
        public_welfare_organization=0,
        legal_service_organization=0,
        other=0,
    )
    (finding,) = check(Applicants(natural_person=2, legal_person=person, total=4))
    assert (finding.rule, finding.at, finding.left, finding.right) == ("row-total", "total", 3, 4)
    assert finding.label == "总计"


def test_check_judges_a_box_with_a_single_number() -> None:
    assert cells(FeeAmount(amount_wan_yuan=Decimal("1.5"))) == {Address("amount_wan_yuan"): Decimal("1.5")}
    assert check(FeeAmount(amount_wan_yuan=Decimal(0))).verdict == "consistent"
    with pytest.raises(TypeError, match="not a box"):
        cells(object())


def test_check_takes_its_address_by_name(busy_report: Report2021) -> None:
    with pytest.raises(TypeError):
        check(busy_report, "requests")  # type: ignore[call-arg]
