"""Tests of detecting the kind of a file."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from compound import compound
from gkformat import Unreadable
from gkformat.readers import detect
from gkformat.readers.document import Paragraph
from gkformat.readers.files import mhtml
from readings import zipped


def test_archive_with_too_many_members_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MEMBERS", 1)
    with pytest.raises(Unreadable, match="超过 1 个"):
        detect.kind_of(zipped(word__document_xml=b"<d/>", a=b""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_json_is_known_in_any_encoding(encoding: str) -> None:
    assert detect.is_json(' \n{"机关": [1]} \n'.encode(encoding))
    assert detect.kind_of("[1]".encode(encoding)) == detect.kind_of("{}".encode(encoding)) == "json"


@pytest.mark.parametrize(
    "data", [b"", b"{\\rtf1 }", b"{", b"[1", b"[{1", b"1]", b"<p>{}</p>", "[甲乙]".encode("gb18030")[:-1]]
)
def test_json_is_known_by_both_its_ends(data: bytes) -> None:
    assert not detect.is_json(data)


@pytest.mark.parametrize("data", [b'{"a', b'\xef\xbb\xbf{ "a": 1', b' [\n{"a": 1},'])
def test_json_that_is_cut_off_is_known_by_its_first_key(data: bytes) -> None:
    assert detect.kind_of(data) == "json"


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        (["WordDocument", "1Table"], "doc"),
        (["WordDocument", "ObjectPool/Workbook"], "doc"),  # with a chart
        (["Workbook"], "xls"),
        (["BOOK"], "xls"),
        (["MBD1/WordDocument", "Workbook"], "xls"),  # with a letter
    ],
)
def test_old_office_file_is_known_by_the_streams_outside_its_folders(streams: list[str], kind: str) -> None:
    assert detect.kind_of(compound(dict.fromkeys(streams, b"\xec\xa5"))) == kind


def open_document(kind: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "")
        archive.writestr("META-INF/manifest.xml", "")
    return file.getvalue()


def xml_of(instruction: str, root: str, namespace: str) -> bytes:
    instructions = f'<?xml version="1.0"?>\n<?mso-application {instruction}?>\n'
    return f'{instructions}<{root} xmlns:x="{namespace}"><Table><Row/></Table></{root}>'.encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "已加密"),
        (compound({"WordDocument": b"\xdc\xa5\x65\0"}), "Word 95 或更早的文件，请用 Word 或 WPS 另存为 DOCX"),
        (compound({"PowerPoint Document": b""}), "旧版 Office 或 WPS 文件"),
        (compound({"Workbook/1": b""}), "旧版 Office 或 WPS 文件"),
        (compound({"Workbook": b""})[:1000], "OLE 文件损坏"),
        (b" {\\rtf1 }", "RTF 文件，请用 Word 或 WPS 另存为 DOCX，或运行 soffice --convert-to docx"),
        (zipped(mimetype=b"", content_xml=b""), "OpenDocument 文本（.odt），请用 Word"),
        (open_document("spreadsheet"), "OpenDocument 表格（.ods），请用 Excel"),
        (xml_of('progid="Excel.Sheet"', "Workbook", "urn:schemas-microsoft-com:office:spreadsheet"), "XML 的 Excel"),
        (xml_of("", "w:wordDocument", "http://schemas.microsoft.com/office/word/2003/wordml"), "XML 的 Word"),
        (xml_of("", "pkg:package", "http://schemas.microsoft.com/office/2006/xmlPackage"), "XML 的 Word"),
        (xml_of("", "office:document", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"), "OpenDocument 文本"),
        (
            xml_of("", "x", "opendocument:xmlns:office:1.0 application/vnd.oasis.opendocument.spreadsheet"),
            "表格（.ods）",
        ),
        (xml_of("", "uof:UOF", "http://schemas.uof.org/cn/2003/uof"), "标文通"),
        (zipped(OFD_xml=b""), "OFD"),
        (zipped(a_xml=b""), "没有 DOCX 或 XLSX"),
        (b"Rar!\x1a\x07\0", "unrar x"),
        (b"7z\xbc\xaf\x27\x1c", "7z x"),
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


def test_page_that_word_or_excel_saved_is_no_xml_of_theirs() -> None:
    spaces = 'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    assert detect.kind_of(f"<html {spaces}><head></head><body><table><tr><td>1</table>".encode()) == "html"


_TABLE = "<table><tr><td>1</td><td>2</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (_TABLE, "html"),
        (f"{_TABLE}\n\n{_TABLE}", "html"),
        (f"一、总体情况\n{_TABLE}", "markdown"),
        (f"{_TABLE}\n单位：件", "markdown"),
        (f"一、总体情况<br>\n{_TABLE}", "html"),
        (f"# 一、总体情况<br>\n{_TABLE}", "markdown"),
        (f"<body># 一、总体情况\n{_TABLE}", "html"),
        ("<p>一</p> <BR>", "text"),
        ("<p>一</p> <BR> <br>", "html"),
        ("<body>var page = '\\u003cTABLE>'", "html"),
        ("#一", "text"),
        ("###### 一", "markdown"),
        ("| 一 | 二 |\n| --- | :--: |", "markdown"),
        ("一 | 二\n--|--", "markdown"),
        ("一\n-----", "text"),
        ("1,2,3,4\n" * 3, "csv"),
        ("1,2,3,4\n" * 2, "text"),
        ("1,2,3\n" * 9, "text"),
        ("1,2,3,4\n\n\n" * 3 + "一\n" * 2, "csv"),
        ("1,2,3,4\n" * 3 + "一\n" * 3, "text"),
        ("1,2,3,4", "text"),
    ],
)
def test_text_is_known_by_its_marks(text: str, kind: str) -> None:
    assert detect.kind_of_text(text) == kind


@pytest.mark.parametrize("declared", ["; charset=gb2312", ""])
def test_page_in_a_mail_is_decoded_like_any_page(declared: str) -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html"
    page = "<p>\u9555\u5e74</p>".encode("gb18030")  # the first is not in gb2312
    (found,) = mhtml.parse(head + declared.encode() + b"\n\n" + page + b"\n--x--\n").blocks
    assert isinstance(found, Paragraph)
    assert found.text == "\u9555\u5e74"
