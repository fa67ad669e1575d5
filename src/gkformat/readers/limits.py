"""The most that a reader looks at. Real reports are far below; what is above is refused, or left unread with a word."""

BYTES = 64 * 2**20
"""Of a file."""

TEXT = 16 * 2**20
"""Characters of a page of HTML, Markdown or plain text; bytes of the main part of a word-processing file."""

UNPACKED = 256 * 2**20
"""Bytes of all that is packed in one file."""

TABLE_CELLS = 200_000
"""Positions of the grid of one table, and cells of all tables together."""

COLUMNS = 1000
"""Columns of a table: as wide as HTML lets one cell be."""

DEPTH = 2000
"""How deep the elements of a page may be nested; beyond that, parsers take time that grows with the square."""
