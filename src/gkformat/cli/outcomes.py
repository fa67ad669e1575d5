"""The outcome of the check of one file: what was examined, the rules that were skipped, and whether it passes."""

from gkformat.base.frozen import frozen
from gkformat.cli.policy import SkipReason
from gkformat.examination.result import Examination


@frozen
class SkippedRule:
    """A rule that was not judged, or not fully, and why. `equations` is the number of equations that were skipped."""

    rule: str
    reason: SkipReason
    equations: int = 0


@frozen
class Outcome:
    """The outcome of the check of one file, or of one line of JSON Lines, by a policy and a baseline."""

    examination: Examination
    exit_code: int
    skipped: tuple[SkippedRule, ...] = ()


MAX_FAILED = 1000
"""By how many the lines or members of one file that fail may outnumber its reports: it is small, and has millions."""


@frozen
class SoundLine:
    """A line of a JSON Lines file that holds a consistent report. It is counted and not reported."""
