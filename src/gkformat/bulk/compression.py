"""Open a file for reading bytes, decompressed if it begins like a .gz or .zst file."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from typing import IO, Any, cast

from gkformat.base.arguments import PATH, ArgumentKind, demand
from gkformat.base.errors import Unreadable
from gkformat.base.words import Words

PathOrFile = str | PathLike[str] | IO[bytes]
"""A path, or a file that is open for reading bytes."""

_BUFFER = 2**20
"""The size of the read buffers, in bytes."""


_PATH_OR_FILE = ArgumentKind(
    lambda file: PATH.fits(file) or hasattr(file, "readable"),
    Words("文件的路径，或以字节方式打开的文件", "the path of a file, or a file that is open for bytes"),
)


@contextmanager
def open_stream(file: PathOrFile) -> Iterator[io.BufferedReader]:
    """Open a path or an open file for reading, and decompress it if it begins like a compressed file.

    A file that the caller opened is left open. Raises `OSError`, and `Unreadable` if compressed data is damaged or
    needs an extra that is not installed.
    """
    demand(_PATH_OR_FILE, file=file)
    if isinstance(file, str | PathLike):
        with open(file, "rb", buffering=_BUFFER) as ours, open_stream(ours) as stream:  # noqa: PTH123
            yield stream
        return
    stream = file if isinstance(file, io.BufferedReader) else _Borrowed(cast("io.RawIOBase", file))
    start = stream.peek(_LONGEST_MAGIC)
    opener = next((_OPENERS[magic] for magic in _OPENERS if start.startswith(magic)), None)
    if not opener:
        yield stream
        return
    try:
        yield io.BufferedReader(opener(_Borrowed(stream)), _BUFFER)
    except (EOFError, OSError, zlib.error) as error:
        raise Unreadable(_DAMAGED.format(error=error)) from error


_DAMAGED = Words("压缩数据已损坏或不完整（{error}）", "the compressed data is damaged or cut off: {error}")


class _Borrowed(io.BufferedReader):
    """A buffer over a file that the caller opened and will close."""

    def close(self) -> None:
        """Leave the file open."""


def _zstd(stream: io.BufferedReader) -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415 - only these files need it
    except ImportError as error:
        raise Unreadable(
            Words(
                "读取 .zst 文件需要额外的依赖，请运行 pip install 'gkformat[bulk]'",
                ".zst files need an extra, install it with: pip install 'gkformat[bulk]'",
            )
        ) from error
    return pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")


_OPENERS: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"\x28\xb5\x2f\xfd": _zstd,
}
"""Decompressors by the bytes with which compressed files begin; no JSON text begins with these."""
_LONGEST_MAGIC = max(map(len, _OPENERS))
