"""A whole and its parts: whether a report is the sum of the reports that it was made of, and who is missing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import gt, itemgetter
from typing import Literal

from attrs import define, field, frozen

from gkformat.base.address import Address
from gkformat.base.families import CANNOT_HOLD, FAMILIES, UNDECIDED
from gkformat.base.findings import Finding, Findings, Number, Severity
from gkformat.base.words import Lang, Words
from gkformat.comparison.consolidation import Cell, Tally, lined_up, merged, unfilled
from gkformat.forms.editions import AnyReport
from gkformat.judgement.judge import ordered
from gkformat.judgement.root import judged_root
from gkformat.notation.outline import label, nodes, numbers, per_class, reader

# -- the answer ----------------------------------------------------------------------------------------


@frozen
class Coverage:
    """Which bodies were added up. All are names of agencies, in the order in which they came or were expected.

    `missing` were expected and did not come. `unexpected` came all the same, and were added. `repeated` came more
    than once, and were added once, as they came first. `unlike` are of another year or edition than the whole, and
    were not added.
    """

    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@frozen
class Suspect:
    """A part whose numbers are, in every cell of the form, the very difference between the whole and its parts.

    `twice`: the whole has them once too often. `left-out`: the whole is without them.
    """

    agency: str
    reason: Literal["twice", "left-out"]

    def message(self, lang: Lang = "zh") -> str:
        """What was probably done, in one sentence."""
        return _SUSPECTS[self.reason].format(part=self.agency).text(lang)


@frozen
class PartsCheck:
    """What a comparison of a whole with its parts found.

    `findings` refuse nothing: they are advice, or undecided. `inconsistent` are the parts that were added and break
    an equation of the form themselves: where a sum is wrong, look there first. `suspects` explain the whole
    difference at once, where that can be.
    """

    findings: Findings
    coverage: Coverage
    inconsistent: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()


def check_parts(whole: AnyReport, parts: Iterable[AnyReport], *, expected: Iterable[str] | None = None) -> PartsCheck:
    """Compare a report, cell by cell, with the reports of the bodies that it covers.

    Parts are read once, as a stream, and not kept: ten thousand are no more than their names. `expected` are the
    names of the agencies that should be among them, written as in their reports; without it none is missing.

    - `parts-sum`: a cell of the whole is not the sum of its parts. A blank is an unknown number from 0 on, exactly as
      in the equations of a form. So is a missing part: as long as one is missing, a sum below the whole is undecided,
      and a sum above it is a finding all the same.
    - `part-exceeds-whole`: a part has more than the whole. Of several in one cell the largest is named. A number that
      may be negative is no measure here.
    - `parts-coverage`: a body is missing, was not expected, came twice (and is added once), or reports for another
      year or on another form (and is not added). It stands at `agency`.

    Documents may be issued jointly and are then counted by each issuer, so that for them a sum above the whole is no
    finding. Where the paper of either side filled a group of lines as one row, the sums of the group are compared.
    """
    comparison = _Comparison(whole)
    for part in parts:
        comparison.add(part)
    coverage = comparison.coverage(None if expected is None else tuple(dict.fromkeys(expected)))
    findings = [
        *_attendance(comparison, coverage),
        *_sums(whole, comparison.tally, len(coverage.missing)),
        *comparison.exceeding(),
    ]
    return PartsCheck(
        ordered(type(whole), findings),
        coverage,
        tuple(comparison.inconsistent),
        tuple(comparison.suspects(but_twice=bool(coverage.missing))),
    )


# -- reading the parts ---------------------------------------------------------------------------------


@frozen
class _Seen:
    """What is remembered of a part: the hash of its numbers, and of those that are no counts of documents.

    Hashes are small enough to keep ten thousand, and two reports that differ share one by no likely chance.
    """

    numbers: int
    telling: int


@define
class _Excess:
    """The largest part that exceeds the whole in a cell, and how many do."""

    cell: Cell
    part: str
    value: Number
    limit: Number
    count: int = 1


@define
class _Comparison:
    """A whole, and what is known of its parts so far."""

    whole: AnyReport
    tally: Tally = field(init=False)
    seen: dict[str, _Seen] = field(init=False, factory=dict)
    repeated: dict[str, bool] = field(init=False, factory=dict)
    unlike: dict[str, None] = field(init=False, factory=dict)
    inconsistent: list[str] = field(init=False, factory=list)
    strangers: list[Finding] = field(init=False, factory=list)
    excesses: dict[Address, _Excess] = field(init=False, factory=dict)
    values: tuple[Number, ...] = field(init=False)
    limits: tuple[Number, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tally = Tally(type(self.whole))
        self.values = reader(self.tally.cls)(self.whole)
        self.limits = _limits(self.whole, self.values)

    def add(self, part: AnyReport) -> None:
        if (type(part), part.year) != (type(self.whole), self.whole.year):
            self.unlike[part.agency] = None
            text = _UNLIKE.format(part=part.agency, year=part.year, edition=part.edition)
            self.strangers.append(_coverage_finding(self.whole, text))
            return
        values = reader(self.tally.cls)(part)
        seen = _Seen(hash(values), hash(_telling(self.tally.cls)(values)))
        if part.agency in self.seen:
            same = self.repeated.get(part.agency, True) and seen == self.seen[part.agency]
            self.repeated[part.agency] = same
            return
        self.seen[part.agency] = seen
        self.tally.add(part, values)
        if part.discrepancies and judged_root(part).broken:
            self.inconsistent.append(part.agency)
        # Nearly all parts stay below the whole everywhere; one look over all numbers is enough for them. It is also
        # enough for groups that are to be folded: what is no larger in any line is no larger in their sum.
        if any(map(gt, values, self.limits)):
            self._note_excesses(part, values)

    def _note_excesses(self, part: AnyReport, values: Sequence[Number]) -> None:
        folded = merged(part) | merged(self.whole)
        for cell in lined_up(self.tally.cls, folded):
            value, limit = cell.of(values), cell.of(self.limits)
            if value <= limit:
                continue
            if (known := self.excesses.get(cell.at)) is None:
                self.excesses[cell.at] = _Excess(cell, part.agency, value, limit)
                continue
            known.count += 1
            if value > known.value:
                known.cell, known.part, known.value, known.limit = cell, part.agency, value, limit

    def coverage(self, expected: tuple[str, ...] | None) -> Coverage:
        counted = tuple(self.seen)
        wanted = frozenset(counted if expected is None else expected)
        missing = tuple(name for name in expected or () if name not in self.seen)
        unexpected = tuple(name for name in counted if name not in wanted)
        return Coverage(counted, missing, unexpected, tuple(self.repeated), tuple(self.unlike))

    def exceeding(self) -> Iterator[Finding]:
        for each in self.excesses.values():
            part = _AND_MORE.format(part=each.part, more=each.count - 1) if each.count > 1 else each.part
            text = FAMILIES["part-exceeds-whole"].message.format(
                part=part, left=each.value, right=each.limit, difference=each.value - each.limit
            )
            yield _finding("part-exceeds-whole", each.cell, "advice", text, each.value, each.limit)

    def suspects(self, *, but_twice: bool) -> Iterator[Suspect]:
        """The parts whose numbers are the difference, blanks counted as 0.

        What a missing part leaves open is no sign of a part counted twice, though it may look like one.
        """
        surplus = _telling(self.tally.cls)(
            [total - number for total, number in zip(self.tally.sums, self.values, strict=True)]
        )
        if not any(surplus):
            return
        left_out, twice = hash(surplus), hash(tuple(-number for number in surplus))
        for agency, seen in self.seen.items():
            if seen.telling == left_out:
                yield Suspect(agency, "left-out")
            elif seen.telling == twice and not but_twice:
                yield Suspect(agency, "twice")


_NO_LIMIT = Decimal("Infinity")


def _limits(whole: AnyReport, values: Sequence[Number]) -> tuple[Number, ...]:
    """What no part may exceed in a cell: the number of the whole, if it is known and no part may be negative."""
    blank, _ = unfilled(whole)
    cells = lined_up(type(whole), ())
    return tuple(
        _NO_LIMIT if cell.signed or cell.at in blank else value for cell, value in zip(cells, values, strict=True)
    )


# -- comparing sums ------------------------------------------------------------------------------------


def _sums(whole: AnyReport, tally: Tally, missing: int) -> Iterator[Finding]:
    """Where the whole is not the sum of its parts, or may not be."""
    values = Tally(tally.cls)
    values.add(whole, reader(tally.cls)(whole))
    joint = _documents(tally.cls)
    for cell in lined_up(tally.cls, tally.merged | values.merged):
        left, right = cell.of(tally.sums), cell.of(values.sums)
        blank = tally.blanks(cell), values.blanks(cell)
        state = _state(cell, left, right, blank, missing, jointly=cell.at in joint)
        if state != "holds":
            text = _text(state, left, right, missing, blanks=sum(blank))
            yield _finding("parts-sum", cell, state, text, left, right)


def _state(
    cell: Cell, left: Number, right: Number, blank: tuple[int, int], missing: int, *, jointly: bool
) -> Literal["holds", "undecided", "advice"]:
    """Whether a sum equals the whole for all values, some values, or no values of what is unknown on either side."""
    of_parts, of_whole = blank[0] + missing, blank[1]
    if of_parts and of_whole:
        return "undecided"
    if jointly and left > right:
        return "holds"
    unknown, lacking = (of_parts, right - left) if of_parts else (of_whole, left - right)
    if not lacking and not (cell.signed and unknown > 1):
        return "holds"
    if not unknown or (lacking < 0 and not cell.signed):
        return "advice"
    # A single blank can only be what is lacking, and then nothing is wrong. A missing part is as yet no number at all.
    return "holds" if unknown == 1 and not missing else "undecided"


def _text(state: Severity, left: Number, right: Number, missing: int, *, blanks: int) -> Words:
    if state == "undecided":
        template = _INCOMPLETE if missing else UNDECIDED
    else:
        message = FAMILIES["parts-sum"].message
        template = Words(message.zh + CANNOT_HOLD.zh, message.en + CANNOT_HOLD.en) if blanks else message
    return template.format(left=left, right=right, difference=left - right, missing=missing)


def _finding(rule: str, cell: Cell, severity: Severity, text: Words, left: Number, right: Number) -> Finding:
    return Finding(rule, cell.at, cell.label, severity, text, left, right)


@per_class
def _documents(cls: type) -> frozenset[Address]:
    """The counts of regulations and normative documents: the band that the form heads by item one of Article 20."""
    heads = ((node, node.printed.cites) for node in nodes(cls).values())
    bands = [node for node, cites in heads if cites and cites.place.endswith("（一）项")]
    return frozenset(inner.at for band in bands for inner in band.walk() if inner.is_cell)


@per_class
def _telling(cls: type) -> Callable[[Sequence[Number]], tuple[Number, ...]]:
    """A function that picks, of all numbers of a report, those that must add up: all but the counts of documents."""
    return itemgetter(*(place for place, at in enumerate(numbers(cls)) if at not in _documents(cls)))


# -- saying who was counted ----------------------------------------------------------------------------


def _attendance(comparison: _Comparison, coverage: Coverage) -> Iterator[Finding]:
    said = [(_MISSING, name) for name in coverage.missing]
    said += [(_UNEXPECTED, name) for name in coverage.unexpected]
    said += [(_AGAIN if same else _AGAIN_OTHERWISE, name) for name, same in comparison.repeated.items()]
    for template, name in said:
        yield _coverage_finding(comparison.whole, template.format(part=name))
    yield from comparison.strangers


def _coverage_finding(whole: AnyReport, text: Words) -> Finding:
    at = Address("agency")
    return Finding("parts-coverage", at, label(type(whole), at), "advice", text)


_MISSING = Words("缺少 {part} 的报告", "the report of {part} is missing")
_UNEXPECTED = Words("{part} 不在应报单位之列，已计入", "{part} was not expected; it is counted")
_AGAIN = Words(
    "{part} 重复出现，数字相同，只计入一次",
    "{part} is there again, with the same numbers; it is counted once",
)
_AGAIN_OTHERWISE = Words(
    "{part} 重复出现，数字不同，只计入先读到的一份",
    "{part} is there again, with other numbers; only the first is counted",
)
_UNLIKE = Words(
    "{part} 的报告为 {year} 年度、{edition} 版，与汇总的年度或版本不同，未计入",
    "the report of {part} is for {year}, edition {edition}, unlike the whole; it is not counted",
)
_INCOMPLETE = Words(
    "尚缺 {missing} 个单位，无法判定（已计入的单位合计 {left}，汇总填 {right}）",
    "undecided while {missing} part(s) are missing (those counted add up to {left}, the whole says {right})",
)
_AND_MORE = Words("{part}（另有 {more} 个单位也大于汇总）", "{part} (and {more} more)")
_SUSPECTS = {
    "twice": Words(
        "各格差额恰为 {part} 的数字：汇总可能将其重复计入",
        "the difference is, cell by cell, what {part} reports: the whole probably counts it twice",
    ),
    "left-out": Words(
        "各格差额恰为 {part} 的数字：汇总可能漏计",
        "the difference is, cell by cell, what {part} reports: the whole probably leaves it out",
    ),
}
