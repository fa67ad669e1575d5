"""The reports that the notices tell apart, by who reports for whom, each with the date by which it is due.

The form is the same for all of them, and no report says of which kind it is: whoever checks it knows.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from gkformat.base.citations import Article
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.law import AGENCY_REPORTS, AGGREGATED_REPORTS, STATUTORY_DATES

KindName: TypeAlias = Literal["agency", "county", "city", "province", "system"]
"""`agency`: 本机关, the report of a department, a township, or the office of a government for itself.
`county`, `city`, `province`: 本级政府, the report of a government of that level, in which those below it are added up.
`system`: 垂直系统, the report of a vertically led department for its whole system.
"""


@frozen
class Kind:
    """A kind of report: its title, and the month and day of the year after by which it is to be published.

    `parts` are the reports that are added up in it, if it is no report of a body for itself.
    """

    name: KindName
    title: Words
    due: tuple[int, int]
    cites: tuple[Article, ...]
    parts: Words | None = None
    is_government: bool = False

    def last_day(self, year: int) -> date:
        """Return the last day on which the report for a year may be published."""
        return date(year + 1, *self.due)


_ALL = (
    Kind(
        "agency", Words("本机关的报告", "the report of a body for itself"), (1, 31), (STATUTORY_DATES, *AGENCY_REPORTS)
    ),
    Kind(
        "county",
        Words("县级政府的报告", "the report of a county government"),
        (2, 20),
        AGGREGATED_REPORTS,
        Words("所属部门和乡镇", "its departments and townships"),
        is_government=True,
    ),
    Kind(
        "city",
        Words("地市级政府的报告", "the report of a city government"),
        (3, 10),
        AGGREGATED_REPORTS,
        Words("所属部门和县级政府", "its departments and the county governments"),
        is_government=True,
    ),
    Kind(
        "province",
        Words("省级政府的报告", "the report of a provincial government"),
        (3, 31),
        (STATUTORY_DATES, *AGGREGATED_REPORTS),
        Words("所属部门和地市级政府", "its departments and the city governments"),
        is_government=True,
    ),
    Kind(
        "system",
        Words("全系统的报告", "the report of a vertically led system"),
        (3, 31),
        AGGREGATED_REPORTS,
        Words("本系统各级机关", "the bodies of the system"),
    ),
)

KINDS: Mapping[KindName, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind of report by its name."""

LAST_DUE = max(kind.due for kind in _ALL)
"""Month and day after which every report is late, whatever its kind."""


def kind_named(name: str) -> Kind:
    """Return the kind of report with a name. Raises `ValueError` for an unknown one."""
    for known, kind in KINDS.items():
        if known == name:
            return kind
    all_kinds = ", ".join(KINDS)
    raise ValueError(f"没有报告种类 {name!r}，已知：{all_kinds} / {name!r} is no kind of report; known are {all_kinds}")
