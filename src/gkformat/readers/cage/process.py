"""A process that reads files, as its parent sees it: started, asked, ended."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import FileIO
from pathlib import Path
from threading import Event, Thread
from typing import cast

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.readers import limits
from gkformat.readers.cage.frames import receive, send
from gkformat.readers.cage.worker import LIMITED, UNLIMITED, Answer
from gkformat.readers.document import FileKind
from gkformat.readers.scratch import remove_scratch

_START = """\
import sys
numbers, sys.path[:] = sys.argv[1:4], sys.argv[4:]
from gkformat.readers.cage.worker import main
main(*map(int, numbers))
"""
_KEPT = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPYCACHEPREFIX"})
"""The settings of Python by which it finds its own files. Others could keep it from starting, or from its work."""

_START_SECONDS = 10
_END_SECONDS = 1
_ROUNDS = 3
"""How many times as long a file may take on the clock if the processor is busy with other programs."""
_MOST_SAID = 300


@frozen
class FileLimits:
    """What a file may take: CPU time and time on the clock, in seconds, and memory, in bytes."""

    seconds: int = limits.SECONDS
    patience: int = limits.PATIENCE
    memory: int = limits.MEMORY


class Process:
    """A process that reads files, as its parent sees it. `is_fit` says whether it can read another."""

    def __init__(self, file_limits: FileLimits) -> None:
        self.is_fit = True
        self._limits = file_limits
        self._is_ready = False
        self._is_late = False
        self._is_busy = False
        self._process = _started(file_limits)
        self._pipes = [
            cast("FileIO", pipe) for pipe in (self._process.stdin, self._process.stdout, self._process.stderr)
        ]

    @property
    def pid(self) -> int:
        """The number by which the system knows the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def answer(self, data: bytes, kind: FileKind | None) -> Answer:
        """Have a file read. Raises `Unreadable` if the process does not start, or breaks down."""
        jobs, answers, _ = self._pipes
        if not self._is_ready:
            self._greet()
        self._is_busy = True
        try:
            with self._clock(self._limits.patience):
                send(jobs, (kind or "").encode())
                send(jobs, data)
                is_fit = receive(answers, 1)
                answer: Answer = pickle.loads(receive(answers, limits.ANSWER))  # noqa: S301 - from our own process
        except (OSError, EOFError, ValueError):
            raise Unreadable(self._end_of_process()) from None
        self._is_busy = False
        self.is_fit = bool(is_fit) and not self._is_late
        return answer

    def _greet(self) -> None:
        """Wait until the process is ready."""
        _, answers, errors = self._pipes
        try:
            with self._clock(_START_SECONDS):
                greeting = receive(answers, _MOST_SAID)
        except EOFError:
            end = self._end_name()
            if end in _SENT_BY_OTHERS and not self._is_late:
                raise Unreadable(_KILLED.format(end=end)) from None
            greeting = end.encode()
        except ValueError:
            greeting = b"?"
        if greeting not in (LIMITED, UNLIMITED):
            self._process.kill()
            said = last_line((errors.read(2**16) or greeting).decode("utf-8", "replace"))
            raise _cannot_start(_NO_ANSWER.format(program=sys.executable, said=said))
        if greeting == UNLIMITED:
            _tell_once()
        errors.close()
        self._is_ready = True

    @contextmanager
    def _clock(self, seconds: int) -> Iterator[None]:
        """Kill the process when time is up, which ends all waiting for it."""
        done = Event()
        watch = Thread(target=self._kill_late, args=(seconds, done), daemon=True)
        try:
            watch.start()
        except RuntimeError as error:  # there are too many threads
            raise _cannot_start(Words(str(error), str(error))) from None
        try:
            yield
        finally:
            done.set()
            watch.join()

    def _kill_late(self, seconds: float, done: Event) -> None:
        """Kill the process after some seconds, or later if other programs took the processor from it meanwhile."""
        for _ in range(_ROUNDS):
            _, before = _state(self.pid)
            if done.wait(seconds):
                return
            state, after = _state(self.pid)
            if state != "R" or after - before >= seconds / 2:
                break
        self._is_late = True
        self._process.kill()

    def _end_of_process(self) -> Words:
        """Return why the process broke off."""
        end = self._end_name()
        if self._is_late or end == "SIGXCPU":
            return _TOO_SLOW.format(seconds=self._limits.seconds, patience=self._limits.patience)
        if end in _SENT_BY_OTHERS:
            return _KILLED.format(end=end)
        return _BROKE_DOWN.format(end=end, memory=self._limits.memory >> 20)

    def _end_name(self) -> str:
        """Return what ended the process, which has closed its pipes."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self._process.kill()
        code = self._process.wait()
        return f"exit code {code}" if code >= 0 else _signal_name(-code)

    def end(self) -> None:
        """End the process, and leave nothing of it behind."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes:
            pipe.close()
        if self._is_busy:
            remove_scratch(self.pid)

    def leave(self) -> None:
        """Close the pipes to a process that is another's, so that it notices when that one ends."""
        self._process.returncode = 0  # it is not ours to wait for
        for pipe in self._pipes:
            pipe.close()


def _started(file_limits: FileLimits) -> "subprocess.Popen[bytes]":
    """Start a process, which need not be ready yet."""
    if getattr(sys, "frozen", False):  # its executable would be this program itself
        raise _cannot_start(_IS_FROZEN)
    if not sys.executable:
        raise _cannot_start(_NO_INTERPRETER)
    numbers = (file_limits.seconds, file_limits.patience * _ROUNDS + 1, file_limits.memory)
    command = [sys.executable, "-S", "-c", _START, *map(str, numbers), *filter(_is_text, sys.path)]
    environment = {name: value for name, value in os.environ.items() if name in _KEPT or not name.startswith("PYTHON")}
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, bufsize=0, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)  # noqa: S603
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise _cannot_start(Words(str(error), str(error))) from None


def _state(pid: int) -> tuple[str, float]:
    """Return the state of a process, `R` if it runs or would run, and the CPU time it has taken, where Linux tells."""
    try:
        state, *numbers = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return state, sum(map(int, numbers[10:12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return "", 0


def _is_text(entry: object) -> bool:
    return isinstance(entry, str)


def _cannot_start(why: Words) -> Unreadable:
    return Unreadable(_CANNOT_START.format(why=why))


_SENT_BY_OTHERS = frozenset({"SIGHUP", "SIGINT", "SIGKILL", "SIGTERM"})


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def last_line(text: str) -> str:
    """Return the last line of a text, not too long."""
    return (text.strip().splitlines() or [""])[-1][:_MOST_SAID]


@cache
def _tell_once() -> None:
    import logging  # noqa: PLC0415 - slow, and rarely needed

    logging.getLogger("gkformat").info(_UNLIMITED.en)


# -- messages ------------------------------------------------------------------------------------------

_TOO_SLOW = Words(
    "读取超过时限（处理器 {seconds} 秒，共 {patience} 秒），已中止：文件可能过大、损坏或为恶意构造；"
    "请拆分，或另存为其他格式再读",
    "reading was stopped at its limit of time, {seconds} s of CPU and {patience} s in all: the file may be too large, "
    "damaged or hostile; split it, or save it in another format",
)
_BROKE_DOWN = Words(
    "读取文件的程序崩溃（{end}），可能是超过了 {memory} MiB 的内存限度：文件可能过大、损坏或为恶意构造；"
    "请拆分，或另存为其他格式再读",
    "the program that reads the file broke down ({end}), perhaps at its limit of memory, {memory} MiB: the file may be "
    "too large, damaged or hostile; split it, or save it in another format",
)
_KILLED = Words(
    "读取文件的进程被系统或用户终止（{end}），文件没有读完：请重试；若内存不足，请先释放",
    "the process that reads the file was killed by the system or a user ({end}) before its end: try again, with more "
    "free memory if that is short",
)
_CANNOT_START = Words("无法启动读取文件的进程：{why}", "the process that reads files cannot be started: {why}")
_IS_FROZEN = Words(
    "本程序已打包为可执行文件，没有 Python 解释器可用；请用普通安装的 Python 运行",
    "this program is frozen and has no Python interpreter; run it with an ordinary installation of Python",
)
_NO_INTERPRETER = Words(
    "sys.executable 为空；请设为 Python 解释器的路径",
    "sys.executable is empty; set it to the path of the Python interpreter",
)
_NO_ANSWER = Words(
    "{program}（sys.executable）没有应答；它应是装有 gkformat 的 Python 解释器。{said}",
    "{program} (sys.executable) does not answer; it should be the Python interpreter that gkformat runs on. {said}",
)
_UNLIMITED = Words(
    "此系统不能限制进程所用的内存，读取文件只受时间限制",
    "this system cannot limit the memory of a process: reading a file is limited in time only",
)
