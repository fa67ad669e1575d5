"""The headings of the sections of a report: which paragraph is one, and where tables hide them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.notation.outline import Node, outline, per_class
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.labels import SECTIONS, Lexicon, Quality, core, letters, unnumbered

_LONGEST_HEADING = 40
_SAYS_NOTHING = re.compile("^本年|没有|[无未]")
"""What only a text has that is like a heading: 我局没有其他需要报告的事项."""


@per_class
def numbered_sections(cls: type) -> tuple[Node, ...]:
    """Return the numbered sections of a report: tables and prose."""
    inside = (node for node in outline(cls).children if node.printed.kind in ("section", "prose"))
    return tuple(node for node in inside if unnumbered(node.label) != node.label)


@per_class
def preface_address(cls: type) -> Address | None:
    """Return the address of the text that precedes the first section."""
    plain = (
        node for node in outline(cls).children if node.printed.kind == "prose" and node not in numbered_sections(cls)
    )
    return next((node.at for node in plain), None)


@per_class
def _lexicon(cls: type) -> Lexicon:
    return Lexicon((node.label for node in numbered_sections(cls)), SECTIONS)


@per_class
def form_captions(cls: type) -> frozenset[str]:
    """Return the letters of the captions of the tables of the form, and `""`: these texts are no leftovers."""
    above = (text for band in bands(cls) for text in (band.heading, band.corner, ""))
    beside = (text for band in bands(cls) for row in band.rows for text in row.labels)
    return frozenset(map(letters, (*above, *beside)))


@frozen
class FoundHeading:
    """The section that a paragraph heads, and the offset in the paragraph at which its heading ends."""

    at: Address
    end: int
    quality: Quality = "exact"


def find_heading(cls: type, text: str) -> FoundHeading | None:
    """Return the section that a paragraph heads: its first line, or its first words with a number before them."""
    start = len(text) - len(text.lstrip())
    line = text[start:].partition("\n")[0].rstrip()
    found = _lexicon(cls).find(line) if len(line) <= _LONGEST_HEADING else None
    if found is None or found.quality == "near":
        first, *rest = re.split(r"[\s。：:]", line, maxsplit=1)
        ahead = _lexicon(cls).find(first) if unnumbered(first) != first else None
        if rest and ahead and ahead.quality == "exact":
            return FoundHeading(numbered_sections(cls)[ahead.index].at, start + len(first))
    if found is None or (found.quality == "near" and _SAYS_NOTHING.search(line)):
        return None
    return FoundHeading(numbered_sections(cls)[found.index].at, start + len(line), found.quality)


@per_class
def heading_wordings(cls: type) -> tuple[tuple[str, Address], ...]:
    """Return the letters of all wordings of the headings with their sections, the longest first."""
    own = {core(node.label): node.at for node in numbered_sections(cls)}
    others = {wording: own[meant] for wording, meant in SECTIONS.items() if meant in own}
    return tuple(sorted({**own, **others}.items(), key=lambda pair: -len(pair[0])))


def split_tables(cls: type, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with headings and long texts taken out of tables: some files are one table from end to end.

    A table of one column is text: a label has nothing beside it there.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif all(len(row) <= 1 for row in block.rows):
            yield from (Paragraph(cell.text, cell.place) for row in block.rows for cell in row if cell.text.strip())
        else:
            yield from _split_table(cls, block)


def _split_table(cls: type, table: Table) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        text = _alone(row)
        if text and (find_heading(cls, text) or "。" in text):
            if rows:
                yield Table(rows, table.place)
            rows = []
            yield Paragraph(text, row[0].place)
        elif rows or any(cell.text.strip() for cell in row):  # an empty row above a table is none of its rows
            rows.append(row)
    if rows:
        yield Table(rows, table.place)


def _alone(row: Sequence[Cell]) -> str:
    """Return the text of a row that contains only one."""
    texts = {cell.text.strip() for cell in row} - {""}
    return texts.pop() if len(texts) == 1 else ""
