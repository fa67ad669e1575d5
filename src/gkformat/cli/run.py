"""One check of many files: file by file, then across them, then what it all amounts to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from attrs import define, evolve, field

from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.baseline import Baseline, Entry
from gkformat.cli.errors import Trouble, each
from gkformat.cli.outcomes import Conclusion, Note, Outcome, examine
from gkformat.cli.policy import Policy, Reason
from gkformat.cli.source import Source
from gkformat.forms import editions

if TYPE_CHECKING:
    from gkformat.comparison.parts import PartsCheck
    from gkformat.comparison.series import SeriesFindings

Question = Literal["series", "parts"]
"""What can be asked across reports."""


@frozen
class Asked:
    """What a check is asked: by which policy and baseline, how to read, and what to compare across reports.

    With `may_be_empty` it is no trouble that there is no report.
    """

    policy: Policy = Policy()
    settings: str = ""
    baseline_file: str = ""
    baseline: Baseline = Baseline()
    as_found: bool = False
    series: bool = False
    whole: str | None = None
    expected: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def skipped(self) -> Iterator[tuple[str, Reason]]:
        """The rules across reports that say nothing in the whole check, and why."""
        for rule, question in ACROSS.items():
            reason = self.policy.leaves_out(rule)
            if reason or not (self.series if question == "series" else self.whole):
                yield rule, reason or NOT_ASKED[question]


ACROSS: dict[str, Question] = {
    "carry-over": "series",
    "in-force-chain": "series",
    "parts-sum": "parts",
    "part-exceeds-whole": "parts",
    "parts-coverage": "parts",
}
"""The rules across reports, and what they answer."""

NOT_ASKED: dict[Question, Reason] = {
    "series": Reason("not-asked", Words("未要求比较各年度（--series）", "years were not to be compared (--series)")),
    "parts": Reason(
        "not-asked", Words("未要求与各单位比较（--parts-of）", "levels were not to be compared (--parts-of)")
    ),
}


@define(eq=False)
class Run:
    """A check while it runs. What it amounts to is complete when `outcomes` has come to its end."""

    asked: Asked
    sources: Iterable[Source]
    conclusions: Counter[Conclusion] = field(init=False, factory=Counter)
    passed_over: list[str] = field(init=False, factory=list)
    failed: int = field(init=False, default=0)
    accepted: int = field(init=False, default=0)
    flooded: bool = field(init=False, default=False)
    exit_code: int = field(init=False, default=0)
    series: "SeriesFindings | None" = field(init=False, default=None)
    parts: "PartsCheck | None" = field(init=False, default=None)
    across: tuple[Note, ...] = field(init=False, default=())
    _whole: "editions.AnyReport | None" = field(init=False, default=None)
    _parts: "list[editions.AnyReport]" = field(init=False, factory=list)
    _titles: set[str] = field(init=False, factory=set)
    _files: dict[str, str] = field(init=False, factory=dict)
    _met: set[Entry] = field(init=False, factory=set)

    def outcomes(self) -> Iterator[Outcome]:
        """Each file that is a report, or should be one; one at a time, so that few are in memory at once.

        Of a file of JSON Lines, each line of which something is to be said; the others are only counted.
        """
        for source in self.sources:
            for outcome in self._examined(source):
                if outcome.conclusion == "not-a-report":
                    self.passed_over.append(outcome.file)
                elif outcome.file:
                    yield self._tallied(outcome)
                else:
                    self.conclusions[outcome.conclusion] += 1
        if not self.conclusions and not self.asked.may_be_empty:
            self.exit_code = 2
        self._look_across()

    def _examined(self, source: Source) -> Iterable[Outcome]:
        asked = self.asked
        one = partial(examine, policy=asked.policy, baseline=asked.baseline, as_found=asked.as_found)
        if source.lines is None:
            return [one(source)]
        from gkformat.cli.jsonl import examined  # noqa: PLC0415 - rarely needed

        every = bool(asked.series or asked.whole or asked.baseline.entries)
        return examined(source, source.lines, one, as_found=asked.as_found, every=every)

    def _tallied(self, outcome: Outcome) -> Outcome:
        self.conclusions[outcome.conclusion] += 1
        self.failed += outcome.exit_code > 0
        self.exit_code = max(self.exit_code, outcome.exit_code)
        self.flooded |= outcome.omitted > 0
        self._titles.add(outcome.title)
        self._files.setdefault(f"{outcome.agency} {outcome.year}", outcome.file)
        self._note(outcome.notes)
        if outcome.file == self.asked.whole:
            self._whole = outcome.report
        elif outcome.report and (self.asked.series or self.asked.whole):
            self._parts.append(outcome.report)
        return outcome

    def _note(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self.accepted += note.accepted
            if note.level != "failure":
                self._met.add(note.entry)

    def _look_across(self) -> None:
        found: list[Note] = []
        if self.asked.series:
            self.series = _series([*([self._whole] if self._whole else []), *self._parts])
            found += [Note(item, str(item.later)) for item in self.series]
        if self._whole:
            from gkformat.comparison.parts import check_parts  # noqa: PLC0415 - as above

            self.parts = check_parts(self._whole, self._parts, expected=self.asked.expected or None)
            found += [Note(item, f"{self._whole.agency} {self._whole.year}") for item in self.parts.findings]
        policy, accepted = self.asked.policy, self.asked.baseline.entries
        self.across = tuple(
            evolve(note, accepted=note.entry in accepted) for note in found if not policy.leaves_out(note.item.rule)
        )
        self._note(self.across)
        if any(note.fails(policy) for note in self.across):
            self.exit_code = max(self.exit_code, 1)

    def file_of(self, note: Note) -> str:
        """The file of the report of which a note across reports speaks."""
        return self._files[note.report]

    def expired(self) -> list[Entry]:
        """The entries of the baseline whose findings do not occur any more."""
        return self.asked.baseline.expired(self._titles, self._met)

    def renewed(self) -> Baseline:
        """The baseline that accepts all that was found."""
        return self.asked.baseline.renewed(self._titles, self._met)


def _series(reports: "list[editions.AnyReport]") -> "SeriesFindings":
    from gkformat.comparison.series import check_series  # noqa: PLC0415 - most checks look at no series

    try:
        return check_series(reports)
    except ValueError as error:
        raise Trouble(each(error)) from None
