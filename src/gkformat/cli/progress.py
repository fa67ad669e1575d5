"""A progress bar on standard error."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

T = TypeVar("T")


def watched(items: Sequence[T], opened: ExitStack) -> Iterator[T]:
    """The same items, while a bar shows how many have been asked for; it goes when they are through."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = opened.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    yield from bar.track(items)
    bar.stop()
