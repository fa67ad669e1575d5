"""How each cell of a report looks on the page: which findings concern it, and what the document shows in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.diagnosis.diagnose import Diagnoses
from gkformat.examination.result import Note
from gkformat.forms.editions import AnyReport
from gkformat.notation.grid import GridCell
from gkformat.views.check_page.markup import plain_lines
from gkformat.views.check_page.proposals import FEW
from gkformat.writers.html import cell_element, cell_html
from gkformat.writers.layout import PrintedTable

Look = Literal[
    "suspect", "broken", "undecided", "blank", "annotated", "unreadable", "out-of-range", "absent", "declared"
]
"""Why a cell looks different: it is probably wrong; it is in an equation that is broken, or left undecided; what its
mark says; or the report itself declares what is wrong there."""


@frozen
class CellNotes:
    """What is said of one cell: how it looks, and the numbers of the findings at it."""

    looks: tuple[Look, ...] = ()
    badges: tuple[int, ...] = ()


def cell_notes(report: AnyReport, notes: Sequence[Note], diagnoses: Diagnoses) -> Mapping[Address, CellNotes]:
    """Return what is said of the cells of a report; `notes` are numbered from 1."""
    looks: defaultdict[Address, dict[Look, None]] = defaultdict(dict)
    badges: defaultdict[Address, list[int]] = defaultdict(list)
    for mark in report.marks:
        if mark.kind != "merged":
            looks[mark.at][mark.kind] = None
    for number, note in enumerate(notes, 1):
        item = note.item
        if isinstance(item, Finding):
            badges[item.at].append(number)
            for at in {term.at for term in item.terms}:
                looks[at].update(dict.fromkeys(_looks_of(item)))
    for at in suspects(diagnoses):
        looks[at]["suspect"] = None
    return {at: CellNotes(tuple(looks.get(at, ())), tuple(badges.get(at, ()))) for at in {*looks, *badges}}


def _looks_of(finding: Finding) -> Iterable[Look]:
    if finding.severity in ("broken", "undecided"):
        yield finding.severity
        if finding.declared:
            yield "declared"


def suspects(diagnoses: Diagnoses) -> frozenset[Address]:
    """Return the cells that the likeliest explanations would change, if these are few."""
    likeliest = [
        diagnosis
        for component in diagnoses.components
        if component.diagnoses and component.diagnoses[0].equals <= FEW
        for diagnosis in component.diagnoses[: component.diagnoses[0].equals]
    ]
    return frozenset(Address(at) for diagnosis in likeliest for at in diagnosis.changes)


def marked_cell(table: PrintedTable, cell: GridCell, said: Mapping[Address, CellNotes], prefix: str) -> str:
    """Return a cell as HTML, with its looks as classes, and with links to its findings, whose ids begin as `prefix`."""
    notes = said.get(cell.at) if cell.at else None
    if notes is None:
        return cell_html(table, cell)
    shown = plain_lines(table.text(cell))
    first, rest = notes.badges[:1], notes.badges[1:]
    links = "".join([*(badge(number, prefix) for number in first), *(badge(number, prefix, "c") for number in rest)])
    name = "".join(f' id="{prefix}c{number}"' for number in first)
    return cell_element(table.blank, cell, f"{shown}{links}", f'{name} class="{" ".join(notes.looks)}"')


def badge(number: int, prefix: str, kind: str = "") -> str:
    """Return a link to a finding; with a `kind` of place, such as `c` for a cell, the finding links to it in turn."""
    name = f' id="{prefix}{kind}{number}"' * bool(kind)
    return f'<a class="badge"{name} href="#{prefix}{number}">{number}</a>'
