"""Text that somebody else wrote, made safe to stand within a line of ours."""

import re
from json import JSONEncoder

_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f"  # controls: line ends, and everything that commands a terminal
    "\u2028\u2029"  # line ends of Unicode
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what changes the direction of text
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"  # no width
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # what encloses the digits that follow
    "\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of scripts
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags, in which a whole text can hide
    "\ud800-\udfff"  # halves of characters: a file name that is not UTF-8
)
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What chooses the variant of the character before it. One is part of a character, several in a row hide a text."""

_PICTURES = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"

_KEPT_OR_ESCAPED = re.compile(
    f"(\U0001f3f4[\U000e0061-\U000e007a]{{5}}\U000e007f|(?<=[{_PICTURES}])\u200d(?=[{_PICTURES}]))"
    f"|[{_INVISIBLE}]|(?<![^{_SELECTORS}])[{_SELECTORS}]"
)
"""What is kept, in a group (a flag, the joint of a picture of several parts), and what is escaped."""

_as_json = JSONEncoder(ensure_ascii=True).encode


def visible(text: str) -> str:
    """Write as JSON escapes whatever could end the line, command a terminal, or hide or reorder the text around it.

    Ordinary text stays as it is: Chinese and every other script, wide spaces, emoji of several parts.
    """
    return _KEPT_OR_ESCAPED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[1] else _as_json(found[0])[1:-1]
