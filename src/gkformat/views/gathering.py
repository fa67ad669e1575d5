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
from gkformat.notation.outline import label, nodes

_CELLS = Words("（共 {count} 格）", " ({count} cells)")


def gathered(report: "editions.AnyReport", notes: Sequence[Note]) -> Iterator[Note]:
    """Yield notes: one for each row or table of which all cells are unclear in one way, and not one for each cell."""
    kinds: dict[str, MarkKind] = {f"cell-{kind}": kind for kind in UNCLEAR}
    cells_of = {rule: {note.address for note in notes if note.item.rule == rule} for rule in kinds}
    places = {note.address: note.place for note in notes if note.item.rule in kinds}
    form, marks = nodes(type(report)), {mark.at: mark for mark in report.marks}
    gathered: set[tuple[str, str]] = set()
    for note in notes:
        item = note.item
        if not isinstance(item, Finding) or item.rule not in cells_of:
            yield note
        elif (item.rule, item.at) not in gathered:
            outer = (Address.of(item.at.steps[:count]) for count in range(len(item.at.steps) + 1))
            joined = (at for at in outer if len(form[at].cells) > 1 and cells_of[item.rule].issuperset(form[at].cells))
            widest = next(joined, item.at)
            cells = form[widest].cells
            gathered.update((item.rule, at) for at in cells)
            text = cell_message(type(report), kinds[item.rule], [marks[at] for at in cells])
            if len(cells) > 1:
                text += _CELLS.format(count=len(cells))
            told = evolve(item, at=widest, label=label(type(report), widest), text=text)
            yield evolve(note, item=told, place=Place.common(places[at] for at in cells))
