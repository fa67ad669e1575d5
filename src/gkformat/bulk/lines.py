"""Read JSON Lines, one report per line, plain or compressed (.gz, .zst), with constant memory; judge a line.

Files are UTF-8, as JSON is. A byte order mark, blank lines, CRLF line ends and a last line without an end are accepted.
"""

import codecs
import io
from collections.abc import Iterator
from math import inf
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.errors import Fault, GkFormatError, Inconsistent, Malformed, Unreadable
from gkformat.base.findings import NO_FINDINGS, Findings, Verdict
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.bulk.compression import PathOrFile, open_stream
from gkformat.checks.check import check
from gkformat.codec import loads
from gkformat.codec.compiled import is_sound
from gkformat.codec.tree import Data
from gkformat.forms.editions import AnyReport

LineVerdict = Verdict | Literal["malformed"]
"""The verdict on the report in a line, or that the line is not a report."""

MAX_LINE_BYTES = 2**24
"""The length in bytes from which a line is cut off: a thousand times a long report. The rest takes no memory."""

MAX_BLANK_LINES = 100_000
"""By how many blank lines may outnumber the others: of 300 MB of them, a compressed file has 0.3."""

MAX_SKIPPED_BYTES = 2**28
"""The most bytes of blank lines, and of what is cut off."""


# -- reading lines -------------------------------------------------------------------------------------


def read_lines(file: PathOrFile) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, each with its number, from 1.

    Use it with `loads` to go on after a bad line. A line of more than 16 MiB is cut off there. Raises `OSError`, and
    `Unreadable` if compressed data is damaged or needs an extra that is not installed, or where there is too much to
    be skipped: 100,000 more blank lines than others, or 256 MiB of blank lines and of what is cut off.
    """
    with open_stream(file) as stream:
        for number, line in enumerate(raw_lines(stream), 1):
            if not is_blank(line):
                yield number, without_end(line)


def load_lines(file: PathOrFile, *, as_found: bool = False) -> Iterator[AnyReport]:
    """Yield the reports in a file of JSON Lines, read as a stream.

    Raises like `loads` at the first line that is not a report, with the number of the line as a note on the error, and
    like `read_lines`. To list everything that is wrong, use `check_lines`.
    """
    for number, data in read_lines(file):
        try:
            _refuse_long(data)
            report = loads(data, as_found=as_found)
        except GkFormatError as error:
            error.add_note(f"第 {number} 行 / line {number}")
            raise
        yield report


def raw_lines(stream: io.BufferedReader, limit: float = inf) -> Iterator[bytes]:
    """Yield the lines that begin within the next `limit` bytes, with their ends; the rest of a long line is skipped.

    Raises `Unreadable` where there is too much to be skipped.
    """
    read, most = stream.readline, MAX_LINE_BYTES + 1
    blank_lines = skipped = 0
    while limit > 0 and (line := read(most)):
        yield line
        limit -= len(line)
        if is_blank(line):
            blank_lines += 1
            skipped += len(line)
        else:
            blank_lines -= 1
        while len(line) == most and not line.endswith(b"\n") and limit > 0 and skipped <= MAX_SKIPPED_BYTES:
            line = read(most)
            limit -= len(line)
            skipped += len(line)
        if blank_lines > MAX_BLANK_LINES or skipped > MAX_SKIPPED_BYTES:
            raise Unreadable(_TOO_BLANK)


def without_end(line: bytes) -> bytes:
    """Return a line without its line end."""
    return line.rstrip(b"\r\n")


def is_blank(line: bytes) -> bool:
    """Return True if a line holds nothing but white space, or a byte order mark."""
    rest = line.removeprefix(codecs.BOM_UTF8)
    return len(line) <= MAX_LINE_BYTES and (rest.isspace() or not rest)


def _refuse_long(line: bytes) -> None:
    if len(line) > MAX_LINE_BYTES:
        expected = _TOO_LONG.format(most=MAX_LINE_BYTES)
        raise Malformed([Fault("not-json", Address(), found=expected.en, expected=expected)])


_TOO_BLANK = Words("空行或过长的行太多，其余未读", "too many blank or overlong lines; the rest was not read")
_TOO_LONG = Words("一行超过 {most} 字节", "a line of more than {most} bytes")


# -- judging a line ------------------------------------------------------------------------------------


@frozen
class Line:
    """The result for one line: its number, from 1, its verdict or `malformed`, and everything that is wrong with it.

    `findings` are the broken and the undecided equations; for a malformed line, those that are broken among the cells
    that could be read. Advice is not given. `faults` and `omitted` are those of `Malformed`.
    """

    number: int
    verdict: LineVerdict
    findings: Findings = NO_FINDINGS
    faults: tuple[Fault, ...] = ()
    omitted: int = 0


def judge_line(number: int, data: Data, cls: type[AnyReport] | None = None, *, as_found: bool = False) -> Line:
    """Judge one report as `check` judges the result of `loads`; a malformed one gives a `Line` too."""
    try:
        if isinstance(data, bytes):
            _refuse_long(data)
        findings = check(loads(data, cls, as_found=as_found) if cls else loads(data, as_found=as_found))
    except Malformed as error:
        return Line(number, "malformed", Findings(error.findings), error.faults, error.omitted)
    except Inconsistent as error:
        findings = error.findings
    return Line(number, findings.verdict, Findings(finding for finding in findings if finding.severity != "advice"))


def is_sound_line(line: bytes) -> bool:
    """Return True if the line is quickly known to be a report in which every equation holds."""
    return len(line) <= MAX_LINE_BYTES and is_sound(line)
