"""The indicators of reports as a table, a row for each."""

from collections.abc import Iterator, Sequence

from gkformat.base.words import Lang
from gkformat.cli.tables.table import REPORT_COLUMNS, Column, Table, Value
from gkformat.derived.ratios import IndicatorValue, indicators
from gkformat.forms.editions import AnyReport

INDICATORS = Table(
    "indicators",
    (
        *REPORT_COLUMNS,
        Column("name", "指标"),
        Column("title", "指标名称"),
        Column("value", "数值", "number"),
        Column("numerator", "分子", "count"),
        Column("denominator", "分母", "count"),
        Column("n", "件数", "count"),
        Column("is_small", "不足三十件", "count"),
    ),
)


def indicator_rows(file: str, report: AnyReport, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield a row for each indicator of the report in a file; `is_small` is 1 or 0."""
    for item in indicators(report):
        yield (
            *(file, report.agency, report.year, report.edition, item.name, item.title.text(lang), rounded(item)),
            *(item.numerator, item.denominator, item.n, int(item.is_small)),
        )


def rounded(item: IndicatorValue) -> float | None:
    """Return the value of an indicator, a quotient with as many digits as anybody needs."""
    if item.value is None:
        return None
    return round(float(item.value), 6) if item.among else item.numerator
