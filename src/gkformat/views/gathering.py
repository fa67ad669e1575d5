"""Notes on many cells that are unclear in one way, told as one note on their row or table."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.findings import Finding, MarkKind
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.examination.result import Note
from gkformat.forms import editions
from gkformat.judgement.marks import UNCLEAR
from gkformat.judgement.root import cell_message
from gkformat.notation.cell_text import FORMULA
from gkformat.notation.outline import label, nodes

_CELLS = Words("（共 {count} 格）", " ({count} cells)")


def gathered(report: "editions.AnyReport", notes: Sequence[Note]) -> Iterator[Note]:
    """Yield notes: one for each row or table of which all cells are unclear in one way, and not one for each cell.

    Formulas that were not computed are one note a table: all of them await the same.
    """
    kinds: dict[str, MarkKind] = {f"cell-{kind}": kind for kind in UNCLEAR}
    cells_of = {rule: {note.address for note in notes if note.item.rule == rule} for rule in kinds}
    places = {note.address: note.place for note in notes if note.item.rule in kinds}
    form, marks = nodes(type(report)), {mark.at: mark for mark in report.marks}
    told: set[tuple[str, str]] = set()

    def alike(at: Address, rule: str) -> tuple[Address, Sequence[Address]]:
        """Return the widest place of cells that are unclear like this one, and these cells."""
        if is_formula(at):
            table = Address.of(at.steps[:1])
            cells = [cell for cell in form[table].cells if cell in cells_of[rule] and is_formula(cell)]
            return (table, cells) if len(cells) > 1 else (at, cells)
        outer = (Address.of(at.steps[:count]) for count in range(len(at.steps)))
        joined = (box for box in outer if len(form[box].cells) > 1 and cells_of[rule].issuperset(form[box].cells))
        widest = next(joined, at)
        return widest, form[widest].cells

    def is_formula(at: Address) -> bool:
        return marks[at].text.startswith(FORMULA)

    for note in notes:
        item = note.item
        if not isinstance(item, Finding) or item.rule not in cells_of:
            yield note
        elif (item.rule, item.at) not in told:
            widest, cells = alike(item.at, item.rule)
            told.update((item.rule, at) for at in cells)
            text = cell_message(type(report), kinds[item.rule], [marks[at] for at in cells])
            if len(cells) > 1:
                text += _CELLS.format(count=len(cells))
            whole = evolve(item, at=widest, label=label(type(report), widest), text=text)
            yield evolve(note, item=whole, place=Place.common(places[at] for at in cells))
