"""The check page: one self-contained HTML file."""

from collections.abc import Iterator

from gkformat.base.words import Lang
from gkformat.cli.formats.wording import remark_lines
from gkformat.cli.run import Run
from gkformat.views.check_page.document import page


def html(run: Run, lang: Lang) -> Iterator[str]:
    """Yield the lines of the page. All examinations are kept until the last, for the page begins with the totals."""
    examinations = [outcome.examination for outcome in run.outcomes()]
    across = [note for note in run.comparison_notes if not note.accepted]
    missing = run.parts.coverage.missing if run.parts else ()
    remarks = list(remark_lines(run, lang))
    yield from page(examinations, lang=lang, across=across, missing=missing, remarks=remarks).splitlines()
