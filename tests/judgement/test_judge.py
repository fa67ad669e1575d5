"""The judgement of equations with and without blanks, against arithmetic by hand and brute force."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import Address, Finding, Inconsistent, Mark, Report2021, cells, check, converter, dumps, loads
from gkformat.judgement.judge import judge
from gkformat.notation.declare import balance, column, form, row, total
from gkformat.notation.domains import Count
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import numbers
from support import Payload, at, put

# -- whole reports -------------------------------------------------------------------------------------


def _broken(findings: Iterable[Finding]) -> set[tuple[str, str, Any, Any]]:
    return {(f.rule, str(f.at), f.left, f.right) for f in findings if f.severity == "broken"}


@pytest.mark.parametrize("cell", [cell for cell in oracle.CELLS if cell != oracle.FEE])
def test_judge_finds_exactly_what_one_raised_cell_breaks(busy: Payload, cell: str) -> None:
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
def test_judge_agrees_with_arithmetic_by_hand_after_mutations(busy_report: Report2021, changes: dict[str, int]) -> None:
    plain = _payload(busy_report)
    for cell, value in changes.items():
        put(plain, cell, value)
    report = loads(plain, as_found=True)
    assert _broken(check(report)) == oracle.broken(plain)
    assert loads(dumps(report)) == report


def _payload(report: Report2021) -> Payload:
    plain: Payload = converter().unstructure(report)
    return plain


def test_findings_of_one_severity_are_in_printed_order(busy: Payload) -> None:
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


def test_unclear_cells_come_first_then_what_is_broken_then_undecided_then_advice(busy: Payload) -> None:
    group = "reconsideration_and_litigation"
    for cell in ("requests.newly_received.natural_person", "requests.newly_received.total"):
        put(busy, cell, None)
    put(busy, f"{group}.reconsideration.total", 0)
    put(busy, f"{group}.litigation.direct.total", 0)
    put(busy, f"{group}.litigation.after_reconsideration.pending", 0)
    busy["overview"] = ""
    busy["marks"] = [
        {"at": f"{group}.litigation.direct.total", "kind": "unreadable", "text": "#REF!"},
        {"at": f"{group}.litigation.after_reconsideration.pending", "kind": "out-of-range", "text": "-1"},
    ]
    assert [(f.rule, f.at.rpartition(".")[2], f.severity) for f in check(loads(busy, as_found=True))] == [
        ("cell-unreadable", "total", "undecided"),
        ("cell-out-of-range", "pending", "broken"),
        ("case-total", "total", "broken"),
        ("row-total", "total", "undecided"),
        ("case-total", "total", "undecided"),
        ("case-total", "total", "undecided"),
        ("section-empty", "overview", "advice"),
        ("cells-blank", "requests", "advice"),
    ]


def test_finding_gives_both_sides_and_every_term(busy: Payload) -> None:
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


def test_blank_in_a_report_is_unknown_and_not_zero(busy: Payload) -> None:
    cell = "requests.newly_received.natural_person"
    put(busy, cell, None)
    report = loads(busy, as_found=True)
    assert report.marks == (Mark(cell, "blank"),)
    assert report.requests.newly_received.natural_person == 0
    assert cells(report)[Address(cell)] is None
    assert [finding.rule for finding in check(report)] == ["cells-blank"]  # row and column force the same value: 3402
    put(busy, "requests.newly_received.total", None)
    findings = check(loads(busy, as_found=True))
    assert [(f.rule, f.at) for f in findings.undecided] == [("row-total", "requests.newly_received.total")]
    assert findings.verdict == "undecided"
    assert findings.undecided[0].message() == ("不能判定，取决于 自然人、总计；按 0 计，两边为 109 与 0")


# -- a small table -------------------------------------------------------------------------------------


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
open_cells = st.dictionaries(st.sampled_from(CELLS), st.sampled_from(["blank", "unclear"]), max_size=5)


def _states(
    values: Mapping[Address, int], blank: Iterable[Address], unclear: Iterable[Address] = ()
) -> dict[Equation, str]:
    said = {(f.rule, f.at): f.severity for f in judge(Table, [values[cell] for cell in CELLS], blank, unclear)}
    return {equation: said.get((equation.rule, equation.at), "holds") for equation in equations(Table)}


def _solutions(
    system: Sequence[Equation], values: Mapping[Address, int], blank: Iterable[Address], most: int = 9
) -> list[dict[Address, int]]:
    """Return all values up to `most` for the blanks of these equations with which every one of them holds."""
    unknown = sorted({cell for equation in system for cell in (*equation.left, *equation.right)} & set(blank))
    choices = (dict(zip(unknown, chosen, strict=True)) for chosen in product(range(most + 1), repeat=len(unknown)))
    return [choice for choice in choices if all(_holds(equation, {**values, **choice}) for equation in system)]


def _holds(equation: Equation, values: Mapping[Address, int]) -> bool:
    return sum(values[cell] for cell in equation.left) == sum(values[cell] for cell in equation.right)


@given(tables, open_cells)
def test_judge_agrees_with_brute_force_over_open_cells(values: dict[Address, int], kinds: dict[Address, str]) -> None:
    values |= dict.fromkeys(kinds, 0)
    blank, unclear = ({cell for cell in kinds if kinds[cell] == kind} for kind in ("blank", "unclear"))
    forced = {equation: _solutions([equation], values, kinds) for equation in equations(Table)}
    # One choice is not enough where a cell is unclear: what stands in it is something else than a blank.
    alone = {
        equation: "broken"
        if not found
        else "holds"
        if len(found) == 1 and unclear.isdisjoint((*equation.left, *equation.right))
        else "undecided"
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
    assert _states(values, blank, unclear) == expected


@given(tables, open_cells)
def test_unclear_cell_never_makes_more_hold_or_break_than_a_blank(
    values: dict[Address, int], kinds: dict[Address, str]
) -> None:
    values |= dict.fromkeys(kinds, 0)
    blank, unclear = ({cell for cell in kinds if kinds[cell] == kind} for kind in ("blank", "unclear"))
    with_unclear, with_blanks = _states(values, blank, unclear), _states(values, kinds)
    for equation, state in with_unclear.items():
        assert (state == "broken") == (with_blanks[equation] == "broken")
        assert state != "holds" or unclear.isdisjoint((*equation.left, *equation.right))


@given(tables, st.sets(st.sampled_from(CELLS), max_size=3))
def test_judge_agrees_with_joint_solutions_for_all_blanks(values: dict[Address, int], blank: set[Address]) -> None:
    values |= dict.fromkeys(blank, 0)
    states = set(_states(values, blank).values())
    joint = _solutions(equations(Table), values, blank)
    if states == {"holds"}:
        assert len(joint) == 1
    if "broken" in states:
        assert not joint


def test_zero_total_holds_over_blanks_and_too_small_total_breaks() -> None:
    blank = [Address("first"), Address("second")]
    assert not judge(Row, [0, 0, 0], blank)
    assert [f.severity for f in judge(Row, [0, 0, 5], blank)] == ["undecided"]
    (finding,) = judge(Row, [3, 0, 2], blank[1:])
    assert finding.severity == "broken"
    assert finding.message("zh") == "各项之和为 3，总计填 2，相差 +1；未填或读不出的格无论是多少都不能相符"
    assert finding.message("en").endswith("; no values of the open cells can make it hold")


def test_unclear_cell_is_not_forced_but_breaks_what_nothing_can_mend() -> None:
    first, second, both = map(Address, ("first", "second", "both"))
    for values in ([0, 0, 5], [0, 0, 0], [0, 5, 5]):
        assert not judge(Row, values, [first])
        assert [f.severity for f in judge(Row, values, (), [first])] == ["undecided"]
    (finding,) = judge(Row, [0, 3, 2], (), [first])
    assert finding.severity == "broken"
    assert [(term.at, term.value) for term in finding.terms] == [(first, None), (second, 3), (both, 2)]
    assert finding.message("en").endswith("; no values of the open cells can make it hold")


def test_undecided_equation_names_its_cells_and_says_what_to_do_about_blanks() -> None:
    first, both = Address("first"), Address("both")
    (with_blanks,) = judge(Row, [0, 2, 0], [first, both])
    assert with_blanks.message("zh") == "不能判定，取决于 a、c；按 0 计，两边为 2 与 0（没有发生的填 0）"
    (unclear,) = judge(Row, [0, 2, 3], (), [first])
    assert unclear.message("zh") == "不能判定，取决于 a；按 0 计，两边为 2 与 3"
    assert unclear.message("en") == "undecided, it depends on a; with 0 there, the sides are 2 and 3"
    (mixed,) = judge(Row, [0, 2, 0], [both], [first])
    assert mixed.message("en").endswith("(write 0 where nothing happened)")


def test_unclear_cell_keeps_an_equation_from_forcing_a_blank() -> None:
    # The row forces the blank to 2, and the column would force it to 3, but for its unclear cell.
    values = dict.fromkeys(CELLS, 0) | {Address("upper.both"): 2, Address("sums.first"): 3, Address("sums.both"): 2}
    states = _states(values, [Address("upper.first")], [Address("lower.first")])
    said = {(e.rule, str(e.at)): state for e, state in states.items()}
    assert said["row-total", "upper.both"] == "holds"
    assert said["outcomes-total", "sums.first"] == "undecided"


def test_equations_forcing_a_blank_apart_are_both_undecided() -> None:
    values = dict.fromkeys(CELLS, 0) | {Address("upper.both"): 2, Address("sums.first"): 3, Address("sums.both"): 2}
    states = _states(values, [Address("upper.first")])
    assert {(e.rule, e.at): state for e, state in states.items() if state == "undecided"} == {
        ("row-total", "upper.both"): "undecided",
        ("outcomes-total", "sums.first"): "undecided",
    }


def test_dispute_over_a_blank_excuses_no_broken_equation() -> None:
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


def test_finding_difference_has_a_sign() -> None:
    (finding,) = judge(Row, [1, 2, 4])
    assert finding.message("en") == "the parts add up to 3, the total says 4, difference -1"
    assert finding.difference == -1
