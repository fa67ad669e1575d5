"""Which body reports, and for which year: what the title says, and who else bears witness to it.

The first that says anything is believed. Where others say something else, a finding names them all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.readers.document import Document, Paragraph
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.margins import is_margin, is_sentence, signed_by
from gkformat.readers.matching.titles import (
    Title,
    is_body,
    is_same_body,
    read_outer_title,
    read_title_line,
    squeezed,
    year_of_sentence,
)
from gkformat.readers.matching.witnesses import Witness, said_by

_PERIOD = re.compile(r"(20\d\d)年1月1日.{0,10}?(?:20\d\d年?)?12月31日")
_PUBLISHER = re.compile(
    r"(?:发[文布](?:机[构关]|单位)|公开机构|制发机关|(?:报告|填报|编制)(?:单位|机关)|责任部门)\s*+[:：]?\s*+(?P<name>[^\s，。；:：|]{3,40})"
)
_SOURCE = re.compile(r"(?:信息)?来源\s*+[:：]\s*+(?P<name>[^\s，。；:：|]{3,40})")
_PRESS = re.compile("报社|日报|晚报|电视台|新闻|网$")
"""Who publishes what others write."""

_LONGEST_TITLE, _MOST_TITLES = 300, 20
"""What is looked at of the titles that come from outside the text."""

_LONGEST_LINE = 40
"""A longer line is a whole title, or none."""

_TITLE = Words("标题", "the title")
_METADATA = Words("网页或文件信息", "the metadata")
_PERIOD_STATED = Words("统计期限", "the period covered")
_PREFACE = Words("前言", "the preface")
_SIGNATURE = Words("落款", "the signature")
_PUBLISHED_BY = Words("发布机构", "the publisher")


@frozen
class FrontTitle:
    """The title above the text, and the indices of its lines."""

    title: Title = Title()
    lines: frozenset[int] = frozenset()


@frozen
class Identity:
    """The body that reports and the year, and findings about witnesses who disagree."""

    agency: str
    year: int | None
    findings: tuple[Finding, ...]


def find_title(front: Sequence[Paragraph]) -> FrontTitle:
    """Return the title nearest to the text, in one line or in up to three; links are titles of other reports.

    The fields of a page that state it, 名称：…, tell only what it does not.
    """
    texts = ["" if line.is_link or is_sentence(line.text) else line.text for line in front]
    above = _title_among(["" if is_margin(text) else text for text in texts])
    field = _title_among([text if is_margin(text) else "" for text in texts])
    return FrontTitle(
        Title(above.title.agency or field.title.agency, above.title.year or field.title.year),
        above.lines or field.lines,
    )


def _title_among(lines: Sequence[str]) -> FrontTitle:
    """Return the title in lines; an empty one is part of none."""
    found = FrontTitle()
    for together in (1, 2, 3):
        for start in range(len(lines) - together, -1, -1):
            span = range(start, start + together)
            if not found.lines or {*span} > found.lines:
                found = _better(found, _title(lines, span), span)
    return found


def _better(found: FrontTitle, title: Title | None, span: Iterable[int]) -> FrontTitle:
    """Return the title with what a longer span adds to it."""
    if title is None or not (title.agency or title.year):
        return found
    agency, year = found.title.agency or title.agency, found.title.year or title.year
    better = Title(agency, year)
    return found if better == found.title else FrontTitle(better, frozenset(span))


def _title(lines: Sequence[str], span: range) -> Title | None:
    text = "".join(lines[index] for index in span)
    if len(span) == 1:
        return read_title_line(text)
    if any(not 0 < len(lines[index]) <= _LONGEST_LINE for index in span):
        return None
    title = read_title_line(text)
    return title if title is None or is_body(title.agency) else evolve(title, agency="")


def identify(
    cls: type, document: Document, front: Sequence[Paragraph], title: Title, back: Sequence[Paragraph]
) -> Identity:
    """Return body and year. A date of publication and the number of a notice say nothing about the year."""
    outer = [read_outer_title(text[:_LONGEST_TITLE]) for text in document.titles[:_MOST_TITLES]]
    texts = [squeezed(line.text) for line in front]
    years = [
        *_years(_TITLE, [title.year]),
        *_years(_METADATA, [found.year for found in outer if found]),
        *_years(_PERIOD_STATED, (int(found[1]) for text in texts for found in _PERIOD.finditer(text))),
        *_years(_PREFACE, (year_of_sentence(line.text) for line in front if is_sentence(line.text))),
    ]
    bodies = [
        *_bodies(_TITLE, [title.agency]),
        *_bodies(_METADATA, [found.agency for found in outer if found]),
        *_bodies(_SIGNATURE, _signatures(back)),
        *_bodies(_PUBLISHED_BY, _named(_PUBLISHER, front)),
    ]
    agency = next((one.says for one in bodies), "") or _source(document, front)
    year = next((int(one.says) for one in years), None)
    return Identity(agency, year, tuple(_conflicts(cls, years, bodies)))


def _years(source: Words, years: Iterable[int | None]) -> Iterator[Witness]:
    yield from (Witness(source, str(year)) for year in dict.fromkeys(years) if year)


def _bodies(source: Words, names: Iterable[str]) -> Iterator[Witness]:
    yield from (Witness(source, name) for name in dict.fromkeys(names) if name)


def _conflicts(cls: type, years: Sequence[Witness], bodies: Sequence[Witness]) -> Iterator[Finding]:
    if len({one.says for one in years}) > 1:
        yield finding(cls, "title-conflict", Address("year"), said_by(years))
    if any(not is_same_body(one.says, bodies[0].says) for one in bodies[1:]):
        yield finding(cls, "title-conflict", Address("agency"), said_by(bodies))


def _signatures(back: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the body that signs below the text."""
    lines = [*(line.text for line in back[:3]), ""]
    yield from (signed_by(line, follows) for line, follows in pairwise(lines))


def _named(pattern: re.Pattern[str], front: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the bodies that the metadata above the text name."""
    found = (pattern.search(line.text) for line in front if not is_sentence(line.text))
    yield from (match["name"] for match in found if match and is_body(match["name"]))


def _source(document: Document, front: Sequence[Paragraph]) -> str:
    """Return where the page says that it comes from. That is often somebody else, and contradicts nobody."""
    names = [*_named(_SOURCE, front), *map(squeezed, document.sources)]
    return next((name for name in names if is_body(name) and not _PRESS.search(name)), "")
