"""Outcomes of the check of one file: its faults or findings, the rules that were skipped, and whether it passes."""

from typing import TYPE_CHECKING, Literal

from gkformat.base.errors import Fault
from gkformat.base.findings import Finding, Severity
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.base.words import Lang, Words
from gkformat.cli.baseline import BaselineEntry, entry_for
from gkformat.cli.policy import Policy, SkipReason
from gkformat.forms import editions

if TYPE_CHECKING:
    from gkformat.cli.positions import Span
    from gkformat.comparison.series_finding import SeriesFinding
    from gkformat.readers.sheet import Sheet

Conclusion = Literal["consistent", "undecided", "inconsistent", "malformed", "unreadable", "not-a-report"]
Level = Severity | Literal["fault", "failure"]
"""The level of a note: a fault keeps data from being a report, a failure is an error of the library, and the others
are the severities of findings."""


@frozen
class Note:
    """A fault or finding of one file, or a finding between reports, with its position and its state in the baseline.

    Its position is a `span` of JSON, or a `place` in any other document. `report_title` is the agency and year of the
    report, or the file if these are unknown.
    """

    item: "Fault | Finding | SeriesFinding"
    report_title: str
    span: "Span | None" = None
    place: Place = NOWHERE
    accepted: bool = False

    @property
    def level(self) -> Level:
        """The level of gravity."""
        if isinstance(self.item, Fault):
            return "fault"
        return "failure" if self.item.rule == "internal-error" else self.item.severity

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the value."""
        return self.item.pointer if isinstance(self.item, Fault) else self.item.at.pointer

    @property
    def address(self) -> str:
        """The address, or for a fault the JSON Pointer, which is exact even if the key is not in the form."""
        return self.item.pointer if isinstance(self.item, Fault) else self.item.at

    @property
    def declared(self) -> bool:
        """True if the report itself declares the finding."""
        return isinstance(self.item, Finding) and self.item.declared

    @property
    def baseline_entry(self) -> BaselineEntry:
        """The entry that accepts this note in a baseline."""
        return entry_for(self.report_title, self.item)

    def message(self, lang: Lang) -> str:
        """Return one sentence that says what is wrong."""
        return self.item.message(lang)

    def fails(self, policy: Policy) -> bool:
        """Return whether this note keeps the file from passing."""
        if self.accepted:
            return False
        is_unclear = policy.families[self.item.rule].authority == "cell"  # what cannot be read is never sound
        return policy.strict or is_unclear or self.level in ("fault", "broken", "failure")


@frozen
class SkippedRule:
    """A rule that was not judged, or not fully, and why. `equations` is the number of equations that were skipped."""

    rule: str
    reason: SkipReason
    equations: int = 0


@frozen
class Outcome:
    """The outcome of the check of one file, or of one line of JSON Lines.

    `omitted` is the number of faults that are not listed. `error` says why the file could not be read. `report` is
    `None` if the file holds no report. `sheet` is what was read of a document other than JSON.
    """

    file: str
    conclusion: Conclusion
    exit_code: int
    agency: str = ""
    year: int | None = None
    edition: str = ""
    notes: tuple[Note, ...] = ()
    omitted: int = 0
    skipped: tuple[SkippedRule, ...] = ()
    error: Words | None = None
    report: "editions.AnyReport | None" = None
    sheet: "Sheet | None" = None

    @property
    def title(self) -> str:
        """The agency and year of the report, or the name of the file if these are unknown."""
        return f"{self.agency} {self.year}" if self.agency and self.year else self.file

    def count(self, level: Level) -> int:
        """Return the number of notes of a level that no baseline accepts. Faults that are not listed are included."""
        listed = sum(note.level == level and not note.accepted for note in self.notes)
        return listed + self.omitted * (level == "fault")

    @property
    def accepted(self) -> int:
        """The number of notes that the baseline accepts."""
        return sum(note.accepted for note in self.notes)


MAX_FAILED = 1000
"""By how many the lines or members of one file that fail may outnumber its reports: it is small, and has millions."""


@frozen
class SoundLine:
    """A line of a JSON Lines file that holds a consistent report. It is counted and not reported."""
