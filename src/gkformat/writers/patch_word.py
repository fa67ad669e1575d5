"""Put numbers into the cells of a DOCX: the text of a cell is replaced; its look, and everything else, stays."""

from collections.abc import Iterator, Mapping

from gkformat.base.place import Place
from gkformat.readers.files.package import Package
from gkformat.readers.files.word import GONE, cell_places
from gkformat.readers.files.word_numbering import MAIN
from gkformat.writers.elements import Edit, Element, edited, parse_elements, prefix

_PART = "word/document.xml"
_TEXTS = frozenset(["t", "sym", "tab", "br", "cr", "noBreakHyphen"])


def patched_parts(package: Package, texts: Mapping[Place, str]) -> Mapping[str, bytes]:
    """Return the parts that change when texts are put into cells. Raises `LookupError` for a place without one."""
    xml = package.part(_PART)
    cells = [element for element in _present(parse_elements(xml, MAIN)) if element.name == "tc"]
    at_place = dict(zip(cell_places(xml), cells, strict=True))
    return {_PART: edited(xml, [edit for place, text in texts.items() for edit in _edits(xml, at_place[place], text)])}


def _present(root: Element) -> Iterator[Element]:
    """Yield an element and those inside it whose content a reader sees, in order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in reversed(element.children) if child.name not in GONE]


def _edits(xml: bytes, cell: Element, text: str) -> Iterator[Edit]:
    """Yield edits that leave this text in a cell: instead of its first text, or else in a run of its own."""
    before = prefix(xml, cell)
    written = b"<%st>%s</%st>" % (before, text.encode(), before)
    for run in (element for element in _present(cell) if element.name == "r"):
        look = run.child("rPr")
        names = {element.name for element in look.children} if look else set()
        for inner in run.children if "vanish" not in names else ():
            if inner.name in _TEXTS:
                is_first = inner.name == "t" and not names & {"vertAlign", "strike", "dstrike"}
                yield (inner.start, inner.end, written if is_first else b"")
                written = b"" if is_first else written
    if written:
        paragraph = next((element for element in _present(cell) if element.name == "p"), None)
        if paragraph is None:
            raise LookupError
        yield _appended(xml, paragraph, b"<%sr>%s%s</%sr>" % (before, _look(xml, paragraph), written, before))


def _look(xml: bytes, paragraph: Element) -> bytes:
    """Return the properties of a run as the paragraph has them for its end, where the next text would be typed."""
    properties = paragraph.child("pPr")
    look = properties.child("rPr") if properties else None
    if look is None or any(each.name in {"ins", "del", "moveFrom", "moveTo", "rPrChange"} for each in look.children):
        return b""
    return xml[look.start : look.end]


def _appended(xml: bytes, paragraph: Element, run: bytes) -> Edit:
    """Return the edit that puts a run at the end of a paragraph."""
    if not paragraph.is_tag:
        end = xml.rindex(b"</", paragraph.start, paragraph.end)
        return (end, end, run)
    opening = xml[paragraph.start : paragraph.end - 2].rstrip() + b">"
    return (paragraph.start, paragraph.end, b"%s%s</%sp>" % (opening, run, prefix(xml, paragraph)))
