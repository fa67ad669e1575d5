"""JSON Lines: every line is judged by itself, whatever the others are, however the file is stored and shared out."""

import gzip
import io
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import EDITIONS, GkFormatError, Inconsistent, Malformed, Unreadable, check, dumps, load, loads
from gkformat import strategies as gk
from gkformat.base.findings import Findings
from gkformat.bulk import Line, check_lines, lines, load_lines, processes, read_lines
from support import CORPUS

REAL = [load(path, as_found=True) for path in sorted(CORPUS.glob("*.json"))]
SOUND = dumps(load(CORPUS / "huaian-2024.json")).encode()
UNDECLARED = (CORPUS / "hongze-2023.json").read_bytes().replace(b"\n", b"")
WITH_NULL = SOUND.replace(b'"natural_person":3001', b'"natural_person":null')
TEXTS = [
    SOUND,
    *(dumps(report).encode() for report in REAL),
    UNDECLARED,
    WITH_NULL,
    b"{",
    b"\xff",
    b"[]",
    b'{"a":1,"a":2}',
]

FEWER = settings(max_examples=max(10, settings().max_examples // 3))
"""An example is a whole file here."""


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def expected(number: int, text: bytes, *, as_found: bool) -> Line:
    """What `loads` and `check` say of a line."""
    try:
        report = loads(text, as_found=as_found)
    except Malformed as error:
        return Line(number, "malformed", Findings(error.findings), error.faults, error.omitted)
    except Inconsistent as error:
        return Line(number, error.findings.verdict, error.findings)
    found = [finding for finding in check(report) if finding.severity != "advice"]
    return Line(number, check(report).verdict, Findings(found))


# -- what is said --------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_found", [False, True])
def test_each_line_is_judged_as_by_check(as_found: bool) -> None:
    found = list(check_lines(io.BytesIO(b"\n".join(TEXTS)), as_found=as_found))
    assert found == [expected(number, text, as_found=as_found) for number, text in enumerate(TEXTS, 1)]
    assert {line.verdict for line in found} == {"consistent", "undecided", "inconsistent", "malformed"}
    assert (found[0].findings, found[0].faults, found[0].omitted) == (Findings(()), (), 0)


def test_nothing_is_taken_as_found_that_is_not_said_to_be() -> None:
    data = b"\n".join(TEXTS)
    assert list(check_lines(io.BytesIO(data))) == list(check_lines(io.BytesIO(data), as_found=False))
    assert lines.judge_line(1, UNDECLARED) == expected(1, UNDECLARED, as_found=False)
    with pytest.raises(Malformed):
        list(load_lines(io.BytesIO(WITH_NULL)))


@FEWER
@given(
    st.sampled_from([*EDITIONS]).flatmap(
        lambda edition: st.lists(
            gk.payloads(edition=edition).map(lambda made: dumps(made.data))
            | gk.broken(edition=edition).map(lambda made: dumps(made.report))
            | gk.sheets(edition=edition).map(lambda made: dumps(made.report)),
            max_size=3,
        )
    ),
    st.booleans(),
)
def test_generated_lines_are_judged_as_by_check(texts: list[str], as_found: bool) -> None:
    data = [text.encode() for text in texts]
    found = list(check_lines(io.BytesIO(b"\n".join(data)), as_found=as_found))
    assert found == [expected(number, text, as_found=as_found) for number, text in enumerate(data, 1)]


# -- how lines may be written --------------------------------------------------------------------------


WRITTEN = {
    "plain": (b"A\nA\n", [1, 2]),
    "no last end": (b"A\nA", [1, 2]),
    "CRLF": (b"A\r\nA\r\n", [1, 2]),
    "blank lines": (b"\n \r\nA\n\n\t\nA\n\n", [3, 6]),
    "byte order mark": (b"\xef\xbb\xbfA\nA\n", [1, 2]),
    "marks of joined files": (b"\xef\xbb\xbfA\n\xef\xbb\xbfA\n\xef\xbb\xbf\n", [1, 2]),
    "only a mark": (b"\xef\xbb\xbf", []),
    "nothing": (b"", []),
}
STORED: dict[str, Callable[[bytes], bytes]] = {"jsonl": bytes, "gz": gzip.compress, "zst": zstd}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("written", WRITTEN)
def test_lines_are_numbered_as_in_an_editor(tmp_path: Path, written: str, stored: str) -> None:
    text, numbers = WRITTEN[written]
    file = tmp_path / "reports"  # what a file is, is told from its bytes
    file.write_bytes(STORED[stored](text.replace(b"A", SOUND)))
    assert [(line.number, line.verdict) for line in check_lines(file)] == [(each, "consistent") for each in numbers]
    assert [number for number, _ in read_lines(str(file))] == numbers
    assert list(load_lines(file)) == [loads(SOUND)] * len(numbers)


def test_an_open_file_is_read_from_where_it_is_and_left_open() -> None:
    for store in STORED.values():
        file = io.BytesIO(b"header\n" + store(SOUND + b"\n" + SOUND))
        file.readline()
        assert [line.number for line in check_lines(file)] == [1, 2]
        assert not file.closed
        file.seek(7)
        half_read = check_lines(file)
        next(half_read)
        del half_read
        assert not file.closed


def test_a_pipe_is_read_as_it_comes() -> None:
    out, into = os.pipe()
    with os.fdopen(out, "rb") as reading, os.fdopen(into, "wb", buffering=0) as writing:
        found = check_lines(reading)
        for number in (1, 2):
            writing.write(SOUND + b"\n")
            assert next(found).number == number


def test_a_long_line_is_a_fault_and_costs_no_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert lines.MAX_LINE_BYTES == 16 * 2**20
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", len(SOUND) + 1)
    monkeypatch.setattr(processes, "_BLOCK_BYTES", 1000)  # many ranges begin inside the long line
    file = tmp_path / "long.jsonl"
    file.write_bytes(b"\n".join([SOUND, b" " * 10**5 + SOUND, SOUND, SOUND + b" " * 10]))
    for found in (check_lines(file), in_ranges(file)):
        by_number = {line.number: line for line in found}
        assert [by_number[number].verdict for number in (1, 2, 3, 4)] == ["consistent", "malformed"] * 2
        assert len(by_number) == 4
        assert [fault.rule for fault in by_number[2].faults] == ["not-json"]
        assert f"a line of more than {len(SOUND) + 1} bytes" in by_number[2].faults[0].message("en")
        assert f"一行超过 {len(SOUND) + 1} 字节" in by_number[2].faults[0].message("zh")
    with pytest.raises(Malformed, match="a line of more than"):
        list(load_lines(file))
    assert max(len(data) for _, data in read_lines(file)) == len(SOUND) + 2
    file.write_bytes(SOUND + b" \n" + b" " * (len(SOUND) + 1))  # as long as may be
    assert [line.verdict for line in check_lines(file)] == ["consistent"]
    assert len(list(load_lines(file))) == 1


@pytest.mark.parametrize("store", [gzip.compress, zstd], ids=["gz", "zst"])
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:40] + bytes(8) + data[48:]])
def test_damaged_data_is_unreadable(store: Callable[[bytes], bytes], damage: Callable[[bytes], bytes]) -> None:
    damaged = damage(store(b"\n".join(TEXTS)))
    with pytest.raises(Unreadable, match="damaged or cut off"):
        list(check_lines(io.BytesIO(damaged)))


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    for read in (read_lines, load_lines, check_lines):
        with pytest.raises(FileNotFoundError):
            list(read(tmp_path / "none.jsonl"))


def test_zst_without_the_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Unreadable, match=r"pip install 'gkformat\[bulk\]'"):
        list(check_lines(io.BytesIO(zstd(SOUND))))


def test_lines_need_no_extra() -> None:
    code = "import sys, gkformat.bulk; print(sorted({'pyarrow', 'numpy'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


# -- reports -------------------------------------------------------------------------------------------


def test_reports_are_loaded_as_found() -> None:
    data = b"\n".join(dumps(report).encode() for report in REAL)
    assert list(load_lines(io.BytesIO(data))) == REAL
    assert [len(report.discrepancies) for report in load_lines(io.BytesIO(UNDECLARED), as_found=True)] == [2]


@pytest.mark.parametrize(("bad", "error"), [(UNDECLARED, Inconsistent), (b"{", Malformed)])
def test_the_first_bad_line_is_named(bad: bytes, error: type[GkFormatError]) -> None:
    reports = load_lines(io.BytesIO(b"\n".join([SOUND, b"", bad, SOUND])))
    assert next(reports) == loads(SOUND)
    with pytest.raises(error) as raised:
        next(reports)
    assert raised.value.__notes__ == ["第 3 行 / line 3"]


# -- several processes ---------------------------------------------------------------------------------


def in_ranges(file: Path) -> Iterator[Line]:
    """What processes would hand back of the ranges of a file, put together here."""
    return processes._in_order(
        processes._judge_block(*job) if call is processes._judge_block else call(*job)
        for call, *job in processes._jobs(file, as_found=False)
    )


@pytest.mark.parametrize("size", [1, 2, 1000, len(SOUND), len(SOUND) + 1, 10**6])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_ranges_meet_every_line_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int, end: bytes) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_bytes(
        b"\xef\xbb\xbf" + end.join([b"{", b"", SOUND, b"{}", b"", SOUND] if size > 2 else [b"{", b"", b"1"])
    )
    monkeypatch.setattr(processes, "_BLOCK_BYTES", size)
    assert list(in_ranges(file)) == list(check_lines(file))


def test_blocks_of_a_stream_meet_every_line_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl.gz"
    file.write_bytes(gzip.compress((SOUND + b"\n") * 4))
    blocks = {1: [1, 1, 1, 1], 2 * len(SOUND) + 2: [2, 2], 3 * len(SOUND): [3, 1], 10**6: [4]}
    for size, counts in blocks.items():
        monkeypatch.setattr(processes, "_BLOCK_BYTES", size)
        assert [len(block) for _, block, _ in processes._jobs(file, as_found=False)] == counts
        assert list(in_ranges(file)) == list(check_lines(file))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("stored", STORED)
def test_processes_give_the_same_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stored: str
) -> None:
    monkeypatch.setattr(processes, "_BLOCK_BYTES", 10**5)
    file = tmp_path / "reports"
    file.write_bytes(STORED[stored](b"\n".join(TEXTS * 3)))
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
def test_each_process_has_at_most_one_more_block_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_options_are_given_by_name() -> None:
    readers: list[Callable[..., Any]] = [load_lines, check_lines]
    for read in readers:
        with pytest.raises(TypeError):
            read(io.BytesIO(), True)  # noqa: FBT003


def test_there_must_be_a_process() -> None:
    with pytest.raises(ValueError, match="at least one process"):
        check_lines(io.BytesIO(), processes=0)
