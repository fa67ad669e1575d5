"""What a cell may hold: each domain declared once.

The check of a class, the JSON Schema and the test strategies all read a domain's bounds from here.
"""

import re
from decimal import Decimal
from typing import Annotated

from gkformat.base.frozen import frozen
from gkformat.base.words import Words

WRONG_TYPE = "wrong-type"
OUT_OF_RANGE = "out-of-range"


@frozen
class Integer:
    """A whole number within bounds, both included."""

    minimum: int
    maximum: int

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any. A bool is not a number here, nor is `3.0`."""
        if type(value) is not int:
            return WRONG_TYPE
        return None if self.minimum <= value <= self.maximum else OUT_OF_RANGE

    @property
    def expected(self) -> Words:
        """The domain in words."""
        return Words(f"{self.minimum} 至 {self.maximum} 的整数", f"an integer from {self.minimum} to {self.maximum}")


@frozen
class Money:
    """A decimal amount that keeps its written form: `18.8710` stays `18.8710`."""

    digits: int
    decimals: int

    @property
    def pattern(self) -> str:
        """The written form, as a regular expression without anchors."""
        return rf"(0|[1-9][0-9]{{0,{self.digits - 1}}})(\.[0-9]{{1,{self.decimals}}})?"

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any."""
        if type(value) is not Decimal:
            return WRONG_TYPE
        return None if self.reads(str(value)) else OUT_OF_RANGE

    def reads(self, text: str) -> bool:
        """Whether the text is an amount as the form writes it."""
        return re.fullmatch(self.pattern, text, re.ASCII) is not None

    @property
    def expected(self) -> Words:
        """The domain in words."""
        return Words(
            f"非负金额，整数部分至多 {self.digits} 位，小数至多 {self.decimals} 位，写作 JSON 字符串或数字",
            f"an amount from 0 on, up to {self.digits} digits and {self.decimals} decimals, as a JSON string or number",
        )


@frozen
class String:
    """Any text that UTF-8 can hold."""

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any; a lone surrogate is out of range."""
        if type(value) is not str:
            return WRONG_TYPE
        try:
            value.encode()
        except UnicodeEncodeError:
            return OUT_OF_RANGE
        return None

    @property
    def expected(self) -> Words:
        """The domain in words."""
        return Words("可用 UTF-8 表示的文字（字符串）", "text that UTF-8 can hold (a string)")


@frozen
class Choice:
    """One of a few fixed texts."""

    options: tuple[str, ...]
    rule: str = OUT_OF_RANGE

    def refusal(self, value: object) -> str | None:
        """The structural rule that the value breaks, if any."""
        if type(value) is not str:
            return WRONG_TYPE
        return None if value in self.options else self.rule

    @property
    def expected(self) -> Words:
        """The options in words."""
        quoted = [f'"{option}"' for option in self.options]
        return Words("、".join(quoted) + (" 之一" if len(quoted) > 1 else ""), " or ".join(quoted))


Domain = Integer | Money | String | Choice

Count = Annotated[int, Integer(0, 2**53 - 1)]
"""How many: from 0 to the largest integer that every JSON reader holds exactly (RFC 8259 §6)."""

SignedCount = Annotated[int, Integer(1 - 2**53, 2**53 - 1)]
"""How many more, or, below zero, how many fewer."""

SUM = Integer(0, 64 * (2**53 - 1))
"""A side of an equation: no form adds up more than 64 counts."""

Year = Annotated[int, Integer(2000, 2100)]
"""A calendar year."""

Amount = Annotated[Decimal, Money(digits=15, decimals=6)]
"""An amount of money in the unit that its column prints."""

Text = Annotated[str, String()]
"""Prose."""
