"""Advice on the sections of prose: that they are written, and written to the end."""

import re
from collections.abc import Iterator, Mapping, Sequence

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.numbering import NUMERALS, ONE_TO_NINE, parse_numeral
from gkformat.checks.advice.findings import advise, advise_on_words
from gkformat.checks.prose import Passage, passages
from gkformat.forms import editions
from gkformat.forms.topics import SYNONYMS
from gkformat.notation.outline import nodes, per_class

# -- what is missing -----------------------------------------------------------------------------------


def section_empty(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find an empty section for which the form asks a description (the annex: 文字描述)."""
    for at in notes(type(report)):
        if not getattr(report, at).strip():
            yield advise(report, "section-empty", at)


def overview_part_missing(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a description that omits a topic which the notice requires. (A short text passes: it refers elsewhere.)"""
    for at, covers in _required_topics(type(report)).items():
        text = getattr(report, at)
        if len(text) < _MIN_DESCRIPTION:
            continue
        missing = [topic for topic in covers if not any(word in text for word in (topic, *SYNONYMS.get(topic, ())))]
        if missing:
            yield advise(report, "overview-part-missing", at, parts="、".join(missing))


_MIN_DESCRIPTION = 200
"""A text of fewer characters describes nothing."""


@per_class
def _required_topics(cls: type) -> Mapping[Address, Sequence[str]]:
    return {at: node.printed.covers for at, node in nodes(cls).items() if node.printed.covers}


# -- what was left from the blank form -----------------------------------------------------------------


def placeholder_left(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a hint that the form prints for its writer, and that was left in the text."""
    for passage in passages(report):
        for match in _hint_pattern(type(report)).finditer(passage.printed):
            yield advise_on_words(report, "placeholder-left", passage, match.span())


def without_hints(cls: type, text: str) -> str:
    """Return a text without what the form itself prints there."""
    return _hint_pattern(cls).sub("", "".join(text.split()))


@per_class
def _hint_pattern(cls: type) -> re.Pattern[str]:
    """Compile a pattern of the hints, or of their phrases in brackets: not of a sentence that uses the same words."""
    phrases = {phrase for note in notes(cls).values() for phrase in re.findall(r"[^（），。]+", note)}
    either = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    in_brackets = rf"[（(\[【〔](?:{either})(?:[，,。；;：:][^（(）)\]】〕]{{0,40}})?[）)\]】〕]"
    return re.compile(rf"{in_brackets}|^(?:(?:{either})[，,。]?)+$|^(?:{either})[：:，,]")


@per_class
def notes(cls: type) -> Mapping[Address, str]:
    """Return the hints that the form prints for the writer of a section, by the address of the section."""
    return {at: node.printed.note for at, node in nodes(cls).items() if node.printed.note}


# -- what was never filled in --------------------------------------------------------------------------

_UNIT = "(?:条|件|篇|次|场|期|份|个|人次|余条|余件)"
_END = r"(?=[，。；、,;：:（）)]|其中|$)"
_BLANK = r"(?:[ \t\u3000\xa0]{2,}|[_＿]+|[（(][ \t\u3000\xa0]*[）)])"
_SPACE = r"[ \t\u3000\xa0]"
_NUMBER_WORDS = f"{NUMERALS}万亿余几数多每各逐第整该这本前上半"
_NO_SIGN = f"[A-Za-z0-9.Ｘ×*＊□{NUMERALS}]"
"""What no sign in place of a number follows: 7×24, 二○二○年, or the rest of the sign itself."""
_GAP = re.compile(
    # a blank before a unit: 制发文件  件
    rf"(?:[^\W\d_]|(?<![_＿])_){_BLANK}{_UNIT}{_END}"
    # a unit after a word of which it is no part: 公开信息条; not 头条, 文件, 依申请公开件
    rf"|[^\W\da-zA-Z](?<![{_NUMBER_WORDS}头信线教面金词链便律条]){_SPACE}?条{_END}"
    rf"|[^\W\da-zA-Z](?<![{_NUMBER_WORDS}文信来案请事附办理邮证软条要物零部快急函回稿原]){_SPACE}件{_END}"
    rf"|[^\W\da-zA-Z](?<![{_NUMBER_WORDS}长开诗鸿连千]){_SPACE}篇{_END}"
    rf"|(?:[文案]件|共计|总计|合计|累计|诉讼|复议|维持|纠正|结果|审结|提供|许可|处罚|强制){_SPACE}?件{_END}"
    rf"|(?:共计|总计|合计|累计|信息|稿件){_SPACE}?篇{_END}|(?:培训|会议|检查){_SPACE}?次{_END}"
    # a sign in place of a number or of a name: XX条, ×年, ××县
    rf"|(?<!{_NO_SIGN})[XxＸ×*＊○□]{{1,4}}(?=年度?|月|日|{_UNIT}|万?元|[%％])"
    rf"|(?:(?<!{_NO_SIGN})[XＸ×○□]{{2,4}}|某{{2,3}})(?=[省市县区镇乡局厅委办路]|街道)"
    rf"|(?<=电话)[：:]?[XxＸ×*＊]{{3,}}"
    # a rate that was left out: 增长  %
    rf"|(?:增长|增加|上升|提高|下降|减少|降低|占比?|率)(?:了|为|达到?)?{_SPACE}*[%％]"
    # a year with a digit missing: 202 年, 20  年
    r"|(?<![\d.])(?:202[ \u3000]?|20[ \u3000]{2,}|20[_＿×XＸ*＊]+)年度?"
    # a year that is not told from its month: 自20231月1日起
    r"|(?<![\d.])20\d\d[ \u3000]?\d{1,2}月\d{1,2}日"
)


def text_gap(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a place where a number, or a name, was never filled in: 发布信息  条, XX条, 202 年."""
    for passage in passages(report):
        for match in _GAP.finditer(passage.read):
            before = _WORDS_BEFORE.search(passage.read, max(0, match.start() - _FEW), match.start())
            quote = passage.quote_written(before.start() if before else match.start(), match.end())
            yield advise(report, "text-gap", quote.at, quote=quote, words=" ".join(quote.text.split()))


_WORDS_BEFORE = re.compile(r"[^\s，。；、：,;:（）()]+$")
_FEW = 8
"""The number of characters before a gap that are quoted with it."""


# -- how it is numbered --------------------------------------------------------------------------------

_ORDINAL = rf"[{ONE_TO_NINE}十]{{1,3}}"
_MARKERS = (
    re.compile(
        rf"(?:^(?P<indent>[ \t\u3000]*)|(?<=[。；;！：:，,）)、\u3000 ]))(?P<number>{_ORDINAL})是", re.MULTILINE
    ),
    re.compile(rf"^(?P<indent>[ \t\u3000]*)[（(](?P<number>{_ORDINAL})[）)]", re.MULTILINE),
)
"""Kinds of numbers before the points of a list: 一是, and （一） at the start of a line."""


def numbering_repeated(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a list whose numbers repeat or skip one: 一是 … 三是 … 三是. A list may stand inside a point of another."""
    for passage in passages(report):
        for marker in _MARKERS:
            yield from _misnumbered(report, passage, marker)


def _misnumbered(report: "editions.AnyReport", passage: Passage, marker: re.Pattern[str]) -> Iterator[Finding]:
    lists: list[_Point] = []  # the last points of the lists that are open, the innermost last
    for match in marker.finditer(passage.read):
        point = _Point(parse_numeral(match["number"]) or 0, match.start("number"), match["indent"] is not None)
        if point.number == 1 and not (lists and _is_repeated(point, lists[-1], passage.read)):
            lists = [*_lists_around(point, lists, passage.read)[-_DEEPEST:], point]
            continue
        before = lists[-1].number if lists else 0
        while lists and (lists[-1].number != point.number - 1 or point.number == 1):
            lists = [] if lists[-1].number == 1 else lists[:-1]  # a list of one point is none: it goes on here
        if before and not lists:
            quote = passage.quote_written(*match.span("number"))
            words = f"{quote.text}{passage.read[match.end('number') : match.end()]}"
            yield advise(report, "numbering-repeated", quote.at, before, point.number, quote=quote, words=words.strip())
        lists = [*lists[:-1], point]


def _is_repeated(point: "_Point", before: "_Point", text: str) -> bool:
    """Return True if a first point follows another as a second one does, on the next line or after a semicolon."""
    between = text[before.start : point.start]
    if point.begins_line:
        return before.number == 1 and before.begins_line and bool(_NEXT_LINE.fullmatch(between))
    return before.number == 1 and bool(_SAME_LIST.fullmatch(between))


_NEXT_LINE = re.compile(r"[^\n：:]*\n[\s（(]*")
_SAME_LIST = re.compile(r"[^。！\n：:]*[；;]\s*")
"""What stands between the points of a list: nothing that would introduce a list inside the point."""
_DEEPEST = 10
"""How many lists may stand one inside the other."""


@frozen
class _Point:
    """A point of a list: its number, where it stands, and whether it begins a line."""

    number: int
    start: int
    begins_line: bool


def _lists_around(point: _Point, lists: list[_Point], text: str) -> list[_Point]:
    """Return the open lists inside whose last points a new list begins: in the same sentence, or on the same line."""
    if lists and not re.search(r"[。！\n]", text[lists[-1].start : point.start]):
        return lists
    return [] if point.begins_line else [each for each in lists if each.begins_line]
