"""Sources: named data that a command reads lazily, with a limit of size."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import Any

from attrs import define, field

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
    `path` is the file in which it is: the file itself, or an archive. `jsonl_path` is the path of a file that holds one
    report per line. `first_line` is the line of the file in which the data begins, from 1.
    """

    name: str
    _data: Callable[[], bytes]
    explicit: bool = True
    path: Path | None = None
    jsonl_path: Path | None = None
    first_line: int = 1

    @property
    def archive(self) -> Path | None:
        """The archive in which the file is, if it is in one."""
        return self.path if self.path and self.name.startswith(f"{self.path.as_posix()}/") else None

    def read(self) -> bytes:
        """Return all bytes. Raises `CliError` if they cannot be read or are more than `LARGEST_FILE`."""
        try:
            data = self._data()
        except OSError as error:
            raise CliError(os_message(error)) from None
        if len(data) > LARGEST_FILE:
            raise CliError(_TOO_LARGE)
        return data


@define(eq=False)
class Shelf:
    """The archive that was read last. Only that one is open, for of thousands no system would keep all open."""

    _path: Path | None = None
    _archive: Any = None
    _opened: ExitStack = field(init=False, factory=ExitStack)

    def take(self, path: Path, open_archive: Callable[[Path, ExitStack], Any]) -> Any:
        """Return the archive in a file, opened unless it is open."""
        if path != self._path:
            self.close()
            self._archive = open_archive(path, self._opened)
            self._path = path
        return self._archive

    def close(self) -> None:
        """Close the archive that is open."""
        self._path = None
        self._opened.close()


def failing_source(name: str, words: Words, path: Path | None = None) -> Source:
    """Return a source that cannot be read for the reason that `words` give."""

    def fail() -> bytes:
        raise CliError(words)

    return Source(name, fail, path=path)


def is_hidden(name: str) -> bool:
    """Return whether a file is hidden, or is in a hidden folder."""
    return any(part.startswith(_HIDDEN_PREFIXES) for part in PurePath(name).parts if part not in (".", ".."))
