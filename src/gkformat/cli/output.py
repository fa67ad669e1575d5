"""Output on standard output, standard error or a file, with errors of writing handled."""

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper, UnsupportedOperation
from itertools import chain, repeat
from pathlib import Path
from typing import TextIO

import click

from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, os_message, with_prefix
from gkformat.views.language import language
from gkformat.views.lines import harmless


class OutputClosed(Exception):
    """Raised when the reader of the output has closed the pipe."""


def print_lines(lines: Iterable[str], file: str | None = None, *, byte_order_mark: bool = False) -> None:
    """Print lines as they come, or write them to a file in UTF-8 and without colours, all or none.

    With a byte order mark at the beginning, spreadsheets on a Chinese Windows do not take them for GBK.
    Nothing within a line can end it, or be taken for a command by a terminal or a CI server. Raises `CliError` if they
    cannot be written, and `OutputClosed` if the reader of the pipe has gone.
    """
    if file:
        _write_file(lines, file, BOM_UTF8 if byte_order_mark else b"")
        return
    for start, line in zip(chain(["\ufeff" if byte_order_mark else ""], repeat("")), lines, strict=False):
        try:
            click.echo(start + harmless(line))
        except BrokenPipeError:
            raise OutputClosed from None
        except OSError as error:
            raise CliError(_NOT_WRITTEN.format(words=os_message(error))) from None


def write_data(data: bytes, file: str) -> None:
    """Write a file, all or nothing. Raises `CliError` if it cannot be written."""
    from gkformat.base.atomic import open_atomic  # noqa: PLC0415 - rarely needed

    try:
        with open_atomic(file) as whole:
            whole.write(data)
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None


def _write_file(lines: Iterable[str], file: str, start: bytes) -> None:
    from gkformat.base.atomic import open_atomic  # noqa: PLC0415 - rarely needed

    try:
        with open_atomic(file) as whole:
            whole.write(start)
            whole.writelines(f"{click.unstyle(harmless(line))}\n".encode() for line in lines)
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None


_NOT_WRITTEN = Words("无法写出结果：{words}", "cannot write the output: {words}")


def escape_unencodable() -> None:
    """Make streams escape characters that their encoding lacks, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_data(lines: Iterable[str], file: str | None = None, *, byte_order_mark: bool = False) -> None:
    """Print lines that programs read, like `print_lines`, but in UTF-8 whatever the locale."""
    if not file and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print_lines(lines, file, byte_order_mark=byte_order_mark)


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
        click.echo(harmless(line), err=True)


def print_error(words: Words, lang: Lang | None = None) -> None:
    """Print an error to standard error, in the language of the locale by default; it may have several lines."""
    for line in _ERROR.format(words=words).text(lang or language()).split("\n"):
        print_stderr(line)


_ERROR = Words("出错：{words}", "Error: {words}")
