"""The work of reading grows as the file does: each attack is doubled, and what was done is counted.

In this process, every line of Python that is run counts, each turn of a loop anew; that is exact, but blind to what C code
does in one line: a pattern, a slice, a parser. Therefore each attack is also read at a size at which quadratic work would
take minutes, in a process whose processor time and memory end long before. Blind spots are left: work in C that grows
faster than the file, but with so small a factor that the limits of the readers end it first.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from math import log2
from types import FrameType
from typing import Any

import pytest

from gkformat import Report2021, Unreadable, dumps, replace
from gkformat.checks.prose import prose_fields
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.match_file import match_file
from growth.attacks import ATTACKS, PROSE, SMALL

pytestmark = pytest.mark.growth

STEEPEST = 1.2
"""The greatest exponent that counts as linear. Of two doublings the flatter counts, for there are steps."""

LARGE = 18_000
"""A size at which most attacks are just below the limits of the readers, so that all of their work is done."""

SECONDS, MEMORY = 20, 2**30


class Work:
    """The number of lines that were run."""

    lines = 0


@contextmanager
def _counted(work: Work) -> Iterator[None]:
    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        work.lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def _read(data: bytes) -> None:
    """Read a file as the process does in which `read` reads it, but in this one."""
    with suppress(Unreadable):
        assemble_reading(match_file(data))


def _lines(data: bytes) -> int:
    work = Work()
    with _counted(work):
        _read(data)
    return work.lines


@pytest.mark.parametrize("name", ATTACKS)
def test_work_grows_no_faster_than_the_file(name: str) -> None:
    attack = ATTACKS[name]
    _read(attack(SMALL))  # what is computed once, from the form, is not counted
    files = [attack(SMALL * times) for times in (1, 2, 4)]
    fixed, *work = map(_lines, (attack(1), *files))
    exponents = [
        log2(max(more - fixed, 1) / max(less - fixed, 1)) / max(log2(len(large) / len(small)), 1)
        for (less, more), (small, large) in zip(pairwise(work), pairwise(files), strict=True)
    ]
    assert min(exponents) < STEEPEST, f"{fixed} lines for a file of nothing, then {work}: exponents {exponents}"


READER = """
import resource, sys
from contextlib import suppress
from gkformat import Unreadable
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.match_file import match_file
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
with suppress(Unreadable):
    assemble_reading(match_file(sys.stdin.buffer.read()))
"""
"""Not by `read`, whose own limits of time would end what grows too fast, and call it unreadable."""


@pytest.mark.skipif(sys.platform == "win32", reason="processes have no such limits there")
@pytest.mark.parametrize("name", ATTACKS)
def test_large_attack_is_read_or_refused_within_limits(name: str) -> None:
    code = READER.format(seconds=SECONDS, memory=MEMORY)
    done = subprocess.run([sys.executable, "-c", code], input=ATTACKS[name](LARGE), capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-500:]


CHECK = """
import resource, sys
from gkformat import check, loads
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
assert not [found for found in check(loads(sys.stdin.buffer.read())) if found.rule == "internal-error"]
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes have no such limits there")
@pytest.mark.parametrize("name", PROSE)
def test_report_of_hostile_texts_is_checked_within_limits(name: str, busy_report: Report2021) -> None:
    texts = {at: str(number) + PROSE[name] * 100_000 for number, at in enumerate(prose_fields(Report2021))}
    payload = dumps(replace(busy_report, **texts)).encode()
    code = CHECK.format(seconds=SECONDS, memory=MEMORY)
    done = subprocess.run([sys.executable, "-c", code], input=payload, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-500:]
