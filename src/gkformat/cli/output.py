"""Output on standard output, standard error or a file, with errors of writing handled."""

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper, UnsupportedOperation
from pathlib import Path
from typing import TextIO

import click

from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, os_message, with_prefix
from gkformat.cli.language import language


class OutputClosed(Exception):
    """Raised when the reader of the output has closed the pipe."""


def print_lines(lines: Iterable[str], file: str | None = None) -> None:
    """Print lines as they come, or write them to a file in UTF-8 and without colours.

    Raises `CliError` if they cannot be written, and `OutputClosed` if the reader of the pipe has gone.
    """
    if file:
        _write_file(lines, file)
        return
    for line in lines:
        try:
            click.echo(escape_controls(line))
        except BrokenPipeError:
            raise OutputClosed from None
        except OSError as error:
            raise CliError(_NOT_WRITTEN.format(words=os_message(error))) from None


def _write_file(lines: Iterable[str], file: str) -> None:
    try:
        with Path(file).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as opened:
            opened.writelines(f"{escape_controls(click.unstyle(line))}\n" for line in lines)
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None


_CONTROLS = re.compile(
    r"\x1b(?!\[(?:[0-2]|3[1-6])m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Control characters and escape sequences other than colours, and characters that change the direction of text."""


def escape_controls(text: str) -> str:
    """Escape control characters as in JSON, so that text from a file cannot command the terminal."""
    return _CONTROLS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


_NOT_WRITTEN = Words("无法写出结果：{words}", "cannot write the output: {words}")


def escape_unencodable() -> None:
    """Make streams escape characters that their encoding lacks, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def use_utf8() -> None:
    """Switch standard output to UTF-8 whatever the locale, for output that programs read."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def discard_unwritten() -> None:
    """Discard unwritten output. Otherwise Python would flush it at exit, fail, and return an exit code of its own."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a stream that was closed from the start is None
        try:
            stream.flush()
        except (OSError, ValueError):
            _redirect_to_devnull(stream)


def _redirect_to_devnull(stream: TextIO) -> None:
    with suppress(UnsupportedOperation, ValueError, OSError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def colour_setting() -> bool | None:
    """Return whether to use colours, by NO_COLOR, FORCE_COLOR and TERM; `None` means only on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def print_stderr(line: str) -> None:
    """Print a line to standard error, and ignore a stream that is closed."""
    with suppress(OSError):
        click.echo(escape_controls(line), err=True)


def print_error(words: Words, lang: Lang | None = None) -> None:
    """Print an error to standard error, in the language of the locale by default."""
    print_stderr(_ERROR.format(words=words).text(lang or language()))


_ERROR = Words("出错：{words}", "Error: {words}")
