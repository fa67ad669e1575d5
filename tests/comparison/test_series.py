"""Tests of comparing a body across years: published series, gaps, blanks, new forms and new names."""

from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import Address, AnyReport, Mark, Report2021, as_found, label, loads, replace
from gkformat import strategies as gk
from gkformat.base.findings import MarkKind
from gkformat.comparison.series import check_series
from gkformat.comparison.series_finding import ReportName, SeriesFinding, SeriesTerm
from gkformat.forms.relations import ACROSS_YEARS
from support import fields, payload

DOCUMENTS = "proactive_disclosure.documents"
CARRIED = "requests.carried_forward"
BROUGHT = "requests.brought_forward"
COLUMNS = (
    "natural_person",
    *(
        f"legal_person.{name}"
        for name in (
            "commercial_enterprise",
            "research_institution",
            "public_welfare_organization",
            "legal_service_organization",
            "other",
        )
    ),
    "total",
)


def real(name: str) -> AnyReport:
    return loads(payload(name), as_found=True)


def with_numbers(report: AnyReport, numbers: dict[str, Any], **other: Any) -> AnyReport:
    """Return the report with other numbers, whether they add up or not."""
    boxes = {name.split(".")[0]: getattr(report, name.split(".")[0]) for name in numbers}
    for at, value in numbers.items():
        name, _, inner = at.partition(".")
        boxes[name] = replace(boxes[name], {inner: value})
    return as_found(type(report), **{**fields(report), **boxes, **other})


@pytest.fixture(scope="module")
def pingtan() -> list[AnyReport]:
    return [real(f"pingtan-{year}") for year in range(2019, 2025)]


@pytest.fixture
def suqian() -> list[AnyReport]:
    return [real("suqian-2023"), real("suqian-2024")]


# -- real series ---------------------------------------------------------------------------------------


def test_pingtan_carries_over_and_breaks_the_chain_twice(pingtan: list[AnyReport]) -> None:
    findings = check_series(pingtan)
    assert [(f.rule, f.earlier.year, f.later.year, f.left, f.right, f.difference) for f in findings] == [
        ("in-force-chain", 2022, 2023, 698 + 77 - 132, 470, 173),
        ("in-force-chain", 2023, 2024, 470 + 62 - 33, 440, 59),
    ]
    assert [(a.year, b.year) for a, b in findings.compared] == [(year, year + 1) for year in range(2019, 2024)]
    assert findings.gaps == ()


def test_suqian_has_no_findings(suqian: list[AnyReport]) -> None:
    findings = check_series(suqian)
    assert not findings
    assert findings.compared == ((ReportName("宿迁市人民政府", 2023), ReportName("宿迁市人民政府", 2024)),)


def test_finding_names_both_reports_and_all_terms(pingtan: list[AnyReport]) -> None:
    finding = check_series(pingtan)[0]
    earlier, later = ReportName("平潭综合实验区管委会", 2022), ReportName("平潭综合实验区管委会", 2023)
    line = f"{DOCUMENTS}.normative_documents"
    assert finding.at == f"{line}.in_force"
    assert finding.label == label(Report2021, finding.at)
    assert (finding.body, finding.earlier, finding.later, finding.severity) == (later.agency, earlier, later, "advice")
    assert finding.terms == (
        SeriesTerm(earlier, finding.at, 1, 698),
        SeriesTerm(later, Address(f"{line}.issued"), 1, 77),
        SeriesTerm(later, Address(f"{line}.repealed"), -1, 132),
        SeriesTerm(later, finding.at, -1, 470),
    )
    assert finding.message() == "2022 年现行有效加 2023 年制发减废止为 643，2023 年填现行有效 470，相差 +173"
    assert finding.message("en") == (
        "in force in 2022, plus issued and minus repealed in 2023, gives 643; 2023 says 470, difference +173"
    )
    assert str(earlier) == "平潭综合实验区管委会 2022"


# -- one relation at a time ----------------------------------------------------------------------------


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("year", range(2020, 2025))
def test_carry_over_is_checked_in_each_column_and_year(pingtan: list[AnyReport], year: int, column: str) -> None:
    earlier, later = (report for report in pingtan if report.year in (year - 1, year))
    brought = attrgetter(f"{BROUGHT}.{column}")(later)
    changed = with_numbers(later, {f"{BROUGHT}.{column}": brought + 5})
    (finding,) = (each for each in check_series([changed, earlier]) if each.rule == "carry-over")
    assert (finding.at, finding.left, finding.right) == (f"{BROUGHT}.{column}", brought, brought + 5)
    assert [(term.report.year, str(term.at), term.coefficient, term.value) for term in finding.terms] == [
        (year - 1, f"{CARRIED}.{column}", 1, brought),
        (year, f"{BROUGHT}.{column}", -1, brought + 5),
    ]
    assert finding.message() == f"{year - 1} 年结转下年度 {brought}，{year} 年填上年结转 {brought + 5}，相差 -5"


@pytest.mark.parametrize("line", ["rules", "normative_documents"])
@pytest.mark.parametrize(
    ("place", "name", "difference"), [(0, "in_force", 1), (1, "issued", 1), (1, "repealed", -1), (1, "in_force", -1)]
)
def test_chain_counts_each_of_its_terms(
    suqian: list[AnyReport], line: str, place: int, name: str, difference: int
) -> None:
    at = f"{DOCUMENTS}.{line}.{name}"
    suqian[place] = with_numbers(suqian[place], {at: attrgetter(at)(suqian[place]) + 1})
    (finding,) = check_series(suqian)
    assert (finding.rule, finding.at, finding.difference) == (
        "in-force-chain",
        f"{DOCUMENTS}.{line}.in_force",
        difference,
    )


def test_findings_are_ordered_as_printed(suqian: list[AnyReport]) -> None:
    numbers = {
        f"{BROUGHT}.total": 9,
        f"{BROUGHT}.natural_person": 9,
        f"{DOCUMENTS}.normative_documents.in_force": 9,
        f"{DOCUMENTS}.rules.in_force": 9,
    }
    findings = check_series([with_numbers(suqian[1], numbers), suqian[0]])
    assert [str(finding.at) for finding in findings] == [*reversed(numbers)]
    assert all(isinstance(finding, SeriesFinding) for finding in findings[:2])


@pytest.mark.parametrize("kind", ["blank", "unreadable", "out-of-range", "absent"])
@pytest.mark.parametrize(
    ("place", "at", "told"),
    [
        (0, f"{CARRIED}.legal_person.research_institution", False),
        (1, f"{DOCUMENTS}.rules.repealed", True),
    ],
)
def test_open_term_is_not_guessed(suqian: list[AnyReport], place: int, at: str, told: bool, kind: MarkKind) -> None:
    suqian[place] = with_numbers(suqian[place], {at: 0}, marks=(Mark(at, kind),))
    changed = {f"{BROUGHT}.legal_person.research_institution": 3, f"{DOCUMENTS}.rules.in_force": 3}
    suqian[1] = with_numbers(suqian[1], changed)
    assert [finding.rule for finding in check_series(suqian)] == (["carry-over"] if told else ["in-force-chain"])


# -- bodies and years ----------------------------------------------------------------------------------


def test_gap_compares_nothing(pingtan: list[AnyReport]) -> None:
    findings = check_series([report for report in pingtan if report.year not in (2020, 2023)])
    assert not findings
    assert [(a.year, b.year) for a, b in findings.compared] == [(2021, 2022)]
    assert [(a.year, b.year) for a, b in findings.gaps] == [(2019, 2021), (2022, 2024)]


def test_bodies_in_one_call_are_kept_apart(pingtan: list[AnyReport], suqian: list[AnyReport]) -> None:
    together = check_series([*suqian, *pingtan])
    assert together.items == check_series(pingtan).items
    assert together.compared == (*check_series(suqian).compared, *check_series(pingtan).compared)


def test_key_joins_reports_of_a_renamed_body(pingtan: list[AnyReport]) -> None:
    renamed = [replace(each, agency="平潭县") if each.year > 2022 else each for each in pingtan]
    assert [each.later.year for each in check_series(renamed)] == [2024]
    findings = check_series(renamed, key=lambda report: ("350128", len(report.agency) > 0))
    assert [(str(each.earlier), str(each.later)) for each in findings] == [
        ("平潭综合实验区管委会 2022", "平潭县 2023"),
        ("平潭县 2023", "平潭县 2024"),
    ]
    assert {each.body for each in findings} == {("350128", True)}


def test_check_series_of_fewer_than_two_reports_is_empty(busy_report: Report2021) -> None:
    for reports in ([], [busy_report]):
        findings = check_series(reports)
        assert (findings.items, findings.compared, findings.gaps) == ((), (), ())


def test_reports_of_the_same_year_are_refused(suqian: list[AnyReport], pingtan: list[AnyReport]) -> None:
    with pytest.raises(ValueError, match="宿迁市人民政府 2023") as caught:
        check_series(iter([*suqian, suqian[0], *pingtan]))
    assert str(caught.value) == (
        "同一机关同一年度有不止一份报告：宿迁市人民政府 2023"
        " / more than one report of the same body and year: 宿迁市人民政府 2023"
    )
    with pytest.raises(ValueError, match="宿迁市人民政府 2023、平潭综合实验区管委会 2023"):
        check_series([suqian[0], pingtan[4]], key=lambda _: "one")


@given(st.lists(gk.reports(max_value=30) | gk.reports(edition="2019", max_value=30), max_size=5), st.data())
def test_order_of_the_reports_does_not_matter(reports: list[AnyReport], data: st.DataObject) -> None:
    body = {report.year: replace(report, agency="甲") for report in reports}
    others = {report.year: replace(report, agency="乙") for report in reports}
    series = [*body.values(), *others.values()]
    findings = check_series(series)
    assert check_series(data.draw(st.permutations(series))) == findings
    assert hash(findings) == hash(check_series(tuple(series)))
    assert [(each.earlier, each.later) for each in findings] == sorted(
        ((each.earlier, each.later) for each in findings), key=lambda pair: (pair[1].agency, pair[1].year)
    )


@given(gk.reports(max_value=30), gk.reports(max_value=30) | gk.reports(edition="2019", max_value=30))
def test_findings_are_those_of_arithmetic_by_hand(later: AnyReport, earlier: AnyReport) -> None:
    earlier, later = replace(earlier, agency="甲", year=2020), replace(later, agency="甲", year=2021)
    wrong = []
    if earlier.edition == "2021":
        for line in ("rules", "normative_documents"):
            before, now = (attrgetter(f"{DOCUMENTS}.{line}")(report) for report in (earlier, later))
            if before.in_force + now.issued - now.repealed != now.in_force:
                wrong.append(f"{DOCUMENTS}.{line}.in_force")
    for column in COLUMNS:
        if attrgetter(f"{CARRIED}.{column}")(earlier) != attrgetter(f"{BROUGHT}.{column}")(later):
            wrong.append(f"{BROUGHT}.{column}")
    handed_on = {relation.rule for relation in ACROSS_YEARS}
    found = [finding for finding in check_series([later, earlier]) if finding.rule in handed_on]
    assert [str(finding.at) for finding in found] == wrong


def test_findings_print_whose_they_are() -> None:
    found = check_series(loads(payload(f"pingtan-{year}"), as_found=True) for year in (2023, 2024))
    title, first, *_ = str(found).splitlines()
    assert title == "比较 1 对相邻年度，提示 1 / 1 pair(s) of years compared, 1 advice"
    assert first.startswith("  [提示 / advice] 平潭综合实验区管委会 2024  二、主动公开政府信息情况 > ")
