"""The entries of a ledger: one for each finding, with what stands in the cell, what should, why, and what to do."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from gkformat.base.address import Address
from gkformat.base.arguments import each
from gkformat.base.errors import Fault
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.words import LANGUAGES, NO_WORDS, SEMICOLON, Words
from gkformat.comparison.series_finding import SeriesFinding
from gkformat.derived.catalogue import rule_named
from gkformat.diagnosis.diagnose import BRIEF_BUDGET, Component, Diagnoses, Diagnosis, diagnose
from gkformat.examination.result import CONCLUSIONS, EXAMINATION, Examination, Level, Note
from gkformat.forms.editions import EDITIONS
from gkformat.notation.outline import label
from gkformat.views.gathering import gathered
from gkformat.views.wording import LEVELS, level_words
from gkformat.writers.layout import printed_texts

_YEAR = label(list(EDITIONS.values())[-1].report, "year")

COLUMNS = {
    "body": Words("单位", "body"),
    "year": Words(_YEAR, "year"),
    "label": Words("位置", "place"),
    "where": Words("文件处", "in the file"),
    "found": Words("现值", "found"),
    "expected": Words("应为", "expected"),
    "gravity": Words("程度", "gravity"),
    "rule": Words("规则", "rule"),
    "clauses": Words("依据（条款）", "clauses"),
    "message": Words("说明", "what is wrong"),
    "advice": Words("建议", "what to do"),
    "mended": Words("已改", "mended"),
}
"""The columns of a ledger and their headings; the last is left to whoever works through it."""


@frozen
class LedgerEntry:
    """One thing to be looked at. `expected` is empty unless the equations allow one likeliest number only."""

    body: str
    year: int | None
    level: Level
    gravity: Words
    rule: Words
    message: Words
    label: str = ""
    where: Words = NO_WORDS
    found: str = ""
    expected: str = ""
    clauses: str = ""
    advice: Words = NO_WORDS
    mended: str = ""


def ledger(examinations: Iterable[Examination], across: Iterable[Note] = ()) -> tuple[LedgerEntry, ...]:
    """Return the entries of examined files, and of findings between reports, body by body and the gravest first.

    What a baseline accepts has none; a file that could not be read has one.
    """
    examined = [*each(EXAMINATION, examinations=examinations)]
    entries = [entry for examination in examined for entry in _entries(examination)]
    entries += _entries_across(across, {examination.title: examination for examination in examined})
    order = [*LEVELS]
    place = {body: number for number, body in enumerate(dict.fromkeys(entry.body for entry in entries))}
    return tuple(sorted(entries, key=lambda entry: (place[entry.body], order.index(entry.level))))


def _entries_across(notes: Iterable[Note], examined: Mapping[str, Examination]) -> Iterator[LedgerEntry]:
    """Yield the entries of findings between reports, each with the number and the file of its report."""
    texts: dict[str, Mapping[Address, str]] = {}
    for note in notes:
        title = note.report_title
        found = examined.get(title)
        if found is None:
            year = note.item.later.year if isinstance(note.item, SeriesFinding) else None
            yield _entry(note, title.rpartition(" ")[0], year)
            continue
        if title not in texts:
            texts[title] = printed_texts(found.report) if found.report else {}
        entry = _entry(note, found.agency or found.file, found.year, file=found.file)
        yield evolve(entry, found=texts[title].get(Address(note.item.at), ""))


def _entries(examination: Examination) -> Iterator[LedgerEntry]:
    body, year, report = examination.agency or examination.file, examination.year, examination.report
    if examination.error:
        conclusion = CONCLUSIONS[examination.conclusion]
        where = Words(examination.file, examination.file)
        yield LedgerEntry(body, year, "fault", conclusion, conclusion, examination.error, where=where)
    notes = [note for note in examination.notes if not note.accepted]
    diagnoses = diagnose(report, budget=BRIEF_BUDGET) if report else Diagnoses()
    texts = printed_texts(report) if report else {}
    for note in gathered(report, notes) if report else notes:
        at = Address(note.item.at)
        entry = _entry(note, body, year, examination.edition, examination.file)
        yield evolve(
            entry,
            found=_found(note, texts),
            expected=str(diagnoses.likeliest_changes.get(at, "")),
            advice=_proposal(note, diagnoses) + entry.advice,
        )


def _entry(note: Note, body: str, year: int | None, edition: str = "", file: str = "") -> LedgerEntry:
    rule = rule_named(note.item.rule, edition)
    return LedgerEntry(
        body,
        year,
        note.level,
        level_words(note),
        rule.title if rule else Words(note.item.rule, note.item.rule),
        Words(*map(note.message, LANGUAGES)),
        label=note.item.label or note.address,
        where=Words(*(" ".join(filter(None, (file, note.where.text(lang)))) for lang in LANGUAGES)),
        clauses="；".join(map(str, rule.cites)) if rule else "",
        advice=rule.remedy if rule else NO_WORDS,
    )


def _found(note: Note, texts: Mapping[Address, str]) -> str:
    """Return what stands at the place of a note: the words that it quotes, the value, or the text of the cell."""
    item = note.item
    if isinstance(item, Fault):
        return item.found
    if isinstance(item, Finding) and item.quote:
        return item.quote.text
    return texts.get(item.at, "")


# -- what the equations say ----------------------------------------------------------------------------


def _proposal(note: Note, diagnoses: Diagnoses) -> Words:
    item = note.item
    for component in diagnoses.components:
        if any((finding.rule, finding.at) == (item.rule, item.at) for finding in component.broken):
            return _told(component)
    return NO_WORDS


def _told(component: Component) -> Words:
    """Return the explanations than which none is likelier, if they are few."""
    if not component.diagnoses:
        return NO_WORDS
    likeliest = component.diagnoses[: component.diagnoses[0].equals]
    if len(likeliest) > _FEW or len(likeliest) < component.diagnoses[0].equals:
        return _EQUAL.format(count=component.diagnoses[0].equals)
    told = [_PROBABLY.format(changes=_changes(diagnosis)) for diagnosis in likeliest]
    return sum((_OR + other for other in told[1:]), told[0])


def _changes(diagnosis: Diagnosis) -> Words:
    changes = [f"{each.label} {each.found} → {each.proposed}" for slip in diagnosis.slips for each in slip.changes]
    return Words(*(SEMICOLON.text(lang).join(changes) for lang in LANGUAGES))


_FEW = 3
_OR = Words("或者，同样", "Or, as likely, ")
_PROBABLY = Words("可能填错：{changes}。", "Probably wrong: {changes}. ")
_EQUAL = Words("有 {count} 种解释同样可能。", "{count} explanations are equally likely. ")
