"""Tests of the columns on PySpark, with workers in separate processes.

Not part of the default run, for Spark is large and needs Java; `.ci/run` runs it. See docs/how-to/bulk.md.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import struct
from pyspark.sql.pandas.types import from_arrow_schema

from gkformat import check, consolidate, load, replace
from gkformat.bulk import check_batches, checked_schema, from_arrow, schema, to_arrow

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
"""What it says of the pandas by which tables are tested; here the columns go through Arrow."""

CORPUS = Path(__file__).parents[1] / "corpus"
REAL = [load(path, as_found=True) for path in sorted(CORPUS.glob("*-202[1-5].json"))]


REPORTS = [
    replace(report, agency=f"第{place}号机关", year=2024)
    for place, report in enumerate(report for _ in range(20) for report in REAL)
]
"""The same numbers as reports of many bodies for one year."""

PROVINCES = [f"{place % 4}0" for place in range(len(REPORTS))]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def country(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    """The reports in Parquet files, with a column that the form does not know."""
    folder = tmp_path_factory.mktemp("country")
    whole = to_arrow(REPORTS).append_column("province", pa.array(PROVINCES))
    for place in range(4):
        pa.parquet.write_table(whole.slice(place * 50, 50 if place < 3 else None), folder / f"{place}.parquet")
    # Spark takes a dot in the name of a column for a step into a struct, so a report travels as a whole, in one column.
    return spark.read.parquet(str(folder)).select("province", struct("*").alias("report"))


def test_workers_are_separate_processes(spark: SparkSession) -> None:
    assert spark.sparkContext.master == "local-cluster[2,1,1024]"


def test_workers_judge_reports(country: DataFrame) -> None:
    def judged(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return check_batches(pa.RecordBatch.from_struct_array(batch.column("report")) for batch in batches)

    answer = checked_schema(schema().append(pa.field("province", pa.string())))
    checked = country.mapInArrow(judged, from_arrow_schema(answer))
    found = {row.agency: row for row in checked.collect()}
    assert len(found) == len(REPORTS)
    for report, province in zip(REPORTS, PROVINCES, strict=True):
        row = found[report.agency]
        assert (row.verdict, row.province) == (check(report).verdict, province)
        expected = [(each.rule, each.at, each.left, each.right) for each in check(report) if each.severity != "advice"]
        assert [(each.rule, each["at"], each.left, each.right) for each in row.findings] == expected


def test_workers_add_reports_up(country: DataFrame) -> None:
    def add_up(province: tuple[pa.Scalar, ...], parts: pa.Table) -> pa.Table:
        (name,) = province
        reports = from_arrow(pa.Table.from_struct_array(parts["report"]))
        return to_arrow([consolidate(reports, agency=name.as_py(), year=2024).report])

    sums = country.groupBy("province").applyInArrow(add_up, from_arrow_schema(schema()))
    found = {report.agency: report for report in from_arrow(sums.toArrow())}
    for name in {*PROVINCES}:
        parts = [report for report, province in zip(REPORTS, PROVINCES, strict=True) if province == name]
        assert found[name] == consolidate(parts, agency=name, year=2024).report
