"""Documents other than JSON, as agencies publish them, read for every command that takes a report."""

from typing import TYPE_CHECKING

from gkformat.base.errors import Unreadable
from gkformat.base.words import COLON, LANGUAGES, SEMICOLON, Lang, Words
from gkformat.cli.errors import CliError

if TYPE_CHECKING:
    from gkformat.base.findings import Finding
    from gkformat.readers.sheet import Reading

_TEXT_KINDS = frozenset({"text", "csv", "markdown"})
"""Kinds of files which, if no report is found in them, are treated as broken JSON."""


def read_document(data: bytes, file_name: str = "") -> "Reading | None":
    """Read a document; return `None` for JSON, and for plain text in which there is no report.

    Raises `CliError` for a file that cannot be read, and `NoReport` if a file of another kind contains no report.
    """
    if not data.strip() or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in b"{[":
        return None
    from gkformat.readers import read_bytes  # noqa: PLC0415 - slow to import, and not needed for JSON
    from gkformat.readers.detect import is_json  # noqa: PLC0415
    from gkformat.readers.document import NoForm  # noqa: PLC0415

    try:
        return None if is_json(data) else read_bytes(data, file_name=file_name)
    except NoForm as error:
        if error.kind in _TEXT_KINDS:
            return None
        raise NoReport(error.words) from None
    except Unreadable as error:
        raise CliError(error.words) from None


class NoReport(CliError):
    """A document that contains no report."""


def incomplete_message(reading: "Reading") -> Words:
    """Return the reasons why a reading has no report."""
    return _NO_REPORT.format(why=Words(*(_reasons(reading, lang) for lang in LANGUAGES)))


def prevents_report(item: "Finding") -> bool:
    """Return whether a finding means that there is no report. Without the name of its agency a report is still one."""
    return item.rule in {"table-missing", "edition-unknown"} or (item.rule == "title-incomplete" and item.at == "year")


def _reasons(reading: "Reading", lang: Lang) -> str:
    return SEMICOLON.text(lang).join(labelled_message(item, lang) for item in reading.findings if prevents_report(item))


def labelled_message(item: "Finding", lang: Lang) -> str:
    """Return the message of a finding, preceded by the label of its place."""
    return f"{item.label}{COLON.text(lang)}{item.message(lang)}" if item.label else item.message(lang)


_NO_REPORT = Words("文件不成一份完整的年报：{why}", "no whole report: {why}")
