"""The check of one source: examine it, and apply the policy and the baseline."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import evolve

from gkformat.base.errors import Fault
from gkformat.base.findings import Finding, Findings
from gkformat.base.words import Words
from gkformat.checks.check import check
from gkformat.cli.baseline import Baseline, entry_of
from gkformat.cli.errors import CliError
from gkformat.cli.outcomes import MAX_FAILED, Outcome, SoundLine
from gkformat.cli.policy import Policy
from gkformat.cli.skipped import rules_left_out, rules_unjudged
from gkformat.cli.source import Source
from gkformat.examination.examine import Judge, examine_data
from gkformat.examination.result import Conclusion, Examination
from gkformat.examination.suffixes import may_hold_report


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
    if not (source.explicit or may_hold_report(source.name)):
        return Outcome(Examination(source.name, "not-a-report"), 0)
    try:
        data = source.read()
    except CliError as error:
        return unreadable(source.name, error.words)
    examination = examine_data(
        data,
        source.name,
        as_found=as_found,
        agency=agency,
        year=year,
        judge=judge,
        first_line=source.first_line,
        may_be_other=not source.explicit,
    )
    return _apply_policy(examination, policy, baseline)


def unreadable(file: str, words: Words) -> Outcome:
    """Return the outcome of a file that cannot be read."""
    return Outcome(Examination(file, "unreadable", error=words), 2)


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
            failed[archive] += _FAILED.get(outcome.examination.conclusion, -1)
            if failed[archive] > MAX_FAILED:
                words = _TOO_MANY_FAILED.format(count=examined[archive])
                yield unreadable(archive.as_posix(), words)


_FAILED: Mapping[Conclusion, int] = {"malformed": 1, "unreadable": 1, "not-a-report": 0}
_TOO_MANY_FAILED = Words(
    "前 {count} 个文件中不成年报的太多，其余未读",
    "too many of its first {count} files are no reports, and the rest was not read",
)


def _apply_policy(examination: Examination, policy: Policy, baseline: Baseline) -> Outcome:
    """Drop the notes of rules that do not count, mark the accepted ones, and derive conclusion and exit code."""
    conclusion = examination.conclusion
    if conclusion == "not-a-report":
        return Outcome(examination, 0)
    if conclusion == "unreadable":
        return Outcome(examination, 2)
    notes = tuple(
        evolve(note, accepted=entry_of(note) in baseline.entries)
        for note in examination.notes
        if not policy.skip_reason(note.item.rule)
    )
    failing = [note.level for note in notes if policy.fails(note)]
    if conclusion != "malformed":
        conclusion = Findings(note.item for note in notes if isinstance(note.item, Finding)).verdict.value
    faults = [note.item for note in examination.notes if isinstance(note.item, Fault)]
    unjudged = rules_unjudged(examination.edition, faults) if conclusion == "malformed" else ()
    return Outcome(
        evolve(examination, conclusion=conclusion, notes=notes),
        exit_code=2 if "failure" in failing else int(bool(failing or examination.omitted)),
        skipped=(
            *rules_left_out(examination.edition, policy),
            *(item for item in unjudged if not policy.skip_reason(item.rule)),
        ),
    )
