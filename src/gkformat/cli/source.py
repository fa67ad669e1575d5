"""Sources: named data that a command reads lazily, with a limit of size."""

from collections.abc import Callable
from pathlib import Path, PurePath

from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import CliError, os_message

LARGEST_FILE = 1 << 26
"""The maximum size in bytes of one report: 64 MiB. A typical report has some ten thousand bytes."""

_HIDDEN_PREFIXES = (".", "~$", "__MACOSX")
"""The prefixes of files that operating systems and word processors create beside those of their users."""

_TOO_LARGE = Words(f"超过 {LARGEST_FILE >> 20} MiB，不予读取", f"larger than {LARGEST_FILE >> 20} MiB, not read")


@frozen
class Source:
    """Named data that is read on demand.

    `explicit` is true if the user named it; a file that was found in a folder or an archive need not be a report.
    `jsonl_path` is the path of a file that holds one report per line. `first_line` is the line of the file in which
    the data begins, from 1.
    """

    name: str
    _data: Callable[[], bytes]
    explicit: bool = True
    jsonl_path: Path | None = None
    first_line: int = 1

    def read(self) -> bytes:
        """Return all bytes. Raises `CliError` if they cannot be read or are more than `LARGEST_FILE`."""
        try:
            data = self._data()
        except OSError as error:
            raise CliError(os_message(error)) from None
        if len(data) > LARGEST_FILE:
            raise CliError(_TOO_LARGE)
        return data


def is_hidden(name: str) -> bool:
    """Return whether a file is hidden, or is in a hidden folder."""
    return any(part.startswith(_HIDDEN_PREFIXES) for part in PurePath(name).parts if part not in (".", ".."))
