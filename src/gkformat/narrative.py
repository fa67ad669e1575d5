"""What the narrative of a report states in numbers, held against nothing yet: sentences in, claims out.

The grammar is small and strict. A clause is understood only if every word of it is known; a clause of which a single
word is not known says nothing. So other kinds of applications, letters, posts, channels, estimates and comparisons
fall silent by themselves. Where a number has several lawful meanings the claim carries them all.

What is known of the language stands in the tables below; the words of the form itself come from its declaration.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import chain, combinations
from typing import Literal, cast

from attrs import define, evolve, frozen

from gkformat.address import Address
from gkformat.outline import per_class
from gkformat.topics import Kind, Reading, Topic, Topics, other_rows, topics

LONGEST = 100_000
"""Of a text only so many characters are read, so that a hostile one takes no longer than a long report."""


@frozen
class Meaning:
    """What a number may count: it is found at `at`, and any of the readings is lawful, the likeliest first.

    `share_of` is what a percentage that follows may be a share of. With `at_most` a reading is a bound: what counts as
    an answer is left open, but there are no more of them.
    """

    at: Address
    readings: tuple[Reading, ...]
    share_of: tuple[Reading, ...] = ()
    at_most: bool = False


@frozen
class Claim:
    """A number that the text states in the words from `start` to `end`: a count, or a percentage of the same."""

    start: int
    end: int
    number: int | Decimal
    meaning: Meaning
    is_share: bool = False

    def agrees(self, number: int | Decimal) -> bool:
        """Whether the table says the same; of a percentage, in as many decimals, rounded or cut off."""
        if not self.is_share:
            return self.number <= number if self.meaning.at_most else self.number == number
        return abs(Decimal(number) - self.number) < Decimal(1).scaleb(-self.decimals)

    @property
    def decimals(self) -> int:
        """How many decimals are written."""
        return len(str(self.number).partition(".")[2])


def claims(cls: type, text: str, *, agency: str, year: int) -> Iterator[Claim]:
    """The claims of a text that belongs to a report of this class, in the order of the text.

    The agency and the year tell whose numbers a sentence gives: those of another body or year are passed over.
    """
    plain = text[:LONGEST].translate(_HALF_WIDTH)
    for start, end in _paragraphs(plain):
        places = _printed(plain, start, end)
        clauses = list(_clauses(cls, "".join(plain[place] for place in places)))
        for claim in _Paragraph(topics(cls), _named(cls), _Body(agency), year, _spoken(cls, clauses)).read(clauses):
            yield evolve(claim, start=places[claim.start], end=places[claim.end - 1] + 1)


# -- the language --------------------------------------------------------------------------------------

_HALF_WIDTH = {ord(full): ord(full) - 0xFEE0 for full in "０１２３４５６７８９．％（）［］"}
"""One character for one, so that places stay what they are. The full-width comma stays punctuation."""

_INFORMATION = r"(?:政府|政务)?信息"
_REQUEST = (
    rf"(?:申请)?公开{_INFORMATION}的?申请|{_INFORMATION}依?申请公开(?:件|事项|信息|申请)*"
    rf"|{_INFORMATION}公开(?:依)?申请(?:件|事项|书|总数|数量)*"
    rf"|依申请公开(?:的?{_INFORMATION}(?:公开)?)?(?:申请|请求|办理)*(?:件|事项|数量|总数)*"
)
_BECAUSE = (
    rf"因(?:依申请公开|(?:依申请)?{_INFORMATION}公开)(?:工作|申请)?(?:问题)?(?:而|所)?(?:引起|引发|产生|导致)?的?"
    rf"|{_INFORMATION}公开(?:工作|申请)?(?:引起|引发|产生)的?|{_INFORMATION}公开类|涉及?{_INFORMATION}公开的?"
    rf"|{_INFORMATION}公开(?:工作)?(?:方面)?的?(?=共|有|发生|行政复议|行政诉讼)"
)
_PAST = r"(?:上一?年度?|去年|20\d\d年度?)"
_NEXT = r"(?:下一?年度?|次年|20\d\d年度?)"
_TASK = r"(?:继续)?(?:办理|处理|答复)?"

_NUMERALS = "零〇一二两三四五六七八九十百千"
_BODIES = "各?(?:级|职能|有关|相关)?(?:行政机关|部门|镇街|街镇|乡镇|街道|单位|板块|县区)"
_FILLERS = (
    "共计|合计|总共|一共|共有|共|的|为|是|了|已|都|全部|按时|按期|及时|依法|依规|按照?规定|在?法定(?:期限|时限)内"
    "|予以|申请人|申请|情况|情形|数量?|案件|件|提出|属于|另有|另|有|含|包括|其余|目前|同时|任何|案|等|而|除[去了]?|外|在"
    "|完成|举报|投诉|方面|[一二三四五六七八九](?=[)、])"
)

_LANGUAGE = (
    ("compared", r"(?:同?比|较|与)(?:上一?年度?|去年|20\d\d年度?)(?:同期)?|同比"),
    ("carried", rf"(?:结转|转|顺延)(?:至|到|入|在)?{_NEXT}{_TASK}|下一?年度?结转{_TASK}"),
    ("brought", rf"{_PAST}的?结转(?:到本年度?|至本年度?|而来|过来)?的?(?:办理)?|结转{_PAST}(?:办理)?"),
    ("because", _BECAUSE),
    ("request", _REQUEST),
    ("applied", "公民、?法人(?:和|或|及|或者)其[他它]组织|社会公众|公众|群众|公民"),
    ("newly", "新(?:收到?|接收|受理)"),
    ("received", "收到|接收到?|接到|受理|收办"),
    ("done", "办结|办理完[毕成]|办复"),
    ("answered", "答复|回复"),
    ("either", "办理|处理"),
    ("lodged", "被?申请(?=行政复议)|被(?=行政)|被?提起|发生|出现|引发|引起"),
    ("disputes", "行政争议|行政纠纷"),
    ("made", "制定"),
    ("no", "未曾|从未|均未|也未|暂未|尚未|暂无|没有|未|无"),
    ("each", "均为|各为|均|各|分别为"),
    ("among", "其中"),
    ("date", r"截[至止]到?20\d\d年(?:12月)?(?:31日|底|末)?|截[至止]到?12月(?:31日|底|末)"),
    ("year", r"20\d\d年度?|本年度?|今年|全年(?:累计)?|年内"),
    (
        "number",
        rf"(?<![\d.第{_NUMERALS}])(?<!\d[,，])(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}}|[{_NUMERALS}]{{1,9}})[件宗起份条例]",
    ),
    ("percent", r"(?<![\d.])\d{1,3}(?:\.\d{1,4})?%"),
    ("share", "占比|占"),
    (
        "channel",
        "(?:信函|信件|来信|网络|网上|网站|当面|现场|邮寄|传真|电子邮件|邮箱|在线|线上|线下|书面|窗口|平台)+(?:方式)?",
    ),
    ("ours", "我(?:局|办|委|厅|署|院|站|队|中心|单位|机关|部门)|本(?:局|办|委|厅|中心|单位|机关|部门)"),
    ("whole", rf"[全我本](?:街道|[省市县区州旗盟镇乡街])(?:{_BODIES}[、和及]?)*"),
    ("stop", r"[。！？!?]"),
    ("break", r"[，,；;：:()\[\]【】…]"),
    ("and", "以及|[、和与及或]"),
    ("blank", "[\\s\u3000“”\"'‘’]+"),
    ("filler", _FILLERS),
)
"""The kinds of words, in the order in which they are looked for; the words of the form come before all of them."""

_ANOTHER_BODY = re.compile(
    r"本级|[省市县区州]直|各[省市县区州旗镇乡街部单科分]|乡镇|镇街|(?:[省市县区州旗镇乡]|人民)政府(?!信息|网|门户|公报|工作|令)"
    r"|(?:[\u4e00-\u9fff]{2}办|[\u4e00-\u9fff]办公)[室厅]|[\u4e00-\u9fff]{2}[局厅]|管委会"
)
_ANOTHER_TIME = re.compile(r"20\d\d年|[上下]半年|季度|上一?年|去年|\d月(?!3[01]日)|以来")
_HEADING = 12
"""A sentence so short that says nothing is a heading: its scope reaches to the end of the paragraph."""

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def _number(written: str) -> int | None:
    """A count in digits, or in Chinese numerals below ten thousand; `None` where they are no number."""
    if written[0] not in _NUMERALS:
        return int(written.replace(",", ""))
    total, digit = 0, None
    for character in written:
        if character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)


# -- words ---------------------------------------------------------------------------------------------

End = Literal["stop", "break", "and"]


@frozen
class _Token:
    """A word of a known kind, or a stretch of text that is of the kind `unknown`."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def year(self) -> int | None:
        found = re.search(r"20\d\d", self.text)
        return int(found[0]) if found else None


@frozen
class _Clause:
    """The words between two marks, and the mark that follows."""

    tokens: tuple[_Token, ...]
    ends: End

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self.tokens)

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)

    def of(self, *kinds: str) -> list[_Token]:
        return [token for token in self.tokens if token.kind in kinds]


@per_class
def _named(cls: type) -> dict[str, tuple[Topic, ...]]:
    """What the words of the form name, in all the ways in which they are written."""
    named: dict[str, tuple[Topic, ...]] = {}
    for topic in topics(cls).named:
        for word in _variants(topic):
            named[word] = (*named.get(word, ()), topic)
    return named


def _variants(topic: Topic) -> Iterator[str]:
    """A word, with another conjunction, and of a document without its first two characters (行政) where they are."""
    yield topic.word
    if "或" in topic.word:
        yield from (topic.word.replace("或", conjunction) for conjunction in "和及、")
    if topic.kind == "document" and topic.word.startswith("行政"):
        yield topic.word.removeprefix("行政")


@per_class
def _words(cls: type) -> re.Pattern[str]:
    """Every word that is known, the longest words of the form first."""
    acts = {topic.act for topic in topics(cls).named} - {""}
    kinds = [("topic", _any(_named(cls))), ("act", _any(acts)), *_LANGUAGE]
    return re.compile("|".join(f"(?P<{kind}_>{words})" for kind, words in kinds))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[_Token]:
    reached = 0
    for match in pattern.finditer(text):
        if match.start() > reached:
            yield _Token("unknown", text[reached : match.start()], reached, match.start())
        reached = match.end()
        if match.lastgroup != "blank_":
            yield _Token(str(match.lastgroup)[:-1], match[0], match.start(), reached)
    if reached < len(text):
        yield _Token("unknown", text[reached:], reached, len(text))


_COUNTS = ("number", "percent")


def _clauses(cls: type, text: str) -> Iterator[_Clause]:
    """The clauses of a paragraph. A conjunction ends a clause only after its number: 甲、乙共三件 is one clause."""
    tokens: list[_Token] = []
    counted = False
    for token in _tokens(_words(cls), text):
        if token.kind in ("stop", "break") or (token.kind == "and" and counted):
            yield _Clause(tuple(tokens), cast("End", token.kind))
            tokens, counted = [], False
        else:
            tokens.append(token)
            counted |= token.kind in _COUNTS
    yield _Clause(tuple(tokens), "stop")


def _spoken(cls: type, clauses: Iterable[_Clause]) -> frozenset[Address]:
    """The outcomes that the clauses name."""
    words = {token.text for clause in clauses for token in clause.of("topic")}
    return frozenset(topic.at for word in words for topic in _named(cls)[word])


_PARAGRAPH_END = re.compile(r"(?<=[。；！？;!?])[ \t\u3000]*\n|\n[ \t\u3000]*\n")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end. A line that breaks off without a mark goes on in the next one."""
    start = 0
    for match in _PARAGRAPH_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _printed(text: str, start: int, end: int) -> list[int]:
    """The places of what is printed in a paragraph: blanks and line breaks may stand anywhere in a word.

    Only between two digits a blank stays: what stands on both sides of it is no number.
    """
    places: list[int] = []
    for match in _STRETCH.finditer(text, start, end):
        if places and match.start() > places[-1] + 1 and text[places[-1]].isdigit() and match[0][0].isdigit():
            places.append(match.start() - 1)
        places += range(match.start(), match.end())
    return places


_STRETCH = re.compile(r"\S+")


# -- whose numbers -------------------------------------------------------------------------------------


@frozen
class _Body:
    """The agency of the report, as sentences name it."""

    agency: str

    @property
    def place(self) -> str:
        """The place that the agency governs, empty for an office, a bureau, or an agency that is not known."""
        place = re.sub(r"(?:人民政府|政府|管委会|管理委员会|办事处)$", "", self.agency)
        return place if re.search(r"(?:[省市县区州旗盟镇乡]|街道)$", place) else ""

    def governs(self, kind: str) -> bool:
        """Whether all of the 市, the 县 … is what the report covers."""
        return bool(self.place) and self.place.endswith("街道" if kind == "街" else kind)

    def is_named(self, words: str) -> bool:
        """Whether words name the agency, in full or by their end: 市公安局.

        A government is never named so safely: its own number and that of its region are two.
        """
        short = self.agency.replace("人民政府", "政府")
        return not self.place and len(words) >= _NAME and (self.agency.endswith(words) or short.endswith(words))


_NAME = 3


# -- reading -------------------------------------------------------------------------------------------

_IDLE = frozenset(("unknown", "filler", "year", "date", "ours", "whole", "and", "among", "applied"))
_TIMED = ("compared", "brought", "carried")
"""Words that name another year and do not turn to it."""

_VERBS = frozenset(("newly", "received", "done", "answered", "either"))
_ARRIVING = frozenset(("newly", "received"))


@define
class _Paragraph:
    """A paragraph on its way: what the clauses so far allow the next one to mean."""

    form: Topics
    named: dict[str, tuple[Topic, ...]]
    body: _Body
    year: int
    spoken: frozenset[Address]
    """The outcomes that the paragraph names anywhere."""
    about_requests: bool = False
    """Whether the last count that was understood belongs to requests for information."""
    because: bool = False
    """Whether the sentence says that it speaks of cases about information."""
    of_region: bool = False
    """Whether the sentence says that it speaks of the whole region."""
    muted: bool = False
    """Whether nothing is read up to the end of the sentence."""
    elsewhere: bool = False
    """Whether the sentence turns to another body or another year."""
    of_another_year: bool = False
    """Whether the year that was named last is another one."""
    below_heading: bool = False
    """Whether a heading turned to another body."""
    partial: bool = False
    """Whether what was counted last is a part, or was not understood: 其中 then leads to parts of that part."""
    last: Claim | None = None
    """The claim of the clause before, of which a percentage may follow."""
    length: int = 0
    """The characters of the sentence so far."""

    def read(self, clauses: Iterable[_Clause]) -> Iterator[Claim]:
        """The claims of the clauses, one after the other."""
        for clause in clauses:
            if clause.tokens:
                self.length += len(clause.text)
                last, self.last = self.last, None
                for claim in self._clause(clause, last):
                    yield claim
                    self.last = claim
            if clause.ends == "stop":
                self._end_sentence()

    def _end_sentence(self) -> None:
        """A heading that turns to another body is the only thing that reaches into the next sentence, beside a year."""
        self.below_heading |= self.elsewhere and self.length <= _HEADING
        self.muted = self.below_heading
        self.elsewhere = self.because = self.of_region = False
        self.length = 0

    def _clause(self, clause: _Clause, last: Claim | None) -> Iterator[Claim]:
        strange = [token for token in clause.of("unknown") if not self.body.is_named(token.text)]
        self._look_around(clause, strange=bool(strange))
        counts = clause.of(*_COUNTS)
        if strange or self.muted or len(counts) > 1:
            self._pass_over(clause)
        elif counts:
            yield from self._count(clause, counts[0], last)
        elif clause.of("no"):
            yield from self._none(clause)
        elif clause.of("topic"):
            self.muted = True  # what is begun here goes on in the next clause: 被申请行政复议，提起行政诉讼共三件

    def _look_around(self, clause: _Clause, *, strange: bool) -> None:
        """Whether the clause turns to another body or another year, or to a part of what is not known."""
        years = [token.year for token in clause.of("year", "date") if token.year]
        if years:
            self.of_another_year = years[-1] != self.year
        past = {token.year for token in clause.of("brought")} - {None, self.year - 1}
        coming = {token.year for token in clause.of("carried")} - {None, self.year + 1}
        regions = [token.text[1:3] if token.text[1:3] == "街道" else token.text[1] for token in clause.of("whole")]
        self.because |= bool(clause.of("because"))
        self.of_region |= bool(regions)
        self.elsewhere |= (
            bool(past or coming or set(years) - {self.year})
            or not all(map(self.body.governs, regions))
            or bool(clause.of("ours") and self.body.place)
            or (
                strange and self._turns_away("".join(token.text for token in clause.tokens if token.kind not in _TIMED))
            )
        )
        self.muted |= self.elsewhere or self.of_another_year or bool(clause.of("among") and self.partial)

    def _turns_away(self, text: str) -> bool:
        """Whether a clause that is not understood names another body or another time."""
        bodies = (found[0] for found in _ANOTHER_BODY.finditer(text))
        times = (found[0] for found in _ANOTHER_TIME.finditer(text))
        return any(self.body.place or name not in self.body.agency for name in bodies) or any(
            time != f"{self.year}年" for time in times
        )

    def _pass_over(self, clause: _Clause) -> None:
        """A clause that is not understood: what it counts is unknown, and so is the list that it may begin."""
        if clause.of("number") or any(re.search(r"\d", token.text) for token in clause.of("unknown")):
            self.partial, self.about_requests = True, False
        self.muted |= bool(clause.of("topic"))

    # -- clauses with a number -------------------------------------------------------------------------

    def _count(self, clause: _Clause, counted: _Token, last: Claim | None) -> Iterator[Claim]:
        kinds = clause.kinds - _IDLE - {counted.kind}
        if counted.kind == "percent":
            if last and last.meaning.share_of and kinds <= {"share"}:
                yield _claim(clause, Decimal(counted.text[:-1]), last.meaning, is_share=True)
        elif (number := _number(counted.text[:-1])) is not None:
            yield from (_claim(clause, number, meaning) for meaning in self._meanings(clause, kinds))

    def _meanings(self, clause: _Clause, kinds: frozenset[str]) -> Sequence[Meaning]:
        """What a number counts; each of several things, where the clause says so."""
        if clause.of("topic"):
            found = self._of_topics(clause, kinds)
        elif kinds & {"brought", "carried"}:
            found = self._forwarded(kinds)
        else:
            found = self._of_requests(kinds)
        if found is None:
            self._pass_over(clause)
        return found or ()

    def _of_requests(self, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Requests received or handled. A number without a verb is understood and says nothing."""
        if "channel" in kinds and kinds <= {"channel", "request", "received", "either"}:
            self.partial = True
            return ()
        if "disputes" in kinds and kinds <= {"disputes", "because", "lodged"}:
            self.partial = False
            return ()
        verbs = kinds & _VERBS
        if kinds - verbs - {"request"} or ("request" not in kinds and (verbs & _ARRIVING or not self.about_requests)):
            return None
        self.about_requests, self.partial = True, False
        if not verbs:
            return ()
        readings = tuple(dict.fromkeys(self._readings(verbs)))
        return [Meaning(readings[0].plus[0], readings, at_most="answered" in verbs)]

    def _readings(self, verbs: AbstractSet[str]) -> Iterator[Reading]:
        """What a number of requests may be, by what is said to have been done with them, the likeliest first."""
        balance = self.form.balance
        newly, brought, handled, carried = map(
            balance.cell, (balance.newly, balance.brought, balance.handled, balance.carried)
        )
        if "answered" in verbs:
            yield Reading((handled,))
        if "done" in verbs:
            yield Reading((handled,))
            yield Reading((newly,), (carried,))  # of those newly received
            *_, not_processed, otherwise = self.form.groups  # which are no answers
            for left_out in ((not_processed,), (otherwise,), (not_processed, otherwise)):
                yield Reading((handled,), tuple(chain.from_iterable(group.cells for group in left_out)))
        if verbs & {"newly", "received", "either"}:
            yield Reading((newly,))
        if verbs & {"received", "either"}:
            yield Reading((newly, brought))
        if "either" in verbs:
            yield Reading((handled,))

    def _forwarded(self, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        balance = self.form.balance
        row = balance.brought if "brought" in kinds else balance.carried
        if {"brought", "carried"} <= kinds or kinds - {"brought", "carried", "request", "either"}:
            return None
        if "request" not in kinds and not self.about_requests:
            return None
        return [Meaning(balance.cell(row), (Reading((balance.cell(row),)),))]

    def _of_topics(self, clause: _Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        words = [self.named[token.text] for token in clause.of("topic")]
        if len(clause.of("and")) < len(words) - 1:
            return None  # one word that qualifies another: 保护第三方合法权益不予公开
        match _only(topic.kind for word in words for topic in word):
            case "outcome" if self.about_requests and kinds <= {"topic", "done", "answered", "either"}:
                return [self._outcomes([topic for (topic,) in words])]
            case "applicant" if self.about_requests and kinds == {"topic"} and len(words) == 1:
                self.partial = True
                return [self._applicant(words[0][0])]
            case "case" if (self.because or self.about_requests) and kinds <= {"topic", "because", "lodged", "each"}:
                self.partial = True
                return _cases([topic for (topic,) in words], each="each" in kinds)
            case "document" if len(words) == 1:
                self.partial = True
                return self._documents(clause, kinds)
            case _:
                return None

    def _outcomes(self, named: Sequence[Topic]) -> Meaning:
        """One outcome, or several in one number. What the paragraph does not name may be counted in with them."""
        silent = [group for group in self.form.groups if group.at not in self.spoken]
        readings = [
            Reading(tuple(chain.from_iterable(topic.cells for topic in (*named, *more))))
            for size in range(len(silent) + 1)
            for more in combinations(silent, size)
        ]
        share_of = tuple(dict.fromkeys(self._readings({"done", "received"})))
        return Meaning(named[0].at, tuple(readings), share_of)

    def _applicant(self, topic: Topic) -> Meaning:
        balance = self.form.balance
        newly, brought, handled = (
            other_rows(topic, balance, row) for row in (balance.newly, balance.brought, balance.handled)
        )
        return Meaning(topic.at, (Reading(newly), Reading((*newly, *brought)), Reading(handled)))

    def _documents(self, clause: _Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """A government's own documents and those of its region are two: it must say that it speaks of the region."""
        if kinds - {"topic", "act", "made"} or (self.body.place and not self.of_region):
            return None
        acts = clause.of("act", "made")
        topics_ = [
            topic
            for token in clause.of("topic")
            for place, topic in enumerate(self.named[token.text])
            if len(acts) == 1 and (acts[0].text == topic.act or (acts[0].kind == "made" and place == 0))
        ]
        return [Meaning(topic.at, (Reading(topic.cells),)) for topic in topics_] or None

    # -- clauses that say that there was none -----------------------------------------------------------

    def _none(self, clause: _Clause) -> Iterator[Claim]:
        kinds = clause.kinds - _IDLE - {"no"}
        if len(clause.of("no")) == 1:
            yield from (_claim(clause, 0, meaning) for meaning in self._absent(clause, kinds) or ())

    def _absent(self, clause: _Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        words = [self.named[token.text] for token in clause.of("topic")]
        balance = self.form.balance
        match _only(topic.kind for word in words for topic in word):
            case "case" if (self.because or self.about_requests) and kinds <= {"topic", "because", "lodged"}:
                return _cases([topic for (topic,) in words], each=True)
            case "document":
                return self._documents(clause, kinds)
            case "" if not words and kinds & {"brought", "carried"}:
                return self._forwarded(kinds)
            case "" if not words and "request" in kinds and kinds & _ARRIVING and kinds <= _ARRIVING | {"request"}:
                self.about_requests = True
                return [Meaning(balance.cell(balance.newly), (Reading((balance.cell(balance.newly),)),))]
            case _:
                return None


def _only(kinds: Iterable[Kind]) -> str:
    """The one kind that all are of; empty where there is none, or more than one."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else ""


def _cases(named: Sequence[Topic], *, each: bool) -> Sequence[Meaning]:
    """Cases in one number, or each with the same. A kind with kinds inside may be meant as any of these."""
    if each:
        return [meaning for topic in named for meaning in _cases([topic], each=False)]
    cells = tuple(dict.fromkeys(chain.from_iterable(topic.cells for topic in named)))
    parts = cells if len(named) == 1 and len(cells) > 1 else ()
    return [Meaning(named[0].at, (Reading(cells), *(Reading((cell,)) for cell in parts)))]


def _claim(clause: _Clause, number: int | Decimal, meaning: Meaning, *, is_share: bool = False) -> Claim:
    return Claim(clause.tokens[0].start, clause.tokens[-1].end, number, meaning, is_share)
