"""Write a file so that its name stands for the old content or for the new one, and never for a part of it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from os import PathLike, stat_result
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import IO


@contextmanager
def open_atomic(path: str | PathLike[str]) -> Iterator[IO[bytes]]:
    """Open a file for writing bytes, which get its name when the block ends; if it raises, the old file stays.

    They are written to a file without a name in the same folder, so that nothing is left behind if the program is
    killed, and that what cannot be written is known before any work. Links are followed; mode and owner of an old file
    are kept. A pipe, a device, and the streams of this program are written directly. Raises `OSError`.
    """
    file = Path(path)
    old = _status(file)
    if direct := _open_directly(file, old):
        with direct:
            yield direct
        return
    if old and not os.access(file, os.W_OK):  # to replace it would not need this
        raise PermissionError(EACCES, os.strerror(EACCES), str(file))
    from tempfile import TemporaryFile  # noqa: PLC0415 - slow to import, and rarely needed

    target = Path(os.path.realpath(file))
    try:
        unnamed = TemporaryFile(dir=target.parent)  # noqa: SIM115 - it is entered below
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None  # not a name that nobody gave
    with unnamed as whole:
        yield whole
        whole.seek(0)
        _replace(target, whole, old)


def _status(file: Path) -> stat_result | None:
    try:
        return file.stat()
    except FileNotFoundError:
        return None


def _open_directly(file: Path, old: stat_result | None) -> IO[bytes] | None:
    """Open what cannot be replaced, or must not be; return `None` for an ordinary file."""
    if old is None:
        return None
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # it has no number, or is closed
            if os.path.samestat(old, os.fstat(stream.fileno())):
                stream.flush()
                return os.fdopen(os.dup(stream.fileno()), "wb")
    is_open_already = file.absolute().as_posix().startswith(("/dev/fd/", "/proc/"))
    return None if S_ISREG(old.st_mode) and not is_open_already else file.open("wb")


def _replace(target: Path, whole: IO[bytes], old: stat_result | None) -> None:
    from shutil import copyfileobj  # noqa: PLC0415 - as above

    beside = target.with_name(f".gkformat-{os.urandom(8).hex()}")
    try:
        with beside.open("xb") as named:  # its mode is that of a new file
            if old:
                _keep_owner_and_mode(beside, old)
            copyfileobj(whole, named)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _keep_owner_and_mode(beside: Path, old: stat_result) -> None:
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # only root can give a file away
            os.chown(beside, old.st_uid, old.st_gid)
    beside.chmod(S_IMODE(old.st_mode))
