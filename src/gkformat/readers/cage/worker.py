"""What runs in a process that reads files: it limits its own time and memory, and answers one file after the other.

This bounds what a file can use. It is no sandbox: the process may do whatever its user may.
"""

import gc
import os
import pickle
import signal
import traceback
from io import FileIO
from typing import cast

from gkformat.base.errors import GkFormatError, Unreadable
from gkformat.base.words import Words
from gkformat.readers.cage.frames import receive, send
from gkformat.readers.cage.rlimits import OwnLimits
from gkformat.readers.document import FileKind
from gkformat.readers.limits import ANSWER, BYTES
from gkformat.readers.sheet import Matched

LIMITED, UNLIMITED = b"gkformat: limited", b"gkformat: unlimited"
"""The first message of a worker: it is ready, and whether the system lets it limit its memory."""

FIT = b"+"
"""The message before an answer of a worker that can read another file."""

Answer = Matched | GkFormatError | MemoryError | str
"""What a file gives; a text is the traceback of a mistake of our own."""

_NAME_BYTES = 64

_MANY_OBJECTS = 100_000
"""How many new objects are looked through for garbage: looking after every few hundred takes a quarter of the time."""


def main(seconds: int, patience: int, memory: int) -> None:
    """Read files from standard input until it is closed, and answer to standard output."""
    jobs, answers = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    gc.set_threshold(_MANY_OBJECTS)
    limits = OwnLimits(seconds, patience, memory)
    send(answers, LIMITED if limits.has_memory_limit else UNLIMITED)
    _silence(_STDERR)
    while not limits.is_worn():
        try:
            kind, data = receive(jobs, _NAME_BYTES).decode(), receive(jobs, BYTES)
        except EOFError:
            return
        with limits.for_a_file(answers.fileno()):
            answer = _packed(_answer(data, cast("FileKind", kind) if kind else None))
        send(answers, b"" if limits.is_worn() else FIT)
        send(answers, answer)


_STDIN, _STDOUT, _STDERR = range(3)


def _take_pipes() -> tuple[FileIO, FileIO]:
    """Return the pipes from and to the parent. What a library prints does not get into them."""
    jobs, answers = FileIO(_STDIN), FileIO(os.dup(_STDOUT), "w")
    _silence(_STDOUT)
    return jobs, answers


def _silence(output: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output)
    os.close(nowhere)


def _answer(data: bytes, kind: FileKind | None) -> Answer:
    from gkformat.readers.match_file import match_file  # noqa: PLC0415 - after the limits

    try:
        return match_file(data, kind)
    except (GkFormatError, MemoryError) as error:
        return error.with_traceback(None)
    except Exception:  # noqa: BLE001 - a mistake of ours; the parent tells of it
        return traceback.format_exc()


def _packed(answer: Answer) -> bytes:
    packed = pickle.dumps(answer)
    return packed if len(packed) <= ANSWER else pickle.dumps(Unreadable(_TOO_MUCH))


_TOO_MUCH = Words(
    f"文件中的文字过多，读出后超过 {ANSWER} 字节，不像一份报告",
    f"the file has far more text than a report: more than {ANSWER} bytes when it was read",
)
