"""Read the text of a cell: a number, a blank, a number with something beside it or out of range, or unreadable.

The one place where this is decided, for documents and for the JSON of others.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gkformat.base.findings import Mark, Number
from gkformat.notation.domains import Money
from gkformat.notation.outline import Node

CellText = Literal["number", "blank", "annotated", "out-of-range", "unreadable"]
"""A number, a way to leave a cell empty, a number with something beside it, one that the cell cannot hold, or else."""

NotKept = Literal["annotated", "unreadable", "out-of-range", "absent"]
NOT_KEPT: Mapping[NotKept, str] = {
    "annotated": "{}（有标注）",
    "unreadable": "（读不出）",
    "out-of-range": "（填不下）",
    "absent": "（缺此格）",
}
"""The words that are printed for a mark without the text of the document."""

WIDE: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
WIDE |= {0x3000: " ", 0xA0: " "}
WIDE |= dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD])
WIDE |= dict.fromkeys(map(ord, "−﹣‐‑"), "-")
"""Translation to one width, without invisible characters. Not NFKC, which turns 22¹ into 221 and 2① into 21."""

_BLANK = re.compile(r"[-/\\—–―_.·…*~]*|无|不适用|不涉及|暂无|空|n/?a|none|null|nan", re.IGNORECASE)
_COUNT = r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
_NUMBER = re.compile(rf"{_COUNT}")
_SIGNED = re.compile(rf"(?P<sign>[-+]?)(?P<number>{_COUNT})")
_DECIMAL = re.compile(rf"{_COUNT}(?:\.[0-9]+)?")
_ANY_NUMBER = re.compile(rf"[-+]?{_COUNT}(?:\.[0-9]+)?")
_WORDED = re.compile(rf"(?P<sign>减少?|增加?|加)(?P<number>{_COUNT})(?P<rest>[项件个]?)")
_NEGATIVE_ZERO = re.compile(r"-0(?:\.0+)?")
_BESIDE = re.compile(
    r"(?P<number>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[件人]次|[件条项个次宗起份笔例部篇批则家户名处元人]|万元|亿元|万)?(?P<note>[*#]|[（(\[〔【].*[）)\]〕】])?",
    re.DOTALL,
)

FORMULA = "="
"""How the text of a cell begins that holds a formula which no program has computed."""

MOST_DIGITS = 40
"""More than a number of any domain has."""

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "blank": _BLANK,
    "count": _NUMBER,
    "signed": _SIGNED,
    "decimal": _DECIMAL,
    "anyNumber": _ANY_NUMBER,
    "worded": _WORDED,
    "negativeZero": _NEGATIVE_ZERO,
    "beside": _BESIDE,
}
"""The patterns by which a text is read, for the page that reads what is typed into it in the same way."""


def classify(node: Node, text: str) -> tuple[CellText, Number | None]:
    """Return what a text is in a cell of the form, and its number, which is `None` if there is none."""
    plain = normalized(text)
    if _is_blank(plain):
        return "blank", None
    if (value := _number(node, plain)) is not None:
        return _accepted(node, "number", value)
    value = _worded(node, plain) if node.is_signed else None
    if value is None:
        value = _annotated(node, plain)
    if value is not None:
        return _accepted(node, "annotated", value)
    return ("out-of-range" if _is_other_number(node, plain) else "unreadable"), None


def printed(value: Number, mark: Mark | None = None) -> str:
    """Return the text of a cell with this number and mark: that of the mark, or words for it if it was not kept."""
    if mark is None or mark.kind == "merged":
        return str(value)
    return mark.text or ("" if mark.kind == "blank" else NOT_KEPT[mark.kind].format(value))


def not_kept(text: str, value: Number | None) -> NotKept | None:
    """Return the kind of mark for which the words that stand in a cell, with its number if it has one, were printed."""
    whole = _in_one_line(text)
    return next((kind for kind, words in NOT_KEPT.items() if whole == words.format(value)), None)


def normalized(text: str) -> str:
    """Return the text of a cell in one width, without blanks around it."""
    return text.translate(WIDE).strip()


def _is_blank(plain: str) -> bool:
    return bool(_BLANK.fullmatch(_in_one_line(plain)))


def _in_one_line(text: str) -> str:
    """Return a text of one word as it was before a narrow cell broke it."""
    return text.replace("\n", "")


def is_value(text: str) -> bool:
    """Check whether a text may be the value of a cell: it is a number of some form, or a sign that there is none."""
    return _is_value(text) if len(text) < _SHORT else _is_value.__wrapped__(text)


_SHORT = 100
"""The length from which texts are not remembered: there is no end to what they take up."""


@lru_cache(maxsize=8192)
def _is_value(text: str) -> bool:
    plain = normalized(text)
    if _is_blank(plain):
        return True
    found = _BESIDE.fullmatch(plain)
    return bool(found or _WORDED.fullmatch(plain) or re.fullmatch(r"[-+0-9.,\s]+", plain))


def _accepted(node: Node, state: CellText, value: Number) -> tuple[CellText, Number | None]:
    return (state, value) if node.accepts(value) else ("out-of-range", None)


def _number(node: Node, plain: str) -> Number | None:
    digits = plain.replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None
    if isinstance(node.domain, Money):
        return Decimal(digits) if _DECIMAL.fullmatch(plain) else None
    if node.is_signed:
        return int(digits) if _SIGNED.fullmatch(plain) else None
    return int(digits) if _NUMBER.fullmatch(plain) else None


def _worded(node: Node, plain: str) -> Number | None:
    """Return the number of `减4`, `增加19项` or `-8项`."""
    found = _WORDED.fullmatch(plain)
    if not found:
        return None
    number = _number(node, found["number"])
    return -number if number is not None and found["sign"].startswith("减") else number


def _annotated(node: Node, plain: str) -> Number | None:
    """Return a number that has its unit, or something in brackets, beside it; or `3.0` where an integer belongs.

    No amount of money is one in every unit: `0元`, `0笔`.
    """
    found = _BESIDE.fullmatch(plain)
    if not found or not (_unit_fits(node, found["unit"] or "") or _is_no_money(node, found["number"])):
        return None
    number = found["number"] if node.is_signed else found["number"].removeprefix("+")
    if not isinstance(node.domain, Money):
        number = re.sub(r"\.0+$", "", number)
    if _NEGATIVE_ZERO.fullmatch(number):
        number = number.removeprefix("-")
    return _number(node, number)


def _is_other_number(node: Node, plain: str) -> bool:
    """Return True for a number that is not of the cell's kind, such as `-3` or `2.5` where a count belongs."""
    found = _BESIDE.fullmatch(plain)
    if not found or not _unit_fits(node, found["unit"] or ""):
        return False
    return bool(_ANY_NUMBER.fullmatch(found["number"]))


def _unit_fits(node: Node, unit: str) -> bool:
    """Check whether a cell of money has the unit that its column prints, if any, or any of money; a count has none."""
    is_of_money = "元" in unit or unit == "万"
    if not isinstance(node.domain, Money):
        return not is_of_money
    printed = node.printed.unit
    return not unit or (unit in {printed, printed.removesuffix("元")} if printed else is_of_money)


def _is_no_money(node: Node, number: str) -> bool:
    return isinstance(node.domain, Money) and not number.strip("0.")
