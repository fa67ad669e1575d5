"""Reports in .zip and .tar archives, each member read from the archive and never unpacked to disk."""

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from math import inf
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from attrs import define

from gkformat.base.errors import cut_short
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import CliError, os_message
from gkformat.cli.source import LARGEST_FILE, Shelf, Source, failing_source, is_hidden


def archive_sources(path: Path, shelf: Shelf) -> list[Source]:
    """Return a source for each visible file in an archive, named by both paths. Nested archives are not opened.

    Where the archive is damaged, or goes beyond a limit, a source that fails to read follows and says so.
    """
    found: list[Source] = []
    names: Counter[str] = Counter()
    failure: Words | None = None
    try:
        with _guarded():
            for name, read in _members(path, shelf):
                if not is_hidden(name):
                    inner = PurePosixPath(path.as_posix(), *_steps_inside(name))
                    names[inner.as_posix()] += 1
                    if (number := names[inner.as_posix()]) > 1:
                        inner = inner.with_stem(f"{inner.stem}#{number}")
                    found.append(Source(inner.as_posix(), read, explicit=False, path=path))
    except CliError as error:
        failure = _CUT.format(count=len(found), words=error.words) if found else error.words
    if failure or not found:
        found.append(failing_source(path.as_posix(), failure or _EMPTY, path))
    return found


def _steps_inside(name: str) -> list[str]:
    """Return the path of a member without the steps that would lead out of the archive."""
    return [step for step in PurePosixPath(name).parts if step not in ("/", "//", "..")]


_Member = tuple[str, Callable[[], bytes]]
"""The name of a file in an archive, and how to read it."""


def _members(path: Path, shelf: Shelf) -> Iterator[_Member]:
    size = path.stat().st_size
    limits = _Limits(max(_MEMBERS, size // _BYTES_OF_A_MEMBER), max(_UNPACKED, size * _RATIO))
    kind = _ZIP if path.suffix.lower() == ".zip" else _TAR

    def read(info: Any) -> bytes:
        with _guarded():
            return kind.read(shelf.take(path, partial(kind.open, limits)), info)

    for name, info in kind.members(limits, shelf.take(path, partial(kind.open, limits))):
        yield name, partial(read, info)


# -- limits and damage ---------------------------------------------------------------------------------

_MEMBERS = 20_000
_BYTES_OF_A_MEMBER = 512
_UNPACKED = 1 << 28
_RATIO = 16
"""An archive may have 20,000 members, or one for each 512 bytes of it, and unpack to 256 MiB, or to 16 times its size.

What is passed over counts too, because in a compressed archive it has to be unpacked all the same.
"""
_HEADER = 2560
"""The most bytes that the headers of a member take on average: a block, a long name, and what else is known of it."""


@frozen
class _Limits:
    members: int
    size: int

    def check(self, members: int, size: int) -> None:
        """Raise `CliError` for more members, or for more bytes when unpacked."""
        if members > self.members:
            raise CliError(_MANY.format(most=self.members))
        if size > self.size:
            raise CliError(_LARGE.format(most=self.size >> 20))


_EMPTY = Words("压缩包里没有文件", "no file in the archive")
_CUT = Words("只读了前 {count} 个文件，其余未读：{words}", "only its first {count} file(s) were read: {words}")
_MANY = Words("压缩包里超过 {most} 项，请解压后再读", "the archive has more than {most} entries; unpack it first")
_LARGE = Words(
    "压缩包解压后超过 {most} MiB，请解压后再读", "the archive unpacks to more than {most} MiB; unpack it first"
)
_DAMAGED = Words("压缩包已损坏（{error}）", "the archive is damaged ({error})")
_ENCRYPTED = Words("文件已加密，请先解除密码", "the file is encrypted; remove its password first")
_METHOD = Words(
    "压缩方法不常用，不能读取；请用常用的方法重新打包", "packed by an unusual method; pack it again by a usual one"
)


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever zipfile, tarfile and the decompressors raise for hostile data into `CliError`."""
    try:
        yield
    except CliError:
        raise
    except Exception as error:  # noqa: BLE001 - there is no list of them
        if isinstance(error, OSError) and error.errno:
            raise CliError(os_message(error)) from None
        raise CliError(_DAMAGED.format(error=cut_short(str(error) or type(error).__name__))) from None


@frozen
class _Kind:
    """How archives of a kind are opened, and how their members are listed and read."""

    open: Callable[["_Limits", Path, ExitStack], Any]
    members: Callable[["_Limits", Any], Iterator[tuple[str, Any]]]
    read: Callable[[Any, Any], bytes]


# -- zip -----------------------------------------------------------------------------------------------


class _BoundedFile(io.FileIO):
    """An archive that is being opened: no more than `most` bytes of it can be read at once.

    `entries` are counted as the directory is read, which `is_mended` if it is to be.
    """

    most: float = inf
    is_mended: bool = False
    entries: int = 0

    def read(self, size: int | None = -1) -> bytes:
        """Read like any file. Raises `BadZipFile` for too many bytes."""
        if size is not None and size > self.most:
            raise zipfile.BadZipFile("impossible size of the directory")
        data = super().read(size) or b""
        if self.most == inf or not data.startswith(_ENTRY):
            return data
        self.entries = data.count(_ENTRY)
        return _mended(data) if self.is_mended else data


_ENTRY = b"PK\1\2"
"""The first bytes of the entry of a member in the directory."""

_ENTRY_BYTES = 256
"""The most bytes that an entry takes on average."""


def _open_zip(limits: _Limits, path: Path, opened: ExitStack) -> zipfile.ZipFile:
    file = opened.enter_context(_BoundedFile(path))
    file.most = limits.members * _ENTRY_BYTES  # zipfile reads the directory at once, and all of it is in memory
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        file.is_mended = True
        archive = zipfile.ZipFile(file)
    file.most = inf
    return opened.enter_context(archive)


_VERSION, _FLAGS, _LENGTHS, _NAME = 6, 8, 28, 46
"""Where in an entry these are."""


def _mended(directory: bytes) -> bytes:
    """Return a directory of which zipfile can take each entry: one that it cannot would lose it all the others.

    Taken away are a version that it does not know, the claim that a name is UTF-8 where it is not, and what is extra.
    """
    made = bytearray(directory)
    at = 0
    while made.startswith(_ENTRY, at) and len(made) >= at + _NAME:
        name, extra, comment = struct.unpack_from("<3H", made, at + _LENGTHS)
        begun = at + _NAME + name
        made[at + _VERSION] = 0
        if not _is_utf8(made[at + _NAME : begun]):
            made[at + _FLAGS + 1] &= ~(_UTF8_FLAG >> 8)
        made[begun : begun + extra] = bytes(len(made[begun : begun + extra]))
        at = begun + extra + comment
    return bytes(made)


def _is_utf8(name: bytearray) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _zip_members(limits: _Limits, archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    unpacked = 0
    for count, info in enumerate(archive.infolist(), 1):
        unpacked += min(info.file_size, LARGEST_FILE)  # it may be a lie, but no more than that is ever unpacked
        limits.check(count, unpacked)
        if not info.is_dir():
            yield _zip_name(info), info
    if len(archive.infolist()) < cast("_BoundedFile", archive.fp).entries:  # one says that the others belong to it
        raise zipfile.BadZipFile("impossible size of an entry in the directory")


_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member, with `/` between its folders, where programs for Windows may write a backslash."""
    return _decoded_name(info).replace("\\", "/")


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """Decode a name. Without the UTF-8 flag it is UTF-8 all the same, or GB 18030 from Windows."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    raw = info.filename.encode("cp437")  # undo how zipfile decoded it
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The usual methods. What is packed by others, zipfile unpacks to more at once than memory may hold."""


def _read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise CliError(_ENCRYPTED)
    if info.compress_type not in _METHODS:
        raise CliError(_METHOD)
    with archive.open(info) as member:
        return member.read(LARGEST_FILE + 1)


_ZIP = _Kind(_open_zip, _zip_members, _read_zip)


# -- tar -----------------------------------------------------------------------------------------------

_DECOMPRESSORS: Mapping[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
"""By the bytes with which a compressed file begins."""
_LONGEST_MAGIC = max(map(len, _DECOMPRESSORS))


_LONGEST_HEADER = 16 * tarfile.BLOCKSIZE
_ITEMS = 20
"""How many items the headers of a member have on average: a name, a time, and what else there is."""
_ITEM_ENDS = b"=,\n"
_MOST_PROPERTIES = 32
_DIGITS = re.compile(rb"[0-9]{100}")


@define(eq=False)
class _BoundedStream:
    """The unpacked bytes of an archive, within limits. A header may state any size, or one below 0.

    `headers` and `items` are the bytes and items of headers that tarfile may still take apart, one by one and by
    patterns that take quadratic time; of members there is no such limit.
    """

    _stream: Any
    _limits: _Limits
    headers: float
    items: float
    is_in_headers: bool = True

    def read(self, size: int) -> bytes:
        if size < 0 or (self.is_in_headers and size > _LONGEST_HEADER):
            raise tarfile.ReadError("impossible size of a header")
        self._limits.check(0, self._stream.tell() + size)
        data = cast("bytes", self._stream.read(size))
        if self.is_in_headers:
            self._check_header(data)
        return data

    def _check_header(self, data: bytes) -> None:
        self.headers -= len(data)
        self.items -= sum(map(data.count, _ITEM_ENDS))
        if min(self.headers, self.items) < 0 or _DIGITS.search(data):
            raise tarfile.ReadError("impossible contents of headers")

    def seek(self, position: int) -> None:
        self._limits.check(0, position)
        self._stream.seek(position)

    def tell(self) -> int:
        return cast("int", self._stream.tell())


def _open_tar(limits: _Limits, path: Path, opened: ExitStack) -> tarfile.TarFile:
    file = opened.enter_context(path.open("rb"))
    start = file.read(_LONGEST_MAGIC)
    file.seek(0)
    decompressor = next((_DECOMPRESSORS[magic] for magic in _DECOMPRESSORS if start.startswith(magic)), None)
    stream = opened.enter_context(decompressor(file)) if decompressor else file
    bounded = _BoundedStream(stream, limits, limits.members * _HEADER, limits.members * _ITEMS)
    return opened.enter_context(tarfile.open(fileobj=cast("IO[bytes]", bounded), mode="r:"))


def _tar_members(limits: _Limits, archive: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    unpacked, before = 0, -1
    for count, info in enumerate(archive, 1):
        if info.size < 0 or info.offset <= before:  # tarfile would go round and round
            raise tarfile.ReadError("impossible size of a member")
        if len(info.pax_headers) > _MOST_PROPERTIES:  # each member has those of all members, too
            raise tarfile.ReadError("a member has too many properties")
        before = info.offset
        unpacked += info.size if info.isfile() else 0
        limits.check(count, unpacked)
        if info.isfile():
            yield info.name, info
    if any(_block_at(archive, archive.offset)):  # tarfile takes whatever is no header for the end
        raise tarfile.ReadError("something that is no header follows")


def _block_at(archive: tarfile.TarFile, offset: int) -> bytes:
    stream = cast("_BoundedStream", archive.fileobj)
    stream.seek(offset)
    return stream.read(tarfile.BLOCKSIZE)


def _read_tar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    if info.issparse():  # it may have any number of parts, in any order
        raise CliError(_METHOD)
    cast("_BoundedStream", archive.fileobj).is_in_headers = False
    member = archive.extractfile(info)
    return member.read(LARGEST_FILE + 1) if member else b""


_TAR = _Kind(_open_tar, _tar_members, _read_tar)
