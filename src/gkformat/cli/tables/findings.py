"""What checking says of reports as a table, and of files that are none: nothing of a batch is passed over."""

from collections.abc import Iterator, Sequence

from gkformat.base.words import Lang
from gkformat.cli.formats.wording import place_text
from gkformat.cli.outcomes import Outcome
from gkformat.cli.tables.table import REPORT_COLUMNS, Column, Table, Value

FINDINGS = Table(
    "findings",
    (
        *REPORT_COLUMNS,
        Column("level", "程度"),
        Column("rule", "规则"),
        Column("address", "地址"),
        Column("label", "项目"),
        Column("left", "应为", "number"),
        Column("right", "填报", "number"),
        Column("message", "说明"),
        Column("place", "位置"),
    ),
)


def finding_rows(outcome: Outcome, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield a row for each finding and each fault, or one that says why a file could not be read."""
    names = (outcome.file, outcome.agency, outcome.year, outcome.edition)
    if outcome.error:
        yield *names, outcome.conclusion, "", "", "", None, None, outcome.error.text(lang), ""
    for note in outcome.notes:
        item = note.item
        sides = (getattr(item, "left", None), getattr(item, "right", None))  # a fault has none
        yield (
            *names,
            note.level,
            item.rule,
            str(note.address),
            item.label,
            *sides,
            note.message(lang),
            place_text(note, lang),
        )
