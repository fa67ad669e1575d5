"""The entry of a sheet for the text of a cell."""

from gkformat.base.place import NOWHERE, Place
from gkformat.notation.cell_text import classify
from gkformat.notation.outline import Node
from gkformat.readers.sheet import Entry


def read_cell(node: Node, text: str, place: Place = NOWHERE) -> Entry:
    """Return the entry of a cell of the form. The text is kept whatever it is; an unclear one gives no value."""
    state, value = classify(node, text)
    return Entry(node.at, text.strip(), state, value, place)
