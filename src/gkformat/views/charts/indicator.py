"""An indicator in a chart: of each report its value, how it is made up, and if it is open, why."""

from collections.abc import Iterator
from fractions import Fraction

from gkformat.base.findings import MARK_TITLES
from gkformat.base.frozen import frozen
from gkformat.base.suggestion import MEANT, closest
from gkformat.base.words import NO_WORDS, Lang, Words
from gkformat.derived.ratios import IndicatorValue, indicators
from gkformat.forms.editions import AnyReport
from gkformat.forms.indicators import INDICATORS, Indicator
from gkformat.views.charts.drawing import Bar, Segment, Size

DISCLOSED = "disclosed_share"
"""The indicator that a chart shows unless another is asked for."""

_UNKNOWN = Words("没有名为 {name} 的指标", "there is no indicator named {name}")
_SHARE = Words("{share}（{numerator}/{denominator}）", "{share} ({numerator}/{denominator})")
_NO_CASES = Words("无此类事项", "no cases")
_NOT_IN_FORM = Words("此版格式没有", "not in this form")
_SEPARATOR = Words("、", ", ")


@frozen
class Point:
    """An indicator of one report. If it is open, it has no `value`, and `text` says why."""

    label: str
    value: Fraction | None
    text: str
    is_small: bool = False

    def bar(self, out_of: Size, *, is_narrow: bool = False) -> Bar:
        """Return it as a bar; if it is of few cases, the bar is hollow."""
        segment = Segment(self.label, self.value, self.text)
        return Bar(self.label, self.text, (segment,), out_of, is_narrow=is_narrow, is_hollow=self.is_small)


def indicator_named(name: str) -> Indicator:
    """Return the definition of an indicator. Raises `ValueError` if there is none of that name."""
    for each in INDICATORS:
        if each.name == name:
            return each
    close = closest(name, (each.name for each in INDICATORS))
    raise ValueError(str(_UNKNOWN.format(name=name) + (MEANT.format(close=close) if close else NO_WORDS)))


def point(report: AnyReport, name: str, label: str, lang: Lang) -> Point:
    """Return an indicator of a report."""
    found = next((each for each in indicators(report) if each.name == name), None)
    if found is None:
        return Point(label, None, _NOT_IN_FORM.text(lang))
    if found.value is None:
        return Point(label, None, _SEPARATOR.text(lang).join(title.text(lang) for title in _reasons(report, found)))
    is_small = bool(found.among) and found.is_small  # a sum is what it is, however small
    return Point(label, found.value, _shown(found, found.value).text(lang), is_small)


def _shown(found: IndicatorValue, value: Fraction) -> Words:
    if not found.among:
        return Words(str(value), str(value))
    return _SHARE.format(share=f"{float(value):.1%}", numerator=found.numerator, denominator=found.denominator)


def _reasons(report: AnyReport, found: IndicatorValue) -> Iterator[Words]:
    """Yield why an indicator is open: what its cells are that have no number, or that there are no cases."""
    if found.numerator is not None and found.denominator is not None:
        yield _NO_CASES
        return
    cells = {*found.of, *found.among}
    marks = [mark for mark in report.marks if mark.kind != "annotated" and any(at.within(mark.at) for at in cells)]
    yield from dict.fromkeys(MARK_TITLES[mark.kind] for mark in marks)
