"""The editions: the one in force in a year, and the names that are loaded on first use."""

import pytest

from gkformat import AnyReport, label
from gkformat.forms import editions
from gkformat.forms.editions import EDITIONS, edition_for
from gkformat.forms.y2019 import Report
from gkformat.judgement.root import is_report


def test_edition_for_gives_the_edition_in_force() -> None:
    assert [edition_for(year).name for year in (2019, 2020, 2021, 2024)] == ["2019", "2019", "2021", "2021"]
    assert is_report(Report)
    assert label(Report, "requests.outcomes.other_handling.total").endswith("（六）其他处理 > 总计")


def test_edition_for_refuses_years_before_the_form() -> None:
    assert edition_for(2021) is edition_for(2024) is EDITIONS["2021"]
    for year in (2007, 2018):
        with pytest.raises(LookupError, match=str(year)):
            edition_for(year)


def test_any_report_is_the_union_of_all_reports() -> None:
    assert editions.AnyReport is AnyReport
    assert AnyReport.__args__ == tuple(edition.report for edition in EDITIONS.values())
    for name in ("Absent", "nonsense"):
        with pytest.raises(AttributeError, match=f"module '{editions.__name__}' has no attribute '{name}'"):
            getattr(editions, name)
