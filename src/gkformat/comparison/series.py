"""Compare the reports of a body across years: what one year hands on to the next, and what it repeats.

All findings are advice. A body may be merged, correct last year's report, or clean up its register of documents, and
the form prints no relation between years.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import indent

from attrs import field

from gkformat.base.arguments import FUNCTION, demand, optional
from gkformat.base.errors import Incomparable
from gkformat.base.frozen import frozen
from gkformat.base.late import late
from gkformat.base.sequences import ItemSequence
from gkformat.base.words import Words
from gkformat.comparison.bodies import series_by_key, series_by_name
from gkformat.comparison.handed_on import broken_relations
from gkformat.comparison.jumps import unit_jumps
from gkformat.comparison.repetition import repeated_numbers, repeated_texts
from gkformat.comparison.series_finding import Pair, ReportName, SeriesFinding, TwoYears, report_name
from gkformat.forms.editions import AnyReport
from gkformat.notation.outline import positions

YearOnYear = Callable[[TwoYears], Iterator[SeriesFinding]]

_RULES: tuple[YearOnYear, ...] = (broken_relations, repeated_texts, repeated_numbers, unit_jumps)


@frozen
class SeriesFindings(ItemSequence[SeriesFinding]):
    """The findings on reports across years, by body, then by year, then in printed order.

    `compared` are the pairs of consecutive years that were compared; those that do not write their name alike are
    `renamed`, too. `gaps` are the neighbours in a series between which years are missing; these were not compared, and
    neither were those that are `alone`: no other report is of the same body.
    """

    items: tuple[SeriesFinding, ...] = ()
    compared: tuple[Pair, ...] = field(default=(), kw_only=True)
    renamed: tuple[Pair, ...] = field(default=(), kw_only=True)
    gaps: tuple[Pair, ...] = field(default=(), kw_only=True)
    alone: tuple[ReportName, ...] = field(default=(), kw_only=True)

    _repr_html_ = late("views.notebook:findings_html")

    @property
    def title(self) -> Words:
        """How many pairs were compared, and how many findings there are."""
        return _TITLE.format(pairs=len(self.compared), count=len(self.items))

    def __str__(self) -> str:
        """Return what was compared, and the findings, in both languages."""
        return "\n".join([str(self.title), *(indent(str(finding), "  ") for finding in self.items)])


_TITLE = Words("比较 {pairs} 对相邻年度，提示 {count}", "{pairs} pair(s) of years compared, {count} advice")


def check_series(reports: Iterable[AnyReport], *, key: Callable[[AnyReport], Hashable] | None = None) -> SeriesFindings:
    """Compare the reports of each body with those of the year before.

    - `carry-over`: 上年结转 (table 三, row 二) is what the year before carried forward (row 四), column by column.
    - `in-force-chain`: 现行有效件数 is that of the year before, plus 制发, minus 废止.
    - `text-repeated`: a text that the notice wants written anew is nearly that of the year before.
    - `numbers-repeated`: all numbers of a table, or of the report, are those of the year before.
    - `unit-jump`: an amount is about ten thousand times that of the year before, or a ten-thousandth.

    All are ours and only advice. Reports may come in any order, of any editions and any number of bodies. Reports are
    of the same body if their agencies are written alike, or so nearly that only one body can be meant (`…管理委员会`
    and `…管委会`, `某市人民政府` and `某市`); if a name has changed, give a `key` that has not. Only consecutive years
    are compared, only cells that both editions share, and only if none of the cells of a relation is blank or unclear.

    Raises `Incomparable` if a body has several reports of one year.
    """
    demand(optional(FUNCTION), key=key)
    items: list[SeriesFinding] = []
    compared: list[Pair] = []
    gaps: list[Pair] = []
    alone: list[ReportName] = []
    bodies = series_by_name(reports) if key is None else series_by_key(reports, key)
    _refuse_repeated(bodies.values())
    for body, series in bodies.items():
        if len(series) == 1:
            alone.append(report_name(series[0]))
        for earlier, later in pairwise(series):
            consecutive = later.year == earlier.year + 1
            (compared if consecutive else gaps).append((report_name(earlier), report_name(later)))
            if consecutive:
                items += _findings(TwoYears(body, earlier, later))
    renamed = tuple(pair for pair in compared if pair[0].agency != pair[1].agency)
    return SeriesFindings(tuple(items), compared=tuple(compared), renamed=renamed, gaps=tuple(gaps), alone=tuple(alone))


def _findings(years: TwoYears) -> list[SeriesFinding]:
    """Return the findings of all rules in the printed order of the later report."""
    found = (each for rule in _RULES for each in rule(years))
    return sorted(found, key=lambda finding: positions(type(years.later))[finding.at])


def _refuse_repeated(bodies: Iterable[Sequence[AnyReport]]) -> None:
    pairs = (pair for series in bodies for pair in pairwise(series))
    repeated = sorted({str(report_name(report)) for pair in pairs if pair[0].year == pair[1].year for report in pair})
    if repeated:
        raise Incomparable(
            Words(
                f"同一机关同一年度有不止一份报告：{'、'.join(repeated)}",
                f"more than one report of the same body and year: {', '.join(repeated)}",
            )
        )
