"""Convert reports to Arrow columns, one for each cell of an edition, and back again, without loss.

A column is named by its address. A cell without a number is null, and nothing else is; `marks` says what it is instead,
and a null without a mark is a blank. The upper rows of a group that the source filled as one row are 0, as in the
report. An amount is a decimal number, and a column beside it says
with how many decimals it was written, so that `18.8710` comes back as `18.8710`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from os import PathLike
from typing import Any, TypeAlias, cast

import attrs

from gkformat.base.address import Address
from gkformat.base.arguments import INTEGER, PATH, demand, each, of_type
from gkformat.base.atomic import open_atomic
from gkformat.base.errors import Fault, Incomparable, Inconsistent, Malformed, Unreadable, cut_short
from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Words
from gkformat.codec import loads
from gkformat.forms.editions import EDITIONS, AnyReport, Edition, edition_named, edition_of
from gkformat.judgement.marks import UNCLEAR, blanks, unclear_cells
from gkformat.judgement.root import REPORT
from gkformat.notation.declare import Items
from gkformat.notation.domains import Choice, Integer, Money
from gkformat.notation.outline import (
    Node,
    build,
    label,
    label_faults,
    nodes,
    number_getter,
    numbers,
    outline,
    per_class,
)

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:  # pragma: no cover - the extra is there wherever the tests run
    raise ImportError(
        "gkformat.bulk 的列式数据需要额外的依赖，请运行 pip install 'gkformat[bulk]' / columns need an extra, "
        "install it with: pip install 'gkformat[bulk]'"
    ) from error

BATCH_ROWS = 8192
"""The number of reports in a batch: enough to keep the overhead of a batch small, few enough for the cache."""

ArrowData: TypeAlias = pa.Table | Iterable[pa.RecordBatch]
"""Reports of one edition in columns: a table, or batches."""

# -- the columns of an edition -------------------------------------------------------------------------


def schema(edition: str = "2021") -> pa.Schema:
    """Return the schema of an edition, with its columns in printed order.

    Counts are int64; amounts decimal128, in the unit of their column, with an int8 column `….decimals` beside them;
    texts strings; marks and discrepancies lists of structs. The metadata of a field: `label` (Chinese, in full),
    `edition`, `role` (its kind in the form: `column`, `total`, `prose`…), and `unit` if the form prints one.

    Raises `UnknownEdition` for an unknown edition.
    """
    return _schema(edition_named(edition).report)


@per_class
def _schema(cls: type) -> pa.Schema:
    edition = edition_of(cls)
    fields = [field for node in _value_nodes(cls) for field in _fields(cls, node, edition.name)]
    return pa.schema(fields, metadata={"gkformat.edition": edition.name, "gkformat.notice": str(edition.notice)})


@per_class
def _names(cls: type) -> frozenset[str]:
    return frozenset(_schema(cls).names)


@per_class
def _value_nodes(cls: type) -> tuple[Node, ...]:
    """Return the nodes with a column of their own: those that hold a value and not a box."""
    return tuple(node for node in outline(cls).walk() if node.domain)


def _fields(cls: type, node: Node, edition: str) -> Iterator[pa.Field]:
    metadata = {"label": label(cls, node.at), "edition": edition, "role": node.printed.kind}
    if node.printed.unit:
        metadata["unit"] = node.printed.unit
    yield pa.field(node.at, arrow_type(node.domain), metadata=metadata)
    if isinstance(node.domain, Money):
        yield pa.field(decimals_of(node.at), pa.int8(), metadata={**metadata, "role": "decimals", "unit": ""})


def decimals_of(at: Address) -> str:
    """Return the name of the column that says with how many decimals an amount was written."""
    return at.child("decimals")


def arrow_type(domain: object) -> pa.DataType:
    """Return the type of a column with values of a domain."""
    match domain:
        case Integer():
            return pa.int64()
        case Money(digits, decimals):
            return pa.decimal128(digits + decimals, decimals)
        case Items(cls):
            return pa.list_(
                pa.struct([(name, _ARROW_TYPES.get(kind, pa.string())) for name, kind in _field_types(cls)])
            )
        case _:
            return pa.string()


_ARROW_TYPES: Mapping[Any, pa.DataType] = {int: pa.int64()}


def _field_types(cls: Any) -> Iterator[tuple[str, Any]]:
    return ((attribute.name, attribute.type) for attribute in attrs.fields(cls))


# -- reports to columns --------------------------------------------------------------------------------


def to_batches(reports: Iterable[AnyReport], *, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """Convert reports of one edition to batches of at most `rows` rows, read as a stream.

    Raises `Incomparable` for a report of another edition than the first, because each edition has its own columns.
    """
    demand(INTEGER, rows=rows)
    if rows < 1:
        raise ValueError(f"rows={rows}：每批至少一行 / a batch has at least one row")
    stream = each(REPORT, reports=reports)
    cls = None
    while batch := list(islice(stream, rows)):
        cls = cls or type(batch[0])
        for report in batch:
            if type(report) is not cls:
                raise Incomparable(
                    _MIXED.format(
                        agency=report.agency, year=report.year, edition=report.edition, first=batch[0].edition
                    )
                )
        yield pa.RecordBatch.from_arrays(list(_arrays(cls, batch)), schema=_schema(cls))


def to_arrow(reports: Iterable[AnyReport]) -> pa.Table:
    """Convert reports of one edition to a table with a row for each, or an empty table of the current edition.

    Raises like `to_batches`.
    """
    batches = list(to_batches(reports))
    return pa.Table.from_batches(batches, schema=batches[0].schema if batches else schema())


def to_parquet(reports: Iterable[AnyReport], path: str | PathLike[str]) -> None:
    """Write reports of one edition as a Parquet file, read as a stream. Raises like `to_batches`, and `OSError`.

    A file of this name is replaced when all is written, and stays as it was if that fails.
    """
    demand(PATH, path=path)
    batches = to_batches(reports)
    first = next(batches, None)
    with (
        open_atomic(path) as whole,
        parquet.ParquetWriter(whole, first.schema if first else schema(), compression="zstd") as writer,
    ):
        if first:
            writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def _arrays(cls: type, reports: Sequence[Any]) -> Iterator[pa.Array]:
    cells = dict(zip(numbers(cls), zip(*(number_getter(cls)(report) for report in reports), strict=True), strict=True))
    opened = _rows_without_number(reports)
    for node in _value_nodes(cls):
        values: Sequence[Any] = cells.get(node.at) or [getattr(report, node.name) for report in reports]
        known = values
        if isinstance(node.domain, Items):
            known = [[attrs.asdict(item) for item in items] for items in values]
        elif rows := opened.get(node.at):
            known = [None if row in rows else value for row, value in enumerate(values)]
        yield pa.array(known, arrow_type(node.domain))
        if isinstance(node.domain, Money):
            yield pa.array([-value.as_tuple().exponent for value in values], pa.int8())


def _rows_without_number(reports: Sequence[Any]) -> dict[Address, set[int]]:
    """Return the rows in which each cell is blank or unclear."""
    found: dict[Address, set[int]] = {}
    for row, report in enumerate(reports):
        for at in blanks(report) | unclear_cells(report) if report.marks else ():
            found.setdefault(at, set()).add(row)
    return found


# -- columns to reports --------------------------------------------------------------------------------


def from_arrow(columns: ArrowData, *, as_found: bool = False) -> Iterator[AnyReport]:
    """Yield the reports of a table, or of batches, which are read as a stream.

    A null among the numbers is what its mark says, and a blank without one. The columns of texts, `marks`,
    `discrepancies`, `edition` and the decimals of amounts may be missing; columns that the form does not know are
    ignored. With `as_found=True`, broken equations are declared instead of refused.

    Raises `Malformed` for a column that is missing or of the wrong type; raises like `loads` for a row that is not a
    report, with the row as a note on the error; and `Incomparable` for the columns of two editions.
    """
    row = 0
    for batch in record_batches(columns):
        conformed = conform(batch)
        for payload in conformed.payloads():
            try:
                report = loads(payload, conformed.edition.report, as_found=as_found)
            except (Malformed, Inconsistent) as error:
                error.add_note(f"第 {row} 行（从 0 起） / row {row}, from 0")
                raise
            yield report
            row += 1


def from_parquet(path: str | PathLike[str], *, as_found: bool = False) -> Iterator[AnyReport]:
    """Yield the reports of a Parquet file, read as a stream.

    Raises like `from_arrow`, `Unreadable` for a file that is damaged or no Parquet, and `OSError`.
    """
    demand(PATH, path=path)
    yield from from_arrow(_parquet_batches(path), as_found=as_found)


def _parquet_batches(path: str | PathLike[str]) -> Iterator[pa.RecordBatch]:
    try:
        with parquet.ParquetFile(path) as file:
            yield from file.iter_batches(BATCH_ROWS)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno:  # of the system; what pyarrow says of a file has no number
            raise
        reason = cut_short(str(error).partition("\n")[0])
        raise Unreadable(_DAMAGED.format(path=path, reason=reason)) from error


def record_batches(columns: ArrowData) -> Iterable[pa.RecordBatch]:
    """Yield the batches of a table, or those that are given."""
    is_table = isinstance(columns, pa.Table)
    return each(_BATCH, columns=cast("pa.Table", columns).to_batches(BATCH_ROWS) if is_table else columns)


_BATCH = of_type(pa.RecordBatch, Words("一个 RecordBatch", "a RecordBatch"))


@frozen
class Conformed:
    """A batch with exactly the columns of the schema of an edition; `others` names the other columns it came with."""

    edition: Edition
    batch: pa.RecordBatch
    others: tuple[str, ...]

    def payloads(self, rows: Iterable[int] | None = None) -> Iterator[dict[str, Any]]:
        """Return all rows, or those given, as payloads for `loads`."""
        batch = self.batch if rows is None else self.batch.take(pa.array([*rows], pa.int64()))
        values = {name: _listed(batch.column(name)) for name in batch.schema.names}
        return iter(_payloads(self.edition, values))


def conform(batch: pa.RecordBatch) -> Conformed:
    """Convert a batch to the schema of the edition whose cells it has.

    Raises `Malformed`, listing all columns that are missing, repeated, damaged or of the wrong type.
    """
    edition = _edition_of_columns(_column_names(batch))
    cls = edition.report
    faults: list[Fault] = []
    arrays: list[pa.Array] = []
    for field in _schema(cls):
        places = batch.schema.get_all_field_indices(field.name)
        if len(places) == 1:
            arrays.append(_cast(batch.column(places[0]), field, faults))
        elif places:
            faults.append(Fault("duplicate-key", _address(field.name)))
        elif _is_required(cls, field.name):
            faults.append(Fault("missing", _address(field.name), expected=_column(field)))
        else:
            arrays.append(pa.nulls(batch.num_rows, field.type))
    if faults:
        raise Malformed(label_faults(cls, faults))
    others = tuple(name for name in batch.schema.names if name not in _names(cls))
    return Conformed(edition, pa.RecordBatch.from_arrays(arrays, schema=_schema(cls)), others)


def _column_names(batch: pa.RecordBatch) -> list[str]:
    try:
        return cast("list[str]", batch.schema.names)
    except UnicodeDecodeError as error:
        raise Malformed([Fault("wrong-type", Address(), found=str(error), expected=_NAMES_IN_UTF8)]) from None


def _edition_of_columns(found: Sequence[str]) -> Edition:
    """Return the edition of which the fewest columns are missing."""
    names = {*found}
    lacking = {edition.name: len({*numbers(edition.report)} - names) for edition in EDITIONS.values()}
    complete = [name for name, missing in lacking.items() if not missing]
    if len(complete) > 1:
        raise Incomparable(_SEVERAL.format(editions=", ".join(complete)))
    return edition_named(min(lacking, key=lambda name: lacking[name]))


def _is_required(cls: type, name: str) -> bool:
    at = Address(name)
    return at in nodes(cls) and nodes(cls)[at].required


def _address(name: str) -> Address:
    """Return the address of a column in the form; a column of decimals has that of its amount."""
    return Address(name.removesuffix(decimals_of(Address())))


def _column(field: pa.Field) -> Words:
    text = Words("，文字为 UTF-8", ", its texts in UTF-8") if pa.types.is_string(field.type) else NO_WORDS
    return Words(f"{field.type} 列", f"a column of {field.type}") + text


def _cast(array: pa.Array, field: pa.Field, faults: list[Fault]) -> pa.Array:
    """Cast a column to the type of its cell without loss, or else note a fault."""
    wanted, found = field.type, str(array.type)
    if array.type == wanted or _is_alike(array.type, wanted):
        try:
            array.validate(full=True)  # texts are in UTF-8, and what an array refers to is there
            return array.cast(wanted)
        except pa.ArrowException as error:
            found += f": {error}"
    faults.append(Fault("wrong-type", _address(field.name), found=cut_short(found), expected=_column(field)))
    return pa.nulls(len(array), wanted)


def _is_alike(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Return True if a type may be cast to another: numbers to numbers, texts to texts, lists to lists."""
    if pa.types.is_dictionary(found):
        found = found.value_type
    kinds: tuple[Callable[[pa.DataType], bool], ...]
    if pa.types.is_list(wanted):
        kinds = (pa.types.is_list, pa.types.is_large_list)
    elif pa.types.is_string(wanted):
        kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    else:
        kinds = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return pa.types.is_null(found) or any(is_kind(found) for is_kind in kinds)


def _listed(column: pa.Array) -> list[Any]:
    """Return the values of a column; integers by way of numpy, which is ten times as fast."""
    whole = column.type == pa.int64() and not column.null_count
    values: list[Any] = column.to_numpy().tolist() if whole else column.to_pylist()
    return values


def _payloads(edition: Edition, values: dict[str, list[Any]]) -> list[Any]:
    """Convert rows to payloads, column by column because a row has two hundred cells. A null text is left out."""
    for node in _value_nodes(edition.report):
        if not node.required and None in values[node.at]:
            values[node.at] = [_default(node, edition) if value is None else value for value in values[node.at]]
    for at in numbers(edition.report):
        if None in values[at]:
            values[at] = [_or_zero(at, *pair) for pair in zip(values[at], values["marks"], strict=True)]
        if isinstance(domain := nodes(edition.report)[at].domain, Money):
            pairs = zip(values[at], values[decimals_of(at)], strict=True)
            values[at] = [None if value is None else _amount_text(value, decimals, domain) for value, decimals in pairs]
    payloads = build(cast("Any", edition.report), cast("Mapping[Address, Any]", values), _objects)
    return cast("list[Any]", payloads)


def _default(node: Node, edition: Edition) -> Any:
    """Return the default of an optional value."""
    if isinstance(node.domain, Items):
        return []
    return edition.name if isinstance(node.domain, Choice) else ""


def _or_zero(at: Address, value: Any, marks: list[dict[str, Any]]) -> Any:
    """Return a number as it is, and 0 for a null, which is a blank unless it has a mark.

    `loads` refuses a null whose mark says that there is a number.
    """
    if value is not None:
        return value
    kinds = {mark["kind"] for mark in marks if mark["at"] == at}
    if not kinds:
        marks.append({"at": str(at), "kind": "blank", "text": ""})
    return 0 if kinds <= {"blank", *UNCLEAR} else None


def _objects(_: type, **columns: list[Any]) -> list[dict[str, Any]]:
    """Return an object for each row of a box."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _amount_text(value: Decimal | int, decimals: int | None, domain: Money) -> str:
    """Return an amount as it was written, or with as few decimals as it needs if that is unknown or impossible."""
    shortest = format(Decimal(value).normalize(), "f")
    given = len(shortest.partition(".")[2])
    if decimals is None or not given < decimals <= domain.decimals:
        return shortest
    return shortest + "." * (given == 0) + "0" * (decimals - given)


_MIXED = Words(
    "{agency} {year} 年报告为 {edition} 版，前面的为 {first} 版：列随版本而不同，请每版各成一表",
    "the report of {agency} for {year} is of edition {edition}, those before it of {first}: "
    "the columns differ, so make a table for each edition",
)
_DAMAGED = Words(
    "{path} 不是完好的 Parquet 文件（{reason}），请重新生成或下载",
    "{path} is damaged or no Parquet file ({reason}): write or download it again",
)
_NAMES_IN_UTF8 = Words("UTF-8 编码的列名", "column names in UTF-8")
_SEVERAL = Words(
    "表中有几个版本的列（{editions}），请每次只取一个版本的行与列",
    "the table has the columns of several editions ({editions}): take the rows and columns of one at a time",
)
