"""Two reports of a body for consecutive years, and what is said of them: a finding with the cells concerned."""

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Literal

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import SEVERITY_TITLES, Number, told_lines
from gkformat.base.frozen import frozen
from gkformat.base.visible import visible
from gkformat.base.words import Lang, Words
from gkformat.comparison.crosswalk import shared_cells
from gkformat.forms.editions import AnyReport
from gkformat.notation.outline import label


@frozen
class ReportName:
    """The identity of a report: its agency and its year."""

    agency: str
    year: int

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


Pair = tuple[ReportName, ReportName]
"""Two reports of the same body, the earlier first."""


@frozen
class SeriesTerm:
    """A cell of a relation between two reports: its report, its coefficient (see `Term`) and its value."""

    report: ReportName
    at: Address
    coefficient: int
    value: Number


@frozen
class SeriesFinding:
    """What is odd about two consecutive years.

    Of a relation that does not hold, `at` and `label` are those of the cell of the later report that should follow from
    the others: `left` is the number that follows, `right` the number in that cell. Of an amount that jumps, they are
    the numbers of the earlier and the later year. Of what is repeated, `at` is the text, the table or the whole report,
    and there are no sides and no terms. `body` is the key that the two reports have in common.
    """

    rule: str
    at: Address
    label: str
    text: Words
    left: Number | None
    right: Number | None
    terms: tuple[SeriesTerm, ...]
    body: Hashable
    earlier: ReportName
    later: ReportName
    severity: Literal["advice"] = "advice"

    @property
    def difference(self) -> Number | None:
        """Left side minus right side, or `None` unless both are numbers."""
        return None if self.left is None or self.right is None else self.left - self.right

    def message(self, lang: Lang = "zh") -> str:
        """Return the finding in one sentence."""
        return self.text.text(lang)

    @property
    def title(self) -> Words:
        """The severity in words."""
        return SEVERITY_TITLES[self.severity]

    def __str__(self) -> str:
        """Return what the command line prints of it, in both languages."""
        return "\n".join(told_lines(self, f"{visible(str(self.later))}  "))


@frozen
class TwoYears:
    """Reports of a body for two consecutive years, with the numbers that their editions share."""

    body: Hashable
    earlier: AnyReport
    later: AnyReport

    @cached_property
    def before(self) -> Mapping[Address, Number | None]:
        """The numbers of the earlier year, `None` where a cell is open."""
        return shared_cells(self.earlier, self.later.edition)

    @cached_property
    def now(self) -> Mapping[Address, Number | None]:
        """The numbers of the later year, at the same addresses."""
        return shared_cells(self.later, self.earlier.edition)

    def finding(
        self,
        rule: str,
        at: Address,
        left: Number | None = None,
        right: Number | None = None,
        terms: tuple[SeriesTerm, ...] = (),
        **values: Number,
    ) -> SeriesFinding:
        """Return a finding about the later year. `values` are those of its message, besides the years and the sides."""
        one, other = report_name(self.earlier), report_name(self.later)
        text = FAMILIES[rule].message.format(earlier=one.year, later=other.year, left=left, right=right, **values)
        where = label(type(self.later), at) if at else ""
        return SeriesFinding(rule, at, where, text, left, right, terms, self.body, one, other)


def report_name(report: AnyReport) -> ReportName:
    """Return the agency and the year of a report."""
    return ReportName(report.agency, report.year)
