"""What counts in a row of the outcomes of requests: the clause that defines it, where one does."""

from collections.abc import Mapping

from gkformat.base.citations import Article
from gkformat.base.words import Words
from gkformat.forms.law import NOTICE_2019, REGULATIONS, REPLY_STANDARD


def _article(place: str, zh: str, en: str) -> Article:
    return Article(REGULATIONS, place, Words(zh, en))


_WITHHELD = _article(
    "第十四条",
    "国家秘密、法律和行政法规禁止公开的、公开后可能危及国家安全、公共安全、经济安全、社会稳定的，不予公开",
    "state secrets, what laws forbid to disclose, and what may endanger national, public or economic security or "
    "social "
    "stability",
)
_IN_PROCESS = _article(
    "第十六条第二款",
    "讨论记录、过程稿、磋商信函、请示报告等过程性信息和行政执法案卷信息，可以不予公开",
    "records of discussion, drafts, consultations, requests and reports, and files of law enforcement, may be withheld",
)

DEFINITIONS: Mapping[str, Article] = {
    "granted": _article(
        "第三十六条第（一）（二）项",
        "决定公开而提供的，以及已经主动公开、告知获取方式的",
        "what is provided, and what is public already if the applicant is told how to get it",
    ),
    "partially_granted": _article(
        "第三十七条",
        "含有不应当公开的内容、能够区分处理而提供其余部分的",
        "what is provided without the parts that may not be disclosed",
    ),
    "denied.state_secret": _WITHHELD,
    "denied.prohibited_by_law": _WITHHELD,
    "denied.endangers_security_or_stability": _WITHHELD,
    "denied.third_party_rights": _article(
        "第十五条",
        "涉及商业秘密、个人隐私，公开会损害第三方合法权益的",
        "trade secrets and privacy, where disclosure would harm a third party",
    ),
    "denied.internal_affairs": _article(
        "第十六条第一款",
        "人事管理、后勤管理、内部工作流程三类内部事务信息",
        "personnel, logistics and internal procedure",
    ),
    "denied.deliberative_process": _IN_PROCESS,
    "denied.enforcement_files": _IN_PROCESS,
    "denied.administrative_inquiry": _article(
        "第三十六条第（七）项",
        "工商、不动产登记资料等，法律、行政法规对获取另有规定的",
        "registers of companies, real estate and the like, for which laws have procedures of their own",
    ),
    "unavailable.not_held": _article(
        "第三十六条第（四）（五）项",
        "经检索不存在的，以及不属于本机关负责公开的",
        "what a search did not find, and what is another body's business",
    ),
    "unavailable.requires_creation": _article(
        "第三十八条",
        "需要对现有信息加工、分析才能提供的",
        "what would have to be made from existing information",
    ),
    "unavailable.unclear_after_correction": Article(
        REPLY_STANDARD,
        "“一、申请审查”第（三）项",
        Words(
            "补正以一次为原则，补正后仍然无法明确申请内容的",
            "what is still unclear after a correction, of which there is one",
        ),
    ),
    "not_processed.petition_or_complaint": _article(
        "第三十九条第一款",
        "以申请的形式进行信访、投诉、举报的",
        "petitions, complaints and reports in the form of a request",
    ),
    "not_processed.duplicate": _article(
        "第三十六条第（六）项",
        "本机关已经答复，同一申请人又申请相同信息的",
        "the same applicant asks the same body again for the same information",
    ),
    "not_processed.published_material": _article(
        "第三十九条第二款",
        "要求提供政府公报、报刊、书籍等公开出版物的",
        "gazettes, newspapers, books and the like",
    ),
    "not_processed.excessive_requests": _article(
        "第三十五条",
        "数量、频次明显超过合理范围，说明的理由不合理的",
        "requests beyond reason in number or frequency, for no good reason",
    ),
    "not_processed.confirmation_or_reissue": Article(
        REPLY_STANDARD,
        "“四、内容研判”第（四）项",
        Words("要求确认或者重新出具已经获取的信息的", "asks to confirm or to issue again what the applicant has"),
    ),
    "other_handling": Article(
        NOTICE_2019,
        "“一、报告内容”第（三）项",
        Words(
            "只用于新旧条例衔接和极少数特殊情况，数量偏高的，主管部门要了解情况",
            "for the transition and rare cases only; the authority looks into high numbers",
        ),
    ),
    "other_handling.correction_overdue": _article(
        "第三十条",
        "无正当理由逾期不补正的，视为放弃申请",
        "a request that is not corrected in time, without good reason, is given up",
    ),
}
"""The clause that defines a row, by the names that lead to it from the outcomes; of reference only, if a standard."""
