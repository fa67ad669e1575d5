"""Tests of detecting the kind of a file."""

import pytest

from gkformat import Unreadable
from gkformat.readers import detect
from readings import zipped


def test_archive_with_too_many_members_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MEMBERS", 1)
    with pytest.raises(Unreadable, match="超过 1 个"):
        detect.kind_of(zipped(word__document_xml=b"<d/>", a=b""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_json_is_known_in_any_encoding(encoding: str) -> None:
    assert detect.is_json(' \n{"机关": [1]} \n'.encode(encoding))
    assert detect.kind_of("[1]".encode(encoding)) == "json"


@pytest.mark.parametrize("data", [b"", b"{\\rtf1 }", b"{", b"[1", b"1]", b"<p>{}</p>", "[甲乙]".encode("gb18030")[:-1]])
def test_json_is_known_by_both_its_ends(data: bytes) -> None:
    assert not detect.is_json(data)
