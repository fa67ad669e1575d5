"""Compare a whole with its parts: the sums of the reports that it was made of, and the bodies that are missing."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import gt, itemgetter
from typing import Literal

from attrs import define, field

from gkformat.base.address import Address
from gkformat.base.arguments import TEXT, demand, each
from gkformat.base.errors import Incomparable
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings, Number, Severity
from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words
from gkformat.comparison.consolidation import Tally, unfilled_cells
from gkformat.comparison.folding import FoldedCell, folded_cells
from gkformat.comparison.rounding import amount_indexes, is_rounding, last_place, rounding_error
from gkformat.forms.editions import AnyReport
from gkformat.forms.kinds import KindName, kind_named
from gkformat.forms.relations import JOINTLY_ISSUED
from gkformat.judgement.judge import CANNOT_HOLD, in_order
from gkformat.judgement.marks import is_empty, merged_groups, unclear_cells
from gkformat.judgement.root import REPORT, judge_report
from gkformat.notation.outline import label, nodes, number_getter, numbers, per_class

# -- the answer ----------------------------------------------------------------------------------------


@frozen
class Coverage:
    """The bodies that were counted, by the names of their agencies, in the order in which they came or were expected.

    `missing` were expected and did not come. `unexpected` came nevertheless and were added. `repeated` came more than
    once; only their first report was added. `unlike` have another year or edition than the whole and were not added.
    """

    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@frozen
class Suspect:
    """A part whose numbers equal, in every cell, the difference between the whole and the sum of its parts.

    `twice`: the whole contains them once too often. `left-out`: the whole does not contain them.
    """

    agency: str
    reason: Literal["twice", "left-out"]

    def message(self, lang: Lang = "zh") -> str:
        """Return the probable mistake in one sentence."""
        return _SUSPECTS[self.reason].format(part=self.agency).text(lang)


@frozen
class PartsCheck:
    """The result of `check_parts`.

    `findings` are advice or undecided, never broken. `inconsistent` are the parts that were added although they break
    an equation of the form themselves: if a sum is wrong, look there first. `suspects` are parts each of which explains
    the difference in every cell at once.
    """

    findings: Findings
    coverage: Coverage
    inconsistent: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()


def check_parts(
    whole: AnyReport,
    parts: Iterable[AnyReport],
    *,
    expected: Iterable[str] | None = None,
    kind: KindName | None = None,
) -> PartsCheck:
    """Compare a report, cell by cell, with the reports of the bodies that it covers.

    Parts are read once, as a stream, and not kept: of ten thousand, only names and hashes stay in memory. `expected`
    are the names of the agencies that should be among them, written as in their reports; without it none is missing.

    - `parts-sum`: a cell of the whole is not the sum of its parts. A blank is an unknown number from 0 up, exactly as
      in the equations of a form, and so is an unclear cell, which nothing can force, and a missing part: while one is
      missing, a sum below the whole is undecided, but a sum above it is still a finding.
    - `part-exceeds-whole`: a part has more than the whole. If several do in one cell, the largest is named. Cells that
      may be negative are not compared.
    - `parts-coverage`: a body is missing, was not expected, came twice (and is added once), or reports for another
      year or edition (and is not added). Its address is `agency`.

    `kind` is that of the whole, as in `check`. Only the report of a government or of a system is a sum; that of a body
    for itself (`agency`) is none, and raises `Incomparable`. The office of a government publishes both: if it is not
    said which one the whole is, and its name and its sums suggest the wrong one, that is told under `parts-coverage`,
    and so is a government among the parts beside its own office, whose numbers it has already.

    Amounts of money may differ by what rounding explains: whichever side has fewer decimals was rounded.

    Documents may be issued jointly and are then counted by each issuer, so for them a sum above the whole is not a
    finding. Where either side filled a group of rows as one row, the sums of the group are compared.
    """
    if kind and not kind_named(kind).parts:
        raise Incomparable(_NOT_A_SUM.format(whole=whole.agency))
    demand(REPORT, whole=whole)
    comparison = _Comparison(whole)
    for part in each(REPORT, parts=parts):
        comparison.add(part)
    coverage = comparison.coverage(None if expected is None else tuple(dict.fromkeys(each(TEXT, expected=expected))))
    sums = [*_sums(comparison, len(coverage.missing)), *comparison.excess_findings()]
    differs = any(finding.severity == "advice" for finding in sums)
    about_whole = _maybe_its_own(whole) if differs and not kind else ()
    # Coverage comes first, although it is advice: a missing part explains the sums that follow.
    return PartsCheck(
        Findings([*about_whole, *_coverage_findings(comparison, coverage), *in_order(type(whole), sums)]),
        coverage,
        tuple(comparison.inconsistent),
        tuple(comparison.suspects(skip_twice=bool(coverage.missing))),
    )


# -- reading the parts ---------------------------------------------------------------------------------


@frozen
class _Fingerprint:
    """The hash of all numbers of a part, and of those that must add up (see `_additive`), if it has no unclear cell.

    Ten thousand hashes are small, and two reports that differ are most unlikely to share one.
    """

    numbers: int
    additive: int | None


@define
class _Excess:
    """The largest part that exceeds the whole in a cell, and the number of parts that do."""

    cell: FoldedCell
    part: str
    value: Number
    limit: Number
    count: int = 1


@define
class _Comparison:
    """A whole, with the running results over its parts.

    `rounding` is by how much the rounding of its parts may have changed each sum of amounts, by its index.
    """

    whole: AnyReport
    tally: Tally = field(init=False)
    fingerprints: dict[str, _Fingerprint] = field(init=False, factory=dict)
    repeated: dict[str, bool] = field(init=False, factory=dict)
    unlike: dict[str, None] = field(init=False, factory=dict)
    inconsistent: list[str] = field(init=False, factory=list)
    unlike_findings: list[Finding] = field(init=False, factory=list)
    excesses: dict[Address, _Excess] = field(init=False, factory=dict)
    rounding: dict[int, Decimal] = field(init=False)
    values: tuple[Number, ...] = field(init=False)
    limits: tuple[Number, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tally = Tally(type(self.whole))
        self.values = number_getter(self.tally.cls)(self.whole)
        self.limits = _limits(self.whole, self.values)
        self.rounding = dict.fromkeys(amount_indexes(self.tally.cls), Decimal(0))

    def add(self, part: AnyReport) -> None:
        if (type(part), part.year) != (type(self.whole), self.whole.year):
            self.unlike[part.agency] = None
            text = _UNLIKE.format(part=part.agency, year=part.year, edition=part.edition)
            self.unlike_findings.append(_coverage_finding(self.whole, text))
            return
        values = number_getter(self.tally.cls)(part)
        additive = None if unclear_cells(part) else hash(_additive(self.tally.cls)(values))
        fingerprint = _Fingerprint(hash(values), additive)
        if part.agency in self.fingerprints:
            same = self.repeated.get(part.agency, True) and fingerprint == self.fingerprints[part.agency]
            self.repeated[part.agency] = same
            return
        self.fingerprints[part.agency] = fingerprint
        self.tally.add(part, values)
        for index in self.rounding:
            self.rounding[index] += rounding_error(values[index], self.values[index])
        if (part.discrepancies or additive is None) and judge_report(part).broken:
            self.inconsistent.append(part.agency)
        # Nearly all parts are below the whole everywhere, which one pass over all numbers shows. It also covers groups
        # that will be folded: if no row is larger, neither is their sum.
        if any(map(gt, values, self.limits)):
            self._note_excesses(part, values)

    def _note_excesses(self, part: AnyReport, values: Sequence[Number]) -> None:
        folded = merged_groups(part) | merged_groups(self.whole)
        for cell in folded_cells(self.tally.cls, folded).values():
            value, limit = cell.sum_of(values), cell.sum_of(self.values)
            if value <= cell.sum_of(self.limits):
                continue
            if (known := self.excesses.get(cell.at)) is None:
                self.excesses[cell.at] = _Excess(cell, part.agency, value, limit)
                continue
            known.count += 1
            if value > known.value:
                known.cell, known.part, known.value, known.limit = cell, part.agency, value, limit

    def coverage(self, expected: tuple[str, ...] | None) -> Coverage:
        counted = tuple(self.fingerprints)
        wanted = frozenset(counted if expected is None else expected)
        missing = tuple(name for name in expected or () if name not in self.fingerprints)
        unexpected = tuple(name for name in counted if name not in wanted)
        return Coverage(counted, missing, unexpected, tuple(self.repeated), tuple(self.unlike))

    def excess_findings(self) -> Iterator[Finding]:
        for excess in self.excesses.values():
            part = _AND_MORE.format(part=excess.part, more=excess.count - 1) if excess.count > 1 else excess.part
            text = FAMILIES["part-exceeds-whole"].message.format(
                part=part, left=excess.value, right=excess.limit, difference=excess.value - excess.limit
            )
            yield _finding("part-exceeds-whole", excess.cell, "advice", text, excess.value, excess.limit)

    def suspects(self, *, skip_twice: bool) -> Iterator[Suspect]:
        """Yield the parts whose numbers are the difference, with blanks counted as 0; none if the whole is unclear.

        Parts counted twice are left out if `skip_twice`: the gap that a missing part leaves may look like one.
        """
        surplus = _additive(self.tally.cls)(
            [total - number for total, number in zip(self.tally.sums, self.values, strict=True)]
        )
        if not any(surplus) or is_empty(self.whole) or unclear_cells(self.whole):
            return
        left_out, twice = hash(surplus), hash(tuple(-number for number in surplus))
        for agency, fingerprint in self.fingerprints.items():
            if fingerprint.additive == left_out:
                yield Suspect(agency, "left-out")
            elif fingerprint.additive == twice and not skip_twice:
                yield Suspect(agency, "twice")


_NO_LIMIT = Decimal("Infinity")


def _limits(whole: AnyReport, values: Sequence[Number]) -> tuple[Number, ...]:
    """Return the limit of each cell for a part: the number of the whole, if it is known and parts are not negative.

    An amount that was rounded off may have been up to a unit more.
    """
    blank, unclear, _ = unfilled_cells(whole)
    cells = folded_cells(type(whole)).values()
    units = {index: last_place(values[index]) for index in amount_indexes(type(whole))}
    return tuple(
        _NO_LIMIT if cell.is_signed or cell.at in blank | unclear else value + units.get(index, 0)
        for index, (cell, value) in enumerate(zip(cells, values, strict=True))
    )


# -- comparing sums ------------------------------------------------------------------------------------


def _sums(comparison: _Comparison, missing: int) -> Iterator[Finding]:
    """Yield a finding for each cell in which the whole is not the sum of its parts, or may not be."""
    whole, tally = comparison.whole, comparison.tally
    rounding = {numbers(tally.cls)[index]: error for index, error in comparison.rounding.items()}
    values = Tally(tally.cls)
    values.add(whole, number_getter(tally.cls)(whole))
    joint = _document_counts(tally.cls)
    for cell in folded_cells(tally.cls, tally.merged | values.merged).values():
        left, right = cell.sum_of(tally.sums), cell.sum_of(values.sums)
        opened = tally.open_count(cell), values.open_count(cell)
        unclear = tally.unclear_count(cell) + values.unclear_count(cell)
        is_rounded = cell.at in rounding and is_rounding(left, right, rounding[cell.at])
        state = _state(
            cell,
            right if is_rounded else left,
            right,
            opened,
            missing,
            has_unclear=bool(unclear),
            jointly=cell.at in joint,
        )
        if state != "holds":
            text = _text(state, left, right, missing, opened)
            yield _finding("parts-sum", cell, state, text, left, right)


def _state(
    cell: FoldedCell,
    left: Number,
    right: Number,
    opened: tuple[int, int],
    missing: int,
    *,
    has_unclear: bool,
    jointly: bool,
) -> Literal["holds", "undecided", "advice"]:
    """Judge a sum: does it equal the whole for all values, some values or no values of the unknowns on either side?"""
    of_parts, of_whole = opened[0] + missing, opened[1]
    if of_parts and of_whole:
        return "undecided"
    if jointly and left > right and not (has_unclear and of_whole):
        return "holds"
    unknown, lacking = (of_parts, right - left) if of_parts else (of_whole, left - right)
    if not lacking and not has_unclear and not (cell.is_signed and unknown > 1):
        return "holds"
    if not unknown or (lacking < 0 and not cell.is_signed):
        return "advice"
    # A single blank must be exactly the number that is lacking, so nothing is wrong. An unclear cell or a missing part
    # decides nothing.
    return "holds" if unknown == 1 and not has_unclear and not missing else "undecided"


def _text(state: Severity, left: Number, right: Number, missing: int, opened: tuple[int, int]) -> Words:
    if state == "undecided":
        template = _INCOMPLETE if missing else _UNDECIDED
    else:
        message = FAMILIES["parts-sum"].message
        template = message + CANNOT_HOLD if any(opened) else message
    stated = _OPEN.format(known=right) if opened[1] else right
    return template.format(left=left, right=stated, difference=left - right, missing=missing)


def _finding(rule: str, cell: FoldedCell, severity: Severity, text: Words, left: Number, right: Number) -> Finding:
    return Finding(rule, cell.at, cell.label, severity, text, left, right)


@per_class
def _document_counts(cls: type) -> frozenset[Address]:
    """Return the counts of documents that several bodies may issue together."""
    bands = [node for node in nodes(cls).values() if node.printed.cites == JOINTLY_ISSUED]
    return frozenset(at for band in bands for at in band.cells)


@per_class
def _additive(cls: type) -> Callable[[Sequence[Number]], tuple[Number, ...]]:
    """Return a function that picks the numbers that must add up: all numbers of a report but its document counts."""
    return itemgetter(*(index for index, at in enumerate(numbers(cls)) if at not in _document_counts(cls)))


# -- coverage ------------------------------------------------------------------------------------------


def _coverage_findings(comparison: _Comparison, coverage: Coverage) -> Iterator[Finding]:
    templates = [(_MISSING, name) for name in coverage.missing]
    templates += [(_UNEXPECTED, name) for name in coverage.unexpected]
    templates += [(_AGAIN if same else _AGAIN_OTHERWISE, name) for name, same in comparison.repeated.items()]
    for template, name in templates:
        yield _coverage_finding(comparison.whole, template.format(part=name))
    yield from comparison.unlike_findings
    counted = frozenset(coverage.counted)
    for name in coverage.counted:
        government = _OFFICE.sub("", name)
        if government != name and government in counted:
            text = _COUNTED_ABOVE.format(part=name, government=government)
            yield _coverage_finding(comparison.whole, text)


_OFFICE = re.compile("办公[室厅]$")


def _maybe_its_own(whole: AnyReport) -> Iterator[Finding]:
    """Tell that a whole that differs from its parts may be the report of an office for itself, to judge by its name."""
    if _OFFICE.search(whole.agency):
        yield _coverage_finding(whole, _MAYBE_ITS_OWN.format(whole=whole.agency))


def _coverage_finding(whole: AnyReport, text: Words) -> Finding:
    at = Address("agency")
    return Finding("parts-coverage", at, label(type(whole), at), "advice", text)


_NOT_A_SUM = Words(
    "{whole}的报告是本机关的报告，不是汇总，不能与各单位之和比较；汇总的是本级政府或者全系统的报告",
    "the report of {whole} is that of a body for itself and no sum: only that of a government or of a system is one",
)
_MAYBE_ITS_OWN = Words(
    "{whole}的这份报告可能是本政府机关自己的报告，而不是本级政府汇总的报告（两份报告分别编制），请核对",
    "this report of {whole} may be that of the office for itself, and not the sum for the government: there are two",
)
_COUNTED_ABOVE = Words(
    "{part}与{government}都已计入；{government}的报告如果是汇总，已包含前者，会重复计算",
    "{part} and {government} were both counted: the report of the latter, if it is a sum, contains the former",
)
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
_UNDECIDED = Words(
    "有未填或读不出的格，无法判定（按 0 计，各单位合计 {left}，汇总填 {right}）",
    "undecided because of open cells (with 0 there, the parts add up to {left}, the whole says {right})",
)
_INCOMPLETE = Words(
    "尚缺 {missing} 个单位，无法判定（已计入的单位合计 {left}，汇总填 {right}）",
    "undecided while {missing} part(s) are missing (those counted add up to {left}, the whole says {right})",
)
_OPEN = Words("{known}（另有空格）", "{known} (and open cells)")
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
