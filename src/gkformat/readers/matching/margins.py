"""What stands around a report and is no part of it: menus, metadata, the signature, and the foot of a page."""

import re

from gkformat.readers.matching.titles import is_body, squeezed

_FIELDS = (
    "(?:信息|文章|稿件|内容)?来源|稿源|(?:发布|发文|成文|生成|公开|印发|更新|创建|录入)(?:时间|日期)|日期|时间|"
    "浏览(?:次数|量)?|阅读(?:次数|量)?|访问(?:量|次数)|点击(?:数|量|率|次数)?|字[体号](?:大小)?|索引号?|索取号|信息索引|"
    "发[文布](?:机[构关]|单位|字号)|公开(?:机构|方式|范围|形式|属性|类别|时限|责任部门)|制发机关|责任部门|(?:报告|填报|编制)(?:单位|机关|日期|时间|人)|主题(?:分类|词)?|"
    "(?:信息|文件|内容)(?:分类|类别|名称|标题)|文号|有效性|名称|标题|体裁分?类?|组配分类|关键词|主送|抄送|作者|编辑|责任编辑|责编|"
    "审核|校对|撰稿|供稿|上一[篇条页]|下一[篇条页]|前一[篇条]|后一[篇条]|主办(?:单位)?|承办(?:单位)?|技术支持|分享(?:到|至)?|"
    "相关(?:链接|附件|文章|信息|文档|新闻|阅读|稿件|解读|下载)|友情链接|附件(?:下载)?\\d{0,2}|附|当前位置|您?(?:现在|当前)?的?(?:所在)?位置"
)
_FIELD = re.compile(rf"[【\[（(]?(?:{_FIELDS})[】\]）)]?(?:[:：]|(?=\d{{4}}-\d)|$)")
"""A field of the page, with its value: 来源：…"""

_WORDS = re.compile(
    r"[【\[]?(?:首页|网站首页|打印(?:本[页文]|此页|正文)?|关闭(?:窗口|本页)?|收藏(?:本[页站])?|纠错|返回(?:顶部|首页|列表)|分享.{0,12}|"
    r"扫一扫.{0,20}|.{0,6}扫码.{0,12}|.{0,12}二维码.{0,8}|友情链接|网站(?:地图|声明|导航|支持IPv6)|联系我们|关于我们|使用帮助|"
    r"隐私(?:声明|政策)|免责声明|无障碍.{0,6}|长者.{0,6}|A[+＋]A?(?:A[-－])?|下载.{0,6}|(?:繁体|简体)(?:中文|版)?|手机版|目录|微信|微博|新浪微博|QQ空间|QQ好友|朋友圈|[（(]此件.{0,12}[）)]|.{2,30}印发|上一[篇条页]|下一[篇条页]|"
    r"(?:【?打印.{0,6}】?【?关闭.{0,6}】?)|相关\w{2}|English)[】\]]?(?:[【\[]\w{2,6}[】\]])*",
    re.IGNORECASE,
)
"""A word or a button of the page on a line of its own."""

_FOOT = re.compile(
    r"版权所有|copyright|©|allrightsreserved|ICP备|公网安备|网站标识码|建议使用.{0,40}(?:浏览|分辨率)|最佳浏览|"
    r"您是(?:本站)?第.{0,12}[位个]|(?:累计|今日|本站)访问|[大中小]\W?[中大]\W?小[\]】）)]?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[（(]?(?:(?:联系|单位|办公|咨询|通讯)?(?:地址|电话|传真)|联系(?:人|方式)|邮(?:政编码|编|箱)|电子(?:邮箱|邮件))[:：]"
)
"""How to reach who reports; a preface has it in its sentences, and who signs below them."""
_BETWEEN_ITEMS = re.compile(r"[|｜>»›]")
_FIRST_ITEM, _NO_ITEM = re.compile(r"[^\s，。；]{1,12}"), re.compile("[，。；]")
_LONGEST_ITEM = 24
_DIGIT = r"[\d〇零○一二三四五六七八九十Oo]"
_DATE = re.compile(rf"[（(]?(?:20\d\d|二{_DIGIT}{{3}})[年./-]{_DIGIT}{{1,3}}[月./-]{_DIGIT}{{1,3}}日?[）)]?")
_STAMP = re.compile(rf"{_DATE.pattern}(?:\d{{1,2}}:\d\d(?::\d\d)?)?")
"""When the page was published."""

_LONGEST, _LONGEST_DATED, _SHORT = 200, 60, 6


def is_margin(text: str) -> bool:
    """Check whether a line belongs to the page: a menu, a field of metadata, a button, or the foot."""
    line = squeezed(text)
    if not line or len(line) > _LONGEST or "。" in line.removesuffix("。"):
        return not line
    return bool(
        (not line.endswith("。") and _is_metadata(line))
        or _WORDS.fullmatch(line)
        or _is_foot(line)
        or _is_menu(text.strip())
    )


def _is_metadata(line: str) -> bool:
    """Check whether a line consists of a date and fields of the page, or of either."""
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    return not rest or bool(_FIELD.match(rest))


def _is_menu(text: str) -> bool:
    """Check whether a line is a row of items with bars or arrows between them, in any number of blanks."""
    first, *others = _BETWEEN_ITEMS.split(text)
    are_items = all(item and len(item.strip()) <= _LONGEST_ITEM and not _NO_ITEM.search(item) for item in others)
    return bool(others) and are_items and bool(_FIRST_ITEM.fullmatch(first.rstrip()))


def _is_foot(line: str) -> bool:
    """Check whether a line is of the foot of a page: no text precedes its words, but perhaps the name of a body."""
    found = _FOOT.search(line)
    before = line[: found.start()] if found else ""
    return bool(found) and (len(before) < _SHORT or is_body(before.strip("：:")))


def signature(text: str) -> str:
    """Return the body whose name stands alone on a line, or with a date; empty if the line is no signature."""
    line = squeezed(text)
    if len(line) > _LONGEST_DATED:
        return ""
    name = _DATE.sub("", line)
    return name if is_body(name) else ""


def is_dated(text: str) -> bool:
    """Check whether there is a date in a line."""
    return bool(_DATE.search(squeezed(text)))


def signed_by(text: str, follows: str) -> str:
    """Return the body that signs with a date, in the same line or in the one that follows; empty if none does."""
    return signature(text) if is_dated(text) or _DATE.fullmatch(squeezed(follows)) else ""


def ends_report(text: str, follows: str) -> bool:
    """Check whether a line stands after the end of a report: the signature, or what belongs to the page."""
    return is_margin(text) or bool(signed_by(text, follows)) or bool(_CONTACT.match(squeezed(text)))


def without_end(text: str) -> tuple[str, str]:
    """Return a text, and what ends the report after its last sentence: a signature, or the foot of a page."""
    sentences, stop, rest = text.rpartition("。")
    is_end = bool(stop and rest.strip()) and (is_margin(rest) or (is_dated(rest) and bool(signature(rest))))
    return (sentences + stop, rest.strip()) if is_end else (text, "")


def is_sentence(text: str) -> bool:
    """Check whether a text is written in sentences, and so perhaps part of a report."""
    return "。" in text or text.rstrip().endswith(("：", ":", "；", "！"))
