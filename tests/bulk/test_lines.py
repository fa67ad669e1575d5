"""Tests of JSON Lines: every line is judged by itself."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkformat import EDITIONS, GkFormatError, Inconsistent, Malformed, Unreadable, dumps, loads
from gkformat import strategies as gk
from gkformat.base.findings import Findings
from gkformat.bulk import check_lines, lines, load_lines, processes, read_lines
from report_lines import COMPRESSED, PUBLISHED, SOUND, TEXTS, UNDECLARED, WITH_NULL, expected_line, lines_in_ranges

FEWER = settings(max_examples=max(10, settings().max_examples // 3))
"""Fewer examples, for each is a whole file."""


@pytest.mark.parametrize("as_found", [False, True])
def test_lines_are_judged_as_by_check(as_found: bool) -> None:
    found = list(check_lines(io.BytesIO(b"\n".join(TEXTS)), as_found=as_found))
    assert found == [expected_line(number, text, as_found=as_found) for number, text in enumerate(TEXTS, 1)]
    assert {line.verdict for line in found} == {"consistent", "undecided", "inconsistent", "malformed"}
    assert (found[0].findings, found[0].faults, found[0].omitted) == (Findings(()), (), 0)


def test_as_found_must_be_asked_for() -> None:
    data = b"\n".join(TEXTS)
    assert list(check_lines(io.BytesIO(data))) == list(check_lines(io.BytesIO(data), as_found=False))
    assert lines.judge_line(1, UNDECLARED) == expected_line(1, UNDECLARED, as_found=False)
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
    assert found == [expected_line(number, text, as_found=as_found) for number, text in enumerate(data, 1)]


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


@pytest.mark.parametrize("stored", COMPRESSED)
@pytest.mark.parametrize("written", WRITTEN)
def test_lines_are_numbered_as_in_an_editor(tmp_path: Path, written: str, stored: str) -> None:
    text, numbers = WRITTEN[written]
    file = tmp_path / "reports"  # what a file is, is told from its bytes
    file.write_bytes(COMPRESSED[stored](text.replace(b"A", SOUND)))
    assert [(line.number, line.verdict) for line in check_lines(file)] == [(each, "consistent") for each in numbers]
    assert [number for number, _ in read_lines(str(file))] == numbers
    assert list(load_lines(file)) == [loads(SOUND)] * len(numbers)


def test_pipe_is_read_as_it_comes() -> None:
    out, into = os.pipe()
    with os.fdopen(out, "rb") as reading, os.fdopen(into, "wb", buffering=0) as writing:
        found = check_lines(reading)
        for number in (1, 2):
            writing.write(SOUND + b"\n")
            assert next(found).number == number


def test_long_line_is_a_fault_and_takes_no_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert lines.MAX_LINE_BYTES == 16 * 2**20
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", len(SOUND) + 1)
    monkeypatch.setattr(processes, "_BLOCK_BYTES", 1000)  # many ranges begin inside the long line
    file = tmp_path / "long.jsonl"
    file.write_bytes(b"\n".join([SOUND, b" " * 10**5 + SOUND, SOUND, SOUND + b" " * 10]))
    for found in (check_lines(file), lines_in_ranges(file)):
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


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    for read in (read_lines, load_lines, check_lines):
        with pytest.raises(FileNotFoundError):
            list(read(tmp_path / "none.jsonl"))


def test_load_lines_takes_reports_as_found() -> None:
    data = b"\n".join(dumps(report).encode() for report in PUBLISHED)
    assert list(load_lines(io.BytesIO(data))) == PUBLISHED
    assert [len(report.discrepancies) for report in load_lines(io.BytesIO(UNDECLARED), as_found=True)] == [2]


@pytest.mark.parametrize(("bad", "error"), [(UNDECLARED, Inconsistent), (b"{", Malformed)])
def test_load_lines_names_the_first_bad_line(bad: bytes, error: type[GkFormatError]) -> None:
    reports = load_lines(io.BytesIO(b"\n".join([SOUND, b"", bad, SOUND])))
    assert next(reports) == loads(SOUND)
    with pytest.raises(error) as raised:
        next(reports)
    assert raised.value.__notes__ == ["第 3 行 / line 3"]


SKIPPED = {
    "blank lines": b"\n" * 200_000,
    "byte order marks": b"\xef\xbb\xbf\r\n" * 200_000,
    "long blank lines": (b" " * 10**6 + b"\n") * 20,
    "one blank line": b" " * 4 * 10**7,
    "one long line": b"x" * 4 * 10**7,
}


@pytest.mark.parametrize("stored", COMPRESSED)
@pytest.mark.parametrize("skipped", SKIPPED)
def test_no_more_is_skipped_than_a_limit(
    skipped: str, stored: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lines, "MAX_SKIPPED_BYTES", 10**7)
    file = tmp_path / "reports.jsonl"
    file.write_bytes(COMPRESSED[stored](SOUND + b"\n" + SKIPPED[skipped] + b"\n" + SOUND))
    for read in (read_lines, check_lines):
        found = read(file)
        next(iter(found))
        with pytest.raises(Unreadable, match="too many blank or overlong lines"):
            list(found)


def test_as_many_blank_lines_as_others_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_BLANK_LINES", 3)
    data = (b"x\n\n" * 20) + b"\n" * 3
    assert len(list(read_lines(io.BytesIO(data)))) == 20
    with pytest.raises(Unreadable):
        list(read_lines(io.BytesIO(data + b"\n")))
