"""What the check of one file tells: its faults and findings, each with its place, and the report."""

from collections.abc import Mapping
from textwrap import indent
from typing import TYPE_CHECKING, Literal

from gkformat.base.arguments import of_type
from gkformat.base.errors import OMITTED_LINE, Fault
from gkformat.base.findings import VERDICT_TITLES, Finding, Severity
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.base.visible import visible
from gkformat.base.words import COLON, NO_WORDS, Lang, Words
from gkformat.forms import editions

if TYPE_CHECKING:
    from gkformat.comparison.series_finding import SeriesFinding
    from gkformat.diagnosis.diagnose import Diagnoses
    from gkformat.examination.positions import Span

Conclusion = Literal["consistent", "undecided", "inconsistent", "malformed", "unreadable", "not-a-report"]
CONCLUSIONS: Mapping[Conclusion, Words] = {
    **{verdict.value: words for verdict, words in VERDICT_TITLES.items()},
    "malformed": Words("不合格式", "malformed"),
    "unreadable": Words("无法读取", "unreadable"),
    "not-a-report": Words("不是年报", "not a report"),
}
Level = Severity | Literal["fault", "failure"]
"""The level of a note: a fault keeps data from being a report, a failure is an error of the library, and the others
are the severities of findings."""

_LINE = Words("第 {line} 行第 {column} 列", "line {line} column {column}")


@frozen
class Note:
    """A fault or finding of one file, or a finding between reports, with its position.

    Its position is a `span` of JSON, or a `place` in any other document. `report_title` is the agency and year of the
    report, or the file if these are unknown. `accepted` is true if a baseline lists it.
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
    def where(self) -> Words:
        """Where it is in its file: line and column of JSON, page, table or cell of any other document."""
        return _LINE.format(line=self.span.line, column=self.span.column) if self.span else self.place.words

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says what is wrong."""
        return self.item.message(lang)

    def __str__(self) -> str:
        """Return its place in the file, if it is known, below what is wrong, in both languages."""
        return "\n".join([str(self.item), *([f"  {visible(str(self.where))}"] if self.where != NO_WORDS else [])])


@frozen
class Examination:
    """What the check of one file, or of one line of JSON Lines, tells.

    `omitted` is the number of faults that are not listed. `error` says why the file could not be read. `report` is
    `None` if the file holds no report; it is as found, with everything that is broken in it declared.
    """

    file: str
    conclusion: Conclusion
    agency: str = ""
    year: int | None = None
    edition: str = ""
    notes: tuple[Note, ...] = ()
    omitted: int = 0
    error: Words | None = None
    report: "editions.AnyReport | None" = None

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
        """The number of notes that a baseline accepts."""
        return sum(note.accepted for note in self.notes)

    def diagnose(self) -> "Diagnoses":
        """Return the smallest explanations of what is broken, as `gkformat.diagnose` does; none without a report."""
        from gkformat.diagnosis.diagnose import Diagnoses, diagnose  # noqa: PLC0415 - not needed for a sound file

        return diagnose(self.report) if self.report else Diagnoses()

    def __str__(self) -> str:
        """Return what the command line prints of it, in both languages."""
        conclusion = CONCLUSIONS[self.conclusion]
        told = conclusion + COLON + self.error if self.error else conclusion
        named = dict.fromkeys(map(visible, filter(None, (self.file, self.title))))
        lines = ["  ".join([*named, str(told)]), *(indent(str(note), "  ") for note in self.notes)]
        return "\n".join([*lines, *([str(OMITTED_LINE.format(count=self.omitted))] if self.omitted else [])])


EXAMINATION = of_type(Examination, Words(" examine 得到的结果", "a result of examine"))
"""The kind of an argument that is what `examine` returns."""
