"""The walk that builds boxes and lists faults, against what is written by hand in `oracle`."""

import json
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import AnyReport, Discrepancy, Inconsistent, Malformed, Mark, Report2021, converter, dumps, loads
from gkformat.codec import unstructure
from gkformat.codec.structure import structure
from support import CORPUS, Payload, faults_in, payload, put

ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    7,
    2**53,
    1.5,
    2.0,
    1e22,
    "",
    "0",
    "1.50",
    "01",
    "\ud800",
    [],
    [0],
    {},
    {"total": 0},
]


def places(tree: Any) -> Iterator[tuple[Any, str]]:
    """Yield each object of a payload with each of its keys."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield tree, key
            yield from places(value)


@st.composite
def spoiled(draw: st.DrawFn) -> Payload:
    """Draw the payload of a real report of 2021 with up to six changes anywhere."""
    tree = payload(draw(st.sampled_from(["suqian-2023", "huaian-2024"])))
    tree = deepcopy(tree) | {"marks": [], "discrepancies": []}
    for _ in range(draw(st.integers(0, 6))):
        holder, key = draw(st.sampled_from([*places(tree)]))
        match draw(st.sampled_from(["value", "drop", "add"])):
            case "value":
                holder[key] = draw(st.sampled_from(ODD))
            case "drop":
                del holder[key]
            case _:
                holder[draw(st.sampled_from(["小计", "a/b", "~", "", "total"]))] = draw(st.sampled_from(ODD))
    return tree


def walked(tree: Any) -> tuple[list[Any], set[Any]]:
    """Return the faults that the walk finds in a payload, or the broken equations if there are none."""
    try:
        report = structure(tree)
    except Malformed as error:
        return [(fault.rule, fault.pointer) for fault in error.faults], set()
    except Inconsistent as error:
        return [], {(item.rule, item.at, item.left, item.right) for item in error.findings}
    assert structure(unstructure(report)) == report
    return [], set()


@given(spoiled())
def test_walk_finds_exactly_the_faults_that_are_there(tree: Payload) -> None:
    expected, before = oracle.faults(tree), repr(tree)
    faults, broken = walked(tree)
    assert (sorted(faults), broken) == (sorted(expected), set() if expected else oracle.broken(tree))
    assert repr(tree) == before


def test_numbers_that_could_be_read_are_judged_beside_the_faults() -> None:
    tree = json.loads((CORPUS / "suqian-2023.json").read_bytes())
    tree["requests"]["newly_received"] = loads(tree).requests.newly_received
    put(tree, "year", "2023")
    put(
        tree,
        "requests.newly_received",
        loads(tree["requests"]["brought_forward"], type(tree["requests"]["newly_received"])),
    )
    with pytest.raises(Malformed) as caught:
        structure(tree)
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [("wrong-type", "year")]
    assert {finding.rule for finding in caught.value.findings} == {"balance"}  # with the numbers of the ready-made row


# -- mappings that go wrong ------------------------------------------------------------------------------


def _odd_mappings(tree: Payload) -> Iterator[Any]:
    """Yield payloads that only Python can hold."""

    class Unprintable:
        def __str__(self) -> str:
            raise RuntimeError("by hand")

    cell = "requests.newly_received.total"
    yield {**tree, 10**5000: 1}
    yield {**tree, Unprintable(): 1}
    yield {**tree, "marks": [{"at": 10**5000, "kind": "blank"}]}
    yield {**tree, "marks": [{"at": cell, "kind": ["blank"]}]}
    yield {**tree, "marks": [Mark(cell, ["blank"])]}  # type: ignore[arg-type]
    yield {**tree, "discrepancies": [{"rule": [], "at": cell, "left": {}, "right": Unprintable()}], "year": 1}
    yield {**tree, "discrepancies": [Discrepancy([], cell, 1, 2)]}  # type: ignore[arg-type]
    yield {**tree, "discrepancies": [Discrepancy(10**5000, cell, 1, 2)]}  # type: ignore[arg-type]
    yield [*tree.items()]
    yield memoryview(b"{}")


@pytest.mark.parametrize("index", range(10))
def test_mapping_of_odd_values_is_malformed_in_both_ways(busy: Payload, index: int) -> None:
    data = [*_odd_mappings(busy)][index]
    for _ in range(20):  # by the walk, and then by the compiled way
        with pytest.raises(Malformed) as caught:
            loads(data)
        assert caught.value.faults
        assert json.loads(dumps(caught.value.faults))


def test_mapping_with_defaults_gains_no_edition(busy: Payload) -> None:
    del busy["edition"]
    data = defaultdict(list, busy)
    for _ in range(20):
        with pytest.raises(Malformed):
            loads(data)
    assert "edition" not in data


def test_marks_given_as_objects_count_among_the_readable_numbers(busy: Payload) -> None:
    cell = "requests.newly_received.total"
    put(busy, cell, 0)
    busy["year"] = "x"
    for mark in (Mark(cell, "blank"), {"at": cell, "kind": "blank"}):
        with pytest.raises(Malformed) as caught:
            loads({**busy, "marks": [mark]})
        assert caught.value.findings == ()
    with pytest.raises(Malformed) as found:
        loads(busy)
    assert found.value.findings
    with pytest.raises(Malformed) as as_found:
        loads(busy, as_found=True)  # which would declare them
    assert as_found.value.findings == ()


def test_equal_faults_are_listed_once(busy: Payload) -> None:
    mark = {"at": "requests.newly_received.total", "kind": "blank"}
    assert len(faults_in({**busy, "marks": [mark] * 1000})) == 1


def test_integers_of_any_length_are_refused_alike_in_both_ways(busy: Payload) -> None:
    for digits in (20, 1200, 4300, 4301, 9000):
        text = json.dumps(busy).replace('"year": 2023', f'"year": {"1" * digits}')
        found = set()
        for _ in range(20):
            with pytest.raises(Malformed) as caught:
                loads(text)
            found.add(str(caught.value))
        assert len(found) == 1


def test_long_key_with_many_faults_inside_takes_bounded_memory() -> None:
    inner = ",".join(f'"{index}":1,"{index}":2' for index in range(1000))
    with pytest.raises(Malformed) as caught:
        loads('{"' + "k" * 200_000 + '":{' + inner + "}}")
    assert sum(len(fault.pointer) for fault in caught.value.faults) < 2_000_000
    assert caught.value.omitted + len(caught.value.faults) > 1000


def test_report_of_any_edition_is_taken_as_it_is(busy_report: Report2021) -> None:
    earlier: Any = loads((CORPUS / "pingtan-2019.json").read_bytes(), as_found=True)
    reports: list[Any] = [busy_report, earlier]
    for report in reports:
        assert loads(report) is report
        assert converter().structure(report, AnyReport) is report  # type: ignore[arg-type]
    with pytest.raises(Malformed):
        converter().structure(busy_report.requests, AnyReport)  # type: ignore[arg-type]
