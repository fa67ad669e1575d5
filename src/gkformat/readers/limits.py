"""Input limits of the readers. Real reports are far below them; larger input raises `Unreadable` or is skipped."""

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words

BYTES = 64 * 2**20
"""Size of a file."""

TEXT = 4 * 2**20
"""Characters of a page of HTML, Markdown or plain text; bytes of the main part of a word-processing file."""

UNPACKED = 256 * 2**20
"""Total size in bytes of the members of an archive."""

TABLE_CELLS = 200_000
"""Positions in the grid of one table, and cells of all tables together."""

REMARKS = 50_000
"""Findings about a document, and texts in it that fit nowhere in the form."""

COLUMNS = 1000
"""Columns of a table: the widest span that HTML allows."""

SECONDS, PATIENCE = 7, 8
"""CPU time, and time on the clock, that may be spent on a file, in seconds."""

MEMORY = 640 * 2**20
"""Memory in bytes that reading a file may take, beside what the program itself needs."""

ANSWER = 16 * 2**20
"""Size in bytes of all texts of a file that are kept, with their places."""

DEPTH = 2000
"""Nesting of the elements of a page; beyond it, parsers take quadratic time."""


def check_size(data: bytes) -> None:
    """Raise `Unreadable` for a file of more than `BYTES` bytes."""
    if len(data) > BYTES:
        raise Unreadable(Words(f"文件过大，超过 {BYTES} 字节", f"the file has more than {BYTES} bytes"))


def check_length(text: str) -> None:
    """Raise `Unreadable` for a text of more than `TEXT` characters."""
    if len(text) > TEXT:
        raise Unreadable(Words(f"文件过大，超过 {TEXT} 字符", f"the file has more than {TEXT} characters"))


def check_cells(count: int) -> None:
    """Raise `Unreadable` for more than `TABLE_CELLS` cells."""
    if count > TABLE_CELLS:
        raise Unreadable(Words(f"表格过大，超过 {TABLE_CELLS} 格", f"the tables have more than {TABLE_CELLS} cells"))


def check_remarks(count: int) -> None:
    """Raise `Unreadable` for more than `REMARKS` findings and texts that fit nowhere."""
    if count > REMARKS:
        raise Unreadable(
            Words(
                f"文件中不属于年度报告格式的内容过多，超过 {REMARKS} 处；请只保留年度报告部分",
                f"the file holds more than {REMARKS} texts that fit nowhere in the form; keep only the report",
            )
        )
