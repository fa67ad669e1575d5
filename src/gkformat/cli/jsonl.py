"""JSON Lines files, one report per line. `bulk` judges all lines; those not consistent are examined one by one."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO

from attrs import evolve

from gkformat.base.errors import Unreadable
from gkformat.base.findings import Verdict
from gkformat.base.words import Words
from gkformat.bulk.lines import read_lines
from gkformat.bulk.processes import check_lines
from gkformat.cli.errors import os_message
from gkformat.cli.outcomes import MAX_FAILED, Outcome, SoundLine
from gkformat.cli.source import Source
from gkformat.examination.documents import has_report_keys
from gkformat.examination.result import Examination

_LARGE = 1 << 24
"""The size in bytes from which several processes and a progress bar are worth it: some thousand reports."""


def examine_lines(
    source: Source, path: Path, examine: Callable[[Source], Outcome], *, as_found: bool, include_sound: bool
) -> Iterator[Outcome | SoundLine]:
    """Yield the outcome of each line, in order. For a consistent line it is `SoundLine()`: no advice, only a count.

    With `include_sound` consistent lines are examined too, because a comparison, or the baseline, needs their agency
    and year. A file that cannot be read, or of which too many lines are malformed, ends in an outcome that says so.
    """
    number = malformed = 0
    try:
        with ExitStack() as opened:
            for number, data, is_sound in _judge_lines(path, opened, as_found=as_found):
                line = evolve(source, data=partial(bytes, data), first_line=number)
                if not source.explicit and number == 1 and not has_report_keys(data):
                    yield Outcome(Examination(source.name, "not-a-report"), 0)
                    return
                outcome = SoundLine() if is_sound and not include_sound else examine(line)
                yield outcome
                malformed += 1 if isinstance(outcome, Outcome) and outcome.examination.conclusion == "malformed" else -1
                if malformed > MAX_FAILED:
                    yield _broken_off(source, number, _TOO_MALFORMED)
                    return
    except OSError as error:
        yield _broken_off(source, number, os_message(error))
    except Unreadable as error:
        yield _broken_off(source, number, error.words)


_TOO_MALFORMED = Words("不合格式的行太多，其余未读", "too many lines are no reports, and the rest was not read")
_AFTER = Words("第 {number} 行之后：{words}", "after line {number}: {words}")


def _broken_off(source: Source, number: int, words: Words) -> Outcome:
    said = _AFTER.format(number=number, words=words) if number else words
    return Outcome(Examination(source.name, "unreadable", error=said), 2)


def _judge_lines(path: Path, opened: ExitStack, *, as_found: bool) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the number and data of each line, and whether it is consistent. The judge reads the file separately."""
    is_large = path.stat().st_size >= _LARGE
    file = _open_large(path, opened) if is_large else opened.enter_context(path.open("rb"))
    verdicts = check_lines(path, as_found=as_found, processes=(os.cpu_count() or 1) if is_large else 1)
    for line, (number, data) in zip(verdicts, read_lines(file), strict=True):
        yield number, data, line.verdict == Verdict.CONSISTENT


def _open_large(path: Path, opened: ExitStack) -> IO[bytes]:
    from gkformat.cli.progress import open_with_progress  # noqa: PLC0415 - rarely needed

    return open_with_progress(path, opened)
