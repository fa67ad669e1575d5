"""Which reports are of one body: ways of writing a name, and names that no program can join."""

import pytest

from bodies import body
from gkformat.comparison.bodies import series_by_name

Named = tuple[str, int]


def joined(*named: Named) -> list[list[Named]]:
    reports = [body(agency, year=year) for agency, year in named]
    return [[(report.agency, report.year) for report in series] for series in series_by_name(reports).values()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("平潭综合实验区管委会", "平潭综合实验区管理委员会"),
        ("平潭综合实验区管委会", "平潭综合实验区"),
        ("淮安 市人民政府", "淮安市人民政府"),
        ("上海市人民政府办公厅", "上海市政府办公厅"),
        ("某县城关街道办事处", "某县城关街道"),
        ("某县城关街道办", "某县城关街道办事处"),
        ("某县政府", "某县人民政府"),
        ("江苏省淮安市洪泽区人民政府", "洪泽区人民政府"),
        ("徐州市鼓楼区财政局", "鼓楼区财政局"),
        ("吉林省吉林市人民政府", "吉林市人民政府"),
    ],
)
def test_ways_of_writing_a_name_are_one_body(one: str, other: str) -> None:
    assert joined((one, 2022), (other, 2023)) == [[(one, 2022), (other, 2023)]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某县人民政府", "某县人民政府办公室"),
        ("平潭县人民政府", "平潭综合实验区管委会"),
        ("某区城乡建设局", "某区住房和城乡建设局"),
        ("淮安市财政局", "财政局"),
        ("吉林省人民政府", "吉林市人民政府"),
        ("淮安市财政局", "淮安市洪泽区财政局"),
    ],
)
def test_other_bodies_are_kept_apart(one: str, other: str) -> None:
    assert len(joined((one, 2022), (other, 2023))) == 2


def test_names_are_not_joined_where_a_year_would_have_two_reports() -> None:
    assert joined(("某市", 2023), ("某市人民政府", 2023), ("某市", 2024)) == [
        [("某市", 2023), ("某市", 2024)],
        [("某市人民政府", 2023)],
    ]


def test_short_name_that_several_have_is_nobodys() -> None:
    assert len(joined(("南京市鼓楼区人民政府", 2022), ("徐州市鼓楼区人民政府", 2022), ("鼓楼区人民政府", 2023))) == 3
