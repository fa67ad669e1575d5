"""What a report says about itself (marks, discrepancies) and what a judgement says about it (findings)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Literal, overload

from attrs import field

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words

Number = int | Decimal
MarkKind = Literal["blank", "annotated", "merged"]
Severity = Literal["broken", "undecided", "advice"]


@frozen
class Mark:
    """What the paper said at a place where the number alone does not tell. A report refuses a mark that fits nowhere.

    `blank`: the cell was empty or held `text` ("/", "-", "不适用"…); its value is 0.
    `annotated`: the cell held more than the number (`22（其中修订16件）`); the value is the number.
    `merged`: the paper filled this group as one row; the values stand in its last line, the other lines are 0.
    """

    at: Address = field(converter=Address)
    kind: MarkKind
    text: str = ""


@frozen
class Discrepancy:
    """A broken equation that the report admits, with the very values that it excuses."""

    rule: str
    at: Address = field(converter=Address)
    left: int
    right: int


@frozen
class Term:
    """One cell of an equation: its coefficient (+1 on the left, -1 on the right) and its value, `None` if blank."""

    at: Address
    coefficient: int
    value: Number | None


@frozen
class Quote:
    """Words of a report's own text: those from character `start` to `end` of the prose at an address."""

    at: Address
    start: int
    end: int
    text: str


@frozen
class Finding:
    """One thing to say about a report, at one place.

    Of a total, `at` is the total's cell, `left` the sum of the parts, `right` the printed value. Of a balance,
    `at` is its first term. Blanks count as 0 in both sides; `terms` shows which cells are blank.
    Of a text against a table, `at` is the cell or the group of rows, `left` the number in the text, `right` that of the
    table, and `quote` the words.
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
        """Left side minus right side, where both are numbers."""
        return None if self.left is None or self.right is None else self.left - self.right

    def message(self, lang: Lang = "zh") -> str:
        """What is wrong, in one sentence."""
        return self.text.text(lang)


class Verdict(StrEnum):
    """The answer to "is it sound?": any broken equation, else any undecided one, else consistent."""

    CONSISTENT = "consistent"
    UNDECIDED = "undecided"
    INCONSISTENT = "inconsistent"


def _tuple(items: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(items)


@frozen
class Findings(Sequence[Finding]):
    """All findings of one judgement, in the order of the printed form."""

    items: tuple[Finding, ...] = field(default=(), converter=_tuple)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Equations that do not hold, declared or not."""
        return self._of("broken")

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """Equations on which blank cells leave no answer."""
        return self._of("undecided")

    @property
    def advice(self) -> tuple[Finding, ...]:
        """What is worth a look and refuses nothing."""
        return self._of("advice")

    @property
    def verdict(self) -> Verdict:
        """The verdict that these findings amount to."""
        if self.broken:
            return Verdict.INCONSISTENT
        return Verdict.UNDECIDED if self.undecided else Verdict.CONSISTENT

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == severity)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.items[index]


NO_FINDINGS = Findings()
