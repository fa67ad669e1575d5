"""Add many reports up to one (汇总). Parts are read as a stream, and only running sums are kept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from gkformat.base.address import Address
from gkformat.base.arguments import INTEGER, TEXT, demand, each
from gkformat.base.errors import Fault, Incomparable, Malformed
from gkformat.base.findings import Mark, Number, Verdict
from gkformat.base.frozen import frozen
from gkformat.base.words import LANGUAGES, Words
from gkformat.comparison.folding import FoldedCell, folded_cells
from gkformat.forms.editions import AnyReport
from gkformat.judgement.marks import blanks, merged_groups, row_groups, unclear_cells, upper_cells
from gkformat.judgement.revision import as_found
from gkformat.judgement.root import REPORT, judge_report
from gkformat.notation.outline import build, label_faults, nodes, number_getter, numbers

# -- running sums --------------------------------------------------------------------------------------


def unfilled_cells(report: AnyReport) -> tuple[frozenset[Address], frozenset[Address], frozenset[Address]]:
    """Return the cells that are blank, those that are unclear, and those that the source need not have.

    The last are the upper rows of merged groups, whatever their marks.
    """
    upper = upper_cells(report)
    return blanks(report) - upper, unclear_cells(report) - upper, upper


@define
class Tally:
    """Running sums over the reports of one form, with the number of times each cell had no number, by the reason."""

    cls: type[AnyReport]
    count: int = 0
    sums: list[Number] = field(init=False)
    blank: Counter[Address] = field(init=False, factory=Counter)
    unclear: Counter[Address] = field(init=False, factory=Counter)
    upper: Counter[Address] = field(init=False, factory=Counter)
    merged: set[Address] = field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        self.sums = [0] * len(numbers(self.cls))

    def add(self, report: AnyReport, values: Sequence[Number]) -> None:
        """Add a report, given its numbers in printed order."""
        self.count += 1
        self.sums = [total + value for total, value in zip(self.sums, values, strict=True)]
        if report.marks:
            self.merged |= merged_groups(report)
            for counter, cells in zip((self.blank, self.unclear, self.upper), unfilled_cells(report), strict=True):
                counter.update(cells)

    def open_count(self, cell: FoldedCell) -> int:
        """Return the number of blanks and unclear cells in a cell, over all reports."""
        return sum(self.blank[at] for at in cell.cells) + self.unclear_count(cell)

    def unclear_count(self, cell: FoldedCell) -> int:
        """Return the number of unclear cells in a cell, over all reports."""
        return sum(self.unclear[at] for at in cell.cells)

    def filled_count(self, cell: FoldedCell) -> int:
        """Return the number of numbers in a cell, over all reports."""
        return sum(self.count - self.upper[at] for at in cell.cells) - self.open_count(cell)


# -- the sum as a report -------------------------------------------------------------------------------


@frozen
class Part:
    """A report that was added up: the name of its agency, and the verdict on it alone."""

    agency: str
    verdict: Verdict


@frozen
class Mixed:
    """A cell that some parts left open, blank or unclear, `blank` times in all; `known` is the sum of the others."""

    at: Address
    known: Number
    blank: int


@frozen
class Consolidated:
    """The result of `consolidate`.

    `report` is the sum, as found. `manifest` lists the parts in the order in which they came. `mixed` are the cells
    whose sum is only partly known; they are open in the report, so that nobody takes a partial sum for a whole one.
    """

    report: AnyReport
    manifest: tuple[Part, ...]
    mixed: tuple[Mixed, ...] = ()


def consolidate(parts: Iterable[AnyReport], *, agency: str, year: int) -> Consolidated:
    """Add up the reports of the parts of a whole (汇总) to a report of `agency` for `year`.

    Parts are read once, as a stream, and not kept; all must be of one edition and of `year`. Their gaps and errors are
    neither repaired nor hidden:

    - Broken equations of parts add up, and the report declares the resulting discrepancies.
    - A cell that is blank in some parts or in all is blank, because its sum is unknown. If it is unreadable, out of
      range or absent in a part, the sum is `unreadable`; the text of its mark gives the sum of the other parts, if
      there are any ("≥ 37", or "37 + ?" where a number may be negative), as does an item of `Consolidated.mixed`.
    - A group of rows that any part filled as one row is folded into its last row and marked `merged`.
    - Texts are not joined, and annotations beside a number ("22件") are dropped.

    Raises `Incomparable` if there are no parts, or listing those that are of another year or edition or occur twice,
    and `Malformed` if a sum is larger than a cell may hold.
    """
    demand(TEXT, agency=agency)
    demand(INTEGER, year=year)
    tally: Tally | None = None
    manifest: dict[str, Part] = {}
    refused: list[Words] = []
    for part in each(REPORT, parts=parts):
        if tally is None and part.year == year:
            tally = Tally(type(part))
        if tally is None or (type(part), part.year) != (tally.cls, year):
            refused.append(_UNLIKE.format(part=part.agency, year=part.year, edition=part.edition))
        elif part.agency in manifest:
            refused.append(_AGAIN.format(part=part.agency))
        else:
            tally.add(part, number_getter(tally.cls)(part))
            manifest[part.agency] = Part(part.agency, judge_report(part).verdict)
    if tally is None or refused:
        raise Incomparable(_refusal(refused, year))
    mixed = tuple(_mixed(tally))
    return Consolidated(_report(tally, agency, year), tuple(manifest.values()), mixed)


def _mixed(tally: Tally) -> Iterator[Mixed]:
    for cell in folded_cells(tally.cls, tally.merged).values():
        if (opened := tally.open_count(cell)) and tally.filled_count(cell):
            yield Mixed(cell.at, cell.sum_of(tally.sums), opened)


def _report(tally: Tally, agency: str, year: int) -> AnyReport:
    cls = tally.cls
    cells = folded_cells(cls, tally.merged).values()
    zero = {at: value - value for at, value in zip(numbers(cls), tally.sums, strict=True)}
    marks = [Mark(at, "merged") for at in row_groups(cls) if at in tally.merged]
    marks += [_open_mark(tally, cell) for cell in cells if tally.open_count(cell)]
    values = zero | {cell.at: cell.sum_of(tally.sums) for cell in cells if not tally.open_count(cell)}
    _refuse_overflow(cls, values)
    return build(cls, values, as_found, agency=agency, year=year, marks=tuple(marks))


def _open_mark(tally: Tally, cell: FoldedCell) -> Mark:
    if not tally.unclear_count(cell):
        return Mark(cell.at, "blank")
    if not tally.filled_count(cell):
        return Mark(cell.at, "unreadable")
    known = cell.sum_of(tally.sums)
    return Mark(cell.at, "unreadable", f"{known} + ?" if cell.is_signed else f"≥ {known}")


def _refuse_overflow(cls: type, values: dict[Address, Number]) -> None:
    faults: list[Fault] = []
    for at, value in values.items():
        try:
            nodes(cls)[at].validate(value)
        except Malformed as error:
            faults += error.faults
    if faults:
        raise Malformed(label_faults(cls, faults))


_UNLIKE = Words(
    "{part}：报告为 {year} 年度、{edition} 版，年度或版本不同",
    "{part}: the report is for {year}, edition {edition}; another year or edition",
)
_AGAIN = Words("{part}：重复出现", "{part}: occurs more than once")


def _refusal(refused: Sequence[Words], year: int) -> Words:
    if not refused:
        return _NONE
    lines = [_REFUSED.format(count=len(refused), year=year), *(_LISTED.format(part=each) for each in refused)]
    return Words(*("\n".join(line.text(lang) for line in lines) for lang in LANGUAGES))


_NONE = Words("没有可供汇总的报告", "there are no reports to consolidate")
_REFUSED = Words("{count} 份报告不能汇总到 {year} 年度", "{count} report(s) cannot be consolidated for {year}")
_LISTED = Words("  {part}", "  {part}")
