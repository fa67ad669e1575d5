"""Files that are no JSON: what agencies publish, read for any verb."""

from typing import TYPE_CHECKING

from gkformat.cli.trouble import Trouble
from gkformat.errors import Unreadable
from gkformat.words import LANGUAGES, Lang, Words

if TYPE_CHECKING:
    from gkformat.findings import Finding
    from gkformat.sheet import Reading

_TEXTS = frozenset({"text", "csv", "markdown"})
"""What may as well be JSON gone wrong, if there is no report in it."""


def paper(data: bytes) -> "Reading | None":
    """What is read of a file; `None` for JSON, and for a text in which there is no report.

    Raises `Trouble` for a file of another kind that cannot be read, and `NoReport` if there is no report in it.
    """
    if not data.strip() or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in b"{[":
        return None
    from gkformat.readers import read  # noqa: PLC0415 - slow to import, and not needed for JSON
    from gkformat.readers.kinds import kind_of  # noqa: PLC0415
    from gkformat.readers.reading import NoForm  # noqa: PLC0415

    kind = None
    try:
        kind = kind_of(data)
        return None if kind == "json" else read(data, kind=kind)
    except Unreadable as error:
        if kind in _TEXTS:
            return None
        raise (NoReport if isinstance(error, NoForm) else Trouble)(said(error)) from None


class NoReport(Trouble):
    """A file in which there is no report."""


def said(error: Unreadable) -> Words:
    """Why a file cannot be read, in each language."""
    zh, _, en = str(error).partition(" / ")
    return Words(zh, en or zh)


def lacking(reading: "Reading") -> Words:
    """Why a reading has no report."""
    rules = ("table-missing", "title-incomplete", "edition-unknown")
    found = [item for item in reading.findings if item.rule in rules]
    listed = [Words(*(_placed(item, lang) for lang in LANGUAGES)) for item in found]
    zh, en = "；".join(words.zh for words in listed), "; ".join(words.en for words in listed)
    return _NO_REPORT.format(why=Words(zh, en))


def _placed(item: "Finding", lang: Lang) -> str:
    return f"{item.label}{_COLON.text(lang)}{item.message(lang)}" if item.label else item.message(lang)


_COLON = Words("：", ": ")
_NO_REPORT = Words("文件不成一份完整的年报：{why}", "no whole report: {why}")
