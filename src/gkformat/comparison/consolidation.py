"""Adding up: many reports become one (汇总). Parts are read as a stream, and only running sums are kept."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from attrs import define, field, frozen

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Malformed
from gkformat.base.findings import Mark, Number, Verdict
from gkformat.base.words import Words
from gkformat.forms.editions import AnyReport
from gkformat.judgement.marks import blanks, groups, zeros
from gkformat.judgement.revision import as_found
from gkformat.judgement.root import judged_root
from gkformat.notation.domains import Integer
from gkformat.notation.outline import Node, label, labelled, nodes, numbers, outline, per_class, reader

# -- what is added up ----------------------------------------------------------------------------------


@frozen
class Cell:
    """One thing to add up: a cell of the form, or a column of a group of lines that is folded into its last line.

    `places` are the numbers it consists of, by their position among `numbers`.
    """

    at: Address
    label: str
    places: tuple[int, ...]
    signed: bool

    def of(self, values: Sequence[Number]) -> Number:
        """Its value, of all numbers of a report."""
        return sum(values[place] for place in self.places)


def lined_up(cls: type, folded: Iterable[Address]) -> tuple[Cell, ...]:
    """The cells of a form in printed order, with some groups of lines folded."""
    return _lined_up(cast("Any", cls), frozenset(folded))


@cache
def _lined_up(cls: Any, folded: frozenset[Address]) -> tuple[Cell, ...]:
    place = {at: place for place, at in enumerate(numbers(cls))}
    cells = {at: Cell(at, label(cls, at), (place[at],), signed=_is_signed(nodes(cls)[at])) for at in place}
    for group in folded:
        lines = [line.at for line in nodes(cls)[group].children]
        for column in _columns(cls, lines[-1]):
            same = [cells.pop(line.child(column)).at for line in lines]
            tail = label(cls, same[-1]).removeprefix(label(cls, lines[-1]))
            cells[same[-1]] = Cell(same[-1], label(cls, group) + tail, tuple(place[at] for at in same), signed=False)
    return tuple(sorted(cells.values(), key=lambda cell: cell.places[-1]))


def _columns(cls: type, line: Address) -> list[str]:
    return [node.at[len(line) + 1 :] for node in nodes(cls)[line].walk() if node.is_cell]


def _is_signed(node: Node) -> bool:
    return isinstance(node.domain, Integer) and node.domain.minimum < 0


def merged(report: AnyReport) -> frozenset[Address]:
    """The groups of lines that the paper filled as one row."""
    return frozenset(mark.at for mark in report.marks if mark.kind == "merged")


def unfilled(report: AnyReport) -> tuple[frozenset[Address], frozenset[Address]]:
    """The cells that are blank, and those that are no cells of this paper: the upper lines of merged groups."""
    cls = type(report)
    upper = frozenset(at for mark in report.marks if mark.kind == "merged" for at in zeros(cls, mark))
    return blanks(report) - upper, upper


@define
class Tally:
    """Running sums over reports of one form, and how often each cell was blank."""

    cls: type
    count: int = 0
    sums: list[Number] = field(init=False)
    blank: list[int] = field(init=False)
    absent: list[int] = field(init=False)
    merged: set[Address] = field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        self.sums, self.blank, self.absent = [*self._zeros()], self._zeros(), self._zeros()

    def _zeros(self) -> list[int]:
        return [0] * len(numbers(self.cls))

    def add(self, report: AnyReport, values: Sequence[Number]) -> None:
        """Count a report, given its numbers in printed order."""
        self.count += 1
        self.sums = [total + value for total, value in zip(self.sums, values, strict=True)]
        if report.marks:
            self.merged |= merged(report)
            for counters, cells in zip((self.blank, self.absent), unfilled(report), strict=True):
                for at in cells:
                    counters[_place(self.cls)[at]] += 1

    def blanks(self, cell: Cell) -> int:
        """How many blanks stand in a cell, in all reports together."""
        return sum(self.blank[place] for place in cell.places)

    def filled(self, cell: Cell) -> int:
        """How many numbers stand in a cell, in all reports together."""
        return sum(self.count - self.blank[place] - self.absent[place] for place in cell.places)


@per_class
def _place(cls: type) -> dict[Address, int]:
    return {at: place for place, at in enumerate(numbers(cls))}


# -- the sum as a report -------------------------------------------------------------------------------


@frozen
class Part:
    """A report that was added up: whose it is, and whether it was sound by itself."""

    agency: str
    verdict: Verdict


@frozen
class Mixed:
    """A cell that some parts left blank and others filled: `known` is the sum of the latter."""

    at: Address
    known: Number
    blank: int


@frozen
class Consolidated:
    """Reports added up.

    `report` is the sum as found. `manifest` names the parts in the order in which they came. `mixed` are the cells
    whose sum is known in part only: they are blank in the report, so that nobody takes such a sum for a whole one.
    """

    report: AnyReport
    manifest: tuple[Part, ...]
    mixed: tuple[Mixed, ...] = ()


def consolidate(parts: Iterable[AnyReport], *, agency: str, year: int) -> Consolidated:
    """Add up the reports of parts of a whole: 汇总.

    Parts are read once, as a stream, and not kept; all are of one edition and of `year`. What they lack or get wrong
    is neither repaired nor hidden:

    - Broken equations of parts add up, and the report declares what comes of them.
    - A cell that is blank in all parts is blank. One that is blank in some is blank too, for its sum is unknown; the
      text of its mark is the sum of the others ("≥ 37", or "37 + ?" where a number may be negative), and so is an
      item of `mixed`.
    - A group of lines that any part filled as one row is folded into its last line, and marked `merged`.
    - Texts are not joined, and what stood beside a number ("22件") is dropped.

    Raises `ValueError` if there is no part, or with the names of all parts that are of another year or edition, or
    there a second time; `Malformed` where a sum is beyond what a cell may hold.
    """
    tally: Tally | None = None
    manifest: dict[str, Part] = {}
    refused: list[Words] = []
    for part in parts:
        if tally is None and part.year == year:
            tally = Tally(type(part))
        if tally is None or (type(part), part.year) != (tally.cls, year):
            refused.append(_UNLIKE.format(part=part.agency, year=part.year, edition=part.edition))
        elif part.agency in manifest:
            refused.append(_AGAIN.format(part=part.agency))
        else:
            tally.add(part, reader(tally.cls)(part))
            manifest[part.agency] = Part(part.agency, judged_root(part).verdict)
    if tally is None or refused:
        raise ValueError(_refusal(refused, year))
    mixed = tuple(_mixed(tally))
    return Consolidated(_report(tally, mixed, agency, year), tuple(manifest.values()), mixed)


def _mixed(tally: Tally) -> Iterator[Mixed]:
    for cell in lined_up(tally.cls, tally.merged):
        if (blank := tally.blanks(cell)) and tally.filled(cell):
            yield Mixed(cell.at, cell.of(tally.sums), blank)


def _report(tally: Tally, mixed: Iterable[Mixed], agency: str, year: int) -> AnyReport:
    cls = tally.cls
    cells = lined_up(cls, tally.merged)
    zero = {at: value - value for at, value in zip(numbers(cls), tally.sums, strict=True)}
    known = {each.at: _known(each, nodes(cls)[each.at]) for each in mixed}
    marks = [Mark(at, "merged") for at in groups(cls) if at in tally.merged]
    marks += [Mark(cell.at, "blank", known.get(cell.at, "")) for cell in cells if tally.blanks(cell)]
    values = zero | {cell.at: cell.of(tally.sums) for cell in cells if not tally.blanks(cell)}
    _refuse_overflow(cls, values)
    boxes = {child.name: _box(child, values) for child in outline(cls).children if child.children}
    return cast("AnyReport", as_found(cls, agency=agency, year=year, marks=tuple(marks), **boxes))


def _known(mixed: Mixed, node: Node) -> str:
    return f"{mixed.known} + ?" if _is_signed(node) else f"≥ {mixed.known}"


def _box(node: Node, values: dict[Address, Number]) -> Any:
    inner = {child.name: _box(child, values) if child.children else values[child.at] for child in node.children}
    return cast("type", node.type)(**inner)


def _refuse_overflow(cls: type, values: dict[Address, Number]) -> None:
    faults: list[Fault] = []
    for at, value in values.items():
        try:
            nodes(cls)[at].accept(value)
        except Malformed as error:
            faults += error.faults
    if faults:
        raise Malformed(labelled(cls, faults))


_UNLIKE = Words(
    "{part}：报告为 {year} 年度、{edition} 版，年度或版本不同",
    "{part}: the report is for {year}, edition {edition}; another year or edition",
)
_AGAIN = Words("{part}：重复出现", "{part}: occurs more than once")


def _refusal(refused: Sequence[Words], year: int) -> str:
    if not refused:
        return "没有可供汇总的报告 / there are no reports to consolidate"
    count = len(refused)
    head = f"{count} 份报告不能汇总到 {year} 年度 / {count} report(s) cannot be consolidated for {year}"
    return "\n".join([head, *(f"  {each.zh} / {each.en}" for each in refused)])
