"""A decade on a laptop (十年年报): reports as Parquet, questions in SQL with DuckDB.

A Parquet table has a column for each cell, named by its address, with null for a blank cell. One file holds reports of
one edition. The two editions share the addresses of table three, so that one query can span the change of the form.
Comparing with null is never true in SQL, so that, as in the library, a blank that leaves room raises no alarm.

The reports are invented, but their arithmetic is right: forty agencies, 2019 to 2028, some of which lose requests over
New Year.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet

from gkformat import AnyReport, check_series, edition_for
from gkformat.bulk import check_batches, from_arrow, from_parquet, schema, to_parquet

YEARS = range(2019, 2029)
BODIES = [f"第{number}区人民政府" for number in range(1, 41)]

BROKEN_CHAINS = """
    SELECT later.agency, later.year,
           earlier."requests.carried_forward.total" AS carried_forward,
           later."requests.brought_forward.total" AS brought_forward
    FROM reports AS earlier
    JOIN reports AS later ON later.agency = earlier.agency AND later.year = earlier.year + 1
    WHERE carried_forward <> brought_forward
    ORDER BY later.agency, later.year
"""

BY_YEAR = """
    SELECT year, any_value(edition), count(*), sum("requests.newly_received.total")
    FROM reports GROUP BY year ORDER BY year
"""


def rows() -> Iterator[dict[str, Any]]:
    """Yield the non-zero numbers of ten reports per agency: natural persons in some rows of table three."""
    chance = random.Random(2019)  # noqa: S311 - the same numbers each time
    for agency in BODIES:
        carried = 0
        for year in YEARS:
            brought = max(0, carried - (chance.random() < 1 / 50))
            received, carried = chance.randint(30, 300), chance.randint(1, 20)
            counts = {"newly_received": received, "brought_forward": brought, "carried_forward": carried}
            counts |= dict.fromkeys(("outcomes.granted", "outcomes.total"), received + brought - carried)
            cells = (
                (f"requests.{name}.{cell}", counts[name]) for name in counts for cell in ("natural_person", "total")
            )
            yield {"agency": agency, "year": year, **dict(cells)}


def reports(edition: str) -> Iterator[AnyReport]:
    """Yield the reports of one edition. `from_arrow` makes reports of columns from any source, and checks them."""
    columns = schema(edition)
    zeros = {field.name: 0 for field in columns if field.metadata[b"role"] in (b"row", b"column", b"total")}
    chosen = [zeros | row for row in rows() if edition_for(row["year"]).name == edition]
    return from_arrow(pa.Table.from_pylist(chosen, schema=columns))


def main() -> None:
    """Write the reports, check them, and query them."""
    with TemporaryDirectory() as folder:
        files = {edition: Path(folder, f"{edition}.parquet") for edition in ("2019", "2021")}
        for edition, file in files.items():
            to_parquet(reports(edition), file)
            with pa.parquet.ParquetFile(file) as opened:
                verdicts = pa.Table.from_batches(check_batches(opened.iter_batches())).column("verdict")
            counts = ", ".join(f"{each['counts']} {each['values']}" for each in verdicts.value_counts().to_pylist())
            print(f"edition {edition}: {counts}")

        database = duckdb.connect()
        database.read_parquet(f"{folder}/*.parquet", union_by_name=True).create_view("reports")
        for year, edition, count, received in database.sql(BY_YEAR).fetchall():
            print(f"{year} (edition {edition}): {count} bodies received {received} requests")
        broken = database.sql(BROKEN_CHAINS).fetchall()
        for agency, year, carried, brought in broken:
            print(f"{agency}: {year - 1} carried {carried} forward, {year} brought {brought} forward")

        chains = check_series(report for file in files.values() for report in from_parquet(file))
        found = {(chain.later.agency, chain.later.year) for chain in chains if chain.at.endswith("forward.total")}
        print("The library finds the same:", found == {(agency, year) for agency, year, *_ in broken})


if __name__ == "__main__":
    main()
