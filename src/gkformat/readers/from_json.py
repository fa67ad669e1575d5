"""JSON → reading: a report of ours, one of KIROGOVCOMPARE, or a page that a publisher keeps in a string."""

import re
from collections.abc import Iterator
from typing import Any

from gkformat.base.address import Address
from gkformat.base.errors import Unreadable
from gkformat.base.findings import Mark, Number
from gkformat.base.words import Words
from gkformat.codec.parsing import parse_exact
from gkformat.codec.structure import structure
from gkformat.forms.editions import AnyReport
from gkformat.judgement.marks import merged_groups, row_groups, upper_cells
from gkformat.kirogov import from_kirogov
from gkformat.notation.outline import nodes, number_getter, numbers
from gkformat.readers.assemble import assemble_reading
from gkformat.readers.cage.pool import CAGE
from gkformat.readers.decoding import decode, encode
from gkformat.readers.sheet import Entry, Reading, Sheet

_KIROGOV = re.compile(r'"type"\s*:\s*"table_[234]"')
"""A key and value that occur only in the vocabulary of KIROGOVCOMPARE."""
_PAGE = re.compile(rb"(?i)(?:<|\\u003c)table")


def may_be_foreign(data: bytes) -> bool:
    """Return whether JSON may hold a report that is not in our JSON. That is known quickly, without parsing."""
    return bool(_PAGE.search(data) or _KIROGOV.search(decode(data)))


def read_json(data: bytes, *, agency: str = "", year: int | None = None) -> Reading:
    """Read a report of ours or of KIROGOVCOMPARE as found, or else the first page among the strings.

    `agency` and `year` are used if such a page does not state them. Raises `Malformed` for JSON that resembles a
    report but is not one, `Unreadable` if there is no report in it.
    """
    text = decode(data)
    tree, repeated = parse_exact(text)
    if _KIROGOV.search(text):
        return _reading(from_kirogov(tree))
    if isinstance(tree, dict) and ("edition" in tree or "requests" in tree):
        return _reading(structure(tree, repeated=repeated, as_found=True))
    for page in _pages(tree):
        return assemble_reading(CAGE.match(encode(page), "html"), agency=agency, year=year)
    raise Unreadable(Words("JSON 中没有年度报告", "there is no annual report in this JSON"))


def _reading(report: AnyReport) -> Reading:
    """Return a report that comes from no document, with the sheet that corresponds to it."""
    cls = type(report)
    marks = {mark.at: mark for mark in report.marks if mark.kind != "merged"}
    values = zip(numbers(cls), number_getter(cls)(report), strict=True)
    upper = upper_cells(report)
    entries = tuple(
        Entry(at, "", "absent") if at in upper else _entry(at, value, marks.get(at)) for at, value in values
    )
    texts = tuple(
        Entry(at, getattr(report, at))
        for at, node in nodes(cls).items()
        if node.printed.kind == "prose" and getattr(report, at)
    )
    merged = tuple(at for at in row_groups(cls) if at in merged_groups(report))
    return Reading(report, Sheet("json", report.edition, report.agency, report.year, entries, texts, merged))


def _entry(at: Address, value: Number, mark: Mark | None) -> Entry:
    if mark is None or mark.kind == "merged":
        return Entry(at, str(value), "number", value)
    return Entry(at, mark.text, mark.kind, value if mark.kind == "annotated" else None)


def _pages(tree: Any) -> Iterator[str]:
    """Yield the strings that contain a table, without recursion: a payload may be deeply nested."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "<table" in value.lower():
            yield value
        elif isinstance(value, dict):
            waiting += reversed(list(value.values()))
        elif isinstance(value, list):
            waiting += reversed(value)
