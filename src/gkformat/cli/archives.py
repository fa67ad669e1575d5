"""Reports in a .zip or a .tar, each read by itself and never unpacked."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from gkformat.base.words import Words
from gkformat.cli.errors import Trouble
from gkformat.cli.source import LARGEST, Source, is_hidden


def members(path: Path, opened: ExitStack) -> list[Source]:
    """The files in an archive that are not hidden, by its path and their own; an archive inside is not opened."""
    try:
        found = _zipped(path, opened) if path.suffix.lower() == ".zip" else _tarred(path, opened)
    except (*_BROKEN, OSError) as error:
        return [Source(path.as_posix(), _failing(error))]
    return found or [Source(path.as_posix(), _failing(None))]


def _zipped(path: Path, opened: ExitStack) -> list[Source]:
    archive = opened.enter_context(zipfile.ZipFile(path))

    def reader(info: zipfile.ZipInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            with archive.open(info) as member:
                return member.read(LARGEST + 1)

        return _guarded(read)

    return [
        Source(f"{path.as_posix()}/{_name(info)}", reader(info), chosen=False)
        for info in archive.infolist()
        if not (info.is_dir() or is_hidden(info.filename))
    ]


_UTF8 = 0x800


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Where it does not say that it is UTF-8, it is that all the same, or what Windows writes."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437")  # which is how Python had read it
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _tarred(path: Path, opened: ExitStack) -> list[Source]:
    archive = opened.enter_context(tarfile.open(path))  # noqa: SIM115 - the stack closes it

    def reader(info: tarfile.TarInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            member = archive.extractfile(info)
            return member.read(LARGEST + 1) if member else b""

        return _guarded(read)

    return [
        Source(f"{path.as_posix()}/{info.name}", reader(info), chosen=False)
        for info in archive
        if info.isfile() and not is_hidden(info.name)
    ]


_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
"""What the two libraries raise for an archive that is damaged, encrypted, or packed in a way that they do not know."""

_DAMAGED = Words("压缩包已损坏或有密码（{error}）", "the archive is damaged or encrypted ({error})")
_EMPTY = Words("压缩包里没有文件", "no file in the archive")


def _guarded(read: Callable[[], bytes]) -> Callable[[], bytes]:
    def guarded() -> bytes:
        try:
            return read()
        except _BROKEN as error:
            raise Trouble(_DAMAGED.format(error=error)) from None

    return guarded


def _failing(error: Exception | None) -> Callable[[], bytes]:
    def fail() -> bytes:
        if isinstance(error, OSError):
            raise error
        raise Trouble(_DAMAGED.format(error=error) if error else _EMPTY)

    return fail
