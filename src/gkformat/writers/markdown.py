"""Pages → Markdown, with the tables of GFM, which have no merged cells: their other places are empty."""

import re
from collections.abc import Iterator

from gkformat.writers.layout import Pages, PrintedTable

_SPECIAL = re.compile(r"[\\`*_{}\[\]>#|~&!]")
_LIST = re.compile(r"^(\d+|)([-+.)])(?=[\s-]|$)")
"""The beginning of an item of a list, or of a line across the page, which a paragraph is not."""


def render(pages: Pages) -> bytes:
    """Return a text in UTF-8."""
    return "\n\n".join(_blocks(pages)).encode() + b"\n"


def _blocks(pages: Pages) -> Iterator[str]:
    yield from (f"# {_escaped(line)}" for line in pages.title)
    for part in pages.parts:
        if part.heading:
            yield f"## {_escaped(part.heading)}"
        yield from map(_escaped, part.paragraphs)
        if part.table:
            yield "\n".join(_rows(part.table))


def _rows(table: PrintedTable) -> Iterator[str]:
    first, *rest = (
        f"| {' | '.join(_escaped(text).replace(chr(10), '<br>') for text in line)} |" for line in table.lines
    )
    yield first
    yield f"|{' --- |' * table.blank.grid.columns}"
    yield from rest


def _escaped(text: str) -> str:
    """Return a text whose signs stay as they are; a tag, even after a backslash, would make it a page for some."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text)).replace("<", "&lt;")
