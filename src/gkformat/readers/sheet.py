"""What stands on the paper: address → text, state and place; what fitted nowhere; and what came of reading it."""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from gkformat.base.address import Address
from gkformat.base.findings import NO_FINDINGS, Findings, Number
from gkformat.base.place import NOWHERE, Place

State = Literal["number", "blank", "annotated", "unreadable", "missing"]
"""`number`, `blank` and `annotated` as of a `Mark`. `unreadable`: there is something, and it is no number of its kind,
or nobody can tell which cell it belongs to. `missing`: the paper has no such cell. The last two are open cells."""


@frozen
class Entry:
    """What stands at one address of the form: a cell of a table, or a text. `value` is there if it is a number."""

    at: Address = field(converter=Address)
    text: str
    state: State = "number"
    value: Number | None = None
    place: Place = NOWHERE


@frozen
class Leftover:
    """Something in the file that fits nowhere in the form."""

    text: str
    place: Place = NOWHERE


@frozen
class Sheet:
    """A paper as it was read: all cells of the edition in printed order, all texts, and what was left over.

    `edition` is empty where the tables do not tell it, `year` is `None` where no title does. `merged` names the groups
    of rows that the paper filled as one row: the entries of that row stand in the last line of the group.
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
        """Every cell and every text by its address."""
        return {entry.at: entry for entry in (*self.cells, *self.texts)}


@frozen
class Reading:
    """What came of reading a file: the report as found, or `None` with findings that say what is missing."""

    report: Any
    sheet: Sheet
    findings: Findings = NO_FINDINGS
