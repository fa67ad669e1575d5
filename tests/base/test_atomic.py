"""Tests of writing files: whole or not at all, under the name and with the permissions that users expect."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkformat.base.atomic import open_atomic

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and pipes of POSIX")


def write(path: Path | str, data: bytes = b"new") -> None:
    with open_atomic(path) as whole:
        whole.write(data)


def write_and_interrupt(path: Path) -> None:
    with open_atomic(path) as whole:
        whole.write(b"broken off")
        raise KeyboardInterrupt


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """Write a file, and see that nothing but it is left."""
    file = tmp_path / "年报.json"
    file.write_bytes(b"old")
    yield file
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_file_has_its_old_content_until_all_is_written(old: Path) -> None:
    with open_atomic(old) as whole:
        whole.write(b"new" * 10**6)
        whole.flush()
        assert old.read_bytes() == b"old"
    assert old.read_bytes() == b"new" * 10**6
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(old)
    assert old.read_bytes() == b"new" * 10**6


def test_failure_to_copy_leaves_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", fail)
    with pytest.raises(OSError, match="No space"):
        write(old)
    assert old.read_bytes() == b"old"


def test_an_error_names_the_file_that_was_to_be_written(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "report.docx"
    with pytest.raises(FileNotFoundError) as caught:
        write(file)
    assert caught.value.filename == str(file)


@posix
def test_killed_program_leaves_the_old_file_and_no_other(old: Path) -> None:
    program = "import sys; from gkformat.base.atomic import open_atomic\nwith open_atomic(sys.argv[1]) as whole:\n    whole.write(b'x'); whole.flush(); print(flush=True); input()"
    command = [sys.executable, "-c", program, str(old)]
    for number in (signal.SIGTERM, signal.SIGKILL):
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own module
            assert process.stdout
            process.stdout.readline()
            process.send_signal(number)
        assert process.returncode == -number
        assert old.read_bytes() == b"old"


@posix
def test_new_file_has_the_mode_of_the_umask_and_an_old_one_its_own(old: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(old.with_name("new"))
        old.chmod(0o604)
        write(old)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(old.with_name("new").stat().st_mode) == 0o640
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


def test_read_only_file_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(PermissionError):
        write(old)
    assert old.read_bytes() == b"old"


@posix
def test_links_are_followed(old: Path) -> None:
    link, dangling, loop = (old.with_name(name) for name in ("link", "dangling", "loop"))
    link.symlink_to(old.name)
    dangling.symlink_to("made.json")
    loop.symlink_to("loop")
    write(link)
    write(dangling)
    assert (link.is_symlink(), old.read_bytes()) == (True, b"new")
    assert (dangling.is_symlink(), old.with_name("made.json").read_bytes()) == (True, b"new")
    with pytest.raises(OSError, match="symbolic links"):
        write(loop)


def test_what_cannot_be_written_is_known_before_the_work(old: Path) -> None:
    for path in (old.parent, old.with_name("none") / "file", old / "file", ""):
        with pytest.raises(OSError), open_atomic(path):  # noqa: PT011 - another one on each system
            pytest.fail("the block must not begin")


@posix
def test_pipe_is_written_directly() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as out:
        write(f"/dev/fd/{writing}")
        os.close(writing)
        assert out.read() == b"new"
    write(os.devnull)
    assert Path(os.devnull).is_char_device()


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "{out}"])
def test_own_output_is_written_where_it_stands(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"before\n")
    program = "import sys; from gkformat.base.atomic import open_atomic\nprint('one')\nwith open_atomic(sys.argv[1]) as whole:\n    whole.write(b'two\\n')\nprint('three')"
    with out.open("ab") as stream:
        command = [sys.executable, "-c", program, name.format(out=out)]
        subprocess.run(command, stdout=stream, check=True)  # noqa: S603 - our own module
    assert out.read_text(encoding="utf-8").splitlines() == ["before", "one", "two", "three"]
