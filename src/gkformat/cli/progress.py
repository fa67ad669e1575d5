"""Progress bars on standard error."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

T = TypeVar("T")


def track(items: Sequence[T], opened: ExitStack) -> Iterator[T]:
    """Yield the items and show how many have been taken. The bar disappears at the end."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = opened.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    yield from bar.track(items)
    bar.stop()


def open_with_progress(path: Path, opened: ExitStack) -> IO[bytes]:
    """Open a file for reading and show on a terminal how much of it has been read, until `opened` is closed."""
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = opened.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return opened.enter_context(bar.open(path, "rb"))
