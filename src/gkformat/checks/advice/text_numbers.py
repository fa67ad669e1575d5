"""Advice on the numbers of a text: against the tables, and against each other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.checks.advice.findings import advise_on_words
from gkformat.checks.prose import passages, prose_fields
from gkformat.forms import editions


def text_differs(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a number in the narrative that fits the table to which it refers in none of its valid readings."""
    if any(passages(report)):
        from gkformat.checks.narrative.against_tables import differences  # noqa: PLC0415 - a large vocabulary, and many reports have no text

        yield from differences(report, prose_fields(type(report)))


# -- a sum and its parts -------------------------------------------------------------------------------

_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,9})"
_COUNT = re.compile(rf"(?P<number>{_NUMBER})＃*(?P<unit>[条篇份期场])(?!例)")
_WHOLE = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>[条篇份期场])(?P<brackets>[（(])?"
    r"(?:[，,][^，,。；;\d]{0,12}\d{1,3}(?:\.\d{1,2})?%)?(?:[，,。；;：:]?(?:其中|包括|包含|(?P<each>分别[为是])|含)[：:]?|[：:])"
)
_LIST_END = re.compile(r"[。！!：:]|其中|包括|包含|分别|[内涵]有|内含|[；;](?=[^；;。]{0,40}(?:共|累计|全年))")
_NESTED = re.compile(r"[（(][^（）()]*[）)]")
_UNCERTAIN = re.compile(r"余条|余篇|多条|近\d|约\d|以上|左右")
_LAST_PART = re.compile(r"(?:其他|其它|其余|另有)[^，,、；;。\d]*$")


def text_parts_sum(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a number whose parts, listed after it, add up to another: 公开信息363条，其中352条、1条、3条、3条、1条.

    A list need not be complete. It is taken for complete if it says so (分别为, 其他), if it comes near the whole, or
    if one slip explains the difference.
    """
    for passage in passages(report):
        for whole in islice(_WHOLE.finditer(passage.printed), _MOST_LISTS):
            number = int(whole["number"].replace(",", ""))
            parts = _parts(passage.printed, whole)
            total = _unequal_sum(number, parts)
            if total is not None:
                span = whole.start(), parts[-1].end
                yield advise_on_words(report, "text-parts-sum", passage, span, total, number)


_LONGEST_LIST, _MOST_LISTS = 500, 500
"""The greatest length of a list, and how many are read of a text: they may overlap."""


@frozen
class _Part:
    """A part in a list: its number, whether the words say that none comes after it, and where it ends."""

    number: int
    is_last: bool
    end: int


def _parts(text: str, whole: re.Match[str]) -> Sequence[_Part]:
    """Return the parts that follow a whole, in its unit; none if one is uncertain, or counted in another unit."""
    listed = text[whole.end() : whole.end() + _LONGEST_LIST]
    if whole["brackets"]:
        listed = re.split("[）)]", listed, maxsplit=1)[0]
    listed = _LIST_END.split(_NESTED.sub(lambda nested: "＃" * len(nested[0]), listed), maxsplit=1)[0]
    if _UNCERTAIN.search(listed):
        return ()
    in_other_units = [int(number) for number in re.findall(r"\d{1,9}", _COUNT.sub("", listed))]
    is_complete = bool(whole["each"]) and not in_other_units
    parts, reached = [], 0
    for match in _COUNT.finditer(listed):
        if match["unit"] != whole["unit"]:
            break
        is_last = is_complete or bool(_LAST_PART.search(listed[reached : match.start()]))
        parts.append(_Part(int(match["number"].replace(",", "")), is_last, whole.end() + match.end()))
        reached = match.end()
    missing = int(whole["number"].replace(",", "")) - sum(part.number for part in parts)
    return () if missing in in_other_units else parts


_FEWEST_PARTS, _SEVERAL_PARTS = 2, 3
_NEAR, _MOSTLY = Decimal("0.1"), Decimal("0.75")
_LARGE = 100
"""One slip explains almost any sum of a smaller number."""


def _unequal_sum(whole: int, parts: Sequence[_Part]) -> int | None:
    """Return the sum of the parts if it should be the whole and is not."""
    numbers = [part.number for part in parts]
    total, count = sum(numbers), len(numbers)
    if count < _FEWEST_PARTS or total == whole:
        return None
    is_closed = parts[-1].is_last
    if max(numbers) > whole:  # not a part of it, unless one digit is wrong
        is_complete = (count >= _SEVERAL_PARTS or is_closed) and _one_slip_explains(whole, numbers)
    else:
        is_near = abs(total - whole) <= _NEAR * whole
        is_telling = (count >= _SEVERAL_PARTS or whole >= _LARGE) and total >= _MOSTLY * whole
        is_complete = is_closed or is_near or (is_telling and _one_slip_explains(whole, numbers))
    return total if is_complete else None


def _one_slip_explains(whole: int, parts: Sequence[int]) -> bool:
    """Return True if the sum holds once a number has one other digit, one more, one less, or two exchanged."""
    missing = whole - sum(parts)
    pairs = [(whole, whole - missing), *((part, part + missing) for part in parts)]
    return any(_differ_by_one_digit(str(found), str(meant)) for found, meant in pairs if meant > 0)


def _differ_by_one_digit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        differing = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
        return len(differing) == 1 or (len(differing) == 2 and differing[0] == differing[1][::-1])  # noqa: PLR2004 - two that changed places
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


# -- growth --------------------------------------------------------------------------------------------

_UP, _DOWN = "增长|增加|上升|提高|提升|上涨|增幅|涨幅|多", "减少|下降|降低|回落|下滑|降幅|减幅|少"
_BASE = r"(?:(?:同?比|较|与)?(?:上一?年|去年|20\d\d年)(?:度|同期)?相?比?的?)"
_RATE = rf"{_BASE}?(?:同比)?(?P<turn>{_UP}|{_DOWN})(?:了|率|幅度?)?(?:为|达到?|约)?(?P<rate>\d{{1,4}}(?:\.\d{{1,4}})?)%"


def _amount(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})(?P<{name}_unit>人次|[条件篇次份个期场人宗起])"


_BEFORE = rf"{_BASE}(?:为|是)?[（(]?{_amount('past')}[）)]?"

_GROWTH = (
    # 110件，比上年增加10件，增长10%; 110件，比上年的100件增加10件，增长10%
    re.compile(
        rf"{_amount('now')}[，,](?:{_BEFORE}|{_BASE})?(?:同比)?(?P<step_turn>{_UP}|{_DOWN})了?{_amount('step')}[，,]{_RATE}"
    ),
    # 由上年的100件增至110件，增长10%
    re.compile(rf"[由从]{_BASE}{_amount('past')}(?:{_UP}|{_DOWN}|[增降升])?[到至为]{_amount('now')}[，,]{_RATE}"),
    # 110件，上年为100件，增长10%; 110件（上年100件），增长10%; 110件，较上年的100件增长10%
    re.compile(rf"{_amount('now')}[，,（(]{_BEFORE}[，,]?{_RATE}"),
)


def growth_rate(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a rate of growth that does not follow from the numbers beside it: 110件，比上年增加10件，增长20%."""
    for passage in passages(report):
        for pattern in _GROWTH:
            for match in pattern.finditer(passage.printed):
                found = _growth(match.groupdict())
                stated = Decimal(match["rate"]) * (1 if re.fullmatch(_UP, match["turn"]) else -1)
                decimals = len(match["rate"].partition(".")[2])
                if found is not None and abs(found - stated) >= Decimal(1).scaleb(-decimals):
                    shown = round(found, max(decimals, 1))
                    yield advise_on_words(report, "growth-rate", passage, match.span(), stated, shown)


def _growth(stated: dict[str, str | None]) -> Decimal | None:
    """Return the growth in per cent; `None` if it cannot be told from what is stated."""

    def number(name: str) -> int:
        return int((stated.get(name) or "0").replace(",", ""))

    units = {unit for name, unit in stated.items() if unit and name.endswith("_unit")}
    now, past = number("now"), number("past")
    if stated.get("step") and not past:
        step = number("step")
        past = now - step if re.fullmatch(_UP, str(stated["step_turn"])) else now + step
    if len(units) != 1 or past <= 0:
        return None
    return Decimal(100) * (now - past) / past
