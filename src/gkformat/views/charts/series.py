"""The chart of the years of a body, one below the other, with a line where the form or the law changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from gkformat.base.errors import Incomparable
from gkformat.base.words import COMMA, NO_WORDS, Lang, Words
from gkformat.comparison.bodies import series_by_name
from gkformat.derived.ratios import FEW
from gkformat.forms.editions import AnyReport, edition_named
from gkformat.forms.law import RECONSIDERATION_LAW
from gkformat.forms.relations import ACROSS_YEARS, NEWLY_RECEIVED, PREVIOUS
from gkformat.views.charts.counts import Count, Group, ReportCounts
from gkformat.views.charts.drawing import Bar, Break, Panel, Picture, Remark, Row, draw
from gkformat.views.charts.indicator import DISCLOSED, indicator_named, point

_TITLE = Words("{agency}，{first} 至 {last} 年度", "{agency}, {first} to {last}")
_YEAR = Words("{year} 年", "{year}")
_NO_REPORT = Words("{year} 年：没有报告", "{year}: no report")
_NO_REPORTS = Words("{first} 至 {last} 年：没有报告", "{first} to {last}: no reports")
_FORM = Words("以下按{notice}的格式", "below: the form of {notice}")
_LAW = Words("{day} 起施行新修订的{act}", "{day}: revised {act} in force")
_OPEN = Words("{year} 年未知：{names}", "{year}, not known: {names}")
_HOLLOW = Words(f"空心：不足 {FEW} 件，受偶然影响大", f"hollow: of fewer than {FEW} cases, much by chance")
_CASES = Words("行政复议、行政诉讼件数", "reconsiderations and lawsuits")
_CHAIN = Words("结转：上一年移交的，与下一年接收的", "carried forward, and brought forward the year after")
_HANDED_ON = Words("{year} 年结转下年度", "carried forward, {year}")
_TAKEN = Words("→ {year} 年的上年结转", "→ brought forward, {year}")
_EQUAL = Words("，相符", ", equal")
_DIFFERENT = Words("，相差 {difference}", ", off by {difference}")
_NOT_ONE_BODY = Words(
    "不是同一机关各一年的报告：{names}。要比较各机关，请写明 indicator=",
    "not one report a year of one body: {names}; to compare bodies, give indicator=",
)
_CARRY_OVER = next(each for each in ACROSS_YEARS if each.rule == "carry-over")
_FEW = 5


def series_chart(reports: Iterable[AnyReport], lang: Lang) -> Picture:
    """Return the chart of the years of one body. Raises `Incomparable` for reports of several, or of one year."""
    series = _of_one_body(list(reports))
    years = [ReportCounts(report) for report in series]
    first, last = series[0], series[-1]
    title = _TITLE.format(agency=last.agency, first=first.year, last=last.year).text(lang)
    panels = [_received(years, lang), _outcomes(years, lang), _disclosed(years, lang)]
    return draw(title, [*panels, _chain(years, lang), _cases(years, lang)])


def is_series(reports: Sequence[AnyReport]) -> bool:
    """Return True for several reports of one body, one of each year."""
    is_a_year_each = len({report.year for report in reports}) == len(reports)
    return len(reports) > 1 and is_a_year_each and len(series_by_name(reports)) == 1


def _of_one_body(reports: Sequence[AnyReport]) -> Sequence[AnyReport]:
    if not is_series(reports) and len(reports) != 1:
        names = dict.fromkeys(f"{report.agency} {report.year}" for report in reports)
        shown = Words(*(mark.join([*names][:_FEW]) + " …" * (len(names) > _FEW) for mark in ("、", ", ")))
        raise Incomparable(_NOT_ONE_BODY.format(names=shown))
    return sorted(reports, key=lambda report: report.year)


# -- panels --------------------------------------------------------------------------------------------


def _received(years: Sequence[ReportCounts], lang: Lang) -> Panel:
    counts = [(each, each.total_of(NEWLY_RECEIVED)) for each in years]
    longest = max(count.value or 0 for _, count in counts)
    rows = {
        each.report.year: [_count_bar(_YEAR.format(year=each.report.year), count.text(lang), count, longest, lang)]
        for each, count in counts
    }
    return Panel(counts[-1][1].label, _in_years(years, rows, _new_form, lang))


def _outcomes(years: Sequence[ReportCounts], lang: Lang) -> Panel:
    groups = {each.report.year: each.outcomes for each in years}
    longest = max(group.length for group in groups.values())
    rows = {each.report.year: _stacked(each, groups[each.report.year], longest, lang) for each in years}
    last = groups[years[-1].report.year]
    return Panel(last.label, _in_years(years, rows, _new_form, lang), tuple(part.label for part in last.parts))


def _cases(years: Sequence[ReportCounts], lang: Lang) -> Panel:
    groups = {each.report.year: _kinds_of_cases(each) for each in years}
    longest = max(group.length for group in groups.values())
    rows = {each.report.year: _stacked(each, groups[each.report.year], longest, lang) for each in years}
    legend = tuple(part.label for part in groups[years[-1].report.year].parts)
    return Panel(_CASES.text(lang), _in_years(years, rows, _new_law, lang), legend)


def _disclosed(years: Sequence[ReportCounts], lang: Lang) -> Panel:
    points = [(each.report.year, point(each.report, DISCLOSED, _year(each, lang), lang)) for each in years]
    rows = _in_years(years, {year: [each.bar(1, is_narrow=True)] for year, each in points}, _new_form, lang)
    hollow = [Remark(_HOLLOW.text(lang))] if any(each.is_small for _, each in points) else []
    return Panel(indicator_named(DISCLOSED).title.text(lang), (*rows, *hollow))


def _chain(years: Sequence[ReportCounts], lang: Lang) -> Panel:
    """Return what each year hands on beside what the next takes: the two should be equal."""
    ((previous, _),) = _CARRY_OVER.left
    pairs = [(each, each.total_of(_CARRY_OVER.right), each.total_of(previous.removeprefix(PREVIOUS))) for each in years]
    longest = max(count.value or 0 for _, *counts in pairs for count in counts)
    rows: dict[int, list[Row]] = {}
    expected: dict[int, int | None] = {}
    for each, taken, handed_on in pairs:
        year = each.report.year
        text = taken.text(lang) + _compared(taken.value, expected.get(year)).text(lang)
        rows[year] = [
            _count_bar(_TAKEN.format(year=year), text, taken, longest, lang),
            _count_bar(_HANDED_ON.format(year=year), handed_on.text(lang), handed_on, longest, lang),
        ]
        expected[year + 1] = handed_on.value
    return Panel(_CHAIN.text(lang), _in_years(years, rows, _nothing_new, lang))


def _count_bar(label: Words, text: str, count: Count, longest: int, lang: Lang) -> Bar:
    return Bar(label.text(lang), text, (count.segment(lang),), longest, is_narrow=True)


def _compared(taken: int | None, expected: int | None) -> Words:
    """Return by how much what was taken over differs from what was handed on, if both are known."""
    if taken is None or expected is None:
        return NO_WORDS
    return _EQUAL if taken == expected else _DIFFERENT.format(difference=f"{taken - expected:+}")


# -- rows ----------------------------------------------------------------------------------------------


def _stacked(counts: ReportCounts, group: Group, longest: int, lang: Lang) -> list[Row]:
    """Return a bar of all parts, and a line on those of which nothing is known."""
    segments = tuple(part.segment(lang) for part in group.parts)
    rows: list[Row] = [Bar(_year(counts, lang), group.total.text(lang), segments, longest, is_narrow=True)]
    if group.remark:
        rows.append(Remark(group.remark.text(lang)))
    unknown = [f"{part.label} {part.reason.text(lang)}" for part in group.parts if part.value is None]
    if 0 < len(unknown) < len(group.parts):  # where all are, the bar itself is open
        rows.append(Remark(_OPEN.format(year=counts.report.year, names=COMMA.text(lang).join(unknown)).text(lang)))
    return rows


def _kinds_of_cases(counts: ReportCounts) -> Group:
    """Return the totals of the kinds of cases as a group, of which the form has no total."""
    totals = [Count(group.label, group.total.value, group.total.reason) for group in counts.cases]
    reasons = [count.reason for count in totals if count.value is None]
    total = Count("", None, reasons[0]) if reasons else Count("", sum(count.value or 0 for count in totals))
    return Group("", totals, total)


def _year(counts: ReportCounts, lang: Lang) -> str:
    return _YEAR.format(year=counts.report.year).text(lang)


def _in_years(
    years: Sequence[ReportCounts],
    rows: Mapping[int, Sequence[Row]],
    what_changed: Callable[[AnyReport, AnyReport], Words | None],
    lang: Lang,
) -> tuple[Row, ...]:
    """Return the rows of all years, with a line between two where something changed, and where years are missing."""

    def found() -> Iterator[Row]:
        for earlier, later in pairwise([None, *(each.report for each in years)]):
            if earlier and later and later.year > earlier.year + 1:
                yield Remark(_missing(earlier.year + 1, later.year - 1).text(lang))
            if earlier and later and (change := what_changed(earlier, later)):
                yield Break(change.text(lang))
            if later:
                yield from rows[later.year]

    return tuple(found())


def _missing(first: int, last: int) -> Words:
    return _NO_REPORT.format(year=first) if first == last else _NO_REPORTS.format(first=first, last=last)


def _new_form(earlier: AnyReport, later: AnyReport) -> Words | None:
    notice = edition_named(later.edition).notice
    return _FORM.format(notice=notice.short) if notice and earlier.edition != later.edition else None


def _new_law(earlier: AnyReport, later: AnyReport) -> Words | None:
    day = RECONSIDERATION_LAW.in_force
    is_between = earlier.year < day.year <= later.year
    return _LAW.format(day=day.isoformat(), act=RECONSIDERATION_LAW.short) if is_between else None


def _nothing_new(_: AnyReport, __: AnyReport) -> None:
    return None
