"""The domains of cells and texts, each declared once.

The shape check of a box, the JSON Schema and the Hypothesis strategies all take their bounds from here.
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

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`. Neither a bool nor `3.0` is an integer here."""
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
        """The written form as a regular expression without anchors."""
        return rf"(0|[1-9][0-9]{{0,{self.digits - 1}}})(\.[0-9]{{1,{self.decimals}}})?"

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`."""
        if type(value) is not Decimal:
            return WRONG_TYPE
        return None if self.matches(str(value)) else OUT_OF_RANGE

    def matches(self, text: str) -> bool:
        """Return True if the text is an amount in its written form."""
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

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`. A lone surrogate is out of range."""
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
    """A choice of a few fixed texts."""

    options: tuple[str, ...]
    rule: str = OUT_OF_RANGE

    def violation(self, value: object) -> str | None:
        """Return the structural rule that the value breaks, or `None`."""
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
"""A count: from 0 to the largest integer that every JSON parser holds exactly (RFC 8259 §6)."""

SignedCount = Annotated[int, Integer(1 - 2**53, 2**53 - 1)]
"""A change of a count, negative for a decrease."""

EQUATION_SIDE = Integer(0, 64 * (2**53 - 1))
"""The sum of one side of an equation: no form adds up more than 64 counts."""

Year = Annotated[int, Integer(2000, 2100)]
"""A calendar year."""

Amount = Annotated[Decimal, Money(digits=15, decimals=6)]
"""An amount of money in the unit that its column prints."""

Text = Annotated[str, String()]
"""A text of any length."""
