"""The texts of a report as a document can hold them: what cannot be written, and what is not read back as it was."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Malformed, Unreadable, Unwritable, excerpt
from gkformat.base.findings import Mark
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE
from gkformat.base.words import Lang, Words
from gkformat.judgement.revision import replace
from gkformat.notation.cell_text import classify
from gkformat.notation.outline import label, label_faults, nodes, outline
from gkformat.readers.document import Block, Document, Paragraph, Table
from gkformat.readers.match_file import match_file
from gkformat.readers.matching.texts import match_texts
from gkformat.readers.matching.values import read_cell
from gkformat.readers.sheet import Entry
from gkformat.writers.layout import Pages, in_two_lines, lay_out
from gkformat.writers.text import render as render_text

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that XML or HTML cannot hold."""

_BLANKS = re.compile(r"[^\S\n\u3000\xa0]+")

_LONGEST = {"spreadsheet": 32_767}
"""Characters that a text can have, by the kind of file: in a workbook, each paragraph is a cell."""

_ONE_LINE = frozenset(["text"])
"""Kinds of file whose cells hold one line."""


@frozen
class Rewritten:
    """A text of a report, `given`, that is read from the document otherwise, as `written`."""

    at: Address
    label: str
    given: str
    written: str

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says what is different."""
        return _MESSAGE.format(given=excerpt(self.given), written=excerpt(self.written)).text(lang)


_MESSAGE = Words("原为 {given}，写出后读作 {written}", "was {given}, and is read from the document as {written}")


def printable(report: Any, kind: str) -> tuple[Pages, tuple[Rewritten, ...]]:
    """Return the pages of a report with its texts as a document holds them, and what is read from it otherwise.

    Paragraphs and marks are stripped of blanks, empty paragraphs left out, and a name of several lines put in one.
    Raises `Malformed` for a text that no document can hold, and `Unwritable` for one by which plain text would be taken
    for another kind of file.
    """
    cls = type(report)
    given = {node.at: getattr(report, node.name) for node in outline(cls).children if node.printed.kind in _TEXTS}
    if faults := [*_faults(report, given, _LONGEST.get(kind))]:
        raise Malformed(label_faults(cls, faults))
    fields = {at: _plain(text) for at, text in given.items() if isinstance(text, str)}
    fields[_AGENCY] = fields[_AGENCY].replace("\n", " ")
    marks = {mark.at: mark for mark in report.marks}
    plain_marks = {
        at: plain for at, mark in marks.items() if (plain := _plain_mark(cls, mark, one_line=kind in _ONE_LINE))
    }
    changes: dict[str, Any] = {str(at): text for at, text in fields.items() if text != given[at]}
    if plain_marks != marks:
        changes["marks"] = tuple(plain_marks.values())
    plain = replace(report, **changes) if changes else report  # which would be judged again
    shown = {at: str(value) for at, value in given.items()} | {at: mark.text for at, mark in marks.items()}
    read_texts = _read_in_text if kind == "text" else _read_in_blocks
    pages = lay_out(plain)
    texts = read_texts(cls, pages)
    if (texts[_AGENCY], texts[_YEAR]) != (plain.agency, str(report.year)):
        pages = in_two_lines(plain, pages)
        texts = read_texts(cls, pages)
    if texts[_YEAR] == _NO_YEAR:
        raise Unwritable(_NOT_PLAIN)
    read = texts | {at: plain_marks[at].text if at in plain_marks else marks[at].text.strip() for at in marks}
    return pages, tuple(
        Rewritten(at, label(cls, at), text, read.get(at, "")) for at, text in shown.items() if read.get(at, "") != text
    )


_TEXTS = ("title", "prose")
_AGENCY, _YEAR = Address("agency"), Address("year")


def _plain_mark(cls: type, mark: Mark, *, one_line: bool) -> Mark | None:
    """Return a mark without blanks around its text; none, if these were all that was odd."""
    text = " ".join(mark.text.split()) if one_line else mark.text.strip()
    if mark.kind == "annotated" and text and classify(nodes(cls)[mark.at], text)[0] == "number":
        return None
    return evolve(mark, text=text)


def _plain(text: str) -> str:
    lines = (_BLANKS.sub(" ", line).strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(filter(None, lines))


def _faults(report: Any, prose: Mapping[Address, object], longest: int | None) -> Iterator[Fault]:
    texts = [*prose.items(), *((mark.at, mark.text) for mark in report.marks)]
    for at, text in texts:
        if isinstance(text, str) and (found := _FORBIDDEN.search(text)):
            yield Fault("out-of-range", at, found=excerpt(found[0]), expected=_NO_CONTROLS)
        elif isinstance(text, str) and longest and max(map(len, text.split("\n"))) > longest:
            yield Fault("out-of-range", at, found=excerpt(text), expected=_SHORTER.format(longest=longest))


_NO_CONTROLS = Words("没有控制字符的文字", "a text without control characters")
_SHORTER = Words("至多 {longest} 字的段落", "a paragraph of at most {longest} characters")


def _read_in_text(cls: type, pages: Pages) -> dict[Address, str]:
    """Return what is read from plain text, in which a bar or the like may be taken for the sign of a table.

    Raises `Unwritable` if a text of the report would hide the numbers in this way.
    """
    try:
        sheet = match_file(render_text(pages)).sheet
    except Unreadable:
        raise Unwritable(_NOT_PLAIN) from None
    found = {entry.at: evolve(entry, place=NOWHERE) for entry in sheet.cells}
    shown = {at: text for part in pages.parts if part.table for at, text in part.table.texts.items()}
    if any(found.get(at) != read_cell(nodes(cls)[at], text) for at, text in shown.items()):
        raise Unwritable(_NOT_PLAIN)
    return _stated(sheet.agency, sheet.year, sheet.texts)


_NOT_PLAIN = Words(
    "报告的文字中有网页或 Markdown 的标记，写成纯文本后读不出表中的数字；请写成其他类型的文件",
    "the texts of the report contain markup of HTML or Markdown, by which the numbers could not be read from plain "
    "text: write another kind of file",
)


def _read_in_blocks(cls: type, pages: Pages) -> dict[Address, str]:
    """Return what is read from a document that tells texts from tables: the title and the texts."""
    blocks: list[Block] = [*map(Paragraph, pages.title)]
    sources: dict[int, Address] = {}
    for part in pages.parts:
        blocks += map(Paragraph, filter(None, [part.heading, *part.paragraphs]))
        if part.table:
            sources[len(sources)] = part.at
            blocks.append(Table(()))
    found = match_texts(cls, Document("text", blocks), blocks, sources)
    return _stated(found.identity.agency, found.identity.year, found.prose.entries)


_NO_YEAR = ""


def _stated(agency: str, year: int | None, texts: Iterable[Entry]) -> dict[Address, str]:
    named = {_AGENCY: agency, _YEAR: str(year) if year else _NO_YEAR}
    return {entry.at: entry.text for entry in texts} | named
