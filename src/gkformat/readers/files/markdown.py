"""Markdown → paragraphs and tables, through markdown-it; tables may be those of GFM or, as OCR writes them, of HTML."""

import re
from collections.abc import Iterator

from attrs import evolve
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gkformat.base.place import Place
from gkformat.readers.decoding import decode
from gkformat.readers.detect import split_at_tables
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.files.html import cell_text_of, parse_markup, text_of
from gkformat.readers.limits import check_blocks, check_length, check_markdown, check_tables


def parse(data: bytes) -> Document:
    """Parse a file into paragraphs and tables.

    Raises `Unreadable` if it has more than `TEXT` characters, or `MARKDOWN` of them outside of tables in HTML,
    or more than `TABLES` of these.
    """
    text = decode(data)
    check_length(text)
    parts = list(split_at_tables(text))
    check_tables(len(parts))
    check_markdown(sum(len(before) for before, _ in parts))
    blocks: list[Block] = []
    for before, table in parts:
        blocks += _blocks(before)
        blocks += parse_markup(table).blocks if table else ()
        check_blocks(len(blocks))
    return Document("markdown", blocks)


_PARSER = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
_LINE_END = re.compile(r"\r\n?|\n")
_BAR = re.compile(r"(?<!\\)\|")


def _blocks(text: str) -> Iterator[Block]:
    lines = _LINE_END.split(text)
    rows: list[list[Cell]] | None = None
    for token in _PARSER.parse(text):
        if token.type == "table_open":
            rows = []
        elif token.type == "table_close" and rows is not None:
            yield Table(rows, Place(line=_line(token)))
            rows = None
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "tr_close" and rows is not None:
            rows[-1] = _as_written(rows[-1], lines[rows[-1][0].place.line - 1])
        elif token.type == "inline":
            if rows is not None:
                place = Place(line=_line(token), row=len(rows), column=len(rows[-1]) + 1)
                rows[-1].append(Cell(cell_text_of(_markup(token)), place=place))
            else:
                content = text_of(_markup(token))
                yield from (Paragraph(line, Place(line=_line(token))) for line in content.split("\n") if line.strip())
        elif token.type in {"html_block", "code_block", "fence"}:
            yield from parse_markup(token.content).blocks if token.type == "html_block" else _code_lines(token)


def _as_written(row: list[Cell], line: str) -> list[Cell]:
    """Return a row with the cells of its line: the parser cut it or filled it up to the length of the header."""
    parts = _BAR.split(line.strip().lstrip("> "))
    written = parts[not parts[0].strip() : len(parts) - (not parts[-1].strip())]
    beyond = [cell_text_of(_PARSER.renderInline(part.strip().replace(r"\|", "|"))) for part in written[len(row) :]]
    place = row[0].place
    more = [Cell(text, place=evolve(place, column=at)) for at, text in enumerate(beyond, len(row) + 1)]
    return [*row[: len(written)], *more]


def _code_lines(token: Token) -> Iterator[Block]:
    yield from (Paragraph(line, Place(line=_line(token))) for line in token.content.split("\n") if line.strip())


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _markup(token: Token) -> str:
    """Return the text of a paragraph or a cell as HTML, which says what can be seen of it."""
    markup: str = _PARSER.renderer.render(token.children or [], _PARSER.options, {})
    return markup
