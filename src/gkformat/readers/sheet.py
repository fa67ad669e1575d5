"""The contents of a document by address, with what fitted nowhere; and the result of reading it."""

from typing import Literal

from attrs import field

from gkformat.base.address import Address, AddressDict
from gkformat.base.findings import NO_FINDINGS, Finding, Findings, Number
from gkformat.base.frozen import frozen
from gkformat.base.place import NOWHERE, Place
from gkformat.forms import editions
from gkformat.judgement.marks import UNCLEAR
from gkformat.notation.cell_text import CellText

CellState = CellText | Literal["absent"]


@frozen
class Entry:
    """The text at one address of the form: a cell of a table, or a section of prose. `value` is its number, if any.

    The `state` of a cell: `number`, a number of the cell's kind; else as in a `Mark`: `blank` and `annotated`;
    `unreadable`, not a number, or not clear of which cell; `out-of-range`, a number that the cell cannot hold;
    `absent`, if the document has no such cell. The last three are unclear.
    """

    at: Address = field(converter=Address)
    text: str
    state: CellState = "number"
    value: Number | None = None
    place: Place = NOWHERE

    @property
    def is_unclear(self) -> bool:
        """True for a cell of which nobody can say what it holds."""
        return self.state in UNCLEAR


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
    cells: tuple[Entry, ...] = field(default=(), repr=False)
    texts: tuple[Entry, ...] = field(default=(), repr=False)
    merged: tuple[Address, ...] = ()
    leftovers: tuple[Leftover, ...] = field(default=(), repr=False)

    @property
    def entries(self) -> AddressDict[Entry]:
        """All cells and texts by address."""
        return AddressDict((entry.at, entry) for entry in (*self.cells, *self.texts))

    def place_of(self, at: Address) -> Place:
        """Return where a box, a text or a cell stands; of a cell that is absent, its row or table."""
        inside = [entry.place for entry in (*self.cells, *self.texts) if entry.at.within(at)]
        known = [place for place in inside if place != NOWHERE]
        if known or not at.steps:
            return Place.common(known) if known else NOWHERE
        return self.place_of(Address.of(at.steps[:-1]))


@frozen
class Matched:
    """A document matched with the form: a sheet of the cells that the document has, and what was odd about it.

    It is whole if each table is there, or a text in its place.
    """

    sheet: Sheet
    findings: tuple[Finding, ...]
    is_whole: bool


@frozen
class Reading:
    """The result of reading a file: the report as found, or `None` with findings that say what is missing."""

    report: "editions.AnyReport | None"
    sheet: Sheet
    findings: Findings = NO_FINDINGS
