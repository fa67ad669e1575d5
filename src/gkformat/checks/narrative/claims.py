"""What the narrative of a report states in numbers, held against nothing yet: sentences in, claims out.

The grammar is small and strict. A clause is understood only if every word of it is known; a clause of which a single
word is not known says nothing. So other kinds of applications, letters, posts, estimates and comparisons fall silent
by themselves. Where a number has several lawful meanings the claim carries them all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import define, evolve

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.checks.narrative.lexer import COUNTS, Clause, Token, number_of, passages
from gkformat.checks.narrative.readings import Meaning, of_applicant, of_cases, of_outcomes, of_requests, of_row
from gkformat.checks.narrative.vocabulary import Kind, Sum, Topic, Topics, topics


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
    for passage in passages(cls, text):
        words = (token for clause in passage.clauses for token in clause.tokens)
        spoken = frozenset(topic.at for word in words for topic in word.names)
        for claim in _Paragraph(topics(cls), _Body(agency), year, spoken).read(passage.clauses):
            start, end = passage.places[claim.start], passage.places[claim.end - 1] + 1
            yield evolve(claim, start=start, end=end)


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
        return not self.place and len(words) >= _NAME and any(name.endswith(words) for name in self.names)

    def has(self, words: str) -> bool:
        """Whether words are a part of its name, so that they may stand for it; never of a government."""
        return not self.place and any(words in name for name in self.names)

    @property
    def names(self) -> tuple[str, str]:
        """The name in full, and as it is shortened."""
        return self.agency, self.agency.replace("人民政府", "政府")


_NAME = 3
"""So long a part of a name is no longer just any office."""

_HAN = r"[^\W\d_a-zA-Z]"
"""A Chinese character, or one that no Chinese text has: to compile a range of thousands takes long."""

_ANOTHER_BODY = re.compile(
    r"本级|[省市县区州]直|各[省市县区州旗镇乡街部单科分]|乡镇|镇街|(?:[省市县区州旗镇乡]|人民)政府(?!信息|网|门户|公报|工作|令)"
    rf"|(?:{_HAN}{{2}}办|{_HAN}办公)[室厅]|{_HAN}{{2}}[局厅]|管委会"
)
_OFFICE = re.compile(rf"本级|办公[室厅]|[府委]办|{_HAN}{{2}}[局厅]")
_ANOTHER_TIME = re.compile(r"20\d\d年|[上下]半年|季度|上一?年|去年|\d月(?!3[01]日)|以来")
_HEADING = 12
"""A sentence so short is a heading: what it says of another body holds to the end of the paragraph."""


# -- reading -------------------------------------------------------------------------------------------

_IDLE = frozenset(("unknown", "filler", "year", "date", "ours", "whole", "and", "among", "applied"))
_TIMED = ("compared", "brought", "carried")
"""Words that name another year and do not turn to it."""

_VERBS = frozenset(("newly", "received", "done", "answered", "either"))
_ARRIVING = frozenset(("newly", "received"))


@define(eq=False)
class _Paragraph:
    """A paragraph on its way: what the clauses so far allow the next one to mean."""

    form: Topics
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
    of_office: bool = False
    """Whether the sentence of a government names one of its offices."""
    muted: bool = False
    """Whether nothing is read up to the end of the sentence."""
    elsewhere: bool = False
    """Whether the sentence turns to another body or another year."""
    of_another_year: bool = False
    """Whether the year that was named last is another one."""
    of_another_body: bool = False
    """Whether an earlier sentence turned to another body: a heading, or one that names an office of the government."""
    partial: bool = False
    """Whether what was counted last is a part, or was not understood: 其中 then leads to parts of that part."""
    last: Claim | None = None
    """The claim of the clause before, of which a percentage may follow."""
    length: int = 0
    """The characters of the sentence so far."""

    def read(self, clauses: Iterable[Clause]) -> Iterator[Claim]:
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
        """What was said of another body in a heading, and of an office of the government anywhere, holds on."""
        self.of_another_body |= self.elsewhere and (self.length <= _HEADING or self.of_office)
        self.muted = self.elsewhere = self.because = self.of_region = self.of_office = False
        self.length = 0

    def _clause(self, clause: Clause, last: Claim | None) -> Iterator[Claim]:
        strange = [token for token in clause.of("unknown") if not self.body.is_named(token.text)]
        self._look_around(clause, strange=bool(strange))
        counts = clause.of(*COUNTS)
        if strange or self.muted or self.of_another_body or len(counts) > 1:
            self._pass_over(clause)
        elif counts:
            yield from self._count(clause, counts[0], last)
        elif clause.of("no"):
            yield from self._none(clause)
        else:
            self.muted |= _begins_a_list(clause)

    def _look_around(self, clause: Clause, *, strange: bool) -> None:
        """Whether the clause turns to another body or another year, or to a part of what is not known."""
        years = [token.year for token in clause.of("year", "date") if token.year]
        if years:
            self.of_another_year = years[-1] != self.year
        past = {token.year for token in clause.of("brought")} - {None, self.year - 1}
        coming = {token.year for token in clause.of("carried")} - {None, self.year + 1}
        regions = [token.text[1:3] if token.text[1:3] == "街道" else token.text[1] for token in clause.of("whole")]
        self.because |= bool(clause.of("because"))
        self.of_region |= bool(regions)
        self.of_another_body &= not (regions and all(map(self.body.governs, regions)))
        self.elsewhere |= (
            bool(past or coming or set(years) - {self.year})
            or not all(map(self.body.governs, regions))
            or bool(clause.of("ours") and self.body.place)
            or (strange and self._turns_away(clause))
        )
        self.muted |= self.elsewhere or self.of_another_year or bool(clause.of("among") and self.partial)

    def _turns_away(self, clause: Clause) -> bool:
        """Whether a clause that is not understood names another body or another time."""
        text = "".join(token.text for token in clause.tokens if token.kind not in _TIMED)
        self.of_office |= bool(self.body.place and _OFFICE.search(text))
        return any(not self.body.has(found[0]) for found in _ANOTHER_BODY.finditer(text)) or any(
            found[0] != f"{self.year}年" for found in _ANOTHER_TIME.finditer(text)
        )

    def _pass_over(self, clause: Clause) -> None:
        """A clause that is not understood: what it counts is unknown, and so is the list that it may begin."""
        if clause.of("number") or any(re.search(r"\d", token.text) for token in clause.of("unknown")):
            self.partial, self.about_requests = True, False
        self.muted |= _begins_a_list(clause)

    # -- clauses with a number -------------------------------------------------------------------------

    def _count(self, clause: Clause, counted: Token, last: Claim | None) -> Iterator[Claim]:
        kinds = clause.kinds - _IDLE - {counted.kind}
        if counted.kind == "percent":
            if last and last.meaning.share_of and kinds <= {"share"}:
                yield _claim(clause, Decimal(counted.text[:-1]), last.meaning, is_share=True)
        elif (number := number_of(counted.text[:-1])) is not None:
            meanings = self._meanings(clause, kinds)
            if meanings is None:
                self._pass_over(clause)
            yield from (_claim(clause, number, meaning) for meaning in meanings or ())

    def _meanings(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """What a number counts, each of several things where the clause says so; `None` where it is not understood."""
        if clause.of("topic"):
            return self._of_topics(clause, kinds)
        if kinds & {"brought", "carried"}:
            return self._forwarded(kinds)
        return self._of_requests(kinds)

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
        return [of_requests(self.form, verbs)] if verbs else ()

    def _forwarded(self, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Requests brought or carried forward."""
        if {"brought", "carried"} <= kinds or kinds - {"brought", "carried", "request", "either"}:
            return None
        if "request" not in kinds and not self.about_requests:
            return None
        balance = self.form.balance
        return [of_row(balance, balance.brought if "brought" in kinds else balance.carried)]

    def _of_topics(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """What the words of the form name, alone or joined by a conjunction."""
        words = [token.names for token in clause.of("topic")]
        if len(clause.of("and")) < len(words) - 1:
            return None  # one word that qualifies another: 保护第三方合法权益不予公开
        first = [names[0] for names in words]
        match _only(topic.kind for topic in first):
            case "outcome" if self.about_requests and kinds <= {"topic", "done", "answered", "either"}:
                return [of_outcomes(self.form, first, self.spoken)]
            case "applicant" if self.about_requests and kinds == {"topic"} and len(words) == 1:
                self.partial = True
                return [of_applicant(self.form.balance, first[0])]
            case "case" if (self.because or self.about_requests) and kinds <= {"topic", "because", "lodged", "each"}:
                self.partial = True
                return of_cases(first, each="each" in kinds)
            case "document" if len(words) == 1:
                self.partial = True
                return self._documents(clause, kinds)
            case _:
                return None

    def _documents(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """A government's own documents and those of its region are two: it must say that it speaks of the region."""
        acts = clause.of("act", "made")
        if kinds - {"topic", "act", "made"} or len(acts) != 1 or (self.body.place and not self.of_region):
            return None
        done = [_done(token.names, acts[0]) for token in clause.of("topic")]
        return [Meaning(topic.at, (Sum(topic.cells),)) for topic in done]

    # -- clauses that say that there was none -----------------------------------------------------------

    def _none(self, clause: Clause) -> Iterator[Claim]:
        if len(clause.of("no")) == 1:
            yield from (_claim(clause, 0, meaning) for meaning in self._absent(clause) or ())

    def _absent(self, clause: Clause) -> Sequence[Meaning] | None:
        """What is said not to have been."""
        kinds = clause.kinds - _IDLE - {"no"}
        named = [token.names[0] for token in clause.of("topic")]
        match _only(topic.kind for topic in named):
            case "case" if (self.because or self.about_requests) and kinds <= {"topic", "because", "lodged"}:
                return of_cases(named, each=True)
            case "document":
                return self._documents(clause, kinds)
            case "" if not named and kinds & {"brought", "carried"}:
                return self._forwarded(kinds)
            case "" if not named and "request" in kinds and kinds & _ARRIVING and kinds <= _ARRIVING | {"request"}:
                self.about_requests = True
                return [of_requests(self.form, {"newly"})]
            case _:
                return None


def _begins_a_list(clause: Clause) -> bool:
    """Whether what it names may go on in the next clause: 被申请行政复议，提起行政诉讼共三件; 均为自然人 does not."""
    return any(word.names[0].kind != "applicant" or clause.of("number") for word in clause.of("topic"))


def _done(names: Sequence[Topic], act: Token) -> Topic:
    """The document with what was done with it; what is made (制定) is what the first column counts."""
    return next((topic for topic in names if topic.act == act.text), names[0])


def _only(kinds: Iterable[Kind]) -> str:
    """The one kind that all are of; empty where there is none, or more than one."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else ""


def _claim(clause: Clause, number: int | Decimal, meaning: Meaning, *, is_share: bool = False) -> Claim:
    return Claim(clause.tokens[0].start, clause.tokens[-1].end, number, meaning, is_share)
