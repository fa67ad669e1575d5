"""Tests of indicators in columns: those of `indicators` for each report."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from gkformat import AnyReport, indicators
from gkformat.bulk import indicator_batches, to_arrow
from gkformat.derived.ratios import IndicatorValue
from gkformat.strategies import Paper, sheets
from report_columns import EVERY_EDITION, published


def assert_agree(reports: list[AnyReport]) -> None:
    (batch,) = indicator_batches(to_arrow(reports).to_batches())
    for report, row in zip(reports, batch.to_pylist(), strict=True):
        named = {name: getattr(report, name) for name in ("agency", "year", "edition")}
        assert row == named | {name: value for each in indicators(report) for name, value in _columns(each)}


def _columns(item: IndicatorValue) -> list[tuple[str, float | None]]:
    value = None if item.value is None else item.value.numerator / item.value.denominator
    if not item.among:
        return [(item.name, item.numerator)]
    sides = (("numerator", item.numerator), ("denominator", item.denominator))
    return [(item.name, value), *((f"{item.name}.{name}", side) for name, side in sides)]


@EVERY_EDITION
def test_indicators_in_columns_are_those_of_each_report(edition: str) -> None:
    assert_agree(published(edition))


@given(st.lists(sheets(), min_size=1, max_size=3))
def test_indicators_in_columns_are_open_where_those_of_a_report_are(papers: list[Paper]) -> None:
    assert_agree([paper.report for paper in papers])


def test_indicators_in_columns_keep_other_columns() -> None:
    table = to_arrow(published("2021")[:2]).append_column("code", pa.array(["3213", "3208"]))
    (batch,) = indicator_batches(table.to_batches())
    assert batch.column("code").to_pylist() == ["3213", "3208"]
