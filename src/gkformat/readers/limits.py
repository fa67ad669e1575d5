"""Input limits of the readers. Real reports are far below them; larger input raises `Unreadable` or is skipped."""

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words

BYTES = 64 * 2**20
"""Size of a file."""

TEXT = 4 * 2**20
"""Characters of a page of HTML, Markdown or plain text."""

MARKDOWN = 100_000
"""Characters of Markdown outside of HTML tables, which take its parser twenty microseconds each."""

PARTS = 16 * 2**20
"""Bytes of those parts of a package (DOCX, XLSX) that are read, unpacked."""

MEMBERS = 10_000
"""Files in a package."""

BLOCKS = 20_000
"""Paragraphs, tables and rows of a document, or lines of a text."""

TABLE_CELLS = 200_000
"""Positions in the grid of one table, and cells of all tables together."""

TABLES = 2000
"""Tables of a document. A report has three."""

TEXTS, TABLE_TEXT = 20_000, 2**20
"""Cells with text, of all tables together, and the characters in them."""

LATTICE = 50_000
"""Positions in the grids that the ruling lines of a PDF make. A report has a thousand."""

COLUMNS = 1000
"""Columns of a table: the widest span that HTML allows."""

DEPTH = 2000
"""Nesting of the elements of a page or of a part of a package; beyond it, parsers take quadratic time."""

TAGS = 200_000
"""Tags of a page."""

SECONDS, PATIENCE = 7, 8
"""CPU time, and time on the clock, that may be spent on a file, in seconds."""

MEMORY = 640 * 2**20
"""Memory in bytes that reading a file may take, beside what the program itself needs."""

ANSWER = 16 * 2**20
"""Size in bytes of all texts of a file that are kept, with their places."""


def check_size(data: bytes) -> None:
    """Raise `Unreadable` for a file of more than `BYTES` bytes."""
    _check(len(data), BYTES, "超过 {most} 字节", "the file has more than {most} bytes")


def check_length(text: str) -> None:
    """Raise `Unreadable` for a text of more than `TEXT` characters."""
    _check(len(text), TEXT, "超过 {most} 字符", "the file has more than {most} characters")


def check_markdown(count: int) -> None:
    """Raise `Unreadable` for more than `MARKDOWN` characters of it."""
    _check(count, MARKDOWN, "Markdown 超过 {most} 字符", "the file has more than {most} characters of Markdown")


def check_blocks(count: int) -> None:
    """Raise `Unreadable` for more than `BLOCKS` paragraphs, tables and rows, or lines."""
    _check(
        count, BLOCKS, "超过 {most} 行（段、表）", "the file has more than {most} lines, paragraphs, tables and rows"
    )


def check_tables(count: int) -> None:
    """Raise `Unreadable` for more than `TABLES` tables."""
    _check(count, TABLES, "表格超过 {most} 个", "the file has more than {most} tables")


def check_cells(count: int) -> None:
    """Raise `Unreadable` for more than `TABLE_CELLS` cells."""
    _check(count, TABLE_CELLS, "表格超过 {most} 格", "the tables have more than {most} cells")


def check_lattice(count: int) -> None:
    """Raise `Unreadable` for more than `LATTICE` positions in the grids of a PDF."""
    _check(count, LATTICE, "表格线围成的格超过 {most} 个", "the lines of the tables make more than {most} cells")


def check_texts(count: int, length: int) -> None:
    """Raise `Unreadable` for more than `TEXTS` cells with text, or `TABLE_TEXT` characters in them."""
    _check(count, TEXTS, "表格中有文字的超过 {most} 格", "the tables have more than {most} cells with text")
    _check(length, TABLE_TEXT, "表格中的文字超过 {most} 字符", "the tables have more than {most} characters")


def _check(count: int, most: int, zh: str, en: str) -> None:
    if count > most:
        raise Unreadable(Words(f"文件过大，{zh}", en).format(most=most))
