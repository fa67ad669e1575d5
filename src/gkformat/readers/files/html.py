"""HTML → paragraphs and tables, through lexbor (selectolax), which reads what browsers read."""

import html
import re
from collections import deque
from collections.abc import Container, Iterator

from attrs import Factory, define
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gkformat.base.place import Place
from gkformat.readers.decoding import decode
from gkformat.readers.document import Block, Cell, Document, Paragraph, Table
from gkformat.readers.files.html_look import PLAIN, Attributes, Look, is_dot, is_gone, is_hidden, style_of
from gkformat.readers.files.nesting import check_nesting
from gkformat.readers.files.signs import DRAWN, NUMBERED, with_signs, without_signs
from gkformat.readers.guard import guarded
from gkformat.readers.limits import check_blocks, check_cells, check_length

_SILENT = frozenset(
    {"script", "style", "title", "noscript", "noframes", "noembed", "template"}
    | {"datalist", "rp", "audio", "-comment"}
)
"""Elements that show nothing of the page."""

_DRAWN = frozenset(
    {"img", "svg", "math", "canvas", "object", "embed", "video", "iframe"} | {"select", "button", "meter", "progress"}
)
"""Elements that show something else than their text."""

_SEEN_AGAIN = "[style*=visible]"
"""What is seen within an element that is not."""

_UNREAD = _SILENT | _DRAWN
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "input", "ins", "kbd", "label"}
    | {"mark", "nobr", "o:p", "q", "ruby", "small", "span", "strong", "st1:chsdate", "tt", "u", "var", "wbr", "-text"}
)
_BESIDE = frozenset(["sub", "sup", "rt", "del", "s", "strike"])
"""Footnote marks, readings and struck-out text, which would run into a number; they are put in brackets."""

_TYPED = frozenset(["", "text", "number", "tel", "search"])
"""The types of fields of a form that show their value; others but `hidden` show something else."""

_BULLETS = frozenset(["none", "disc", "circle", "square"])
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)

_EMPTY = re.compile(r"〔(\s*)〕")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPAN = re.compile(r"\s*(\d{1,6})", re.ASCII)
_SHEET = re.compile(r"table\d+", re.ASCII)
"""What LibreOffice calls the place of a sheet in a page; the name of the sheet stands there, as a heading."""

_TITLES = frozenset(["articletitle", "title", "og:title"])
_SOURCES = frozenset(["contentsource", "publisher", "author"])
_CELLS = frozenset(["td", "th"])
_PARTS = frozenset(["thead", "tbody", "tfoot"])
_LAYERS = 3
"""How often a page may hold a page in a string of a script."""


def parse(data: bytes) -> Document:
    """Parse a page into paragraphs and tables; raises `Unreadable` if it is too large or too deeply nested."""
    return parse_markup(decode(data))


def parse_markup(text: str) -> Document:
    """Parse the markup of a page into paragraphs and tables.

    A table that contains tables is taken for layout: only the innermost count. If the page itself has no table, one is
    looked for in its scripts, where some publishers keep their text. Raises `Unreadable` if the page has more than
    `TEXT` characters or `TAGS` tags, elements nested deeper than `DEPTH`, or a table of more than `TABLE_CELLS` cells.
    """
    with guarded("HTML"):
        tree = _tree(text)
        for _ in range(_LAYERS):
            if tree.root is None or tree.css_first("table") is not None or not (hidden := _in_script(text)):
                break
            if hidden == text:
                return Document("html", ())
            text, tree = hidden, _tree(hidden)
        page = _Page()
        if tree.body is not None:
            page.walk(tree.body)
        return Document("html", page.blocks, tuple(_titles(tree)), tuple(_sources(tree)), tuple(page.parents))


def _tree(text: str) -> LexborHTMLParser:
    check_length(text)
    check_nesting(text)
    return LexborHTMLParser(text)


def _titles(tree: LexborHTMLParser) -> Iterator[str]:
    yield from _metadata(tree, _TITLES)
    if (title := tree.css_first("title")) is not None:
        yield title.text()


def _sources(tree: LexborHTMLParser) -> Iterator[str]:
    return _metadata(tree, _SOURCES)


def _metadata(tree: LexborHTMLParser, names: Container[str]) -> Iterator[str]:
    for meta in tree.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or ""
        if name.lower() in names and (content := meta.attributes.get("content")):
            yield content


@define
class _Page:
    """Collector of the blocks of a page, node by node; without recursion, because a page may be deeply nested.

    `grounds` are the backgrounds of the elements in which tables stand.
    """

    blocks: list[Block] = Factory(list)
    running: list[str] = Factory(list)
    tables: int = 0
    parents: list[int] = Factory(lambda: [0])
    element: int = 0
    link_depth: int = 0
    linked: int = 0
    grounds: dict[int, Look] = Factory(dict)

    def walk(self, root: LexborNode) -> None:
        """Collect the whole tree below a node."""
        layouts = _layouts(root)
        waiting: list[tuple[LexborNode | None, str]] = [(root, "")]
        while waiting:
            node, left = waiting.pop()
            if node is None:
                self._leave(left)
                continue
            if node.next is not None and node is not root:
                waiting.append((node.next, ""))
            tag = node.tag or ""
            if tag == "-text":
                self._write(_squeezed(node.text_content or ""))
            elif tag == "br":
                self._write("\n")
            elif tag == "table" and node.mem_id not in layouts and not is_hidden(node.attributes):
                self._flush()
                self._table(node)
            elif tag not in _UNREAD and not is_hidden(node.attributes) and not _is_name_of_sheet(node):
                self._enter(node, tag, waiting)
        self._flush()

    def _enter(self, node: LexborNode, tag: str, waiting: list[tuple[LexborNode | None, str]]) -> None:
        if tag not in _INLINE and tag not in _BESIDE:
            self._flush()
            waiting.append((None, tag))
            self.parents.append(self.element)
            self.element = len(self.parents) - 1
        elif tag == "a" and not _is_anchor(node.attributes):
            waiting.append((None, tag))
            self.link_depth += 1
        if node.child is not None:
            waiting.append((node.child, ""))

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self.link_depth -= 1
        else:
            self._flush()
            self.element = self.parents[self.element]

    def _write(self, text: str) -> None:
        self.running.append(text)
        self.linked += bool(self.link_depth and text.strip())

    def _flush(self) -> None:
        text = _tidy("".join(self.running))
        is_link = self.linked == sum(map(bool, map(str.strip, self.running)))
        self.running.clear()
        self.linked = 0
        for line in filter(None, map(str.strip, text.split("\n"))):
            self.blocks.append(Paragraph(line, Place(line=len(self.blocks) + 1), self.element, is_link))
        check_blocks(len(self.blocks))

    def _table(self, table: LexborNode) -> None:
        self.tables += 1
        rows = []
        count = 0
        for number, (row, look) in enumerate(_rows(table, self._look_of(table)), start=1):
            cells: list[Cell] = []
            for cell in _children(row):
                if (cell.tag or "") in _CELLS and not is_gone(attributes := cell.attributes):
                    place = Place(table=self.tables, row=number, column=len(cells) + 1)
                    height, width = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
                    text = "" if is_hidden(attributes) else _cell_text(cell, attributes, look)
                    cells.append(Cell(text, height, width, place))
            count += len(cells)
            check_cells(count)
            rows.append(cells)
        caption = table.css_first("caption")
        if caption is not None:
            self.blocks.append(Paragraph(without_signs(_text(caption)), Place(table=self.tables), self.element))
        self.blocks.append(Table(rows, Place(table=self.tables), self.element))

    def _look_of(self, table: LexborNode) -> Look:
        """Return the look of a table on the background of what it stands in."""
        around: list[LexborNode] = []
        node = table.parent
        while node is not None and node.tag != "html" and node.mem_id not in self.grounds:
            around.append(node)
            node = node.parent
        ground = PLAIN if node is None else self.grounds.get(node.mem_id, PLAIN)
        for each in reversed(around):
            ground = self.grounds[each.mem_id] = ground.on(each.attributes)
        return ground.within(table.attributes)


def _layouts(root: LexborNode) -> set[int]:
    """Return the tables that contain tables, but for those that only frame the text of a cell."""
    return {table.mem_id for table in root.css("table:has(table :is(td, th, tr, tbody) + :is(td, th, tr, tbody))")}


def _rows(table: LexborNode, look: Look) -> Iterator[tuple[LexborNode, Look]]:
    """Yield the rows of a table that are seen, but not of one in a cell of it, with their looks."""
    for part in _children(table):
        if (part.tag or "") in _PARTS and not is_hidden(attributes := part.attributes):
            inner = look.within(attributes)
            for row in _children(part):
                if row.tag == "tr" and not is_hidden(attributes := row.attributes):
                    yield row, inner.within(attributes)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def text_of(markup: str) -> str:
    """Return the visible text of markup."""
    body = _tree(markup).body
    return "" if body is None else without_signs(_text(body))


def cell_text_of(markup: str) -> str:
    """Return the text of the cell of a table whose markup is given."""
    body = _tree(markup).body
    return "" if body is None else _cell_text(body, {})


def _cell_text(cell: LexborNode, attributes: Attributes, row: Look = PLAIN) -> str:
    """Return the text of a cell with these attributes in a row with a look; with signs for what is no text.

    A cell is never too small for its text: the table makes room.
    """
    look = row.within(attributes)
    text = with_signs(_text(cell, look))
    return f"〔{text}〕" if text and style_of(attributes).is_displaced else text


def _text(cell: LexborNode, look: Look = PLAIN) -> str:
    """Return the visible text of an element, and what stands for what is no text; paragraphs become lines."""
    parts: list[str] = []
    is_filled = False
    waiting: list[tuple[LexborNode | None, str, Look]] = [(cell.child, "", look)]
    while waiting:
        node, after, look = waiting.pop()
        if node is None:
            parts.append(after)
            continue
        waiting.append((node.next, "", look))
        tag = node.tag or ""
        if tag == "-text":
            text = _squeezed(node.text_content or "")
            parts.append(f"〔{text}〕" if look.is_apart and text.strip() else text)
            is_filled |= text not in {"", " "}
        elif tag == "br":
            parts.append("\n")
        elif tag in _SILENT:
            continue
        elif is_hidden(attributes := node.attributes):
            parts.append("" if node.css_first(_SEEN_AGAIN) is None else DRAWN)
        elif tag in _DRAWN:
            parts.append("" if is_dot(attributes) else DRAWN)
        elif tag == "input":
            parts.append(_field(attributes))
        else:
            inner = look.within(attributes)
            before, after = _around(tag, attributes, is_filled=is_filled)
            parts += [before, NUMBERED if tag == "li" and _is_numbered(node) else ""]
            waiting += [(None, after, look), (node.child, "", inner)]
    return _tidy(_EMPTY.sub(r"\1", "".join(parts).replace("〕〔", "")))


def _field(attributes: Attributes) -> str:
    """Return what a field of a form shows."""
    kind = (attributes.get("type") or "").lower()
    if kind in _TYPED:
        return attributes.get("value") or ""
    return "" if kind == "hidden" else DRAWN


def _is_numbered(item: LexborNode) -> bool:
    """Check whether an item of a list shows a number."""
    kind = "disc"
    parent = item.parent
    if parent is not None and parent.tag in {"ol", "ul"}:
        kind = _list_style(parent.attributes) or ("decimal" if parent.tag == "ol" else kind)
    return (_list_style(item.attributes) or kind) not in _BULLETS


def _list_style(attributes: Attributes) -> str:
    found = _LIST_STYLE.search(attributes.get("style") or "")
    return (found[1] if found else attributes.get("type") or "").lower()


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _tidy(text: str) -> str:
    """Return a text without the blanks around its line breaks, and without empty lines."""
    if "\n" not in text:
        return text.strip(" ")
    first, *rest = text.split("\n")
    lines = [first, *filter(None, map(str.lstrip, rest))]
    return "\n".join(line.rstrip(" ") for line in lines).strip(" \n")


def _is_anchor(attributes: Attributes) -> bool:
    """Check whether an element is where a link leads to, and none itself."""
    return "href" not in attributes and ("name" in attributes or "id" in attributes)


def _is_name_of_sheet(node: LexborNode) -> bool:
    """Return True for the name of a sheet, which is not a text of it, in a page that was made from a workbook."""
    if node.tag != "a" or node.child is None or node.child.tag != "h1":
        return False
    return bool(_SHEET.fullmatch(node.attributes.get("name") or ""))


def _around(tag: str, attributes: Attributes, *, is_filled: bool) -> tuple[str, str]:
    """Return what is put before and after the text of an element; `is_filled` says that a text precedes it."""
    if tag in _BESIDE or (attributes and _is_set_apart(tag, attributes, is_filled=is_filled)):
        return "〔", "〕"
    return ("", "") if tag in _INLINE and not style_of(attributes).is_block else ("\n", "\n")


def _is_set_apart(tag: str, attributes: Attributes, *, is_filled: bool) -> bool:
    """Check whether an element is moved out of its line, turned around, or the link from a text to a note of it."""
    style = style_of(attributes)
    if style.is_displaced or style.is_cut or (tag == "bdo" and (attributes.get("dir") or "").lower() == "rtl"):
        return True
    target = attributes.get("href") or ""
    return tag == "a" and is_filled and target.startswith("#") and target != "#"


def _span(value: str | None) -> int:
    """Return a span as HTML reads it: the leading digits, or 1."""
    found = _SPAN.match(value or "")
    return int(found[1]) if found else 1


# -- a table that a script holds -----------------------------------------------------------------------

_OPENS = re.compile(r"(?:<|\\u003c|\\x3c|&lt;)table\b", re.IGNORECASE)
_CLOSES = re.compile(r"(?:<|\\u003c|\\x3c|&lt;)\\?/table", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_NAMED = re.compile("table", re.IGNORECASE)
_ENDED = re.compile(r"(?<!\\)[\"'`]\s*[;,)}\]\n]")
"""The end of the string."""

_AROUND = 200_000
"""Number of characters before and after the tables that are taken for the same text."""

_BREAKS = {"n": "\n", "r": "\n", "t": "\t"}


def _in_script(text: str) -> str:
    """Return the part of a page that is a table in a string of a script, as HTML; empty if there is none."""
    first, last = _OPENS.search(text), _last(_CLOSES, text)
    if not first or not last or last.start() < first.end():
        return ""
    opening = text.rfind("<script", 0, first.start())
    start = text.find(">", opening) + 1 if opening >= 0 else 0
    closing = text.find("</script", last.end())
    string = text[max(start, first.start() - _AROUND) : closing if closing >= 0 else len(text)]
    string = re.sub(r"[\"']\s*\+\s*[\"']", "", string[: last.end() - start + _AROUND])
    named = _last(_NAMED, string)
    if ended := _ENDED.search(string, named.end() if named else 0):
        string = string[: ended.start()]
    plain = _ESCAPE.sub(_unescaped, string)
    return html.unescape(plain) if re.search("&lt;table", plain, re.IGNORECASE) else plain


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _BREAKS.get(found[3], found[3])
