"""The processes that wait for files, and are lent for one file at a time."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore

from gkformat.base.errors import GkFormatError, Unreadable
from gkformat.base.words import Words
from gkformat.readers.cage.process import FileLimits, Process, last_line
from gkformat.readers.document import FileKind
from gkformat.readers.sheet import Matched


class Cage:
    """Processes that wait for files. It may be used by several threads; each process reads one file at a time."""

    def __init__(self, file_limits: FileLimits | None = None) -> None:
        self._limits = file_limits or FileLimits()
        self._forget()

    def _forget(self) -> None:
        self._processes = set[Process]()
        self._idle = list[Process]()  # the last one is taken first
        self._free = BoundedSemaphore(os.cpu_count() or 1)

    def prepare(self) -> None:
        """Start a process if none is idle, without waiting for it."""
        with self._borrowed():
            pass

    def match(self, data: bytes, kind: FileKind | None = None) -> Matched:
        """Match a file with the form, as `match_file` does.

        Raises `Unreadable` like it, and if the file exceeds a limit, or no process can be started.
        """
        with self._borrowed() as process:
            answer = process.answer(data, kind)
        if isinstance(answer, Matched):
            return answer
        if isinstance(answer, GkFormatError):
            raise answer
        if isinstance(answer, MemoryError):
            raise Unreadable(_TOO_LARGE.format(memory=self._limits.memory >> 20))
        error = Unreadable(_OUR_MISTAKE.format(error=last_line(answer)))
        error.add_note(answer)
        raise error

    @contextmanager
    def _borrowed(self) -> Iterator[Process]:
        """Lend a process, which may still be starting. It is ended if anything is raised meanwhile."""
        with self._free:
            process = self._idle_process() or self._new_process()
            try:
                yield process
            except BaseException:
                self._end(process)
                raise
            if process.is_fit:
                self._idle.append(process)
            else:
                self._end(process)

    def _idle_process(self) -> Process | None:
        with suppress(IndexError):
            while not (process := self._idle.pop()).is_alive:
                self._end(process)
            return process
        return None

    def _new_process(self) -> Process:
        process = Process(self._limits)
        self._processes.add(process)
        return process

    def _end(self, process: Process) -> None:
        self._processes.discard(process)
        process.end()

    def close(self) -> None:
        """End all processes."""
        for process in self._processes.copy():
            self._end(process)

    def leave_to_parent(self) -> None:
        """Forget all processes, in a process that was forked: they are its parent's."""
        for process in self._processes:
            process.leave()
        self._forget()


_OUR_MISTAKE = Words(
    "读取时程序自身出错（{error}），请向 gkformat 报告", "a mistake in gkformat itself ({error}); please report it"
)
_TOO_LARGE = Words(
    "读取所需内存超过 {memory} MiB 的限度，已中止：文件可能过大、损坏或为恶意构造；请拆分，或另存为其他格式再读",
    "reading was stopped at its limit of memory, {memory} MiB: the file may be too large, damaged or hostile; "
    "split it, or save it in another format",
)


CAGE = Cage()
"""The processes of this program."""

atexit.register(CAGE.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=CAGE.leave_to_parent)
