"""Which reports are of the same body: by a key, or by the name of the agency, which is not always written alike.

Only ways of writing a name are seen through. Whether two names that differ are of one body, nobody can tell from them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from gkformat.base.arguments import each
from gkformat.forms.editions import AnyReport
from gkformat.judgement.root import REPORT

Series = list[AnyReport]
"""The reports of a body by year."""


def series_by_key(reports: Iterable[AnyReport], key: Callable[[AnyReport], Hashable]) -> Mapping[Hashable, Series]:
    """Return the reports of each body, the bodies by the name and the year of their first report."""
    bodies: defaultdict[Hashable, Series] = defaultdict(list)
    for report in each(REPORT, reports=reports):
        bodies[key(report)].append(report)
    return _in_order(bodies)


def series_by_name(reports: Iterable[AnyReport]) -> Mapping[Hashable, Series]:
    """Return the reports of each body by its name; ways of writing it are joined if their years allow one body.

    The name of a body is that in its first report.
    """
    groups = list(series_by_key(reports, lambda report: report.agency).values())
    groups = _joined(groups, lambda series: _core(series[0].agency))
    groups = _joined(groups, _full_names(groups))
    return _in_order({series[0].agency: series for series in groups})


def _in_order(bodies: Mapping[Hashable, Series]) -> Mapping[Hashable, Series]:
    for series in bodies.values():
        series.sort(key=lambda report: (report.year, report.agency))
    # Keys need not be comparable: their repr decides, and only between bodies of the same name.
    return dict(sorted(bodies.items(), key=lambda item: (item[1][0].agency, item[1][0].year, repr(item[0]))))


def _joined(groups: Sequence[Series], name: Callable[[Series], str]) -> list[Series]:
    """Return the groups with those of one name joined, unless some year would then have two reports."""
    alike: defaultdict[str, list[Series]] = defaultdict(list)
    for series in groups:
        alike[name(series)].append(series)
    found: list[Series] = []
    for same in alike.values():
        years = [{report.year for report in series} for series in same]
        is_one_body = sum(map(len, years)) == len(set().union(*years))
        found += [_by_year(same)] if is_one_body else same
    return found


def _by_year(groups: Iterable[Series]) -> Series:
    return sorted((report for series in groups for report in series), key=lambda report: report.year)


# -- ways of writing a name ----------------------------------------------------------------------------

_WAYS = (
    (r"\s", ""),
    ("管理委员会", "管委会"),
    ("党工委管委会", "管委会"),
    ("(?<!人民)政府(?=办)", "人民政府"),
    ("(?<=政府)办(?:公室|公厅)?$", "办公室"),
    ("街道办(?:事处|$)", "街道"),
    ("(?:(?:人民)?政府|管委会)$", ""),
)
"""Ways of writing a name, and what they have in common. An office is another body than its government."""


def _core(agency: str) -> str:
    """Return what the ways of writing a name have in common."""
    name = unicodedata.normalize("NFKC", agency)
    for way, common in _WAYS:
        name = re.sub(way, common, name)
    return name


_REGIONS = re.compile("(?:.{1,12}?(?:省|自治区|市|州|盟|地区|区|县|旗))+")
"""The regions that may stand before the name of a body that lies in them."""

_PLACE = re.compile(".+?(?:省|市|州|盟|区|县|旗|乡|镇|街道|苏木)")
"""The beginning of a name that tells a place of itself: every county has a 财政局."""

_LONGEST_REGIONS = 30
"""No regions are written longer than this, and nobody's long name takes long."""


def _full_names(groups: Sequence[Series]) -> Callable[[Series], str]:
    """Return a function that gives a name with the regions before it, where only one name in the groups has them."""
    cores = {_core(series[0].agency) for series in groups}
    fuller: defaultdict[str, list[str]] = defaultdict(list)
    for name in cores:
        for start in range(1, min(len(name), _LONGEST_REGIONS)):
            shorter = name[start:]
            if shorter in cores and _PLACE.match(shorter) and _REGIONS.fullmatch(name[:start]):
                fuller[shorter].append(name)

    def full(series: Series) -> str:
        name = _core(series[0].agency)
        return fuller[name][0] if len(fuller.get(name, ())) == 1 else name

    return full
