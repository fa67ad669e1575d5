"""The contents of a document by address, with what fitted nowhere; and the result of reading it."""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field

from gkformat.base.address import Address
from gkformat.base.findings import NO_FINDINGS, Findings, Number
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.notation.cell_text import CellText

CellState = CellText | Literal["missing"]


@frozen
class Entry:
    """The text at one address of the form: a cell of a table, or a section of prose. `value` is its number, if any.

    The `state` of a cell: `number`, a number of the cell's kind; `blank` and `annotated`, as in a `Mark`; `unreadable`,
    not a number of the cell's kind, or not clear of which cell; `missing`, if the document has no such cell. The last
    two are open cells.
    """

    at: Address = field(converter=Address)
    text: str
    state: CellState = "number"
    value: Number | None = None
    place: Place = NOWHERE


@frozen
class Leftover:
    """A text in the file that fits nowhere in the form."""

    text: str
    place: Place = NOWHERE


@frozen
class Sheet:
    """A document as it was read: all cells of the edition in printed order, all texts, and what was left over.

    `edition` is empty if the tables do not reveal it; `year` is `None` if no title states it. `merged` names the groups
    of rows that the document filled as one row; the entries of that row belong to the last row of the group.
    """

    kind: str
    edition: str = ""
    agency: str = ""
    year: int | None = None
    cells: tuple[Entry, ...] = ()
    texts: tuple[Entry, ...] = ()
    merged: tuple[Address, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    @property
    def entries(self) -> Mapping[Address, Entry]:
        """All cells and texts by address."""
        return {entry.at: entry for entry in (*self.cells, *self.texts)}


@frozen
class Reading:
    """The result of reading a file: the report as found, or `None` with findings that say what is missing."""

    report: Any
    sheet: Sheet
    findings: Findings = NO_FINDINGS
