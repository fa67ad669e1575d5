"""Reports in .zip and .tar archives, each member read from the open archive and never unpacked to disk."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from gkformat.base.words import Words
from gkformat.cli.errors import CliError
from gkformat.cli.source import LARGEST_FILE, Source, is_hidden


def archive_sources(path: Path, opened: ExitStack) -> list[Source]:
    """Return a source for each visible file in an archive, named by both paths. Nested archives are not opened.

    The archive stays open until `opened` is closed. A broken or empty archive is one source that fails to read.
    """
    try:
        found = _zip_sources(path, opened) if path.suffix.lower() == ".zip" else _tar_sources(path, opened)
    except (*_ARCHIVE_ERRORS, OSError) as error:
        return [Source(path.as_posix(), _failing_reader(error))]
    return found or [Source(path.as_posix(), _failing_reader(None))]


def _zip_sources(path: Path, opened: ExitStack) -> list[Source]:
    archive = opened.enter_context(zipfile.ZipFile(path))

    def reader(info: zipfile.ZipInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            with archive.open(info) as member:
                return member.read(LARGEST_FILE + 1)

        return _guarded_reader(read)

    return [
        Source(f"{path.as_posix()}/{_member_name(info)}", reader(info), explicit=False)
        for info in archive.infolist()
        if not (info.is_dir() or is_hidden(info.filename))
    ]


_UTF8_FLAG = 0x800


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member. Without the UTF-8 flag it is UTF-8 all the same, or GB 18030 from Windows."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    raw = info.filename.encode("cp437")  # undo how zipfile decoded it
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _tar_sources(path: Path, opened: ExitStack) -> list[Source]:
    archive = opened.enter_context(tarfile.open(path))  # noqa: SIM115 - the stack closes it

    def reader(info: tarfile.TarInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            member = archive.extractfile(info)
            return member.read(LARGEST_FILE + 1) if member else b""

        return _guarded_reader(read)

    return [
        Source(f"{path.as_posix()}/{info.name}", reader(info), explicit=False)
        for info in archive
        if info.isfile() and not is_hidden(info.name)
    ]


_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
"""The exceptions of zipfile and tarfile for archives that are damaged, encrypted, or compressed by unknown methods."""

_DAMAGED = Words("压缩包已损坏或有密码（{error}）", "the archive is damaged or encrypted ({error})")
_EMPTY = Words("压缩包里没有文件", "no file in the archive")


def _guarded_reader(read: Callable[[], bytes]) -> Callable[[], bytes]:
    def guarded() -> bytes:
        try:
            return read()
        except _ARCHIVE_ERRORS as error:
            raise CliError(_DAMAGED.format(error=error)) from None

    return guarded


def _failing_reader(error: Exception | None) -> Callable[[], bytes]:
    def fail() -> bytes:
        if isinstance(error, OSError):
            raise error
        raise CliError(_DAMAGED.format(error=error) if error else _EMPTY)

    return fail
