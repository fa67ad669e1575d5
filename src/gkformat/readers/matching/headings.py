"""The headings of the sections of a report: which paragraph is one, and where tables hide them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from gkformat.base.address import Address
from gkformat.notation.outline import Node, outline, per_class
from gkformat.readers.document import Block, Cell, Paragraph, Table
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.labels import SECTIONS, Lexicon, letters, unnumbered

_LONGEST_HEADING = 40


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


def find_heading(cls: type, text: str) -> tuple[Node, str] | None:
    """Return the section that a paragraph heads, and the text that follows the heading in the same paragraph."""
    line, _, below = text.strip().partition("\n")
    found = _lexicon(cls).find(line) if len(line) <= _LONGEST_HEADING else None
    if found is None or found.quality == "near":
        first, *rest = re.split(r"[\s。：:]", line, maxsplit=1)
        ahead = _lexicon(cls).find(first) if unnumbered(first) != first else None
        if rest and ahead and ahead.quality == "exact":
            return numbered_sections(cls)[ahead.index], "\n".join(filter(None, [rest[0].strip(), below]))
    return (numbered_sections(cls)[found.index], below) if found else None


def split_tables(cls: type, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with headings and long texts taken out of tables: some files are one table from end to end."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
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
        else:
            rows.append(row)
    if rows:
        yield Table(rows, table.place)


def _alone(row: Sequence[Cell]) -> str:
    """Return the text of a row that contains only one."""
    texts = {cell.text.strip() for cell in row} - {""}
    return texts.pop() if len(texts) == 1 else ""
