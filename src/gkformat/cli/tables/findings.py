"""What checking says of reports as a table, and of files that are none: nothing of a batch is passed over."""

from collections.abc import Iterator, Sequence

from gkformat.base.words import Lang
from gkformat.cli.tables.table import REPORT_COLUMNS, Column, Table, Value
from gkformat.examination.result import Examination

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


def finding_rows(examination: Examination, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield a row for each finding and each fault, or one that says why a file could not be read."""
    names = (examination.file, examination.agency, examination.year, examination.edition)
    if examination.error:
        yield *names, examination.conclusion, "", "", "", None, None, examination.error.text(lang), ""
    for note in examination.notes:
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
            note.where.text(lang),
        )
