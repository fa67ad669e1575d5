"""Documents other than JSON, as agencies publish them, told apart from JSON of ours and from what holds no report."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from gkformat.base.errors import Malformed, Unreadable
from gkformat.base.families import FAMILIES
from gkformat.base.words import COLON, LANGUAGES, SEMICOLON, Lang, Words
from gkformat.examination.suffixes import JSONL_SUFFIXES, TEXT_SUFFIXES
from gkformat.forms import editions
from gkformat.notation.outline import Node, outline

if TYPE_CHECKING:
    from gkformat.base.findings import Finding
    from gkformat.readers.sheet import Reading

_TEXT_KINDS = frozenset({"text", "csv", "markdown"})
"""Kinds of files which, if no report is found in them and they are named as JSON, are treated as broken JSON."""

_JSON_SUFFIXES = (".json", *JSONL_SUFFIXES)


def read_document(data: bytes, file_name: str = "", *, agency: str = "", year: int | None = None) -> "Reading | None":
    """Read a document of any kind; return `None` for JSON that is ours or should be, also where it is broken.

    Raises `Unreadable` for a file that cannot be read, and of it `NoReport` if a file that can be read has no report.
    """
    if not data.strip():
        from gkformat.readers.refusals import EMPTY  # noqa: PLC0415 - as below

        raise _without_report(file_name)(EMPTY)
    if data.lstrip(_BEFORE_JSON).startswith((b"{", b"[")) and any(key in data for key in _OURS):
        return None
    from gkformat.readers import read_bytes  # noqa: PLC0415 - slow to import, and not needed for JSON of ours
    from gkformat.readers.detect import is_json  # noqa: PLC0415
    from gkformat.readers.document import NoForm  # noqa: PLC0415
    from gkformat.readers.from_json import may_be_foreign  # noqa: PLC0415

    try:
        if is_json(data) and not may_be_foreign(data):
            return None
        return read_bytes(data, agency=agency, year=year, file_name=file_name)
    except NoForm as error:
        if error.kind not in _TEXT_KINDS:
            raise NoReport(error.words) from None
        if file_name.lower().endswith(_JSON_SUFFIXES):
            return None
        raise _without_report(file_name)(error.words) from None
    except Malformed as error:  # of another program
        raise Unreadable(error.words) from None


def _without_report(file_name: str) -> type[Unreadable]:
    """Return what a file is in which there is no more than text: damaged, if its name does not say that it is text."""
    return NoReport if file_name.lower().endswith(TEXT_SUFFIXES) else Unreadable


class NoReport(Unreadable):
    """A document that contains no report."""


# -- JSON of ours --------------------------------------------------------------------------------------


def has_report_keys(data: bytes) -> bool:
    """Return whether JSON looks like a report: it has at least three keys of the form at the top level.

    A schema, or the output of `check`, has them further inside; a line of a table has none of a section. Data that
    cannot be parsed may be a damaged report.
    """
    plain = data.replace(b"\0", b"")  # of UTF-16
    if sum(f'"{key}"'.encode() in plain for key in _report_keys()) < _FEWEST_KEYS:
        return False
    from gkformat.codec.parsing import parse_fast  # noqa: PLC0415 - not needed for files that are named

    tree = parse_fast(data)
    if not isinstance(tree, dict):
        return True
    found = _report_keys() & tree.keys()
    return len(found) >= _FEWEST_KEYS and not found.isdisjoint(_section_keys())


_FEWEST_KEYS = 3
_OURS = (b'"edition"', b'"requests"')
"""Keys of JSON of ours, of which one is enough to know it, and which no other has."""
_BEFORE_JSON = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""White space, byte order marks, and the other half of a character of UTF-16."""


@cache
def _report_keys() -> frozenset[str]:
    return frozenset(node.name for node in _children())


@cache
def _section_keys() -> frozenset[str]:
    return frozenset(node.name for node in _children() if node.printed.kind in ("section", "prose"))


def _children() -> Iterator[Node]:
    return (node for edition in editions.EDITIONS.values() for node in outline(edition.report).children)


# -- no report -----------------------------------------------------------------------------------------


def incomplete_message(reading: "Reading", *, may_be_given: bool = False) -> Words:
    """Return the reasons why a reading has no report, and how to give the year, if the command has an option for it."""
    why = _NO_REPORT.format(why=Words(*(_reasons(reading, lang) for lang in LANGUAGES)))
    lacks_year = any(item.rule == "title-incomplete" and item.at == "year" for item in reading.findings)
    return why + _GIVE_YEAR if lacks_year and may_be_given else why


_GIVE_YEAR = Words("；年度可用 --year 给出", "; the year can be given with --year")


def prevents_report(item: "Finding") -> bool:
    """Return whether a finding means that there is no report. Without the name of its agency a report is still one."""
    return item.rule in {"table-missing", "edition-unknown"} or (item.rule == "title-incomplete" and item.at == "year")


def _reasons(reading: "Reading", lang: Lang) -> str:
    reasons = [labelled_message(item, lang) for item in reading.findings if prevents_report(item)]
    if all(entry.state == "blank" for entry in reading.sheet.cells):
        empty = FAMILIES["report-empty"].message.format(count=len(reading.sheet.cells))
        reasons.append(empty.text(lang))
    return SEMICOLON.text(lang).join(reasons)


def labelled_message(item: "Finding", lang: Lang) -> str:
    """Return the message of a finding, preceded by the label of its place."""
    return f"{item.label}{COLON.text(lang)}{item.message(lang)}" if item.label else item.message(lang)


_NO_REPORT = Words("文件不成一份完整的年报：{why}", "no whole report: {why}")
