"""Messages between two processes: each is preceded by its length."""

from io import FileIO

_LENGTH_BYTES = 8
_PART = 2**20


def send(pipe: FileIO, data: bytes) -> None:
    """Send a message. Raises `OSError` if nobody is left to read it."""
    for part in (len(data).to_bytes(_LENGTH_BYTES, "big"), data):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) or 0 :]


def receive(pipe: FileIO, most: int) -> bytes:
    """Wait for a message. Raises `EOFError` if the other end is closed, `ValueError` for more than `most` bytes."""
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")
    if length > most:
        raise ValueError(f"a message of {length} bytes, more than {most}")
    return _exactly(pipe, length)


def _exactly(pipe: FileIO, size: int) -> bytes:
    parts = []
    while size:
        part = pipe.read(min(size, _PART))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
