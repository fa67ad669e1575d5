"""Plain text and CSV → paragraphs and tables: cells between pipes, tabs or commas, or one cell a line."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import groupby

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.limits import TABLE_CELLS, TEXT
from gkformat.readers.opening import opening

_CROSSINGS = frozenset("┬├┼┤┴")
_RULE = re.compile(r"[\s|+:=\-─━┌┬┐├┼┤└┴┘│┃]*")


def document(text: str) -> Document:
    """The text as paragraphs and tables, as far as its lines show tables."""
    return Document("text", list(_blocks(_bounded(text).splitlines())))


def separated(text: str) -> Document:
    """A table of values that commas, semicolons or tabs separate."""
    with opening("CSV"):
        first = "\n".join(_bounded(text).splitlines()[:50])
        delimiter = max(",;\t", key=first.count)
        if text.count(delimiter) > TABLE_CELLS:
            raise Unreadable(f"表格过大，超过 {TABLE_CELLS} 格 / a table has more than {TABLE_CELLS} cells")
        rows = [
            [Cell(value, place=Place(row=row, column=at)) for at, value in enumerate(values, start=1)]
            for row, values in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1)
        ]
    return Document("csv", [Table(rows)])


def _bounded(text: str) -> str:
    if len(text) > TEXT:
        raise Unreadable(f"文件过大，超过 {TEXT} 字符 / the file has more than {TEXT} characters")
    return text


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Runs of lines of one look. Where a cell stands on each line after a tab, a blank line ends a row."""
    lines = _unpadded(lines)
    looks = [_look(line) for line in lines]
    alone = sum(bool(_ALONE.fullmatch(line.strip())) for line in lines)
    if alone * 2 > looks.count("pipes"):
        looks = ["text" if look == "pipes" else look for look in looks]
    celled = looks.count("cell") > looks.count("tabs")
    numbered = list(enumerate(lines, start=1))
    if celled:
        yield from _a_cell_a_line(numbered)
        return
    for look, group in groupby(numbered, key=lambda pair: looks[pair[0] - 1]):
        run = list(group)
        if look in {"tabs", "pipes"}:
            rows = [[Cell(cell, place=Place(line=at)) for cell in _cells(line, look)] for at, line in run]
            if any(rows):
                yield Table([row for row in rows if row], Place(line=run[0][0]))
        else:
            yield from (Paragraph(line.strip(), Place(line=at)) for at, line in run if line.strip())


_ALONE = re.compile(r"[^|]*\||\|{2,}")
"""A cell with a line to itself, or the end of a row of such cells; what a row is, the labels of the form tell."""

_PADDING = re.compile(r"(?<=\| )\|+\s*$")


def _unpadded(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the bars that an extract of a page has at the end of a row for columns that a cell reaches over.

    `| a | ||` has such bars; in a text that has them, so has `| a | |`.
    """
    padded = any(len(found[0].strip()) > 1 for line in lines if (found := _PADDING.search(line)))
    return [_PADDING.sub("", line) for line in lines] if padded else lines


def _look(line: str) -> str:
    bars = line.replace("│", "|").replace("｜", "|").replace("┃", "|")
    if (
        (_RULE.fullmatch(line) and _CROSSINGS.intersection(line))
        or bars.count("|") > 1
        or bars.strip().startswith("|")
        or bars.strip().endswith("|")
    ):
        return "pipes"
    if line.startswith("\t") and "\t" not in line[1:]:
        return "cell"
    return "tabs" if "\t" in line else "text"


def _cells(line: str, look: str) -> list[str]:
    if look == "tabs":
        return line.split("\t")
    if _RULE.fullmatch(line):
        return []
    bars = re.sub("[│｜┃]", "|", line.strip())
    return bars.removeprefix("|").removesuffix("|").split("|")


def _a_cell_a_line(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    """Each cell on a line of its own, after a tab; a line without one goes on in the same cell; a blank ends a row."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    begun = 0
    for at, line in lines:
        if line.startswith("\t"):
            begun = begun or at
            row.append(Cell(line.strip(), place=Place(line=at)))
        elif line.strip() and row:
            row[-1] = Cell(f"{row[-1].text}\n{line.strip()}", place=row[-1].place)
        elif line.strip():
            if rows:
                yield Table(rows, Place(line=begun))
                rows, begun = [], 0
            yield Paragraph(line.strip(), Place(line=at))
        elif row:
            rows.append(row)
            row = []
    if rows or row:
        yield Table([*rows, row], Place(line=begun))
