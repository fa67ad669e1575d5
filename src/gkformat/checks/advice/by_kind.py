"""Advice that follows from the kind of a report or from its date of publication, which no report states itself."""

from collections.abc import Callable, Iterator
from datetime import date

from gkformat.base.findings import Finding
from gkformat.base.words import Words
from gkformat.checks.advice.findings import advise
from gkformat.forms import editions
from gkformat.forms.kinds import LAST_DUE, Kind
from gkformat.forms.topics import ASSESSMENT_RESULTS
from gkformat.notation.outline import nodes

AdviceByKind = Callable[["editions.AnyReport", Kind | None, date | None], Iterator[Finding]]


def publication_date(report: "editions.AnyReport", kind: Kind | None, published: date | None) -> Iterator[Finding]:
    """Find a report that was published late, or before the end of the year of which it tells.

    Without a kind, it is late after the last date of all.
    """
    if published is None:
        return
    first, last = date(report.year + 1, 1, 1), date(report.year + 1, *(kind.due if kind else LAST_DUE))
    if not first <= published <= last:
        yield advise(
            report,
            "publication-date",
            "year",
            published=published,
            kind=kind.title if kind else _ANY_KIND,
            year=report.year,
            first=first,
            last=last,
        )


_ANY_KIND = Words("年度报告", "an annual report")


def assessment_results_missing(report: "editions.AnyReport", kind: Kind | None, _: date | None) -> Iterator[Finding]:
    """Find a government that reports no results of assessment, evaluation or accountability in any section.

    A short overview passes: it refers elsewhere.
    """
    if kind is None or not kind.is_government:
        return
    overview = next(at for at, node in nodes(type(report)).items() if node.printed.covers)
    if len(getattr(report, overview)) < _MIN_DESCRIPTION:
        return
    text = "".join(getattr(report, at) for at, node in nodes(type(report)).items() if node.printed.kind == "prose")
    missing = [result for result, words in ASSESSMENT_RESULTS.items() if not words.search(text)]
    if missing:
        yield advise(report, "assessment-results-missing", overview, results="、".join(missing))


_MIN_DESCRIPTION = 200
"""Texts of fewer characters describe nothing."""


ADVICE_BY_KIND: tuple[AdviceByKind, ...] = (assessment_results_missing, publication_date)
"""The advice on a single report of which the kind or the date is known, in the order of the catalogue."""
