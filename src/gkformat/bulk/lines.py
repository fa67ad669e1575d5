"""Many reports in one file: JSON Lines, a report a line, plain or compressed (.gz, .zst), with constant memory.

A file is UTF-8, as JSON is; a byte order mark, blank lines, CRLF and a last line without its end are passed over.
"""

import codecs
import gzip
import io
import os
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from math import inf
from os import PathLike
from pathlib import Path
from typing import IO, Any, Literal, cast

from attrs import evolve, frozen

from gkformat.base.address import Address
from gkformat.base.errors import Fault, GkFormatError, Inconsistent, Malformed, Unreadable
from gkformat.base.findings import NO_FINDINGS, Findings, Verdict
from gkformat.base.words import Words
from gkformat.checks.check import check
from gkformat.codec import Data, loads
from gkformat.codec.compiled import is_sound
from gkformat.forms.editions import AnyReport

File = str | PathLike[str] | IO[bytes]
"""A path, or a file that is open for reading bytes."""

Conclusion = Verdict | Literal["malformed"]


LONGEST = 2**24
"""The longest line that is read, in bytes: a thousand times a long report. What is longer costs no memory."""

_BLOCK = 2**22
"""How many bytes of lines one process is given at a time: some hundred reports."""


# -- reading lines -------------------------------------------------------------------------------------


def read_lines(file: File) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not blank, each with its number, from 1.

    For those who go on after a bad line: `loads` each by itself. A line of more than `LONGEST` bytes is cut off there.
    Raises `OSError`, and `Unreadable` where compressed data is damaged or needs an extra that is not installed.
    """
    with _opened(file) as stream:
        yield from _numbered(_lines(stream))


def load_lines(file: File, *, as_found: bool = False) -> Iterator[AnyReport]:
    """The reports in a file of JSON Lines, read as a stream.

    Raises like `loads` at the first line that is no report, with the number of the line as a note on the error; and
    like `read_lines`. To know all that is wrong, use `check_lines`.
    """
    for number, data in read_lines(file):
        try:
            _refuse_long(data)
            report = loads(data, as_found=as_found)
        except GkFormatError as error:
            error.add_note(f"第 {number} 行 / line {number}")
            raise
        yield report


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, _without_end(line)) for number, line in enumerate(lines, 1) if not _is_blank(line))


def _without_end(line: bytes) -> bytes:
    return line.rstrip(b"\r\n")


def _is_blank(line: bytes) -> bool:
    return len(line) <= LONGEST and not line.removeprefix(codecs.BOM_UTF8).strip()


def _lines(stream: io.BufferedReader, room: float = inf) -> Iterator[bytes]:
    """The lines that begin within the next bytes, as many as there is room for; long ones cut off."""
    read, most = stream.readline, LONGEST + 1
    while room > 0 and (line := read(most)):
        yield line
        room -= len(line)
        while len(line) == most and not line.endswith(b"\n") and room > 0:
            line = read(most)
            room -= len(line)


def _refuse_long(line: bytes) -> None:
    if len(line) > LONGEST:
        said = _TOO_LONG.format(most=LONGEST)
        raise Malformed([Fault("not-json", Address(), found=said.en, expected=said)])


_TOO_LONG = Words("一行超过 {most} 字节", "a line of more than {most} bytes")


# -- opening a file ------------------------------------------------------------------------------------


@contextmanager
def _opened(file: File) -> Iterator[io.BufferedReader]:
    """The file, decompressed where it begins like one that is compressed."""
    if isinstance(file, str | PathLike):
        with open(file, "rb", buffering=_BUFFER) as ours, _opened(ours) as stream:  # noqa: PTH123
            yield stream
        return
    stream = file if isinstance(file, io.BufferedReader) else _Lent(cast("io.RawIOBase", file))
    start = stream.peek(_LONGEST_MAGIC)
    opener = next((_OPENERS[magic] for magic in _OPENERS if start.startswith(magic)), None)
    if not opener:
        yield stream
        return
    try:
        yield io.BufferedReader(opener(_Lent(stream)), _BUFFER)
    except (EOFError, OSError, zlib.error) as error:
        raise Unreadable(f"压缩数据已损坏或不完整 / the compressed data is damaged or cut off: {error}") from error


class _Lent(io.BufferedReader):
    """A buffer over a file that belongs to somebody else, who will close it."""

    def close(self) -> None:
        """Leave the file open."""


def _zstd(stream: io.BufferedReader) -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415 - only these files need it
    except ImportError as error:
        raise Unreadable(
            "读取 .zst 文件需要额外的依赖，请运行 pip install 'gkformat[bulk]' / .zst files need an extra, "
            "install it with: pip install 'gkformat[bulk]'"
        ) from error
    return pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")


_BUFFER = 2**20
_OPENERS: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"\x28\xb5\x2f\xfd": _zstd,
}
"""Compressed files by the bytes with which they begin, which no JSON text does."""
_LONGEST_MAGIC = max(map(len, _OPENERS))


# -- judging lines -------------------------------------------------------------------------------------


@frozen
class Line:
    """What came of one line: its number, from 1; its verdict, or that it is malformed; and what is wrong with it.

    `findings` are the broken and the undecided equations, and of a malformed line those that are broken among the
    cells that could be read. Advice is not given. `faults` and `omitted` are those of `Malformed`.
    """

    number: int
    verdict: Conclusion
    findings: Findings = NO_FINDINGS
    faults: tuple[Fault, ...] = ()
    omitted: int = 0


def check_lines(file: File, *, as_found: bool = False, processes: int = 1) -> Iterator[Line]:
    """Judge the reports in a file of JSON Lines, one after the other: an answer for each line that is not blank.

    Each line is judged as `check` judges what `loads` makes of it, with `as_found` or without; advice is not given.
    A line that is no report never keeps the others from being judged.

    With several `processes` the work is shared between them, and the answers still come in order. They end with the
    iterator. Start them from under `if __name__ == "__main__":`, as all of `multiprocessing` wants it. Raises like
    `read_lines`, and `ValueError` for less than one process.
    """
    if processes < 1:
        raise ValueError(f"processes = {processes}：至少一个进程 / there must be at least one process")
    if processes == 1:
        return _alone(file, as_found=as_found)
    return _in_order(_shared_out(file, as_found=as_found, processes=processes))


def judged(number: int, data: Data, cls: type[AnyReport] | None = None, *, as_found: bool = False) -> Line:
    """Judge one report, whatever it is."""
    try:
        if isinstance(data, bytes):
            _refuse_long(data)
        findings = check(loads(data, cls, as_found=as_found) if cls else loads(data, as_found=as_found))
    except Malformed as error:
        return Line(number, "malformed", Findings(error.findings), error.faults, error.omitted)
    except Inconsistent as error:
        findings = error.findings
    return Line(number, findings.verdict, Findings(finding for finding in findings if finding.severity != "advice"))


def _alone(file: File, *, as_found: bool) -> Iterator[Line]:
    with _opened(file) as stream:
        for number, line in enumerate(_lines(stream), 1):
            if _is_sound(line):
                yield Line(number, Verdict.CONSISTENT)
            elif not _is_blank(line):
                yield judged(number, _without_end(line), as_found=as_found)


def _is_sound(line: bytes) -> bool:
    return len(line) <= LONGEST and is_sound(line)


# -- several processes ---------------------------------------------------------------------------------


@frozen
class _Judged:
    """What a process hands back of its lines: how many there were, and by number those that are not simply sound.

    `None` stands for a blank one.
    """

    count: int
    others: Mapping[int, Line | None]


def _judge(lines: Iterable[bytes], as_found: bool) -> _Judged:  # noqa: FBT001 - given by position to a process
    count, others = 0, dict[int, Line | None]()
    for count, line in enumerate(lines, 1):
        if not _is_sound(line):
            others[count] = None if _is_blank(line) else judged(count, _without_end(line), as_found=as_found)
    return _Judged(count, others)


def _judge_range(path: str, start: int, end: int, as_found: bool) -> _Judged:  # noqa: FBT001
    """Judge the lines that begin in a range of the bytes of a plain file."""
    with _opened(path) as stream:
        if start:
            stream.seek(start - 1)
        lines = _lines(stream, end - stream.tell())
        if start:
            next(lines, None)  # the end of the line before
        return _judge(lines, as_found)


def _shared_out(file: File, *, as_found: bool, processes: int) -> Generator[_Judged]:
    """What the processes hand back, in order; each has at most one more block waiting."""
    is_sound(b"")  # compiled now, it need not be compiled by each process that is forked
    waiting = deque[Future[_Judged]]()
    with ProcessPoolExecutor(processes) as pool:
        try:
            for job in _jobs(file, as_found=as_found):
                waiting.append(pool.submit(*job))
                if len(waiting) == 2 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _jobs(file: File, *, as_found: bool) -> Iterator[tuple[Any, ...]]:
    """Calls for the processes: they read a plain file themselves; what comes from elsewhere is read here."""
    with _opened(file) as stream:
        if isinstance(file, str | PathLike) and isinstance(stream.raw, io.FileIO) and Path(file).is_file():
            size = Path(file).stat().st_size
            for start in range(0, size, _BLOCK):
                yield _judge_range, os.fspath(file), start, min(start + _BLOCK, size), as_found
        else:
            for block in _blocks(_lines(stream)):
                yield _judge, block, as_found


def _blocks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    block, size = list[bytes](), 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _in_order(parts: Generator[_Judged]) -> Iterator[Line]:
    before = 0
    with closing(parts):
        for part in parts:
            for number in range(1, part.count + 1):
                if number not in part.others:
                    yield Line(before + number, Verdict.CONSISTENT)
                elif line := part.others[number]:
                    yield evolve(line, number=before + number)
            before += part.count
