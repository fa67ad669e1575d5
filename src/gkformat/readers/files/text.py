"""Plain text → paragraphs and tables: cells between pipes or tabs, or one cell per line."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gkformat.base.place import Place
from gkformat.readers.decoding import decode
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.limits import check_blocks, check_cells, check_length

_CROSSINGS = frozenset("┬├┼┤┴")
_TABLE_RULE = re.compile(r"[\s|+:=\-─━┌┬┐├┼┤└┴┘│┃]*")


def parse(data: bytes) -> Document:
    """Parse a file into paragraphs, and tables as far as its lines show tables.

    Raises `Unreadable` if it has more than `TEXT` characters, `BLOCKS` lines, or `TABLE_CELLS` tabs and bars.
    """
    text = decode(data)
    check_length(text)
    lines = text.splitlines()
    check_blocks(len(lines))
    check_cells(sum(map(text.count, "\t|│｜┃")))
    return Document("text", _blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield paragraphs and tables from runs of lines with the same layout.

    If cells on lines of their own, after a tab, prevail, the whole text is read in that way.

    """
    lines = _unpadded(lines)
    layouts = [_layout(line) for line in lines]
    lone_cells = sum(bool(_LONE_CELL.fullmatch(line.strip())) for line in lines)
    if lone_cells * 2 > layouts.count("pipes"):
        layouts = ["text" if layout == "pipes" else layout for layout in layouts]
    numbered = list(enumerate(lines, start=1))
    if layouts.count("cell") > layouts.count("tabs"):
        yield from _one_cell_per_line(numbered)
        return
    for layout, group in groupby(numbered, key=lambda pair: layouts[pair[0] - 1]):
        run = list(group)
        if layout in {"tabs", "pipes"}:
            rows = [[Cell(cell, place=Place(line=at)) for cell in _cells(line, layout)] for at, line in run]
            if any(rows):
                yield Table([row for row in rows if row], Place(line=run[0][0]))
        else:
            yield from (Paragraph(line.strip(), Place(line=at)) for at, line in run if line.strip())


_LONE_CELL = re.compile(r"[^|]*\||\|{2,}")
"""A cell on a line of its own, or the end of a row of such cells; only the labels of the form reveal the rows."""

_PADDING = re.compile(r"(?<=\| )\|+\s*$")


def _unpadded(lines: Sequence[str]) -> Sequence[str]:
    """Remove the bars that page extracts add at the end of a row for the columns that a cell spans.

    `| a | ||` has such bars; in a text that contains them, `| a | |` has one too.

    """
    padded = any(len(found[0].strip()) > 1 for line in lines if (found := _PADDING.search(line)))
    return [_PADDING.sub("", line) for line in lines] if padded else lines


def _layout(line: str) -> str:
    bars = line.replace("│", "|").replace("｜", "|").replace("┃", "|")
    if (
        (_TABLE_RULE.fullmatch(line) and _CROSSINGS.intersection(line))
        or (bars.count("|") > 1 and "。" not in line)
        or bars.strip().startswith("|")
        or bars.strip().endswith("|")
    ):
        return "pipes"
    if line.startswith("\t") and "\t" not in line[1:]:
        return "cell"
    return "tabs" if "\t" in line else "text"


def _cells(line: str, layout: str) -> list[str]:
    if layout == "tabs":
        return line.split("\t")
    if _TABLE_RULE.fullmatch(line):
        return []
    bars = re.sub("[│｜┃]", "|", line.strip())
    return bars.removeprefix("|").removesuffix("|").split("|")


def _one_cell_per_line(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    """Yield blocks from lines with one cell each, after a tab.

    A line without a tab continues the cell before it; a blank line ends the row.

    """
    rows: list[list[Cell]] = []
    row: list[tuple[int, list[str]]] = []  # the lines of each cell, and the first of them
    begun = 0
    for at, line in lines:
        if line.startswith("\t"):
            begun = begun or at
            row.append((at, [line.strip()]))
        elif line.strip() and row:
            row[-1][1].append(line.strip())
        elif line.strip():
            if rows:
                yield Table(rows, Place(line=begun))
                rows, begun = [], 0
            yield Paragraph(line.strip(), Place(line=at))
        elif row:
            rows.append(_joined(row))
            row = []
    if rows or row:
        yield Table([*rows, _joined(row)], Place(line=begun))


def _joined(row: Sequence[tuple[int, Sequence[str]]]) -> list[Cell]:
    return [Cell("\n".join(texts), place=Place(line=at)) for at, texts in row]
