"""Tests of detecting the kind of a file: files and archives that are too large."""

import pytest

from gkformat import Unreadable, read
from gkformat.readers import detect
from readings import zipped


def test_archive_that_unpacks_too_large_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "UNPACKED", 2**20)
    with pytest.raises(Unreadable, match="解压"):
        read(zipped(word__document_xml=bytes(2**20 + 1)))


def test_file_that_is_too_large_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "BYTES", 10)
    with pytest.raises(Unreadable, match="过大"):
        read(b"<p>0123456789</p>")
