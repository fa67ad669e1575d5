"""Files, arguments and processes that tests of the command line share."""

import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from gkformat.cli.app import run
from gkformat.cli.errors import CliError
from gkformat.cli.inputs import find_sources
from support import CORPUS, Payload

SOUND, BROKEN = (str(CORPUS / f"{name}.json") for name in ("huaian-2024", "hongze-2023"))
TOTAL = "reconsideration_and_litigation.reconsideration.total"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the output, with the path of the corpus cut short."""
    return capsys.readouterr().out.replace(str(CORPUS), "corpus")


def corpus_files(*names: str) -> list[str]:
    """Return the paths of published reports."""
    return [str(CORPUS / f"{name}.json") for name in names]


def write_json(folder: Path, name: str, payload: Any) -> str:
    """Write a payload as indented JSON and return its path."""
    path = folder / name
    path.write_text(json.dumps(payload, ensure_ascii=False, indent=1), encoding="utf-8")
    return str(path)


def start_gkformat(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command line in another process."""
    command = [sys.executable, "-m", "gkformat", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # noqa: S603 - our own module


def source_names(*arguments: str, **options: Any) -> list[str]:
    """Return the names of the sources that arguments name."""
    with ExitStack() as opened:
        return [source.name for source in find_sources(arguments, opened, **options)]


def error_of_reading(*arguments: str) -> str:
    """Return the error with which reading the only source fails."""
    with ExitStack() as opened:
        [source] = find_sources(arguments, opened)
        with pytest.raises(CliError) as refused:
            source.read()
    return refused.value.words.en


def make_tree() -> None:
    """Create files and folders, some of them hidden, in the working folder."""
    for name in ("b/年报.json", "b/c/x.json", "a.json", ".git/hidden.json", "b/.hidden.json", "b/notes.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOUND, name)


def write_report(payload: Payload, name: str = "report.json") -> str:
    """Write a payload into the working folder and return its name."""
    Path(name).write_text(json.dumps(payload, ensure_ascii=False), encoding="utf-8")
    return name


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 1) -> str:
    """Run a command, compare its exit code, and return its output."""
    assert run([*arguments]) == code
    return capsys.readouterr().out
