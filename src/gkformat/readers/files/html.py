"""HTML → paragraphs and tables, through lexbor (selectolax), which reads what browsers read."""

import html
import re
from collections.abc import Iterator

from attrs import Factory, define
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gkformat.base.errors import Unreadable
from gkformat.base.place import Place
from gkformat.base.words import Words
from gkformat.readers.decoding import decode
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.limits import DEPTH, check_cells, check_length

_SILENT = frozenset(
    {"script", "style", "head", "noscript", "template", "select", "button", "iframe", "svg", "math", "object", "video"}
    | {"audio", "-comment"}
)
"""Elements that show no text of the page."""

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "input", "ins", "kbd", "label"}
    | {"mark", "o:p", "q", "ruby", "small", "span", "strong", "st1:chsdate", "tt", "u", "var", "wbr", "-text"}
)
_BESIDE = frozenset(["sub", "sup", "del", "s", "strike"])
"""Footnote marks and struck-out text, which would run into a number; they are put in brackets."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TITLES = frozenset(["articletitle", "title", "og:title"])
_CELLS = frozenset(["td", "th"])
_NESTING = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|s|em|a|strong|big|small|table|section|article|ul|ol|dl|center|blockquote|form)\b",
    re.IGNORECASE,
)
_MOST_NODES = 2_000_000


def parse(data: bytes) -> Document:
    """Parse a page into paragraphs and tables; raises `Unreadable` if it is too large or too deeply nested."""
    return parse_markup(decode(data))


def parse_markup(text: str) -> Document:
    """Parse the markup of a page into paragraphs and tables.

    A table that contains tables is taken for layout: only the innermost count. If the page itself has no table, one is
    looked for in its scripts, where some publishers keep their text. Raises `Unreadable` if the page has more than
    `TEXT` characters, elements nested deeper than `DEPTH`, too many nodes, or a table of more than `TABLE_CELLS` cells.
    """
    check_length(text)
    if _depth(text) > DEPTH:
        raise Unreadable(Words(f"网页嵌套超过 {DEPTH} 层", f"the page is nested more than {DEPTH} deep"))
    tree = LexborHTMLParser(text)
    if tree.root is not None and tree.css_first("table") is None and (hidden := _in_script(text)):
        return parse_markup(hidden) if hidden != text else Document("html", ())
    page = _Page()
    if tree.body is not None:
        page.walk(tree.body)
    return Document("html", page.blocks, tuple(_titles(tree)))


def _depth(text: str) -> int:
    """Return the greatest nesting depth of the elements that have end tags."""
    deepest = depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _titles(tree: LexborHTMLParser) -> Iterator[str]:
    for meta in tree.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or ""
        if name.lower() in _TITLES and (content := meta.attributes.get("content")):
            yield content
    if (title := tree.css_first("title")) is not None:
        yield title.text()


@define
class _Page:
    """Collector of the blocks of a page, node by node; without recursion, because a page may be deeply nested."""

    blocks: list[Block] = Factory(list)
    running: list[str] = Factory(list)
    tables: int = 0

    def walk(self, root: LexborNode) -> None:
        """Collect the whole tree below a node."""
        waiting: list[tuple[LexborNode | None, str]] = [(root, "")]
        seen = 0
        while waiting:
            node, after = waiting.pop()
            if node is None:
                self._write(after)
                continue
            if (seen := seen + 1) > _MOST_NODES:
                raise Unreadable(Words("网页节点过多", "the page has too many nodes"))
            if node.next is not None and node is not root:
                waiting.append((node.next, ""))
            tag = node.tag or ""
            if tag == "-text":
                self._write(_squeezed(node.text_content or ""))
            elif tag == "br":
                self._write("\n")
            elif tag == "table" and len(node.css("table")) <= 1:
                self._flush()
                self._table(node)
            elif tag not in _SILENT and not _is_hidden(node):
                self._enter(node, tag, waiting)
        self._flush()

    def _enter(self, node: LexborNode, tag: str, waiting: list[tuple[LexborNode | None, str]]) -> None:
        if tag not in _INLINE and tag not in _BESIDE:
            self._flush()
            waiting.append((None, "\f"))
        if node.child is not None:
            waiting.append((node.child, ""))

    def _write(self, text: str) -> None:
        if text == "\f":
            self._flush()
        else:
            self.running.append(text)

    def _flush(self) -> None:
        text = _tidy("".join(self.running))
        self.running.clear()
        for line in filter(None, map(str.strip, text.split("\n"))):
            self.blocks.append(Paragraph(line, Place(line=len(self.blocks) + 1)))

    def _table(self, table: LexborNode) -> None:
        self.tables += 1
        rows = []
        count = 0
        for number, row in enumerate(table.css("tr"), start=1):
            cells: list[Cell] = []
            for cell in _children(row):
                if (cell.tag or "") in _CELLS and not _is_hidden(cell):
                    place = Place(table=self.tables, row=number, column=len(cells) + 1)
                    cells.append(Cell(_text(cell), _number(cell, "rowspan"), _number(cell, "colspan"), place))
            count += len(cells)
            check_cells(count)
            rows.append(cells)
        caption = table.css_first("caption")
        if caption is not None:
            self.blocks.append(Paragraph(_text(caption), Place(table=self.tables)))
        self.blocks.append(Table(rows, Place(table=self.tables)))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _text(cell: LexborNode) -> str:
    """Return the visible text of a cell; paragraphs and breaks become line breaks."""
    parts: list[str] = []
    waiting: list[tuple[LexborNode | None, str]] = [(cell.child, "")]
    while waiting:
        node, after = waiting.pop()
        if node is None:
            parts.append(after)
            continue
        waiting.append((node.next, ""))
        tag = node.tag or ""
        if tag == "-text":
            parts.append(_squeezed(node.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag == "input":
            parts.append(node.attributes.get("value") or "")
        elif tag not in _SILENT and not _is_hidden(node):
            before, after = ("〔", "〕") if tag in _BESIDE else ("", "") if tag in _INLINE else ("\n", "\n")
            parts.append(before)
            waiting += [(None, after), (node.child, "")]
    return _tidy("".join(parts)).replace("〔〕", "")


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _tidy(text: str) -> str:
    return re.sub(r" *\n\s*", "\n", text).strip(" \n")


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or "")))


def _number(cell: LexborNode, name: str) -> int:
    """Return a span as HTML reads it: the leading digits, or 1."""
    found = re.match(r"\s*(\d{1,6})", cell.attributes.get(name) or "", re.ASCII)
    return int(found[1]) if found else 1


# -- a table that a script holds -----------------------------------------------------------------------

_ESCAPED = re.compile(r"(?:<|\\u003c|\\x3c|&lt;)table\b.*(?:<|\\u003c|\\x3c|&lt;)\\?/table", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ENDED = re.compile(r"(?<!\\)[\"'`]\s*[;,)}\]\n](?!.*table).*$", re.IGNORECASE | re.DOTALL)
"""The end of the string, after the last table, and the rest of the script."""

_AROUND = 200_000
"""Number of characters before and after the tables that are taken for the same text."""

_BREAKS = {"n": "\n", "r": "\n", "t": "\t"}


def _in_script(text: str) -> str:
    """Return the part of a page that is a table in a string of a script, as HTML; empty if there is none."""
    found = _ESCAPED.search(text)
    if not found:
        return ""
    opening = text.rfind("<script", 0, found.start())
    start = text.find(">", opening) + 1 if opening >= 0 else 0
    closing = text.find("</script", found.end())
    string = text[max(start, found.start() - _AROUND) : closing if closing >= 0 else len(text)]
    string = re.sub(r"[\"']\s*\+\s*[\"']", "", string[: found.end() - start + _AROUND])
    string = _ENDED.sub("", string)
    plain = _ESCAPE.sub(_unescaped, string)
    return html.unescape(plain) if re.search("&lt;table", plain, re.IGNORECASE) else plain


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _BREAKS.get(found[3], found[3])
