"""Input limits of the readers. Real reports are far below them; larger input raises `Unreadable` or is skipped."""

BYTES = 64 * 2**20
"""Size of a file."""

TEXT = 4 * 2**20
"""Characters of a page of HTML, Markdown or plain text; bytes of the main part of a word-processing file."""

UNPACKED = 256 * 2**20
"""Total size in bytes of the members of an archive."""

TABLE_CELLS = 200_000
"""Positions in the grid of one table, and cells of all tables together."""

COLUMNS = 1000
"""Columns of a table: the widest span that HTML allows."""

DEPTH = 2000
"""Nesting of the elements of a page; beyond it, parsers take quadratic time."""
