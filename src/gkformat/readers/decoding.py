"""The text of a file: find its encoding and decode its bytes. Every reader of a kind of text decodes with this."""

import codecs
import re

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"big5(?:-?hkscs)?|euc-(?:jp|kr)|shift_jis|iso-2022-jp|koi8-[ru]|utf-?(?:8|16(?:le|be)?)|us-ascii|ascii|latin1|macintosh"
    r"|iso-8859-(?:[1-9]|1[013-6])|windows-125[0-8]"
)
"""The encodings that browsers know and Python has. Its other codecs are no encodings of pages, and some are slow."""

_GB = "gb18030"
_TOLERATED = 0.001
"""The share of broken characters that is tolerated before the text is refused."""


def decode(data: bytes) -> str:
    """Decode bytes by their byte order mark, else as UTF-8 if valid, else as they declare, else as GB18030.

    A page that declares gb2312 is decoded as GB18030, its superset. Broken bytes become U+FFFD. Raises `Unreadable`
    if there are many of them in every encoding.
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
        raise Unreadable(Words("不是可读的文字（编码不明）", "not readable as text (unknown encoding)"))
    return best


def encode(text: str) -> bytes:
    """Encode a text so that `decode` gives it back, whatever encoding it declares; a lone surrogate becomes `?`."""
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _declared(data: bytes) -> list[str]:
    """Return the encoding that a page declares, if it is one of those that pages have."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return []
    name = found[1].decode("ascii", "replace").lower()
    if name.startswith("gb"):
        return [_GB]
    return [name] if _ENCODINGS.fullmatch(name) else []
