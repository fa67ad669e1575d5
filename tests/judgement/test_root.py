"""The report class: it refuses undeclared broken equations, and is a value."""

import copy
import pickle

import pytest

from gkformat import Address, Discrepancy, Inconsistent, Report2021, check, loads, replace
from support import CASE_TOTAL, Payload, put, with_wrong_total

ZERO = "requests.newly_received.legal_person.research_institution"


def test_report_refuses_an_undeclared_broken_equation(busy_report: Report2021) -> None:
    broken = with_wrong_total(busy_report)
    assert broken.discrepancies == (Discrepancy("case-total", CASE_TOTAL, 440, 0),)
    with pytest.raises(Inconsistent) as caught:
        replace(broken, discrepancies=())
    assert "总计填 0" in str(caught.value)
    assert "the total says 0" in str(caught.value)


def test_discrepancy_excuses_only_its_own_values(busy_report: Report2021) -> None:
    with pytest.raises(Inconsistent):
        replace(with_wrong_total(busy_report), discrepancies=(Discrepancy("case-total", CASE_TOTAL, 440, 1),))
    with pytest.raises(Inconsistent):
        replace(with_wrong_total(busy_report), {CASE_TOTAL: 1})


def test_discrepancy_that_does_not_occur_is_stale(busy_report: Report2021) -> None:
    report = replace(busy_report, discrepancies=(Discrepancy("case-total", CASE_TOTAL, 440, 0),))
    (finding,) = check(report)
    assert (finding.rule, finding.at, finding.severity) == ("stale", CASE_TOTAL, "advice")
    assert check(report).verdict == "consistent"
    assert replace(report, overview="x").discrepancies == ()


def test_report_survives_pickling_and_copying(busy: Payload) -> None:
    put(busy, ZERO, None)
    put(busy, CASE_TOTAL, 0)
    report = loads(busy, as_found=True)
    for same in (pickle.loads(pickle.dumps(report)), copy.copy(report), copy.deepcopy(report)):  # noqa: S301
        assert same == report
        assert hash(same) == hash(report)
        assert check(same) == check(report)
        assert type(same.marks[0].at) is Address


def test_repr_is_short_and_says_which_report_it_is(busy_report: Report2021) -> None:
    report = with_wrong_total(busy_report)
    assert repr(report) == "<Report2021 宿迁市人民政府 2023, inconsistent>"
    assert repr(replace(report, agency="甲\n乙\x1b[31m")) == r"<Report2021 甲\n乙\u001b[31m 2023, inconsistent>"
