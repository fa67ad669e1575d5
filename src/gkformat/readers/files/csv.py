"""CSV → one table, through the standard library; commas, semicolons or tabs may separate the values."""

import csv
from io import StringIO

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.decoding import decode
from gkformat.readers.document import Cell, Document, Table
from gkformat.readers.guard import guarded
from gkformat.readers.limits import TABLE_CELLS, TEXT


def parse(data: bytes) -> Document:
    """Parse a file into a document of a single table.

    Raises `Unreadable` if it has more than `TEXT` characters or `TABLE_CELLS` cells, or is malformed.
    """
    text = decode(data)
    with guarded("CSV"):
        if len(text) > TEXT:
            raise Unreadable(Words(f"文件过大，超过 {TEXT} 字符", f"the file has more than {TEXT} characters"))
        first = "\n".join(text.splitlines()[:50])
        delimiter = max(",;\t", key=first.count)
        if text.count(delimiter) > TABLE_CELLS:
            raise Unreadable(Words(f"表格过大，超过 {TABLE_CELLS} 格", f"a table has more than {TABLE_CELLS} cells"))
        rows = [
            [Cell(value, place=Place(row=row, column=at)) for at, value in enumerate(values, start=1)]
            for row, values in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1)
        ]
    return Document("csv", [Table(rows)])
