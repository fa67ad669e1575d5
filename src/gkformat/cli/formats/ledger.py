"""The ledger (整改清单) of what was found: CSV for any program, XLSX to be worked through, DOCX to be printed."""

from collections.abc import Iterator

from gkformat.base.words import Lang
from gkformat.cli.csv_lines import csv_lines
from gkformat.cli.errors import CliError
from gkformat.cli.run import Run
from gkformat.views.ledgers.entries import LedgerEntry, ledger
from gkformat.views.ledgers.tables import head, rows
from gkformat.writers import NEEDS_EXTRA


def csv(run: Run, lang: Lang) -> Iterator[str]:
    """Yield a line for each entry, below the headings."""
    yield from csv_lines([head(lang), *rows(_entries(run), lang)])


def xlsx(run: Run, lang: Lang) -> bytes:
    """Return a workbook."""
    try:
        from gkformat.views.ledgers.workbook import workbook  # noqa: PLC0415 - it needs an extra
    except ImportError:
        raise CliError(NEEDS_EXTRA.format(suffix=".xlsx")) from None
    return workbook(_entries(run), lang)


def docx(run: Run, lang: Lang) -> bytes:
    """Return a Word file."""
    try:
        from gkformat.views.ledgers.word import document  # noqa: PLC0415 - it needs an extra
    except ImportError:
        raise CliError(NEEDS_EXTRA.format(suffix=".docx")) from None
    return document(_entries(run), lang)


def _entries(run: Run) -> tuple[LedgerEntry, ...]:
    examinations = [outcome.examination for outcome in run.outcomes()]
    return ledger(examinations, [note for note in run.comparison_notes if not note.accepted])
