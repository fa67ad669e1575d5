"""The notation: faults in the declaration of a class, and in the values of its boxes."""

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import Malformed, Mark, Report2021, replace, strategies
from gkformat.forms import y2021
from gkformat.forms.y2021 import Applicants, CaseResults, LegalPerson
from gkformat.notation import declare
from gkformat.notation.declare import balance, column, declaration, form, prose, row, section, total
from gkformat.notation.domains import Count
from gkformat.notation.equations import equations

ROW = {"upheld": 1, "corrected": 2, "other": 3, "pending": 4, "total": 10}


# -- boxes ---------------------------------------------------------------------------------------------


def test_box_reports_all_its_faults_at_once() -> None:
    with pytest.raises(Malformed) as caught:
        CaseResults(upheld="1", corrected=-1, other=0, pending=0.5, total=0)  # type: ignore[arg-type]
    assert [fault.at for fault in caught.value.faults] == ["upheld", "corrected", "pending"]


def test_row_may_hold_a_wrong_total() -> None:
    assert CaseResults(**{**ROW, "total": 0}).total == 0


def test_box_takes_only_the_box_that_belongs_there() -> None:
    with pytest.raises(Malformed) as caught:
        Applicants(natural_person=0, legal_person=CaseResults(**ROW), total=0)  # type: ignore[arg-type]
    assert caught.value.faults[0].rule == "wrong-type"


def test_box_is_a_frozen_value() -> None:
    row = CaseResults(**ROW)
    with pytest.raises(AttributeError):
        row.upheld = 2  # type: ignore[misc]
    assert row == CaseResults(**ROW) == copy.deepcopy(row) == pickle.loads(pickle.dumps(row))  # noqa: S301
    assert len({row, CaseResults(**ROW)}) == 1


def test_box_cannot_be_subclassed() -> None:
    with pytest.raises(TypeError, match="cannot be subclassed"):
        type("Mine", (y2021.Applicants,), {})


def test_omitted_cell_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(TypeError):
        LegalPerson(commercial_enterprise=1)  # type: ignore[call-arg]


def test_tuple_holds_values_of_its_class_and_not_too_many(busy_report: Report2021) -> None:
    mark = Mark("requests.newly_received.total", "annotated", "x")
    for marks, rule in (([mark], "wrong-type"), ((1,), "wrong-type"), ((mark,) * 1001, "out-of-range")):
        with pytest.raises(Malformed) as caught:
            replace(busy_report, marks=marks)
        assert [(fault.rule, fault.at) for fault in caught.value.faults] == [(rule, "marks")]


def test_tuple_may_be_as_long_as_its_limit(busy_report: Report2021) -> None:
    mark = Mark("requests.newly_received.total", "annotated", "3511件")
    assert replace(busy_report, marks=(mark,) * 1000).marks == (mark,)


@given(
    strategies.applicants(),
    st.sampled_from(["natural_person", "legal_person", "total"]),
    st.sampled_from([-1, "1", None]),
)
def test_baseline_check_refuses_what_the_generated_one_refuses(row: Applicants, name: str, value: object) -> None:
    generated = declare._shape_check.__wrapped__(Applicants)  # type: ignore[attr-defined]
    for check in (generated, declare._raise_faults):
        check(row)
        spoiled = _spoiled(row, name, value)
        with pytest.raises(Malformed) as caught:
            check(spoiled)
        assert [fault.at for fault in caught.value.faults] == [name]


def _spoiled(row: Applicants, name: str, value: object) -> Applicants:
    spoiled = object.__new__(Applicants)
    for other in ("natural_person", "legal_person", "total"):
        object.__setattr__(spoiled, other, value if other == name else getattr(row, other))
    return spoiled


# -- classes -------------------------------------------------------------------------------------------


def test_balance_must_name_fields_of_its_class() -> None:
    with pytest.raises(TypeError, match="names 'gone'"):

        @form
        @balance("first == gone", rule="balance", says="")
        class Table:
            first: CaseResults = row("1")


def test_balance_must_be_an_equation_of_two_sums() -> None:
    with pytest.raises(TypeError, match="no equation of two sums"):

        @form
        @balance("first = second", rule="balance", says="")
        class Table:
            first: CaseResults = row("1")
            second: CaseResults = row("2")


def test_balance_above_form_is_refused_and_not_lost() -> None:
    with pytest.raises(TypeError, match="write @balance below @form"):

        @balance("first == second", rule="balance", says="")
        @form
        class Table:
            first: CaseResults = row("1")
            second: CaseResults = row("2")


def test_box_is_made_once() -> None:
    with pytest.raises(TypeError, match="a box already"):
        form(CaseResults)


@pytest.mark.parametrize("rule", ["no-such-rule", "text-differs", ""])
def test_rule_must_be_a_family_of_equations(rule: str) -> None:
    with pytest.raises(TypeError, match="no family of equations"):

        @form
        class Row:
            first: Count = column("a")
            both: Count = total("b", rule=rule)

    with pytest.raises(TypeError, match="no family of equations"):

        @form
        @balance("first == second", rule=rule, says="")
        class Table:
            first: CaseResults = row("1")
            second: CaseResults = row("2")


def test_field_must_be_a_cell_or_a_box() -> None:
    with pytest.raises(TypeError, match="neither a cell nor a box"):

        @form
        class Table:
            first: int = column("1")


def test_balances_keep_their_order_and_the_first_is_the_corner() -> None:
    @form
    @balance("first == second", rule="balance", says="x")
    @balance("second == third", rule="balance", says="y")
    class Row:
        first: Count = column("a")
        second: Count = column("b")
        third: Count = column("c")

    assert declaration(Row).corner == "x"
    assert [each.says for each in equations(Row)] == ["x", "y"]


def test_notation_takes_options_by_name() -> None:
    words: list[tuple[Any, ...]] = [(form, ""), (section, ""), (total, ""), (prose, ""), (balance, "a == b")]
    for word, first in words:
        with pytest.raises(TypeError):
            word(first, "", "")
        with pytest.raises(TypeError):
            word(first, "")
