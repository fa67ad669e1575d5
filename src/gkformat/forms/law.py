"""The legal sources of the form, and the places in them that a rule cites, each told in our words."""

from datetime import date

from gkformat.base.citations import Act, Article, Notice
from gkformat.base.words import Words

# -- acts and documents --------------------------------------------------------------------------------

REGULATIONS = Act("中华人民共和国政府信息公开条例", "国务院令第711号", date(2019, 5, 15))
"""The Regulations on Open Government Information, as revised in 2019."""

LEGISLATION_LAW = Act("中华人民共和国立法法", "主席令第三号", date(2023, 3, 15))
"""The Legislation Law, as amended in 2023."""

RECONSIDERATION_LAW = Act("中华人民共和国行政复议法", "主席令第九号", date(2024, 1, 1))
"""The Administrative Reconsideration Law, as revised in 2023: a refusal to disclose goes to reconsideration first."""

NOTICE_2019 = Notice(
    "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
    "国办公开办函〔2019〕60号",
)
"""The notice of 2019-11-23 with the trial format, used for the reporting years 2019 and 2020."""

NOTICE_2021 = Notice(
    "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
    "国办公开办函〔2021〕30号",
)
"""The notice of 2021-09-26 with the present format, in force from the reporting year 2021 on."""

FEE_MEASURES = Notice("政府信息公开信息处理费管理办法", "国办函〔2020〕109号")
"""The measures on information processing fees, of 2020-11-17."""

REPLY_STANDARD = Notice("江苏省政府信息公开申请办理答复规范")
"""The standard of Jiangsu for replies to requests, which the national office passed on for reference on "
"2020-01-10."""

# -- the Regulations -----------------------------------------------------------------------------------

DISCLOSED_ITEMS = Article(
    REGULATIONS,
    "第二十条",
    Words(
        "列举应当主动公开的政府信息；第二部分的表按其中各项分栏",
        "lists the information to be disclosed proactively; the table of section 二 has a band for each item it covers",
    ),
)
FEES_CHARGED = Article(
    REGULATIONS,
    "第四十二条",
    Words(
        "提供政府信息不收费；申请的数量、频次明显超过合理范围的，可以收取信息处理费",
        "information is provided free of charge; a processing fee may be charged for requests beyond reason in number "
        "or frequency",
    ),
)
LIABILITY = Article(
    REGULATIONS,
    "第四十七条",
    Words(
        "违反条例规定的，由主管部门督促整改、通报批评，直至依法追责",
        "for a breach the authority in charge orders correction, criticises by circular, or seeks penalties",
    ),
)
STATUTORY_DATES = Article(
    REGULATIONS,
    "第四十九条",
    Words(
        "县级以上政府部门每年 1 月 31 日前公布本机关年度报告，"
        "县级以上地方政府的主管部门每年 3 月 31 日前公布本级政府年度报告",
        "departments of governments from county level up publish their reports by 31 January, the authorities in "
        "charge publish those of the governments by 31 March",
    ),
)
CONTENTS = Article(
    REGULATIONS,
    "第五十条",
    Words(
        "规定年度报告应当包括的内容，并授权公布全国统一格式",
        "says what a report contains, and provides for one national format",
    ),
)
ASSESSMENT_RESULTS = Article(
    REGULATIONS,
    "第五十条第（四）项",
    Words(
        "报告存在的主要问题及改进情况；各级人民政府还要报告工作考核、社会评议和责任追究结果",
        "the main problems and improvements; governments also report the results of assessment, of public evaluation "
        "and of holding officers to account",
    ),
)

# -- both notices --------------------------------------------------------------------------------------


def _in_both(place: str, says: Words) -> tuple[Article, Article]:
    """Return a clause that stands in the same place of both notices."""
    return Article(NOTICE_2019, place, says), Article(NOTICE_2021, place, says)


NOTHING_LEFT_OUT = _in_both(
    "“一、报告内容”",
    Words(
        "报告内容严格按条例第五十条确定，不遗漏，也不泛化",
        "the contents are those of Article 50: nothing left out, nothing padded",
    ),
)
OVERVIEW_TOPICS = _in_both(
    "“一、报告内容”第（一）项",
    Words(
        "总体情况综述五个方面：主动公开、依申请公开、政府信息管理、平台建设、监督保障；"
        "各级政府的监督保障包括工作考核、社会评议和责任追究结果",
        "the overview surveys five topics: proactive disclosure, requests, management of information, platforms, "
        "supervision; for governments the last includes the results of assessment, public evaluation and "
        "accountability",
    ),
)
_DATES = Words(
    "数据核定到报告年度的 12 月 31 日；许可、处罚、强制按全部处理决定计，不论是否公开",
    "numbers are as of 31 December of the reporting year; licences, penalties and coercive measures count all "
    "decisions, published or not",
)
DISCLOSURE_NUMBERS = Article(NOTICE_2021, "“一、报告内容”第（二）项", _DATES)
REQUEST_NUMBERS = _in_both(
    "“一、报告内容”第（三）项",
    Words(
        "报告申请人类别和每件申请的最终处理结果，重在数据准确、要素齐备",
        "who applied, and the final outcome of each request; what matters is that numbers are exact and complete",
    ),
)
CASE_NUMBERS = _in_both(
    "“一、报告内容”第（四）项",
    Words(
        "分别报告复议和诉讼的结果，诉讼再分未经复议直接起诉和复议后起诉；复议机关为共同被告的，只计原行为主体",
        "the results of reconsideration and of litigation, the latter with or without prior reconsideration; where "
        "the reconsideration authority is co-defendant, only the body of the original act counts the case",
    ),
)
PROBLEMS = _in_both(
    "“一、报告内容”第（五）项",
    Words(
        "问题和改进要实事求是、明确具体，不得敷衍，不得年年雷同",
        "problems and improvements are to be specific, never perfunctory, and never the same every year",
    ),
)
OTHER_MATTERS = _in_both(
    "“一、报告内容”第（六）项",
    Words(
        "报告本机关认为需要报告的事项，以及其他文件要求在年度报告中报告的事项",
        "what else the body has to report, and what other documents require of the annual report",
    ),
)
FEES_REPORTED = Article(
    NOTICE_2021,
    "“一、报告内容”第（六）项",
    Words("收取信息处理费的情况在第六部分专门报告", "information processing fees are reported in section 六"),
)
AGENCY_REPORTS = _in_both(
    "“二、报告方式及时间”第（一）项",
    Words(
        "部门、乡镇和政府办公厅（室）（本政府机关）各报本机关的报告，1 月 31 日前提交并公布；"
        "垂直领导的系统逐级向本系统报告",
        "departments, townships and the office of a government each report for themselves by 31 January; vertically "
        "led bodies report in their own line",
    ),
)
AGGREGATED_REPORTS = _in_both(
    "“二、报告方式及时间”第（二）项",
    Words(
        "本级政府的报告逐级汇总：县级 2 月 20 日前，地市级 3 月 10 日前，省级 3 月 31 日前；"
        "垂直领导的部门 3 月 31 日前公布全系统的报告",
        "the reports of governments are added up level by level: counties by 20 February, cities by 10 March, "
        "provinces by 31 March; a vertically led department reports for its whole system by 31 March",
    ),
)
ACCURATE = _in_both(
    "“三、工作要求”第（二）（三）项",
    Words(
        "应报尽报、全面准确；数据统得出、报得准、可核查",
        "everything due is reported, completely and exactly; the numbers can be counted, relied on and verified",
    ),
)
RESPONSIBLE = _in_both(
    "“三、工作要求”第（四）项",
    Words(
        "不按时发布，内容不准确、不全面，或者雷同、敷衍并造成不良后果的，追究责任",
        "late, inexact, incomplete, near-identical or perfunctory reports with ill effects are held against those in "
        "charge",
    ),
)
ANNEX = _in_both(
    "附件",
    Words(
        "规定六个部分、三张表的行列名称和注明的文字",
        "the template: six sections, three tables, and the words that stand in them",
    ),
)
TRANSITION = Article(
    NOTICE_2019,
    "“二、有序衔接”",
    Words(
        "2019 年度鼓励使用统一格式，确有困难的可以参照",
        "for 2019 the format was encouraged; those who could not were to follow it as far as possible",
    ),
)

# -- other documents -----------------------------------------------------------------------------------

FEE_TARIFFS = Article(
    FEE_MEASURES,
    "第四条、第五条",
    Words(
        "按件或者按量计收，单价都是 10 元的整倍数",
        "fees go by the piece or by the page, and each unit price is a multiple of 10 yuan",
    ),
)
MAKERS_OF_RULES = Article(
    LEGISLATION_LAW,
    "第九十一条、第九十三条",
    Words(
        "规章由国务院部门，以及省、自治区、直辖市、设区的市、自治州的人民政府制定",
        "rules are made by departments of the State Council and by the governments of provinces, cities with "
        "districts and autonomous prefectures",
    ),
)
