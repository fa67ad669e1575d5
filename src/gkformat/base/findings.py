"""Marks and discrepancies, by which a report describes itself, and findings, by which a judgement describes it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from textwrap import indent
from typing import Literal, Protocol

from attrs import field

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.late import late
from gkformat.base.sequences import ItemSequence
from gkformat.base.words import COMMA, LANGUAGES, NO_WORDS, Lang, Words

Number = int | Decimal
MarkKind = Literal["blank", "annotated", "merged", "unreadable", "out-of-range", "absent"]
Severity = Literal["broken", "undecided", "advice"]

MARK_TITLES: Mapping[MarkKind, Words] = {
    "blank": Words("空白", "blank"),
    "annotated": Words("另有标注", "annotated"),
    "merged": Words("合填一行", "filled as one row"),
    "unreadable": Words("无法读出", "unreadable"),
    "out-of-range": Words("超出范围", "out of range"),
    "absent": Words("文件中没有", "absent"),
}
SEVERITY_TITLES: Mapping[Severity, Words] = {
    "broken": Words("不符", "broken"),
    "undecided": Words("待定", "undecided"),
    "advice": Words("提示", "advice"),
}
DECLARED = Words("已声明", "declared")


@frozen
class Mark:
    """A note on what the source document showed where the number alone does not say it.

    `blank`: the cell was empty or held `text` ("/", "-", "不适用"…); its value is 0.
    `annotated`: the cell held more than the number (`22（其中修订16件）`); its value is the number.
    `merged`: the document filled in this group as one row; the values are in its last row, the other rows are 0.
    `unreadable`: the cell held a text that is neither a number nor a way to leave it empty (`#REF!`); its value is 0.
    `out-of-range`: the cell held a number that it cannot hold (`-3`); its value is 0.
    `absent`: the document has no such cell; its value is 0.

    A report raises `Malformed` for a mark whose address, value or text does not fit its kind.
    """

    at: Address = field(converter=Address)
    kind: MarkKind
    text: str = ""


@frozen
class Discrepancy:
    """A broken equation that the report declares, with the exact values that the declaration excuses."""

    rule: str
    at: Address = field(converter=Address)
    left: int
    right: int


@frozen
class Term:
    """One cell of an equation: its coefficient (+1 on the left, -1 on the right) and its value, if it has one."""

    at: Address
    coefficient: int
    value: Number | None


@frozen
class Quote:
    """A quotation from the prose of a report: characters `start` to `end` of the field at an address."""

    at: Address
    start: int
    end: int
    text: str


@frozen
class Finding:
    """One observation about a report, at one address.

    For a total, `at` is the cell of the total, `left` the sum of the parts and `right` the printed value. For a
    balance, `at` is its first term. A cell without a number counts as 0 on both sides; `terms` shows which these are.
    Of an unclear cell, `at` is the cell, and there are no sides and no terms.
    For a text that differs from a table, `at` is the cell or the group of rows, `left` the number in the text, `right`
    the number in the table, and `quote` the words.
    """

    rule: str
    at: Address
    label: str
    severity: Severity
    text: Words
    left: Number | None = None
    right: Number | None = None
    terms: tuple[Term, ...] = ()
    declared: bool = False
    quote: Quote | None = None

    @property
    def difference(self) -> Number | None:
        """The left side minus the right side, or `None` unless both are numbers."""
        return None if self.left is None or self.right is None else self.left - self.right

    def message(self, lang: Lang = "zh") -> str:
        """Return one sentence that says what is wrong."""
        return self.text.text(lang)

    def __str__(self) -> str:
        """Return what the command line prints of it, in both languages."""
        return "\n".join(told_lines(self))

    @property
    def title(self) -> Words:
        """The severity in words, and whether the report declares it."""
        severity = SEVERITY_TITLES[self.severity]
        return severity + COMMA + DECLARED if self.declared else severity


class _Told(Protocol):
    """A finding of any kind."""

    @property
    def rule(self) -> str: ...
    @property
    def at(self) -> Address: ...
    @property
    def label(self) -> str: ...
    @property
    def title(self) -> Words: ...
    def message(self, lang: Lang = "zh") -> str: ...


def told_lines(finding: _Told, whose: str = "") -> Iterator[str]:
    """Yield the lines of a finding for people, in both languages. `whose` goes before its place."""
    yield f"[{finding.title}] {whose}{finding.label}".rstrip()
    yield from (f"  {finding.message(lang)}" for lang in LANGUAGES)
    yield f"  {finding.rule}  {finding.at}".rstrip()


class Verdict(StrEnum):
    """The overall result: inconsistent if any finding is broken, else undecided if any is, else consistent."""

    CONSISTENT = "consistent"
    UNDECIDED = "undecided"
    INCONSISTENT = "inconsistent"


VERDICT_TITLES: Mapping[Verdict, Words] = {
    Verdict.CONSISTENT: Words("一致", "consistent"),
    Verdict.UNDECIDED: SEVERITY_TITLES["undecided"],
    Verdict.INCONSISTENT: Words("不一致", "inconsistent"),
}


def _tuple(items: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(items)


@frozen
class Findings(ItemSequence[Finding]):
    """All findings of one judgement: unclear cells, what is broken, what is undecided, advice, each as printed."""

    items: tuple[Finding, ...] = field(default=(), converter=_tuple)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The equations that do not hold and the numbers that their cells cannot hold, declared or not."""
        return self._of("broken")

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The equations that open cells leave undecided, and the cells that are unreadable or absent."""
        return self._of("undecided")

    @property
    def advice(self) -> tuple[Finding, ...]:
        """The findings that are worth a look but never refuse a report."""
        return self._of("advice")

    @property
    def verdict(self) -> Verdict:
        """The verdict to which these findings amount."""
        if self.broken:
            return Verdict.INCONSISTENT
        return Verdict.UNDECIDED if self.undecided else Verdict.CONSISTENT

    _repr_html_ = late("views.notebook:findings_html")

    @property
    def title(self) -> Words:
        """The verdict, and how many findings there are of each severity: 不一致（不符 2）."""
        counted = Counter(finding.severity for finding in self.items)
        counts = [(words, counted[severity]) for severity, words in SEVERITY_TITLES.items() if counted[severity]]
        zh = COMMA.zh.join(f"{words.zh} {count}" for words, count in counts)
        en = COMMA.en.join(f"{count} {words.en}" for words, count in counts)
        return VERDICT_TITLES[self.verdict] + (Words(f"（{zh}）", f" ({en})") if counts else NO_WORDS)

    def __str__(self) -> str:
        """Return what the command line prints of them, in both languages."""
        return "\n".join([str(self.title), *(indent(str(finding), "  ") for finding in self.items)])

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == severity)


NO_FINDINGS = Findings()
