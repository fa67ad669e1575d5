"""A body and its parts: the comparison, the consolidation, and a made-up county of 300 parts."""

import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import Address, AnyReport, Inconsistent, Malformed, Mark, as_found, cells, loads, replace
from gkformat.base.findings import Finding, Verdict
from gkformat.comparison.consolidation import Consolidated, Mixed, consolidate
from gkformat.comparison.parts import Coverage, PartsCheck, Suspect, check_parts
from gkformat.forms.editions import EDITIONS
from gkformat.notation.domains import Count
from gkformat.notation.outline import label, nodes
from gkformat.strategies import USUAL, reports
from support import payload

NEW = "requests.newly_received"
OUT = "requests.outcomes"
GROUP = f"{OUT}.other_handling"
ISSUED = "proactive_disclosure.documents.normative_documents.issued"
FEES = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
FINED = "proactive_disclosure.enforcement.administrative_penalties.decisions"
UPHELD = "reconsideration_and_litigation.reconsideration.upheld"
CASES = "reconsideration_and_litigation.reconsideration.total"
CHANGE = "proactive_disclosure.licensing.administrative_licenses.change"

# -- a made-up county ----------------------------------------------------------------------------------


@cache
def empty(edition: str = "2021") -> AnyReport:
    """A report in which every number is 0."""
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
    """A part with a few numbers in it."""
    return replace(empty(edition), changes or {}, agency=agency, **fields)


def request_numbers(granted: int, other: int, carried: int) -> dict[str, int]:
    """Sound numbers of a table three: requests of natural persons, some granted, some not, some carried forward."""
    numbers = {
        NEW: granted + other + carried,
        f"{OUT}.granted": granted,
        f"{GROUP}.other": other,
        f"{OUT}.total": granted + other,
        "requests.carried_forward": carried,
    }
    return {f"{row}.{column}": number for row, number in numbers.items() for column in ("natural_person", "total")}


def department(number: int) -> AnyReport:
    """A part of the county; each has numbers of its own, by arithmetic."""
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


def names(parts: Iterable[AnyReport]) -> tuple[str, ...]:
    return tuple(part.agency for part in parts)


def found(check: PartsCheck, rule: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in check.findings if finding.rule == rule)


def test_a_county_that_adds_up(county: Sequence[AnyReport], whole: AnyReport) -> None:
    check = check_parts(whole, iter(county), expected=names(county))
    assert check == PartsCheck(check.findings, Coverage(names(county)))
    assert len(check.findings) == 0
    assert cells(whole)[Address(FEES)] == Decimal("451.50")


def test_one_part_is_wrong_one_is_missing_and_one_is_there_twice(county: Sequence[AnyReport], whole: AnyReport) -> None:
    wrong = replace(county[41], {FINED: 10**6})
    parts = [*county[:41], wrong, *county[42:99], *county[100:], county[7]]
    check = check_parts(whole, iter(parts), expected=names(county))
    assert check.coverage.missing == ("第100单位",)
    assert check.coverage.repeated == ("第8单位",)
    assert names(parts)[:-1] == check.coverage.counted
    (exceeding,) = found(check, "part-exceeds-whole")
    assert (exceeding.at, exceeding.left, exceeding.right) == (FINED, 10**6, cells(whole)[Address(FINED)])
    assert "第42单位" in exceeding.message("zh")
    assert "第42单位" in exceeding.message("en")
    sums = found(check, "parts-sum")
    assert [finding.at for finding in sums if finding.severity == "advice"] == [FINED]
    assert {finding.at for finding in check.findings.undecided} == {
        at for at, number in cells(county[99]).items() if number and at != FINED
    }
    assert check.findings.verdict is Verdict.UNDECIDED
    said = [finding.message("zh") for finding in found(check, "parts-coverage")]
    assert said == ["缺少 第100单位 的报告", "第8单位 重复出现，数字相同，只计入一次"]
    assert [finding.at for finding in check.findings][:2] == ["agency", "agency"]


def test_the_slip_of_a_part_that_contradicts_itself_is_looked_for_there(
    county: Sequence[AnyReport], whole: AnyReport
) -> None:
    with pytest.raises(Inconsistent):
        replace(county[41], {CASES: 9})
    wrong = put(county[41], {CASES: 9})
    check = check_parts(whole, [*county[:41], wrong, *county[42:]])
    assert [(finding.rule, finding.at) for finding in check.findings] == [("parts-sum", CASES)]
    assert check.inconsistent == ("第42单位",)


def put(report: AnyReport, changes: dict[str, Any], **fields: Any) -> AnyReport:
    """A report with other numbers, as found."""
    changed: dict[str, Any] = {}
    for at, value in changes.items():
        name, _, inner = at.partition(".")
        changed[name] = replace(changed.get(name, getattr(report, name)), {inner: value})
    kept = ("agency", "year", "marks", "proactive_disclosure", "requests", "reconsideration_and_litigation")
    values = {name: getattr(report, name) for name in kept} | changed | fields
    return as_found(type(report), **values)


@pytest.mark.parametrize(("reason", "sign"), [("twice", 1), ("left-out", -1)], ids=["counted twice", "left out"])
def test_the_whole_that_counts_a_part_twice_or_not_at_all(
    county: Sequence[AnyReport], whole: AnyReport, reason: Any, sign: int
) -> None:
    number = cells(county[41])
    wrong = replace(whole, {at: value + sign * cast("int", number[at]) for at, value in cells(whole).items() if value})
    check = check_parts(wrong, iter(county), expected=names(county))
    assert check.suspects == (Suspect("第42单位", reason),)
    differing = [at for at, value in number.items() if value]
    if reason == "left-out":
        differing.remove(Address(ISSUED)) if ISSUED in differing else None
    assert [finding.at for finding in check.findings] == differing
    for lang in ("zh", "en"):
        assert "第42单位" in check.suspects[0].message(cast("Any", lang))


# -- who was counted -----------------------------------------------------------------------------------


def test_without_expectations_nobody_is_missing_or_unexpected() -> None:
    check = check_parts(body("县"), [body("甲")])
    assert check.coverage == Coverage(("甲",))


def test_an_unexpected_part_is_counted_and_named() -> None:
    check = check_parts(body("县"), [body("甲"), body("乙", {FINED: 1})], expected=["丙", "甲", "丙"])
    assert check.coverage == Coverage(("甲", "乙"), missing=("丙",), unexpected=("乙",))
    assert [finding.severity for finding in found(check, "parts-sum")] == ["advice"]


def test_of_two_reports_of_one_body_the_first_is_counted() -> None:
    parts = [body("甲", {FINED: 1}), body("甲", {FINED: 2}), body("甲", {FINED: 1})]
    check = check_parts(body("县", {FINED: 1}), parts)
    assert check.coverage == Coverage(("甲",), repeated=("甲",))
    assert [finding.message("zh") for finding in check.findings] == ["甲 重复出现，数字不同，只计入先读到的一份"]


def test_another_year_or_edition_is_not_counted_and_stops_nothing() -> None:
    parts = [body("甲", year=2022), body("乙", edition="2019"), body("丙", {FINED: 1})]
    check = check_parts(body("县", {FINED: 1}), parts, expected=["甲", "丙"])
    assert check.coverage == Coverage(("丙",), missing=("甲",), unlike=("甲", "乙"))
    assert [finding.rule for finding in check.findings] == ["parts-coverage"] * 3
    assert "2022" in check.findings[1].message("zh")
    assert "edition 2019" in check.findings[2].message("en")


# -- cell by cell --------------------------------------------------------------------------------------


def states(whole: AnyReport, *parts: AnyReport, expected: Iterable[str] | None = None) -> list[tuple[str, str, str]]:
    check = check_parts(whole, parts, expected=expected)
    return [(each.rule, each.at, each.severity) for each in check.findings if each.rule != "parts-coverage"]


def blank(agency: str, *addresses: str, edition: str = "2021", numbers: dict[str, Any] | None = None) -> AnyReport:
    return put(body(agency, edition=edition), numbers or {}, marks=tuple(Mark(at, "blank") for at in addresses))


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
def test_a_blank_is_an_unknown_from_0_on(
    of_whole: int | None, of_parts: tuple[int | None, ...], state: str | None
) -> None:
    def report(agency: str, value: int | None) -> AnyReport:
        return blank(agency, FINED) if value is None else body(agency, {FINED: value})

    parts = [report(f"{place}", value) for place, value in enumerate(of_parts)]
    assert states(report("县", of_whole), *parts) == ([("parts-sum", FINED, state)] if state else [])


def test_what_is_said_of_blanks() -> None:
    check = check_parts(body("县", {FINED: 1}), [body("甲", {FINED: 1}), body("乙", {FINED: 1}), blank("丙", FINED)])
    assert check.findings[0].message("en").endswith("no values of the blank cells can make it hold")


@pytest.mark.parametrize(("of_whole", "state"), [(4, "undecided"), (3, None), (2, "advice")])
def test_a_missing_part_leaves_only_a_shortfall_open(of_whole: int, state: str | None) -> None:
    parts = body("甲", {FINED: 2}), body("乙", {FINED: 1})
    expected = [("parts-sum", FINED, state)] if state else []
    assert states(body("县", {FINED: of_whole}), *parts, expected=["甲", "乙", "丙"]) == expected


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_documents_may_be_issued_jointly(edition: str) -> None:
    band = "proactive_disclosure.documents"
    counts = [at for at in cells(empty(edition)) if at.startswith(band)]
    assert len(counts) == 6
    parts = [body(name, dict.fromkeys(counts, 2), edition=edition) for name in ("甲", "乙")]
    assert states(body("县", dict.fromkeys(counts, 3), edition=edition), *parts) == []
    few = body("县", dict.fromkeys(counts, 1), edition=edition)
    assert states(few, *parts) == [("part-exceeds-whole", at, "advice") for at in counts]
    many = body("县", dict.fromkeys(counts, 5), edition=edition)
    assert states(many, *parts) == [("parts-sum", at, "advice") for at in counts]


def test_numbers_that_may_be_negative_are_summed_and_measure_nothing() -> None:
    def part(agency: str, change: int) -> AnyReport:
        return body(agency, {CHANGE: change}, edition="2019")

    assert states(part("县", 1), part("甲", 3), part("乙", -2)) == []
    assert states(part("县", 2), part("甲", 3), part("乙", -2)) == [("parts-sum", CHANGE, "advice")]
    unknown = [blank(name, CHANGE, edition="2019") for name in ("丙", "丁")]
    assert states(part("县", 2), part("甲", 3), unknown[0]) == []
    assert states(part("县", 3), part("甲", 3), *unknown) == [("parts-sum", CHANGE, "undecided")]


def test_the_largest_of_several_is_named() -> None:
    parts = [body("甲", {FINED: 5}), body("乙", {FINED: 7}), body("丙", {FINED: 6}), body("丁", {FINED: 1})]
    (finding,) = found(check_parts(body("县", {FINED: 1}), parts), "part-exceeds-whole")
    assert (finding.left, finding.right, finding.difference) == (7, 1, 6)
    assert "乙（另有 2 个单位也大于汇总）" in finding.message("zh")
    assert "乙 (and 2 more)" in finding.message("en")


def test_no_part_exceeds_a_blank() -> None:
    assert states(blank("县", FINED), body("甲", {FINED: 5})) == []


# -- groups filled as one row --------------------------------------------------------------------------


def handled(agency: str, *lines: int, merged: bool = False) -> AnyReport:
    """A report with requests handled otherwise, in the three lines of the group."""
    rows = ("correction_overdue", "fee_overdue", "other")
    amounts = {f"{GROUP}.{row}": number for row, number in zip(rows, lines, strict=True)}
    amounts |= {NEW: sum(lines), f"{OUT}.total": sum(lines)}
    numbers = {f"{row}.{column}": value for row, value in amounts.items() for column in ("natural_person", "total")}
    return body(agency, numbers, marks=(Mark(GROUP, "merged"),) if merged else ())


def test_a_group_in_one_row_is_compared_as_a_sum() -> None:
    parts = handled("甲", 1, 2, 3), handled("乙", 0, 0, 4, merged=True)
    assert states(handled("县", 3, 2, 5), *parts) == []
    assert states(handled("县", 0, 0, 10, merged=True), *parts) == []
    assert states(handled("县", 0, 0, 10, merged=True), handled("甲", 5, 5, 0)) == []
    cell = f"{GROUP}.other.natural_person"
    check = check_parts(handled("县", 1, 0, 2), parts)
    assert [(each.rule, each.left, each.right) for each in check.findings if each.at == cell] == [
        ("parts-sum", 10, 3),
        ("part-exceeds-whole", 4, 3),
    ]
    cls = type(parts[0])
    labels = {each.label for each in check.findings if each.at == cell}
    assert labels == {f"{label(cls, GROUP)} > {label(cls, cell).rpartition(' > ')[2]}"}


def test_merged_parts_make_a_merged_sum() -> None:
    both = consolidate([handled("甲", 1, 2, 3), handled("乙", 0, 0, 4, merged=True)], agency="县", year=2021)
    assert both.report == replace(handled("县", 0, 0, 10, merged=True))
    assert both.mixed == ()


# -- consolidation -------------------------------------------------------------------------------------


def test_a_cell_that_some_leave_blank_is_unknown_and_its_known_sum_is_kept() -> None:
    parts = [body("甲", {FINED: 30}), blank("乙", FINED), body("丙", {FINED: 7}), blank("丁", FINED)]
    sum_ = consolidate(iter(parts), agency="县", year=2021)
    assert sum_.mixed == (Mixed(Address(FINED), 37, 2),)
    assert sum_.report.marks == (Mark(FINED, "blank", "≥ 37"),)
    assert cells(sum_.report)[Address(FINED)] is None
    assert states(sum_.report, *parts) == [("parts-sum", FINED, "undecided")]
    assert states(replace(sum_.report, {each.at: each.known for each in sum_.mixed}), *parts) == []


def test_what_follows_from_a_mixed_cell_is_undecided() -> None:
    pending = "reconsideration_and_litigation.reconsideration.pending"
    parts = [body("甲", {UPHELD: 2, pending: 1, CASES: 3}), blank("乙", UPHELD, pending, numbers={CASES: 4})]
    sum_ = consolidate(parts, agency="县", year=2021)
    assert [part.verdict for part in sum_.manifest] == [Verdict.CONSISTENT, Verdict.UNDECIDED]
    assert cells(sum_.report)[Address(CASES)] == 7
    assert sum_.report.discrepancies == ()
    check = check_parts(sum_.report, parts)
    assert check.findings.verdict is Verdict.UNDECIDED


def test_a_blank_in_all_parts_is_blank() -> None:
    sum_ = consolidate([blank("甲", FINED, FEES), blank("乙", FINED, FEES)], agency="县", year=2021)
    assert sum_.report.marks == tuple(Mark(at, "blank") for at in (FINED, FEES))
    assert sum_.mixed == ()


def test_an_unknown_that_may_be_negative_bounds_nothing() -> None:
    parts = [body("甲", {CHANGE: -3}, edition="2019"), blank("乙", CHANGE, edition="2019")]
    (mark,) = consolidate(parts, agency="县", year=2019).report.marks
    assert mark.text == "-3 + ?"


def test_broken_parts_add_up_and_are_declared() -> None:
    parts = [put(body("甲"), {CASES: 2}), put(body("乙"), {CASES: 3}), body("丙")]
    sum_ = consolidate(parts, agency="县", year=2021)
    assert [(item.rule, item.left, item.right) for item in sum_.report.discrepancies] == [("case-total", 0, 5)]
    assert [str(part.verdict) for part in sum_.manifest] == ["inconsistent", "inconsistent", "consistent"]


def test_sums_that_no_cell_can_hold() -> None:
    most = cast("Any", Count).__metadata__[0].maximum
    parts = [body(name, {FINED: most, FEES: Decimal(10**15 - 1)}) for name in ("甲", "乙")]
    with pytest.raises(Malformed) as caught:
        consolidate(parts, agency="县", year=2021)
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [
        ("out-of-range", FINED),
        ("out-of-range", FEES),
    ]


def test_no_part_at_all() -> None:
    with pytest.raises(ValueError, match=r"没有可供汇总的报告 / there are no reports"):
        consolidate([], agency="县", year=2021)


def test_every_part_that_cannot_be_added_is_named_at_once() -> None:
    parts = [
        body("甲", edition="2019"),
        body("乙"),
        body("丙", year=2022),
        body("乙"),
        body("丁", year=2021, edition="2019"),
    ]
    with pytest.raises(ValueError, match=r"4 份报告不能汇总到 2021 年度 / 4 report") as caught:
        consolidate(parts, agency="县", year=2021)
    assert [line.strip()[0] for line in str(caught.value).splitlines()[1:]] == ["甲", "丙", "乙", "丁"]
    with pytest.raises(ValueError, match="2022"):
        consolidate([body("甲", year=2022)], agency="县", year=2021)


def test_a_real_part_with_136_marks() -> None:
    office = loads(payload("shanghai-office-2019"))
    alone = consolidate([office], agency=office.agency, year=2019).report
    assert cells(alone) == cells(office)
    assert {finding.severity for finding in check_parts(alone, [office]).findings} == {"undecided"}


# -- laws ----------------------------------------------------------------------------------------------


@st.composite
def families(draw: st.DrawFn, *, blanks: bool) -> list[AnyReport]:
    """A few parts of one whole; some of their zeros may be blank."""
    edition = draw(st.sampled_from(sorted(EDITIONS)))
    drawn = draw(st.lists(reports(edition=edition, max_value=USUAL), min_size=1, max_size=4))
    year = EDITIONS[edition].first_year
    parts = [replace(part, _affordable(part), agency=f"单位{place}", year=year) for place, part in enumerate(drawn)]
    return [_with_blanks(draw, part) for part in parts] if blanks else parts


def _affordable(part: AnyReport) -> dict[str, Decimal]:
    """Amounts of which a few can be added up in one cell."""
    amounts = {at: number for at, number in cells(part).items() if isinstance(number, Decimal)}
    return {at: min(number, Decimal(10**12)) for at, number in amounts.items()}


def _with_blanks(draw: st.DrawFn, part: AnyReport) -> AnyReport:
    zero = [at for at, number in cells(part).items() if not number]
    chosen = draw(st.sets(st.sampled_from(zero), max_size=5)) if zero else ()
    return replace(part, marks=tuple(Mark(at, "blank") for at in chosen))


def summed(parts: Sequence[AnyReport]) -> Consolidated:
    return consolidate(parts, agency="县", year=parts[0].year)


@given(families(blanks=False))
def test_a_sum_is_the_sum_of_its_parts(parts: list[AnyReport]) -> None:
    sum_ = summed(parts)
    for at, number in cells(sum_.report).items():
        assert number == sum(cast("int", cells(part)[at]) for part in parts)
    assert (sum_.report.marks, sum_.report.discrepancies) == ((), ())
    check = check_parts(sum_.report, parts, expected=names(parts))
    assert (len(check.findings), check.suspects) == (0, ())


@given(families(blanks=True))
def test_with_blanks_nothing_is_wrong_but_some_may_be_open(parts: list[AnyReport]) -> None:
    sum_ = summed(parts)
    findings = check_parts(sum_.report, parts).findings
    assert not findings.advice
    assert {each.at for each in findings.undecided} == {mark.at for mark in sum_.report.marks}


@given(families(blanks=True), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(parts: list[AnyReport], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    one, other = summed(parts), summed(shuffled)
    assert (one.report, one.mixed, set(one.manifest)) == (other.report, other.mixed, set(other.manifest))
    assert names(shuffled) == tuple(part.agency for part in other.manifest)


@given(families(blanks=True), st.data())
def test_a_part_that_grows_is_never_overlooked(parts: list[AnyReport], data: st.DataObject) -> None:
    whole = summed(parts).report
    at = data.draw(st.sampled_from([at for at, number in cells(whole).items() if number is not None]))
    place = data.draw(st.integers(0, len(parts) - 1))
    grown = put(parts[place], {at: value_at(parts[place], at) + 1})
    check = check_parts(whole, [*parts[:place], grown, *parts[place + 1 :]])
    joint = at.startswith("proactive_disclosure.documents.")
    expected = [] if joint else [at]
    assert [each.at for each in found(check, "parts-sum") if each.severity == "advice"] == expected


def value_at(report: AnyReport, at: str) -> Any:
    return cells(report)[Address(at)]


# -- ten thousand --------------------------------------------------------------------------------------


def many(count: int) -> Iterator[AnyReport]:
    """As many parts, made one by one."""
    part = department(13)
    return (replace(part, agency=str(number)) for number in range(count))


def peak(count: int) -> int:
    """The most memory that a consolidation and a comparison take, in bytes."""
    whole = consolidate(many(3), agency="县", year=2021).report  # also fills what is computed once
    tracemalloc.start()
    try:
        consolidate(many(count), agency="县", year=2021)
        check_parts(whole, chain(many(count), many(5)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_parts_are_not_kept() -> None:
    few, more = peak(200), peak(2000)
    # Of a part its name, its verdict and two hashes are kept; a report of this form takes some ten thousand bytes.
    assert more - few < 1800 * 1000
