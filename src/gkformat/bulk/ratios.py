"""Indicators of many reports in columns."""

# pyarrow creates the functions of `pyarrow.compute` on import, so pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from gkformat.bulk.columns import Conformed, conform, record_batches
from gkformat.derived.ratios import Sum, indicator_sums

_NAMES = ("agency", "year", "edition")


def indicator_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Compute the indicators of reports in columns, read as a stream, as `indicators` does for each.

    Yields the columns that the form does not know, unchanged; `agency`, `year` and `edition`; and for each indicator
    its value, named as it is, and the sums `….numerator` and `….denominator` that it is the quotient of; an indicator
    that is a sum has no others. Null is what a cell without a number leaves open, and a quotient of nothing. Rows are
    not judged.

    Raises `Malformed` for a column that is missing or of the wrong type.
    """
    for batch in record_batches(batches):
        conformed = conform(batch)
        kept = [*map(batch.column, conformed.others), *map(conformed.batch.column, _NAMES)]
        named = list(_columns(conformed))
        yield pa.RecordBatch.from_arrays(
            [*kept, *(column for _, column in named)], names=[*conformed.others, *_NAMES, *(name for name, _ in named)]
        )


def _columns(conformed: Conformed) -> Iterator[tuple[str, pa.Array]]:
    filled_as_one = _merged(conformed.batch)
    for indicator, of, among in indicator_sums(conformed.edition.report):
        numerator = _added(conformed.batch, of, filled_as_one)
        if among.cells:
            denominator = _added(conformed.batch, among, filled_as_one)
            yield indicator.name, _quotient(numerator, denominator)
            yield f"{indicator.name}.numerator", numerator
            yield f"{indicator.name}.denominator", denominator
        else:
            yield indicator.name, numerator


def _merged(batch: pa.RecordBatch) -> Mapping[str, pa.Array]:
    """Return which rows have each group of rows filled as one row."""
    marks = batch.column("marks")
    flat, rows = pc.list_flatten(marks), pc.list_parent_indices(marks)
    merged = pc.equal(pc.struct_field(flat, "kind"), "merged")
    groups, rows = pc.struct_field(flat, "at").filter(merged), rows.filter(merged)
    every = pa.array(range(batch.num_rows), rows.type)
    return {at: pc.is_in(every, rows.filter(pc.equal(groups, at))) for at in groups.unique().to_pylist()}


def _added(cells: pa.RecordBatch, of: Sum, filled_as_one: Mapping[str, pa.Array]) -> pa.Array:
    whole = reduce(pc.add, map(cells.column, of.cells))
    return reduce(_without, (filled_as_one[at] for at in of.cuts & filled_as_one.keys()), whole)


def _without(column: pa.Array, rows: pa.Array) -> pa.Array:
    return pc.if_else(rows, None, column)


def _quotient(numerator: pa.Array, denominator: pa.Array) -> pa.Array:
    whole = pc.if_else(pc.equal(denominator, 0), None, denominator)
    return pc.divide(numerator.cast(pa.float64()), whole.cast(pa.float64()))
