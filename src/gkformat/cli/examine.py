"""The check of one file: read it, judge it, locate what was found, and apply the policy and the baseline."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.errors import Inconsistent, Malformed
from gkformat.base.findings import Finding, Findings
from gkformat.base.words import Words
from gkformat.checks.check import check, internal_error
from gkformat.cli.baseline import Baseline
from gkformat.cli.documents import NoReport, has_report_keys, incomplete_message, read_document
from gkformat.cli.errors import CliError
from gkformat.cli.outcomes import MAX_FAILED, Conclusion, Note, Outcome, SoundLine
from gkformat.cli.policy import Policy
from gkformat.cli.skipped import rules_left_out, rules_unjudged
from gkformat.cli.source import Source
from gkformat.cli.suffixes import may_hold_report
from gkformat.codec.parsing import parse_exact
from gkformat.codec.structure import structure
from gkformat.forms import editions
from gkformat.judgement.judge import in_order
from gkformat.notation.outline import nodes

if TYPE_CHECKING:
    from gkformat.readers.sheet import Reading


Judge = Callable[["editions.AnyReport"], Findings]
"""How a report is judged: `check`, with what is known of the report beside its text."""


def examine(
    source: Source,
    policy: Policy,
    baseline: Baseline,
    *,
    as_found: bool,
    agency: str = "",
    year: int | None = None,
    judge: Judge = check,
) -> Outcome:
    """Read and check one source. Every error becomes an outcome, so that the other files are still checked.

    `agency` and `year` are used if a document does not state them.
    """
    try:
        if not (source.explicit or may_hold_report(source.name)):
            return Outcome(source.name, "not-a-report", 0)
        data = source.read()
        reading = read_document(data, source.name, agency=agency, year=year)
        if reading is None:
            if not (source.explicit or has_report_keys(data)):
                return Outcome(source.name, "not-a-report", 0)
            outcome = _add_spans(_check_json(source.name, data, judge, as_found=as_found), data, source.first_line)
        else:
            outcome = _check_reading(source.name, reading, judge)
    except NoReport as error:
        return Outcome(source.name, *(("unreadable", 2) if source.explicit else ("not-a-report", 0)), error=error.words)
    except CliError as error:
        return Outcome(source.name, "unreadable", 2, error=error.words)
    except Exception as error:  # noqa: BLE001 - a bug with one file must not end the check of the others
        outcome = Outcome(source.name, "undecided", 2)
        return evolve(outcome, notes=(Note(internal_error(THIS_FILE, error), source.name),))
    return _apply_policy(outcome, policy, baseline)


THIS_FILE = Words("此文件", "this file")


def examine_sources(
    sources: Iterable[Source], one: Callable[[Source], Outcome], *, as_found: bool, include_sound: bool
) -> Iterator[Outcome | SoundLine]:
    """Yield the outcome of each source, and of each line of JSON Lines.

    With `include_sound` a consistent line has one, too. Of an archive in which too many files are malformed or cannot
    be read, the rest is not examined, and an outcome says so.
    """
    failed: Counter[Path] = Counter()
    examined: Counter[Path] = Counter()
    for source in sources:
        if source.jsonl_path is not None:
            from gkformat.cli.jsonl import examine_lines  # noqa: PLC0415 - rarely needed

            yield from examine_lines(source, source.jsonl_path, one, as_found=as_found, include_sound=include_sound)
        elif (archive := source.archive) is None:
            yield one(source)
        elif failed[archive] <= MAX_FAILED:
            yield (outcome := one(source))
            examined[archive] += 1
            failed[archive] += _FAILED.get(outcome.conclusion, -1)
            if failed[archive] > MAX_FAILED:
                words = _TOO_MANY_FAILED.format(count=examined[archive])
                yield Outcome(archive.as_posix(), "unreadable", 2, error=words)


_FAILED: Mapping[Conclusion, int] = {"malformed": 1, "unreadable": 1, "not-a-report": 0}
_TOO_MANY_FAILED = Words(
    "前 {count} 个文件中不成年报的太多，其余未读",
    "too many of its first {count} files are no reports, and the rest was not read",
)


def _check_reading(file: str, reading: "Reading", judge: Judge) -> Outcome:
    """Return the outcome of a document other than JSON, with the findings about its numbers and about reading it."""
    if reading.report is None:
        raise CliError(incomplete_message(reading, may_be_given=True))
    findings = Findings(evolve(finding, declared=False) for finding in judge(reading.report))
    told = {(finding.rule, finding.at) for finding in findings}
    absent = {finding.at for finding in findings if finding.rule == "cell-absent"}
    form = nodes(type(reading.report))
    others = [
        item
        for item in reading.findings
        if (item.rule, item.at) not in told
        and not (item.rule == "cell-missing" and absent.issuperset(form[item.at].cells))
    ]
    outcome = _outcome(file, reading.report, in_order(type(reading.report), [*findings, *others]))
    located = (evolve(note, place=reading.sheet.place_of(Address(note.address))) for note in outcome.notes)
    return evolve(outcome, notes=tuple(located), sheet=reading.sheet)


def _check_json(file: str, data: bytes, judge: Judge, *, as_found: bool) -> Outcome:
    """Return the outcome of JSON before the policy is applied."""
    tree: Any = None
    try:
        tree, repeated = parse_exact(data)
        report = structure(tree, repeated=repeated, as_found=as_found)
        findings = judge(report)
        if as_found:
            findings = _declared_by(findings, _declared_discrepancies(tree))
    except Malformed as error:
        return _malformed_outcome(file, tree, error)
    except Inconsistent as error:
        # The findings of the error say which ones the file itself declares. Advice is given on the report as found.
        report = structure(tree, as_found=True)
        others = (finding for finding in judge(report) if finding.severity == "advice" or not finding.at)
        findings = in_order(type(report), [*error.findings, *others])
    return _outcome(file, report, findings)


def _outcome(file: str, report: "editions.AnyReport", findings: Findings) -> Outcome:
    named = Outcome(file, findings.verdict.value, 0, report.agency, report.year, report.edition, report=report)
    return evolve(named, notes=tuple(Note(finding, named.title) for finding in findings))


def _declared_by(findings: Findings, declared: Collection[tuple[object, ...]]) -> Findings:
    """Return the findings of a report as found, which declares everything, as declared only if the file does so.

    What is no equation is declared by a mark, which only the file itself can have.
    """
    return Findings(
        evolve(finding, declared=_discrepancy_key(finding) in declared) if finding.terms else finding
        for finding in findings
    )


def _discrepancy_key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.at, finding.left, finding.right


def _declared_discrepancies(tree: dict[str, Any]) -> list[tuple[object, ...]]:
    """Return the keys of the discrepancies that a payload declares."""
    listed = tree.get("discrepancies")
    keys = ("rule", "at", "left", "right")
    items = listed if isinstance(listed, list) else []
    return [tuple(item.get(key) for key in keys) for item in items if isinstance(item, dict)]


def _malformed_outcome(file: str, tree: Any, error: Malformed) -> Outcome:
    named = Outcome(file, "malformed", 1, *_stated_identity(tree), omitted=error.omitted)
    notes = tuple(Note(item, named.title) for items in (error.faults, error.findings) for item in items)
    return evolve(named, notes=notes, skipped=tuple(rules_unjudged(named.edition, error.faults)))


def _stated_identity(tree: Any) -> tuple[str, int | None, str]:
    """Return agency, year and edition as far as a malformed payload states them."""
    stated = tree if isinstance(tree, dict) else {}
    agency, year, edition = (stated.get(key) for key in ("agency", "year", "edition"))
    return (
        agency if isinstance(agency, str) else "",
        year if type(year) is int else None,
        edition if isinstance(edition, str) and edition in editions.EDITIONS else "",
    )


def _add_spans(outcome: Outcome, data: bytes, line: int) -> Outcome:
    """Add line and column to each note. `line` is the line of the file in which the data begins, from 1."""
    if not outcome.notes:
        return outcome
    from gkformat.cli.positions import find_spans  # noqa: PLC0415 - not needed for files without notes

    places = find_spans(data, {note.pointer for note in outcome.notes})
    return evolve(outcome, notes=tuple(evolve(note, span=places[note.pointer].shifted(line)) for note in outcome.notes))


def _apply_policy(outcome: Outcome, policy: Policy, baseline: Baseline) -> Outcome:
    """Drop the notes of rules that do not count, mark the accepted ones, and derive conclusion and exit code."""
    notes = tuple(
        evolve(note, accepted=note.baseline_entry in baseline.entries)
        for note in outcome.notes
        if not policy.skip_reason(note.item.rule)
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
            *rules_left_out(outcome.edition, policy),
            *(item for item in outcome.skipped if not policy.skip_reason(item.rule)),
        ),
    )
