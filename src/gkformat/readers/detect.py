"""Recognise the kind of a file by its content, never by its name."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.decoding import decode
from gkformat.readers.document import FileKind
from gkformat.readers.limits import MEMBERS

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_BEFORE_JSON = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""The bytes of white space, of byte order marks, and of UTF-16 beside those of a letter."""

_MEMBER = b"PK\x01\x02"
"""What the entry of a member begins with in the directory of an archive."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|tr|td|span|br|meta|title)\b", re.IGNORECASE)
_PAGE_TAG = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_TABLE_BEGINS = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"(?<=</table>)", re.IGNORECASE)
_ESCAPED_TABLE = re.compile(r"(?:\\u003c|\\x3c|&lt;)table\b", re.IGNORECASE)
_BLANKS = r"[^\S\n]*+"
_RULE_CELL = rf":?-{{2,}}+:?{_BLANKS}"
_TABLE_RULE = re.compile(
    rf"^{_BLANKS}(?:\|{_BLANKS})?{_RULE_CELL}(?:\|{_BLANKS}{_RULE_CELL})++\|?{_BLANKS}$", re.MULTILINE
)
_HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)


def is_json(data: bytes) -> bool:
    """Return whether a file begins and ends as JSON does. That is known quickly, whatever the file."""
    beginning = data.lstrip(_BEFORE_JSON)[: len(_RTF)]
    return beginning.startswith((b"{", b"[")) and beginning != _RTF and decode(data).rstrip().endswith(("}", "]"))


def kind_of(data: bytes) -> FileKind:
    """Return the kind of a file.

    Raises `Unreadable` for a file that is empty, damaged, or of a kind that no reader is for; the message says which,
    and how to convert it.
    """
    if not data.strip():
        raise Unreadable(Words("文件是空的", "the file is empty"))
    if is_json(data):
        return "json"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _archive_kind(data)
    if data.startswith(_OLE):
        _refuse_ole(data)
    if data.startswith(_PICTURES):
        raise Unreadable(Words("文件是图片，没有文字可读", "the file is a picture, with no text to be read"))
    if data.lstrip().startswith(_RTF):
        raise Unreadable(Words("RTF 文件，请另存为 DOCX", "an RTF file: save it as DOCX"))
    return kind_of_text(decode(data))


def kind_of_text(text: str) -> FileKind:
    """Return the kind of a text file that has been decoded and is no JSON."""
    if len(_TAG.findall(text[:200_000])) > 2 or _ESCAPED_TABLE.search(text):  # noqa: PLR2004 - a tag may be quoted
        return (
            "html"
            if _PAGE_TAG.search(text) or not (_HEADING.search(text) or _is_text_with_tables(text))
            else "markdown"
        )
    if _TABLE_RULE.search(text) or _HEADING.search(text):
        return "markdown"
    return "csv" if _is_csv(text) else "text"


def _is_text_with_tables(text: str) -> bool:
    """Check whether there is text outside the tables, but no tag: that is how OCR writes pages."""
    outside = "".join(before for before, _ in split_at_tables(text))
    return bool(outside.strip()) and not _TAG.search(outside)


def split_at_tables(text: str) -> Iterator[tuple[str, str]]:
    """Split a text after each HTML table; yield what precedes the table, and the table, which is empty at the end."""
    for part in _TABLE_ENDS.split(text):
        begin = _TABLE_BEGINS.search(part)
        at = begin.start() if begin else len(part)
        yield part[:at], part[at:]


def _is_csv(text: str) -> bool:
    """Check whether most lines contain several commas."""
    lines = [line for line in text.splitlines() if line.strip()]
    many = sum(line.count(",") > 2 for line in lines)  # noqa: PLR2004 - a sentence may have a comma
    return len(lines) > 2 and many * 2 > len(lines)  # noqa: PLR2004


def _archive_kind(data: bytes) -> FileKind:
    names = _member_names(data)
    if "word/document.xml" in names:
        return "word"
    if any(name.startswith("xl/workbook.") for name in names):
        return "spreadsheet"
    raise Unreadable(Words("压缩文件中没有 DOCX 或 XLSX 文档", "a packed file that is no DOCX or XLSX"))


def _member_names(data: bytes) -> set[str]:
    """Return the names in an archive. Raises `Unreadable` if it is damaged, or has too many members."""
    import zipfile  # noqa: PLC0415 - the process that only asks for JSON starts faster without

    if data.count(_MEMBER) > MEMBERS:
        raise Unreadable(
            Words(f"压缩文件中的文件超过 {MEMBERS} 个", f"the packed file contains more than {MEMBERS} files")
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(Words("压缩文件损坏或不完整", "a packed file that is damaged or cut off")) from None


def _refuse_ole(data: bytes) -> NoReturn:
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        raise Unreadable(Words("旧版 Excel 文件（.xls），请另存为 XLSX", "an old Excel file (.xls): save it as XLSX"))
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(Words("文件已加密，请先解除密码", "the file is encrypted: remove its password first"))
    raise Unreadable(Words("旧版 Word 文件（.doc），请另存为 DOCX", "an old Word file (.doc): save it as DOCX"))
