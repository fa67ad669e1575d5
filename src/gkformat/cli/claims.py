"""What the texts of a report say in numbers, and what became of each: lines for people."""

from collections.abc import Iterator, Mapping

from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.checks.narrative.against_tables import Comparison, Outcome, comparisons
from gkformat.checks.prose import prose_fields
from gkformat.forms import editions
from gkformat.notation.outline import label, nodes

_OUTCOMES: Mapping[Outcome, Words] = {
    "agrees": Words("相符", "agrees"),
    "differs": Words("不符", "differs"),
    "open": Words("表中空缺", "left open by a blank"),
    "unconfirmed": Words("未说明是否为全区域的数", "not said to be of the whole region"),
    "not-read": Words("未读懂，未核对", "not understood, not compared"),
}
_TABLE = Words("表中 {label}：{numbers}", "table, {label}: {numbers}")


def claim_lines(report: "editions.AnyReport", lang: Lang) -> Iterator[str]:
    """Yield a line for each clause with a number: where it stands, what became of it, its words, and its cell."""
    cls = type(report)
    for found in comparisons(report, prose_fields(cls)):
        place = f"{nodes(cls)[found.quote.at].label} {found.quote.start + 1}-{found.quote.end}"
        words = visible(" ".join(found.quote.text.split()))
        cell = [_cell(cls, found).text(lang)] if found.claim else []
        yield "  ".join([place, f"[{_OUTCOMES[found.outcome].text(lang)}]", words, *cell])


def _cell(cls: type, found: Comparison) -> Words:
    """Name the cell with which a number was compared, with the values of its readings."""
    assert found.claim
    shown = (round(number, 2) if number is not None else "?" for number in dict.fromkeys(found.table))
    return _TABLE.format(label=label(cls, found.claim.meaning.at), numbers=" / ".join(map(str, shown)))
