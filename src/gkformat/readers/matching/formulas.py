"""Findings about formulas that stand where numbers should, because nobody has computed them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.notation.cell_text import FORMULA
from gkformat.readers.matching.findings import finding
from gkformat.readers.sheet import Entry


def not_recalculated(cls: type, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield a finding for each table with such formulas; `entries` come in printed order."""
    open_cells = (entry for entry in entries if entry.state == "unreadable" and entry.text.startswith(FORMULA))
    for table, inside in groupby(open_cells, key=lambda entry: Address.of(entry.at.steps[:1])):
        yield finding(cls, "not-recalculated", table, str(len([*inside])))
