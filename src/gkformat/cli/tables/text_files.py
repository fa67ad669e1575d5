"""Rows → CSV and JSON Lines."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from typing import IO

import msgspec
from attrs import define

from gkformat.base.visible import visible
from gkformat.cli.csv_lines import csv_lines
from gkformat.cli.tables.table import Table, Value


@define(eq=False)
class CsvFile:
    """CSV as Excel opens it on a Chinese Windows: UTF-8 with a byte order mark, lines that end as in RFC 4180."""

    file: IO[bytes]
    table: Table
    titles: bool

    def __attrs_post_init__(self) -> None:
        self.file.write(BOM_UTF8)
        self.write([self.table.headings(titles=self.titles)])

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write a line for each row, whatever is in its texts."""
        self.file.writelines(f"{visible(line)}\r\n".encode() for line in csv_lines(rows))


@define(eq=False)
class JsonLinesFile:
    """An object a line. Amounts are numbers with the digits with which they were written."""

    file: IO[bytes]
    table: Table
    titles: bool

    def write(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write an object for each row."""
        encode = msgspec.json.Encoder(decimal_format="number").encode
        names = self.table.headings(titles=self.titles)
        self.file.writelines(encode(dict(zip(names, row, strict=True))) + b"\n" for row in rows)
