"""Reports as rows, one for each number: what data frames and databases take as it is."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from gkformat.base.address import Address
from gkformat.base.arguments import ArgumentKind, each
from gkformat.base.errors import Unreadable
from gkformat.base.findings import Mark, Number
from gkformat.base.words import Lang, Words
from gkformat.comparison.folding import folded_cells
from gkformat.forms.editions import AnyReport
from gkformat.judgement.marks import UNCLEAR, merged_groups
from gkformat.judgement.root import REPORT
from gkformat.notation.outline import label, nodes, number_getter, numbers, per_class
from gkformat.readers.sheet import CellState, Reading, Sheet

RowState = CellState | Literal["merged"]
"""The state of a cell, as in `Entry`, or `merged` if it is in a group that the document filled as one row."""


class Row(NamedTuple):
    """A number of a report.

    `address`, `label` and `unit` say which; `unit` is empty for counts. `value` is `None` unless `state` is `number` or
    `annotated`. `text` is what the paper says where that is not simply the number, and the number as it was written
    otherwise: `18.8710`. `place` is where it stands in a document, and empty if that is not known.
    """

    agency: str
    year: int
    edition: str
    address: str
    label: str
    unit: str
    value: Number | None
    text: str
    state: RowState
    place: str


def to_rows(reports: Iterable[AnyReport | Reading], *, lang: Lang = "zh") -> Iterator[Row]:
    """Yield the numbers of reports one by one, in printed order; they are read as a stream.

    `pandas.DataFrame(to_rows(reports))`, `polars.DataFrame(…)` and `csv.writer(file).writerows(…)` take them. A report
    has a row for each cell of its edition. Where it filled a group of rows as one, these cells have no value and are
    `merged`, and the group has rows of its own after them, at the addresses that it would have as a single row.

    What `read` returns may be given instead of a report: the places are then known, in the language of `lang`. Raises
    `Unreadable` if there is no report in it.
    """
    for item in each(_REPORT_OR_READING, reports=reports):
        if not isinstance(item, Reading):
            yield from report_rows(item)
        elif item.report is None:
            raise Unreadable(_NO_REPORT)
        else:
            yield from report_rows(item.report, item.sheet, lang)


_REPORT_OR_READING = ArgumentKind(
    lambda value: isinstance(value, Reading) or REPORT.fits(value),
    Words("报告，或 read 的结果", "a report, or what `read` returns"),
)
_NO_REPORT = Words(
    "有一份文件没有读成报告，原因见其 findings；请先去掉",
    "a document gave no report, and its findings say why: leave it out",
)


def report_rows(report: AnyReport, sheet: Sheet | None = None, lang: Lang = "zh") -> Iterator[Row]:
    """Yield the numbers of a report, with the places of its cells on a sheet."""
    cls, place_of = type(report), _places(sheet, lang)
    names = (report.agency, report.year, report.edition)
    values = dict(zip(numbers(cls), number_getter(cls)(report), strict=True))
    marks = {mark.at: mark for mark in report.marks}
    groups = {at: group for group in merged_groups(report) for at in nodes(cls)[group].cells}
    for at, title, unit in _titles(cls):
        if at not in groups:
            yield Row(*names, str(at), title, unit, *_told(values[at], marks.get(at)), place_of(at))
            continue
        yield Row(*names, str(at), title, unit, None, "", "merged", "")
        if at == nodes(cls)[groups[at]].cells[-1]:
            for folded, cell in folded_cells(cls, [groups[at]]).items():
                if folded.within(groups[at]):  # the document has its only row at the address of the last one
                    told = _told(values[cell.at], marks.get(cell.at))
                    yield Row(*names, str(folded), cell.label, unit, *told, place_of(cell.at))


@per_class
def _titles(cls: type) -> tuple[tuple[Address, str, str], ...]:
    return tuple((at, label(cls, at), nodes(cls)[at].printed.unit) for at in numbers(cls))


def _told(value: Number, mark: Mark | None) -> tuple[Number | None, str, RowState]:
    """Return the value, the text and the state of a cell."""
    if mark is None:
        return value, _written(value), "number"
    state: RowState = mark.kind
    return (None if mark.kind == "blank" or mark.kind in UNCLEAR else value), mark.text, state


def _written(value: Number) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _places(sheet: Sheet | None, lang: Lang) -> Callable[[Address], str]:
    if sheet is None:
        return lambda _: ""
    entries = sheet.entries
    return lambda at: entries[at].place.words.text(lang)
