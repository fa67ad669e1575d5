"""The main content of a page, found by where the form stands in it and not by how a site names its elements."""

from collections import Counter
from collections.abc import Sequence

from gkformat.base.frozen import frozen
from gkformat.base.numbering import SECTION_NUMBER
from gkformat.readers.document import Block, Document, Table
from gkformat.readers.matching.headings import find_heading
from gkformat.readers.matching.labels import LONGEST_LABEL, letters
from gkformat.readers.matching.rows import table_labels

_FEWEST_LABELS = 3
"""The labels of the form in a table that is one of its tables: one or two may be there by chance."""


@frozen
class Parts:
    """The blocks of a document: the main content, and what precedes and follows it."""

    before: tuple[Block, ...]
    main: tuple[Block, ...]
    after: tuple[Block, ...] = ()


def main_content(cls: type, document: Document) -> Parts:
    """Return the smallest element of a page that holds all headings and tables of the form; of other files, all."""
    blocks, parents = document.blocks, document.parents
    of_form = Counter(block.element for block in blocks if _is_of_form(cls, block)) if parents else Counter[int]()
    if not of_form:
        return Parts((), blocks)
    holds = [of_form[element] for element in range(len(parents))]
    for element in range(len(parents) - 1, 0, -1):  # an element comes after the one that it is in
        holds[parents[element]] += holds[element]
    common = max(element for element, count in enumerate(holds) if count == of_form.total())
    indices = _within(blocks, parents, common)
    return Parts(blocks[: indices[0]], blocks[indices[0] : indices[-1] + 1], blocks[indices[-1] + 1 :])


def _is_of_form(cls: type, block: Block) -> bool:
    if isinstance(block, Table):
        cells = (cell.text for row in block.rows for cell in row if cell.text and len(cell.text) < LONGEST_LABEL)
        return len(table_labels(cls).intersection(map(letters, cells))) >= _FEWEST_LABELS
    return bool(SECTION_NUMBER.match(block.text) and not block.is_link and find_heading(cls, block.text))


def _within(blocks: Sequence[Block], parents: Sequence[int], root: int) -> list[int]:
    """Return the indices of the blocks in an element."""
    inside = {root}
    for element, parent in enumerate(parents):
        if parent in inside:
            inside.add(element)
    return [index for index, block in enumerate(blocks) if block.element in inside]
