"""Judgement, declarations, marks: what the arithmetic says, and what a report may say about itself."""

import copy
import pickle
import threading
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import (
    Address,
    Discrepancy,
    Finding,
    Inconsistent,
    Malformed,
    Mark,
    Report2021,
    as_found,
    cells,
    check,
    dumps,
    ensure,
    loads,
    replace,
)
from gkformat.forms.y2021 import Applicants, FeeAmount, LegalPerson
from gkformat.judgement.judge import judge
from gkformat.notation.declare import balance, column, form, row, total
from gkformat.notation.domains import Count
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import numbers
from support import Payload, at, fields, put

# -- sound and mutated reports -------------------------------------------------------------------------


def _broken(findings: Iterable[Finding]) -> set[tuple[str, str, Any, Any]]:
    return {(f.rule, str(f.at), f.left, f.right) for f in findings if f.severity == "broken"}


@pytest.mark.parametrize("cell", [cell for cell in oracle.CELLS if cell != oracle.FEE])
def test_one_cell_more_breaks_what_arithmetic_implies_and_nothing_else(busy: Payload, cell: str) -> None:
    put(busy, cell, at(busy, cell) + 1)
    implied = oracle.broken(busy)
    report = loads(busy, as_found=True)
    assert isinstance(report, Report2021)
    assert _broken(check(report)) == implied
    if implied:
        with pytest.raises(Inconsistent) as caught:
            loads(busy)
        assert _broken(caught.value.findings) == implied
    else:
        assert cell in oracle.COUNTS


@given(st.dictionaries(st.sampled_from(oracle.CELLS[10:]), st.integers(0, 50), max_size=12))
def test_any_mutation_breaks_what_arithmetic_implies(busy_report: Report2021, changes: dict[str, int]) -> None:
    plain = _payload(busy_report)
    for cell, value in changes.items():
        put(plain, cell, value)
    report = loads(plain, as_found=True)
    assert _broken(check(report)) == oracle.broken(plain)
    assert loads(dumps(report)) == report


def _payload(report: Report2021) -> Payload:
    from gkformat import converter  # noqa: PLC0415

    plain: Payload = converter().unstructure(report)
    return plain


def test_findings_stand_in_printed_order(busy: Payload) -> None:
    for cell in ("requests.outcomes.total.total", "reconsideration_and_litigation.reconsideration.total"):
        put(busy, cell, at(busy, cell) + 1)
    put(busy, "requests.newly_received.natural_person", 0)
    reordered = dict(reversed(busy.items()))
    found = [(f.rule, f.at) for f in check(loads(reordered, as_found=True))]
    assert found == [
        ("balance", "requests.newly_received.natural_person"),
        ("row-total", "requests.newly_received.total"),
        ("balance", "requests.newly_received.total"),
        ("row-total", "requests.outcomes.total.total"),
        ("outcomes-total", "requests.outcomes.total.total"),
        ("case-total", "reconsideration_and_litigation.reconsideration.total"),
    ]


def test_a_finding_says_both_sides_and_every_term(busy: Payload) -> None:
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    (finding,) = check(loads(busy, as_found=True)).broken
    assert (finding.left, finding.right, finding.difference) == (440, 0, 440)
    assert [(t.at.rpartition(".")[2], t.coefficient, t.value) for t in finding.terms] == [
        ("upheld", 1, 309),
        ("corrected", 1, 17),
        ("other", 1, 88),
        ("pending", 1, 26),
        ("total", -1, 0),
    ]
    assert finding.label == "四、政府信息公开行政复议、行政诉讼情况 > 行政复议 > 总计"
    assert finding.message("zh") == "各项之和为 440，总计填 0，相差 +440"
    assert finding.message("en") == "the parts add up to 440, the total says 0, difference +440"


# -- three-valued judgement ----------------------------------------------------------------------------


@form
class Row:
    first: Count = column("a")
    second: Count = column("b")
    both: Count = total("c", rule="row-total")


@form
class Table:
    upper: Row = row("1")
    lower: Row = row("2")
    sums: Row = total("3", rule="outcomes-total")


CELLS = numbers(Table)
small = st.integers(0, 3)
tables = st.fixed_dictionaries(dict.fromkeys(CELLS, small))
blanks = st.sets(st.sampled_from(CELLS), max_size=5)


def _states(values: Mapping[Address, int], blank: Iterable[Address]) -> dict[Equation, str]:
    said = {(f.rule, f.at): f.severity for f in judge(Table, [values[cell] for cell in CELLS], blank)}
    return {equation: said.get((equation.rule, equation.at), "holds") for equation in equations(Table)}


def _solutions(
    system: Sequence[Equation], values: Mapping[Address, int], blank: Iterable[Address], most: int = 9
) -> list[dict[Address, int]]:
    """Every choice of values for the blanks of these equations that makes all of them hold, by trying."""
    unknown = sorted({cell for equation in system for cell in (*equation.left, *equation.right)} & set(blank))
    choices = (dict(zip(unknown, chosen, strict=True)) for chosen in product(range(most + 1), repeat=len(unknown)))
    return [choice for choice in choices if all(_holds(equation, {**values, **choice}) for equation in system)]


def _holds(equation: Equation, values: Mapping[Address, int]) -> bool:
    return sum(values[cell] for cell in equation.left) == sum(values[cell] for cell in equation.right)


@given(tables, blanks)
def test_an_equation_is_judged_as_brute_force_over_its_blanks_says(
    values: dict[Address, int], blank: set[Address]
) -> None:
    values |= dict.fromkeys(blank, 0)
    forced = {equation: _solutions([equation], values, blank) for equation in equations(Table)}
    alone = {
        equation: "broken" if not found else "holds" if len(found) == 1 else "undecided"
        for equation, found in forced.items()
    }
    chosen = [found[0] for equation, found in forced.items() if alone[equation] == "holds"]
    disputed = {
        cell for one, other in combinations(chosen, 2) for cell in one.keys() & other.keys() if one[cell] != other[cell]
    }
    expected = {
        equation: "undecided" if state == "holds" and disputed & {*equation.left, *equation.right} else state
        for equation, state in alone.items()
    }
    assert _states(values, blank) == expected


@given(tables, st.sets(st.sampled_from(CELLS), max_size=3))
def test_consistent_means_that_the_blanks_can_be_filled_in_and_broken_that_they_cannot(
    values: dict[Address, int], blank: set[Address]
) -> None:
    values |= dict.fromkeys(blank, 0)
    states = set(_states(values, blank).values())
    joint = _solutions(equations(Table), values, blank)
    if states == {"holds"}:
        assert len(joint) == 1
    if "broken" in states:
        assert not joint


def test_a_printed_0_over_blank_parts_holds_and_a_smaller_total_does_not() -> None:
    blank = [Address("first"), Address("second")]
    assert not judge(Row, [0, 0, 0], blank)
    assert [f.severity for f in judge(Row, [0, 0, 5], blank)] == ["undecided"]
    (finding,) = judge(Row, [3, 0, 2], blank[1:])
    assert finding.severity == "broken"
    assert "空白格无论填什么都不能相符" in finding.message("zh")
    assert "no values of the blank cells" in finding.message("en")


def test_two_equations_that_force_a_blank_apart_are_both_undecided() -> None:
    values = dict.fromkeys(CELLS, 0) | {Address("upper.both"): 2, Address("sums.first"): 3, Address("sums.both"): 2}
    states = _states(values, [Address("upper.first")])
    assert {(e.rule, e.at): state for e, state in states.items() if state == "undecided"} == {
        ("row-total", "upper.both"): "undecided",
        ("outcomes-total", "sums.first"): "undecided",
    }


def test_a_blank_in_a_report_is_unknown_and_not_zero(busy: Payload) -> None:
    cell = "requests.newly_received.natural_person"
    put(busy, cell, None)
    report = loads(busy, as_found=True)
    assert report.marks == (Mark(cell, "blank"),)
    assert report.requests.newly_received.natural_person == 0
    assert cells(report)[Address(cell)] is None
    assert not check(report)  # row and column force the same value: 3402
    put(busy, "requests.newly_received.total", None)
    findings = check(loads(busy, as_found=True))
    assert [(f.rule, f.at) for f in findings.undecided] == [("row-total", "requests.newly_received.total")]
    assert findings.verdict == "undecided"
    assert findings.undecided[0].message() == "有空白格，无法判定（空白按 0 计，两边为 109 与 0）"


# -- the root answers ----------------------------------------------------------------------------------

TOTAL = "reconsideration_and_litigation.reconsideration.total"


def _with_wrong_total(report: Report2021, value: int = 0) -> Report2021:
    table = replace(report.reconsideration_and_litigation, {"reconsideration.total": value})
    values = fields(report)
    return as_found(Report2021, **{**values, "reconsideration_and_litigation": table})


def test_the_root_refuses_what_it_does_not_declare(busy_report: Report2021) -> None:
    broken = _with_wrong_total(busy_report)
    assert broken.discrepancies == (Discrepancy("case-total", TOTAL, 440, 0),)
    with pytest.raises(Inconsistent) as caught:
        replace(broken, discrepancies=())
    assert "总计填 0" in str(caught.value)
    assert "the total says 0" in str(caught.value)


def test_a_declaration_excuses_its_own_values_only(busy_report: Report2021) -> None:
    with pytest.raises(Inconsistent):
        replace(_with_wrong_total(busy_report), discrepancies=(Discrepancy("case-total", TOTAL, 440, 1),))
    with pytest.raises(Inconsistent):
        replace(_with_wrong_total(busy_report), {TOTAL: 1})


def test_check_reports_a_declared_failure_and_ensure_refuses_it(busy_report: Report2021) -> None:
    broken = _with_wrong_total(busy_report)
    (finding,) = check(broken)
    assert finding.declared
    assert check(broken).verdict == "inconsistent"
    with pytest.raises(Inconsistent):
        ensure(broken)
    assert ensure(busy_report) is busy_report


def test_a_declaration_that_does_not_occur_is_stale(busy_report: Report2021) -> None:
    report = replace(busy_report, discrepancies=(Discrepancy("case-total", TOTAL, 440, 0),))
    (finding,) = check(report)
    assert (finding.rule, finding.at, finding.severity) == ("stale", TOTAL, "advice")
    assert check(report).verdict == "consistent"
    assert replace(report, overview="x").discrepancies == ()


@pytest.mark.parametrize(
    "item",
    [
        Discrepancy("balance", TOTAL, 1, 0),
        Discrepancy("row-total", "requests", 1, 0),
        Discrepancy("stale", TOTAL, 1, 0),
        Discrepancy("case-total", TOTAL, -1, 0),
        Discrepancy("case-total", TOTAL, 1.0, 0),  # type: ignore[arg-type]
    ],
)
def test_a_declaration_must_name_an_equation_and_its_sums(busy_report: Report2021, item: Discrepancy) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, discrepancies=(item,))
    assert caught.value.faults[0].pointer.startswith("/discrepancies/0/")


def test_marks_and_declarations_are_kept_in_printed_order_without_repeats(busy_report: Report2021) -> None:
    marks = [Mark(f"requests.outcomes.{name}.total", "annotated", "x") for name in ("total", "granted", "granted")]
    report = replace(busy_report, marks=tuple(marks))
    assert [mark.at for mark in report.marks] == ["requests.outcomes.granted.total", "requests.outcomes.total.total"]


ZERO = "requests.newly_received.legal_person.research_institution"
FULL = "requests.newly_received.natural_person"


@pytest.mark.parametrize(
    ("marks", "pointer"),
    [
        ([Mark("requests.nowhere", "blank")], "/marks/0/at"),
        ([Mark("requests", "blank")], "/marks/0/at"),
        ([Mark("year", "blank")], "/marks/0/at"),
        ([Mark(FULL, "merged")], "/marks/0/at"),
        ([Mark("requests.outcomes", "merged")], "/marks/0/at"),
        ([Mark(ZERO, "odd")], "/marks/0/kind"),  # type: ignore[arg-type]
        ([Mark(ZERO, "blank", 3)], "/marks/0/text"),  # type: ignore[arg-type]
        ([Mark(ZERO, "blank"), Mark(ZERO, "annotated", "0件")], "/marks/1/at"),
        ([Mark(FULL, "blank")], "/requests/newly_received/natural_person"),
        ([Mark("requests.outcomes.other_handling", "merged")], "/requests/outcomes/other_handling/fee_overdue/total"),
    ],
)
def test_a_mark_must_fit_its_place_and_its_number(busy_report: Report2021, marks: list[Mark], pointer: str) -> None:
    with pytest.raises(Malformed) as caught:
        replace(busy_report, marks=tuple(marks))
    assert pointer in {fault.pointer for fault in caught.value.faults}


def test_the_lines_of_a_merged_group_are_open(busy_report: Report2021) -> None:
    group = "requests.outcomes.not_processed"
    emptied = {f"{group}.{name}.{cell}": 0 for name in ("petition_or_complaint", "duplicate") for cell in _ROW}
    emptied |= {f"{group}.{name}.{cell}": 0 for name in ("published_material", "excessive_requests") for cell in _ROW}
    moved = replace(busy_report.requests, {cell.removeprefix("requests."): 0 for cell in emptied})
    values = fields(busy_report)
    report = as_found(Report2021, **{**values, "requests": moved, "marks": (Mark(group, "merged"),)})
    opened = {cell for cell, number in cells(report).items() if number is None}
    assert opened == {cell for cell in numbers(Report2021) if cell.within(group)}
    unmerged = replace(report, {f"{group}.duplicate.natural_person": 0}, discrepancies=report.discrepancies)
    assert unmerged.marks == report.marks
    more = replace(report.requests, {f"{group}.confirmation_or_reissue.total".removeprefix("requests."): 10**6})
    as_more = as_found(Report2021, **{**values, "requests": more}).discrepancies
    assert replace(report, requests=more, discrepancies=as_more).marks == report.marks
    # A number in another line tells that the group was not filled as one row after all.
    last = report.requests.outcomes.not_processed.confirmation_or_reissue
    table = replace(report.requests, {f"{group}.duplicate".removeprefix("requests."): last})
    as_told = as_found(Report2021, **{**values, "requests": table}).discrepancies
    assert replace(report, {f"{group}.duplicate": last}, discrepancies=as_told).marks == ()


_ROW = [*oracle.APPLICANTS, "total"]


def test_as_found_of_a_sound_report_is_the_report(busy_report: Report2021) -> None:
    values = fields(busy_report)
    stale = Discrepancy("case-total", TOTAL, 1, 2)
    for old in ("anything", (stale,)):
        assert as_found(Report2021, **{**values, "discrepancies": old}) == busy_report
    row = {"natural_person": 1, "total": 9, "legal_person": busy_report.requests.newly_received.legal_person}
    assert as_found(Applicants, **row).total == 9


def test_a_dispute_over_a_blank_excuses_no_equation_that_is_broken() -> None:
    @form
    @balance("x + a == b", rule="balance", says="")
    @balance("x + c == d", rule="balance", says="")
    @balance("x + e == f", rule="balance", says="")
    class Row:
        a: Count = column("a")
        b: Count = column("b")
        c: Count = column("c")
        d: Count = column("d")
        e: Count = column("e")
        f: Count = column("f")
        x: Count = column("x")

    # The first two force the blank to 1 and to 2; the third leaves nothing for it.
    findings = judge(Row, [0, 1, 0, 2, 5, 3, 0], [Address("x")])
    assert [finding.severity for finding in findings] == ["undecided", "undecided", "broken"]
    assert not any(equation.is_total for equation in equations(Row))


# -- changing ------------------------------------------------------------------------------------------


def test_replace_by_address_and_by_field(busy_report: Report2021) -> None:
    document = "proactive_disclosure.documents.rules"
    changed = replace(busy_report, {f"{document}.issued": 5, f"{document}.in_force": 7}, overview="新", year=2022)
    assert (changed.overview, changed.year) == ("新", 2022)
    assert cells(changed)[Address(f"{document}.issued")] == 5
    assert cells(changed)[Address(f"{document}.in_force")] == 7
    assert replace(changed, {f"{document}.issued": 2, f"{document}.in_force": 11}, overview=busy_report.overview) == (
        replace(busy_report, year=2022)
    )


def test_replace_in_a_table_is_relative_to_the_table(busy_report: Report2021) -> None:
    table = replace(busy_report.requests, {"newly_received.natural_person": 1})
    assert table.newly_received.natural_person == 1
    assert check(table).broken[0].at == "newly_received.natural_person"


def test_replace_a_box_and_a_number_inside_of_it(busy_report: Report2021) -> None:
    table = busy_report.reconsideration_and_litigation
    changed = replace(
        busy_report,
        {f"{TOTAL.rpartition('.')[0]}.upheld": 309, "requests.outcomes.granted": busy_report.requests.outcomes.granted},
        reconsideration_and_litigation=table,
    )
    assert changed == busy_report


def test_replace_tells_every_fault_with_its_full_address(busy_report: Report2021) -> None:
    changes = {"requests.newly_received.natural_person": -1, "requests.nowhere.x": 1, "year": "2023"}
    with pytest.raises(Malformed) as caught:
        replace(busy_report, {**changes, "requests.carried_forward.legal_person.other": True})
    assert {(fault.rule, fault.pointer) for fault in caught.value.faults} >= {
        ("out-of-range", "/requests/newly_received/natural_person"),
        ("unknown-key", "/requests/nowhere/x"),
        ("wrong-type", "/requests/carried_forward/legal_person/other"),
        ("wrong-type", "/year"),
    }
    assert all(fault.label for fault in caught.value.faults)
    assert '"x"' in {fault.found for fault in caught.value.faults if fault.rule == "unknown-key"}


def test_replace_meets_rubbish_with_an_error_of_ours(busy_report: Report2021) -> None:
    with pytest.raises(Malformed):
        replace(busy_report, {"requests.newly_received.natural_person": 1}, requests="rubbish")


def test_replace_drops_a_mark_whose_number_is_given(busy: Payload) -> None:
    put(busy, ZERO, None)
    report = loads(busy, as_found=True)
    assert replace(report, {ZERO: 0}).marks == ()
    assert replace(report, overview="x").marks == report.marks
    assert replace(report, requests=report.requests).marks == report.marks


@pytest.mark.parametrize(("number", "kept"), [(3401, False), (3402, True), (3403, False)])
def test_replace_drops_a_mark_whose_number_changed_with_its_table(busy: Payload, number: int, kept: bool) -> None:
    cell = "requests.newly_received.natural_person"
    mark = Mark(cell, "annotated", "3402件")
    report = replace(loads(busy, Report2021), marks=(mark,))
    put(busy, cell, number)
    other = loads(busy, Report2021, as_found=True)
    changed = replace(report, requests=other.requests, discrepancies=other.discrepancies)
    assert changed.marks == (mark,) * kept


def test_replace_drops_the_declaration_whose_failure_is_mended_and_keeps_the_others(busy_report: Report2021) -> None:
    second = TOTAL.replace("reconsideration.", "litigation.direct.")
    broken = _with_wrong_total(busy_report)
    right = cells(busy_report)[Address(second)]
    assert isinstance(right, int)
    both = (*broken.discrepancies, Discrepancy("case-total", second, right, right + 1))
    held = replace(broken, {second: right + 1}, discrepancies=both)
    assert replace(held, discrepancies=(*both[::-1], both[0])).discrepancies == both
    assert replace(held, {TOTAL: 440}).discrepancies == both[1:]
    assert replace(held, {second: right}).discrepancies == both[:1]


def test_replace_of_an_unrelated_field_keeps_the_verdict(busy_report: Report2021) -> None:
    broken = _with_wrong_total(busy_report)
    assert replace(broken, overview="x").discrepancies == broken.discrepancies
    mended = replace(broken, {TOTAL: 440})
    assert mended == busy_report
    assert mended.discrepancies == ()


# -- keeping it true -----------------------------------------------------------------------------------


def test_a_report_survives_pickling_and_copying(busy: Payload) -> None:
    put(busy, ZERO, None)
    put(busy, TOTAL, 0)
    report = loads(busy, as_found=True)
    for same in (pickle.loads(pickle.dumps(report)), copy.copy(report), copy.deepcopy(report)):  # noqa: S301
        assert same == report
        assert hash(same) == hash(report)
        assert check(same) == check(report)
        assert type(same.marks[0].at) is Address


def test_holding_one_report_as_found_lets_nothing_pass_in_another_thread(busy: Payload) -> None:
    put(busy, TOTAL, 0)
    refused: list[bool] = []
    start = threading.Barrier(4)

    def strict() -> None:
        start.wait()
        for _ in range(20):
            with pytest.raises(Inconsistent):
                loads(busy)
            refused.append(True)

    def lenient() -> None:
        start.wait()
        for _ in range(20):
            loads(busy, as_found=True)

    threads = [threading.Thread(target=target) for target in (strict, lenient, strict, lenient)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 40


def test_check_keeps_to_one_box(busy: Payload) -> None:
    put(busy, TOTAL, 0)
    put(busy, "requests.outcomes.granted.total", 0)
    report = loads(busy, as_found=True)
    assert [f.at for f in check(report, at="requests.outcomes.granted")] == ["requests.outcomes.granted.total"]
    assert [f.rule for f in check(report, at="requests")] == ["row-total", "outcomes-total"]
    assert {f.at for f in check(report, at="reconsideration_and_litigation")} == {TOTAL}
    assert not check(report, at="proactive_disclosure")
    with pytest.raises(Malformed):
        check(report, at="nowhere")


def test_what_reaches_out_of_the_box_is_not_judged_in_it(busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", 0)
    report = loads(busy, as_found=True)
    assert [f.rule for f in check(report, at="requests.newly_received")] == ["row-total"]


def test_a_row_is_judged_by_itself() -> None:
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


def test_a_box_with_a_single_number_is_judged_too() -> None:
    assert cells(FeeAmount(amount_wan_yuan=Decimal("1.5"))) == {Address("amount_wan_yuan"): Decimal("1.5")}
    assert check(FeeAmount(amount_wan_yuan=Decimal(0))).verdict == "consistent"
    with pytest.raises(TypeError, match="not a box"):
        cells(object())


def test_findings_are_a_sequence(busy: Payload) -> None:
    put(busy, "requests.newly_received.total", 0)
    findings = check(loads(busy, as_found=True))
    assert findings[0] == findings.broken[0] == next(iter(findings))
    assert findings[1:] == tuple(findings)[1:]
    again = pickle.loads(pickle.dumps(findings))  # noqa: S301
    assert (again.broken, again.verdict) == (findings.broken, "inconsistent")


def test_an_equation_in_a_column_of_a_group_names_that_column() -> None:
    (equation,) = [
        equation
        for equation in equations(Report2021)
        if equation.rule == "balance" and equation.at.endswith("commercial_enterprise")
    ]
    assert equation.chinese == (
        "三、收到和处理政府信息公开申请情况：一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量"
        " = （七）总计 + 四、结转下年度继续办理（商业企业）"
    )


def test_a_difference_has_a_sign() -> None:
    (finding,) = judge(Row, [1, 2, 4])
    assert finding.message("en") == "the parts add up to 3, the total says 4, difference -1"
    assert finding.difference == -1


def test_the_place_to_check_is_given_by_name(busy_report: Report2021) -> None:
    with pytest.raises(TypeError):
        check(busy_report, "requests")  # type: ignore[call-arg]
