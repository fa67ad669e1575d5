"""Tests of the processes that read files: used again, replaced, ended with their parent, and never left behind."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import papers
from gkformat import Unreadable
from gkformat.readers.cage import process
from gkformat.readers.cage.pool import Cage
from gkformat.readers.cage.process import FileLimits, Process
from gkformat.readers.document import NoForm
from gkformat.readers.match_file import match_file
from pdf_pages import BOMBS
from readings import report

PAGE = papers.as_html(papers.document(report())).encode()
NO_FORM = "没有任何表格。".encode()


@pytest.fixture
def cage() -> Iterator[Cage]:
    made = Cage()
    yield made
    made.close()


def pids(cage: Cage) -> set[int]:
    return {process.pid for process in cage._processes}


def test_cage_gives_what_reading_in_this_process_gives(cage: Cage) -> None:
    assert cage.match(PAGE) == match_file(PAGE)
    assert cage.match(PAGE, "markdown") == match_file(PAGE, "markdown")
    with pytest.raises(NoForm) as caught:
        cage.match(NO_FORM)
    assert caught.value.kind == "text"


def test_process_is_used_again_whatever_the_file_was(cage: Cage) -> None:
    cage.prepare()
    first = pids(cage)
    for data in (PAGE, NO_FORM, b"PK\x03\x04", b"\x89PNG", b"", PAGE):
        try:
            cage.match(data)
        except Unreadable:
            assert data != PAGE
    assert pids(cage) == first != set()


def test_idle_process_that_was_killed_is_replaced(cage: Cage) -> None:
    cage.match(PAGE)
    (first,) = pids(cage)
    end(first)
    assert cage.match(PAGE) == match_file(PAGE)
    assert pids(cage) != {first}


@pytest.mark.parametrize("is_ready", [True, False])
def test_process_that_was_killed_is_told_and_replaced(cage: Cage, is_ready: bool) -> None:
    if is_ready:
        cage.match(PAGE)
    with cage._borrowed() as process:
        end(process.pid)
        with pytest.raises(Unreadable, match="killed by the system or a user"):
            process.answer(PAGE, None)
        process.is_fit = False
    assert cage.match(PAGE) == match_file(PAGE)


def end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def test_process_is_ended_when_its_reader_is_interrupted(cage: Cage) -> None:
    with pytest.raises(KeyboardInterrupt), cage._borrowed() as process:
        raise KeyboardInterrupt
    assert not process.is_alive
    assert pids(cage) == set()


def test_process_that_keeps_much_memory_in_use_is_replaced() -> None:
    cage = Cage(FileLimits(memory=2**26))  # a quarter of which the library that opens the file takes
    data = papers.as_docx(papers.document(report()))
    for _ in range(2):
        assert cage.match(data) == match_file(data)
        assert pids(cage) == set()


def test_threads_share_few_processes(cage: Cage) -> None:
    expected = match_file(PAGE)
    with ThreadPoolExecutor(8) as threads:
        assert all(found == expected for found in threads.map(cage.match, [PAGE] * 40))
    assert 0 < len(pids(cage)) <= (os.cpu_count() or 1)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs a list of open files")
def test_no_descriptor_is_leaked(cage: Cage) -> None:
    before = os.listdir("/proc/self/fd")  # noqa: PTH208
    for data in (PAGE, NO_FORM):
        for _ in range(2):
            cage.match(PAGE)
            with cage._borrowed() as process:
                process.is_fit = data == PAGE
    cage.close()
    assert len(os.listdir("/proc/self/fd")) == len(before)  # noqa: PTH208


# -- limits --------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits of the system")
@pytest.mark.parametrize(
    ("bomb", "file_limits", "why"),
    [
        ("forms", FileLimits(seconds=1, patience=60, memory=2**33), "limit of time, 1 s of CPU"),
        ("forms", FileLimits(seconds=60, patience=1, memory=2**33), "limit of time, 60 s of CPU and 1 s in all"),
        ("blanks", FileLimits(memory=2**27), "limit of memory, 128 MiB"),
    ],
)
def test_limits_hold_for_hostile_files(bomb: str, file_limits: FileLimits, why: str) -> None:
    cage = Cage(file_limits)
    try:
        with pytest.raises(Unreadable, match=why):
            cage.match(BOMBS[bomb])
        assert cage.match(PAGE).sheet.kind == "html"
    finally:
        cage.close()


def test_memory_error_names_the_limit(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Process, "answer", lambda *_: MemoryError())
    with pytest.raises(Unreadable, match="640 MiB"):
        cage.match(PAGE)


def test_mistake_of_ours_is_told_as_such(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Process, "answer", lambda *_: "Traceback:\n  many lines\nKeyError: 1\n")
    with pytest.raises(Unreadable, match="a mistake in gkformat itself \\(KeyError: 1\\)") as caught:
        cage.match(PAGE)
    assert "many lines" in caught.value.__notes__[0]


# -- programs that read --------------------------------------------------------------------------------

READS = """
import os, sys
from gkformat import read
from gkformat.readers.cage.pool import CAGE
read(sys.argv[1])
(process,) = CAGE._processes
"""


def run(code: str, tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    file = tmp_path / "report.html"
    file.write_bytes(PAGE)
    command = [sys.executable, *options, "-c", READS + code, str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


@pytest.mark.parametrize("ending", ["", "sys.exit(3)", "1 / 0"])
def test_program_ends_without_a_process_or_a_warning(ending: str, tmp_path: Path) -> None:
    done = run(f"print(process.pid, flush=True)\n{ending}", tmp_path, "-W", "error", "-X", "dev")
    assert "Warning" not in done.stderr
    assert not Path(f"/proc/{done.stdout.strip()}").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_forked_program_has_processes_of_its_own(tmp_path: Path) -> None:
    code = """
child = os.fork()
if not child:
    assert not CAGE._processes
    read(sys.argv[1])
    (own,) = CAGE._processes
    assert own.pid != process.pid
    CAGE.close()
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert read(sys.argv[1]).report and CAGE._processes == {process}
print("done")
"""
    done = run(code, tmp_path, "-W", "error")
    assert (done.stdout, done.stderr) == ("done\n", "")


HEEDS_SIGNALS = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
"""Under `nohup`, SIGHUP is ignored, and whoever is started inherits that."""

BUSY = """
from gkformat.readers.cage.frames import send
send(process._pipes[0], b"pdf")
send(process._pipes[0], open(sys.argv[2], "rb").read())
"""
IDLE = "print(process.pid, flush=True); sys.stdin.read()"


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a way to wait for a process that is not a child")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_killed_program_leaves_no_process(name: str, busy: bool, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(PAGE)
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(BOMBS["forms"])
    code = HEEDS_SIGNALS + READS + (BUSY if busy else "") + IDLE
    command = [sys.executable, "-c", code, str(file), str(bomb)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:  # noqa: S603
        assert program.stdout
        with open(os.pidfd_open(int(program.stdout.readline())), "rb") as worker:  # noqa: PTH123
            program.send_signal(signal.Signals[name])
            assert select.select([worker], [], [], 3)[0] == [worker]


def test_what_a_process_leaves_is_removed_if_it_ends_in_the_middle_of_a_file(
    cage: Cage, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed: list[int] = []
    monkeypatch.setattr(process, "remove_scratch", removed.append)
    cage.match(PAGE)
    cage.close()
    assert removed == []
    cage.match(PAGE)
    (pid,) = pids(cage)
    monkeypatch.setattr(process, "receive", _break_off)
    with pytest.raises(Unreadable):
        cage.match(PAGE)
    assert removed == [pid]


def _break_off(*_: object) -> bytes:
    raise EOFError
