"""The elements of XML with their places in the bytes, so that a few of these can be replaced and all others stay."""

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat

from attrs import Factory, define

from gkformat.readers.files.package import transitional

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
"""A tag from its beginning to its end; `>` may stand in the value of an attribute."""


@define(eq=False)
class Element:
    """An element from `start` to `end`; its contents begin at `inner`, where its end tag begins if it is empty."""

    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    end: int = 0
    is_tag: bool = False
    children: "list[Element]" = Factory(list)

    def child(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def walk(self) -> "Iterator[Element]":
        """Yield this element and all inside it, in order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


def parse_elements(xml: bytes, namespace: str) -> Element:
    """Return the outermost element of a part, in UTF-8. Names in `namespace` stand without it."""
    open_elements: list[Element] = [Element("", {}, 0, 0)]
    main = f"{namespace} "

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(xml, at)
        inner = tag.end() if tag else at
        element = Element(
            transitional(name).removeprefix(main), attributes, at, inner, is_tag=xml[inner - 2 : inner] == b"/>"
        )
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        element = open_elements.pop()
        tag = _TAG.match(xml, parser.CurrentByteIndex)
        element.end = element.inner if element.is_tag or not tag else tag.end()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)  # noqa: FBT003 - expat names no parameters
    return open_elements[0].children[0]


_PREFIX = re.compile(rb"<([^\s:/>]+:)?")


def prefix(xml: bytes, element: Element) -> bytes:
    """Return the prefix of the name of an element, with its colon; empty if it has none."""
    found = _PREFIX.match(xml, element.start)
    return (found[1] or b"") if found else b""


Edit = tuple[int, int, bytes]
"""Bytes from one place to another, and what replaces them."""


def edited(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes with edits, which do not overlap, made."""
    parts: list[bytes] = []
    done = 0
    for start, end, text in sorted(edits):
        parts += [xml[done:start], text]
        done = end
    return b"".join([*parts, xml[done:]])
