"""Folders for libraries that read and write files only by their names, in the process that reads documents."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


def scratch_folder() -> "TemporaryDirectory[str]":
    """Make a folder that is removed at the end of the `with` statement."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow, and rarely needed

    return TemporaryDirectory(prefix=_prefix(os.getpid()))


def remove_scratch(pid: int) -> None:
    """Remove what a process has left that was ended in the middle of a file."""
    from shutil import rmtree  # noqa: PLC0415 - see above
    from tempfile import gettempdir  # noqa: PLC0415

    for folder in Path(gettempdir()).glob(f"{_prefix(pid)}*"):
        rmtree(folder, ignore_errors=True)


def _prefix(pid: int) -> str:
    return f"gkformat-{pid}-"
