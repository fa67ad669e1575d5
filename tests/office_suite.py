"""LibreOffice, which opens files, computes their formulas, and saves them as files of another kind."""

import subprocess
from collections.abc import Sequence
from pathlib import Path


def converted(files: Sequence[Path], kind: str, folder: Path) -> Path:
    """Convert files in one process, with a profile that belongs to this kind of files alone; return the new folder."""
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)  # noqa: S603 - files of our own
    assert {file.stem for file in folder.iterdir()} == {file.stem for file in files}
    return folder
