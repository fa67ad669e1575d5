"""Files of JSON Lines, a report a line: judged by several processes; what is not simply sound is looked at here."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO

from attrs import evolve

from gkformat.base.errors import Unreadable
from gkformat.base.findings import Verdict
from gkformat.bulk.lines import check_lines, read_lines
from gkformat.cli.errors import each, why
from gkformat.cli.inputs import has_keys
from gkformat.cli.outcomes import Outcome
from gkformat.cli.source import Source

_LARGE = 1 << 24
"""From this size on a file is worth several processes, and a progress bar: some thousand reports."""


def examined(
    source: Source, path: Path, examine: Callable[[Source], Outcome], *, as_found: bool, every: bool
) -> Iterator[Outcome]:
    """What came of each line, in order. A line that is simply sound is given no advice, and its outcome has no name.

    With `every` the sound ones are looked at too: for a comparison, or because whose report it is counts.
    """
    try:
        with ExitStack() as opened:
            for number, data, is_sound in _judged(path, opened, as_found=as_found):
                line = evolve(source, data=partial(bytes, data), line=number)
                if not source.chosen and number == 1 and not has_keys(data):
                    yield Outcome(source.name, "not-a-report", 0)
                    return
                if is_sound and not every:
                    yield Outcome("", "consistent", 0)
                else:
                    yield examine(line)
    except OSError as error:
        yield Outcome(source.name, "unreadable", 2, trouble=why(error))
    except Unreadable as error:
        yield Outcome(source.name, "unreadable", 2, trouble=each(error))


def _judged(path: Path, opened: ExitStack, *, as_found: bool) -> Iterator[tuple[int, bytes, bool]]:
    """Each line with its number, and whether it is sound. What judges reads the file, too."""
    is_large = path.stat().st_size >= _LARGE
    file = _watched(path, opened) if is_large else opened.enter_context(path.open("rb"))
    verdicts = check_lines(path, as_found=as_found, processes=(os.cpu_count() or 1) if is_large else 1)
    for line, (number, data) in zip(verdicts, read_lines(file), strict=True):
        yield number, data, line.verdict == Verdict.CONSISTENT


def _watched(path: Path, opened: ExitStack) -> IO[bytes]:
    from gkformat.cli.progress import read_along  # noqa: PLC0415 - rarely needed

    return read_along(path, opened)
