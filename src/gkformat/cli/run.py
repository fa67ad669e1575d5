"""The check of many files: one by one, then compared with each other, then summarized."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from attrs import define, evolve, field

from gkformat.base.errors import Incomparable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.baseline import Baseline, BaselineEntry
from gkformat.cli.errors import CliError
from gkformat.cli.examine import examine, examine_sources
from gkformat.cli.outcomes import Conclusion, Note, Outcome, SoundLine
from gkformat.cli.policy import Policy, SkipReason
from gkformat.cli.source import Source
from gkformat.forms import editions

if TYPE_CHECKING:
    from gkformat.comparison.parts import PartsCheck
    from gkformat.comparison.series import SeriesFindings

ComparisonKind = Literal["series", "parts"]
"""The comparisons between reports that a check can make: across years, and of a whole with its parts."""


@frozen
class Options:
    """The options of a check: policy and baseline, how to read, and which comparisons to make.

    `whole` is the file of the report that is compared with the sum of the others. `allow_empty` accepts a run in
    which no report is found.
    """

    policy: Policy = Policy()
    settings: str = ""
    baseline_file: str = ""
    baseline: Baseline = Baseline()
    as_found: bool = False
    series: bool = False
    whole: str | None = None
    expected: tuple[str, ...] = ()
    allow_empty: bool = False

    @property
    def skipped(self) -> Iterator[tuple[str, SkipReason]]:
        """The comparison rules that are skipped in the whole check, and why."""
        for rule, kind in COMPARISON_RULES.items():
            reason = self.policy.skip_reason(rule)
            if reason or not (self.series if kind == "series" else self.whole):
                yield rule, reason or NOT_REQUESTED[kind]


COMPARISON_RULES: dict[str, ComparisonKind] = {
    "carry-over": "series",
    "in-force-chain": "series",
    "parts-sum": "parts",
    "part-exceeds-whole": "parts",
    "parts-coverage": "parts",
}
"""The rules that compare reports, each with the comparison it belongs to."""

NOT_REQUESTED: dict[ComparisonKind, SkipReason] = {
    "series": SkipReason(
        "not-asked", Words("未要求比较各年度（--series）", "years were not to be compared (--series)")
    ),
    "parts": SkipReason(
        "not-asked", Words("未要求与各单位比较（--parts-of）", "levels were not to be compared (--parts-of)")
    ),
}


@define(eq=False)
class Run:
    """A check in progress. Its totals are complete when `outcomes` is exhausted."""

    options: Options
    sources: Iterable[Source]
    conclusions: Counter[Conclusion] = field(init=False, factory=Counter)
    passed_over: list[str] = field(init=False, factory=list)
    failed: int = field(init=False, default=0)
    accepted: int = field(init=False, default=0)
    omits_faults: bool = field(init=False, default=False)
    exit_code: int = field(init=False, default=0)
    series: "SeriesFindings | None" = field(init=False, default=None)
    parts: "PartsCheck | None" = field(init=False, default=None)
    comparison_notes: tuple[Note, ...] = field(init=False, default=())
    _whole: "editions.AnyReport | None" = field(init=False, default=None)
    _other_reports: "list[editions.AnyReport]" = field(init=False, factory=list)
    _titles: set[str] = field(init=False, factory=set)
    _files: dict[str, str] = field(init=False, factory=dict)
    _seen: set[BaselineEntry] = field(init=False, factory=set)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each file that is a report or should be one, lazily, so that few are in memory at once.

        For JSON Lines, yield the outcome of each line that is not simply consistent; the others are only counted.
        """
        options = self.options
        one = partial(examine, policy=options.policy, baseline=options.baseline, as_found=options.as_found)
        include_sound = bool(options.series or options.whole or options.baseline.entries)
        for outcome in examine_sources(self.sources, one, as_found=options.as_found, include_sound=include_sound):
            if isinstance(outcome, SoundLine):
                self.conclusions["consistent"] += 1
            elif outcome.conclusion == "not-a-report":
                self.passed_over.append(outcome.file)
            else:
                yield self._tally(outcome)
        if not self.conclusions and not self.options.allow_empty:
            self.exit_code = 2
        self._compare_reports()

    def _tally(self, outcome: Outcome) -> Outcome:
        self.conclusions[outcome.conclusion] += 1
        self.failed += outcome.exit_code > 0
        self.exit_code = max(self.exit_code, outcome.exit_code)
        self.omits_faults |= outcome.omitted > 0
        self._titles.add(outcome.title)
        self._files.setdefault(f"{outcome.agency} {outcome.year}", outcome.file)
        self._count_notes(outcome.notes)
        if outcome.file == self.options.whole:
            self._whole = outcome.report
        elif outcome.report and (self.options.series or self.options.whole):
            self._other_reports.append(outcome.report)
        return outcome

    def _count_notes(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self.accepted += note.accepted
            if note.level != "failure":
                self._seen.add(note.baseline_entry)

    def _compare_reports(self) -> None:
        found: list[Note] = []
        if self.options.series:
            self.series = _check_series([*([self._whole] if self._whole else []), *self._other_reports])
            found += [Note(item, str(item.later)) for item in self.series]
        if self._whole:
            from gkformat.comparison.parts import check_parts  # noqa: PLC0415 - rarely needed

            self.parts = check_parts(self._whole, self._other_reports, expected=self.options.expected or None)
            found += [Note(item, f"{self._whole.agency} {self._whole.year}") for item in self.parts.findings]
        policy, accepted = self.options.policy, self.options.baseline.entries
        self.comparison_notes = tuple(
            evolve(note, accepted=note.baseline_entry in accepted)
            for note in found
            if not policy.skip_reason(note.item.rule)
        )
        self._count_notes(self.comparison_notes)
        if any(note.fails(policy) for note in self.comparison_notes):
            self.exit_code = max(self.exit_code, 1)

    def file_of(self, note: Note) -> str:
        """Return the file of the report to which a comparison note belongs."""
        return self._files[note.report_title]

    def expired(self) -> list[BaselineEntry]:
        """Return the entries of the baseline whose findings no longer occur."""
        return self.options.baseline.expired(self._titles, self._seen)

    def renewed(self) -> Baseline:
        """Return the baseline that accepts everything this check found."""
        return self.options.baseline.renewed(self._titles, self._seen)


def _check_series(reports: "list[editions.AnyReport]") -> "SeriesFindings":
    from gkformat.comparison.series import check_series  # noqa: PLC0415 - most checks do not compare years

    try:
        return check_series(reports)
    except Incomparable as error:
        raise CliError(error.words) from None
