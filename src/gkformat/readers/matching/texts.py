"""The texts of a document: which body it is of and for which year, its sections, and what belongs to neither."""

from collections.abc import Iterable, Mapping, Sequence

from gkformat.base.address import Address
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.readers.document import Block, Document
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.headings import numbered_sections
from gkformat.readers.matching.identity import Identity, find_title, identify
from gkformat.readers.matching.prose import Prose, collect_prose, split_front
from gkformat.readers.matching.sections import find_sections


@frozen
class MatchedTexts:
    """The texts of a document, the body and the year, and what was odd about them."""

    prose: Prose
    identity: Identity
    findings: tuple[Finding, ...]


def match_texts(
    cls: type,
    document: Document,
    blocks: Sequence[Block],
    sources: Mapping[int, Address],
    before: Iterable[Block] = (),
    after: Iterable[Block] = (),
) -> MatchedTexts:
    """Look for the texts of a form in `blocks`, the main content of a document, which others stand before and after.

    `sources` maps the index of a table among the blocks to the table of the form that it is.
    """
    sections = find_sections(cls, blocks)
    front = split_front(before, sections, sources)
    title = find_title(front.all)
    prose = collect_prose(cls, sections, sources, front, title.lines, after)
    identity = identify(cls, document, front.all, title.title, prose.back)
    missing = (
        finding(cls, "section-missing", node.at) for node in numbered_sections(cls) if node.at not in prose.found
    )
    odd = (
        finding(cls, "not-in-form", at, "\n".join(item.text for item in items)) for at, items in prose.leftovers.items()
    )
    return MatchedTexts(prose, identity, (*sections.findings, *missing, *odd, *identity.findings))
