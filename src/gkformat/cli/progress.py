"""A progress bar on standard error."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

T = TypeVar("T")


def watched(items: Sequence[T], opened: ExitStack) -> Iterator[T]:
    """The same items, while a bar shows how many have been asked for; it goes when they are through."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = opened.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    yield from bar.track(items)
    bar.stop()


def read_along(path: Path, opened: ExitStack) -> IO[bytes]:
    """A file that is open for reading, while a bar shows, on a terminal, how much of it has been read."""
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = opened.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return opened.enter_context(bar.open(path, "rb"))
