"""The prose of a report: its sections of text, what precedes the first of them, and text that belongs nowhere."""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, define

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.numbering import SECTION_NUMBER
from gkformat.notation.outline import nodes
from gkformat.readers.document import Block, Paragraph, Table
from gkformat.readers.matching.headings import find_heading, form_captions, preface_address
from gkformat.readers.matching.labels import all_letters
from gkformat.readers.matching.titles import contains_title
from gkformat.readers.sheet import Entry, Leftover

_FOREIGN = re.compile(r"^[七八九十]、\S{2,25}$")
"""The heading of a section that the form does not have."""

_CHROME = re.compile(
    r"^(?:发布(?:时间|日期)|成文日期|来源|信息来源|浏览(?:次数|量)|阅读|访问量|点击|字[体号]|索引号|发文[机字]|主题分类|分享|打印|【?打印|关闭|"
    r"扫一扫|上一[篇条]|下一[篇条]|版权所有|主办|承办|网站标识码|.{0,6}ICP备|.{0,8}公网安备|返回顶部|相关(?:链接|附件|文章)|责任编辑)"
)
"""Text that belongs to the web page and not to the report."""


@frozen
class Prose:
    """The prose of a report: entries by address, sections whose headings were found, leftovers by section, and `front`.

    `front` are the paragraphs before the first section.
    """

    entries: tuple[Entry, ...]
    found: frozenset[Address]
    leftovers: Mapping[Address, tuple[Leftover, ...]]
    front: tuple[Paragraph, ...]


_NOWHERE = Address()


@define
class _ProseCollector:
    """Collector of the prose, paragraph by paragraph; `section` is the current one.

    `numbered` are the sections with a heading that has the number of a section. Then a text after `（二）` or `2.` is
    no heading of theirs: the first section of many reports has parts of the same names.
    """

    cls: type
    numbered: frozenset[Address] = frozenset()
    section: Address = _NOWHERE
    is_foreign: bool = False
    started: bool = False
    found: set[Address] = Factory(set)
    texts: dict[Address, list[Paragraph]] = Factory(dict)
    leftovers: dict[Address, list[Leftover]] = Factory(dict)
    front: list[Paragraph] = Factory(list)

    def add_paragraph(self, block: Paragraph) -> None:
        """Add a paragraph: a heading begins its section, other text goes with the current section."""
        headed = find_heading(self.cls, block.text)
        if headed and (headed[0].at not in self.numbered or SECTION_NUMBER.match(block.text)):
            node, below = headed
            self.section, self.is_foreign, self.started = node.at, False, True
            self.found.add(node.at)
            if below:
                self._add(Paragraph(below, block.place))
        elif _CHROME.match(block.text):
            return
        elif not self.started:
            self.front.append(block)
        else:
            self.is_foreign |= bool(_FOREIGN.match(block.text))
            self._add(block)

    def begin_table(self, at: Address) -> None:
        """Begin the section of a table of the form, in case no heading did."""
        self.section, self.is_foreign, self.started = at, False, True

    def _add(self, block: Paragraph) -> None:
        if self.is_foreign or nodes(self.cls)[self.section].printed.kind != "prose":
            if all_letters(block.text) in form_captions(self.cls):
                return
            self.leftovers.setdefault(self.section, []).append(Leftover(block.text, block.place))
        else:
            self.texts.setdefault(self.section, []).append(block)


def collect_prose(cls: type, blocks: Sequence[Block], sources: Mapping[int, Address]) -> Prose:
    """Return the prose of a report; `sources` maps the index of a file table to the table of the form that it is."""
    collector = _ProseCollector(cls, _numbered_headings(cls, blocks))
    tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            collector.add_paragraph(block)
            continue
        if tables in sources:
            collector.begin_table(sources[tables])
        elif collector.started:
            for line in _as_lines(block):
                collector.add_paragraph(line)
        else:
            collector.front += _as_lines(block)
        tables += 1
    preface = preface_address(cls)
    entries = [_entry(at, paragraphs) for at, paragraphs in collector.texts.items()]
    if preface is not None and (before := list(_preface(collector.front))):
        entries.insert(0, _entry(preface, before))
    leftovers = {at: tuple(items) for at, items in collector.leftovers.items()}
    return Prose(tuple(entries), frozenset(collector.found), leftovers, tuple(collector.front))


def _numbered_headings(cls: type, blocks: Sequence[Block]) -> frozenset[Address]:
    """Return the sections with a heading that has the number of a section."""
    numbered = (block.text for block in blocks if isinstance(block, Paragraph) and SECTION_NUMBER.match(block.text))
    return frozenset(found[0].at for text in numbered if (found := find_heading(cls, text)))


def _entry(at: Address, paragraphs: Sequence[Paragraph]) -> Entry:
    return Entry(at, "\n".join(paragraph.text for paragraph in paragraphs), place=paragraphs[0].place)


def _as_lines(table: Table) -> list[Paragraph]:
    """Return a table that is not one of the form as text."""
    rows = (" ".join(filter(None, (cell.text.strip() for cell in row))) for row in table.rows)
    return [Paragraph(text, table.place) for text in rows if text]


def _preface(front: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs between the title and the first section; without a title, those with sentences."""
    last = max((at for at, block in enumerate(front) if contains_title(block.text)), default=None)
    for block in front[0 if last is None else last + 1 :]:
        if last is not None or "。" in block.text:
            yield block
