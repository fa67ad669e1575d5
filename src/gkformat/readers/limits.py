"""Input limits of the readers. Real reports are far below them; larger input raises `Unreadable` or is skipped."""

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words

BYTES = 64 * 2**20
"""Size of a file."""

TEXT = 4 * 2**20
"""Characters of a page of HTML, Markdown or plain text."""

PART = 16 * 2**20
"""Bytes of a part of a package (DOCX, XLSX), unpacked."""

MEMBERS = 10_000
"""Files in a package."""

BLOCKS = 100_000
"""Paragraphs and tables of a document, or lines of a text; empty ones count."""

TABLE_CELLS = 200_000
"""Positions in the grid of one table, and cells of all tables together."""

COLUMNS = 1000
"""Columns of a table: the widest span that HTML allows."""

DEPTH = 2000
"""Nesting of the elements of a page; beyond it, parsers take quadratic time."""


def check_length(text: str) -> None:
    """Raise `Unreadable` for a text of more than `TEXT` characters."""
    if len(text) > TEXT:
        raise Unreadable(Words(f"文件过大，超过 {TEXT} 字符", f"the file has more than {TEXT} characters"))


def check_blocks(count: int) -> None:
    """Raise `Unreadable` for more than `BLOCKS` paragraphs and tables, or lines."""
    if count > BLOCKS:
        raise Unreadable(
            Words(
                f"文件过大，超过 {BLOCKS} 行（段、表）", f"the file has more than {BLOCKS} lines, paragraphs and tables"
            )
        )


def check_cells(count: int) -> None:
    """Raise `Unreadable` for more than `TABLE_CELLS` cells."""
    if count > TABLE_CELLS:
        raise Unreadable(Words(f"表格过大，超过 {TABLE_CELLS} 格", f"the tables have more than {TABLE_CELLS} cells"))
