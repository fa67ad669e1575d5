"""The walk that builds boxes and lists faults, against what is written by hand in `oracle`."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from gkformat import Inconsistent, Malformed, loads
from gkformat.codec import unstructure
from gkformat.codec.structure import structure
from support import CORPUS, Payload, payload, put

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
