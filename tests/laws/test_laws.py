"""Laws that hold for every report, sound or not (Hypothesis)."""

import copy
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from gkformat import (
    EDITIONS,
    Address,
    AnyReport,
    Discrepancy,
    Inconsistent,
    Malformed,
    as_found,
    cells,
    check,
    complete,
    converter,
    dumps,
    ensure,
    json_schema,
    loads,
    replace,
)
from gkformat import strategies as gk
from gkformat.forms import y2021
from gkformat.notation.declare import fields as declared_fields
from gkformat.notation.equations import equations
from gkformat.notation.outline import nodes, numbers, positions
from support import FIELDS, Payload, fields

EDITION = pytest.mark.parametrize("edition", EDITIONS)
SCHEMAS = {edition: jsonschema_rs.Draft202012Validator(json_schema(edition)) for edition in EDITIONS}

sound = st.sampled_from([*EDITIONS]).flatmap(lambda edition: gk.reports(edition=edition))
faulty = st.sampled_from([*EDITIONS]).flatmap(lambda edition: gk.broken(edition=edition))
marked = st.sampled_from([*EDITIONS]).flatmap(lambda edition: gk.sheets(edition=edition))
any_report = sound | faulty.map(lambda made: made.report) | marked.map(lambda made: made.report)


def _plain(report: AnyReport) -> Payload:
    plain: Payload = converter().unstructure(report)
    return plain


# -- JSON ----------------------------------------------------------------------------------------------


@given(any_report)
def test_report_survives_json_to_the_byte(report: AnyReport) -> None:
    written = dumps(report)
    assert loads(written) == report
    assert dumps(loads(written)) == written
    assert loads(json.loads(written)) == report
    assert loads(dumps(report, indent=2)) == report


def _shuffled(value: Any, random: Any) -> Any:
    if not isinstance(value, dict):
        return value
    items = [(key, _shuffled(inner, random)) for key, inner in value.items()]
    random.shuffle(items)
    return dict(items)


@given(any_report, st.randoms(use_true_random=False))
def test_keys_are_read_in_any_order_and_written_as_printed(report: AnyReport, random: Any) -> None:
    written = dumps(report)
    assert dumps(loads(_shuffled(json.loads(written), random))) == written
    found: list[str] = []
    _collect(json.loads(written), "", found)
    known = [at for at in found if at in nodes(type(report))]
    assert known == sorted(known, key=lambda at: positions(type(report))[Address(at)])


def _collect(value: Any, around: str, found: list[str]) -> None:
    for key, inner in value.items() if isinstance(value, dict) else ():
        found.append(f"{around}.{key}".lstrip("."))
        _collect(inner, found[-1], found)


@EDITION
@given(data=st.data())
def test_payload_is_refused_for_exactly_what_was_spoiled(edition: str, data: st.DataObject) -> None:
    payload = data.draw(gk.payloads(edition=edition))
    before = copy.deepcopy(payload.data)
    for given_data in (payload.data, json.dumps(payload.data)):
        if payload.faults:
            with pytest.raises(Malformed) as caught:
                loads(given_data)
            assert {(fault.rule, fault.pointer) for fault in caught.value.faults} == payload.faults
            assert all(fault.at in nodes(EDITIONS[edition].report) for fault in caught.value.faults)
        else:
            loads(given_data)
    assert payload.data == before
    seen_by_schema = payload.faults - {("out-of-range", "/marks/0/text")}
    assert SCHEMAS[edition].is_valid(payload.data) == (not seen_by_schema)


def _error_message(data: Any) -> str:
    """Return the message of the error that a payload raises, empty if none."""
    try:
        loads(data)
    except (Malformed, Inconsistent) as error:
        return str(error)
    return ""


@EDITION
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_errors_do_not_depend_on_the_order_of_keys(edition: str, data: st.DataObject, random: Any) -> None:
    payload = data.draw(gk.payloads(edition=edition)).data
    assert _error_message(_shuffled(payload, random)) == _error_message(payload)
    made = data.draw(gk.broken(edition=edition))
    contradictory = {**_plain(made.report), "discrepancies": []}
    assert _error_message(_shuffled(contradictory, random)) == _error_message(contradictory) != ""


# -- judgement -----------------------------------------------------------------------------------------


@given(sound)
def test_sound_report_is_consistent(report: AnyReport) -> None:
    findings = check(report)
    assert findings.verdict == "consistent"
    assert not findings.undecided
    assert ensure(report) is report


@EDITION
@pytest.mark.parametrize("rule", ["row-total", "outcomes-total", "balance", "case-total"])
@given(data=st.data())
def test_broken_rule_fires_itself_and_what_arithmetic_implies(edition: str, rule: str, data: st.DataObject) -> None:
    made = data.draw(gk.broken(rule=rule, edition=edition))
    found = [Discrepancy(f.rule, f.at, f.left, f.right) for f in check(made.report).broken]  # type: ignore[arg-type]
    assert made.equation.rule == rule
    assert (rule, made.equation.at) in {(item.rule, item.at) for item in found}
    assert found == list(made.failures) == list(made.report.discrepancies)
    with pytest.raises(Inconsistent) as caught:
        replace(made.report, discrepancies=())
    assert [(f.rule, f.at) for f in caught.value.findings] == [(item.rule, item.at) for item in made.failures]


@given(gk.broken(edition="2021"))
def test_findings_agree_with_arithmetic_by_hand(made: gk.Broken) -> None:
    found = {(item.rule, str(item.at), item.left, item.right) for item in made.failures}
    assert found == oracle.broken(_plain(made.report))


@given(any_report)
def test_findings_are_ordered_by_urgency_and_then_as_printed(report: AnyReport) -> None:
    urgency = ["broken", "undecided", "advice"]
    place, order = positions(type(report)), []
    for finding in check(report):
        rank = 0 if finding.rule.startswith("cell-") else 1 + urgency.index(finding.severity)
        order.append((rank, place[finding.at]))
    assert order == sorted(order)


@given(marked)
def test_open_cell_breaks_no_equation_of_a_sound_report(made: gk.Paper) -> None:
    findings = check(made.report)
    opened = {mark.at: mark.kind for mark in made.report.marks if mark.kind != "annotated"}
    assert {at for at, number in cells(made.report).items() if number is None} == opened.keys()
    unclear = {at: kind for at, kind in opened.items() if kind != "blank"}
    assert {finding.at: finding.rule for finding in findings if not finding.terms and finding.severity != "advice"} == {
        at: f"cell-{kind}" for at, kind in unclear.items()
    }
    assert {finding.rule for finding in findings.broken} <= {"cell-out-of-range"}
    if unclear:
        assert findings.verdict == ("inconsistent" if "out-of-range" in unclear.values() else "undecided")
    if not opened:
        assert findings.verdict == "consistent"


@given(marked)
def test_blanks_are_told_once_for_each_table(made: gk.Paper) -> None:
    told = [finding for finding in check(made.report) if finding.rule == "cells-blank"]
    blank = {mark.at for mark in made.report.marks if mark.kind == "blank"}
    assert [finding.at for finding in told] == [*dict.fromkeys(at.steps[0] for at in cells(made.report) if at in blank)]
    assert {term.at for finding in told for term in finding.terms} == blank


# -- as_found and replace -------------------------------------------------------------------------------


@given(faulty)
def test_report_made_as_found_loads_strictly_afterwards(made: gk.Broken) -> None:
    held = as_found(type(made.report), **{**fields(made.report), "discrepancies": ()})
    assert held == made.report
    assert loads(dumps(held)) == held
    assert loads({**_plain(held), "discrepancies": []}, as_found=True) == held


@given(any_report, gk.texts())
def test_unrelated_change_never_changes_the_findings(report: AnyReport, text: str) -> None:
    changed = replace(report, preface=text)
    assert check(changed) == check(report)
    assert replace(changed, preface=report.preface) == report


@given(faulty, st.integers(1, 9))
def test_discrepancy_never_excuses_another_failure(made: gk.Broken, more: int) -> None:
    value = cells(made.report)[made.changed]
    assert isinstance(value, int)
    with pytest.raises(Inconsistent):
        replace(made.report, {made.changed: value + more}, discrepancies=made.failures)
    with pytest.raises(Inconsistent):
        replace(made.report, {made.changed: value + more})


@given(sound, st.data())
def test_stale_discrepancy_changes_no_verdict(report: AnyReport, data: st.DataObject) -> None:
    equation = data.draw(st.sampled_from(equations(type(report))))
    stale = Discrepancy(equation.rule, equation.at, data.draw(st.integers(0, 9)), 10)
    declared = replace(report, discrepancies=(stale,))
    assert [(f.rule, f.at) for f in check(declared).advice if f.rule == "stale"] == [("stale", equation.at)]
    assert check(declared).verdict == "consistent"
    assert replace(declared, preface=report.preface).discrepancies == ()


@given(sound, st.data())
def test_complete_restores_omissions_and_changes_nothing_given(report: AnyReport, data: st.DataObject) -> None:
    cls = type(report)
    plain = _plain(report)
    totals = [equation.at for equation in equations(cls) if equation.is_total]
    dropped = set(data.draw(st.lists(st.sampled_from(totals))))
    balances = [equation for equation in equations(cls) if not equation.is_total and equation.at not in totals]
    for balance in data.draw(st.lists(st.sampled_from(balances))):
        terms = [at for at in (*balance.left, *balance.right) if at not in totals]
        if not dropped.intersection((*balance.left, *balance.right)):
            dropped.add(data.draw(st.sampled_from(terms)))
    for at in dropped:
        _drop(plain, at)
    before = copy.deepcopy(plain)
    assert complete(cls, plain) == report
    assert plain == before


@given(sound, st.data())
def test_complete_breaks_only_balances_that_the_given_contradict(report: AnyReport, data: st.DataObject) -> None:
    plain = _plain(report)["requests"]
    cls = type(report.requests)
    given_numbers = dict(cells(report.requests))
    changed = data.draw(st.dictionaries(st.sampled_from([*given_numbers]), st.integers(0, 99), max_size=3))
    for at, value in changed.items():
        _set(plain, at, value)
    for total in _totals(cls):
        _drop(plain, total)
    table = complete(cls, plain)
    assert {finding.rule for finding in check(table)} <= {"balance"}
    assert all(cells(table)[at] == value for at, value in changed.items() if at not in _totals(cls))


def _totals(cls: type) -> set[Address]:
    return {equation.at for equation in equations(cls) if equation.is_total}


def _set(tree: Any, at: Address, value: Any) -> None:
    *outer, name = at.steps
    for step in outer:
        tree = tree[step]
    tree[name] = value


def _drop(tree: Any, at: Address) -> None:
    *outer, name = at.steps
    for step in outer:
        tree = tree[step]
    del tree[name]


# -- values --------------------------------------------------------------------------------------------


@given(any_report)
def test_report_is_a_value(report: AnyReport) -> None:
    for same in (pickle.loads(pickle.dumps(report)), copy.copy(report), copy.deepcopy(report)):  # noqa: S301
        assert same == report
        assert hash(same) == hash(report)
        assert dumps(same) == dumps(report)
    assert eval(repr(report.requests), _names(report)) == report.requests  # noqa: S307 - our own words


def _names(report: AnyReport) -> dict[str, Any]:
    # An edition defines only the boxes that differ from those of the latest one.
    return vars(y2021) | vars(sys.modules[type(report).__module__])


@given(sound, st.data())
def test_compiled_check_refuses_what_the_domains_refuse(report: AnyReport, data: st.DataObject) -> None:
    box: Any = data.draw(
        st.sampled_from([report.requests.newly_received, report.proactive_disclosure.fees.administrative_fees])
    )
    name, _, domain, _ = data.draw(st.sampled_from([*declared_fields(type(box))]))
    value = data.draw(st.sampled_from([0, 2**53 - 1, 2**53, -1, True, 1.0, "1", None, 10**400, getattr(box, name)]))
    values = {field: getattr(box, field) for field, *_ in declared_fields(type(box))} | {name: value}
    if domain.violation(value) is None:
        assert getattr(type(box)(**values), name) == value
    else:
        with pytest.raises(Malformed):
            type(box)(**values)


@settings(max_examples=10)
@given(st.lists(any_report, min_size=4, max_size=4))
def test_threads_give_the_same_results_as_one(reports: list[AnyReport]) -> None:
    texts = [dumps(report) for report in reports] * 4
    alone = [(loads(text), check(loads(text))) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: (loads(text), check(loads(text))), texts))
    assert together == alone


@given(any_report)
def test_functions_never_change_their_arguments(report: AnyReport) -> None:
    plain = _plain(report)
    before = copy.deepcopy(plain)
    loads(plain)
    loads(plain, as_found=True)
    complete(type(report), plain)
    as_found(type(report), **fields(report))
    assert plain == before
    numbers_before = dict(cells(report))
    changes: dict[str, Any] = {
        at: 0 for at in numbers(type(report)) if numbers_before[at] == 0 and isinstance(numbers_before[at], int)
    }
    kept = dict(changes)
    replace(report, changes)
    assert changes == kept
    assert list(fields(report)) == list(FIELDS)
