"""Files that are no JSON: what agencies publish, read for any verb."""

from typing import TYPE_CHECKING

from gkformat.base.errors import Unreadable
from gkformat.base.words import COLON, LANGUAGES, SEMICOLON, Lang, Words
from gkformat.cli.errors import Trouble, each

if TYPE_CHECKING:
    from gkformat.base.findings import Finding
    from gkformat.readers.sheet import Reading

_TEXTS = frozenset({"text", "csv", "markdown"})
"""What may as well be JSON gone wrong, if there is no report in it."""


def paper(data: bytes) -> "Reading | None":
    """What is read of a file; `None` for JSON, and for a text in which there is no report.

    Raises `Trouble` for a file of another kind that cannot be read, and `NoReport` if there is no report in it.
    """
    if not data.strip() or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in b"{[":
        return None
    from gkformat.readers import read  # noqa: PLC0415 - slow to import, and not needed for JSON
    from gkformat.readers.detect import kind_of  # noqa: PLC0415
    from gkformat.readers.document import NoForm  # noqa: PLC0415

    kind = None
    try:
        kind = kind_of(data)
        return None if kind == "json" else read(data, kind=kind)
    except Unreadable as error:
        if kind in _TEXTS:
            return None
        raise (NoReport if isinstance(error, NoForm) else Trouble)(each(error)) from None


class NoReport(Trouble):
    """A file in which there is no report."""


def lacking(reading: "Reading") -> Words:
    """Why a reading has no report."""
    return _NO_REPORT.format(why=Words(*(_why(reading, lang) for lang in LANGUAGES)))


def stops(item: "Finding") -> bool:
    """Whether a finding means that there is no report. One without a name of the body is a report."""
    return item.rule in {"table-missing", "edition-unknown"} or (item.rule == "title-incomplete" and item.at == "year")


def _why(reading: "Reading", lang: Lang) -> str:
    return SEMICOLON.text(lang).join(placed(item, lang) for item in reading.findings if stops(item))


def placed(item: "Finding", lang: Lang) -> str:
    """What a finding says, after the name of its place."""
    return f"{item.label}{COLON.text(lang)}{item.message(lang)}" if item.label else item.message(lang)


_NO_REPORT = Words("文件不成一份完整的年报：{why}", "no whole report: {why}")
