"""Signs for what a cell shows that is no text: it may be the number, or a digit of it.

They are written only beside a number, or alone: what is drawn beside a label, or numbers it, does not change it.
"""

from collections.abc import Mapping

from gkformat.notation.cell_text import is_value

DRAWN, NUMBERED = "\N{OBJECT REPLACEMENT CHARACTER}", "\N{INTERLINEAR ANNOTATION ANCHOR}"
"""What stands, while a file is read, for what is drawn, and for the number of an item of a list."""

_SHOWN: Mapping[int, str] = {ord(DRAWN): "〔图〕", ord(NUMBERED): "〔编号〕"}
_NOT_SHOWN = dict.fromkeys(_SHOWN)


def without_signs(text: str) -> str:
    """Return the text alone."""
    return text.translate(_NOT_SHOWN).strip() if _has_signs(text) else text


def with_signs(text: str) -> str:
    """Return the text of a cell, with signs if it may be a number."""
    if not _has_signs(text):
        return text
    bare = without_signs(text)
    return text.translate(_SHOWN) if is_value(bare) else bare


def _has_signs(text: str) -> bool:
    return DRAWN in text or NUMBERED in text
