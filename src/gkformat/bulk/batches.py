"""Judge reports in columns: all equations of many reports at once.

The logic is that of `judgement.judge`, applied to a column at a time instead of a report at a time. Columns cover
numbers, blanks, marks and declared discrepancies. Rows with anything else, such as a fault, an unclear cell or a mark
that a report may not have, are irregular: they are judged one by one, as payloads. Such rows are few.
"""

# pyarrow creates the functions of `pyarrow.compute` on import, so pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gkformat.base.address import Address
from gkformat.base.arguments import demand, of_type
from gkformat.base.findings import Mark, MarkKind, Severity
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.bulk.columns import BATCH_ROWS, Conformed, conform, record_batches
from gkformat.bulk.lines import Line, judge_line
from gkformat.judgement.marks import implied_zeros, row_groups
from gkformat.notation.cell_text import classify
from gkformat.notation.declare import Items
from gkformat.notation.domains import EQUATION_SIDE, Integer
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import nodes, number_indexes, numbers, per_class, positions

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FINDING = pa.struct(
    {
        "rule": pa.string(),
        "at": pa.string(),
        "severity": pa.string(),
        "left": pa.int64(),
        "right": pa.int64(),
        "declared": pa.bool_(),
    }
)
"""What is broken or undecided in a row, with the fields of `gkformat.Finding`."""

FAULT = pa.struct({"rule": pa.string(), "at": pa.string(), "pointer": pa.string(), "found": pa.string()})
"""A reason why a row is not a report, as in `Malformed.faults`."""

_NAMES = ("agency", "year")
_RESULT_FIELDS = (
    pa.field("verdict", pa.string()),
    pa.field("findings", pa.list_(FINDING)),
    pa.field("faults", pa.list_(FAULT)),
)


_SCHEMA = of_type(pa.Schema, Words(" Arrow 的 Schema", "a Schema of Arrow"))


def checked_schema(schema: pa.Schema) -> pa.Schema:
    """Return the schema of the batches that `check_batches` yields for batches of this schema.

    Its columns are those that the form does not know, such as a code of the body, unchanged; `agency` and `year`;
    `verdict` (`consistent`, `undecided`, `inconsistent` or `malformed`), `findings` and `faults`. Raises like
    `check_batches`.
    """
    demand(_SCHEMA, schema=schema)
    none = pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)
    return next(check_batches([none])).schema


def check_batches(batches: Iterable[pa.RecordBatch] | pa.Table) -> Iterator[pa.RecordBatch]:
    """Judge reports in columns, a table or a stream of batches: yield the verdict on each row, its findings and faults.

    Each row is judged as `check` judges its report: three-valued, with its marks, its blanks (nulls without another
    mark) and its declared discrepancies. Advice is not given. A row that is not a report, because of a negative number
    or a missing agency for example, is `malformed` and has `faults`. Rows keep their order, though batches may be
    smaller; for the columns see `checked_schema`. All batches must be of one edition.

    Raises `Malformed` for a column that is missing or of the wrong type, `Incomparable` for the columns of two
    editions, and `TypeError` for anything but record batches.
    """
    for batch in record_batches(batches):
        for start in range(0, max(batch.num_rows, 1), BATCH_ROWS):
            piece = batch.slice(start, BATCH_ROWS)
            yield _checked(piece, conform(piece))


def _checked(batch: pa.RecordBatch, conformed: Conformed) -> pa.RecordBatch:
    screened = screen(conformed)
    judgement = judge_columns(conformed.edition.report, screened)
    irregular = np.flatnonzero(screened.irregular)
    lines = [
        judge_line(row, payload, conformed.edition.report)
        for row, payload in enumerate(conformed.payloads(irregular) if irregular.size else ())
    ]
    kept = [(batch, name) for name in conformed.others] + [(conformed.batch, name) for name in _NAMES]
    added = [
        _verdicts(judgement, irregular, lines),
        _findings(judgement, irregular, lines),
        _faults(len(batch), irregular, lines),
    ]
    return pa.RecordBatch.from_arrays(
        [*(source.column(name) for source, name in kept), *added],
        schema=pa.schema([*(source.schema.field(name) for source, name in kept), *_RESULT_FIELDS]),
    )


# -- numbers and irregular rows ------------------------------------------------------------------------


@frozen
class Screened:
    """The numbers of a batch, with a row for each cell of the form: blanks as 0, an amount as its sign.

    `declared` are the discrepancies: row, equation, left, right. `irregular` are the rows to judge one by one.
    """

    values: Integers
    blank: Flags
    declared: tuple[Integers, Integers, Integers, Integers]
    irregular: Flags


def screen(conformed: Conformed) -> Screened:
    """Read the numbers, marks and discrepancies of a batch, and find its irregular rows."""
    cls, batch = conformed.edition.report, conformed.batch
    values, blank = _numbers(cls, batch)
    irregular = _unnamed(conformed) | _out_of_bounds(cls, values)
    irregular |= _apply_marks(cls, batch, values, blank)
    irregular |= blank.all(axis=0)  # of an empty report there is one finding, and that is no equation
    declared = _declared_discrepancies(cls, batch, irregular)
    return Screened(values, blank, declared, irregular)


def _numbers(cls: type, batch: pa.RecordBatch) -> tuple[Integers, Flags]:
    shape = (len(numbers(cls)), batch.num_rows)
    values, blank = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for index, at in enumerate(numbers(cls)):
        column = batch.column(at)
        if not isinstance(nodes(cls)[at].domain, Integer):
            column = pc.cast(pc.sign(column), pa.int64())
        if column.null_count:
            blank[index] = column.is_null().to_numpy(zero_copy_only=False)
            column = column.fill_null(0)
        values[index] = column.to_numpy()
    return values, blank


def _unnamed(conformed: Conformed) -> Flags:
    """Return the rows without an agency or a valid year, and those of another edition."""
    batch, name = conformed.batch, conformed.edition.name
    domain = cast("Integer", nodes(conformed.edition.report)[Address("year")].domain)
    year = batch.column("year").fill_null(domain.minimum - 1).to_numpy()
    known = pc.and_(batch.column("agency").is_valid(), pc.equal(batch.column("edition").fill_null(name), name))
    unnamed: Flags = (year < domain.minimum) | (year > domain.maximum) | ~known.to_numpy(zero_copy_only=False)
    return unnamed


def _out_of_bounds(cls: type, values: Integers) -> Flags:
    irregular = np.zeros(values.shape[1], np.bool_)
    for row, at in zip(values, numbers(cls), strict=True):
        domain = nodes(cls)[at].domain
        low, high = (domain.minimum, domain.maximum) if isinstance(domain, Integer) else (0, 1)
        irregular |= (row < low) | (row > high)
    return irregular


def _apply_marks(cls: type, batch: pa.RecordBatch, values: Integers, blank: Flags) -> Flags:
    """Set the cells that are marked blank, and return the rows with an unclear cell, or with an impossible mark."""
    irregular, rows, marks = _items(batch, "marks", cls)
    kind = _index_in(marks["kind"], _KINDS)
    cell, group = _index_in(marks["at"], numbers(cls)), _index_in(marks["at"], row_groups(cls))
    at = (cell, rows)
    is_blank, is_annotated, is_merged = (kind == index for index in range(len(_KINDS)))
    regular = (is_blank & (cell >= 0) & (values[at] == 0)) | (is_annotated & (cell >= 0) & ~blank[at])
    regular |= is_merged & (group >= 0) & _is_upper_zero(cls, values, rows, group)
    regular &= _is_usual_text(cls, marks["text"], is_blank)
    regular &= _occurs_once(rows * len(positions(cls)) + np.where(is_merged, len(values) + group, cell))
    irregular[rows[~regular]] = True
    is_blank &= regular
    blank[cell[is_blank], rows[is_blank]] = True
    return irregular


_KINDS: tuple[MarkKind, ...] = ("blank", "annotated", "merged")
"""The kinds of marks that columns cover."""


def _is_usual_text(cls: type, texts: pa.Array, is_blank: Flags) -> Flags:
    """Return the marks whose text any mark of its kind may have: none, or in a blank cell a way to leave it empty."""
    some_cell = nodes(cls)[numbers(cls)[0]]
    leaves_empty = [text for text in pc.unique(texts).to_pylist() if text and classify(some_cell, text)[0] == "blank"]
    is_empty = pc.equal(texts, "").fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - of pyarrow
    usual: Flags = is_empty | (is_blank & (_index_in(texts, leaves_empty) >= 0))
    return usual


def _is_upper_zero(cls: type, values: Integers, rows: Integers, group: Integers) -> Flags:
    """Return the marks of merged groups whose upper rows are 0, as they must be."""
    zero = np.ones(rows.shape, np.bool_)
    for index, at in enumerate(row_groups(cls)):
        of_group = group == index
        upper = [number_indexes(cls)[cell] for cell in implied_zeros(cls, Mark(at, "merged"))]
        zero[of_group] = ~values[upper][:, rows[of_group]].any(axis=0)
    return zero


def _occurs_once(keys: Integers) -> Flags:
    _, indexes, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return cast("Flags", counts[indexes] == 1)


def _declared_discrepancies(
    cls: type, batch: pa.RecordBatch, irregular: Flags
) -> tuple[Integers, Integers, Integers, Integers]:
    """Return the discrepancies that rows declare, and add the rows with an impossible one to `irregular`."""
    overfull, rows, items = _items(batch, "discrepancies", cls)
    known = [f"{equation.rule} {equation.at}" for equation in equations(cls)]
    index = _index_in(pc.binary_join_element_wise(items["rule"], items["at"], " "), known)
    sides = [items[side].fill_null(-1).to_numpy() for side in ("left", "right")]
    regular = index >= 0
    for side in sides:
        regular &= (side >= EQUATION_SIDE.minimum) & (side <= EQUATION_SIDE.maximum)
    irregular |= overfull
    irregular[rows[~regular]] = True
    left, right = (side[regular] for side in sides)
    return rows[regular], index[regular], left, right


def _items(batch: pa.RecordBatch, name: str, cls: type) -> tuple[Flags, Integers, dict[str, pa.Array]]:
    """Return the rows with too many items in a column of lists, the row of each item, and the items by field."""
    lists = batch.column(name)
    domain = cast("Items", nodes(cls)[Address(name)].domain)
    many = pc.greater(pc.list_value_length(lists).fill_null(0), domain.max_items).to_numpy(zero_copy_only=False)
    items = pc.list_flatten(lists)
    names = [field.name for field in lists.type.value_type]
    rows = pc.list_parent_indices(lists).to_numpy()
    return many.copy(), rows, {name: pc.struct_field(items, name) for name in names}


def _index_in(column: pa.Array, values: Sequence[str]) -> Integers:
    """Return the index of each text among the values, or −1 if it is none of them."""
    found = pc.index_in(column, value_set=pa.array(values, pa.string()))
    return cast("Integers", found.fill_null(-1).to_numpy().astype(np.int64))


# -- the judgement -------------------------------------------------------------------------------------

_SEVERITIES: tuple[Severity, ...] = ("broken", "undecided")
_HOLDS, _BROKEN, _UNDECIDED = 0, 1, 2


@frozen
class Judgement:
    """The state of each equation in each row, its two sides, and whether the row declares it broken."""

    equations: tuple[Equation, ...]
    states: npt.NDArray[np.int8]
    left: Integers
    right: Integers
    declared: Flags

    @property
    def verdicts(self) -> npt.NDArray[np.int8]:
        """The verdict of each row: consistent, undecided, inconsistent."""
        broken = (self.states == _BROKEN).any(axis=0)
        undecided = (self.states == _UNDECIDED).any(axis=0)
        return np.where(broken, 2, undecided).astype(np.int8)


@per_class
def _sides(cls: type) -> tuple[tuple[list[int], list[int]], ...]:
    """Return the indexes of the cells on the left and on the right of each equation."""
    index = number_indexes(cls)
    return tuple(
        ([index[at] for at in equation.left], [index[at] for at in equation.right]) for equation in equations(cls)
    )


def judge_columns(cls: type, screened: Screened) -> Judgement:
    """Judge all rows; the results for irregular rows are to be replaced."""
    left, right = (_sums(side, screened.values) for side in zip(*_sides(cls), strict=True))
    states = np.where(left == right, _HOLDS, _BROKEN).astype(np.int8)
    if (rows := np.flatnonzero(screened.blank.any(axis=0))).size:
        states[:, rows] = _states(cls, left[:, rows], right[:, rows], screened.blank[:, rows])
    declared = np.zeros(states.shape, np.bool_)
    row, equation, declared_left, declared_right = screened.declared
    at = (equation, row)
    occurs = (states[at] == _BROKEN) & (left[at] == declared_left) & (right[at] == declared_right)
    declared[equation[occurs], row[occurs]] = True
    return Judgement(equations(cls), states, left, right, declared)


def _sums(sides: Sequence[list[int]], values: npt.NDArray[Any]) -> Integers:
    """Return the sum of each side in each row. No side has more than 64 cells (see `EQUATION_SIDE`): none overflows."""
    sums = np.empty((len(sides), values.shape[1]), np.int64)
    for row, (first, *others) in zip(sums, sides, strict=True):
        row[:] = values[first]
        for index in others:
            np.add(row, values[index], out=row)
    return sums


def _states(cls: type, left: Integers, right: Integers, blank: Flags) -> npt.NDArray[np.int8]:
    """Return the states of the equations in rows with blanks, as `judgement.judge` does for a single report."""
    open_left, open_right = (_sums(side, blank) for side in zip(*_sides(cls), strict=True))
    unknown = open_left + open_right
    amount = np.where(open_left > 0, right - left, left - right)
    both = (open_left > 0) & (open_right > 0)
    broken = ~both & ((amount < 0) | ((amount > 0) & (unknown == 0)))
    undecided = both | (~broken & (amount > 0) & (unknown > 1))
    holds = ~(broken | undecided)
    undecided |= holds & _disputed(cls, holds, amount, blank)
    return np.where(broken, _BROKEN, np.where(undecided, _UNDECIDED, _HOLDS)).astype(np.int8)


def _disputed(cls: type, holds: Flags, amount: Integers, blank: Flags) -> Flags:
    """Return the equations that contain a cell that two equations force to different values."""
    lowest = np.full(blank.shape, np.iinfo(np.int64).max)
    highest = np.full(blank.shape, -1)
    for index, (left, right) in enumerate(_sides(cls)):
        for cell in (*left, *right):
            forced = holds[index] & blank[cell]
            np.copyto(lowest[cell], np.minimum(lowest[cell], amount[index]), where=forced)
            np.copyto(highest[cell], np.maximum(highest[cell], amount[index]), where=forced)
    return _sums([[*left, *right] for left, right in _sides(cls)], lowest < highest) > 0


# -- results as columns --------------------------------------------------------------------------------

_VERDICTS = pa.array(["consistent", "undecided", "inconsistent", "malformed"])


def _verdicts(judgement: Judgement, irregular: Integers, lines: Sequence[Line]) -> pa.Array:
    codes = judgement.verdicts
    codes[irregular] = [_VERDICTS.index(line.verdict).as_py() for line in lines]
    return _VERDICTS.take(pa.array(codes))


def _findings(judgement: Judgement, irregular: Integers, lines: Sequence[Line]) -> pa.Array:
    rows, indexes = np.nonzero(judgement.states.T)
    order = np.lexsort((indexes, judgement.states[indexes, rows], rows))  # what is broken first, as `check` has it
    rows, indexes = rows[order], indexes[order]
    at = (indexes, rows)
    severity = judgement.states[at] - 1
    columns = (
        _take([equation.rule for equation in judgement.equations], indexes),
        _take([equation.at for equation in judgement.equations], indexes),
        _take(_SEVERITIES, severity),
        *(pa.array(values[at]) for values in (judgement.left, judgement.right, judgement.declared)),
    )
    found = pa.StructArray.from_arrays(columns, fields=list(FINDING))
    by_itself = [[_as_dict(finding, FINDING) for finding in line.findings] for line in lines]
    return _replaced(_grouped(found, rows, len(judgement.verdicts)), irregular, by_itself)


def _faults(count: int, irregular: Integers, lines: Sequence[Line]) -> pa.Array:
    none = pa.ListArray.from_arrays(pa.array(np.zeros(count + 1, np.int32)), pa.array([], FAULT))
    return _replaced(none, irregular, [[_as_dict(fault, FAULT) for fault in line.faults] for line in lines])


def _take(values: Sequence[str], indexes: npt.NDArray[Any]) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(indexes))


def _as_dict(item: Any, kind: pa.StructType) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in kind}


def _grouped(items: pa.Array, rows: npt.NDArray[np.intp], count: int) -> pa.Array:
    """Group items, which are in the order of their rows, into a list for each row."""
    offsets = np.concatenate(([0], np.bincount(rows, minlength=count).cumsum())).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), items)


def _replaced(lists: pa.Array, rows: Integers, others: Sequence[Sequence[dict[str, Any]]]) -> pa.Array:
    """Return the lists with others in some rows."""
    if not rows.size:
        return lists
    indexes = np.arange(len(lists))
    indexes[rows] = len(lists) + np.arange(len(rows))
    return pa.concat_arrays([lists, pa.array(others, lists.type)]).take(pa.array(indexes))
