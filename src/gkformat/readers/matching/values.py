"""The text of a cell → what it is: a number, a blank, a number with something beside it, or unreadable."""

import re
from decimal import Decimal
from functools import lru_cache

from gkformat.base.findings import Number
from gkformat.base.place import NOWHERE, Place
from gkformat.notation.domains import Integer, Money
from gkformat.notation.outline import Node
from gkformat.readers.sheet import Entry, State

_WIDE: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {0x3000: " ", 0xA0: " "}
_WIDE |= dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD])
_WIDE |= dict.fromkeys(map(ord, "−﹣‐‑"), "-")
"""Full-width forms in one width, and what is not to be seen dropped. Not NFKC, which makes 221 of 22¹ and 2①."""

_BLANK = re.compile(r"[-/\\—–―_.·…*~]*|无|不适用|暂无|空|N/?A|n/?a|[Nn]one|[Nn]ull|[Nn]a[Nn]")
_COUNT = r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
_NUMBER = re.compile(rf"{_COUNT}")
_SIGNED = re.compile(rf"(?P<sign>[-+]?)(?P<number>{_COUNT})")
_DECIMAL = re.compile(rf"{_COUNT}(?:\.[0-9]+)?")
_WORDED = re.compile(rf"(?P<sign>减少?|增加?|加)(?P<number>{_COUNT})(?P<rest>[项件个]?)")
_BESIDE = re.compile(
    r"(?P<number>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[件条项个次宗起份元人]|万元|亿元|万)?(?P<note>[*#]|[（(\[〔【].*[）)\]〕】])?",
    re.DOTALL,
)


def entry(node: Node, text: str, place: Place = NOWHERE) -> Entry:
    """What stands in the cell of a form. The text is kept whatever it is; nothing is made of what is not clear."""
    state, value = _judged(node, text)
    return Entry(node.at, text.strip(), state, value, place)


def plain(text: str) -> str:
    """A text of a cell in one width, without blanks around it."""
    return text.translate(_WIDE).strip()


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Whether a text stands where a number should: it begins with a digit or a sign, or says that there is none."""
    shown = plain(text)
    if _BLANK.fullmatch(shown):
        return True
    found = _BESIDE.fullmatch(shown)
    return bool(found or _WORDED.fullmatch(shown) or re.fullmatch(r"[-+0-9.,\s]+", shown))


def _judged(node: Node, text: str) -> tuple[State, Number | None]:
    shown = plain(text)
    if _BLANK.fullmatch(shown):
        return "blank", None
    if (value := _number(node, shown)) is not None:
        return _accepted(node, "number", value)
    value = _worded(node, shown) if _signed(node) else None
    if value is None:
        value = _annotated(node, shown)
    return ("unreadable", None) if value is None else _accepted(node, "annotated", value)


def _accepted(node: Node, state: State, value: Number) -> tuple[State, Number | None]:
    return (state, value) if node.accepts(value) else ("unreadable", None)


def _signed(node: Node) -> bool:
    return isinstance(node.domain, Integer) and node.domain.minimum < 0


def _number(node: Node, shown: str) -> Number | None:
    digits = shown.replace(",", "")
    if len(digits) > 40:  # noqa: PLR2004 - longer than any domain has digits
        return None
    if isinstance(node.domain, Money):
        return Decimal(digits) if _DECIMAL.fullmatch(shown) else None
    if _signed(node):
        return int(digits) if _SIGNED.fullmatch(shown) else None
    return int(digits) if _NUMBER.fullmatch(shown) else None


def _worded(node: Node, shown: str) -> Number | None:
    """`减4`, `增加19项`, `-8项`."""
    found = _WORDED.fullmatch(shown)
    if not found:
        return None
    number = _number(node, found["number"])
    return -number if number is not None and found["sign"].startswith("减") else number


def _annotated(node: Node, shown: str) -> Number | None:
    """A number with its unit, or with something in brackets, beside it; `3.0` where a whole number should be."""
    found = _BESIDE.fullmatch(shown)
    if not found or not unit_fits(node.label, found["unit"] or ""):
        return None
    whole = found["number"]
    if not isinstance(node.domain, Money):
        whole = re.sub(r"\.0+$", "", whole)
    return _number(node, whole)


def unit_fits(label: str, unit: str) -> bool:
    """Whether a unit of money in a cell is that of its column, where the form prints one."""
    if "元" not in unit and unit != "万":
        return True
    printed = next((known for known in ("亿元", "万元", "元") if known in label), "")
    return not printed or unit in {printed, printed.removesuffix("元")}
