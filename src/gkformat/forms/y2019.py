"""中华人民共和国政府信息公开工作年度报告格式（试行）（国办公开办函〔2019〕60号），用于 2019、2020 年度。

The trial edition of 2019, for the reporting years 2019 and 2020: 22 + 161 + 15 = 198 numbers.
"""

from typing import Literal

from gkformat.base.findings import Discrepancy, Mark
from gkformat.forms.law import NOTICE_2019, REGULATIONS
from gkformat.forms.y2021 import Applicants, Denied, NotProcessed, ReconsiderationAndLitigation, Unavailable
from gkformat.judgement.root import report
from gkformat.notation.declare import balance, band, column, form, prose, row, section, title, total
from gkformat.notation.domains import Amount, Count, SignedCount, Text, Year

# -- 二、主动公开政府信息情况 ------------------------------------------------------------------------------


@form
class DocumentCounts:
    newly_made: Count = column("本年新制作数量")
    newly_disclosed: Count = column("本年新公开数量")
    total_disclosed: Count = column("对外公开总数量")


@form(corner="信息内容")
class Documents:
    rules: DocumentCounts = row("规章")
    normative_documents: DocumentCounts = row("规范性文件")


@form
class ItemsAndDecisions:
    prior_year_items: Count = column("上一年项目数量")
    change: SignedCount = column("本年增/减")
    decisions: Count = column("处理决定数量")


@form(corner="信息内容")
class Licensing:
    administrative_licenses: ItemsAndDecisions = row("行政许可")
    other_external_services: ItemsAndDecisions = row("其他对外管理服务事项")


@form(corner="信息内容")
class Enforcement:
    administrative_penalties: ItemsAndDecisions = row("行政处罚")
    administrative_compulsion: ItemsAndDecisions = row("行政强制")


@form
class FeeItems:
    prior_year_items: Count = column("上一年项目数量")
    change: SignedCount = column("本年增/减")


@form(corner="信息内容")
class Fees:
    administrative_fees: FeeItems = row("行政事业性收费")


@form
class Purchases:
    projects: Count = column("采购项目数量")
    total_amount: Amount = column("采购总金额")


@form(corner="信息内容")
class Procurement:
    centralized_procurement: Purchases = row("政府集中采购")


@form
class ProactiveDisclosure:
    documents: Documents = band("第二十条第（一）项", of=REGULATIONS)
    licensing: Licensing = band("第二十条第（五）项", of=REGULATIONS)
    enforcement: Enforcement = band("第二十条第（六）项", of=REGULATIONS)
    fees: Fees = band("第二十条第（八）项", of=REGULATIONS)
    procurement: Procurement = band("第二十条第（九）项", of=REGULATIONS)


# -- 三、收到和处理政府信息公开申请情况 ----------------------------------------------------------------------


@form
class Outcomes:
    granted: Applicants = row("（一）予以公开")
    partially_granted: Applicants = row("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    denied: Denied = row("（三）不予公开")
    unavailable: Unavailable = row("（四）无法提供")
    not_processed: NotProcessed = row("（五）不予处理")
    other_handling: Applicants = row("（六）其他处理")
    total: Applicants = total("（七）总计", rule="outcomes-total")


@form
@balance(
    "newly_received + brought_forward == outcomes.total + carried_forward",
    rule="balance",
    says="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
)
class Requests:
    newly_received: Applicants = row("一、本年新收政府信息公开申请数量")
    brought_forward: Applicants = row("二、上年结转政府信息公开申请数量")
    outcomes: Outcomes = row("三、本年度办理结果")
    carried_forward: Applicants = row("四、结转下年度继续办理")


# -- 政府信息公开工作年度报告 ------------------------------------------------------------------------------


@report(NOTICE_2019)
class Report:
    edition: Literal["2019"] = "2019"
    agency: Text = title("机关")
    year: Year = title("年度")
    preface: Text = prose("导语")
    overview: Text = prose(
        "一、总体情况",
        note="（文字描述）",
        covers=("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"),
    )
    proactive_disclosure: ProactiveDisclosure = section("二、主动公开政府信息情况")
    requests: Requests = section("三、收到和处理政府信息公开申请情况")
    reconsideration_and_litigation: ReconsiderationAndLitigation = section("四、政府信息公开行政复议、行政诉讼情况")
    problems_and_improvements: Text = prose("五、存在的主要问题及改进情况", note="（文字描述）")
    other_matters: Text = prose("六、其他需要报告的事项", note="（文字描述）")
    marks: tuple[Mark, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
