"""The chart of an indicator of many bodies: how it is spread, and the place of each body."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import quantiles

from gkformat.base.words import Lang, Words
from gkformat.derived.ratios import FEW
from gkformat.forms.editions import AnyReport
from gkformat.forms.indicators import Indicator
from gkformat.views.charts.drawing import Panel, Picture, Remark, Row, Size, Strip, draw
from gkformat.views.charts.indicator import Point, indicator_named, point

_TITLE = Words("{title}，{count} 份报告", "{title}: {count} report(s)")
_NAME_AND_YEAR = Words("{agency} {year}", "{agency} {year}")
_RANKED = Words("从高到低（{count}）", "highest first ({count})")
_SMALL = Words(f"不足 {FEW} 件，不排名（{{count}}）", f"fewer than {FEW} cases, not ranked ({{count}})")
_OPEN = Words("无法计算（{count}）", "not known ({count})")
_SPREAD = Words(
    "最低 {lowest}，四分位 {first}、{median}、{third}，最高 {highest}",
    "lowest {lowest}, quartiles {first}, {median}, {third}, highest {highest}",
)
_ENOUGH = 4
"""Of fewer bodies than this there are no quartiles to speak of."""


def bodies_chart(reports: Sequence[AnyReport], name: str, lang: Lang) -> Picture:
    """Return the chart of an indicator of many bodies. Those with few cases, and those of which it is open, are apart.

    Raises `ValueError` if there is no indicator of that name.
    """
    indicator = indicator_named(name)
    points = [point(report, name, label, lang) for report, label in zip(reports, _labels(reports, lang), strict=True)]
    known = [(each, each.value) for each in points if each.value is not None]
    longest = max((value for _, value in known), default=Fraction(0))
    by_value = sorted(known, key=lambda pair: -pair[1])  # equals keep their order
    ranked = [each for each, _ in by_value if not each.is_small]
    small = [each for each in points if each.value is not None and each.is_small]
    unknown = [each for each in points if each.value is None]
    groups = [
        (_RANKED, _spread(indicator, ranked, longest, lang), ranked),
        (_SMALL, [], small),
        (_OPEN, [], unknown),
    ]
    panels = [Panel("", (Remark(indicator.definition.text(lang)),))]
    for heading, rows, group in groups:
        bars = [each.bar(longest, is_narrow=True) for each in group]
        if bars:
            panels.append(Panel(heading.format(count=len(group)).text(lang), (*rows, *bars)))
    return draw(_TITLE.format(title=indicator.title, count=len(reports)).text(lang), panels)


def _labels(reports: Sequence[AnyReport], lang: Lang) -> list[str]:
    """Return the names of the bodies, with their years if these differ."""
    if len({report.year for report in reports}) == 1:
        return [report.agency for report in reports]
    return [_NAME_AND_YEAR.format(agency=report.agency, year=report.year).text(lang) for report in reports]


def _spread(indicator: Indicator, ranked: Sequence[Point], longest: Size, lang: Lang) -> list[Row]:
    values = sorted(each.value for each in ranked if each.value is not None)
    if len(values) < _ENOUGH:
        return []
    first, median, third = quantiles(values, n=4, method="inclusive")
    numbers = {"lowest": values[0], "first": first, "median": median, "third": third, "highest": values[-1]}
    text = _SPREAD.format(**{key: _shown(indicator, value) for key, value in numbers.items()})
    return [Strip(tuple(values), (first, median, third), longest, text.text(lang))]


def _shown(indicator: Indicator, value: Fraction) -> str:
    if indicator.denominator:
        return f"{float(value):.1%}"
    return str(value) if value.denominator == 1 else f"{float(value):.1f}"
