"""Tests of starting a process that reads files, where that is not possible or not usual."""

import shutil
import subprocess
import sys
import threading
import zipapp
from pathlib import Path
from unittest.mock import Mock

import pytest

import gkformat
import papers
from gkformat import Unreadable
from gkformat.readers.cage import process
from gkformat.readers.cage.pool import Cage
from gkformat.readers.cage.process import FileLimits, Process
from pdf_layouts import Layout, printed
from pdf_pages import BUSY, load_report
from readings import report

PAGE = papers.as_html(papers.document(report())).encode()


@pytest.mark.parametrize(
    ("executable", "why"),
    [
        (None, "sys.executable is empty"),
        ("", "sys.executable is empty"),
        ("/no/such/python", "No such file"),
        ("/", "ermission denied"),
        ("/bin/true", "does not answer"),
        ("/bin/echo", "does not answer"),
        ("/bin/cat", "does not answer"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs programs of POSIX")
def test_program_that_is_no_interpreter_is_told(
    executable: str | None, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    _assert_unstartable(why)


def test_frozen_program_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    _assert_unstartable("frozen")


def test_interpreter_without_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if "python3" in entry and "-packages" not in entry])
    _assert_unstartable("No module named 'gkformat'")


def test_system_without_threads_or_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    def no_memory(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    _assert_unstartable("can't start new thread")
    monkeypatch.setattr(subprocess, "Popen", no_memory)
    _assert_unstartable("Cannot allocate memory")


def test_interpreter_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "input()")
    monkeypatch.setattr(process, "_START_SECONDS", 0.01)
    _assert_unstartable("does not answer")


def _assert_unstartable(why: str) -> None:
    """Check that the message says what is wrong, and blames no file for it."""
    cage = Cage()
    with pytest.raises(Unreadable, match=f"无法启动读取文件的进程(?s:.*)cannot be started: .*(?:{why})") as caught:
        cage.match(PAGE)
    assert "hostile" not in str(caught.value)
    assert "damaged" not in str(caught.value)
    cage.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")
def test_no_descriptor_left_is_told(tmp_path: Path) -> None:
    code = """
import resource, sys
from gkformat import Unreadable, read
import gkformat.readers.cage.pool, gkformat.readers.assemble
resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))
try:
    read(b"<p>")
except Unreadable as error:
    print(error)
"""
    done = _run([sys.executable, "-c", code], tmp_path)
    assert "cannot be started: [Errno 24]" in done.stdout


@pytest.mark.parametrize(
    "setting", [("PYTHONHASHSEED", "never"), ("PYTHONWARNINGS", "error"), ("PYTHONINSPECT", "1"), ("PYTHONHOME", "")]
)
def test_settings_of_python_do_not_matter(setting: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*setting)
    cage = Cage()
    assert cage.match(PAGE).sheet.kind == "html"
    cage.close()


def test_reading_works_without_limits_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fcntl", "resource"):
        (tmp_path / f"{name}.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    told = Mock()
    monkeypatch.setattr(process, "_tell_once", told)
    uncaged = Process(FileLimits())
    assert uncaged.answer(PAGE, None)
    uncaged.end()
    told.assert_called_once()


def test_reading_works_from_a_zipapp(tmp_path: Path) -> None:
    source = tmp_path / "app"
    source.mkdir()
    shutil.copytree(Path(gkformat.__file__).parent, source / "gkformat", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "__main__.py").write_text(
        "import sys, gkformat; print(gkformat.__file__, gkformat.read(sys.argv[1]).sheet.kind)"
    )
    zipapp.create_archive(source, tmp_path / "app.pyz")
    (tmp_path / "report.pdf").write_bytes(printed(load_report(BUSY), Layout()))
    done = _run([sys.executable, "app.pyz", "report.pdf"], tmp_path)
    assert done.stdout.endswith("app.pyz/gkformat/__init__.py pdf\n"), done.stderr


def test_script_needs_no_guard(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_bytes(PAGE)
    script = tmp_path / "script.py"
    script.write_text("import gkformat\nprint(gkformat.read('report.html').sheet.kind)\n")
    assert _run([sys.executable, "script.py"], tmp_path).stdout == "html\n"


def _run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


@pytest.mark.parametrize(
    ("states", "rounds"),
    [
        ([("R", 0), ("R", 0.2)], 1),
        ([("S", 0), ("S", 0)], 1),
        ([("S", 0), ("R", 0.01), ("R", 0.01), ("R", 0.02), ("R", 0.02), ("R", 0.03)], 3),
    ],
    ids=["slow", "waiting", "starved"],
)
def test_time_on_the_clock_is_longer_for_a_process_that_gets_no_processor(
    states: list[tuple[str, float]], rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = 0

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
            nonlocal waits
            waits += 1
            return False

    told = iter(states)
    monkeypatch.setattr(process, "_state", lambda _: next(told))
    made = process.Process(process.FileLimits())
    made._kill_late(0.2, Clock())
    made.end()
    assert (waits, made._is_late, next(told, None)) == (rounds, True, None)
