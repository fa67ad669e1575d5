"""Tests of what sums come to: what is out of date is told, and nothing else."""

import pytest

from gkformat.readers.files import spreadsheet
from gkformat.readers.files.sums import Formula, Sums
from gkformat.readers.files.worksheet import Position
from packages import xlsx_of

NUMBERS: dict[Position, float | str | None] = {(1, 1): 1.0, (1, 2): 2.0, (2, 1): "三", (2, 2): 4.5}
"""A1 to B2; row 3 is blank."""


def sums(*formulas: tuple[str, float | str | None]) -> Sums:
    """Return the cells from C1 down with formulas, and the values that are stored for them, beside A1 to B2."""
    made = Sums(dict(NUMBERS))
    for row, (text, stored) in enumerate(formulas, start=1):
        made.formulas[row, 3] = Formula(text)
        if stored != "missing":
            made.stored[row, 3] = stored
    return made


def told(*formulas: tuple[str, float | str | None]) -> list[int]:
    return [row for row, _ in sums(*formulas).not_computed()]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:B2)", 7.5),
        ("SUM($A$1,B1:B3)", 7.5),
        ("A1+B1-B2+A3", -1.5),
        (" - A1 + SUM( B1 : B2 ) + 3", 8.5),
        ('IF(COUNT(A1:B1)<2,"",SUM(A1:B1))', 3.0),
        ('IF(COUNT(A1:B2)<4,"",SUM(A1:B2))', ""),
        ('IF(COUNT(A3:B3)=0,"",A3+B3)', ""),
        *((f'IF(COUNT(A1:B1){test},"",A1+B1)', 3.0) for test in ("<1", "=0", "=3")),
        ("SUM(A3:B3)", 0.0),
        ("1000000.1+1000000.2", 2000000.3),  # which floats make 2000000.2999999998
    ],
)
def test_a_sum_has_the_value_to_which_its_cells_add_up(formula: str, value: float | str) -> None:
    assert told((formula, value)) == []
    assert told((formula, 99.0)) == told((formula, "别的")) == [1]
    assert told((formula, "missing")) == ([] if value == "" else [1])


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "ROUND(A1,0)",
        "SUM(A1:B2)/2",
        "A1+A2",  # a text
        "SUM(二!A1:B2)",
        "SUM(A:A)",
        "SUM(A1:B9999)",  # beyond what is looked at
        "SUM(A1:CV2000,A1:CV2000)",  # too many cells
        "C1+A1",  # itself
        'IF(COUNT(A1)<1,"",A1*2)',
        "1" * 5000 + "x",
    ],
)
def test_what_is_no_such_sum_is_left_alone(formula: str) -> None:
    assert told((formula, 99.0)) == []
    assert told((formula, "missing")) == [1]


def test_a_sum_of_sums_that_are_out_of_date_is_out_of_date() -> None:
    assert told(("C2+B2", 104.5), ("C3+1", 100.0), ("A1+0", 99.0)) == [1, 2, 3]
    assert told(("C2+B2", 6.5), ("C3+1", 2.0), ("A1+0", 1.0)) == []
    assert told(("C2+B2", 103.5), ("ROUND(A1,0)", 99.0)) == []


def test_a_sum_with_an_error_is_left_alone() -> None:
    assert told(("SUM(A1:B1)", None)) == []
    assert told(("SUM(A1,C2)", 99.0), ("ROUND(A2,0)", None)) == []


def test_sums_of_sums_may_go_deep() -> None:
    chain = [(f"C{row + 1}+1", 1001.0 - row) for row in range(1, 1000)]
    assert told(*chain, ("A1", 1.0)) == []
    assert told(*chain, ("A1", 2.0)) == [1000]


def test_a_formula_that_cells_share_is_that_of_each_place() -> None:
    first = '<c r="D1"><f t="shared" ref="D1:D3" si="0">SUM(A1:B1,$B$1)</f><v>5</v></c>'
    rest = "".join(f'<c r="D{row}"><f t="shared" si="0"/><v>{value}</v></c>' for row, value in [(2, 6), (3, 6)])
    cells = '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="B2"><v>4</v></c>'
    [table] = spreadsheet.parse(xlsx_of(f"<sheetData><row>{cells}{first}{rest}</row></sheetData>")).blocks
    shown = [row[-1].text for row in getattr(table, "rows", ())]
    assert shown == ["5", "6", "=SUM(A1:B1,$B$1)"]


def test_a_formula_that_cells_share_to_the_right_is_that_of_each_place() -> None:
    above = "".join(f'<c r="{column}1"><v>{value}</v></c>' for column, value in zip("ABC", (1, 2, 4), strict=True))
    first = '<c r="A2"><f t="shared" ref="A2:C2" si="0">A1+$B$1+$B1+B$1</f><v>7</v></c>'
    rest = "".join(
        f'<c r="{column}2"><f t="shared" si="0"/><v>{value}</v></c>' for column, value in [("B", 10), ("C", 9)]
    )
    (table,) = spreadsheet.parse(xlsx_of(f"<sheetData><row>{above}</row><row>{first}{rest}</row></sheetData>")).blocks
    assert [cell.text for cell in getattr(table, "rows", ())[1]] == ["7", "10", "=A1+$B$1+$B1+B$1"]
