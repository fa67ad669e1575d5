"""The one door to the charts: by what it is given, it draws a report, the years of a body, or many bodies."""

from collections.abc import Iterable

from gkformat.base.arguments import TEXT, demand, each, optional
from gkformat.base.errors import Incomparable
from gkformat.base.words import Lang, Words
from gkformat.forms.editions import AnyReport
from gkformat.judgement.root import REPORT
from gkformat.views.charts.bodies import bodies_chart
from gkformat.views.charts.drawing import Picture
from gkformat.views.charts.report import report_chart
from gkformat.views.charts.series import series_chart

_NONE = Words("没有报告可画", "there is no report to draw")


def chart(reports: AnyReport | Iterable[AnyReport], *, indicator: str | None = None, lang: Lang = "zh") -> Picture:
    """Return a picture in SVG, which is text: write it to a file, put it into a page, or let a notebook show it.

    - `chart(report)`: how requests were decided, as shares of the total; who applied; the cases against the body.
    - `chart(reports)`, of one body: its years one below the other, what each hands on to the next, and a line where
      the form or the law changed.
    - `chart(reports, indicator="disclosed_share")`, of many bodies: how an indicator is spread, and the place of each.
      Those with fewer than 30 cases are set apart and not ranked, and so are those of which it is not known.

    A number that is not known is drawn as open, with the reason, and never as 0. Raises `Incomparable` if there is no
    report, or if reports without `indicator` are not the years of one body; `ValueError` for an unknown indicator.
    """
    demand(optional(TEXT), indicator=indicator)
    if not isinstance(reports, Iterable):
        demand(REPORT, reports=reports)
        return report_chart(reports, lang) if indicator is None else bodies_chart([reports], indicator, lang)
    listed: list[AnyReport] = list(each(REPORT, reports=reports))
    if not listed:
        raise Incomparable(_NONE)
    return series_chart(listed, lang) if indicator is None else bodies_chart(listed, indicator, lang)
