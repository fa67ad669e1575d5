"""The notation: what a class refuses when it is made, and what it refuses when an object of it is made."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest

from gkformat import Malformed, Mark, Report2021, replace
from gkformat.base.citations import Article
from gkformat.forms.law import NOTICE_2021, REGULATIONS
from gkformat.forms.y2021 import Applicants, CaseResults, FeeAmount, LegalPerson
from gkformat.notation.declare import balance, column, declaration, form, prose, row, section, total
from gkformat.notation.domains import Count
from gkformat.notation.equations import equations

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
def test_a_count_is_an_integer_within_bounds(value: Any, rule: str) -> None:
    with pytest.raises(Malformed) as caught:
        CaseResults(**{**ROW, "other": value})
    (fault,) = caught.value.faults
    assert (fault.rule, fault.at, fault.pointer, fault.label) == (rule, "other", "/other", "其他结果")
    assert fault.found


@pytest.mark.parametrize("value", [0, MOST])
def test_the_bounds_belong_to_the_domain(value: int) -> None:
    assert CaseResults(**{**ROW, "other": value}).other == value


def test_every_fault_of_a_box_is_told_at_once() -> None:
    with pytest.raises(Malformed) as caught:
        CaseResults(upheld="1", corrected=-1, other=0, pending=0.5, total=0)  # type: ignore[arg-type]
    assert [fault.at for fault in caught.value.faults] == ["upheld", "corrected", "pending"]


def test_a_row_records_a_total_that_is_wrong() -> None:
    assert CaseResults(**{**ROW, "total": 0}).total == 0


def test_a_box_takes_only_the_box_that_belongs_there() -> None:
    with pytest.raises(Malformed) as caught:
        Applicants(natural_person=0, legal_person=CaseResults(**ROW), total=0)  # type: ignore[arg-type]
    assert caught.value.faults[0].rule == "wrong-type"


@pytest.mark.parametrize("text", ["0", "0.0", "18.8710", "999999999999999.999999"])
def test_an_amount_keeps_its_written_form(text: str) -> None:
    assert str(FeeAmount(amount_wan_yuan=Decimal(text)).amount_wan_yuan) == text


@pytest.mark.parametrize("text", ["-1", "1e3", "0.0000001", "NaN", "Infinity", "1000000000000000", "-0"])
def test_an_amount_is_within_bounds_too(text: str) -> None:
    with pytest.raises(Malformed):
        FeeAmount(amount_wan_yuan=Decimal(text))


def test_a_float_is_no_amount() -> None:
    with pytest.raises(Malformed) as caught:
        FeeAmount(amount_wan_yuan=1.5)  # type: ignore[arg-type]
    assert caught.value.faults[0].rule == "wrong-type"


def test_a_box_is_a_frozen_value() -> None:
    row = CaseResults(**ROW)
    with pytest.raises(AttributeError):
        row.upheld = 2  # type: ignore[misc]
    assert row == CaseResults(**ROW) == copy.deepcopy(row) == pickle.loads(pickle.dumps(row))  # noqa: S301
    assert len({row, CaseResults(**ROW)}) == 1


def test_a_forgotten_line_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(TypeError):
        LegalPerson(commercial_enterprise=1)  # type: ignore[call-arg]


def test_a_balance_that_names_what_is_not_there_fails_when_the_class_is_made() -> None:
    with pytest.raises(TypeError, match="names 'gone'"):

        @form
        @balance("first == gone", rule="balance", says="")
        class Table:
            first: CaseResults = row("1")


def test_a_field_must_be_a_cell_or_a_box() -> None:
    with pytest.raises(TypeError, match="neither a cell nor a box"):

        @form
        class Table:
            first: int = column("1")


def test_a_total_sums_what_stands_above_it_and_nothing_below() -> None:
    @form
    class Row:
        first: Count = column("a")
        second: Count = column("b")
        both: Count = total("c", rule="row-total")
        below: Count = column("d")

    (equation,) = equations(Row)
    assert (equation.left, equation.right) == (("first", "second"), ("both",))


def test_a_balance_may_bind_single_cells() -> None:
    @form
    @balance("first + second == third", rule="balance", says="x")
    class Row:
        first: Count = column("a")
        second: Count = column("b")
        third: Count = column("c")

    (equation,) = equations(Row)
    assert str(equation) == "first + second == third"
    assert equation.chinese == "a + b = c"
    assert not equation.is_total


def test_of_several_balances_the_topmost_comes_first_and_stands_in_the_corner() -> None:
    @form
    @balance("first == second", rule="balance", says="x")
    @balance("second == third", rule="balance", says="y")
    class Row:
        first: Count = column("a")
        second: Count = column("b")
        third: Count = column("c")

    assert declaration(Row).corner == "x"
    assert [each.says for each in equations(Row)] == ["x", "y"]


def test_a_tuple_holds_values_of_its_class_and_not_too_many(busy_report: Report2021) -> None:
    mark = Mark("requests.newly_received.total", "annotated", "x")
    for marks, rule in (([mark], "wrong-type"), ((1,), "wrong-type"), ((mark,) * 1001, "out-of-range")):
        with pytest.raises(Malformed) as caught:
            replace(busy_report, marks=marks)
        assert [(fault.rule, fault.at) for fault in caught.value.faults] == [(rule, "marks")]


def test_a_tuple_may_be_as_long_as_it_may_be(busy_report: Report2021) -> None:
    mark = Mark("requests.newly_received.total", "annotated", "x")
    assert replace(busy_report, marks=(mark,) * 1000).marks == (mark,)


def test_acts_articles_and_notices_cite_themselves() -> None:
    assert str(REGULATIONS) == "《中华人民共和国政府信息公开条例》（国务院令第711号）"
    assert str(Article(REGULATIONS, "第二十条")) == "《中华人民共和国政府信息公开条例》第二十条"
    assert str(NOTICE_2021).endswith("（国办公开办函〔2021〕30号）")


def test_the_notation_takes_options_by_name() -> None:
    words: list[tuple[Any, ...]] = [(form, ""), (section, ""), (total, ""), (prose, ""), (balance, "a == b")]
    for word, first in words:
        with pytest.raises(TypeError):
            word(first, "", "")
        with pytest.raises(TypeError):
            word(first, "")
