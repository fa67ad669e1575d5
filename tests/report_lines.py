"""Lines of JSON, sound and otherwise, and what is expected of each."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from gkformat import Inconsistent, Malformed, check, dumps, load, loads
from gkformat.base.findings import Findings
from gkformat.bulk import Line, processes
from support import CORPUS

PUBLISHED = [load(path, as_found=True) for path in sorted(CORPUS.glob("*.json"))]
SOUND = dumps(load(CORPUS / "huaian-2024.json")).encode()
UNDECLARED = (CORPUS / "hongze-2023.json").read_bytes().replace(b"\n", b"")
WITH_NULL = SOUND.replace(b'"natural_person":3001', b'"natural_person":null')
TEXTS = [
    SOUND,
    *(dumps(report).encode() for report in PUBLISHED),
    UNDECLARED,
    WITH_NULL,
    b"{",
    b"\xff",
    b"[]",
    b'{"a":1,"a":2}',
]


def zstd(data: bytes) -> bytes:
    """Compress with Zstandard."""
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def expected_line(number: int, text: bytes, *, as_found: bool) -> Line:
    """Return what `loads` and `check` say of a line."""
    try:
        report = loads(text, as_found=as_found)
    except Malformed as error:
        return Line(number, "malformed", Findings(error.findings), error.faults, error.omitted)
    except Inconsistent as error:
        return Line(number, error.findings.verdict, error.findings)
    found = [finding for finding in check(report) if finding.severity != "advice"]
    return Line(number, check(report).verdict, Findings(found))


COMPRESSED: dict[str, Callable[[bytes], bytes]] = {"jsonl": bytes, "gz": gzip.compress, "zst": zstd}


def lines_in_ranges(file: Path) -> Iterator[Line]:
    """Judge the ranges of a file as several processes would, but in this one."""
    return processes._in_order(
        processes._judge_block(*job) if call is processes._judge_block else call(*job)
        for call, *job in processes._jobs(file, as_found=False)
    )
