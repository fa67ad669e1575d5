"""Indicators that people compute from reports: shares and rates, each with the cells that it is made of.

The form defines none of them. Under one name, others divide by different numbers; here the name is the definition. A
part is an address; where it is that of a row or a group of rows, it means the cells of `column` in them.
"""

from gkformat.base.frozen import frozen
from gkformat.base.words import Words


@frozen
class Indicator:
    """A quotient of two sums of cells; without a denominator, a sum.

    It is a share if the numerator counts some of the cases that the denominator counts.
    """

    name: str
    title: Words
    definition: Words
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    column: str = "total"
    is_share: bool = True


_OUTCOMES = "requests.outcomes"
_GRANTED = (f"{_OUTCOMES}.granted", f"{_OUTCOMES}.partially_granted")
_DECIDED = (f"{_OUTCOMES}.total",)
_RECEIVED = ("requests.newly_received", "requests.brought_forward")
_NEW = ("requests.newly_received",)
_CASES = "reconsideration_and_litigation"
_RECONSIDERATION = f"{_CASES}.reconsideration"
_LITIGATION = (f"{_CASES}.litigation.direct", f"{_CASES}.litigation.after_reconsideration")
_CLOSED = ("upheld", "corrected", "other")
_DOCUMENTS = "proactive_disclosure.documents.normative_documents"


def _in_each(boxes: tuple[str, ...], *names: str) -> tuple[str, ...]:
    return tuple(f"{box}.{name}" for box in boxes for name in names)


def _share(name: str, zh: str, en: str, part: str) -> Indicator:
    """Return the share of an outcome in all that were decided."""
    return Indicator(
        name,
        Words(f"{zh}占比", f"share {en}"),
        Words(f"{zh}的件数 ÷ 本年度办理结果总计", f"requests {en} ÷ all outcomes of the year"),
        (f"{_OUTCOMES}.{part}",),
        _DECIDED,
    )


def _applicants(name: str, zh: str, en: str, column: str) -> Indicator:
    """Return the share of a kind of applicant in the requests that were newly received."""
    return Indicator(
        name,
        Words(f"{zh}申请占比", f"share of {en}"),
        Words(f"本年新收中{zh}的件数 ÷ 本年新收总计", f"newly received requests of {en} ÷ all newly received"),
        _in_each(_NEW, column),
        _NEW,
    )


INDICATORS = (
    Indicator(
        "received",
        Words("受理合计", "requests on hand"),
        Words("本年新收 + 上年结转", "newly received + brought forward"),
        _RECEIVED,
        is_share=False,
    ),
    Indicator(
        "disclosed_share",
        Words("公开率（按办结）", "disclosed, of those decided"),
        Words(
            "（予以公开 + 部分公开）÷ 本年度办理结果总计", "(granted + partially granted) ÷ all outcomes of the year"
        ),
        _GRANTED,
        _DECIDED,
    ),
    Indicator(
        "disclosed_share_received",
        Words("公开率（按受理）", "disclosed, of those on hand"),
        Words(
            "（予以公开 + 部分公开）÷（本年新收 + 上年结转）",
            "(granted + partially granted) ÷ (newly received + brought forward)",
        ),
        _GRANTED,
        _RECEIVED,
    ),
    Indicator(
        "disclosed_share_resolvable",
        Words("公开率（按可公开与否）", "disclosed, of those disclosed or denied"),
        Words(
            "（予以公开 + 部分公开）÷（予以公开 + 部分公开 + 不予公开）",
            "(granted + partially granted) ÷ (granted + partially granted + denied)",
        ),
        _GRANTED,
        (*_GRANTED, f"{_OUTCOMES}.denied"),
    ),
    _share("denied_share", "不予公开", "denied", "denied"),
    _share("unavailable_share", "无法提供", "not available", "unavailable"),
    _share("not_processed_share", "不予处理", "not processed", "not_processed"),
    _share("other_handling_share", "其他处理", "handled otherwise", "other_handling"),
    Indicator(
        "not_held_share",
        Words("不掌握占无法提供", "not held, of those not available"),
        Words("本机关不掌握相关政府信息 ÷ 无法提供", "information not held ÷ not available"),
        (f"{_OUTCOMES}.unavailable.not_held",),
        (f"{_OUTCOMES}.unavailable",),
    ),
    Indicator(
        "carry_over_rate",
        Words("结转率", "carried forward"),
        Words("结转下年度 ÷（本年新收 + 上年结转）", "carried forward ÷ (newly received + brought forward)"),
        ("requests.carried_forward",),
        _RECEIVED,
    ),
    Indicator(
        "completion_rate",
        Words("办结率", "decided"),
        Words("本年度办理结果总计 ÷（本年新收 + 上年结转）", "all outcomes ÷ (newly received + brought forward)"),
        _DECIDED,
        _RECEIVED,
    ),
    _applicants("natural_person_share", "自然人", "natural persons", "natural_person"),
    _applicants("commercial_enterprise_share", "商业企业", "enterprises", "legal_person.commercial_enterprise"),
    Indicator(
        "reconsideration_correction_share",
        Words("复议纠正占比", "corrected, of all reconsiderations"),
        Words("结果纠正 ÷ 行政复议总计（含尚未审结）", "corrected ÷ all reconsiderations, those pending included"),
        (f"{_RECONSIDERATION}.corrected",),
        (f"{_RECONSIDERATION}.total",),
    ),
    Indicator(
        "reconsideration_correction_rate",
        Words("复议纠错率", "corrected, of reconsiderations closed"),
        Words("结果纠正 ÷（结果维持 + 结果纠正 + 其他结果）", "corrected ÷ (upheld + corrected + other)"),
        (f"{_RECONSIDERATION}.corrected",),
        _in_each((_RECONSIDERATION,), *_CLOSED),
    ),
    Indicator(
        "litigation_loss_share",
        Words("诉讼纠正占比", "corrected, of all lawsuits"),
        Words(
            "结果纠正 ÷ 行政诉讼总计（未经复议直接起诉与复议后起诉之和，含尚未审结）",
            "corrected ÷ all lawsuits, direct and after reconsideration, those pending included",
        ),
        _in_each(_LITIGATION, "corrected"),
        _in_each(_LITIGATION, "total"),
    ),
    Indicator(
        "litigation_loss_rate",
        Words("诉讼败诉率", "corrected, of lawsuits closed"),
        Words(
            "结果纠正 ÷（结果维持 + 结果纠正 + 其他结果），未经复议直接起诉与复议后起诉之和",
            "corrected ÷ (upheld + corrected + other), direct and after reconsideration together",
        ),
        _in_each(_LITIGATION, "corrected"),
        _in_each(_LITIGATION, *_CLOSED),
    ),
    Indicator(
        "dispute_rate",
        Words("争议率", "disputes, of those decided"),
        Words("（行政复议总计 + 行政诉讼总计）÷ 本年度办理结果总计", "(reconsiderations + lawsuits) ÷ all outcomes"),
        _in_each((_RECONSIDERATION, *_LITIGATION), "total"),
        _DECIDED,
        is_share=False,
    ),
    Indicator(
        "document_turnover",
        Words("文件更新率", "turnover of documents"),
        Words("行政规范性文件（本年制发 + 本年废止）÷ 现行有效", "normative documents: (issued + repealed) ÷ in force"),
        _in_each((_DOCUMENTS,), "issued", "repealed"),
        _in_each((_DOCUMENTS,), "in_force"),
        is_share=False,
    ),
)
