"""Tests of the messages between two processes."""

import os
from io import FileIO
from threading import Thread

import pytest

from gkformat.readers.cage.frames import receive, send


@pytest.mark.parametrize("size", [0, 1, 2**17, 2**21 + 1])
def test_messages_arrive_whole(size: int) -> None:
    reading, writing = map(FileIO, os.pipe(), ["r", "w"])
    data = os.urandom(size)
    with reading, writing:
        sender = Thread(target=_send_both, args=(writing, data))
        sender.start()
        assert receive(reading, size) == data
        assert receive(reading, 4) == b"next"
        sender.join()


def _send_both(pipe: FileIO, data: bytes) -> None:
    send(pipe, data)
    send(pipe, b"next")


@pytest.mark.parametrize("sent", [b"", b"\0\0\0", bytes(7) + b"\5abcd"])
def test_message_cut_off_is_an_end(sent: bytes) -> None:
    reading, writing = map(FileIO, os.pipe(), ["r", "w"])
    with reading:
        with writing:
            writing.write(sent)
        with pytest.raises(EOFError):
            receive(reading, 9)


def test_message_that_is_too_long_is_not_waited_for() -> None:
    reading, writing = map(FileIO, os.pipe(), ["r", "w"])
    with reading, writing:
        writing.write(b"Error: no such file")
        with pytest.raises(ValueError, match="more than 9"):
            receive(reading, 9)
