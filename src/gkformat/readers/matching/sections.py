"""The texts of a report: its title, what comes before the first section, and the sections that are prose."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import Factory, define, frozen

from gkformat.base.address import Address
from gkformat.notation.outline import Node, nodes, outline, per_class
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.labels import SECTIONS, Lexicon, letters, unnumbered
from gkformat.readers.sheet import Entry, Leftover

_LONGEST_HEADING = 40
_FOREIGN = re.compile(r"^[七八九十]、\S{2,25}$")
"""The heading of a section that the form has not."""

_CHIEF = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．,，:：]")
"""The number of a section. What stands after `（二）` or `2.` is the heading of a section only where no paragraph with
such a number is: the first section of many reports has parts of the same names."""

_CHROME = re.compile(
    r"^(?:发布(?:时间|日期)|成文日期|来源|信息来源|浏览(?:次数|量)|阅读|访问量|点击|字[体号]|索引号|发文[机字]|主题分类|分享|打印|【?打印|关闭|"
    r"扫一扫|上一[篇条]|下一[篇条]|版权所有|主办|承办|网站标识码|.{0,6}ICP备|.{0,8}公网安备|返回顶部|相关(?:链接|附件|文章)|责任编辑)"
)
"""What belongs to the page and not to the report."""


# -- headings ------------------------------------------------------------------------------------------


@per_class
def sections(cls: type) -> tuple[Node, ...]:
    """The numbered sections of a report: tables and texts."""
    inside = (node for node in outline(cls).children if node.printed.word in ("section", "prose"))
    return tuple(node for node in inside if unnumbered(node.label) != node.label)


@per_class
def lead(cls: type) -> Address | None:
    """Where the text before the first section belongs."""
    plain = (node for node in outline(cls).children if node.printed.word == "prose" and node not in sections(cls))
    return next((node.at for node in plain), None)


@per_class
def _headings(cls: type) -> Lexicon:
    return Lexicon((node.label for node in sections(cls)), SECTIONS)


@per_class
def _said(cls: type) -> frozenset[str]:
    """What the form prints above its tables, and nothing but punctuation: neither is anything to speak of."""
    return frozenset(letters(text) for band in bands(cls) for text in (band.heading, band.corner, ""))


def heading(cls: type, text: str) -> tuple[Node, str] | None:
    """The section that a paragraph heads, and what runs on after the heading in the same paragraph."""
    line, _, below = text.strip().partition("\n")
    found = _headings(cls).find(line) if len(line) <= _LONGEST_HEADING else None
    if found is None or found.quality == "near":
        first, *rest = re.split(r"[\s。：:]", line, maxsplit=1)
        ahead = _headings(cls).find(first) if unnumbered(first) != first else None
        if rest and ahead and ahead.quality == "exact":
            return sections(cls)[ahead.index], "\n".join(filter(None, [rest[0].strip(), below]))
    return (sections(cls)[found.index], below) if found else None


def split(cls: type, blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with headings and long texts taken out of tables: some files are one table from beginning to end."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows: list[tuple[Cell, ...]] = []
        for row in block.rows:
            text = _alone(row)
            if text and (heading(cls, text) or "。" in text):
                if rows:
                    yield Table(rows, block.place)
                rows = []
                yield Paragraph(text, row[0].place)
            else:
                rows.append(row)
        if rows:
            yield Table(rows, block.place)


def _alone(row: Sequence[Cell]) -> str:
    """The text of a row in which only one thing stands."""
    texts = {cell.text.strip() for cell in row} - {""}
    return texts.pop() if len(texts) == 1 else ""


# -- the texts -----------------------------------------------------------------------------------------


@frozen
class Texts:
    """The prose of a report by address, the headings that were found, what belongs nowhere, and what came first."""

    entries: tuple[Entry, ...]
    found: frozenset[Address]
    leftovers: Mapping[Address, tuple[Leftover, ...]]
    front: tuple[Paragraph, ...]


_NOWHERE = Address()


@define
class _Gathering:
    """The texts as they are gathered, paragraph by paragraph; `here` is the section that they belong to.

    `chief` are the sections whose headings have the number of a section.
    """

    cls: type
    chief: frozenset[Address] = frozenset()
    here: Address = _NOWHERE
    foreign: bool = False
    started: bool = False
    found: set[Address] = Factory(set)
    texts: dict[Address, list[Paragraph]] = Factory(dict)
    leftovers: dict[Address, list[Leftover]] = Factory(dict)
    front: list[Paragraph] = Factory(list)

    def paragraph(self, block: Paragraph) -> None:
        headed = heading(self.cls, block.text)
        if headed and (headed[0].at not in self.chief or _CHIEF.match(block.text)):
            node, below = headed
            self.here, self.foreign, self.started = node.at, False, True
            self.found.add(node.at)
            if below:
                self._add(Paragraph(below, block.place))
        elif _CHROME.match(block.text):
            return
        elif not self.started:
            self.front.append(block)
        else:
            self.foreign |= bool(_FOREIGN.match(block.text))
            self._add(block)

    def table(self, at: Address) -> None:
        """A table of the form: its section begins here, if no heading said so."""
        self.here, self.foreign, self.started = at, False, True

    def _add(self, block: Paragraph) -> None:
        if self.foreign or nodes(self.cls)[self.here].printed.word != "prose":
            if letters(block.text) in _said(self.cls):
                return
            self.leftovers.setdefault(self.here, []).append(Leftover(block.text, block.place))
        else:
            self.texts.setdefault(self.here, []).append(block)


def texts(cls: type, blocks: Sequence[Block], sources: Mapping[int, Address]) -> Texts:
    """The prose of a report. `sources` says which tables of the file, in their order, are tables of the form."""
    gathering = _Gathering(cls, _chief(cls, blocks))
    tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            gathering.paragraph(block)
            continue
        if tables in sources:
            gathering.table(sources[tables])
        elif gathering.started:
            for line in _as_lines(block):
                gathering.paragraph(line)
        else:
            gathering.front += _as_lines(block)
        tables += 1
    preface = lead(cls)
    entries = [_entry(at, those) for at, those in gathering.texts.items()]
    if preface is not None and (before := list(_preface(gathering.front))):
        entries.insert(0, _entry(preface, before))
    leftovers = {at: tuple(those) for at, those in gathering.leftovers.items()}
    return Texts(tuple(entries), frozenset(gathering.found), leftovers, tuple(gathering.front))


def _chief(cls: type, blocks: Sequence[Block]) -> frozenset[Address]:
    """The sections that a paragraph with the number of a section heads."""
    numbered = (block.text for block in blocks if isinstance(block, Paragraph) and _CHIEF.match(block.text))
    return frozenset(found[0].at for text in numbered if (found := heading(cls, text)))


def _entry(at: Address, paragraphs: Sequence[Paragraph]) -> Entry:
    return Entry(at, "\n".join(paragraph.text for paragraph in paragraphs), place=paragraphs[0].place)


def _as_lines(table: Table) -> list[Paragraph]:
    """A table that is none of the form, as text."""
    rows = (" ".join(filter(None, (cell.text.strip() for cell in row))) for row in table.rows)
    return [Paragraph(text, table.place) for text in rows if text]


def _preface(front: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """What stands between the title and the first section; without a title, the sentences before that section."""
    last = max((at for at, block in enumerate(front) if _TITLE.search(_squeezed(block.text))), default=None)
    for block in front[0 if last is None else last + 1 :]:
        if last is not None or "。" in block.text:
            yield block


# -- the title -----------------------------------------------------------------------------------------

_YEAR = r"(?P<year>20\d\d|二[〇○零Oo0][一二三四五六七八九〇○零]{2})年?度?"
_REPORT = r"(?:政府)?信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?报告"
_NAME = r"[^_|｜>»:：,，。;；!！?？《》〈〉/\\]"
_TITLE = re.compile(rf"(?P<before>{_NAME}{{0,40}}?){_YEAR}(?P<between>{_NAME}{{0,40}}?){_REPORT}")
_PERIOD = re.compile(r"(20\d\d)年1月1日.{0,10}?(?:20\d\d年)?12月31日")
_ISSUER = re.compile(
    r"(?:发[文布](?:机[构关]|单位)|公开机构|制发机关|责任部门|信息来源)\s*[:：]?\s*(?P<name>[^\s，。；:：|]{3,40})"
)
_ENDINGS = (
    "政府|局|厅|部|院|办|室|处|会|委|署|中心|站|所|队|镇|乡|街道|街|场|校|大学|公司|集团|行|社|馆|区|县|市|省|州|盟|旗"
)
_BODY = re.compile(rf"[^\W\d_]+(?:{_ENDINGS})$")
"""How the name of a public body ends."""

_BEFORE_NAME = re.compile(r"关于$|^(?:关于|索引号.*|标题|名称|\d+)+|[-—·.\s()（）\[\]【】]+|的$")
_NUMERALS = {**{letter: str(digit) for digit, letter in enumerate("〇一二三四五六七八九")}, "○": "0", "零": "0"}


@frozen
class Title:
    """Who reports, and for which year; empty or `None` where no title says so."""

    agency: str = ""
    year: int | None = None


def title(document: Document, front: Sequence[Paragraph]) -> Title:
    """Body and year, from the title in the text, else from what the file calls itself; the year also from the period.

    A day of publication says nothing about the year, nor does the number of a notice.
    """
    texts = [_squeezed(block.text) for block in front]
    candidates = [*_lines(texts), *map(_squeezed, document.titles)]
    found = [read for text in candidates if (read := _title(text))]
    year = next((read.year for read in found if read.year), None) or _period(texts)
    agency = next((read.agency for read in found if read.agency), "") or _issuer(front)
    return Title(agency, year)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(texts: Sequence[str]) -> Iterator[str]:
    """Lines that may be a title, the nearest to the text first; then two and three lines together."""
    short = [text if len(text) <= 60 else "。" for text in texts]  # noqa: PLR2004 - a title is no paragraph
    for together in (1, 2, 3):
        for start in range(len(short) - together, -1, -1):
            yield "".join(short[start : start + together])


def _title(text: str) -> Title | None:
    found = _TITLE.search(text)
    if not found:
        return None
    names = [_BEFORE_NAME.sub("", found[part]) for part in ("before", "between")]
    agency = next((name for name in names if _BODY.search(name)), "")
    return Title(agency, _year(found["year"]))


def _year(text: str) -> int | None:
    digits = "".join(_NUMERALS.get(letter, letter if letter.isdigit() else "0") for letter in text)
    return int(digits)


def _period(texts: Iterable[str]) -> int | None:
    """The year that the figures are said to cover, if it is one."""
    years = {int(found[1]) for text in texts for found in _PERIOD.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _issuer(front: Iterable[Paragraph]) -> str:
    """The body that issued the page, as its metadata say."""
    found = (_ISSUER.search(block.text) for block in front)
    return next((match["name"] for match in found if match and _BODY.search(match["name"])), "")
