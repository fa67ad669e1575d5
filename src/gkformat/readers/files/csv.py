"""CSV → one table, through the standard library; commas, semicolons or tabs may separate the values."""

import csv
from io import StringIO
from itertools import islice

from gkformat.base.place import Place
from gkformat.readers.decoding import decode
from gkformat.readers.document import Cell, Document, Table
from gkformat.readers.guard import guarded
from gkformat.readers.limits import check_cells, check_length


def parse(data: bytes) -> Document:
    """Parse a file into a document of a single table.

    Raises `Unreadable` if it has more than `TEXT` characters or `TABLE_CELLS` cells, or is malformed.
    """
    text = decode(data)
    with guarded("CSV"):
        check_length(text)
        first = "".join(islice(StringIO(text), 50))
        delimiter = max(",;\t", key=first.count)
        check_cells(text.count(delimiter) + text.count("\n"))
        rows = [
            [Cell(value, place=Place(row=row, column=at)) for at, value in enumerate(values, start=1)]
            for row, values in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=1)
        ]
    return Document("csv", [Table(rows)])
