"""One report on the page: what was found, what is probably wrong, and the form as it was filled in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from attrs import field

from gkformat.base.address import Address
from gkformat.base.errors import OMITTED
from gkformat.base.findings import Finding, Quote
from gkformat.base.frozen import frozen
from gkformat.base.words import COLON, Lang, Words
from gkformat.derived.catalogue import rule_named
from gkformat.diagnosis.diagnose import BRIEF_BUDGET, Diagnoses, diagnose
from gkformat.examination.result import CONCLUSIONS, Examination, Note
from gkformat.forms.editions import AnyReport
from gkformat.notation.outline import label
from gkformat.views.charts.chart import chart
from gkformat.views.charts.drawing import Picture
from gkformat.views.check_page.cells import CellNotes, Look, badge, cell_notes, marked_cell
from gkformat.views.check_page.formula import formula
from gkformat.views.check_page.markup import plain, plain_lines
from gkformat.views.check_page.proposals import proposals
from gkformat.views.gathering import gathered
from gkformat.views.wording import level_counts, level_text, place_text
from gkformat.writers.html import table_lines
from gkformat.writers.layout import Part, lay_out

_PLACE = Words("文件中的位置：{place}", "In the file: {place}")
_REMEDY = Words("怎么办：{remedy}", "What to do: {remedy}")
_WHY = Words("为什么、依据", "Why, and by which clause")
_OURS = Words("没有可引的条文，由本库自定", "no clause: the rule is ours")
MORE = Words("另有 {count} 处同类", "{count} more of this kind")
_FORM = Words("报告全文", "The report")
_CHARTS = Words("图", "Charts")
_LEGEND: Mapping[Look, Words] = {
    "suspect": Words("可能填错", "probably wrong"),
    "broken": Words("所在等式不符", "in a broken equation"),
    "undecided": Words("所在等式待定", "in an undecided equation"),
    "blank": Words("空白", "blank"),
    "annotated": Words("另有标注", "annotated"),
    "unreadable": Words("读不出", "unreadable"),
    "out-of-range": Words("不能填这样的数", "a number that it cannot hold"),
    "absent": Words("文件中没有", "absent"),
    "declared": Words("报告自己声明了不符", "declared by the report itself"),
}
FEW_UNDECIDED = 3
"""The most undecided findings of one rule that stand outside of a list to open."""


def folded_chart(picture: Picture, lang: Lang) -> Iterator[str]:
    """Yield a picture behind a line that opens."""
    yield f'<details class="charts"><summary>{_CHARTS.text(lang)}</summary>{picture}</details>'


@frozen
class ReportOnPage:
    """One examined file on the page. `number` makes the links to it; `notes` are those that no baseline accepts."""

    examination: Examination
    number: int
    lang: Lang
    notes: tuple[Note, ...] = field(init=False)
    parts: tuple[Part, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        notes = [note for note in self.examination.notes if not note.accepted]
        report = self.examination.report
        object.__setattr__(self, "notes", tuple(gathered(report, notes) if report else notes))
        object.__setattr__(self, "parts", lay_out(report).parts if report else ())

    @property
    def prefix(self) -> str:
        """The beginning of the ids of its findings."""
        return f"r{self.number}-"

    def lines(self, *, is_open: bool) -> Iterator[str]:
        """Yield the report: a line that opens, and below it everything else."""
        examination = self.examination
        rules_here = " ".join(dict.fromkeys(note.item.rule for note in self.notes))
        levels = " ".join(dict.fromkeys(note.level for note in self.notes))
        yield (
            f'<article class="{examination.conclusion}" id="r{self.number}" data-rules="{plain(rules_here)}" '
            f'data-levels="{levels}" data-body="{plain(examination.title)}">'
        )
        yield f"<details{' open' * is_open}><summary>{self._summary()}</summary>"
        if examination.error:
            yield f"<p>{plain(examination.error.text(self.lang))}</p>"
        diagnoses = diagnose(examination.report, budget=BRIEF_BUDGET) if examination.report else Diagnoses()
        yield from self._findings()
        if examination.report:
            yield from proposals(diagnoses, examination.file, self.lang)
            yield from self._form(examination.report, diagnoses)
            yield from folded_chart(chart(examination.report, lang=self.lang), self.lang)
        yield "</details></article>"

    def _summary(self) -> str:
        examination = self.examination
        conclusion = CONCLUSIONS[examination.conclusion].text(self.lang)
        counts = level_counts(examination, self.lang)
        file = f'<span class="file">{plain(examination.file)}</span>' if examination.file else ""
        return (
            f'<span class="conclusion">{conclusion}</span> <strong>{plain(examination.title)}</strong> '
            f'<span class="counts">{counts}</span> {file}'
        )

    # -- findings --------------------------------------------------------------------------------------

    def _findings(self) -> Iterator[str]:
        if not self.notes:
            return
        seen: defaultdict[str, list[int]] = defaultdict(list)
        for number, note in enumerate(self.notes, 1):
            seen[note.item.rule].append(number)
        targets = self._targets()
        yield '<ol class="notes">'
        for number, note in enumerate(self.notes, 1):
            places = seen[note.item.rule]
            is_hidden = note.level == "undecided" and number in places[FEW_UNDECIDED:]
            if not is_hidden:
                yield from self._note(number, note, targets.get(number, ""))
            if is_hidden and number == places[FEW_UNDECIDED]:
                more = MORE.format(count=len(places) - FEW_UNDECIDED).text(self.lang)
                yield f'<li class="more"><details><summary>{more}</summary><ol class="notes">'
                for other in places[FEW_UNDECIDED:]:
                    yield from self._note(other, self.notes[other - 1], targets.get(other, ""))
                yield "</ol></details></li>"
        if self.examination.omitted:
            yield f"<li>{OMITTED.format(count=self.examination.omitted).text(self.lang)}</li>"
        yield "</ol>"

    def _targets(self) -> dict[int, str]:
        """Return where on the form each finding is: `q` words of a text, `c` a cell, `p` a whole part."""
        shown = {part.at for part in self.parts if part.table or part.paragraphs}
        cells = {cell.at for part in self.parts if part.table for cell in part.table.blank.grid.cells}
        targets: dict[int, str] = {}
        for number, note in enumerate(self.notes, 1):
            if isinstance(item := note.item, Finding):
                if item.quote:
                    targets[number] = "q"
                elif item.at in cells:
                    targets[number] = "c"
                elif _part_of(item.at) in shown:
                    targets[number] = "p"
        return targets

    def _note(self, number: int, note: Note, target: str) -> Iterator[str]:
        lang, item, report = self.lang, note.item, self.examination.report
        name = f"{self.prefix}{number}"
        place = plain(item.label or note.address or note.report_title)
        yield f'<li id="{name}" class="note {note.level}" data-rule="{item.rule}" data-level="{note.level}">'
        linked = f'<a href="#{self.prefix}{target}{number}">{place}</a>' if target else place
        level = f'<span class="level">{level_text(note, lang)}</span>'
        yield f"<h3>{badge(number, self.prefix)} {level} {linked}</h3>"
        yield f"<p>{plain(note.message(lang))}</p>"
        if report and isinstance(item, Finding) and (sides := formula(report, item, lang)):
            yield f'<p class="formula">{plain(sides)}</p>'
        if where := place_text(note, lang):
            yield f'<p class="place">{plain(_PLACE.format(place=where).text(lang))}</p>'
        yield from self._reasons(note)
        yield "</li>"

    def _reasons(self, note: Note) -> Iterator[str]:
        """Yield what to do, then why and by which clause; nothing for a rule of the user's own."""
        known = rule_named(note.item.rule, self.examination.edition)
        address = f'<p class="rule"><code>{plain(note.item.rule)}</code> <code>{plain(note.address)}</code></p>'
        if known is None:
            yield address
            return
        yield f'<p class="remedy">{plain(_REMEDY.format(remedy=known.remedy).text(self.lang))}</p>'
        clauses = [COLON.text(self.lang).join((str(each), each.says.text(self.lang))) for each in known.cites]
        yield f"<details><summary>{_WHY.text(self.lang)}</summary><p>{plain(known.why.text(self.lang))}</p>"
        yield f"<ul>{''.join(f'<li>{plain(each)}</li>' for each in clauses or [_OURS.text(self.lang)])}</ul>"
        yield f"{address}</details>"

    # -- the form --------------------------------------------------------------------------------------

    def _form(self, report: AnyReport, diagnoses: Diagnoses) -> Iterator[str]:
        said = cell_notes(report, self.notes, diagnoses)
        yield f'<section class="form"><h3>{_FORM.text(self.lang)}</h3>'
        looks = {look for notes in said.values() for look in notes.looks}
        if looks:
            known = (
                f'<li class="{look}">{words.text(self.lang)}</li>' for look, words in _LEGEND.items() if look in looks
            )
            yield f'<ul class="legend">{"".join(known)}</ul>'
        quotes = self._quotes()
        of_parts = [number for number, target in self._targets().items() if target == "p"]
        for part in self.parts:
            badges = [number for number in of_parts if _part_of(self.notes[number - 1].address) == part.at]
            yield from self._part(report, part, said, quotes, badges)
        yield "</section>"

    def _quotes(self) -> list[tuple[int, Quote]]:
        """Return the words that findings quote, each with the number of its finding, in the order of the text."""
        items = ((number, note.item) for number, note in enumerate(self.notes, 1))
        quotes = [(number, item.quote) for number, item in items if isinstance(item, Finding) and item.quote]
        return sorted(quotes, key=lambda pair: (pair[1].start, pair[1].end))

    def _part(
        self,
        report: AnyReport,
        part: Part,
        said: Mapping[Address, CellNotes],
        quotes: Sequence[tuple[int, Quote]],
        badges: Sequence[int],
    ) -> Iterator[str]:
        links = "".join(f" {badge(number, self.prefix, 'p')}" for number in badges)
        heading = plain(part.heading or label(type(report), part.at)) + links
        if part.table:
            yield f"<h4>{heading}</h4>"
            yield from table_lines(part.table, partial(marked_cell, said=said, prefix=self.prefix))
            return
        here = [(number, quote) for number, quote in quotes if quote.at == part.at]
        text = getattr(report, str(part.at))
        if text:
            yield f"<details class=prose{' open' * bool(here)}><summary>{heading}</summary>"
            yield f"{''.join(self._marked(text, here))}</details>"

    def _marked(self, text: str, quotes: Iterable[tuple[int, Quote]]) -> Iterator[str]:
        """Yield a text as paragraphs, with the words marked that findings quote."""
        done = 0
        yield "<p>"
        for number, quote in quotes:
            yield plain_lines(text[done : quote.start])
            words = plain_lines(text[max(done, quote.start) : quote.end])
            yield f'<mark id="{self.prefix}q{number}">{words}</mark>{badge(number, self.prefix)}'
            done = max(done, quote.end)
        yield f"{plain_lines(text[done:])}</p>"


def _part_of(at: str) -> Address:
    return Address(at.partition(".")[0])
