"""The examination of one file: read it, judge it, and locate what was found."""

from collections.abc import Callable, Collection
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.arguments import INTEGER, TEXT, demand, optional
from gkformat.base.errors import Inconsistent, Malformed, Unreadable
from gkformat.base.findings import Finding, Findings
from gkformat.base.words import Words
from gkformat.checks.check import check, internal_error
from gkformat.codec.parsing import parse_exact
from gkformat.codec.structure import structure
from gkformat.examination.documents import NoReport, has_report_keys, incomplete_message, read_document
from gkformat.examination.result import Examination, Note
from gkformat.forms import editions
from gkformat.judgement.judge import in_order
from gkformat.notation.outline import nodes

if TYPE_CHECKING:
    from gkformat.readers.sheet import Reading

Judge = Callable[["editions.AnyReport"], Findings]
"""How a report is judged: `check`, with what is known of the report beside its text."""

THIS_FILE = Words("此文件", "this file")


def examine(
    source: str | PathLike[str] | bytes, *, as_found: bool = False, agency: str = "", year: int | None = None
) -> Examination:
    """Read a file of any kind, check what is in it, and find where in the file each finding is.

    `source` is a path or the bytes of a file: JSON of ours, or whatever `read` reads. `agency` and `year` are used if a
    document does not state them; `as_found` is for JSON, in which a number may then be `null`, as in `loads`.

    Whatever is wrong with the file is told by the examination: its `conclusion` is a verdict, or else `malformed`,
    `unreadable` or `not-a-report`. Raises `OSError` if the file cannot be read from disk.
    """
    from gkformat.readers import SOURCE, read_contents  # noqa: PLC0415 - the command line does without it for JSON of ours
    from gkformat.readers.limits import check_size  # noqa: PLC0415

    demand(SOURCE, source=source)
    demand(TEXT, agency=agency)
    demand(optional(INTEGER), year=year)
    data, file = (source, "") if isinstance(source, bytes) else (read_contents(Path(source)), Path(source).as_posix())
    try:
        check_size(data)
    except Unreadable as error:
        return Examination(file, "unreadable", error=error.words)
    return examine_data(data, file, as_found=as_found, agency=agency, year=year)


def examine_data(
    data: bytes,
    file: str = "",
    *,
    as_found: bool,
    agency: str = "",
    year: int | None = None,
    judge: Judge = check,
    first_line: int = 1,
    may_be_other: bool = False,
) -> Examination:
    """Examine the bytes of a file, or of the part of it that begins at `first_line`.

    With `may_be_other` nobody said that it is a report, and it may as well be something else.
    """
    try:
        reading = read_document(data, file, agency=agency, year=year)
        if reading is not None:
            return _check_reading(file, reading, judge)
        if may_be_other and not has_report_keys(data):
            return Examination(file, "not-a-report")
        return _add_spans(_check_json(file, data, judge, as_found=as_found), data, first_line)
    except NoReport as error:
        return Examination(file, "not-a-report" if may_be_other else "unreadable", error=error.words)
    except Unreadable as error:
        return Examination(file, "unreadable", error=error.words)
    except Exception as error:  # noqa: BLE001 - a bug with one file must not end the check of the others
        return Examination(file, "undecided", notes=(Note(internal_error(THIS_FILE, error), file),))


def _check_reading(file: str, reading: "Reading", judge: Judge) -> Examination:
    """Examine a document other than JSON: the findings about its numbers, and those about reading it."""
    if reading.report is None:
        raise Unreadable(incomplete_message(reading, may_be_given=True))
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
    judged = _examination(file, reading.report, in_order(type(reading.report), [*findings, *others]))
    notes = (evolve(note, place=reading.sheet.place_of(Address(note.address))) for note in judged.notes)
    return evolve(judged, notes=tuple(notes))


def _check_json(file: str, data: bytes, judge: Judge, *, as_found: bool) -> Examination:
    """Examine JSON of ours."""
    tree: Any = None
    try:
        tree, repeated = parse_exact(data)
        report = structure(tree, repeated=repeated, as_found=as_found)
        findings = judge(report)
        if as_found:
            findings = _declared_by(findings, _declared_discrepancies(tree))
    except Malformed as error:
        return _malformed_examination(file, tree, error)
    except Inconsistent as error:
        # The findings of the error say which ones the file itself declares. Advice is given on the report as found.
        report = structure(tree, as_found=True)
        others = (finding for finding in judge(report) if finding.severity == "advice" or not finding.at)
        findings = in_order(type(report), [*error.findings, *others])
    return _examination(file, report, findings)


def examine_report(report: "editions.AnyReport") -> Examination:
    """Return what the check of a report tells that comes from no file."""
    return _examination("", report, check(report))


def _examination(file: str, report: "editions.AnyReport", findings: Findings) -> Examination:
    named = Examination(file, findings.verdict.value, report.agency, report.year, report.edition, report=report)
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


def _malformed_examination(file: str, tree: Any, error: Malformed) -> Examination:
    named = Examination(file, "malformed", *_stated_identity(tree), omitted=error.omitted)
    notes = tuple(Note(item, named.title) for items in (error.faults, error.findings) for item in items)
    return evolve(named, notes=notes)


def _stated_identity(tree: Any) -> tuple[str, int | None, str]:
    """Return agency, year and edition as far as a malformed payload states them."""
    stated = tree if isinstance(tree, dict) else {}
    agency, year, edition = (stated.get(key) for key in ("agency", "year", "edition"))
    return (
        agency if isinstance(agency, str) else "",
        year if type(year) is int else None,
        edition if isinstance(edition, str) and edition in editions.EDITIONS else "",
    )


def _add_spans(examination: Examination, data: bytes, line: int) -> Examination:
    """Add line and column to each note. `line` is the line of the file in which the data begins, from 1."""
    if not examination.notes:
        return examination
    from gkformat.examination.positions import find_spans  # noqa: PLC0415 - not needed for files without notes

    places = find_spans(data, {note.pointer for note in examination.notes})
    return evolve(
        examination, notes=tuple(evolve(note, span=places[note.pointer].shifted(line)) for note in examination.notes)
    )
