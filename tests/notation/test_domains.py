"""The domains of cells: the counts and amounts that a box takes, and those it refuses."""

from decimal import Decimal
from typing import Any

import pytest

from gkformat import Malformed
from gkformat.forms.y2021 import CaseResults, FeeAmount

MOST = 2**53 - 1
ROW = {"upheld": 1, "corrected": 2, "other": 3, "pending": 4, "total": 10}


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (True, "wrong-type"),
        (1.0, "wrong-type"),
        ("3", "wrong-type"),
        (None, "wrong-type"),
        (Decimal(1), "wrong-type"),
        ([], "wrong-type"),
        (-1, "out-of-range"),
        (MOST + 1, "out-of-range"),
        (10**400, "out-of-range"),
    ],
)
def test_count_is_an_integer_within_bounds(value: Any, rule: str) -> None:
    with pytest.raises(Malformed) as caught:
        CaseResults(**{**ROW, "other": value})
    (fault,) = caught.value.faults
    assert (fault.rule, fault.at, fault.pointer, fault.label) == (rule, "other", "/other", "其他结果")
    assert fault.found


@pytest.mark.parametrize("value", [0, MOST])
def test_count_may_be_at_its_bounds(value: int) -> None:
    assert CaseResults(**{**ROW, "other": value}).other == value


@pytest.mark.parametrize("text", ["0", "0.0", "18.8710", "999999999999999.999999"])
def test_amount_keeps_its_written_form(text: str) -> None:
    assert str(FeeAmount(amount_wan_yuan=Decimal(text)).amount_wan_yuan) == text


@pytest.mark.parametrize("text", ["-1", "1e3", "0.0000001", "NaN", "Infinity", "1000000000000000", "-0"])
def test_amount_is_within_bounds(text: str) -> None:
    with pytest.raises(Malformed):
        FeeAmount(amount_wan_yuan=Decimal(text))


def test_float_is_no_amount() -> None:
    with pytest.raises(Malformed) as caught:
        FeeAmount(amount_wan_yuan=1.5)  # type: ignore[arg-type]
    assert caught.value.faults[0].rule == "wrong-type"
