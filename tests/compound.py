"""Compound files (OLE) with streams of any name, for tests."""

from collections.abc import Mapping
from struct import pack

_SECTOR = 512
_LEAST = 4096
"""Shorter streams would stand among the small ones, which this does not write."""

_NONE, _LAST, _ALLOCATION = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FOLDER, _STREAM, _ROOT = 1, 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with streams, which may stand in a folder of their own: `folder/name`."""
    top = [path.partition("/")[0] for path in streams]
    allocation, contents = [_ALLOCATION], b""
    entries = [_entry("Root Entry", _ROOT, child=1)] + [b""] * len(top)
    for at, (path, data) in enumerate(streams.items(), start=1):
        content = data.ljust(_LEAST, b"\0")
        content += bytes(-len(content) % _SECTOR)
        begin, count = len(allocation), len(content) // _SECTOR
        allocation += [*range(begin + 1, begin + count), _LAST]
        contents += content
        following = at + 1 if at < len(top) else _NONE
        if "/" in path:
            entries[at] = _entry(top[at - 1], _FOLDER, following, child=len(entries))
            entries.append(_entry(path.partition("/")[2], _STREAM, begin=begin, size=len(content)))
        else:
            entries[at] = _entry(path, _STREAM, following, begin=begin, size=len(content))
    entries += [bytes(128)] * (-len(entries) % 4)
    directory, sectors = len(allocation), len(entries) // 4
    allocation += [*range(directory + 1, directory + sectors), _LAST]
    allocation += [_NONE] * (_SECTOR // 4 - len(allocation))
    header = pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    header += pack("<10L", 0, 1, directory, 0, _LEAST, _LAST, 0, _LAST, 0, 0) + b"\xff" * (4 * 108)
    return header + pack("<128L", *allocation) + contents + b"".join(entries)


def _entry(
    name: str, kind: int, following: int = _NONE, *, child: int = _NONE, begin: int = _LAST, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return pack("<64sHBB3L16sL16sLQ", encoded, len(encoded), kind, 1, _NONE, following, child, b"", 0, b"", begin, size)
