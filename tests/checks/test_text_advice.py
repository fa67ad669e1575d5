"""Advice on the texts: given for slips of its kind, with the words it is about, and silent on what is sound."""

import re
from decimal import Decimal

import pytest

from gkformat import Finding, Report2021, check, replace
from gkformat.base.families import FAMILIES, RETIRED


def advised(report: Report2021, rule: str, text: str, agency: str = "宿迁市人民政府") -> list[Finding]:
    findings = check(replace(report, preface=text, agency=agency))
    assert not [item for item in findings if item.rule == "internal-error"]
    found = [item for item in findings if item.rule == rule]
    for item in found:
        assert item.quote
        assert text[item.quote.start : item.quote.end] == item.quote.text
        assert " ".join(item.quote.text.split()) in item.message()
    return found


def test_name_of_a_retired_family_is_not_used_again() -> None:
    assert not RETIRED.keys() & FAMILIES.keys()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("统计期限为2023年1月1日至12月31日。", 0),
        ("统计期限为２０２３年１月１日\n起至 2023年12月31日止。", 0),
        ("所列数据为2023.1.1-2023.12.31。", 0),
        ("所列数据截止日期为2023年12月31日。", 0),
        ("统计期限为2022年1月1日至12月31日。", 1),
        ("统计期限为2023年1月1日至2022年12月31日。", 1),
        ("统计期限为2023年11月1日至12月31日。", 1),
        ("自2023年1月1日起至2023年12月30日止的数据。", 1),
        ("所列数据截止日期为2022年12月31日。", 1),
        ("报告所涉及的数据核定时间点为2023年12月31日。", 0),
        ("报告所涉及的数据核定时间点为2022年12月31日。", 1),
        ("数据核定时间为2023年1月1日至12月31日。", 0),
        ("培训班自2023年3月1日至2023年3月5日举办。", 0),
        ("公示期限自2023年3月1日至2023年3月7日，数据公示。", 0),
        ("截至2023年6月30日，开通账号2个。", 0),
    ],
)
def test_period_is_the_reporting_year(busy_report: Report2021, text: str, count: int) -> None:
    assert len(advised(busy_report, "period-differs", text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("按国办公开办函[2021]30号要求编制。", 0),
        ("按国办公开办函〔2019〕60号和国办公开办函〔2021〕30号要求编制。", 0),
        ("落实国办公开办函〔2019〕51号要求。", 0),
        ("按国办公开办函〔2019〕60号办理。", 1),
        ("按国办公开办函〔2021〕31号要求编制本报告。", 1),
        ("按照国办发〔2021〕30号文件要求编制。", 1),
        ("按照国办公开办函〔2021〕3号文件，现公布本机关年度报告。", 1),
        ("按照国办公开办函〔2019〕61号要求，规范公开年度报告栏目。", 0),
        ("落实国办发〔2021〕30号要求。", 0),
        ("《政府信息公开工作年度报告格式》的通知（国办发〔2021〕30号）", 1),
    ],
)
def test_notice_is_the_one_in_force(busy_report: Report2021, text: str, count: int) -> None:
    assert len(advised(busy_report, "notice-cited", text)) == count


@pytest.mark.parametrize(
    ("agency", "text", "count"),
    [
        ("甲县卫生健康局", "本报告由甲县卫健局编制。", 0),
        ("甲县文化广电体育和旅游局", "请与甲县文体广旅局联系。", 0),
        ("甲县卫生健康局", "如有疑问，请与甲县卫生健康局办公室联系。", 0),
        ("甲县卫生健康局", "按照甲县人民政府办公室要求编制。请与甲县政务服务中心联系。", 0),
        ("甲县卫生健康局", "现公布甲县水利局2023年政府信息公开工作年度报告。", 1),
        ("甲县卫生健康局", "在网站公布甲县水利局2022年政府信息公开工作年度报告。", 0),
        ("甲县卫生健康局", "本报告由甲县水利局按照《条例》要求，结合实际编制。", 1),
        ("乙区人民政府", "本报告由甲市乙区人民政府办公室编制。", 0),
        ("永安市人民政府", "本报告由宜宾市人民政府办公室编制。", 1),
        ("永安市人民政府", "本报告由市数据局编制。", 0),
        ("海州市人民政府", "请与滨州市人民政府办公室联系。", 1),
        ("海州市卫生健康委员会", "请与市卫健委办公室联系。", 0),
        ("甲乙县住房和城乡建设局", "请联系：甲乙县住建局，电话12345。", 0),
        ("甲乙县住房和城乡建设局", "请联系：甲乙县水利局，电话12345。", 1),
        ("甲乙县城市管理局", "请与甲乙县市场监督管理局联系。", 1),
        ("面甸镇人民政府", "请与建水县民族宗教事务局联系。", 1),
        ("面甸镇人民政府", "请与建水县面甸镇党政办公室联系。", 0),
        ("", "本报告由甲县水利局编制。", 0),
    ],
)
def test_body_is_that_of_the_report(busy_report: Report2021, agency: str, text: str, count: int) -> None:
    assert len(advised(busy_report, "other-body-named", text, agency)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("发布信息条，制发文件  件，共计件，解读 篇。", 4),
        ("主动公开信息××条、办结（ ）件、受理__件、×年共X次。", 5),
        ("202年，XX县编制本报告。", 2),
        ("某某镇，20**年，电话：XXXXXXX，增长  %，占比X%，自20231月1日起。", 6),
        ("答复率100%，占比 25.5 %，提高率为3%，电话：0527-123。", 0),
        (
            "受理依申请公开件，办好每一件，逐条回应，信息公开条例，头条，5500余条，185.2万条，二○二○年，**12**条，7×24小时，20年来，件件有回应",
            0,
        ),
        ("公开信息 12 条，文\n件，2023年，第五十条。", 0),
        ("受理：__件，答复_件，办理＿件。", 3),
    ],
)
def test_gap_is_found(busy_report: Report2021, text: str, count: int) -> None:
    assert len(advised(busy_report, "text-gap", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一是甲。二是乙。二是丙。", [(2, 2)]),
        ("一是甲。三是乙。", [(1, 3)]),
        ("首先甲。二是乙。三是丙。", []),
        ("一是甲：一是子，二是丑。二是乙。", []),
        ("一是甲。\n二是乙。具体：一是子。二是丑。三是寅。\n三是丙。", []),
        ("（一）甲\n（二）乙\n（二）丙", [(2, 2)]),
        ("（一）甲\n第（一）项、第（三）项", []),
        ("一是甲。二是乙。\n一是丙。二是丁。", []),
        ("一是甲；一是乙；二是丙。", [(1, 1)]),
        ("一是甲。\n一是乙。\n二是丙。", [(1, 1)]),
        ("一是甲：一是子；二是丑。二是乙。", []),
        ("一是甲。\n（二）依申请公开\n一是乙。二是丙。", []),
        ("一是甲，" * 99 + "二是乙。", []),
    ],
)
def test_points_follow_each_other(busy_report: Report2021, text: str, found: list[tuple[int, int]]) -> None:
    assert [(item.left, item.right) for item in advised(busy_report, "numbering-repeated", text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开信息1,320条，比上年增长19%，其中网站112条，公众号1,150条，其他58条。", []),
        ("公开信息320条，其中网站112条，公众号150条，其他50条。", [(312, 320)]),
        ("公开信息22条，其中预决算2条（预算1条、决算1条），总结5条，其他信息15条。", []),
        ("公开信息171条：动态324条，文件34条，公告4条，解读3条，预案6条，其他0条。", [(371, 171)]),
        ("公开信息971条，其中动态68条、公告20条、概况9条、政策35条。", []),
        ("公开信息70条，其中动态9条、科普13条、检查14条，公众号115条。", []),
        ("公开信息100条，其中网站约60条，公众号30条，其他5条。", []),
        ("公开信息432条。其中：动态269条；规划92条；预决算75条；其他66条。", [(502, 432)]),
        ("公开信息594条，分别为政策7条、解读87条。", [(94, 594)]),
        ("公开信息594条，分别为网站507条、抖音80条、专栏7个。", []),
        ("公开信息50条。其中机构20条，内有领导10条、职能4条、概况1条、单位5条；工作11条，其中动态8条、计划3条。", []),
        ("公开信息108条，其中指南2条，文件8条，其他93条，动态2条，预决算3（45个单位）条。", []),
        ("规章13件（含新制定5件，修改4件，废止4件），文件42条。", []),
        (f"公开信息1{',000' * 1500}条，其中网站1条，其他5条。", []),
    ],
)
def test_parts_of_a_list_add_up(busy_report: Report2021, text: str, found: list[tuple[int, int]]) -> None:
    assert [(item.left, item.right) for item in advised(busy_report, "text-parts-sum", text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开信息110条，同比增加10条，增长10.0%。", []),
        ("公开信息90条，较上年减少10条，同比下降11.1%。", [("-11.1", "-10.0")]),
        ("由2022年的80件增至100件，增长20%。", [("20", "25.0")]),
        ("公开信息100条，上年为80条，增长25%。", []),
        ("公开信息100条（上年80条），增长20%。", [("20", "25.0")]),
        ("收到100人次,比2022年的80人次增加20人次,增幅达20%。", [("20", "25.0")]),
        ("公开信息100条，较上年的80条增长20%；受理80件，较上年（100件）下降20%。", [("20", "25.0")]),
        ("公开信息100条，上年为0条，增长100%。", []),
        ("公开信息100条，同比增加10个百分点，增长5%。", []),
    ],
)
def test_growth_follows_from_its_numbers(busy_report: Report2021, text: str, found: list[tuple[str, str]]) -> None:
    items = advised(busy_report, "growth-rate", text)
    assert [(item.left, item.right) for item in items] == [(Decimal(a), Decimal(b)) for a, b in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收取信息处理费3,945元。", ["3945"]),
        ("收取信息处理费0.05万元，其中甲420元，乙33元。", ["33"]),
        ("信息处理费按每件100元收取；收取信息处理费0元，复印费5元。", []),
        ("行政事业性收费1501元。", []),
        (f"收取信息处理费1{',000' * 9}元、5.{'1' * 40}元。", []),
    ],
)
def test_fee_is_a_multiple_of_ten_yuan(busy_report: Report2021, text: str, found: list[str]) -> None:
    assert [item.left for item in advised(busy_report, "fee-amount", text)] == [Decimal(amount) for amount in found]


def test_hint_is_quoted_as_it_stands(busy_report: Report2021) -> None:
    (item,) = advised(busy_report, "placeholder-left", "（文字\n描述）")
    assert item.message().startswith("留着格式的说明“（文字 描述）”")


@pytest.mark.parametrize("hint", ["（文字描述：总体情况）", "〔文字描述〕", "文字描述：本年无事项。", "文字描述"])
def test_hint_may_be_altered(busy_report: Report2021, hint: str) -> None:
    assert advised(busy_report, "placeholder-left", hint)
    assert not advised(busy_report, "placeholder-left", f"用（文字、图解）{hint.strip('（）〔〕')}")


@pytest.mark.parametrize("piece", ["由甲局", "1条，其中", "2023年1月1日至", "信息条"])
def test_hostile_text_is_read_only_so_far(busy_report: Report2021, piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    rest = "公开信息XX条。"
    findings = check(replace(busy_report, overview=text + rest)).advice
    assert not any(item.quote and re.search("XX", item.quote.text) for item in findings)


def test_agency_that_is_no_name_is_compared_with_none(busy_report: Report2021) -> None:
    text = "本报告由某县某局编制。"
    assert advised(busy_report, "other-body-named", text, "某市某县水务局")
    assert not advised(busy_report, "other-body-named", text, "某市" * 99 + "某县水务局")
