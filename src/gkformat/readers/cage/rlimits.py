"""The limits that a process sets itself: of time, of memory, and of its life, which ends with its parent's.

They are those of the system, and hold even in the middle of C code. Windows, and a Python that is built without
`resource` or `fcntl`, have none but that of time on the clock.
"""

# Where `HAS_LIMITS` is true, both modules are there; pyright cannot know.
# pyright: reportPossiblyUnboundVariable=false

import contextlib
import faulthandler
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

HAS_LIMITS = sys.platform != "win32"
if sys.platform != "win32":
    try:
        import fcntl
        import resource
    except ImportError:
        HAS_LIMITS = False

_STATM = Path("/proc/self/statm")
"""Where Linux says how many pages of memory a process has mapped. Elsewhere memory is not limited."""

_OPEN_FILES = 64
_WORN = 0.25
"""The share of the allowed memory that may stay in use after a file."""


class OwnLimits:
    """The limits of this process: CPU time and all time for each file, in seconds, and memory, in bytes."""

    def __init__(self, seconds: int, patience: int, memory: int) -> None:
        self._seconds = seconds
        self._patience = patience
        self._memory = memory
        self._at_start = _mapped_bytes()
        if sys.platform != "win32" and HAS_LIMITS:
            signal.pthread_sigmask(signal.SIG_SETMASK, [])  # the parent may have blocked or ignored what is to end us
            for number in (signal.SIGXCPU, signal.SIGIO):
                signal.signal(number, signal.SIG_DFL)
            _limit(resource.RLIMIT_CORE, 0)
            _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
            if self.has_memory_limit:
                _limit(resource.RLIMIT_AS, self._at_start + memory)

    @property
    def has_memory_limit(self) -> bool:
        """Whether the system can limit the memory of this process."""
        return HAS_LIMITS and self._at_start > 0

    def is_worn(self) -> bool:
        """Return whether so much memory stays in use that the next file would miss it."""
        return _mapped_bytes() > self._at_start + self._memory * _WORN

    @contextmanager
    def for_a_file(self, parent: int) -> Iterator[None]:
        """Limit time; and end this process if the other end of `parent`, a pipe that it writes to, is closed.

        The parent reads nothing from it meanwhile. With the pipe that it writes to, a signal could come late: for what
        it has just written, although that was read.
        """
        faulthandler.dump_traceback_later(self._patience, exit=True)
        if sys.platform != "win32" and HAS_LIMITS:
            _limit(resource.RLIMIT_CPU, ceil(time.process_time()) + self._seconds)
            flags = fcntl.fcntl(parent, fcntl.F_GETFL)
            fcntl.fcntl(parent, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(parent, fcntl.F_SETFL, flags | os.O_ASYNC)  # when it is closed, SIGIO comes, which ends us
            if _is_closed(parent):
                sys.exit()
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            if sys.platform != "win32" and HAS_LIMITS:
                fcntl.fcntl(parent, fcntl.F_SETFL, flags)


def _mapped_bytes() -> int:
    """Return how much memory is mapped, or 0 if that is not known."""
    with contextlib.suppress(OSError):
        return int(_STATM.read_bytes().split()[0]) * os.sysconf("SC_PAGESIZE")
    return 0


if sys.platform != "win32":

    def _is_closed(pipe: int) -> bool:
        """Return whether nobody is left to read from a pipe."""
        poll = select.poll()
        poll.register(pipe, 0)
        return bool(poll.poll(0))

    def _limit(kind: int, wanted: int) -> None:
        """Set a limit, or the one that is in force already if that is lower and final."""
        final = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (wanted if final == resource.RLIM_INFINITY else min(wanted, final), final))
