"""What came of one file: its faults or its findings, what was left out and why, and whether it passes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from gkformat.base.errors import Fault, Inconsistent, Malformed
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Findings
from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words
from gkformat.checks.advice import ADVICE
from gkformat.checks.check import check, internal_error
from gkformat.cli.baseline import Baseline, Entry, entry
from gkformat.cli.documents import NoReport, lacking, paper
from gkformat.cli.errors import Trouble
from gkformat.cli.inputs import has_keys, held, may_be_report
from gkformat.cli.policy import Policy, Reason
from gkformat.cli.source import Source
from gkformat.codec import dumps, unstructure
from gkformat.codec.parsing import parse
from gkformat.forms import editions
from gkformat.judgement.judge import ordered
from gkformat.notation.equations import Equation, equations

if TYPE_CHECKING:
    from gkformat.cli.positions import Span
    from gkformat.comparison.series import SeriesFinding
    from gkformat.readers.sheet import Reading

Conclusion = Literal["consistent", "undecided", "inconsistent", "malformed", "unreadable", "not-a-report"]
Level = Literal["fault", "broken", "undecided", "advice", "failure"]
"""A fault keeps data from being a report; a failure is the library's own; the others are the severities of findings."""


@frozen
class Note:
    """One thing that is said of a file, whether it is a fault of its shape or a finding about its numbers."""

    item: "Fault | Finding | SeriesFinding"
    report: str
    span: "Span | None" = None
    accepted: bool = False

    @property
    def level(self) -> Level:
        """How grave it is."""
        if isinstance(self.item, Fault):
            return "fault"
        return "failure" if self.item.rule == "internal-error" else self.item.severity

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the place."""
        return self.item.pointer if isinstance(self.item, Fault) else self.item.at.pointer

    @property
    def place(self) -> str:
        """The address; of a fault the pointer, which is exact where a key is not in the form."""
        return self.item.pointer if isinstance(self.item, Fault) else self.item.at

    @property
    def declared(self) -> bool:
        """Whether the report itself declares it."""
        return isinstance(self.item, Finding) and self.item.declared

    @property
    def entry(self) -> Entry:
        """What accepts it in a baseline."""
        return entry(self.report, self.item)

    def message(self, lang: Lang) -> str:
        """What is wrong, in one sentence."""
        return self.item.message(lang)

    def fails(self, policy: Policy) -> bool:
        """Whether it keeps the file from passing."""
        if self.accepted:
            return False
        return policy.strict or self.level in ("fault", "broken", "failure")


@frozen
class Skipped:
    """A rule that said nothing, and why; `equations` counts those of the rule that were not judged, if it is one."""

    rule: str
    reason: Reason
    equations: int = 0


@frozen
class Outcome:
    """One file after its check. `trouble` says why it could not be read at all; `report` is there if it is one."""

    file: str
    conclusion: Conclusion
    exit_code: int
    agency: str = ""
    year: int | None = None
    edition: str = ""
    notes: tuple[Note, ...] = ()
    omitted: int = 0
    skipped: tuple[Skipped, ...] = ()
    trouble: Words | None = None
    report: "editions.AnyReport | None" = None

    @property
    def title(self) -> str:
        """Whose report it is, and of which year; the file, where that is not known."""
        return f"{self.agency} {self.year}" if self.agency and self.year else self.file

    def count(self, level: Level) -> int:
        """How many notes of a level there are that no baseline accepts; faults include those that are not listed."""
        listed = sum(note.level == level and not note.accepted for note in self.notes)
        return listed + self.omitted * (level == "fault")

    @property
    def accepted(self) -> int:
        """How many notes a baseline accepts."""
        return sum(note.accepted for note in self.notes)


def examine(source: Source, policy: Policy, baseline: Baseline, *, as_found: bool) -> Outcome:
    """Read and check one file. Whatever happens, it stops no other."""
    try:
        if not (source.chosen or may_be_report(source)):
            return Outcome(source.name, "not-a-report", 0)
        data = source.read()
        reading = paper(data)
        if reading is None:
            if not (source.chosen or has_keys(data)):
                return Outcome(source.name, "not-a-report", 0)
            outcome = _placed(_judged(source.name, data, as_found=as_found), data, source.line)
        else:
            outcome = _of_paper(source.name, reading)
    except NoReport as trouble:
        return Outcome(
            source.name, *(("unreadable", 2) if source.chosen else ("not-a-report", 0)), trouble=trouble.words
        )
    except Trouble as trouble:
        return Outcome(source.name, "unreadable", 2, trouble=trouble.words)
    except Exception as error:  # noqa: BLE001 - a mistake of the library with one file is no reason to leave the others
        outcome = Outcome(source.name, "undecided", 2)
        return evolve(outcome, notes=(Note(internal_error(_FILE, error), source.name),))
    return _settled(outcome, policy, baseline)


_FILE = Words("此文件", "this file")


def _of_paper(file: str, reading: "Reading") -> Outcome:
    """The outcome of a file that is no JSON: what is odd about its numbers, and about reading it."""
    if reading.report is None:
        raise Trouble(lacking(reading))
    outcome = _judged(file, _undeclared(reading.report), as_found=True)
    return evolve(outcome, notes=(*outcome.notes, *(Note(item, outcome.title) for item in reading.findings)))


def _undeclared(report: "editions.AnyReport") -> bytes:
    """A report as data that declares nothing."""
    return dumps({**unstructure(report), "discrepancies": []}).encode()


def _judged(file: str, data: bytes, *, as_found: bool) -> Outcome:
    """The outcome before any policy."""
    try:
        report = held(data, as_found=as_found)
        findings = check(report)
        if as_found:  # by which all is declared: what the file itself declares is another matter
            findings = Findings(evolve(finding, declared=_key(finding) in _admitted(data)) for finding in findings)
    except Malformed as error:
        return _malformed(file, data, error)
    except Inconsistent as error:
        # The error tells which failures the file itself declares; the rest is said of the report as found.
        report = held(data)
        others = (finding for finding in check(report) if finding.severity == "advice" or not finding.at)
        findings = ordered(type(report), [*error.findings, *others])
    named = Outcome(file, findings.verdict.value, 0, report.agency, report.year, report.edition, report=report)
    return evolve(named, notes=tuple(Note(finding, named.title) for finding in findings))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.at, finding.left, finding.right


def _admitted(data: bytes) -> list[tuple[object, ...]]:
    """The discrepancies that a payload declares."""
    listed = _tree(data).get("discrepancies")
    keys = ("rule", "at", "left", "right")
    items = listed if isinstance(listed, list) else []
    return [tuple(item.get(key) for key in keys) for item in items if isinstance(item, dict)]


def _tree(data: bytes) -> dict[str, Any]:
    """The object that JSON text holds, empty where it holds none."""
    try:
        tree, _ = parse(data)
    except Malformed:
        return {}
    return tree if isinstance(tree, dict) else {}


def _malformed(file: str, data: bytes, error: Malformed) -> Outcome:
    named = Outcome(file, "malformed", 1, *_stated(data), omitted=error.omitted)
    notes = tuple(Note(item, named.title) for items in (error.faults, error.findings) for item in items)
    return evolve(named, notes=notes, skipped=tuple(_unjudged(named.edition, error.faults)))


def _stated(data: bytes) -> tuple[str, int | None, str]:
    """Agency, year and edition, as far as data that is no report states them."""
    tree = _tree(data)
    agency, year, edition = (tree.get(key) for key in ("agency", "year", "edition"))
    return (
        agency if isinstance(agency, str) else "",
        year if type(year) is int else None,
        edition if isinstance(edition, str) and edition in editions.EDITIONS else "",
    )


def _placed(outcome: Outcome, data: bytes, line: int) -> Outcome:
    """The same with the line and column of each note; `line` is that in which the data begins."""
    if not outcome.notes:
        return outcome
    from gkformat.cli.positions import spans  # noqa: PLC0415 - not for files of which there is nothing to say

    places = spans(data, {note.pointer for note in outcome.notes})
    return evolve(outcome, notes=tuple(evolve(note, span=places[note.pointer].below(line)) for note in outcome.notes))


def _settled(outcome: Outcome, policy: Policy, baseline: Baseline) -> Outcome:
    """The same by a policy and a baseline: without the rules that do not count, and with what follows from the rest."""
    notes = tuple(
        evolve(note, accepted=note.entry in baseline.entries)
        for note in outcome.notes
        if not policy.leaves_out(note.item.rule)
    )
    failing = [note.level for note in notes if note.fails(policy)]
    conclusion = outcome.conclusion
    if conclusion != "malformed":
        conclusion = Findings(note.item for note in notes if isinstance(note.item, Finding)).verdict.value
    return evolve(
        outcome,
        conclusion=conclusion,
        exit_code=2 if "failure" in failing else int(bool(failing or outcome.omitted)),
        notes=notes,
        skipped=(
            *_left_out(outcome.edition, policy),
            *(item for item in outcome.skipped if not policy.leaves_out(item.rule)),
        ),
    )


# -- what was not asked, or could not be ---------------------------------------------------------------

MALFORMED = Reason("malformed", Words("数据不合格式，未检查", "the data is malformed, so this was not checked"))
_OWN = frozenset({"stale", *(advise.__name__.replace("_", "-") for advise in ADVICE)})
"""The advice that a single report is given."""


@cache
def _equations(edition: str) -> tuple[Equation, ...]:
    named = editions.EDITIONS.get(edition) or list(editions.EDITIONS.values())[-1]
    return equations(named.report)


@cache
def asked_of(edition: str) -> tuple[str, ...]:
    """The rules that a report of an edition is asked, in the order of the catalogue."""
    known = {equation.rule for equation in _equations(edition)} | _OWN
    return tuple(rule for rule in FAMILIES if rule in known)


def _left_out(edition: str, policy: Policy) -> Iterator[Skipped]:
    """The rules that a policy leaves out."""
    counts = Counter(equation.rule for equation in _equations(edition))
    for rule in asked_of(edition):
        if reason := policy.leaves_out(rule):
            yield Skipped(rule, reason, counts[rule])


def _unjudged(edition: str, faults: Sequence[Fault]) -> Iterator[Skipped]:
    """What could not be judged for faults: equations of which a cell could not be read, and all advice."""
    unread = [fault.at for fault in faults if fault.rule not in ("unknown-key", "duplicate-key")]
    counts = Counter(
        equation.rule
        for equation in _equations(edition)
        if any(term.within(at) for term in (*equation.left, *equation.right) for at in unread)
    )
    for rule in asked_of(edition):
        if rule in counts or rule in _OWN:
            yield Skipped(rule, MALFORMED, counts[rule])
