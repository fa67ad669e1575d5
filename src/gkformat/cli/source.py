"""Named data that a command reads: how it is read, and what is passed over."""

from collections.abc import Callable
from pathlib import Path, PurePath

from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import Trouble, why

LARGEST = 1 << 26
"""The most bytes that are read of one report: 64 MiB. A report has some ten thousand."""

_HIDDEN = (".", "~$", "__MACOSX")
"""How names begin of what systems and word processors lay beside the files of people."""

_TOO_LARGE = Words(f"超过 {LARGEST >> 20} MiB，不予读取", f"larger than {LARGEST >> 20} MiB, not read")


@frozen
class Source:
    """Named data that is read when it is asked for.

    `chosen` is data that was named by itself; what was only come upon, in a folder or an archive, may be no report.
    `lines` is the file, where it holds a report a line; `line` is where the data begins, if it is one of them.
    """

    name: str
    _data: Callable[[], bytes]
    chosen: bool = True
    lines: Path | None = None
    line: int = 1

    def read(self) -> bytes:
        """All bytes. Raises `Trouble`."""
        try:
            data = self._data()
        except OSError as error:
            raise Trouble(why(error)) from None
        if len(data) > LARGEST:
            raise Trouble(_TOO_LARGE)
        return data


def is_hidden(name: str) -> bool:
    """Whether a file or a folder, or one on the way to it, is none of those that people see."""
    return any(part.startswith(_HIDDEN) for part in PurePath(name).parts if part not in (".", ".."))
