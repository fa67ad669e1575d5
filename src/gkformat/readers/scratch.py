"""Folders for libraries that read and write files only by their names, in the process that reads documents."""

import os
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir


def scratch_folder() -> "TemporaryDirectory[str]":
    """Make a folder that is removed at the end of the `with` statement."""
    return TemporaryDirectory(prefix=_prefix(os.getpid()))


def remove_scratch(pid: int) -> None:
    """Remove what a process has left that was ended in the middle of a file."""
    for folder in Path(gettempdir()).glob(f"{_prefix(pid)}*"):
        rmtree(folder, ignore_errors=True)


def _prefix(pid: int) -> str:
    return f"gkformat-{pid}-"
