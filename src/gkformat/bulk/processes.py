"""Judge a file of JSON Lines, in this process or in several.

Sound lines are only counted on the way between processes; any other line travels with its result.
"""

import io
import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import islice
from os import PathLike
from pathlib import Path
from threading import Thread
from typing import Any

from attrs import evolve

from gkformat.base.arguments import INTEGER, demand
from gkformat.base.errors import Unreadable
from gkformat.base.findings import Verdict
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.bulk.compression import PathOrFile, open_stream
from gkformat.bulk.lines import Line, is_blank, is_sound_line, judge_line, raw_lines, without_end

_BLOCK_BYTES = 2**22
"""The size in bytes of the blocks of lines that a process is given: some hundred reports each."""


def check_lines(file: PathOrFile, *, as_found: bool = False, processes: int = 1) -> Iterator[Line]:
    """Judge the reports in a file of JSON Lines one after the other, and yield a result for each line not blank.

    Each line is judged as `check` judges the result of `loads`, with `as_found` or without; advice is not given. A line
    that is not a report does not keep the others from being judged.

    With several `processes` the work is shared between them, and the results still come in order. The processes end
    with the iterator, and with this program even if it is killed. As always with `multiprocessing`, call it under
    `if __name__ == "__main__":`. Raises like `read_lines`, `Unreadable` too if processes are killed time and again,
    and `ValueError` for less than one process.
    """
    demand(INTEGER, processes=processes)
    if processes < 1:
        raise ValueError(f"processes = {processes}：至少一个进程 / there must be at least one process")
    if processes == 1:
        return _in_this_process(file, as_found=as_found)
    return _in_order(_in_processes(file, as_found=as_found, processes=processes))


def _in_this_process(file: PathOrFile, *, as_found: bool) -> Iterator[Line]:
    with open_stream(file) as stream:
        for number, line in enumerate(raw_lines(stream), 1):
            if is_sound_line(line):
                yield Line(number, Verdict.CONSISTENT)
            elif not is_blank(line):
                yield judge_line(number, without_end(line), as_found=as_found)


# -- several processes ---------------------------------------------------------------------------------


@frozen
class _JudgedBlock:
    """The result for a block of lines: their count, and by number the results of those that are not simply sound.

    The result of a blank line is `None`.
    """

    count: int
    others: Mapping[int, Line | None]


_Job = tuple[Any, ...]
"""A call that judges a block."""


def _judge_block(lines: Iterable[bytes], as_found: bool) -> _JudgedBlock:  # noqa: FBT001 - jobs pass it by position
    count, others = 0, dict[int, Line | None]()
    for count, line in enumerate(lines, 1):
        if not is_sound_line(line):
            others[count] = None if is_blank(line) else judge_line(count, without_end(line), as_found=as_found)
    return _JudgedBlock(count, others)


def _judge_range(path: str, start: int, end: int, as_found: bool) -> _JudgedBlock:  # noqa: FBT001
    """Judge the lines that begin in a range of the bytes of a plain file."""
    with open_stream(path) as stream:
        if start:
            stream.seek(start - 1)
        lines = raw_lines(stream, end - stream.tell())
        if start:
            next(lines, None)  # the end of the line before
        return _judge_block(lines, as_found)


def _in_processes(file: PathOrFile, *, as_found: bool, processes: int) -> Generator[_JudgedBlock]:
    """Yield the blocks that the processes have judged, in order.

    If one of them is killed, all are started anew with the blocks that are left. Raises `Unreadable` if that happens
    again before another block is judged.
    """
    is_sound_line(b"")  # compiled now, so that processes that are forked need not compile it
    jobs, waiting = _jobs(file, as_found=as_found), deque[_Job]()
    goes_on = True
    while True:
        try:
            with closing(_judged(jobs, waiting, processes)) as blocks:
                for block in blocks:
                    goes_on = True
                    yield block
        except BrokenProcessPool:
            if not goes_on:
                raise Unreadable(_KILLED) from None
            goes_on = False
        else:
            return


_KILLED = Words(
    "判断各行的进程两次被终止，可能是内存不足；请减少进程数，或用一个进程（processes=1）",
    "a process that judges the lines was killed twice, perhaps for lack of memory; use fewer processes, or only one "
    "(processes=1)",
)


def _judged(jobs: Iterator[_Job], waiting: deque[_Job], processes: int) -> Generator[_JudgedBlock]:
    """Yield the blocks of the jobs that are waiting and of those to come; each process has at most one more waiting."""
    with ProcessPoolExecutor(processes, initializer=_end_with_parent) as pool:
        try:
            futures = deque(pool.submit(*job) for job in waiting)
            while True:
                for job in islice(jobs, 2 * processes - len(waiting)):
                    waiting.append(job)
                    futures.append(pool.submit(*job))
                if not futures:
                    return
                block = futures.popleft().result()
                waiting.popleft()
                yield block
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Let this process end when its parent is killed, which does not tell it so."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:  # pragma: no cover - in a process of its own
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os._exit(1)


def _jobs(file: PathOrFile, *, as_found: bool) -> Iterator[_Job]:
    """Yield the calls for the processes. They read a plain file themselves; any other file is read here."""
    with open_stream(file) as stream:
        if isinstance(file, str | PathLike) and isinstance(stream.raw, io.FileIO) and Path(file).is_file():
            size = Path(file).stat().st_size
            for start in range(0, size, _BLOCK_BYTES):
                yield _judge_range, os.fspath(file), start, min(start + _BLOCK_BYTES, size), as_found
        else:
            for block in _blocks(raw_lines(stream)):
                yield _judge_block, block, as_found


def _blocks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    block, size = list[bytes](), 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= _BLOCK_BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


def _in_order(blocks: Generator[_JudgedBlock]) -> Iterator[Line]:
    before = 0
    with closing(blocks):
        for block in blocks:
            for number in range(1, block.count + 1):
                if number not in block.others:
                    yield Line(before + number, Verdict.CONSISTENT)
                elif line := block.others[number]:
                    yield evolve(line, number=before + number)
            before += block.count
