"""Rows → Parquet. It needs the extra `bulk`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any, get_args

import pyarrow as pa
from attrs import define, field
from pyarrow import parquet

from gkformat.base.address import Address
from gkformat.bulk.columns import BATCH_ROWS, arrow_type, decimals_of
from gkformat.cli.tables.table import Column, Kind, Table, Value
from gkformat.notation.domains import Amount


@define(eq=False)
class ParquetFile:
    """A file of batches of rows.

    Counts are int64 and quotients doubles. An amount is a decimal number, and a column beside it says with how many
    decimals it was written, as in `gkformat.bulk`. The metadata of a field has the title of its column.
    """

    file: IO[bytes]
    table: Table
    titles: bool
    _writer: Any = field(init=False)
    _waiting: list[Sequence[Value]] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        schema = _schema(self.table, titles=self.titles)
        self._writer = parquet.ParquetWriter(self.file, schema, compression="zstd")

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows as soon as there are enough of them for a batch."""
        rows = iter(rows)
        while more := [*islice(rows, BATCH_ROWS - len(self._waiting))]:
            self._waiting += more
            if len(self._waiting) == BATCH_ROWS:
                self._flush()

    def close(self) -> None:
        """Write the rows that are left, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            columns = zip(self.table.columns, zip(*self._waiting, strict=True), strict=True)
            arrays = [array for column, values in columns for array in _arrays(column, values)]
            self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._writer.schema))
            self._waiting.clear()


_TYPES: Mapping[Kind, pa.DataType] = {
    "text": pa.string(),
    "count": pa.int64(),
    "amount": arrow_type(get_args(Amount)[1]),
    "number": pa.float64(),
}


def _schema(table: Table, *, titles: bool) -> pa.Schema:
    headed = zip(table.headings(titles=titles), table.columns, strict=True)
    return pa.schema([each for name, column in headed for each in _fields(name, column)])


def _fields(name: str, column: Column) -> Iterator[pa.Field]:
    metadata = {"label": column.title}
    yield pa.field(name, _TYPES[column.kind], metadata=metadata)
    if column.kind == "amount":
        yield pa.field(decimals_of(Address(name)), pa.int8(), metadata=metadata)


def _arrays(column: Column, values: Sequence[Value]) -> Iterator[pa.Array]:
    if column.kind == "number":
        values = [float(value) if isinstance(value, Decimal) else value for value in values]
    yield pa.array(values, _TYPES[column.kind])
    if column.kind == "amount":
        yield pa.array([_decimals(value) for value in values], pa.int8())


def _decimals(value: Value) -> int | None:
    return -int(value.as_tuple().exponent) if isinstance(value, Decimal) else None
