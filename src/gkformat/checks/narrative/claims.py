"""Extract the numbers that the narrative of a report states: sentences in, claims out.

The grammar is small and strict. A clause is understood only if every word in it is known; a single unknown word makes
it state nothing. So other kinds of applications, letters, posts, estimates and comparisons are ignored without a
rule for them. If a number has several valid readings, the claim carries them all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from attrs import define, evolve

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.checks.narrative.lexer import COUNT_KINDS, Clause, Token, paragraphs, parse_count
from gkformat.checks.narrative.readings import (
    Meaning,
    applicant_meaning,
    case_meanings,
    outcome_meaning,
    request_meaning,
    result_meaning,
    row_meaning,
)
from gkformat.checks.narrative.vocabulary import Referent, ReferentKind, Referents, SignedSum, referents


@frozen
class Claim:
    """A number that the text states from `start` to `end`: a count, or with `is_share` a percentage."""

    start: int
    end: int
    number: int | Decimal
    meaning: Meaning
    is_share: bool = False
    sentence: int = 0
    """Where its sentence starts."""
    is_tentative: bool = False
    """True if the text does not say that it means the whole region, and another number of the sentence must show it."""

    def agrees(self, number: int | Decimal) -> bool:
        """Return True if the table has the same number; a percentage may be rounded or truncated to its decimals."""
        if not self.is_share:
            return self.number <= number if self.meaning.at_most else self.number == number
        return abs(Decimal(number) - self.number) < Decimal(1).scaleb(-self.decimals)

    @property
    def decimals(self) -> int:
        """The number of decimals that are written."""
        return len(str(self.number).partition(".")[2])


def claims(cls: type, text: str, *, agency: str, year: int) -> Iterator[Claim]:
    """Yield the claims of a text in a report of this class, in the order of the text.

    The agency and the year identify the numbers of this report: those of another body or year are skipped.
    """
    for paragraph in paragraphs(cls, text):
        words = (token for clause in paragraph.clauses for token in clause.tokens)
        named_outcomes = frozenset(topic.at for word in words for topic in word.topics)
        for claim in _ParagraphReader(referents(cls), _Agency(agency), year, named_outcomes).read(paragraph.clauses):
            start, end = paragraph.places[claim.start], paragraph.places[claim.end - 1] + 1
            yield evolve(claim, start=start, end=end, sentence=paragraph.places[claim.sentence])


# -- whose numbers -------------------------------------------------------------------------------------


@frozen
class _Agency:
    """The agency of the report, and how sentences refer to it."""

    agency: str

    @property
    def place(self) -> str:
        """The place that the agency governs; empty for an office, a bureau, or an unknown agency."""
        place = re.sub(r"(?:人民政府|政府|管委会|管理委员会|办事处)$", "", self.agency)
        return place if re.search(r"(?:[省市县区州旗盟镇乡]|街道)$", place) else ""

    def governs(self, kind: str) -> bool:
        """Return True if the report covers the whole 市, 县 or other place of this kind."""
        return bool(self.place) and self.place.endswith("街道" if kind == "街" else kind)

    def is_named(self, words: str) -> bool:
        """Return True if words name the agency, in full or by the end of its name: 市公安局.

        A government is never named safely: its own number and that of its region are different.
        """
        return not self.place and len(words) >= _MIN_NAME_LENGTH and any(name.endswith(words) for name in self.names)

    @property
    def decides_on_others(self) -> bool:
        """Return True for a government, or a bureau of justice: it handles the reconsideration of others' acts."""
        return bool(self.place) or "政府" in self.agency or "司法" in self.agency

    def shares_words_with(self, words: str) -> bool:
        """Return True if words are part of the agency's name, and so may refer to it; never for a government."""
        return not self.place and any(words in name for name in self.names)

    @property
    def names(self) -> tuple[str, str]:
        """The full name, and its short form."""
        return self.agency, self.agency.replace("人民政府", "政府")


_MIN_NAME_LENGTH = 3
"""The least length at which part of a name is no longer just any office."""

_HAN = r"[^\W\d_a-zA-Z]"
"""A Chinese character, or one that Chinese texts do not use: a range of thousands takes long to compile."""

_ANOTHER_BODY = re.compile(
    r"本级|[省市县区州]直|各[省市县区州旗镇乡街部单科分]|乡镇|镇街|(?:[省市县区州旗镇乡]|人民)政府(?!信息|网|门户|公报|工作|令)"
    rf"|(?:{_HAN}{{2}}办|{_HAN}办公)[室厅]|{_HAN}{{2}}[局厅]|管委会"
)
_OFFICE = re.compile(rf"本级|办公[室厅]|[府委]办|{_HAN}{{2}}[局厅]")
_ANOTHER_TIME = re.compile(r"20\d\d年|[上下]半年|季度|上一?年|去年|\d月(?!3[01]日)|以来")
_MAX_HEADING_LENGTH = 12
"""The greatest length of a heading: if it names another body, that holds to the end of the paragraph."""


# -- reading -------------------------------------------------------------------------------------------

_NEUTRAL_KINDS = frozenset(("unknown", "filler", "year", "date", "ours", "whole", "and", "among", "applied", "sorts"))
_OF_DOCUMENTS = frozenset(("action", "made", "shown", "papers"))
_YEAR_KINDS = ("compared", "brought", "carried")
"""Tokens that name another year without changing the subject to it."""

_VERB_KINDS = frozenset(("newly", "received", "done", "answered", "either"))
_ARRIVAL_KINDS = frozenset(("newly", "received"))


@define(eq=False)
class _ParagraphReader:
    """The state of reading a paragraph: what the clauses so far allow the next one to mean."""

    form: Referents
    body: _Agency
    year: int
    named_outcomes: frozenset[Address]
    """The outcomes that the paragraph names anywhere."""
    about_requests: bool = False
    """True if the last count that was understood is of requests for information."""
    about_cases: bool = False
    """True if the sentence is about cases that concern information disclosure."""
    about_region: bool = False
    """True if the sentence is about the whole region."""
    about_office: bool = False
    """True if the sentence, in the report of a government, names one of its offices."""
    muted: bool = False
    """True if nothing more is read up to the end of the sentence."""
    elsewhere: bool = False
    """True if the sentence turns to another body or another year."""
    about_another_year: bool = False
    """True if the last year that was named is not that of the report."""
    about_another_body: bool = False
    """True if an earlier sentence turned to another body: a heading, or one that names an office of the government."""
    is_part: bool = False
    """True if the last count was of a part, or was not understood: 其中 then introduces parts of that part."""
    last: Claim | None = None
    """The claim of the previous clause, of which a percentage may follow."""
    length: int = 0
    """The length of the sentence so far, in characters."""
    sentence: int = 0
    """Where the sentence starts."""
    cases: tuple[tuple[Address, ...], ...] = ()
    """The totals of the cases that the sentence counts, in its order."""
    documents: tuple[Referent, ...] = ()
    """The kind of documents that the sentence counted last."""
    channels: int = 0
    """The number of channels that the sentence names."""

    def read(self, clauses: Iterable[Clause]) -> Iterator[Claim]:
        """Yield the claims of the clauses in order."""
        for sentence in _sentences(clauses):
            self.sentence = next((clause.tokens[0].start for clause in sentence if clause.tokens), 0)
            self.channels = sum(len(clause.tokens_of("channel")) for clause in sentence)
            for clause in sentence:
                yield from self._read_next(clause)
            self._end_sentence()

    def _read_next(self, clause: Clause) -> Iterator[Claim]:
        if clause.tokens:
            self.length += len(clause.text)
            last, self.last = self.last, None
            for claim in self._read_clause(clause, last):
                self.last = evolve(claim, sentence=self.sentence, is_tentative=self._is_tentative(claim))
                yield self.last

    def _end_sentence(self) -> None:
        """Reset the state, but keep another body that a heading named, or any sentence about an office."""
        self.about_another_body |= self.elsewhere and (self.length <= _MAX_HEADING_LENGTH or self.about_office)
        self.muted = self.elsewhere = self.about_cases = self.about_region = self.about_office = False
        self.length = 0
        self.cases, self.documents = (), ()

    def _is_tentative(self, claim: Claim) -> bool:
        """Return True for what a government and its region each count for themselves, if the text names neither."""
        return bool(self.body.place) and not self.about_region and claim.meaning.at in self.form.counted_by_each_body

    def _read_clause(self, clause: Clause, last: Claim | None) -> Iterator[Claim]:
        has_unknown = not all(self.body.is_named(token.text) for token in clause.tokens_of("unknown"))
        self._update_context(clause, has_unknown=has_unknown)
        counts = clause.tokens_of(*COUNT_KINDS)
        if has_unknown or self.muted or self.about_another_body or len(counts) > 1:
            self._skip(clause)
        elif counts:
            yield from self._read_count(clause, counts[0], last)
        elif clause.tokens_of("no"):
            yield from self._read_denial(clause)
        else:
            self.muted |= _begins_a_list(clause)

    def _update_context(self, clause: Clause, *, has_unknown: bool) -> None:
        """Update the state if the clause turns to another body or year, or to parts of an unknown number."""
        years = [token.year for token in clause.tokens_of("year", "date") if token.year]
        if years:
            self.about_another_year = years[-1] != self.year
        past = {token.year for token in clause.tokens_of("brought")} - {None, self.year - 1}
        coming = {token.year for token in clause.tokens_of("carried")} - {None, self.year + 1}
        regions = [
            token.text[1:3] if token.text[1:3] == "街道" else token.text[1] for token in clause.tokens_of("whole")
        ]
        self.about_cases |= bool(clause.tokens_of("because"))
        self.about_region |= bool(regions)
        self.about_another_body &= not (regions and all(map(self.body.governs, regions)))
        self.elsewhere |= (
            bool(past or coming or set(years) - {self.year})
            or not all(map(self.body.governs, regions))
            or bool(clause.tokens_of("ours") and self.body.place)
            or (has_unknown and self._names_other_body_or_time(clause))
        )
        divides_a_part = clause.tokens_of("among") and self.is_part and not self._counts_results(clause)
        self.muted |= self.elsewhere or self.about_another_year or bool(divides_a_part)

    def _counts_results(self, clause: Clause) -> bool:
        """Return True if the clause divides the cases that were counted by their results, as a table does."""
        return bool(self.cases) and any(token.topics[0].kind == "result" for token in clause.tokens_of("topic"))

    def _names_other_body_or_time(self, clause: Clause) -> bool:
        """Return True if a clause that is not understood names another body or another time."""
        text = "".join(token.text for token in clause.tokens if token.kind not in _YEAR_KINDS)
        self.about_office |= bool(self.body.place and _OFFICE.search(text))
        return any(not self.body.shares_words_with(found[0]) for found in _ANOTHER_BODY.finditer(text)) or any(
            found[0] != f"{self.year}年" for found in _ANOTHER_TIME.finditer(text)
        )

    def _skip(self, clause: Clause) -> None:
        """Skip a clause that is not understood: its count is unknown, and so is any list that it begins."""
        if clause.tokens_of("number") or any(re.search(r"\d", token.text) for token in clause.tokens_of("unknown")):
            self.is_part, self.about_requests = True, False
        self.muted |= _begins_a_list(clause)

    # -- clauses with a number -------------------------------------------------------------------------

    def _read_count(self, clause: Clause, counted: Token, last: Claim | None) -> Iterator[Claim]:
        kinds = clause.kinds - _NEUTRAL_KINDS - {counted.kind}
        if counted.kind == "percent":
            if last and last.meaning.share_of and kinds <= {"share"}:
                yield _make_claim(clause, Decimal(counted.text[:-1]), last.meaning, is_share=True)
        elif (number := parse_count(counted.text[:-1])) is not None:
            meanings = self._count_meanings(clause, kinds)
            if meanings is None:
                self._skip(clause)
            yield from (_make_claim(clause, number, meaning) for meaning in meanings or ())

    def _count_meanings(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Return the meanings of a number, several if it counts each of several topics; `None` if not understood."""
        if clause.tokens_of("topic"):
            return self._topic_meanings(clause, kinds)
        if self.documents and kinds <= _OF_DOCUMENTS:
            return self._document_meanings(clause, kinds, self.documents)
        if kinds & {"brought", "carried"}:
            return self._forwarded_meanings(kinds)
        if clause.tokens_of("sorts") and "request" not in kinds:
            return None  # 各类申请: of any kind
        if "channel" in kinds:
            return self._channel_meanings(clause, kinds)
        return self._request_meanings(kinds)

    def _channel_meanings(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Return the meaning of a number of requests that came in some ways: all if it says so, at most all if not."""
        if not kinds <= {"channel", "request", "received", "newly", "either"}:
            return None
        ways = clause.tokens_of("channel")
        together = any(_TOGETHER.search(token.text) for token in clause.tokens_of("filler", "sorts"))
        if together and len(ways) == self.channels > 1 and "request" in kinds:
            return self._request_meanings(kinds - {"channel"})
        self.is_part = True
        if "request" not in kinds:
            return ()
        return [evolve(request_meaning(self.form, kinds & _VERB_KINDS or {"received"}), at_most=True)]

    def _request_meanings(self, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Return the meaning of a number of requests. A number without a verb is understood, but states nothing."""
        if "disputes" in kinds and kinds <= {"disputes", "because", "lodged"}:
            self.is_part = False
            return ()
        verbs = kinds & _VERB_KINDS
        if kinds - verbs - {"request"} or (
            "request" not in kinds and (verbs & _ARRIVAL_KINDS or not self.about_requests)
        ):
            return None
        self.about_requests, self.is_part = True, False
        return [request_meaning(self.form, verbs)] if verbs else ()

    def _forwarded_meanings(self, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Return the meaning of a number of requests brought or carried forward."""
        if {"brought", "carried"} <= kinds or kinds - {"brought", "carried", "request", "either"}:
            return None
        if "request" not in kinds and not self.about_requests:
            return None
        balance = self.form.balance
        return [row_meaning(balance, balance.brought_forward if "brought" in kinds else balance.carried_forward)]

    def _topic_meanings(self, clause: Clause, kinds: frozenset[str]) -> Sequence[Meaning] | None:
        """Return the meanings of a number of topics, alone or joined by a conjunction."""
        words = [token.topics for token in clause.tokens_of("topic")]
        if len(clause.tokens_of("and")) < len(words) - 1:
            return None  # one word qualifies another: 保护第三方合法权益不予公开
        first = [named[0] for named in words]
        match _single_kind(topic.kind for topic in first):
            case "outcome" if self.about_requests and kinds <= {"topic", "done", "answered", "either"}:
                return [outcome_meaning(self.form, first, self.named_outcomes)]
            case "applicant" if self.about_requests and kinds == {"topic"} and len(words) == 1:
                self.is_part = True
                return [applicant_meaning(self.form.balance, first[0])]
            case "case" if (self.about_cases or self.about_requests) and kinds <= self._kinds_of_cases():
                self.is_part = True
                self.cases += (tuple(cell for topic in first for cell in topic.cells),)
                return case_meanings(first, each="each" in kinds)
            case "result" | "document" | "decision" if len(words) == 1:
                self.is_part = True
                return self._row_meanings(clause, kinds, words[0])
            case _:
                return None

    def _kinds_of_cases(self) -> AbstractSet[str]:
        """Return the kinds of words that may stand beside a number of cases: others' cases are handled, not had."""
        own = self.about_cases and not self.body.decides_on_others
        return {"topic", "because", "lodged", "each"} | ({"either"} if own else set())

    def _row_meanings(
        self, clause: Clause, kinds: frozenset[str], named: Sequence[Referent], *, denied: bool = False
    ) -> Sequence[Meaning] | None:
        """Return the meaning of a number of what one word names: documents, decisions, or cases with one result."""
        match named[0].kind:
            case "document":
                return self._document_meanings(clause, kinds, named)
            case "decision" if "decided" in kinds and kinds <= {"topic", "decided"}:
                return [Meaning(named[0].at, (SignedSum(named[0].cells),))]
            case "result" if self.cases and kinds <= {"topic", "lodged"}:
                meaning = result_meaning(named, self.cases)
                if meaning and denied:  # of all the cases that the sentence counts, none has it
                    meaning = Meaning(meaning.readings[-1].plus[0], meaning.readings[-1:])
                return [meaning] if meaning else None
            case _:
                return None

    def _document_meanings(
        self, clause: Clause, kinds: frozenset[str], named: Sequence[Referent]
    ) -> Sequence[Meaning] | None:
        """Return the meaning of a number of documents of one kind, by what was done with them."""
        actions = clause.tokens_of("action", "made")
        if kinds - _OF_DOCUMENTS - {"topic"} or not actions or len({token.text for token in actions}) > 1:
            return None
        topic = _topic_of_action(named, actions[0])
        if "papers" in kinds and topic is named[0]:
            return None  # 制发文件: of any kind
        self.documents = tuple(named)
        return [Meaning(topic.at, (SignedSum(topic.cells),))]

    # -- clauses that deny --------------------------------------------------------------------------------

    def _read_denial(self, clause: Clause) -> Iterator[Claim]:
        if len(clause.tokens_of("no")) == 1:
            yield from (_make_claim(clause, 0, meaning) for meaning in self._denied_meanings(clause) or ())

    def _denied_meanings(self, clause: Clause) -> Sequence[Meaning] | None:
        """Return the meanings of a 0 that the clause states by denying something."""
        kinds = clause.kinds - _NEUTRAL_KINDS - {"no"}
        named = [token.topics[0] for token in clause.tokens_of("topic")]
        match _single_kind(topic.kind for topic in named):
            case "case" if (self.about_cases or self.about_requests) and kinds <= {"topic", "because", "lodged"}:
                return case_meanings(named, each=True)
            case "result" | "document" | "decision" if len(named) == 1:
                return self._row_meanings(clause, kinds, clause.tokens_of("topic")[0].topics, denied=True)
            case "" if not named and kinds & {"brought", "carried"}:
                return self._forwarded_meanings(kinds)
            case "" if (
                not named and "request" in kinds and kinds & _ARRIVAL_KINDS and kinds <= _ARRIVAL_KINDS | {"request"}
            ):
                self.about_requests = True
                return [request_meaning(self.form, {"newly"})]
            case _:
                return None


_TOGETHER = re.compile("共|计|各类|各种|累计|总")
"""Words by which a number is said to be of all."""


def _sentences(clauses: Iterable[Clause]) -> Iterator[list[Clause]]:
    """Yield the clauses of each sentence."""
    sentence: list[Clause] = []
    for clause in clauses:
        sentence.append(clause)
        if clause.ended_by == "stop":
            yield sentence
            sentence = []


def _begins_a_list(clause: Clause) -> bool:
    """Return True if the list may continue in the next clause: 被申请行政复议，提起行政诉讼共三件; not 均为自然人."""
    return any(word.topics[0].kind != "applicant" or clause.tokens_of("number") for word in clause.tokens_of("topic"))


def _topic_of_action(named: Sequence[Referent], action: Token) -> Referent:
    """Return the topic with this action. The verb 制定 (make) is no column: it means the first one."""
    return next((topic for topic in named if topic.action == action.text), named[0])


def _single_kind(kinds: Iterable[ReferentKind]) -> str:
    """Return the kind that all share; the empty string if there is none, or more than one."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else ""


def _make_claim(clause: Clause, number: int | Decimal, meaning: Meaning, *, is_share: bool = False) -> Claim:
    return Claim(clause.tokens[0].start, clause.tokens[-1].end, number, meaning, is_share)
