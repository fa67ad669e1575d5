"""Advice that needs the kind of a report or its date of publication."""

from datetime import date
from typing import Any, cast

import pytest

from gkformat import Report2021, check, replace
from gkformat.forms.kinds import KINDS


def test_kinds_are_due_on_the_dates_of_the_notice() -> None:
    assert {name: kind.last_day(2024) for name, kind in KINDS.items()} == {
        "agency": date(2025, 1, 31),
        "county": date(2025, 2, 20),
        "city": date(2025, 3, 10),
        "province": date(2025, 3, 31),
        "system": date(2025, 3, 31),
    }


def test_date_is_told_in_both_languages(busy_report: Report2021) -> None:
    (finding,) = check(busy_report, kind="city", published=date(2024, 3, 11))
    assert finding.severity == "advice"
    assert finding.message() == (
        "公布日期为 2024-03-11；地市级政府的报告（2023 年度）应在 2024-01-01 至 2024-03-10 之间公布"
    )
    assert finding.message("en").startswith("published on 2024-03-11; the report of a city government for 2023 is due")
    assert not check(busy_report, kind="city", published=date(2024, 3, 11), at="requests")


def test_unknown_kind_is_refused_with_those_that_are_known(busy_report: Report2021) -> None:
    with pytest.raises(ValueError, match="known are agency, county, city, province, system"):
        check(busy_report, kind=cast("Any", "town"))


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("考评优秀，民意调查满意，未发生追责", []),
        ("全省评估排名第三，公众满意度测评良好，无问责", []),
        ("绩效评价优秀，无问责", ["社会评议"]),
        ("开展满意度测评和第三方评估，无问责", ["工作考核"]),
    ],
)
def test_evaluation_by_the_public_is_no_assessment_of_work(
    busy_report: Report2021, words: str, missing: list[str]
) -> None:
    report = replace(busy_report, overview="主动公开，依申请公开，信息管理，平台，监督保障。" * 9 + words)
    assert [item.message().removeprefix("没有谈到：") for item in check(report, kind="county")] == missing


def test_what_is_missing_is_named(busy_report: Report2021) -> None:
    report = replace(busy_report, overview="主动公开，依申请公开，信息管理，平台，监督保障，年度考核。" * 9)
    (finding,) = check(report, kind="county")
    assert (finding.at, finding.message()) == ("overview", "没有谈到：社会评议、责任追究")
    assert not check(report)
