"""What a value of a workbook looks like in the format of its cell: that is what is printed, not what is stored.

A format has up to four sections: for numbers above zero, below it, for zero, and for texts (ECMA-376 Part 1, 18.8.31).
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from attrs import evolve

from gkformat.base.frozen import frozen

_ACCOUNTING = '_(* {0}_);_(* \\({0}\\);_(* "-"_);_(@_)'
BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], "yyyy-mm-dd"),
    **dict.fromkeys((5, 6), '"¥"#,##0_);\\("¥"#,##0\\)'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00_);\\("¥"#,##0.00\\)'),
    **dict.fromkeys((37, 38), "#,##0_);\\(#,##0\\)"),
    **dict.fromkeys((39, 40), "#,##0.00_);\\(#,##0.00\\)"),
    **dict.fromkeys((41, 42), _ACCOUNTING.format("#,##0")),
    **dict.fromkeys((43, 44), _ACCOUNTING.format("#,##0.00")),
    46: "[h]:mm:ss",
    48: "##0.0E+0",
    49: "@",
}
"""The formats that workbooks know by number; all those of dates and times count as one, some are those of Chinese."""

_LONGEST = 255
"""The characters that a format may have."""

_PIECE = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|_.|\*(?P<filling>.)|(?P<end>;)|\[(?P<bracket>[^\[\]]*)\]"
    r"|(?P<general>general|g/通用格式|@)|(?P<digits>[0#?][0#?,]*\.?[0#?]*,*|\.[0#?]+,*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<>|[<>]=?|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)", re.ASCII)
_WHITE = re.compile("white|白色?|(?:color|颜色) ?2", re.IGNORECASE)
_THOUSANDTHS = re.compile(r",+(?=\.|$)")
"""Commas at the end of the digits, or before their point, each of which divides by a thousand."""

_CURRENCY = re.compile(r"\$([^-]*)")
_TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {"<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}
_NOT_LITERAL = re.compile("[a-z/]", re.IGNORECASE)
"""What stands for an exponent, a fraction or a part of a date where it is not quoted."""


@frozen
class _Section:
    """A section: what is printed around its `digits`, which are `@` for a value as it is, and empty if it has none.

    `is_known` is false if it shows numbers in some other way.
    """

    before: str = ""
    digits: str = ""
    after: str = ""
    test: str = ""
    bound: Decimal = Decimal(0)
    is_known: bool = True
    is_white: bool = False
    is_for_negative: bool = False

    def takes(self, value: Decimal) -> bool:
        """Check whether a number fulfils the condition of the section."""
        return _TESTS[self.test](value, self.bound)

    def shown(self, value: Decimal) -> str:
        """Return a number as the section shows it, in brackets if nobody sees it."""
        text = self._shown(value)
        return f"〔{text}〕" if text and self.is_white else text

    def _shown(self, value: Decimal) -> str:
        """Return a number as the section writes it, followed by itself in brackets if that is another one.

        If it is only another way to write it, as in `3.00` or `1,234`, it is returned as it is.
        """
        if not self.digits:
            return self.before
        own = abs(value) if self.is_for_negative else value
        percents = (self.before + self.after).count("%")
        pattern = _THOUSANDTHS.sub("", self.digits)
        scale = 2 * percents - 3 * (len(self.digits) - len(pattern))
        text = f"{own:f}" if pattern == "@" else _digits(own.scaleb(scale), pattern)
        literal = (self.before + text + self.after).strip()
        if percents:
            return literal
        says = Decimal(text.replace(",", "") or 0)
        if self.before.strip().startswith(("-", "(")):
            says = -says
        if says != value:
            return f"{literal}〔{value:f}〕"
        return f"{value:f}" if text and literal in {text, f"-{text}"} else literal


def _digits(value: Decimal, pattern: str) -> str:
    """Return a number in a pattern of digits, such as `#,##0.00`, without the blanks that `?` keeps."""
    whole, _, part = pattern.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{abs(rounded):f}".partition(".")
    least = len(whole) - len(whole.lstrip("#?,"))
    digits = digits.lstrip("0").rjust(len(whole[least:].replace(",", "")), "0")
    if "," in whole:
        digits = f"{int(digits or '0'):,}" if digits else ""
    kept = len(part.rstrip("#?"))
    decimals = decimals[:kept] + decimals[kept:].rstrip("0")
    return "-" * (rounded < 0) + digits + f".{decimals}" * bool(decimals)


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    parts, test, bound = ["", "", ""], "", Decimal(0)
    is_known, is_white = True, False

    def end() -> None:
        sections.append(_Section(parts[0], parts[1], parts[2], test, bound, is_known, is_white))

    for found in _PIECE.finditer(code):
        bracket, other = found["bracket"], found["other"]
        if found["end"]:
            end()
            parts, test, bound, is_known, is_white = ["", "", ""], "", Decimal(0), True, False
        elif bracket is not None:
            if condition := _CONDITION.fullmatch(bracket):
                test, bound = condition[1], Decimal(condition[2])
            elif currency := _CURRENCY.match(bracket):
                parts[2 if parts[1] else 0] += currency[1]
            is_white |= bool(_WHITE.fullmatch(bracket))
        elif found["filling"]:
            is_known &= not found["filling"].isdigit()  # which is repeated as often as the cell is wide
        elif found["general"] or found["digits"]:
            is_known = is_known and not parts[1]
            parts[1] = found["digits"] or "@"
        else:
            is_known = is_known and not (other and _NOT_LITERAL.match(other))
            parts[2 if parts[1] else 0] += found["quoted"] or found["escaped"] or other or ""
    end()
    return tuple(sections)


def shown_value(value: str, code: str, epoch: datetime) -> str:
    """Return a number or a date that a cell stores as its format shows it; `epoch` is the first day of the workbook.

    A number that is shown in a way that is not known here is followed by the format, in brackets.
    """
    if not code or code == "General":
        return shown_number(value)
    if kind := kind_of_time(code):
        return shown_time(float(value), kind, epoch)
    number = Decimal(shown_number(value))
    section = _section(_sections(code[:_LONGEST]), number)
    if not section.is_known or abs(number) >= _LARGE:
        return f"{number:f}〔{code}〕"
    return section.shown(number)


_LARGE = 10**15
"""The number from which a workbook does not know all digits."""


def _section(sections: tuple[_Section, ...], value: Decimal) -> _Section:
    numeric = sections[:3]
    if any(section.test for section in numeric):
        taking = (section for section in numeric if not section.test or section.takes(value))
        return next(taking, _Section(is_known=False))
    if value < 0 and len(numeric) > 1:
        return evolve(numeric[1], is_for_negative=True)
    return numeric[2 if not value and len(numeric) > 2 else 0]  # noqa: PLR2004


def shown_text(text: str, code: str) -> str:
    """Return a text that a cell stores as its format shows it: a format may hide it, or add to it."""
    if "@" not in code and code.count(";") < 3:  # noqa: PLR2004 - the fourth section is that of texts
        return text
    section = _sections(code[:_LONGEST])[3:4] or [
        each for each in _sections(code[:_LONGEST])[-1:] if each.digits == "@"
    ]
    if not section or not section[0].is_known:
        return text
    return section[0].before + (text + section[0].after if section[0].digits else "")


def shown_number(value: str) -> str:
    """Return a number as digits, never with an exponent; with as many as a workbook computes with."""
    if _FRACTION.search(value):
        return f"{Decimal(f'{float(value):.15g}'):f}"
    return str(int(value))


_FRACTION = re.compile("[.eE]")


def shown_time(value: float, kind: str, epoch: datetime) -> str:
    """Return a number of days as a span or a point in time; a point in the first day as a time of day."""
    try:
        span = timedelta(milliseconds=round(value * 86_400_000))
        if kind == "span":
            return str(span)
        if not span.days:
            return str((epoch + span).time())
        early = value < 60 and epoch.year == 1899  # noqa: PLR2004 - for a leap day that 1900 did not have
        return str(epoch + span + timedelta(days=int(early and value > 0)))
    except OverflowError:
        return "#VALUE!"


_NO_TIME = re.compile(r"\"[^\"]*\"|\[(?!(?:hh?|mm?|ss?)\])[^\[\]]*\]|[_\\].")
_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


def kind_of_time(code: str) -> str:
    """Return whether the format of a number shows it as a `point` in time or a `span` of it; empty if as neither."""
    code = code[:_LONGEST].partition(";")[0]
    if not re.search("[dmhys]", _NO_TIME.sub("", code), re.IGNORECASE):
        return ""
    return "span" if _ELAPSED.search(code) else "point"
