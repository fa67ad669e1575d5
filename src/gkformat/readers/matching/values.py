"""The entry of a sheet for the text of a cell."""

from gkformat.base.place import NOWHERE, Place
from gkformat.notation.cell_text import classify, not_kept
from gkformat.notation.outline import Node
from gkformat.readers.sheet import Entry

_PLAIN = frozenset(["number", "blank"])
"""The states of texts that are none of the words for what was not kept."""


def read_cell(node: Node, text: str, place: Place = NOWHERE) -> Entry:
    """Return the entry of a cell of the form. The text is kept whatever it is; an unclear one gives no value.

    If the document itself says that a text was not kept, there is none.
    """
    state, value = classify(node, text)
    if state not in _PLAIN and (kind := not_kept(text, value)):
        return Entry(node.at, "", kind, value, place)
    return Entry(node.at, text.strip(), state, value, place)
