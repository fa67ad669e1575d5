"""A lexer for narratives: it splits a text into clauses of known words and of stretches that are not known.

The tables below hold the general words of the language; the words of the form itself come from its declaration.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, cast

from gkformat.base.frozen import frozen
from gkformat.base.numbering import NUMERALS, ONE_TO_NINE, parse_numeral
from gkformat.checks.narrative.vocabulary import Referent, referents
from gkformat.checks.prose import half_width, printed_places
from gkformat.forms.topics import SAID_AS
from gkformat.notation.outline import per_class

# -- words ---------------------------------------------------------------------------------------------


_INFORMATION = r"(?:政府|政务)?信息"
_REQUEST = (
    rf"(?:申请)?公开{_INFORMATION}的?申请|{_INFORMATION}依?申请公开(?:件|事项|信息|申请)*"
    rf"|{_INFORMATION}公开(?:依)?申请(?:件|事项|书|总数|数量)*"
    rf"|依申请公开(?:的?{_INFORMATION}(?:公开)?)?(?:申请|请求|办理)*(?:件|事项|数量|总数)*|依申请(?=\d)"
)
_BECAUSE = (
    rf"因(?:依申请公开|(?:依申请)?{_INFORMATION}(?:依申请)?公开)(?:工作|申请)?(?:问题)?(?:而|所)?(?:引起|引发|产生|导致)?的?"
    rf"|{_INFORMATION}公开(?:工作|申请)?(?:引起|引发|产生)的?|{_INFORMATION}公开类|涉及?{_INFORMATION}公开的?"
    rf"|{_INFORMATION}公开(?:工作)?(?:方面)?的?(?=共|有|发生|行政复议|行政诉讼)"
)
_PAST = r"(?:上一?年度?|去年|20\d\d年度?)"
_NEXT = r"(?:下一?年度?|次年|20\d\d年度?)"
_TASK = r"(?:继续)?(?:办理|处理|答复)?"
_CARRIED = (
    rf"(?:结转|转|顺延)(?:至|到|入|在)?{_NEXT}{_TASK}|下一?年度?结转{_TASK}"
    rf"|结转(?=\d{{1,9}}[件宗][至到入]{_NEXT})|(?<=[件宗])[至到入]{_NEXT}{_TASK}"
)

_BODIES = "各?(?:级|职能|有关|相关)?(?:行政机关|部门|镇街|街镇|乡镇|街道|单位|板块|县区)"
_FILLERS = (
    "共计|合计|总共|一共|共有|共|的|为|是|了|已经?|都|全部|按时|按期|及时|依法|依规|按照?规定|在?法定(?:期限|时限)内"
    "|予以|申请人|申请|情况|情形|数量?|案件|件|提出|属于|另有|另|有|含|包括|其余|目前|同时|案|等|而|除[去了]?|外|在"
    f"|完成|举报|投诉|方面|通过|提交|任何形式|任何|累计|涉及|依托|按照?《条例》(?:规定)?|[并且]|[{ONE_TO_NINE}](?:(?=[)、])|是)"
)

_TOKEN_PATTERNS = (
    ("compared", r"(?:同?比|较|与)(?:上一?年度?|去年|20\d\d年度?)(?:同期)?|同比"),
    ("carried", _CARRIED),
    ("brought", rf"{_PAST}的?结转(?:到本年度?|至本年度?|而来|过来)?的?(?:办理)?|结转{_PAST}(?:办理)?"),
    ("because", _BECAUSE),
    ("request", _REQUEST),
    ("decided", "作出|做出|下达|处理决定|决定"),
    ("applied", "公民、?法人(?:和|或|及|或者)其[他它]组织|社会公众|公众|群众|公民"),
    ("newly", "新(?:收到?|接收|受理)"),
    ("received", "(?:收到|接收到?|接到|受理|收办)过?"),
    ("done", "办结|办理完[毕成]|办复"),
    ("answered", "答复|回复"),
    ("either", "办理|处理"),
    ("lodged", "被?申请(?=行政复议)|被(?=行政)|被?提起|发生|产生|出现|引发|引起"),
    ("disputes", "行政争议|行政纠纷"),
    ("made", "新?制定"),
    ("shown", "清理|梳理|集中|动态|更新|发布|公布|公开"),
    ("papers", "文件"),
    ("no", "未曾|从未|均未|也未|暂未|尚未|暂无|没有|未|无"),
    ("sorts", "各类|各种"),
    ("each", "均为|各为|均|各|分别为"),
    ("among", "其中"),
    ("date", r"截[至止]到?20\d\d年(?:12月)?(?:31日|底|末)?|截[至止]到?12月(?:31日|底|末)"),
    ("year", r"20\d\d年度?(?:以来)?|本年度?|今年|全年(?:累计)?|年内"),
    (
        "number",
        rf"(?<![\d.第{NUMERALS}])(?<!\d[,，])(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}}|[{NUMERALS}]{{1,9}})[件宗起份条例]",
    ),
    ("percent", r"(?<![\d.])\d{1,3}(?:\.\d{1,4})?%"),
    ("share", "占比|占"),
    (
        "channel",
        "(?:(?:政府|门户){0,2}网站|信函|信件|来信|网络|网上|当面|现场|邮寄|传真|电子邮件|邮箱|在线|线上|线下|书面|窗口|平台)+(?:上的?|方式|渠道)?",
    ),
    ("ours", "我(?:局|办|委|厅|署|院|站|队|中心|单位|机关|部门)|本(?:局|办|委|厅|中心|单位|机关|部门)"),
    ("whole", rf"[全我本](?:街道|[省市县区州旗盟镇乡街])(?:{_BODIES}[、和及]?)*"),
    ("stop", r"[。！？!?]"),
    ("break", r"[，,；;：:()\[\]【】…]"),
    ("and", "以及|[、和与及或]"),
    ("blank", "[\\s\u3000“”\"'‘’]+"),
    ("filler", _FILLERS),
)
"""The kinds of tokens in the order in which they are tried; the words of the form come before all of them."""


def parse_count(written: str) -> int | None:
    """Parse a count in digits, or in Chinese numerals below ten thousand; return `None` if they are not a number."""
    return parse_numeral(written) if written[0] in NUMERALS else int(written.replace(",", ""))


# -- clauses -------------------------------------------------------------------------------------------

ClauseEnd = Literal["stop", "break", "and"]


@frozen
class Token:
    """A word of a known kind, or a stretch of text of the kind `unknown`."""

    kind: str
    text: str
    start: int
    end: int
    topics: tuple[Referent, ...] = ()
    """The topics that a word of the form names; a document is one topic for each action."""

    @property
    def year(self) -> int | None:
        """The year written in the token, if any."""
        found = re.search(r"20\d\d", self.text)
        return int(found[0]) if found else None


@frozen
class Clause:
    """The tokens between two punctuation marks, and the kind of the mark that follows."""

    tokens: tuple[Token, ...]
    ended_by: ClauseEnd

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its tokens."""
        return frozenset(token.kind for token in self.tokens)

    @property
    def text(self) -> str:
        """The text of its tokens, without blanks."""
        return "".join(token.text for token in self.tokens)

    def tokens_of(self, *kinds: str) -> list[Token]:
        """Return its tokens of these kinds."""
        return [token for token in self.tokens if token.kind in kinds]


@frozen
class TokenizedParagraph:
    """The clauses of a paragraph, and the position of each of its characters in the text."""

    clauses: tuple[Clause, ...]
    places: tuple[int, ...]


def paragraphs(cls: type, text: str) -> Iterator[TokenizedParagraph]:
    """Yield the paragraphs of a text in a report of this class that may refer to the tables."""
    plain = half_width(text)
    for start, end in _paragraph_spans(plain):
        places = printed_places(plain, start, end)
        paragraph = "".join([plain[place] for place in places])
        if _subject_pattern(cls).search(paragraph):
            yield TokenizedParagraph(tuple(_clauses(cls, paragraph)), tuple(places))


@per_class
def _topics_by_word(cls: type) -> dict[str, tuple[Referent, ...]]:
    """Return the topics of each word of the form, under all the ways in which the word is written."""
    found: dict[str, tuple[Referent, ...]] = {}
    for topic in referents(cls).named:
        for word in _variants(topic):
            found[word] = (*found.get(word, ()), topic)
    return found


def _variants(topic: Referent) -> Iterator[str]:
    """Yield the word itself, what texts say for it, with other conjunctions, and of a document without 行政."""
    yield topic.word
    yield from SAID_AS.get(topic.word, ())
    if "或" in topic.word:
        yield from (topic.word.replace("或", conjunction) for conjunction in "和及、")
    if topic.kind == "document" and topic.word.startswith("行政"):
        yield topic.word.removeprefix("行政")


@per_class
def _token_pattern(cls: type) -> re.Pattern[str]:
    """Compile a pattern of all known words, the longest words of the form first."""
    actions = {topic.action for topic in referents(cls).named} - {""}
    kinds = [("topic", _alternatives(_topics_by_word(cls))), ("action", _alternatives(actions)), *_TOKEN_PATTERNS]
    return re.compile("|".join(f"(?P<{kind}_>{words})" for kind, words in kinds))


_SUBJECTS = ("case", "document", "decision")


@per_class
def _subject_pattern(cls: type) -> re.Pattern[str]:
    """Compile a pattern of subjects (requests, cases, documents): most paragraphs have none, and are not read."""
    topics_by_word = _topics_by_word(cls).items()
    return re.compile(_alternatives({"申请", *(word for word, named in topics_by_word if named[0].kind in _SUBJECTS)}))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _tokens(cls: type, text: str) -> Iterator[Token]:
    reached = 0
    for match in _token_pattern(cls).finditer(text):
        if match.start() > reached:
            yield Token("unknown", text[reached : match.start()], reached, match.start())
        reached = match.end()
        if match.lastgroup != "blank_":
            kind, named = str(match.lastgroup)[:-1], _topics_by_word(cls).get(match[0], ())
            yield Token(kind, match[0], match.start(), reached, named)
    if reached < len(text):
        yield Token("unknown", text[reached:], reached, len(text))


COUNT_KINDS = ("number", "percent")


def _clauses(cls: type, text: str) -> Iterator[Clause]:
    """Yield the clauses of a paragraph. A conjunction ends a clause only after a number: 甲、乙共三件 is one clause."""
    tokens: list[Token] = []
    counted = False
    for token in _tokens(cls, text):
        if token.kind in ("stop", "break") or (token.kind == "and" and counted):
            yield Clause(tuple(tokens), cast("ClauseEnd", token.kind))
            tokens, counted = [], False
        else:
            tokens.append(token)
            counted |= token.kind in COUNT_KINDS
    yield Clause(tuple(tokens), "stop")


_PARAGRAPH_END = re.compile(r"(?<=[。；！？;!?])[ \t\u3000]*\n|\n[ \t\u3000]*\n")


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph. A line that breaks off without a mark continues in the next one."""
    start = 0
    for match in _PARAGRAPH_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
