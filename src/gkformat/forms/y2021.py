"""中华人民共和国政府信息公开工作年度报告格式（国办公开办函〔2021〕30号），自 2021 年度起施行。

The edition of 2021, for the reporting years from 2021 on: 10 + 175 + 15 = 200 numbers.
"""

from typing import Literal

from gkformat.base.findings import Discrepancy, Mark
from gkformat.forms.law import NOTICE_2021, REGULATIONS
from gkformat.judgement.root import report
from gkformat.notation.declare import balance, band, column, form, prose, row, section, title, total
from gkformat.notation.domains import Amount, Count, Text, Year

# -- 二、主动公开政府信息情况 ------------------------------------------------------------------------------


@form
class DocumentCounts:
    issued: Count = column("本年制发件数")
    repealed: Count = column("本年废止件数")
    in_force: Count = column("现行有效件数")


@form(corner="信息内容")
class Documents:
    rules: DocumentCounts = row("规章")
    normative_documents: DocumentCounts = row("行政规范性文件")


@form
class DecisionCounts:
    decisions: Count = column("本年处理决定数量")


@form(corner="信息内容")
class Licensing:
    administrative_licenses: DecisionCounts = row("行政许可")


@form(corner="信息内容")
class Enforcement:
    administrative_penalties: DecisionCounts = row("行政处罚")
    administrative_compulsion: DecisionCounts = row("行政强制")


@form
class FeeAmount:
    amount_wan_yuan: Amount = column("本年收费金额（单位：万元）", unit="万元")


@form(corner="信息内容")
class Fees:
    administrative_fees: FeeAmount = row("行政事业性收费")


@form
class ProactiveDisclosure:
    documents: Documents = band("第二十条第（一）项", of=REGULATIONS)
    licensing: Licensing = band("第二十条第（五）项", of=REGULATIONS)
    enforcement: Enforcement = band("第二十条第（六）项", of=REGULATIONS)
    fees: Fees = band("第二十条第（八）项", of=REGULATIONS)


# -- 三、收到和处理政府信息公开申请情况 ----------------------------------------------------------------------


@form
class LegalPerson:
    commercial_enterprise: Count = column("商业企业")
    research_institution: Count = column("科研机构")
    public_welfare_organization: Count = column("社会公益组织")
    legal_service_organization: Count = column("法律服务机构")
    other: Count = column("其他")


@form("申请人情况")
class Applicants:
    natural_person: Count = column("自然人")
    legal_person: LegalPerson = column("法人或其他组织")
    total: Count = total("总计", rule="row-total")


@form
class Denied:
    state_secret: Applicants = row("1.属于国家秘密")
    prohibited_by_law: Applicants = row("2.其他法律行政法规禁止公开")
    endangers_security_or_stability: Applicants = row("3.危及“三安全一稳定”")
    third_party_rights: Applicants = row("4.保护第三方合法权益")
    internal_affairs: Applicants = row("5.属于三类内部事务信息")
    deliberative_process: Applicants = row("6.属于四类过程性信息")
    enforcement_files: Applicants = row("7.属于行政执法案卷")
    administrative_inquiry: Applicants = row("8.属于行政查询事项")


@form
class Unavailable:
    not_held: Applicants = row("1.本机关不掌握相关政府信息")
    requires_creation: Applicants = row("2.没有现成信息需要另行制作")
    unclear_after_correction: Applicants = row("3.补正后申请内容仍不明确")


@form
class NotProcessed:
    petition_or_complaint: Applicants = row("1.信访举报投诉类申请")
    duplicate: Applicants = row("2.重复申请")
    published_material: Applicants = row("3.要求提供公开出版物")
    excessive_requests: Applicants = row("4.无正当理由大量反复申请")
    confirmation_or_reissue: Applicants = row("5.要求行政机关确认或重新出具已获取信息")


@form
class OtherHandling:
    correction_overdue: Applicants = row("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")
    fee_overdue: Applicants = row("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    other: Applicants = row("3.其他")


@form
class Outcomes:
    granted: Applicants = row("（一）予以公开")
    partially_granted: Applicants = row("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    denied: Denied = row("（三）不予公开")
    unavailable: Unavailable = row("（四）无法提供")
    not_processed: NotProcessed = row("（五）不予处理")
    other_handling: OtherHandling = row("（六）其他处理")
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


# -- 四、政府信息公开行政复议、行政诉讼情况 --------------------------------------------------------------------


@form
class CaseResults:
    upheld: Count = column("结果维持")
    corrected: Count = column("结果纠正")
    other: Count = column("其他结果")
    pending: Count = column("尚未审结")
    total: Count = total("总计", rule="case-total")


@form
class Litigation:
    direct: CaseResults = column("未经复议直接起诉")
    after_reconsideration: CaseResults = column("复议后起诉")


@form
class ReconsiderationAndLitigation:
    reconsideration: CaseResults = column("行政复议")
    litigation: Litigation = column("行政诉讼")


# -- 政府信息公开工作年度报告 ------------------------------------------------------------------------------


@report(NOTICE_2021)
class Report:
    edition: Literal["2021"] = "2021"
    agency: Text = title("机关")
    year: Year = title("年度")
    preface: Text = prose("导语")
    overview: Text = prose(
        "一、总体情况",
        note="（文字描述）",
        covers=("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"),
    )
    proactive_disclosure: ProactiveDisclosure = section("二、主动公开政府信息情况")
    requests: Requests = section("三、收到和处理政府信息公开申请情况")
    reconsideration_and_litigation: ReconsiderationAndLitigation = section("四、政府信息公开行政复议、行政诉讼情况")
    problems_and_improvements: Text = prose("五、存在的主要问题及改进情况", note="（文字描述）")
    other_matters: Text = prose("六、其他需要报告的事项", note="（文字描述，收取信息处理费情况在此处报告。）")
    marks: tuple[Mark, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
