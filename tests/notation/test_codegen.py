"""Tiered compilation: frequent use compiles a function, and its baseline gives the same results."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import EDITIONS, strategies
from gkformat.judgement import judge
from gkformat.notation import outline
from gkformat.notation.codegen import tiered


def test_tiered_compiles_for_a_class_that_is_used_often() -> None:
    compiled: list[type] = []

    def baseline(_: type) -> Callable[[], str]:
        return lambda: "baseline"

    @tiered(baseline)
    def function_of(cls: type) -> Callable[[], str]:
        compiled.append(cls)
        return lambda: f"compiled for {cls.__name__}"

    assert {function_of(int)() for _ in range(3)} == {"baseline"}
    answers = [function_of(str)() for _ in range(100)]
    assert answers == sorted(answers)
    assert (answers[0], answers[-1]) == ("baseline", "compiled for str")
    assert compiled == [str]


@pytest.mark.parametrize("edition", [*EDITIONS])
@given(data=st.data())
def test_baselines_agree_with_generated_functions(data: st.DataObject, edition: str) -> None:
    report = data.draw(strategies.broken(edition=edition)).report
    cls: Any = type(report)
    values = outline._baseline_getter(cls)(report)
    assert values == outline.number_getter.__wrapped__(cls)(report)  # type: ignore[attr-defined]
    assert judge._baseline_sides(cls)(values) == judge._sides.__wrapped__(cls)(values)  # type: ignore[attr-defined]
