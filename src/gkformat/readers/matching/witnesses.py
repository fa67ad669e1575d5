"""Who says which body reports, and for which year."""

from collections.abc import Iterable

from gkformat.base.frozen import frozen
from gkformat.base.words import SEMICOLON, Words


@frozen
class Witness:
    """Somebody who states a body or a year."""

    source: Words
    says: str


def said_by(witnesses: Iterable[Witness]) -> Words:
    """Return what each witness says, in a sentence."""
    said = Words("", "")
    for one in witnesses:
        phrase = Words("{source}“{says}”", "{source} “{says}”").format(source=one.source, says=one.says)
        said = said + SEMICOLON + phrase if said.zh else phrase
    return said
