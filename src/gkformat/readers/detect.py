"""What kind of file some bytes are, by what is in them and never by their name; and bytes as text."""

import codecs
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Literal, NoReturn, get_args

from gkformat.base.errors import Unreadable
from gkformat.readers.limits import BYTES, UNPACKED

Kind = Literal["html", "word", "pdf", "spreadsheet", "csv", "markdown", "text", "json"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|tr|td|span|br|meta|title)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_TABLE_BEGINS = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"(?<=</table>)", re.IGNORECASE)
_ESCAPED_TABLE = re.compile(r"(?:\\u003c|\\x3c|&lt;)table\b", re.IGNORECASE)
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$", re.MULTILINE)
_MARKED = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)


def kind_of(data: bytes) -> Kind:
    """The kind of a file. Raises `Unreadable` for what no reader is for, saying what it is."""
    if not data.strip():
        raise Unreadable("文件是空的 / the file is empty")
    if len(data) > BYTES:
        raise Unreadable(f"文件过大，超过 {BYTES} 字节 / the file has more than {BYTES} bytes")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        _compound(data)
    if data.startswith(_PICTURES):
        raise Unreadable("文件是图片，没有文字可读 / the file is a picture, with no text to be read")
    if data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("RTF 文件，请另存为 DOCX / an RTF file: save it as DOCX")
    return kind_of_text(decode(data))


def kind_of_text(text: str) -> Kind:
    """The kind of a text."""
    begin = text.lstrip()[:1]
    if begin in {"{", "["} and text.rstrip()[-1:] in {"}", "]"}:
        return "json"
    if len(_TAGS.findall(text[:200_000])) > 2 or _ESCAPED_TABLE.search(text):  # noqa: PLR2004 - a tag may be quoted
        return "html" if _PAGE.search(text) or not (_MARKED.search(text) or _is_text_with_tables(text)) else "markdown"
    if _RULE.search(text) or _MARKED.search(text):
        return "markdown"
    return "csv" if _is_csv(text) else "text"


def _is_text_with_tables(text: str) -> bool:
    """Whether no tags stand outside of the tables, and something else does: so OCR writes pages."""
    outside = "".join(before for before, _ in at_tables(text))
    return bool(outside.strip()) and not _TAGS.search(outside)


def at_tables(text: str) -> Iterator[tuple[str, str]]:
    """A text cut after each of its HTML tables: what stands before the table, and the table, which may be empty."""
    for part in _TABLE_ENDS.split(text):
        begin = _TABLE_BEGINS.search(part)
        at = begin.start() if begin else len(part)
        yield part[:at], part[at:]


def _is_csv(text: str) -> bool:
    """Whether most lines have the same separator, several times."""
    rows = [line for line in text.splitlines() if line.strip()]
    many = sum(line.count(",") > 2 for line in rows)  # noqa: PLR2004 - a sentence may have a comma
    return len(rows) > 2 and many * 2 > len(rows)  # noqa: PLR2004


def _packed(data: bytes) -> Kind:
    names = _names(data)
    if "word/document.xml" in names:
        return "word"
    if any(name.startswith("xl/workbook.") for name in names):
        return "spreadsheet"
    raise Unreadable("压缩文件中没有 DOCX 或 XLSX 文档 / a packed file that is no DOCX or XLSX")


def _names(data: bytes) -> set[str]:
    """The names of what is packed. Raises `Unreadable` for a broken file and for one that unpacks to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("压缩文件损坏或不完整 / a packed file that is damaged or cut off") from None
    if sum(member.file_size for member in members) > UNPACKED:
        raise Unreadable(f"文件解压后超过 {UNPACKED} 字节 / the file unpacks to more than {UNPACKED} bytes")
    return {member.filename for member in members}


def _compound(data: bytes) -> NoReturn:
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        raise Unreadable("旧版 Excel 文件（.xls），请另存为 XLSX / an old Excel file (.xls): save it as XLSX")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("文件已加密，请先解除密码 / the file is encrypted: remove its password first")
    raise Unreadable("旧版 Word 文件（.doc），请另存为 DOCX / an old Word file (.doc): save it as DOCX")


# -- bytes as text -------------------------------------------------------------------------------------

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_GB = "gb18030"
_TOLERATED = 0.001
"""The share of a text that may be broken before another encoding is tried."""


def decode(data: bytes) -> str:
    """Bytes as text: by the byte order mark; as UTF-8 if they are; as they declare; as GB18030.

    A page that declares gb2312 is GB18030 in truth, which has all of it and more. Broken bytes become U+FFFD; where
    they are many, the text is refused: raises `Unreadable`.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data[:200].count(0) > len(data[:200]) // 3:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    best, least = "", len(data)
    for name in dict.fromkeys(["utf-8", *_declared(data), _GB]):
        text = data.decode(name, "replace")
        broken = text.count("\ufffd")
        if not broken:
            return text
        if broken < least:
            best, least = text, broken
    if least > len(data) * _TOLERATED:
        raise Unreadable("不是可读的文字（编码不明） / not readable as text (unknown encoding)")
    return best


def _declared(data: bytes) -> list[str]:
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    if name.startswith("gb"):
        return [_GB]
    try:
        codecs.lookup(name)
        "".encode(name)
    except LookupError:
        return []
    return [name]
