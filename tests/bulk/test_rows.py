"""Tests of reports as rows: one for each number, with what the paper says of it."""

import csv
from collections import Counter
from decimal import Decimal
from io import StringIO

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

from gkformat import Mark, Reading, Report2021, Row, Unreadable, cells, label, to_rows
from gkformat.strategies import Paper, sheets
from readings import COUNT, FEE, marked, read_here, report
from support import CORPUS, GROUP, GROUP_ROWS, filled_as_one_row

TEXTS = {"blank": "/", "annotated": "", "unreadable": "#REF!", "out-of-range": "-3", "absent": ""}


def by_address(rows: list[Row]) -> dict[str, Row]:
    return {row.address: row for row in rows}


def test_number_has_a_row_with_its_label_and_its_written_form() -> None:
    made = report("huaian-2024")
    rows = list(to_rows([made]))
    assert [row.address for row in rows] == [*cells(made)]
    fee = by_address(rows)[FEE]
    assert (fee.agency, fee.year, fee.edition) == (made.agency, made.year, "2021")
    assert (fee.label, fee.unit, fee.state, fee.place) == (label(Report2021, FEE), "万元", "number", "")
    assert isinstance(fee.value, Decimal)
    assert fee.text == str(fee.value)


@pytest.mark.parametrize(("kind", "text"), TEXTS.items())
def test_cell_without_a_number_is_told_from_a_zero(kind: str, text: str) -> None:
    row = by_address(list(to_rows([marked(Mark(COUNT, kind, text))])))[COUNT]  # type: ignore[arg-type]
    assert (row.state, row.text) == (kind, text)
    assert (row.value is None) == (kind != "annotated")


def test_group_filled_as_one_row_has_rows_of_its_own(busy_report: Report2021) -> None:
    rows = by_address(list(to_rows([filled_as_one_row(busy_report)])))
    inside = [row for at, row in rows.items() if any(at.startswith(f"{GROUP}.{name}.") for name in GROUP_ROWS)]
    assert {(row.state, row.value) for row in inside} == {("merged", None)}
    whole = rows[f"{GROUP}.total"]
    assert (whole.state, whole.value) == (
        "number",
        sum(cells(busy_report)[f"{GROUP}.{name}.total"] or 0 for name in GROUP_ROWS),
    )
    assert whole.label.endswith("（六）其他处理 > 总计")


def test_place_is_known_where_a_document_was_read() -> None:
    reading = read_here((CORPUS / "documents" / "suqian-2023.xlsx").read_bytes())
    assert by_address(list(to_rows([reading])))[FEE].place == "Sheet!B19"
    with pytest.raises(Unreadable):
        list(to_rows([Reading(None, reading.sheet)]))


@settings(max_examples=5)
@given(sheets(edition="2019") | sheets())
def test_rows_have_the_numbers_of_the_report(paper: Paper) -> None:
    known = cells(paper.report)
    rows = list(to_rows([paper.report]))
    assert {row.address: row.value for row in rows if row.address in known} == known
    assert Counter(row.state for row in rows if row.value is not None).keys() <= {"number", "annotated"}


def test_data_frames_and_csv_take_them_as_they_are() -> None:
    reports = [report("pingtan-2019"), report("pingtan-2021")]
    rows = list(to_rows(reports))
    expected = sum(float(row.value) for row in rows if row.value is not None)
    assert pd.DataFrame(to_rows(reports))["value"].astype(float).sum() == pytest.approx(expected)
    assert pl.DataFrame(rows, infer_schema_length=None).height == len(rows)
    file = StringIO()
    csv.writer(file).writerows(to_rows(reports))
    assert len(file.getvalue().splitlines()) == len(rows)
