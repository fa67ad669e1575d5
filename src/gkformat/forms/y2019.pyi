# Written by docs/generate.py. Change what it is made from, not this file.

from typing import Literal, final

from attrs import frozen

from gkformat.base.findings import Discrepancy, Mark
from gkformat.forms.y2021 import Applicants as Applicants
from gkformat.forms.y2021 import Denied as Denied
from gkformat.forms.y2021 import NotProcessed as NotProcessed
from gkformat.forms.y2021 import ReconsiderationAndLitigation as ReconsiderationAndLitigation
from gkformat.forms.y2021 import Unavailable as Unavailable
from gkformat.notation.domains import Count, SignedCount, Year, Amount, Text

@final
@frozen(kw_only=True, order=False)
class DocumentCounts:
    """规章、规范性文件"""
    newly_made: Count
    """本年新制作数量"""
    newly_disclosed: Count
    """本年新公开数量"""
    total_disclosed: Count
    """对外公开总数量"""

@final
@frozen(kw_only=True, order=False)
class Documents:
    """第二十条第（一）项"""
    rules: DocumentCounts
    """规章"""
    normative_documents: DocumentCounts
    """规范性文件"""

@final
@frozen(kw_only=True, order=False)
class ItemsAndDecisions:
    """行政许可、其他对外管理服务事项、行政处罚等"""
    prior_year_items: Count
    """上一年项目数量"""
    change: SignedCount
    """本年增/减"""
    decisions: Count
    """处理决定数量"""

@final
@frozen(kw_only=True, order=False)
class Licensing:
    """第二十条第（五）项"""
    administrative_licenses: ItemsAndDecisions
    """行政许可"""
    other_external_services: ItemsAndDecisions
    """其他对外管理服务事项"""

@final
@frozen(kw_only=True, order=False)
class Enforcement:
    """第二十条第（六）项"""
    administrative_penalties: ItemsAndDecisions
    """行政处罚"""
    administrative_compulsion: ItemsAndDecisions
    """行政强制"""

@final
@frozen(kw_only=True, order=False)
class FeeItems:
    """行政事业性收费"""
    prior_year_items: Count
    """上一年项目数量"""
    change: SignedCount
    """本年增/减"""

@final
@frozen(kw_only=True, order=False)
class Fees:
    """第二十条第（八）项"""
    administrative_fees: FeeItems
    """行政事业性收费"""

@final
@frozen(kw_only=True, order=False)
class Purchases:
    """政府集中采购"""
    projects: Count
    """采购项目数量"""
    total_amount: Amount
    """采购总金额"""

@final
@frozen(kw_only=True, order=False)
class Procurement:
    """第二十条第（九）项"""
    centralized_procurement: Purchases
    """政府集中采购"""

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
    procurement: Procurement
    """第二十条第（九）项"""

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
    other_handling: Applicants
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
class Report:
    """政府信息公开工作年度报告"""
    edition: Literal["2019"] = ...
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
