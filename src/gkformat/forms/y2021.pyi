# Written by docs/generate.py. Change what it is made from, not this file.

from typing import Literal, final

from attrs import frozen

from gkformat.base.findings import Discrepancy, Mark
from gkformat.notation.domains import Count, Year, Amount, Text

@final
@frozen(kw_only=True, order=False)
class DocumentCounts:
    """规章、行政规范性文件"""
    issued: Count
    """本年制发件数"""
    repealed: Count
    """本年废止件数"""
    in_force: Count
    """现行有效件数"""

@final
@frozen(kw_only=True, order=False)
class Documents:
    """第二十条第（一）项"""
    rules: DocumentCounts
    """规章"""
    normative_documents: DocumentCounts
    """行政规范性文件"""

@final
@frozen(kw_only=True, order=False)
class DecisionCounts:
    """行政许可、行政处罚、行政强制"""
    decisions: Count
    """本年处理决定数量"""

@final
@frozen(kw_only=True, order=False)
class Licensing:
    """第二十条第（五）项"""
    administrative_licenses: DecisionCounts
    """行政许可"""

@final
@frozen(kw_only=True, order=False)
class Enforcement:
    """第二十条第（六）项"""
    administrative_penalties: DecisionCounts
    """行政处罚"""
    administrative_compulsion: DecisionCounts
    """行政强制"""

@final
@frozen(kw_only=True, order=False)
class FeeAmount:
    """行政事业性收费"""
    amount_wan_yuan: Amount
    """本年收费金额（单位：万元）"""

@final
@frozen(kw_only=True, order=False)
class Fees:
    """第二十条第（八）项"""
    administrative_fees: FeeAmount
    """行政事业性收费"""

@final
@frozen(kw_only=True, order=False)
class ProactiveDisclosure:
    """二、主动公开政府信息情况"""
    documents: Documents
    """第二十条第（一）项"""
    licensing: Licensing
    """第二十条第（五）项"""
    enforcement: Enforcement
    """第二十条第（六）项"""
    fees: Fees
    """第二十条第（八）项"""

@final
@frozen(kw_only=True, order=False)
class LegalPerson:
    """法人或其他组织"""
    commercial_enterprise: Count
    """商业企业"""
    research_institution: Count
    """科研机构"""
    public_welfare_organization: Count
    """社会公益组织"""
    legal_service_organization: Count
    """法律服务机构"""
    other: Count
    """其他"""

@final
@frozen(kw_only=True, order=False)
class Applicants:
    """申请人情况"""
    natural_person: Count
    """自然人"""
    legal_person: LegalPerson
    """法人或其他组织"""
    total: Count
    """总计"""

@final
@frozen(kw_only=True, order=False)
class Denied:
    """（三）不予公开"""
    state_secret: Applicants
    """1.属于国家秘密"""
    prohibited_by_law: Applicants
    """2.其他法律行政法规禁止公开"""
    endangers_security_or_stability: Applicants
    """3.危及“三安全一稳定”"""
    third_party_rights: Applicants
    """4.保护第三方合法权益"""
    internal_affairs: Applicants
    """5.属于三类内部事务信息"""
    deliberative_process: Applicants
    """6.属于四类过程性信息"""
    enforcement_files: Applicants
    """7.属于行政执法案卷"""
    administrative_inquiry: Applicants
    """8.属于行政查询事项"""

@final
@frozen(kw_only=True, order=False)
class Unavailable:
    """（四）无法提供"""
    not_held: Applicants
    """1.本机关不掌握相关政府信息"""
    requires_creation: Applicants
    """2.没有现成信息需要另行制作"""
    unclear_after_correction: Applicants
    """3.补正后申请内容仍不明确"""

@final
@frozen(kw_only=True, order=False)
class NotProcessed:
    """（五）不予处理"""
    petition_or_complaint: Applicants
    """1.信访举报投诉类申请"""
    duplicate: Applicants
    """2.重复申请"""
    published_material: Applicants
    """3.要求提供公开出版物"""
    excessive_requests: Applicants
    """4.无正当理由大量反复申请"""
    confirmation_or_reissue: Applicants
    """5.要求行政机关确认或重新出具已获取信息"""

@final
@frozen(kw_only=True, order=False)
class OtherHandling:
    """（六）其他处理"""
    correction_overdue: Applicants
    """1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"""
    fee_overdue: Applicants
    """2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"""
    other: Applicants
    """3.其他"""

@final
@frozen(kw_only=True, order=False)
class Outcomes:
    """三、本年度办理结果"""
    granted: Applicants
    """（一）予以公开"""
    partially_granted: Applicants
    """（二）部分公开（区分处理的，只计这一情形，不计其他情形）"""
    denied: Denied
    """（三）不予公开"""
    unavailable: Unavailable
    """（四）无法提供"""
    not_processed: NotProcessed
    """（五）不予处理"""
    other_handling: OtherHandling
    """（六）其他处理"""
    total: Applicants
    """（七）总计"""

@final
@frozen(kw_only=True, order=False)
class Requests:
    """三、收到和处理政府信息公开申请情况"""
    newly_received: Applicants
    """一、本年新收政府信息公开申请数量"""
    brought_forward: Applicants
    """二、上年结转政府信息公开申请数量"""
    outcomes: Outcomes
    """三、本年度办理结果"""
    carried_forward: Applicants
    """四、结转下年度继续办理"""

@final
@frozen(kw_only=True, order=False)
class CaseResults:
    """行政复议、未经复议直接起诉、复议后起诉"""
    upheld: Count
    """结果维持"""
    corrected: Count
    """结果纠正"""
    other: Count
    """其他结果"""
    pending: Count
    """尚未审结"""
    total: Count
    """总计"""

@final
@frozen(kw_only=True, order=False)
class Litigation:
    """行政诉讼"""
    direct: CaseResults
    """未经复议直接起诉"""
    after_reconsideration: CaseResults
    """复议后起诉"""

@final
@frozen(kw_only=True, order=False)
class ReconsiderationAndLitigation:
    """四、政府信息公开行政复议、行政诉讼情况"""
    reconsideration: CaseResults
    """行政复议"""
    litigation: Litigation
    """行政诉讼"""

@final
@frozen(kw_only=True, order=False)
class Report:
    """政府信息公开工作年度报告"""
    edition: Literal["2021"] = ...
    agency: Text
    """机关"""
    year: Year
    """年度"""
    preface: Text = ...
    """导语"""
    overview: Text = ...
    """一、总体情况"""
    proactive_disclosure: ProactiveDisclosure
    """二、主动公开政府信息情况"""
    requests: Requests
    """三、收到和处理政府信息公开申请情况"""
    reconsideration_and_litigation: ReconsiderationAndLitigation
    """四、政府信息公开行政复议、行政诉讼情况"""
    problems_and_improvements: Text = ...
    """五、存在的主要问题及改进情况"""
    other_matters: Text = ...
    """六、其他需要报告的事项"""
    marks: tuple[Mark, ...] = ...
    discrepancies: tuple[Discrepancy, ...] = ...
