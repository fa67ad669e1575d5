"""The wording of a title: which body reports, and for which year."""

import re
from collections.abc import Iterator

from gkformat.base.frozen import frozen
from gkformat.base.numbering import DIGITS, ONE_TO_NINE, ZEROS

_YEAR_ALONE = rf"(?:(?<!\d)20\d\d(?!\d|\s?版)|二[{ZEROS}Oo0][{ONE_TO_NINE}{ZEROS}]{{2}})"
_YEAR = rf"{_YEAR_ALONE}(?:年度|年|度)?"
_SUBJECT = r"(?:政府信息(?:主动)?公开|政务(?:信息)?公开|(?<![府务])信息公开)"
_INSIDE = rf"(?:的|法定|工作|年度|总结|情况|{_YEAR_ALONE}度?|年(?!报|度))"
"""A word between the subject and the end of a title; no two of them can be read as one another."""
_PHRASE = re.compile(rf"{_SUBJECT}{_INSIDE}*(?:报告|年报)")
_YEARS = re.compile(_YEAR)
_SPOKEN_OF = re.compile(rf"({_YEAR})[^，。；、》）)\d]{{0,25}}?{_PHRASE.pattern}(?!格式|的?通知|编制|模板)")
_RUN_IN = re.compile(rf"\s*([^，。；]{{0,60}}?{_PHRASE.pattern})\s*(?=根据|按照|依据|依照|本报告|现将|《)")
"""A title that runs into the first words of a preface."""

_ANY_BRACKETS = re.compile(r"〔[^〕]*〕|\[20\d\d\]")
"""The year of the number of a notice: 〔2021〕30号."""

_AFTER = re.compile(
    r"[》”\"]?(?:的?(?:函|通知|公告|通告|报告|通报|公示|公布))?[》”\"]?"
    rf"(?:[（(【\[][^）)】\]]{{0,20}}[）)】\]])*(?:{_YEAR})?(?:\.(?:docx?|pdf|wps|html?|xlsx?))?"
)
"""What may follow the title in its line."""

_ABOUT = re.compile(
    r"关于(?:印发|报送|上报|呈报|呈送|报告|公布|发布|公开|转发|提交|编制|公示|做好|[《“\"])*|(?:发布|公布|印发)?《"
)
_TAGS = re.compile(
    r"^(?:【[^】]*】|\[[^\]]*\]|附件?\d*[:：.、]?|(?:信息|文件|文章|内容)?(?:名称|标题)[:：]|(?:图解|一图读懂|图说|政策图解)[:：]?|\d{1,2}[.、)）])+"
)
_EDGES = '《》“”"—-–·.、,，:： \t'
_GENERAL = re.compile(r"(?:法定|本级|部门|单位|主动公开|年度|工作|各级|的|度)?|[全我本该各贵]\w{0,3}")
"""What stands in the place of a name but names nobody: 全县, 我局, 法定."""

_NO_NAME = re.compile(
    r"^(?:现将|现就|根据|按照|依据|为|将|对|首页|当前|您|编制|报送|公布|发布|第?\d|[:：])|公开(?!办|中心|服务)|年报|报告|通知|索引|[\d\W_]$"
)
"""What no name of a body begins or ends with, or contains."""

_NAME = re.compile(r"[^\W_][\w·、（）()\[\]〔〕]{0,38}[^\W_][）)]?")
_RULE = re.compile(r"(?<=\d)[_＿]+(?=年)|(?:＿+|__+)(?![_＿年])")
"""A rule to write on, of which something was written beside; one where a year is to come is no such rule."""

_LOST = re.compile("[?？\ufffd□]|锟斤拷|烫烫")
"""What is left of text that was written in another encoding than it is read in."""

_ENDINGS = (
    "政府|局|厅|部|院|办|室|处|会|委|署|中心|站|所|队|镇|乡|街道|街|场|校|大学|公司|集团|行|社|馆|区|县|市|省|州|盟|旗"
    "|联|中学|小学|学校|幼儿园|厂|矿|台|宫|园|库|港|庭|段|总队|支队|基地|工会|银行|法院|政协|村"
)
_BODY = re.compile(rf"[^\W\d_][\w·（）()]*(?:{_ENDINGS})(?:[（(][\w、]+[）)])?")
"""A name with the usual ending of that of a public body."""

_ARABIC = str.maketrans({**{digit: str(value) for digit, value in DIGITS.items()}, "O": "0", "o": "0"})
_ONE_WIDTH = str.maketrans({chr(ord("０") + digit): str(digit) for digit in range(10)})
_SEPARATORS = re.compile(r"[_|｜>»›/\\:：]|(?<!-)-(?!-)")
_LONGEST = 80


@frozen
class Title:
    """The body that reports, and the year; empty and `None` if the title does not state them."""

    agency: str = ""
    year: int | None = None


def squeezed(text: str) -> str:
    """Return a text without blanks, with digits of one width."""
    return "".join(text.split()).translate(_ONE_WIDTH)


def is_body(name: str) -> bool:
    """Check whether a text is the name of a public body, as far as its ending tells."""
    return len(name) <= 40 and bool(_BODY.fullmatch(name)) and not _NO_NAME.search(_closed(name))  # noqa: PLR2004


def is_same_body(one: str, other: str) -> bool:
    """Check whether one of two names is part of the other: a body may be named with its place or without."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short in long


def _plain(name: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]", "", name).replace("人民政府", "政府")


def read_title_line(line: str) -> Title | None:
    """Return what a line states that is a title and nothing else: not a sentence that speaks of the report."""
    text = _RULE.sub("", squeezed(line))
    if len(text) > _LONGEST:
        return None
    phrases = list(_PHRASE.finditer(text))
    if not phrases or not _AFTER.fullmatch(text, phrases[-1].end()):
        return None
    return _read(text, phrases[-1])


def split_title(text: str) -> tuple[str, str]:
    """Return the title that a paragraph begins with, and the preface that it runs into; else `""` and the text."""
    found = _RUN_IN.match(text)
    title = read_title_line(found[1]) if found else None
    return (found[1], text[found.end() :]) if found and title and title.year else ("", text)


def read_outer_title(title: str) -> Title | None:
    """Return what a title from outside the text states, which may stand among names of sites and columns."""
    text = squeezed(title)
    for part in (text, *_SEPARATORS.split(text)):
        for phrase in _PHRASE.finditer(part):
            if (found := _read(part, phrase)) and (found.year or is_body(found.agency)):
                return found
    return None


def year_of_sentence(text: str) -> int | None:
    """Return the year of the report that a sentence speaks of, if it speaks of one."""
    years = {_number(found[1]) for found in _SPOKEN_OF.finditer(squeezed(text))}
    return years.pop() if len(years) == 1 else None


def _read(text: str, phrase: re.Match[str]) -> Title | None:
    """Return what the text around the phrase states; `None` if what precedes it is neither a name nor a year."""
    before = _ANY_BRACKETS.sub("", _TAGS.sub("", text[: phrase.start()]))
    years = [*_YEARS.findall(before), *_YEARS.findall(phrase[0]), *_YEARS.findall(text, phrase.end())]
    year = _number(years[-1]) if len(set(map(_number, years))) == 1 else None
    if _LOST.search(before):
        return Title("", year)
    names = list(_names(before))
    if any(not _is_name(name) for name in names):
        return None
    is_named = len(names) == 1 or (names and _ABOUT.search(before))
    return Title(names[-1] if is_named else "", year)


def _names(before: str) -> Iterator[str]:
    """Yield what precedes the phrase, apart from years, from what is done with the report, and from general words."""
    for part in _YEARS.split(before):
        for piece in _ABOUT.split(part):
            name = piece.strip(_EDGES)
            if name.endswith(("的", "度")):
                name = name[:-1]
            if not _GENERAL.fullmatch(name):
                yield name


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _NO_NAME.search(_closed(name)) and name.count("（") == name.count("）")


def _closed(name: str) -> str:
    return name.rstrip("）)]〕")


def _number(year: str) -> int:
    return int("".join(filter(str.isdigit, year.translate(_ARABIC))))
