"""A ledger as tables of text: all entries by body and by rule, and how many there are of each."""

from collections import Counter
from collections.abc import Iterator, Sequence

from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words
from gkformat.examination.result import Level
from gkformat.views.ledgers.entries import COLUMNS, LedgerEntry
from gkformat.views.wording import LEVELS

_TITLE = Words("政府信息公开工作年度报告整改清单", "Annual reports: what is to be mended")
_BY_BODY = Words("按单位", "by body")
_BY_RULE = Words("按规则", "by rule")
_TOTALS = Words("合计", "totals")
_COUNT = Words("处数", "entries")

Row = tuple[str | int | None, ...]


@frozen
class LedgerTable:
    """A table with its name, its headings and its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def title(lang: Lang) -> str:
    """Return the title of a ledger."""
    return _TITLE.text(lang)


def rows(entries: Sequence[LedgerEntry], lang: Lang) -> Iterator[Row]:
    """Yield a row for each entry."""
    for entry in entries:
        yield tuple(_text(getattr(entry, name), lang) for name in COLUMNS)


def head(lang: Lang) -> tuple[str, ...]:
    """Return the headings of the columns."""
    return tuple(words.text(lang) for words in COLUMNS.values())


def tables(entries: Sequence[LedgerEntry], lang: Lang) -> tuple[LedgerTable, ...]:
    """Return the entries by body, as they come, and by rule, the gravest first; and the totals of both."""
    order = [*LEVELS]
    by_rule = sorted(entries, key=lambda entry: (order.index(entry.level), entry.rule.zh))
    return (
        LedgerTable(_BY_BODY.text(lang), head(lang), tuple(rows(entries, lang))),
        LedgerTable(_BY_RULE.text(lang), head(lang), tuple(rows(by_rule, lang))),
        _totals(f"{_TOTALS.text(lang)} {_BY_BODY.text(lang)}", entries, lang, "body"),
        _totals(f"{_TOTALS.text(lang)} {_BY_RULE.text(lang)}", by_rule, lang, "rule"),
    )


def _totals(name: str, entries: Sequence[LedgerEntry], lang: Lang, column: str) -> LedgerTable:
    """Return how many entries of each gravity each body or rule has, and in the last row how many there are in all."""
    counted = Counter((_text(getattr(entry, column), lang), entry.level) for entry in entries)
    levels: list[Level] = [level for level in LEVELS if any(entry.level == level for entry in entries)]
    names = dict.fromkeys(name for name, _ in counted)
    lines = [(each, [counted[each, level] for level in levels]) for each in names]
    lines.append((_TOTALS.text(lang), [sum(entry.level == level for entry in entries) for level in levels]))
    titles = (COLUMNS[column].text(lang), *(LEVELS[level].text(lang) for level in levels), _COUNT.text(lang))
    return LedgerTable(name, titles, tuple((each, *counts, sum(counts)) for each, counts in lines))


def _text(value: object, lang: Lang) -> str | int | None:
    if isinstance(value, Words):
        return value.text(lang)
    return value if isinstance(value, int) or value is None else str(value)
