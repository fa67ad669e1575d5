"""Faults of payloads: their places, order, messages and number, and the findings beside them."""

import json

import attrs
import pytest
from syrupy.assertion import SnapshotAssertion

from gkformat import Malformed, converter, loads
from gkformat.forms.y2021 import Applicants
from support import Payload, faults_in, put

CELL = "requests.newly_received.natural_person"


def test_faults_are_all_reported_in_printed_order(busy: Payload, snapshot: SnapshotAssertion) -> None:
    busy["edition"], busy["year"], busy["agency"] = "2014", "2023", 3
    busy["odd/key~"] = 1
    put(busy, CELL, "12")
    busy["requests"]["carried_forward"] = None
    del busy["requests"]["outcomes"]["granted"]["total"]
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    busy["marks"] = [{"at": "nowhere", "kind": "blank"}, {"at": CELL, "kind": "odd", "text": 1}, 7]
    busy["discrepancies"] = {}
    with pytest.raises(Malformed) as caught:
        loads(json.dumps(busy))
    assert str(caught.value) == snapshot
    assert [finding.rule for finding in caught.value.findings] == ["case-total"]


def test_marks_of_a_malformed_report_are_checked_too(busy: Payload) -> None:
    busy["year"] = None
    busy["marks"] = [{"at": "nowhere", "kind": "blank"}, {"at": CELL, "kind": "blank"}]
    busy["discrepancies"] = [{"rule": "balance", "at": "nowhere", "left": 1, "right": 2}]
    year, cell, mark, declared = [
        ("wrong-type", "/year"),
        ("out-of-range", "/requests/newly_received/natural_person"),
        ("out-of-range", "/marks/0/at"),
        ("out-of-range", "/discrepancies/0/at"),
    ]
    assert faults_in(busy) == [year, cell, mark, declared]
    assert faults_in({**busy, "discrepancies": []}) == [year, cell, mark]
    assert faults_in({**busy, "marks": []}) == [year, declared]


@pytest.mark.parametrize(
    ("cells", "kind", "rules"),
    [
        # The blank can only be what the total leaves for it.
        (["natural_person"], "blank", []),
        # Two blanks leave room: undecided, and so no finding among the faults.
        (["natural_person", "legal_person.other"], "blank", []),
        (["natural_person"], "annotated", ["balance", "row-total"]),
        (["natural_person"], "a kind", ["balance", "row-total"]),
        (["natural_person"], "other", ["balance", "row-total"]),
    ],
)
def test_blanks_count_among_the_readable_numbers(busy: Payload, cells: list[str], kind: str, rules: list[str]) -> None:
    busy["year"] = None
    for name in cells:
        put(busy, f"requests.newly_received.{name}", 0)
    busy["marks"] = [{"at": f"requests.newly_received.{name}", "kind": kind} for name in cells]
    with pytest.raises(Malformed) as caught:
        loads(busy)
    assert [finding.rule for finding in caught.value.findings] == rules


def test_fault_gives_its_place_and_what_was_found_and_expected(busy: Payload) -> None:
    put(busy, CELL, "12")
    with pytest.raises(Malformed) as caught:
        loads(busy)
    (fault,) = caught.value.faults
    assert (fault.at, fault.found) == (CELL, '"12"')
    assert fault.label == "三、收到和处理政府信息公开申请情况 > 一、本年新收政府信息公开申请数量 > 自然人"
    assert fault.message("zh") == '应为：0 至 9007199254740991 的整数；实为："12"'
    assert fault.message("en") == 'expected an integer from 0 to 9007199254740991, found "12"'
    assert json.loads(json.dumps(converter().unstructure(fault)))["message"]["zh"] == fault.message("zh")


def test_unknown_key_is_placed_at_its_nearest_known_parent(busy: Payload) -> None:
    busy["requests"]["newly_received"]["法人.小计/总"] = {"a": [1]}
    with pytest.raises(Malformed) as caught:
        loads(busy)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.at) == ("unknown-key", "requests.newly_received")
    assert fault.pointer == "/requests/newly_received/法人.小计~1总"


def test_fault_inside_an_unknown_key_is_placed_outside_it() -> None:
    with pytest.raises(Malformed) as caught:
        loads('{"odd": {"requests": {"year": 1, "year": 2}}}')
    repeated = [fault for fault in caught.value.faults if fault.rule == "duplicate-key"]
    assert [(fault.at, fault.pointer) for fault in repeated] == [("", "/odd/requests/year")]


def test_key_that_looks_like_an_index_is_a_key(busy: Payload) -> None:
    busy["marks"] = {"0": 1}
    assert faults_in(busy) == [("wrong-type", "/marks")]


def test_flood_of_unknown_keys_is_counted_and_not_listed(busy: Payload) -> None:
    flooded = {**busy, **{f"k{number}": 0 for number in range(3000)}}
    with pytest.raises(Malformed) as caught:
        loads(flooded)
    assert (len(caught.value.faults), caught.value.omitted) == (1000, 2000)
    assert "2000" in str(caught.value)


def test_faults_beyond_the_limit_are_counted(busy: Payload) -> None:
    twice = ",".join(f'"k{number}": 0' for number in range(1001))
    busy["year"] = "2023"
    text = json.dumps(busy)[:-1] + f', "odd": {{{twice},{twice}}}}}'
    with pytest.raises(Malformed) as caught:
        loads(text)
    assert {fault.rule for fault in caught.value.faults} == {"duplicate-key"}
    # Left out: one key that stands twice, the key around it that is unknown, and the year.
    assert (len(caught.value.faults), caught.value.omitted) == (1000, 3)


def test_an_unknown_key_is_taken_only_for_one_that_is_lacking(busy: Payload) -> None:
    row = busy["requests"]["newly_received"]
    row |= {"natural_persons": 1, "totle": 1}
    del row["total"]
    with pytest.raises(Malformed) as caught:
        loads(busy)
    meant = {fault.pointer.rpartition("/")[2]: fault.expected.zh for fault in caught.value.faults}
    assert (meant["natural_persons"], meant["totle"]) == ("", '"total"')


def test_a_very_long_key_is_not_compared(busy: Payload) -> None:
    with pytest.raises(Malformed) as caught:
        loads(busy | {"agency" * 10**5: 1})
    assert caught.value.faults[0].expected.zh == ""


@attrs.frozen
class _Letter:
    name: str
    row: Applicants
    rows: tuple[Applicants, ...] = ()


def test_messages_inside_classes_of_ones_own_are_whole() -> None:
    with pytest.raises(Malformed) as caught:
        loads({"nam": "x", "rows": [{"natural_person": -1}]}, _Letter)
    found = {fault.pointer: (fault.label, fault.message("en")) for fault in caught.value.faults}
    assert found["/name"] == ("", 'the key "name" is missing; expected str')
    assert found["/row"] == ("", 'the key "row" is missing; expected an object (Applicants)')
    assert found["/nam"] == ("", '"nam" is not a known key; did you mean "name"?')
    assert found["/rows/0/total"][0] == "总计"
    assert found["/rows/0/natural_person"][0] == "自然人"
