"""Did you mean …? The known name that a wrong one was probably meant to be."""

from collections.abc import Iterable

from gkformat.base.words import Words

MEANT = Words("；是否为 {close}？", "; did you mean {close}?")
_LONGEST = 100
"""The longest name that is compared: no name of ours is longer, and comparing takes the square of its length."""


def closest(wrong: str, known: Iterable[str]) -> str:
    """Return the most similar known name; an empty text if none is similar."""
    if len(wrong) > _LONGEST:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only needed for errors

    return next(iter(get_close_matches(wrong, [*known], n=1)), "")
