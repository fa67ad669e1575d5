"""Recognise the kind of a file by its content, never by its name."""

import re
from collections.abc import Iterator
from io import BytesIO

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.decoding import decode
from gkformat.readers.document import FileKind
from gkformat.readers.guard import guarded
from gkformat.readers.limits import MEMBERS
from gkformat.readers.refusals import EMPTY, ENCRYPTED, SavedAs, save_as

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_BEFORE_JSON = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""The bytes of white space, of byte order marks, and of UTF-16 beside those of a letter."""

_JSON_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*\{)\s*\"")
"""How JSON begins of which even a part is known for JSON: with the first key of an object."""

_MEMBER = b"PK\x01\x02"
"""What the entry of a member begins with in the directory of an archive."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = {
    b"Rar!\x1a\x07": ("RAR", "unrar x"),
    b"7z\xbc\xaf\x27\x1c": ("7z", "7z x"),
    b"\x1f\x8b": ("gzip", "gzip -d"),
    b"BZh": ("bzip2", "bzip2 -d"),
    b"\xfd7zXZ": ("xz", "xz -d"),
    b"\x28\xb5\x2f\xfd": ("Zstandard", "zstd -d"),
}
"""How packed files begin, with the name of the kind and a command that unpacks it."""

_MHTML = re.compile(rb"(?i)(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related")
"""The header of a mail that holds a page."""

_HEAD = 4096
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
    """Return whether a file begins as JSON does, if not as text may, too, or else ends so. That is known quickly."""
    beginning = data.lstrip(_BEFORE_JSON)[: len(_RTF)]
    if not beginning.startswith((b"{", b"[")) or beginning == _RTF:
        return False
    return bool(_JSON_BEGINS.match(data)) or decode(data).rstrip().endswith(("}", "]"))


def kind_of(data: bytes) -> FileKind:
    """Return the kind of a file.

    Raises `Unreadable` for a file that is empty, damaged, or of a kind that no reader is for; the message says which,
    and how to convert it.
    """
    if not data.strip():
        raise Unreadable(EMPTY)
    if is_json(data):
        return "json"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _archive_kind(data)
    if data.startswith(_OLE):
        return _compound_kind(data)
    _refuse_unread(data)
    if _MHTML.match(data.lstrip()[:_HEAD]):
        return "mhtml"
    return kind_of_text(decode(data))


def _refuse_unread(data: bytes) -> None:
    """Raise `Unreadable` for the kinds that no reader is for, and that are known by their first bytes."""
    for beginning, words in _NOT_READ:
        if data.lstrip().startswith(beginning):
            raise Unreadable(words)
    if data.lstrip(_BEFORE_JSON).startswith(b"<?xml"):
        for namespace, words in _XML_NOT_READ:
            if namespace in data[:_HEAD]:
                raise Unreadable(words)


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
    if "OFD.xml" in names:
        raise Unreadable(_OFD)
    if {"mimetype", "content.xml"} <= names:
        raise Unreadable(_OPEN_SPREADSHEET if b"opendocument.spreadsheet" in data[:_HEAD] else _OPEN_DOCUMENT)
    raise Unreadable(_OTHER_ARCHIVE)


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


def _compound_kind(data: bytes) -> FileKind:
    """Return the kind of a compound file: what it contains are streams with names, some in folders."""
    with guarded("OLE"):
        import olefile  # noqa: PLC0415 - see above

        with olefile.OleFileIO(BytesIO(data)) as opened:
            names = {path[0].casefold() for path in opened.listdir() if len(path) == 1}
            begins = opened.openstream("WordDocument").read(len(_WORD_97)) if "worddocument" in names else b""
    if "encryptedpackage" in names:
        raise Unreadable(ENCRYPTED)
    if begins == _WORD_97:
        return "doc"
    if begins:
        raise Unreadable(_WORD_95)
    if names & {"workbook", "book"}:
        return "xls"
    raise Unreadable(_OTHER_COMPOUND)


def _to_be_saved(zh: str, en: str, suffix: SavedAs) -> Words:
    """Return that a file of a kind is not read, and how to convert it."""
    return Words(zh, en) + Words("，", ": ") + save_as(suffix)


_WORD_97 = b"\xec\xa5"
_WORD_95 = _to_be_saved("Word 95 或更早的文件", "a file of Word 95 or before", "docx")
_OTHER_COMPOUND = _to_be_saved(
    "旧版 Office 或 WPS 文件，但不是 Word 文档或 Excel 工作簿",
    "an old Office or WPS file that is neither a document of Word nor a workbook of Excel",
    "docx",
)
_OPEN_DOCUMENT = _to_be_saved("OpenDocument 文本（.odt）", "an OpenDocument text (.odt)", "docx")
_OPEN_SPREADSHEET = _to_be_saved("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)", "xlsx")
_OFD = Words(
    "OFD 文件，请在阅读器中导出为 PDF（要有文字层）",
    "an OFD file: export it as PDF, with its text, in a reader of OFD",
)


def _to_be_unpacked(kind: str, command: str) -> Words:
    return Words(
        f"{kind} 压缩文件，请先解压，或运行 {command}", f"a packed file ({kind}): unpack it first, or run {command}"
    )


_OTHER_ARCHIVE = Words(
    "压缩包，其中没有 DOCX 或 XLSX 文档的内容，请先解压", "a packed file that is no DOCX or XLSX: unpack it first"
)
_PICTURE = Words(
    "文件是图片，没有文字可读；请先作文字识别（OCR）", "the file is a picture, with no text to be read; run OCR first"
)
_NOT_READ = (
    *((beginning, _PICTURE) for beginning in _PICTURES),
    (_RTF, _to_be_saved("RTF 文件", "an RTF file", "docx")),
    *((beginning, _to_be_unpacked(*how)) for beginning, how in _ARCHIVES.items()),
)
"""How files begin that are not read, and what is to be said of them."""

_WORD_XML = _to_be_saved("XML 的 Word 文件", "a Word file as XML", "docx")
_XML_NOT_READ = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        _to_be_saved("XML 的 Excel 文件", "an Excel file as XML", "xlsx"),
    ),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", _WORD_XML),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", _WORD_XML),
    (b"vnd.oasis.opendocument.spreadsheet", _OPEN_SPREADSHEET),
    (b"urn:oasis:names:tc:opendocument", _OPEN_DOCUMENT),
    (b"schemas.uof.org", _to_be_saved("标文通文件（.uof）", "a file of UOF (.uof)", "docx")),
)
"""The namespaces of files of XML that are not read, and what is to be said of them."""
