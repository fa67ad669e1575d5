"""Tests of detecting the kind of a file."""

import pytest

from gkformat import Unreadable
from gkformat.readers import detect
from gkformat.readers.files import mhtml
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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ole("WordDocument"), "旧版 Word"),
        (ole("WordDocument", "Workbook"), "旧版 Word"),  # with a chart
        (ole("Workbook"), "旧版 Excel"),
        (ole("Book"), "旧版 Excel"),
        (ole("EncryptedPackage"), "已加密"),
        (b" {\\rtf1 }", "RTF 文件，请用 Word 或 WPS 另存为 DOCX，或运行 soffice --convert-to docx"),
        (zipped(mimetype=b"", content_xml=b""), "OpenDocument"),
        (zipped(OFD_xml=b""), "OFD"),
        (zipped(a_xml=b""), "没有 DOCX 或 XLSX"),
        (b"Rar!\x1a\x07\0", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "解压"),
        (b"\x89PNG\r\n", "OCR"),
    ],
)
def test_file_that_is_not_read_is_named_with_the_way_to_convert_it(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        detect.kind_of(data)
    assert said in str(caught.value)


def test_mail_without_a_page_is_unreadable() -> None:
    saved = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\na\n--x--\n"
    )
    assert detect.kind_of(saved) == "mhtml"
    with pytest.raises(Unreadable, match="没有网页"):
        mhtml.parse(saved)
