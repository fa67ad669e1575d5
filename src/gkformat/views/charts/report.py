"""The chart of one report: how requests were decided, who applied, and the cases against the body."""

from collections.abc import Iterator, Sequence

from gkformat.base.words import Lang, Words
from gkformat.forms.editions import AnyReport
from gkformat.views.charts.counts import Group, ReportCounts
from gkformat.views.charts.drawing import Bar, Panel, Picture, Remark, Row, draw

_TITLE = Words("{agency}，{year} 年度", "{agency}, {year}")
_HEADING = Words("{label}（总计 {total}）", "{label} (total: {total})")
_CASES = Words("行政复议、行政诉讼的结果", "results of reconsideration and litigation")


def report_chart(report: AnyReport, lang: Lang) -> Picture:
    """Return the chart of a report."""
    counts = ReportCounts(report)
    title = _TITLE.format(agency=report.agency, year=report.year).text(lang)
    panels = [_shares(counts.outcomes, lang), _shares(counts.newly_received, lang), _results(counts.cases, lang)]
    return draw(title, panels)


def _shares(group: Group, lang: Lang) -> Panel:
    """Return the parts of a total, a bar for each."""
    total = group.total
    rows: list[Row] = [
        Bar(part.label, part.text(lang, total.value), (part.segment(lang),), group.length) for part in group.parts
    ]
    heading = _HEADING.format(label=group.label, total=total.text(lang)).text(lang)
    return Panel(heading, (*rows, *_remarks(group, lang)))


def _results(cases: Sequence[Group], lang: Lang) -> Panel:
    """Return the kinds of cases, for each a bar that has its results."""
    longest = max(group.length for group in cases)
    rows: list[Row] = []
    for group in cases:
        segments = tuple(part.segment(lang) for part in group.parts)
        rows += [Bar(group.label, group.total.text(lang), segments, longest), *_remarks(group, lang)]
    return Panel(_CASES.text(lang), tuple(rows))


def _remarks(group: Group, lang: Lang) -> Iterator[Remark]:
    if group.remark:
        yield Remark(group.remark.text(lang))
