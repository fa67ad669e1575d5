"""Tests of output: encodings, colours, closed streams, full disks, and characters that command a terminal."""

import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command_line import BROKEN, SOUND, TOTAL, start_gkformat, write_json
from gkformat.cli.app import run
from gkformat.cli.formats import FILES, FORMATS
from gkformat.cli.output import colour_setting
from support import Payload, put


def test_output_takes_a_stream_without_a_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert run(["check", SOUND, "--lang", "zh"]) == 0
    assert "huaian-2024.json" in out.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are others there")
@pytest.mark.parametrize(
    "arguments",
    [["check", BROKEN], ["check", BROKEN, "--format", "json"], ["rules"], ["--help"], ["--version"], ["diff", "-h"]],
)
def test_closed_pipe_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start_gkformat(*arguments, stdout=writing) as process:
        os.close(writing)
        _, said = process.communicate()
    assert (process.returncode, said) == (128 + signal.SIGPIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["check", BROKEN], ["check", BROKEN, "--format", "sarif"], ["--help"]])
def test_full_disk_is_reported(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full, start_gkformat(*arguments, stdout=full) as process:
        _, said = process.communicate()
    assert process.returncode == 2
    assert said.startswith(b"Error: ")
    assert b"the disk is full" in said
    assert b"Traceback" not in said
    assert run(["check", BROKEN, "-o", "/dev/full"]) == 2


@pytest.mark.skipif(os.name != "posix", reason="redirections of the shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [(["check"], 2), (["check", SOUND], 0), (["check", BROKEN], 1)])
def test_closed_stream_changes_no_exit_code(arguments: list[str], code: int, closed: str) -> None:
    command = f"{shlex.join([sys.executable, '-m', 'gkformat', *arguments])} {closed}"
    assert subprocess.run(command, shell=True, capture_output=True, check=False).returncode == code  # noqa: S602 - the shell closes streams


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check"], 2), (["nonsense"], 2), (["diff", "x", "y"], 2), (["read", SOUND, "-o", "out"], 0)],
)
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_unwritable_standard_error_changes_no_exit_code(
    tmp_path: Path, arguments: list[str], code: int, locale: str
) -> None:
    environment = {**os.environ, "LC_ALL": locale}
    command = [sys.executable, "-m", "gkformat", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own module
            command, stdout=subprocess.DEVNULL, stderr=full, cwd=tmp_path, env=environment, check=False
        )
    assert done.returncode == code


@pytest.mark.parametrize(
    ("environment", "encoding", "shown"),
    [
        ({"PYTHONIOENCODING": "gbk", "LANG": "zh_CN", "LC_ALL": "zh_CN"}, "gbk", "各项之和为 11"),
        ({"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, "utf-8", "四、"),
        ({"LC_ALL": "C"}, "utf-8", "the parts add up to 11"),
    ],
)
def test_output_suits_the_encoding_of_the_terminal(
    tmp_path: Path, environment: dict[str, str], encoding: str, shown: str
) -> None:
    with start_gkformat(
        "check", BROKEN, stdout=subprocess.PIPE, env={**os.environ, **environment}, cwd=tmp_path
    ) as process:
        out, said = process.communicate()
    assert (process.returncode, said) == (1, b"")
    assert shown in out.decode(encoding)


def _stdout(monkeypatch: pytest.MonkeyPatch, stream: Any) -> Any:
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def test_output_takes_streams_of_any_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for output, encoding in (("text", "gbk"), ("json", "utf-8")):
        raw = io.BytesIO()
        _stdout(monkeypatch, io.TextIOWrapper(raw, encoding="gbk"))
        assert run(["check", BROKEN, "--format", output]) == 1
        assert "洪泽" in raw.getvalue().decode(encoding)
        stream = _stdout(monkeypatch, io.StringIO())
        assert run(["check", BROKEN, "--format", output]) == 1
        assert "洪泽" in stream.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", BROKEN, "--format", name] for name in FORMATS if name not in ("text", *FILES)),
        ["read", BROKEN],
        ["read", BROKEN, "--sheet"],
        ["diff", BROKEN, SOUND, "--format", "json"],
        ["diagnose", BROKEN, "--format", "json"],
        ["rules", "--format", "json"],
        ["schema"],
    ],
)
def test_what_programs_read_is_utf_8_on_a_gbk_console(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    raw = io.BytesIO()
    _stdout(monkeypatch, io.TextIOWrapper(raw, encoding="gbk"))
    assert run(arguments) < 2
    assert re.search("[一-鿿]", raw.getvalue().decode("utf-8"))


def test_data_in_a_file_leaves_a_gbk_console_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw, file = io.BytesIO(), tmp_path / "sum.json"
    _stdout(monkeypatch, io.TextIOWrapper(raw, encoding="gbk"))
    assert run(["consolidate", SOUND, "--agency", "某省", "--year", "2024", "-o", str(file)]) == 0
    assert raw.getvalue().decode("gbk").startswith("淮安市人民政府  ")
    assert "某省" in file.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are others there")
def test_closed_pipe_returns_the_code_of_sigpipe(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with _stdout(monkeypatch, os.fdopen(writing, "w", encoding="utf-8")):
        assert run(["check", BROKEN]) == 128 + signal.SIGPIPE


def test_failure_to_write_is_reported(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    for arguments in (["check", BROKEN], ["--help"]):
        _stdout(monkeypatch, Full())
        assert run(arguments) == 2
    assert capsys.readouterr().err.splitlines() == [
        "Error: cannot write the output: the disk is full",
        "Error: the disk is full",
    ]


def test_output_file_has_no_colours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = tmp_path / "out.txt"
    assert run(["check", BROKEN, "-o", str(out)]) == 1
    assert "\x1b" not in out.read_text(encoding="utf-8")


def test_colour_setting_follows_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert colour_setting() is False
    monkeypatch.setenv("TERM", "xterm")
    assert colour_setting() is None


def test_control_characters_of_reports_are_escaped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busy: Payload
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    busy["agency"] = "某\x1b[2J\x07\u202e\x1b[8m局"
    file = write_json(tmp_path, "bell.json", busy)
    for command in ("check", "show"):
        assert run([command, file]) == 0
        assert r"某\u001b[2J\u0007\u202e\u001b[8m局" in capsys.readouterr().out
    assert run(["check", file, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["agency"] == busy["agency"]
    assert run(["check", "\x1b[2J"]) == 2
    assert r"\u001b[2J" in capsys.readouterr().out


@pytest.mark.parametrize("output", ["text", "github"])
def test_line_breaks_of_reports_are_escaped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, busy: Payload, output: str
) -> None:
    busy["agency"] = "某局\n::error::spoof"
    put(busy, TOTAL, 7)
    file, accepted = write_json(tmp_path, "spoof.json", busy), str(tmp_path / "b.json")
    assert run(["check", file, "--write-baseline", accepted]) == 0
    put(busy, TOTAL, 8)
    assert run(["check", write_json(tmp_path, "spoof.json", busy), "--baseline", accepted, "--format", output]) == 1
    out = capsys.readouterr().out
    assert "expired" in out
    assert not any(line.startswith("::error::spoof") for line in out.splitlines())
