"""Numbers in Chinese characters, and the numbers before headings and labels."""

import re

ZEROS = "〇零○"
ONE_TO_NINE = "一二三四五六七八九"
DIGITS = {digit: value for value, digit in enumerate(f"〇{ONE_TO_NINE}")} | dict.fromkeys(ZEROS, 0) | {"两": 2}
"""The values of digits. `○` is a circle, which many write for zero."""

_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "".join([*DIGITS, *_TENS])
"""The characters of a number below ten thousand."""

_NUMERAL = f"[{ONE_TO_NINE}十]{{1,3}}"
_STOP = "[、.．,，:：]"


def _number(numeral: str, stop: str) -> str:
    return rf"(?:[（(]\s*(?:{numeral})\s*[）)]{stop}?|(?:{numeral})\s*(?:{stop}|[）)]))"


SECTION_NUMBER_INSIDE = re.compile(rf"(?:{_NUMERAL}\s*{_STOP}|第{_NUMERAL}(?:部分|章)\s*{_STOP}?)")
"""The number of a section, to be searched for in a text: `一、`, `第一部分`, `第一章`."""

SECTION_NUMBER = re.compile(rf"\s*{SECTION_NUMBER_INSIDE.pattern}")
"""The same at the beginning of a text. A search for it would try the blanks before it from each one of them on."""

HEADING_NUMBER = re.compile(_number(_NUMERAL, "[、.．]"))
"""The number of a heading: `一、` or `（一）`. Not `一，`, with which a line of a sentence may begin: 统 / 一，…"""

LABEL_NUMBER = re.compile(_number(rf"{_NUMERAL}|\d{{1,2}}", _STOP))
"""The number of a label: `一、`, `（一）`, `1.` or `(1)`."""


def parse_numeral(written: str) -> int | None:
    """Parse a number below ten thousand, such as 一百〇二; return `None` if the characters are not one."""
    total, digit = 0, None
    for character in written:
        if character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif digit:
            return None
        else:
            digit = DIGITS[character]
    return total + (digit or 0)


def without_number(label: str) -> str:
    """Return a label without its number."""
    found = LABEL_NUMBER.match(label)
    return label[found.end() :] if found else label
