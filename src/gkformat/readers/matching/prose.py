"""The text of a report: its preface, its sections, and everything that belongs to neither.

No paragraph is lost: each is in an entry, is the title or a heading, or is left over. What is left over inside the
report is told; menus, metadata and the foot of a page are not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import Factory, define, evolve

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.outline import nodes
from gkformat.readers.document import Block, Paragraph, Table
from gkformat.readers.matching.headings import form_captions, numbered_sections, preface_address
from gkformat.readers.matching.labels import all_letters
from gkformat.readers.matching.margins import ends_report, is_margin, is_sentence, signature, without_end
from gkformat.readers.matching.sections import Sections
from gkformat.readers.matching.titles import split_title
from gkformat.readers.sheet import Entry, Leftover


@frozen
class Prose:
    """The prose of a report: entries by address, sections whose headings were found, and what is left over.

    `leftovers` are texts within the report, by section; `margins` are those around it. `back` are the paragraphs after
    the end of the last section.
    """

    entries: tuple[Entry, ...]
    found: frozenset[Address]
    leftovers: Mapping[Address, tuple[Leftover, ...]]
    margins: tuple[Leftover, ...]
    back: tuple[Paragraph, ...]


@frozen
class Front:
    """The paragraphs before the first section: those of a page before its main content, and those within."""

    before: tuple[Paragraph, ...]
    main: tuple[Paragraph, ...]

    @property
    def all(self) -> tuple[Paragraph, ...]:
        """All of them, in reading order."""
        return (*self.before, *self.main)


def as_lines(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the blocks as text; of a table, one paragraph a row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows = (" ".join(filter(None, (cell.text.strip() for cell in row))) for row in block.rows)
        yield from (Paragraph(text, block.place) for text in rows if text)


def split_front(before: Iterable[Block], sections: Sections, sources: Mapping[int, Address]) -> Front:
    """Return what precedes the first heading and the first table of the form."""
    first = min([*sections.headings, *_tables_of_form(sections, sources)], default=len(sections.blocks))
    main = [block for index, block in enumerate(sections.blocks[:first]) if index not in sections.contents]
    return Front(tuple(_lines_of_front(before)), tuple(_lines_of_front(main)))


def _lines_of_front(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the blocks as text, with the title apart from a preface that it runs into."""
    for line in as_lines(blocks):
        yield from (evolve(line, text=text) for text in split_title(line.text) if text)


def _tables_of_form(sections: Sections, sources: Mapping[int, Address]) -> dict[int, Address]:
    """Return the tables of the form by the index of their blocks; `sources` gives them by the number of the table."""
    tables = (index for index, block in enumerate(sections.blocks) if isinstance(block, Table))
    return {index: sources[number] for number, index in enumerate(tables) if number in sources}


@define
class _Collector:
    """Collector of the texts of the sections; `section` is the current one."""

    cls: type
    section: Address
    is_foreign: bool = False
    texts: dict[Address, list[Paragraph]] = Factory(dict)
    leftovers: dict[Address, list[Leftover]] = Factory(dict)

    def begin(self, section: Address) -> None:
        """Begin a section, at its heading or its table."""
        self.section, self.is_foreign = section, False

    def add(self, line: Paragraph) -> None:
        """Add a paragraph to the current section, or to what is left over in it."""
        if not self.is_foreign and nodes(self.cls)[self.section].printed.kind == "prose":
            self.texts.setdefault(self.section, []).append(line)
        elif all_letters(line.text) not in form_captions(self.cls):
            self.leave(line)

    def leave(self, line: Paragraph) -> None:
        """Leave a paragraph over."""
        self.leftovers.setdefault(self.section, []).append(Leftover(line.text, line.place))


def collect_prose(
    cls: type,
    sections: Sections,
    sources: Mapping[int, Address],
    front: Front,
    title_lines: frozenset[int],
    after: Iterable[Block],
) -> Prose:
    """Return the prose of a report.

    `sources` maps the number of a table to the table of the form that it is; `title_lines` are the indices of the lines
    of `front` that are its title.
    """
    collector = _Collector(cls, preface_address(cls) or Address())
    margins = [*as_lines(sections.blocks[index] for index in sorted(sections.contents))]
    margins += _collect_front(collector, front, title_lines)
    back = _collect_sections(collector, sections, _tables_of_form(sections, sources))
    found = frozenset(heading.at for heading in sections.headings.values())
    outside = list(as_lines(after))
    is_complete = all(node.at in found for node in numbered_sections(cls))
    for line in (*back, *(() if is_complete else outside)):
        if is_sentence(line.text) and not (is_margin(line.text) or line.is_link):
            collector.leave(line)
        else:
            margins.append(line)
    margins += outside if is_complete else ()
    return Prose(
        tuple(_entry(at, lines) for at, lines in collector.texts.items()),
        found,
        {at: tuple(items) for at, items in collector.leftovers.items()},
        tuple(Leftover(line.text, line.place) for line in margins),
        (*back, *outside),
    )


def _collect_sections(collector: _Collector, sections: Sections, tables: Mapping[int, Address]) -> Sequence[Paragraph]:
    """Collect the text of each section. Return what follows the end of the last one."""
    begins = sorted([*sections.headings, *tables])
    back: Sequence[Paragraph] = ()
    for begin, end in pairwise([*begins, len(sections.blocks)]):
        heading = sections.headings.get(begin)
        collector.begin(heading.at if heading else tables[begin])
        inside = [index for index in range(begin + 1, end) if index not in sections.contents]
        lines = [(line, index in sections.foreign) for index in inside for line in as_lines([sections.blocks[index]])]
        if end == len(sections.blocks):
            lines = [(part, is_foreign) for line, is_foreign in lines for part in _without_end(line)]
            stop = _end([line for line, _ in lines])
            back = [line for line, _ in lines[stop:]]
            del lines[stop:]
        for line, is_foreign in lines:
            collector.is_foreign |= is_foreign
            collector.add(line)
    return back


def _collect_front(collector: _Collector, front: Front, title_lines: frozenset[int]) -> Iterator[Paragraph]:
    """Collect the preface: what follows the title, or else the first sentence. Yield what belongs to the page."""
    last = max(title_lines, default=-1)
    begun = False
    for index, line in enumerate(front.all):
        if index in title_lines:
            continue
        is_outside = index < len(front.before)
        is_page = line.is_link or is_margin(line.text) or bool(signature(line.text))
        if is_page or (is_outside and not (title_lines and is_sentence(line.text))):
            yield line
        elif index > last and (title_lines or begun or is_sentence(line.text)):
            begun = True
            collector.add(line)
        elif is_sentence(line.text) and not is_outside:
            collector.leave(line)
        else:
            yield line


def _without_end(line: Paragraph) -> Iterator[Paragraph]:
    """Yield a paragraph and, apart from it, what ends the report in the same line."""
    text, rest = without_end(line.text)
    yield evolve(line, text=text)
    if rest:
        yield evolve(line, text=rest)


def _end(lines: Sequence[Paragraph]) -> int:
    """Return where the text of the last section ends: at the signature, or at what belongs to the page."""
    last = max((at for at, line in enumerate(lines) if is_sentence(line.text) and not is_margin(line.text)), default=-1)
    for at, line in enumerate(lines):
        follows = lines[at + 1].text if at + 1 < len(lines) else ""
        if ends_report(line.text, follows) or (at > last and (line.is_link or signature(line.text))):
            return at
    return len(lines)


def _entry(at: Address, paragraphs: Sequence[Paragraph]) -> Entry:
    return Entry(at, "\n".join(paragraph.text for paragraph in paragraphs), place=paragraphs[0].place)
