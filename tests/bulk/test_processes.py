"""Tests of judging a file in several processes."""

import gzip
import io
import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from gkformat import Unreadable
from gkformat.bulk import check_lines, processes
from report_lines import COMPRESSED, SOUND, TEXTS, lines_in_ranges


@pytest.mark.parametrize("size", [1, 2, 1000, len(SOUND), len(SOUND) + 1, 10**6])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_ranges_meet_every_line_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int, end: bytes) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf" + end.join([b"{", b"", SOUND, b"{}", b"", SOUND] if size > 2 else [b"{", b"", b"1"])
    )
    monkeypatch.setattr(processes, "_BLOCK_BYTES", size)
    assert list(lines_in_ranges(file)) == list(check_lines(file))


def test_blocks_of_a_stream_meet_every_line_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl.gz"
    file.write_bytes(gzip.compress((SOUND + b"\n") * 4))
    blocks = {1: [1, 1, 1, 1], 2 * len(SOUND) + 2: [2, 2], 3 * len(SOUND): [3, 1], 10**6: [4]}
    for size, counts in blocks.items():
        monkeypatch.setattr(processes, "_BLOCK_BYTES", size)
        assert [len(block) for _, block, _ in processes._jobs(file, as_found=False)] == counts
        assert list(lines_in_ranges(file)) == list(check_lines(file))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("stored", COMPRESSED)
def test_processes_give_the_same_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stored: str
) -> None:
    monkeypatch.setattr(processes, "_BLOCK_BYTES", 10**5)
    file = tmp_path / "reports"
    file.write_bytes(COMPRESSED[stored](b"\n".join(TEXTS * 3)))
    alone = list(check_lines(file))
    assert len(alone) == 3 * len(TEXTS)
    assert list(check_lines(file, processes=2)) == alone
    with file.open("rb") as opened:
        assert list(check_lines(opened, processes=2)) == alone


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes_end_with_the_iterator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(processes, "_BLOCK_BYTES", len(SOUND))
    file = tmp_path / "reports.jsonl"
    file.write_bytes((SOUND + b"\n") * 100)
    before = {*multiprocessing.active_children()}
    found = check_lines(file, processes=2)
    assert next(found).number == 1
    assert {*multiprocessing.active_children()} != before
    del found
    assert {*multiprocessing.active_children()} == before


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes_have_at_most_one_more_block_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, taken = processes._jobs, list[Any]()

    def counted(file: Any, **options: bool) -> Iterator[tuple[Any, ...]]:
        for job in jobs(file, **options):
            taken.append(job)
            yield job

    monkeypatch.setattr(processes, "_jobs", counted)
    monkeypatch.setattr(processes, "_BLOCK_BYTES", 1)
    found = check_lines(io.BytesIO(b"{}\n" * 50), processes=3)
    assert next(found).number == 1
    assert len(taken) == 6
    assert [line.number for line in found] == [*range(2, 51)]


def test_processes_can_be_spawned(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_bytes(b"\n".join(TEXTS))
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, sys\n"
        "from gkformat.bulk import check_lines\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    print([str(line.verdict) for line in check_lines(sys.argv[1], processes=2)])\n"
    )
    done = subprocess.run([sys.executable, script, file], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == f"{[str(line.verdict) for line in check_lines(file)]}\n"


def test_check_lines_needs_a_process() -> None:
    with pytest.raises(ValueError, match="at least one process"):
        check_lines(io.BytesIO(), processes=0)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_process_is_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(processes, "_BLOCK_BYTES", len(SOUND))
    file = tmp_path / "reports.jsonl"
    file.write_bytes((SOUND + b"\n") * 50)
    found = check_lines(file, processes=2)
    numbers = [next(found).number]
    for _ in range(2):
        multiprocessing.active_children()[0].kill()
        numbers += [line.number for line in islice(found, 12)]
    assert numbers == [*range(1, 26)]
    assert [line.number for line in found] == [*range(26, 51)]


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="what is patched must reach the processes")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes_that_are_killed_again_are_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def kill_itself(line: bytes) -> bool:
        if line:
            signal.raise_signal(signal.SIGKILL)
        return True

    monkeypatch.setattr(processes, "is_sound_line", kill_itself)
    file = tmp_path / "reports.jsonl"
    file.write_bytes(SOUND)
    with pytest.raises(Unreadable, match="was killed twice"):
        list(check_lines(file, processes=2))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_killed_program_leaves_no_process(name: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_bytes((SOUND + b"\n") * 100)
    script = (
        "import sys\n"
        "from gkformat.bulk import check_lines, processes\n"
        "processes._BLOCK_BYTES = 1000\n"
        "found = check_lines(sys.argv[1], processes=3)\n"
        "print(next(found).number, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:  # noqa: S603
        assert program.stdout
        assert program.stdout.readline() == "1\n"
        program.send_signal(signal.Signals[name])
        assert program.communicate(timeout=30)[0] == ""  # its children have closed the pipe too
