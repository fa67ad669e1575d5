"""Words by which a text is recognised to address a topic that a notice names. They are ours, and not the form's."""

import re

_PLATFORMS = ("平台", "网站", "网页", "公众号", "微博", "专栏", "渠道")

SYNONYMS = {
    "主动公开": ("公开政府信息", "公开信息", "信息公开"),
    "依申请公开": ("申请",),
    "政府信息管理": ("管理",),
    "政府信息公开平台建设": _PLATFORMS,
    "平台建设": _PLATFORMS,
    "监督保障": ("监督", "保障", "督查", "督导", "考核", "评议", "问责", "追责", "责任追究", "培训"),
}
"""Each topic, as `covers` of a field names it, with other words that show that a text speaks of it."""

SAID_AS = {
    "予以公开": ("同意公开答复", "同意公开", "公开答复", "全部公开"),
    "部分公开": ("区分处理后公开", "区分处理公开", "同意部分公开"),
    "法人或其他组织": ("法人",),
    "行政复议": ("复议",),
    "行政诉讼": ("诉讼",),
    "结果纠正": ("被纠正", "被纠错"),
}
"""Words that texts use for what the tables count, by the label of the row or column, without its number."""

ASSESSMENT_RESULTS = {
    "工作考核": re.compile("考核|考评|绩效|排名|(?<!满意度)测评|(?<!第三方)评估"),
    "社会评议": re.compile("评议|(?<!绩效)评价|评估|满意度|问卷|民意|征求意见"),
    "责任追究": re.compile("责任追究|追究|追责|问责"),
}
"""The results that a government reports besides, each with words that show that a text speaks of it."""
