"""Tests of comparing a whole with its parts, among them a made-up county of 300 parts."""

import tracemalloc
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import (
    CASES,
    CHANGE,
    FEES,
    FINED,
    GROUP,
    NEWLY_RECEIVED,
    OUTCOMES,
    UNCLEAR_MARKS,
    UPHELD,
    agency_names,
    body,
    consolidated,
    empty_report,
    families,
    findings_of_rule,
    other_handling,
    report_with_blanks,
    states_of_cells,
    with_numbers,
)
from gkformat import Address, AnyReport, Incomparable, Inconsistent, Mark, cells, replace
from gkformat.base.findings import MarkKind, Verdict
from gkformat.comparison.consolidation import consolidate
from gkformat.comparison.parts import Coverage, PartsCheck, Suspect, check_parts
from gkformat.notation.outline import label

ISSUED = "proactive_disclosure.documents.normative_documents.issued"


def request_numbers(granted: int, other: int, carried: int) -> dict[str, int]:
    """Return sound numbers of table three: requests of natural persons, granted, handled otherwise, carried forward."""
    numbers = {
        NEWLY_RECEIVED: granted + other + carried,
        f"{OUTCOMES}.granted": granted,
        f"{GROUP}.other": other,
        f"{OUTCOMES}.total": granted + other,
        "requests.carried_forward": carried,
    }
    return {f"{row}.{column}": number for row, number in numbers.items() for column in ("natural_person", "total")}


def department(number: int) -> AnyReport:
    """Return a part of the county, with numbers computed from its own number."""
    changes: dict[str, Any] = request_numbers(number % 17 + 1, number % 5, number * number % 7)
    changes |= {ISSUED: number % 3, FINED: number * 31 % 101, FEES: Decimal(number).scaleb(-2)}
    changes |= {UPHELD: number % 4, CASES: number % 4}
    return body(f"第{number}单位", changes)


@pytest.fixture(scope="module")
def county() -> tuple[AnyReport, ...]:
    return tuple(map(department, range(1, 301)))


@pytest.fixture(scope="module")
def whole(county: Sequence[AnyReport]) -> AnyReport:
    return consolidate(county, agency="某县人民政府", year=2021).report


def test_county_that_adds_up_has_no_findings(county: Sequence[AnyReport], whole: AnyReport) -> None:
    check = check_parts(whole, iter(county), expected=agency_names(county))
    assert check == PartsCheck(check.findings, Coverage(agency_names(county)))
    assert len(check.findings) == 0
    assert cells(whole)[Address(FEES)] == Decimal("451.50")


def test_wrong_missing_and_repeated_parts_are_found(county: Sequence[AnyReport], whole: AnyReport) -> None:
    wrong = replace(county[41], {FINED: 10**6})
    parts = [*county[:41], wrong, *county[42:99], *county[100:], county[7]]
    check = check_parts(whole, iter(parts), expected=agency_names(county))
    assert check.coverage.missing == ("第100单位",)
    assert check.coverage.repeated == ("第8单位",)
    assert agency_names(parts)[:-1] == check.coverage.counted
    (exceeding,) = findings_of_rule(check, "part-exceeds-whole")
    assert (exceeding.at, exceeding.left, exceeding.right) == (FINED, 10**6, cells(whole)[Address(FINED)])
    assert "第42单位" in exceeding.message("zh")
    assert "第42单位" in exceeding.message("en")
    sums = findings_of_rule(check, "parts-sum")
    assert [finding.at for finding in sums if finding.severity == "advice"] == [FINED]
    assert {finding.at for finding in check.findings.undecided} == {
        at for at, number in cells(county[99]).items() if number and at != FINED
    }
    assert check.findings.verdict is Verdict.UNDECIDED
    said = [finding.message("zh") for finding in findings_of_rule(check, "parts-coverage")]
    assert said == ["缺少 第100单位 的报告", "第8单位 重复出现，数字相同，只计入一次"]
    assert [finding.at for finding in check.findings][:2] == ["agency", "agency"]


def test_inconsistent_part_is_named(county: Sequence[AnyReport], whole: AnyReport) -> None:
    with pytest.raises(Inconsistent):
        replace(county[41], {CASES: 9})
    wrong = with_numbers(county[41], {CASES: 9})
    check = check_parts(whole, [*county[:41], wrong, *county[42:]])
    assert [(finding.rule, finding.at) for finding in check.findings] == [("parts-sum", CASES)]
    assert check.inconsistent == ("第42单位",)


@pytest.mark.parametrize(("reason", "sign"), [("twice", 1), ("left-out", -1)], ids=["counted twice", "left out"])
def test_part_counted_twice_or_left_out_is_suspected(
    county: Sequence[AnyReport], whole: AnyReport, reason: Any, sign: int
) -> None:
    number = cells(county[41])
    wrong = replace(whole, {at: value + sign * cast("int", number[at]) for at, value in cells(whole).items() if value})
    check = check_parts(wrong, iter(county), expected=agency_names(county))
    assert check.suspects == (Suspect("第42单位", reason),)
    differing = [at for at, value in number.items() if value]
    if reason == "left-out":
        differing.remove(Address(ISSUED)) if ISSUED in differing else None
    assert [finding.at for finding in check.findings] == differing
    for lang in ("zh", "en"):
        assert "第42单位" in check.suspects[0].message(cast("Any", lang))


def test_coverage_without_expectations_names_nobody() -> None:
    check = check_parts(body("县"), [body("甲")])
    assert check.coverage == Coverage(("甲",))


def test_unexpected_part_is_counted_and_named() -> None:
    check = check_parts(body("县"), [body("甲"), body("乙", {FINED: 1})], expected=["丙", "甲", "丙"])
    assert check.coverage == Coverage(("甲", "乙"), missing=("丙",), unexpected=("乙",))
    assert [finding.severity for finding in findings_of_rule(check, "parts-sum")] == ["advice"]


def test_repeated_body_is_counted_once() -> None:
    parts = [body("甲", {FINED: 1}), body("甲", {FINED: 2}), body("甲", {FINED: 1})]
    check = check_parts(body("县", {FINED: 1}), parts)
    assert check.coverage == Coverage(("甲",), repeated=("甲",))
    assert [finding.message("zh") for finding in check.findings] == ["甲 重复出现，数字不同，只计入先读到的一份"]


def test_reports_of_another_year_or_edition_are_not_counted() -> None:
    parts = [body("甲", year=2022), body("乙", edition="2019"), body("丙", {FINED: 1})]
    check = check_parts(body("县", {FINED: 1}), parts, expected=["甲", "丙"])
    assert check.coverage == Coverage(("丙",), missing=("甲",), unlike=("甲", "乙"))
    assert [finding.rule for finding in check.findings] == ["parts-coverage"] * 3
    assert "2022" in check.findings[1].message("zh")
    assert "edition 2019" in check.findings[2].message("en")


@pytest.mark.parametrize(
    ("of_whole", "of_parts", "state"),
    [
        (3, (1, 2), None),
        (4, (1, 2), "advice"),
        (2, (1, 2), "advice"),
        (None, (1, 2), None),
        (3, (1, None), None),
        (1, (1, None, None), None),
        (3, (1, None, None), "undecided"),
        (1, (1, 1, None), "advice"),
        (None, (1, None), "undecided"),
    ],
)
def test_blank_is_an_unknown_from_0_on(
    of_whole: int | None, of_parts: tuple[int | None, ...], state: str | None
) -> None:
    def report(agency: str, value: int | None) -> AnyReport:
        return report_with_blanks(agency, FINED) if value is None else body(agency, {FINED: value})

    parts = [report(f"{place}", value) for place, value in enumerate(of_parts)]
    assert states_of_cells(report("县", of_whole), *parts) == ([("parts-sum", FINED, state)] if state else [])


def test_message_tells_that_no_blank_can_make_it_hold() -> None:
    check = check_parts(
        body("县", {FINED: 1}), [body("甲", {FINED: 1}), body("乙", {FINED: 1}), report_with_blanks("丙", FINED)]
    )
    assert check.findings[0].message("en").endswith("no values of the open cells can make it hold")


@pytest.mark.parametrize(("of_whole", "state"), [(4, "undecided"), (3, None), (2, "advice")])
def test_missing_part_leaves_only_a_shortfall_undecided(of_whole: int, state: str | None) -> None:
    parts = body("甲", {FINED: 2}), body("乙", {FINED: 1})
    expected = [("parts-sum", FINED, state)] if state else []
    assert states_of_cells(body("县", {FINED: of_whole}), *parts, expected=["甲", "乙", "丙"]) == expected


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_documents_may_be_issued_jointly(edition: str) -> None:
    band = "proactive_disclosure.documents"
    counts = [at for at in cells(empty_report(edition)) if at.startswith(band)]
    assert len(counts) == 6
    parts = [body(name, dict.fromkeys(counts, 2), edition=edition) for name in ("甲", "乙")]
    assert states_of_cells(body("县", dict.fromkeys(counts, 3), edition=edition), *parts) == []
    few = body("县", dict.fromkeys(counts, 1), edition=edition)
    assert states_of_cells(few, *parts) == [("part-exceeds-whole", at, "advice") for at in counts]
    many = body("县", dict.fromkeys(counts, 5), edition=edition)
    assert states_of_cells(many, *parts) == [("parts-sum", at, "advice") for at in counts]


def test_signed_numbers_are_summed_and_bound_nothing() -> None:
    def part(agency: str, change: int) -> AnyReport:
        return body(agency, {CHANGE: change}, edition="2019")

    assert states_of_cells(part("县", 1), part("甲", 3), part("乙", -2)) == []
    assert states_of_cells(part("县", 2), part("甲", 3), part("乙", -2)) == [("parts-sum", CHANGE, "advice")]
    unknown = [report_with_blanks(name, CHANGE, edition="2019") for name in ("丙", "丁")]
    assert states_of_cells(part("县", 2), part("甲", 3), unknown[0]) == []
    assert states_of_cells(part("县", 3), part("甲", 3), *unknown) == [("parts-sum", CHANGE, "undecided")]


def test_largest_of_several_excesses_is_named() -> None:
    parts = [body("甲", {FINED: 5}), body("乙", {FINED: 7}), body("丙", {FINED: 6}), body("丁", {FINED: 1})]
    (finding,) = findings_of_rule(check_parts(body("县", {FINED: 1}), parts), "part-exceeds-whole")
    assert (finding.left, finding.right, finding.difference) == (7, 1, 6)
    assert "乙（另有 2 个单位也大于汇总）" in finding.message("zh")
    assert "乙 (and 2 more)" in finding.message("en")


@pytest.mark.parametrize("mark", UNCLEAR_MARKS)
@pytest.mark.parametrize(
    ("whole", "parts", "state"),
    [
        (5, [5, "?"], "undecided"),
        (6, [5, "?"], "undecided"),
        (4, [5, "?"], "advice"),
        (5, [None, "?"], "undecided"),
        ("?", [5], "undecided"),
        ("?", [0], "undecided"),
        ("?", ["?"], "undecided"),
    ],
)
def test_unclear_cell_is_never_what_is_lacking(
    mark: tuple[MarkKind, str], whole: int | str, parts: list[int | str | None], state: str
) -> None:
    def report(agency: str, value: int | str | None) -> AnyReport:
        if value == "?":
            return body(agency, marks=(Mark(FINED, *mark),))
        return report_with_blanks(agency, FINED) if value is None else body(agency, {FINED: value})

    found = states_of_cells(report("县", whole), *(report(f"单位{place}", part) for place, part in enumerate(parts)))
    assert found[:1] == [("parts-sum", FINED, state)]


@pytest.mark.parametrize(("whole", "part", "state"), [("?", 3, "undecided"), (4, "?", "undecided"), (1, "?", None)])
def test_unclear_count_of_joint_documents(whole: int | str, part: int | str, state: str | None) -> None:
    def report(agency: str, value: int | str) -> AnyReport:
        return body(agency, marks=(Mark(ISSUED, "absent"),)) if value == "?" else body(agency, {ISSUED: value})

    others = [body(name, {ISSUED: 1}) for name in ("乙", "丙")]
    found = states_of_cells(report("县", whole), report("甲", part), *others)
    assert found == ([("parts-sum", ISSUED, state)] if state else [])


def test_part_with_an_unclear_cell_is_not_suspected() -> None:
    unclear = body("甲", {FEES: Decimal(1)}, marks=(Mark(FINED, "absent"),))
    assert check_parts(body("县"), [unclear]).suspects == ()


def test_blank_of_the_whole_is_exceeded_by_no_part() -> None:
    assert states_of_cells(report_with_blanks("县", FINED), body("甲", {FINED: 5})) == []


def test_merged_group_is_compared_as_a_sum() -> None:
    parts = other_handling("甲", 1, 2, 3), other_handling("乙", 0, 0, 4, merged=True)
    assert states_of_cells(other_handling("县", 3, 2, 5), *parts) == []
    assert states_of_cells(other_handling("县", 0, 0, 10, merged=True), *parts) == []
    assert states_of_cells(other_handling("县", 0, 0, 10, merged=True), other_handling("甲", 5, 5, 0)) == []
    cell = f"{GROUP}.other.natural_person"
    check = check_parts(other_handling("县", 1, 0, 2), parts)
    assert [(each.rule, each.left, each.right) for each in check.findings if each.at == cell] == [
        ("parts-sum", 10, 3),
        ("part-exceeds-whole", 4, 3),
    ]
    cls = type(parts[0])
    labels = {each.label for each in check.findings if each.at == cell}
    assert labels == {f"{label(cls, GROUP)} > {label(cls, cell).rpartition(' > ')[2]}"}


@given(families(blanks=True))
def test_parts_with_blanks_are_undecided_but_never_wrong(parts: list[AnyReport]) -> None:
    sum_ = consolidated(parts)
    findings = check_parts(sum_.report, parts).findings
    assert not findings.advice
    assert {each.at for each in findings.undecided} == {mark.at for mark in sum_.report.marks}


@given(families(blanks=True), st.data())
def test_part_that_grows_is_never_overlooked(parts: list[AnyReport], data: st.DataObject) -> None:
    whole = consolidated(parts).report
    at = data.draw(st.sampled_from([at for at, number in cells(whole).items() if number is not None]))
    place = data.draw(st.integers(0, len(parts) - 1))
    grown = with_numbers(parts[place], {at: value_at(parts[place], at) + 1})
    check = check_parts(whole, [*parts[:place], grown, *parts[place + 1 :]])
    joint = at.startswith("proactive_disclosure.documents.")
    expected = [] if joint else [at]
    assert [each.at for each in findings_of_rule(check, "parts-sum") if each.severity == "advice"] == expected


def value_at(report: AnyReport, at: str) -> Any:
    return cells(report)[Address(at)]


def many(count: int) -> Iterator[AnyReport]:
    """Yield as many parts, made one by one."""
    part = department(13)
    return (replace(part, agency=str(number)) for number in range(count))


def peak(count: int) -> int:
    """Return the most memory, in bytes, that a consolidation and a comparison take."""
    whole = consolidate(many(3), agency="县", year=2021).report  # also fills what is computed once
    tracemalloc.start()
    try:
        consolidate(many(count), agency="县", year=2021)
        check_parts(whole, chain(many(count), many(5)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_parts_are_not_kept_in_memory() -> None:
    few, more = peak(50), peak(300)
    # Of a part its name, its verdict and two hashes are kept; a report of this form takes some ten thousand bytes.
    assert more - few < 900 * 250


# -- money that was rounded ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "parts", "told"),
    [
        ("12.35", ["12.345678"], False),
        ("12.34", ["12.345678"], False),
        ("12", ["12.345678"], False),
        ("12.37", ["12.345678"], True),
        ("12.35", ["12.36"], True),
        ("15.5602", ["12.35", "3.21"], False),
        ("15.58", ["12.35", "3.21"], True),
        ("6.01", ["1.00", "2.00", "3.00"], True),
        ("6.01", ["1", "2", "3"], True),
        ("0", ["0.3"], True),
        ("0.3", ["0", "0", "0"], True),
    ],
)
def test_rounding_of_amounts_is_no_difference(whole: str, parts: list[str], told: bool) -> None:
    made = [body(f"甲{index}", {FEES: Decimal(amount)}) for index, amount in enumerate(parts)]
    found = states_of_cells(body("总", {FEES: Decimal(whole)}), *made)
    assert (("parts-sum", FEES, "advice") in found) == told
    assert told or not found


def test_part_that_exceeds_a_rounded_whole_is_told_with_the_number_of_the_whole() -> None:
    whole, part = body("总", {FEES: Decimal("12.3")}), body("甲", {FEES: Decimal("12.45")})
    (excess,) = findings_of_rule(check_parts(whole, [part]), "part-exceeds-whole")
    assert (excess.left, excess.right) == (Decimal("12.45"), Decimal("12.3"))


# -- which report the whole is -------------------------------------------------------------------------


def _coverage(check: PartsCheck) -> list[str]:
    return [finding.message() for finding in findings_of_rule(check, "parts-coverage")]


def test_report_of_a_body_for_itself_is_no_sum() -> None:
    whole, part = body("某县人民政府办公室", {FINED: 1}), body("某县公安局", {FINED: 1})
    assert not check_parts(whole, [part], kind="county").findings
    with pytest.raises(Incomparable, match="某县人民政府办公室"):
        check_parts(whole, [part], kind="agency")
    with pytest.raises(ValueError, match="no kind of report"):
        check_parts(whole, [part], kind=cast("Any", "town"))


def test_whole_that_may_be_the_report_of_an_office_for_itself_is_told() -> None:
    office, part = body("某县人民政府办公室", {FINED: 1}), body("某县公安局", {FINED: 2})
    (told,) = _coverage(check_parts(office, [part]))
    assert "本政府机关自己的报告" in told
    assert not _coverage(check_parts(office, [part], kind="county"))
    assert not _coverage(check_parts(replace(office, agency="某县人民政府"), [part]))
    assert not _coverage(check_parts(office, [replace(part, {FINED: 1})]))


def test_government_beside_its_own_office_is_told() -> None:
    parts = [body(name, {FINED: 1}) for name in ("某县人民政府", "某县人民政府办公室", "某市办公室")]
    (told,) = _coverage(check_parts(body("某市人民政府", {FINED: 3}), parts))
    assert told.startswith("某县人民政府办公室与某县人民政府都已计入")
