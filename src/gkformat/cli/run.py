"""The check of many files: one by one, then compared with each other, then summarized."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal

from attrs import define, evolve, field

from gkformat.base.errors import Incomparable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.checks.check import check
from gkformat.cli.baseline import Baseline, BaselineEntry, entry_of
from gkformat.cli.errors import CliError
from gkformat.cli.examine import examine, examine_sources
from gkformat.cli.outcomes import Outcome, SoundLine
from gkformat.cli.own_rules import OwnRule, judged_with
from gkformat.cli.policy import Policy, SkipReason
from gkformat.cli.source import Source
from gkformat.examination.examine import Judge
from gkformat.examination.result import Conclusion, Note
from gkformat.forms import editions
from gkformat.forms.kinds import KINDS, KindName

if TYPE_CHECKING:
    from gkformat.comparison.parts import PartsCheck
    from gkformat.comparison.series import SeriesFindings

Request = Literal["series", "parts", "kind", "published"]
"""What a check does only on request: compare years, or a whole with its parts, or use what is known of a report."""


@frozen
class Options:
    """The options of a check: policy and baseline, how to read, and which comparisons to make.

    `agency` and `year` are used for documents that do not state them. `whole` is the file of the report that is
    compared with the sum of the others; `kind` and `published` are its, or without one those of every report.
    `allow_empty` accepts a run in which no report is found, and `quiet` lists no file that passes to people.
    """

    policy: Policy = Policy()
    settings: str = ""
    baseline_file: str = ""
    baseline: Baseline = Baseline()
    as_found: bool = False
    agency: str = ""
    year: int | None = None
    series: bool = False
    whole: str | None = None
    expected: tuple[str, ...] = ()
    kind: KindName | None = None
    published: date | None = None
    allow_empty: bool = False
    quiet: bool = False
    own_rules: tuple[OwnRule, ...] = ()

    @property
    def skipped(self) -> Iterator[tuple[str, SkipReason]]:
        """The rules on request that are skipped in the whole check, and why."""
        for rule, request in ON_REQUEST.items():
            if reason := self.policy.skip_reason(rule) or (None if self._asks(request) else NOT_REQUESTED[request]):
                yield rule, reason

    def _asks(self, request: Request) -> bool:
        asked = {
            "series": self.series,
            "parts": bool(self.whole),
            "kind": bool(self.kind and KINDS[self.kind].is_government),
            "published": self.published is not None,
        }
        return asked[request]

    def judge_of(self, file: str) -> Judge:
        """Return how the report in a file is judged: with its kind and date, if the options are about it."""
        is_about_it = self.whole in (None, file)
        judge = partial(check, kind=self.kind, published=self.published) if is_about_it else check
        return judged_with(self.own_rules, judge)


ON_REQUEST: dict[str, Request] = {
    "carry-over": "series",
    "in-force-chain": "series",
    "text-repeated": "series",
    "numbers-repeated": "series",
    "unit-jump": "series",
    "parts-sum": "parts",
    "part-exceeds-whole": "parts",
    "parts-coverage": "parts",
    "assessment-results-missing": "kind",
    "publication-date": "published",
}
"""The rules that are judged only on request, each with what it needs."""

NOT_REQUESTED: dict[Request, SkipReason] = {
    "series": SkipReason(
        "not-asked", Words("未要求比较各年度（--series）", "years were not to be compared (--series)")
    ),
    "parts": SkipReason(
        "not-asked", Words("未要求与各单位比较（--parts-of）", "levels were not to be compared (--parts-of)")
    ),
    "kind": SkipReason(
        "not-asked",
        Words("未说明是哪一级政府的报告（--kind）", "it was not said to be the report of a government (--kind)"),
    ),
    "published": SkipReason("not-asked", Words("未说明公布日期（--published）", "no date was given (--published)")),
}


@define(eq=False)
class Run:
    """A check in progress. Its totals are complete when `outcomes` is exhausted, which it is once if not `is_kept`."""

    options: Options
    sources: Iterable[Source]
    is_kept: bool = False
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
    _kept: list[Outcome] | None = field(init=False, default=None)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each file that is a report or should be one, lazily, so that few are in memory at once.

        For JSON Lines, yield the outcome of each line that is not simply consistent; the others are only counted.
        """
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[Outcome] = []
        for outcome in self._told():
            if self.is_kept:
                kept.append(outcome)
            yield outcome
        if self.is_kept:
            self._kept = kept

    def _told(self) -> Iterator[Outcome]:
        options = self.options
        include_sound = bool(options.series or options.whole or options.baseline.entries or options.own_rules)
        for outcome in examine_sources(
            self.sources, self._examine, as_found=options.as_found, include_sound=include_sound
        ):
            if isinstance(outcome, SoundLine):
                self.conclusions["consistent"] += 1
            elif outcome.examination.conclusion == "not-a-report":
                self.passed_over.append(outcome.examination.file)
            else:
                yield self._tally(outcome)
        if not self.conclusions and not self.options.allow_empty:
            self.exit_code = 2
        self._compare_reports()

    def _examine(self, source: Source) -> Outcome:
        options = self.options
        return examine(
            source,
            options.policy,
            options.baseline,
            as_found=options.as_found,
            agency=options.agency,
            year=options.year,
            judge=options.judge_of(source.name),
        )

    def _tally(self, outcome: Outcome) -> Outcome:
        examination = outcome.examination
        self.conclusions[examination.conclusion] += 1
        self.failed += outcome.exit_code > 0
        self.exit_code = max(self.exit_code, outcome.exit_code)
        self.omits_faults |= examination.omitted > 0
        self._titles.add(examination.title)
        self._files.setdefault(f"{examination.agency} {examination.year}", examination.file)
        self._count_notes(examination.notes)
        if examination.file == self.options.whole:
            self._whole = examination.report
        elif examination.report and (self.options.series or self.options.whole):
            self._other_reports.append(examination.report)
        return outcome

    def _count_notes(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self.accepted += note.accepted
            if note.level != "failure":
                self._seen.add(entry_of(note))

    def _compare_reports(self) -> None:
        found: list[Note] = []
        if self.options.series:
            self.series = _check_series([*([self._whole] if self._whole else []), *self._other_reports])
            found += [Note(item, str(item.later)) for item in self.series]
        if self._whole:
            self.parts = self._check_parts(self._whole)
            found += [Note(item, f"{self._whole.agency} {self._whole.year}") for item in self.parts.findings]
        policy, accepted = self.options.policy, self.options.baseline.entries
        self.comparison_notes = tuple(
            evolve(note, accepted=entry_of(note) in accepted)
            for note in found
            if not policy.skip_reason(note.item.rule)
        )
        self._count_notes(self.comparison_notes)
        if any(policy.fails(note) for note in self.comparison_notes):
            self.exit_code = max(self.exit_code, 1)

    def _check_parts(self, whole: "editions.AnyReport") -> "PartsCheck":
        from gkformat.comparison.parts import check_parts  # noqa: PLC0415 - rarely needed

        options = self.options
        try:
            return check_parts(whole, self._other_reports, expected=options.expected or None, kind=options.kind)
        except Incomparable as error:
            raise CliError(error.words) from None

    def file_of(self, note: Note) -> str:
        """Return the file of the report to which a comparison note belongs."""
        return self._files[note.report_title]

    def body_of(self, note: Note) -> str:
        """Return the agency of the report to which a comparison note belongs."""
        return note.report_title.rpartition(" ")[0]

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
