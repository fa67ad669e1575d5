"""The neutral document that every kind of file becomes before a form is looked for in it.

It consists of paragraphs and tables, in reading order. A table is given as in HTML: row by row, each row with only the
cells that begin in it, and their spans. Where a file has blank placeholders instead of spans, these are cells too.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from attrs import field

from gkformat.base.errors import Unreadable
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.base.words import Words

FileKind = Literal["html", "word", "pdf", "spreadsheet", "csv", "markdown", "text", "mhtml", "doc", "xls", "json"]
"""The kinds of file that are read. Each but `json` is the name of a module of `readers.files`."""

FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)


class NoForm(Unreadable):
    """A document that contains nothing of the form; `kind` is the kind of its file."""

    def __init__(self, kind: FileKind) -> None:
        super().__init__(
            Words(
                f"文件（{kind}）中没有找到年度报告格式的表格和标题",
                f"no table and no heading of the annual report was found in this file ({kind})",
            )
        )
        self.kind = kind
        self.args = (kind,)


@frozen
class Paragraph:
    """A paragraph or heading; `text` is verbatim and may contain line breaks.

    `element` is the element of a page that it stands in; `is_link` is true if nothing in it is more than a link.
    """

    text: str
    place: Place = NOWHERE
    element: int = 0
    is_link: bool = False


@frozen
class Cell:
    """A cell of a table: its text, and how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1
    place: Place = NOWHERE


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


@frozen
class Table:
    """Rows of cells, each with the cells that begin in it. Rows may differ in length, and may be empty."""

    rows: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    place: Place = NOWHERE
    element: int = 0


Block = Paragraph | Table


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(blocks)


@frozen
class Document:
    """A file as paragraphs and tables.

    `titles` and `sources`, the names of who published it, come from outside its text: `<title>`, metadata. `parents`
    gives for each element of a page the one that it is in, which comes before it; the first is in itself.
    """

    kind: FileKind
    blocks: tuple[Block, ...] = field(converter=_blocks)
    titles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
