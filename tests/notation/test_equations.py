"""The equations derived from totals and balances, and how they print."""

from syrupy.assertion import SnapshotAssertion

from gkformat import Report2021
from gkformat.notation.declare import balance, column, form, total
from gkformat.notation.domains import Count
from gkformat.notation.equations import equations


def test_total_sums_what_is_above_it() -> None:
    @form
    class Row:
        first: Count = column("a")
        second: Count = column("b")
        both: Count = total("c", rule="row-total")
        below: Count = column("d")

    (equation,) = equations(Row)
    assert (equation.left, equation.right) == (("first", "second"), ("both",))


def test_balance_may_bind_single_cells() -> None:
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


def test_equation_prints_addresses_and_chinese_labels(snapshot: SnapshotAssertion) -> None:
    shown: dict[str, str] = {}
    for equation in equations(Report2021):
        shown.setdefault(equation.rule, f"{equation}\n{equation.chinese}")
    assert shown == snapshot


def test_equation_in_a_column_of_a_group_names_the_column() -> None:
    (equation,) = [
        equation
        for equation in equations(Report2021)
        if equation.rule == "balance" and equation.at.endswith("commercial_enterprise")
    ]
    assert equation.chinese == (
        "三、收到和处理政府信息公开申请情况：一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量"
        " = （七）总计 + 四、结转下年度继续办理（商业企业）"
    )
