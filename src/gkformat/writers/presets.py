"""What a blank form takes over from the report of the year before: 上年结转 is what that carried forward."""

from gkformat.base.address import Address
from gkformat.base.errors import excerpt
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Lang, Words
from gkformat.comparison.handed_on import handed_on
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.judgement.revision import cells
from gkformat.judgement.root import judge_report
from gkformat.notation.outline import label


@frozen
class Preset:
    """A cell of a form and its number, the one at `source` in the report of the year before.

    If that is unclear, there is no number, and the cell is left blank; `why` says it.
    """

    at: Address
    label: str
    number: Number | None
    source: Address
    why: Words = NO_WORDS

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says which number was put in, or why none was."""
        words = _TAKEN.format(number=self.number) if self.number is not None else _LEFT.format(why=self.why)
        return words.text(lang)


_TAKEN = Words("按上年报告填入 {number}，请核对", "{number}, from the report of the year before; check it")
_LEFT = Words("留空，请自行填写：{why}", "left blank, to be filled in: {why}")


def presets(last_year: AnyReport, edition: str) -> tuple[Preset, ...]:
    """Return what a form of an edition takes over from last year's report, in printed order.

    A cell that has a mark, or through which a broken equation runs, may be wrong, and is not taken over.
    """
    marks = {mark.at: mark for mark in last_year.marks}
    broken = {term.at for finding in judge_report(last_year).broken for term in finding.terms}
    values, cls = cells(last_year), edition_named(edition).report

    def preset(at: Address, source: Address) -> Preset:
        why = NO_WORDS
        if mark := marks.get(source):
            why = _MARKED.format(text=excerpt(mark.text)) if mark.text else _OPEN
        elif source in broken:
            why = _BROKEN
        return Preset(at, label(cls, at), None if why.zh else values[source], source, why)

    return tuple(preset(at, source) for at, source in handed_on(last_year.edition, edition).items())


_OPEN = Words("上年此格没有数字", "last year's cell has no number")
_MARKED = Words("上年此格写作 {text}", "last year's cell says {text}")
_BROKEN = Words("上年此格所在的勾稽关系不符", "last year's cell is in an equation that does not hold")
