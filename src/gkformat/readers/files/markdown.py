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
from gkformat.readers.files.html import parse_markup
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


_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
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
            content = _text(token)
            if rows is not None:
                place = Place(line=_line(token), row=len(rows), column=len(rows[-1]) + 1)
                rows[-1].append(Cell(content, place=place))
            else:
                yield from (Paragraph(line, Place(line=_line(token))) for line in content.split("\n") if line.strip())
        elif token.type in {"html_block", "code_block", "fence"}:
            yield from parse_markup(token.content).blocks if token.type == "html_block" else _code_lines(token)


def _as_written(row: list[Cell], line: str) -> list[Cell]:
    """Return a row with the cells of its line: the parser cut it or filled it up to the length of the header."""
    parts = _BAR.split(line.strip().lstrip("> "))
    written = parts[not parts[0].strip() : len(parts) - (not parts[-1].strip())]
    beyond = [_text(_PARSER.parseInline(part.strip().replace(r"\|", "|"))[0]) for part in written[len(row) :]]
    place = row[0].place
    more = [Cell(text, place=evolve(place, column=at)) for at, text in enumerate(beyond, len(row) + 1)]
    return [*row[: len(written)], *more]


def _code_lines(token: Token) -> Iterator[Block]:
    yield from (Paragraph(line, Place(line=_line(token))) for line in token.content.split("\n") if line.strip())


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _text(token: Token) -> str:
    """Return the text of a paragraph without markup; raised, lowered and struck-out text is put in brackets."""
    parts = []
    for child in token.children or ():
        is_break = child.type == "html_inline" and child.content.startswith("<br")
        if is_break or child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "html_inline" and re.match(r"</?(?:sup|sub|s|del|strike)>", child.content):
            parts.append("〕" if child.content.startswith("</") else "〔")
    return "".join(parts).strip()
