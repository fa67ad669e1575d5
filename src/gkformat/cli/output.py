"""Where the lines of a command go, and what becomes of it when they cannot be written."""

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
from gkformat.cli.errors import Trouble, about, why
from gkformat.cli.language import language


class Closed(Exception):
    """Who was reading the output has gone."""


def say(lines: Iterable[str], file: str | None = None) -> None:
    """Print lines as they come, or write them to a file in UTF-8, without colours. Raises `Trouble`, or `Closed`."""
    if file:
        _write(lines, file)
        return
    for line in lines:
        try:
            click.echo(legible(line))
        except BrokenPipeError:
            raise Closed from None
        except OSError as error:
            raise Trouble(_OUTPUT.format(words=why(error))) from None


def _write(lines: Iterable[str], file: str) -> None:
    try:
        with Path(file).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as opened:
            opened.writelines(f"{legible(click.unstyle(line))}\n" for line in lines)
    except OSError as error:
        raise Trouble(about(file, why(error))) from None


_UNSAFE = re.compile(
    r"\x1b(?!\[(?:[0-2]|3[1-6])m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Signs that command a terminal, colours apart, and those that turn the direction of a text."""


def legible(text: str) -> str:
    """Text in which no sign can do anything but be read, whatever file it comes from; JSON says the same afterwards."""
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


_OUTPUT = Words("无法写出结果：{words}", "cannot write the output: {words}")


def never_fail_to_print() -> None:
    """Let a terminal that cannot show Chinese show escapes, and not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def speak_utf8() -> None:
    """Write what programs read in UTF-8, whatever the locale says."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def give_up_unwritten() -> None:
    """Drop what could not be written, or Python would try again when it ends, and end with an exit code of its own."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a stream that was closed from the start is None
        try:
            stream.flush()
        except (OSError, ValueError):
            _redirect_to_nowhere(stream)


def _redirect_to_nowhere(stream: TextIO) -> None:
    with suppress(UnsupportedOperation, ValueError, OSError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def colours() -> bool | None:
    """Whether to colour: as NO_COLOR or FORCE_COLOR say, else on a terminal (`None`) that is not a dumb one."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def remark(line: str) -> None:
    """Say something beside the output, on standard error; where nobody can hear it, that is no trouble."""
    with suppress(OSError):
        click.echo(legible(line), err=True)


def complain(words: Words, lang: Lang | None = None) -> None:
    """Say what went wrong."""
    remark(_COMPLAINT.format(words=words).text(lang or language()))


_COMPLAINT = Words("出错：{words}", "Error: {words}")
