"""Tests of detecting the kind of a file: files that are too large, archives of too many."""

import pytest

from gkformat import Unreadable, read
from gkformat.readers import detect
from readings import zipped


def test_archive_with_too_many_members_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MEMBERS", 1)
    with pytest.raises(Unreadable, match="超过 1 个"):
        read(zipped(word__document_xml=b"<d/>", a=b""))


def test_file_that_is_too_large_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "BYTES", 10)
    with pytest.raises(Unreadable, match="过大"):
        read(b"<p>0123456789</p>")
