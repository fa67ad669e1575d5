"""Judging columns: all equations of many reports at once.

The logic is that of `judgement.judge`, a column at a time instead of a report at a time. What columns are good at is
done here: numbers, blanks, marks of cells, declared discrepancies. A row that has anything else, whether it is a fault
or a group that the paper filled as one row, is judged by itself and in the usual way; such rows are few.
"""

# pyarrow makes the functions of `pyarrow.compute` when it is imported.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from gkformat.base.address import Address
from gkformat.base.findings import Mark, MarkKind, Severity
from gkformat.bulk.columns import ROWS, Conformed, conform
from gkformat.bulk.lines import Line, judged
from gkformat.judgement.marks import groups, zeros
from gkformat.notation.declare import Items
from gkformat.notation.domains import SUM, Integer
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import nodes, numbers, per_class, positions

Whole = npt.NDArray[np.int64]
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
"""A broken or undecided equation of a row, as in `gkformat.Finding`."""

FAULT = pa.struct({"rule": pa.string(), "at": pa.string(), "pointer": pa.string(), "found": pa.string()})
"""What keeps a row from being a report, as in `Malformed.faults`."""

_NAMES = ("agency", "year")
_ADDED = (
    pa.field("verdict", pa.string()),
    pa.field("findings", pa.list_(FINDING)),
    pa.field("faults", pa.list_(FAULT)),
)


def checked_schema(schema: pa.Schema) -> pa.Schema:
    """The columns that `check_batches` gives for batches of these columns.

    They are: the columns that the form does not know, such as a code of the body, as they are; `agency` and `year`;
    `verdict` (`consistent`, `undecided`, `inconsistent` or `malformed`), `findings` and `faults`.
    """
    none = pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)
    return next(check_batches([none])).schema


def check_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Judge reports in columns, read as a stream: the verdict of each row, and what is wrong with it.

    Each row is judged as `check` judges its report: three-valued, with its marks, its blanks (nulls) and its declared
    discrepancies. Advice is not given. A row that is no report, for a number below zero or a body without a name, is
    `malformed` and has `faults`. Rows come in their order, maybe in smaller batches; for their columns see
    `checked_schema`. The batches are of one edition. Raises `Malformed` for a column that is missing or not of its
    type, and `ValueError` for the columns of two editions.
    """
    for batch in batches:
        for start in range(0, max(batch.num_rows, 1), ROWS):
            part = batch.slice(start, ROWS)
            yield _checked(part, conform(part))


def _checked(batch: pa.RecordBatch, conformed: Conformed) -> pa.RecordBatch:
    screened = screen(conformed)
    judgement = judge(conformed.edition.report, screened)
    odd = np.flatnonzero(screened.odd)
    lines = [
        judged(row, tree, conformed.edition.report) for row, tree in enumerate(conformed.trees(odd) if odd.size else ())
    ]
    kept = [(batch, name) for name in conformed.others] + [(conformed.batch, name) for name in _NAMES]
    added = [_verdicts(judgement, odd, lines), _findings(judgement, odd, lines), _faults(len(batch), odd, lines)]
    return pa.RecordBatch.from_arrays(
        [*(source.column(name) for source, name in kept), *added],
        schema=pa.schema([*(source.schema.field(name) for source, name in kept), *_ADDED]),
    )


# -- the numbers, and the rows that have more to them --------------------------------------------------


@frozen
class Screened:
    """The numbers of a batch, a row for each cell of the form: blanks as 0, an amount as its sign.

    `declared` are the discrepancies: row, equation, left, right. `odd` are the rows that are to be judged one by one.
    """

    values: Whole
    blank: Flags
    declared: tuple[Whole, Whole, Whole, Whole]
    odd: Flags


def screen(conformed: Conformed) -> Screened:
    """Read the numbers and what is said about them; find the rows that are not plain."""
    cls, batch = conformed.edition.report, conformed.batch
    values, blank = _numbers(cls, batch)
    odd = _unnamed(conformed) | _out_of_bounds(cls, values)
    odd |= _marked(cls, batch, values, blank)
    declared = _declared(cls, batch, odd)
    return Screened(values, blank, declared, odd)


def _numbers(cls: type, batch: pa.RecordBatch) -> tuple[Whole, Flags]:
    shape = (len(numbers(cls)), batch.num_rows)
    values, blank = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for place, at in enumerate(numbers(cls)):
        column = batch.column(at)
        if not isinstance(nodes(cls)[at].domain, Integer):
            column = pc.cast(pc.sign(column), pa.int64())
        if column.null_count:
            blank[place] = column.is_null().to_numpy(zero_copy_only=False)
            column = column.fill_null(0)
        values[place] = column.to_numpy()
    return values, blank


def _unnamed(conformed: Conformed) -> Flags:
    """The rows of which it is not known whose they are and for which year, or that are of another edition."""
    batch, name = conformed.batch, conformed.edition.name
    domain = cast("Integer", nodes(conformed.edition.report)[Address("year")].domain)
    year = batch.column("year").fill_null(domain.minimum - 1).to_numpy()
    known = pc.and_(batch.column("agency").is_valid(), pc.equal(batch.column("edition").fill_null(name), name))
    unnamed: Flags = (year < domain.minimum) | (year > domain.maximum) | ~known.to_numpy(zero_copy_only=False)
    return unnamed


def _out_of_bounds(cls: type, values: Whole) -> Flags:
    odd = np.zeros(values.shape[1], np.bool_)
    for row, at in zip(values, numbers(cls), strict=True):
        domain = nodes(cls)[at].domain
        low, high = (domain.minimum, domain.maximum) if isinstance(domain, Integer) else (0, 1)
        odd |= (row < low) | (row > high)
    return odd


def _marked(cls: type, batch: pa.RecordBatch, values: Whole, blank: Flags) -> Flags:
    """Enter the cells that are marked blank; return the rows with a mark that cannot be."""
    odd, rows, marks = _items(batch, "marks", cls)
    kind = _index(marks["kind"], _KINDS)
    cell, group = _index(marks["at"], numbers(cls)), _index(marks["at"], groups(cls))
    at = (cell, rows)
    is_blank, is_annotated, is_merged = (kind == place for place in range(len(_KINDS)))
    plain = (is_blank & (cell >= 0) & (values[at] == 0)) | (is_annotated & (cell >= 0) & ~blank[at])
    plain |= is_merged & (group >= 0) & _is_upper_zero(cls, values, rows, group)
    plain &= marks["text"].is_valid().to_numpy(zero_copy_only=False)
    plain &= _occurs_once(rows * len(positions(cls)) + np.where(is_merged, len(values) + group, cell))
    odd[rows[~plain]] = True
    is_blank &= plain
    blank[cell[is_blank], rows[is_blank]] = True
    return odd


_KINDS: tuple[MarkKind, ...] = ("blank", "annotated", "merged")


def _is_upper_zero(cls: type, values: Whole, rows: Whole, group: Whole) -> Flags:
    """Whether the upper lines of a group that was filled as one row are 0."""
    zero = np.ones(rows.shape, np.bool_)
    for place, at in enumerate(groups(cls)):
        of_group = group == place
        upper = [numbers(cls).index(cell) for cell in zeros(cls, Mark(at, "merged"))]
        zero[of_group] = ~values[upper][:, rows[of_group]].any(axis=0)
    return zero


def _occurs_once(keys: Whole) -> Flags:
    _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return cast("Flags", counts[places] == 1)


def _declared(cls: type, batch: pa.RecordBatch, odd: Flags) -> tuple[Whole, Whole, Whole, Whole]:
    """The discrepancies that rows declare; a row with one that cannot be is odd."""
    unfit, rows, items = _items(batch, "discrepancies", cls)
    known = [f"{equation.rule} {equation.at}" for equation in equations(cls)]
    place = _index(pc.binary_join_element_wise(items["rule"], items["at"], " "), known)
    sides = [items[side].fill_null(-1).to_numpy() for side in ("left", "right")]
    plain = place >= 0
    for side in sides:
        plain &= (side >= SUM.minimum) & (side <= SUM.maximum)
    odd |= unfit
    odd[rows[~plain]] = True
    left, right = (side[plain] for side in sides)
    return rows[plain], place[plain], left, right


def _items(batch: pa.RecordBatch, name: str, cls: type) -> tuple[Flags, Whole, dict[str, pa.Array]]:
    """The items of a column of lists, with the row of each; and the rows that have more of them than can be."""
    lists = batch.column(name)
    domain = cast("Items", nodes(cls)[Address(name)].domain)
    many = pc.greater(pc.list_value_length(lists).fill_null(0), domain.most).to_numpy(zero_copy_only=False)
    items = pc.list_flatten(lists)
    names = [field.name for field in lists.type.value_type]
    rows = pc.list_parent_indices(lists).to_numpy()
    return many.copy(), rows, {name: pc.struct_field(items, name) for name in names}


def _index(column: pa.Array, values: Sequence[str]) -> Whole:
    """The place of each text among the values, −1 where it is none of them."""
    found = pc.index_in(column, value_set=pa.array(values, pa.string()))
    return cast("Whole", found.fill_null(-1).to_numpy().astype(np.int64))


# -- the judgement -------------------------------------------------------------------------------------

_SEVERITIES: tuple[Severity, ...] = ("broken", "undecided")
_HOLDS, _BROKEN, _UNDECIDED = 0, 1, 2


@frozen
class Judgement:
    """The state of each equation in each row, both its sides, and whether the row declares that it is broken."""

    equations: tuple[Equation, ...]
    states: npt.NDArray[np.int8]
    left: Whole
    right: Whole
    declared: Flags

    @property
    def verdicts(self) -> npt.NDArray[np.int8]:
        """The verdict of each row: consistent, undecided, inconsistent."""
        broken = (self.states == _BROKEN).any(axis=0)
        undecided = (self.states == _UNDECIDED).any(axis=0)
        return np.where(broken, 2, undecided).astype(np.int8)


@per_class
def _sides(cls: type) -> tuple[tuple[list[int], list[int]], ...]:
    """For each equation, the places of the cells on its left and on its right."""
    place = {at: place for place, at in enumerate(numbers(cls))}
    return tuple(
        ([place[at] for at in equation.left], [place[at] for at in equation.right]) for equation in equations(cls)
    )


def judge(cls: type, screened: Screened) -> Judgement:
    """Judge all rows, the odd ones among them by what could be read of them."""
    left, right = (_added(side, screened.values) for side in zip(*_sides(cls), strict=True))
    states = np.where(left == right, _HOLDS, _BROKEN).astype(np.int8)
    if (rows := np.flatnonzero(screened.blank.any(axis=0))).size:
        states[:, rows] = _states(cls, left[:, rows], right[:, rows], screened.blank[:, rows])
    declared = np.zeros(states.shape, np.bool_)
    row, equation, *said = screened.declared
    at = (equation, row)
    occurs = (states[at] == _BROKEN) & (left[at] == said[0]) & (right[at] == said[1])
    declared[equation[occurs], row[occurs]] = True
    return Judgement(equations(cls), states, left, right, declared)


def _added(sides: Sequence[list[int]], values: npt.NDArray[Any]) -> Whole:
    """The sum of each side in each row. No side has more than 64 cells (see `SUM`), so that nothing overflows."""
    sums = np.empty((len(sides), values.shape[1]), np.int64)
    for row, (first, *others) in zip(sums, sides, strict=True):
        row[:] = values[first]
        for place in others:
            np.add(row, values[place], out=row)
    return sums


def _states(cls: type, left: Whole, right: Whole, blank: Flags) -> npt.NDArray[np.int8]:
    """The states of the equations in rows with blanks: `_solve` and `_states` of `judgement.judge` in columns."""
    open_left, open_right = (_added(side, blank) for side in zip(*_sides(cls), strict=True))
    unknown = open_left + open_right
    amount = np.where(open_left > 0, right - left, left - right)
    both = (open_left > 0) & (open_right > 0)
    broken = ~both & ((amount < 0) | ((amount > 0) & (unknown == 0)))
    undecided = both | (~broken & (amount > 0) & (unknown > 1))
    holds = ~(broken | undecided)
    undecided |= holds & _disputed(cls, holds, amount, blank)
    return np.where(broken, _BROKEN, np.where(undecided, _UNDECIDED, _HOLDS)).astype(np.int8)


def _disputed(cls: type, holds: Flags, amount: Whole, blank: Flags) -> Flags:
    """The equations that stand in a cell that two of them force to different values."""
    lowest = np.full(blank.shape, np.iinfo(np.int64).max)
    highest = np.full(blank.shape, -1)
    for place, (left, right) in enumerate(_sides(cls)):
        for cell in (*left, *right):
            forced = holds[place] & blank[cell]
            np.copyto(lowest[cell], np.minimum(lowest[cell], amount[place]), where=forced)
            np.copyto(highest[cell], np.maximum(highest[cell], amount[place]), where=forced)
    return _added([[*left, *right] for left, right in _sides(cls)], lowest < highest) > 0


# -- the answer as columns -----------------------------------------------------------------------------

_VERDICTS = pa.array(["consistent", "undecided", "inconsistent", "malformed"])


def _verdicts(judgement: Judgement, odd: Whole, lines: Sequence[Line]) -> pa.Array:
    codes = judgement.verdicts
    codes[odd] = [_VERDICTS.index(line.verdict).as_py() for line in lines]
    return _VERDICTS.take(pa.array(codes))


def _findings(judgement: Judgement, odd: Whole, lines: Sequence[Line]) -> pa.Array:
    rows, places = np.nonzero(judgement.states.T)
    at = (places, rows)
    severity = judgement.states[at] - 1
    columns = (
        _taken([equation.rule for equation in judgement.equations], places),
        _taken([equation.at for equation in judgement.equations], places),
        _taken(_SEVERITIES, severity),
        *(pa.array(values[at]) for values in (judgement.left, judgement.right, judgement.declared)),
    )
    found = pa.StructArray.from_arrays(columns, fields=list(FINDING))
    by_itself = [[_plain(finding, FINDING) for finding in line.findings] for line in lines]
    return _replaced(_grouped(found, rows, len(judgement.verdicts)), odd, by_itself)


def _faults(count: int, odd: Whole, lines: Sequence[Line]) -> pa.Array:
    none = pa.ListArray.from_arrays(pa.array(np.zeros(count + 1, np.int32)), pa.array([], FAULT))
    return _replaced(none, odd, [[_plain(fault, FAULT) for fault in line.faults] for line in lines])


def _taken(values: Sequence[str], places: npt.NDArray[Any]) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(places))


def _plain(item: Any, kind: pa.StructType) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in kind}


def _grouped(items: pa.Array, rows: npt.NDArray[np.intp], count: int) -> pa.Array:
    """Items in the order of their rows, as a list for each row."""
    offsets = np.concatenate(([0], np.bincount(rows, minlength=count).cumsum())).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), items)


def _replaced(lists: pa.Array, rows: Whole, others: Sequence[Sequence[dict[str, Any]]]) -> pa.Array:
    """The same lists, with others in some rows."""
    if not rows.size:
        return lists
    places = np.arange(len(lists))
    places[rows] = len(lists) + np.arange(len(rows))
    return pa.concat_arrays([lists, pa.array(others, lists.type)]).take(pa.array(places))
