"""Words for what an examination tells, which every view and output format shares."""

from collections.abc import Mapping

from gkformat.base.errors import OMITTED
from gkformat.base.findings import DECLARED, SEVERITY_TITLES
from gkformat.base.visible import visible
from gkformat.base.words import COMMA, Lang, Words
from gkformat.examination.result import Examination, Level, Note

LEVELS: Mapping[Level, Words] = {
    "fault": Words("格式错误", "fault"),
    "broken": SEVERITY_TITLES["broken"],
    "undecided": SEVERITY_TITLES["undecided"],
    "advice": SEVERITY_TITLES["advice"],
    "failure": Words("程序出错", "internal error"),
}
_SEVERAL: Mapping[Level, str] = {"fault": "faults", "failure": "internal errors"}
"""Plurals of the English names of levels that have one."""

ACCEPTED = Words("基线已接受", "accepted by the baseline")


def join_words(parts: list[Words], lang: Lang) -> str:
    """Join words with commas."""
    return COMMA.text(lang).join(part.text(lang) for part in parts)


def level_words(note: Note) -> Words:
    """Return the level of a note, and whether the report declares it or the baseline accepts it."""
    words = LEVELS[note.level]
    for also in (*[DECLARED] * note.declared, *[ACCEPTED] * note.accepted):
        words = words + COMMA + also
    return words


def level_text(note: Note, lang: Lang) -> str:
    """Return the same in one language."""
    return level_words(note).text(lang)


def level_counts(examination: Examination, lang: Lang) -> str:
    """Return the number of notes of each level that a file has."""
    counts = [
        Words(f"{words.zh} {count}", f"{count} {_SEVERAL.get(level, words.en) if count > 1 else words.en}")
        for level, words in LEVELS.items()
        if (count := examination.count(level))
    ]
    if examination.accepted:
        counts.append(Words(f"{ACCEPTED.zh} {examination.accepted}", f"{examination.accepted} {ACCEPTED.en}"))
    return join_words(counts, lang)


def location(note: Note, lang: Lang) -> str:
    """Return rule, address and place of a note, for those who look it up."""
    return "  ".join(filter(None, (note.item.rule, visible(note.address), place_text(note, lang))))


def place_text(note: Note, lang: Lang) -> str:
    """Return where a note is in its file: line and column of JSON, page, table or cell of any other document."""
    return visible(note.where.text(lang)).strip()


def omitted_message(examination: Examination) -> Words:
    """Return the number of faults that are not listed, in words."""
    return OMITTED.format(count=examination.omitted)
