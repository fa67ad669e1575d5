"""What came of one file: its faults or its findings, and the exit code that follows."""

from pathlib import Path
from typing import Literal

from attrs import frozen

from gkformat.checking import check
from gkformat.codec import loads
from gkformat.editions import AnyReport
from gkformat.errors import Fault, Inconsistent, Malformed
from gkformat.findings import NO_FINDINGS, Findings
from gkformat.judgement import ordered
from gkformat.parts import PartsCheck
from gkformat.series import SeriesFindings

Conclusion = Literal["consistent", "undecided", "inconsistent", "malformed", "unreadable"]


@frozen
class Outcome:
    """One file after its check. `trouble` says why it could not be read at all; `report` is there if it is one."""

    file: str
    title: str = ""
    faults: tuple[Fault, ...] = ()
    omitted: int = 0
    findings: Findings = NO_FINDINGS
    trouble: str = ""
    report: AnyReport | None = None

    @property
    def conclusion(self) -> Conclusion:
        """The verdict, or why there is none."""
        if self.trouble:
            return "unreadable"
        return "malformed" if self.faults else self.findings.verdict.value

    @property
    def exit_code(self) -> int:
        """0 if no equation is broken, 1 for a malformed or inconsistent file, 2 for one that could not be read."""
        return {"consistent": 0, "undecided": 0, "inconsistent": 1, "malformed": 1, "unreadable": 2}[self.conclusion]


@frozen
class Across:
    """What was found across the files of one command."""

    series: SeriesFindings | None = None
    parts: PartsCheck | None = None


def examine(file: str, *, as_found: bool) -> Outcome:
    """Read and check one JSON file."""
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        return Outcome(file, trouble=error.strerror or str(error))
    try:
        report = loads(data, as_found=as_found)
        findings = check(report)
    except Malformed as error:
        return Outcome(file, "", error.faults, error.omitted, Findings(error.findings))
    except Inconsistent as error:
        # The error tells which failures the file itself declares; the advice is that of the report as found.
        report = loads(data, as_found=True)
        findings = ordered(type(report), [*error.findings, *check(report).advice])
    return Outcome(file, f"{report.agency} {report.year}", findings=findings, report=report)
