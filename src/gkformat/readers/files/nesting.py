"""How deep the elements of a page are nested, told before it is parsed.

For each tag, a parser of HTML looks through the elements that are open, so a page that is nested deep takes quadratic
time. The tags are matched here as the standard says, as far as that decides how many elements are open.
"""

import re
from collections.abc import Iterator

from attrs import Factory, define

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.limits import DEPTH, TAGS

_FEW = 3000
"""Elements that are few enough to be parsed however they are nested."""

_WS = r"[ \t\n\f\r]"
_ATTRIBUTE = (
    rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{_WS}*+={_WS}*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+)?+"
)
_TOKEN = re.compile(
    r"<(?:!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    r"|(?P<slash>/?)(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"(?:[ \t\n\f\r/]*+{_ATTRIBUTE})*+{_WS}*+(?P<closed>/?)[ \t\n\f\r/]*+(?:>|\Z))"
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_RAW = _names("iframe noembed noframes script style textarea title xmp")
"""Elements whose content is text up to their end tag."""

_FOREIGN = _names("svg math")
_FORMATTING = _names("a b big code em font form i nobr s small strike strong tt u")
"""Elements that only their own end tag ends, wherever it is; those of formatting go on in the next paragraph."""

_INTEGRATED = _names("annotation-xml desc foreignobject mi mn mo ms mtext")
"""Elements of pictures and formulas in which HTML may stand."""

_SCOPES = _names("applet caption html marquee object table td template th") | _INTEGRATED
_LISTS = _SCOPES | _names("ol ul")
_TABLES = _names("table template")
_PARTS_OF_TABLES = _names("caption colgroup tbody td tfoot th thead tr")
_SPECIAL = (
    _names(
        "address applet area article aside base basefont bgsound blockquote body br button caption center col "
        "colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 "
        "h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee menu meta nav "
        "noembed noframes noscript object ol p param plaintext pre script search section select source style "
        "summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp"
    )
    | _INTEGRATED
)
_ENDED_IN_SCOPE = _names(
    "address applet article aside blockquote button center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hgroup li listing main marquee menu nav object ol p pre search "
    "section select summary ul"
)
"""Elements that are ended even if others are open inside them."""

_ROW_GROUPS = _names("tbody thead tfoot")
_PARAGRAPH = _names("p")
_ENDED: dict[str, frozenset[str]] = {
    "p": _PARAGRAPH,
    "li": _names("p li"),
    "option": _names("option"),
    **dict.fromkeys(("dt", "dd"), _names("p dt dd")),
    **dict.fromkeys(("td", "th"), _names("p td th")),
    "tr": _names("p td th tr caption colgroup"),
    **dict.fromkeys(_ROW_GROUPS, _names("p td th tr caption colgroup") | _ROW_GROUPS),
}
"""The elements that a start tag ends if they are the innermost."""


def check_nesting(text: str) -> None:
    """Raise `Unreadable` for a page with more than `TAGS` tags, or whose elements are nested deeper than `DEPTH`.

    Also raise it if its parser would repeat elements of formatting without end, once a paragraph.
    """
    tags = text.count("<")
    if tags > TAGS:
        raise Unreadable(Words(f"网页过大，标记超过 {TAGS} 个", f"the page has more than {TAGS} tags"))
    if tags - text.count("</") <= _FEW:
        return
    stack = _Stack()
    repeated = 0
    for tag in _tags(text, stack):
        stack.take(tag)
        repeated += stack.formatting
        if len(stack.names) + stack.formatting > DEPTH or repeated > TAGS * 5:
            raise Unreadable(
                Words(f"网页嵌套过深（最多 {DEPTH} 层）", f"the page is nested too deep (at most {DEPTH})")
            )


def _tags(text: str, stack: "_Stack") -> Iterator[re.Match[str]]:
    """Yield the tags of a page, but none within an element whose content is text; `stack` is what is open."""
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if name:
            yield found
        if name in _RAW and not found["slash"] and not stack.is_foreign:
            ended = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(text, at)
            at = ended.start() if ended else len(text)


@define
class _Stack:
    """The elements that are open: `names`, and where in it the elements of each name, and of some kinds, are."""

    names: list[str] = Factory(list)
    places: dict[str, list[int]] = Factory(dict)
    unended: dict[str, int] = Factory(dict)
    formatting: int = 0

    @property
    def is_foreign(self) -> bool:
        """True within a picture or a formula, which are no HTML."""
        return any(self._last(f"<{name}>") >= 0 for name in _FOREIGN)

    def take(self, tag: re.Match[str]) -> None:
        """Take a tag."""
        name = tag["name"].lower()
        if name in _FORMATTING:
            change = -1 if tag["slash"] else 1
            if change > 0 or self.unended.get(name):
                self.unended[name] = self.unended.get(name, 0) + change
                self.formatting += change
        elif tag["slash"]:
            self._end(name)
        elif not (
            name in _VOID
            or (tag["closed"] and (self.is_foreign or name in _FOREIGN))
            or (name in _PARTS_OF_TABLES and self._last("tables") < 0)
        ):
            while self.names and self.names[-1] in _ENDED.get(name, _PARAGRAPH if name in _ENDED_IN_SCOPE else ()):
                self._pop()
            self._push(name)

    def _end(self, name: str) -> None:
        """End an element unless another is open inside it across which its end tag has no effect."""
        if name == "li":
            barrier = "lists"
        elif name in _PARTS_OF_TABLES or name in _TABLES:
            barrier = "tables"
        else:
            barrier = "scopes" if name in _ENDED_IN_SCOPE else "special"
        at = self._last(f"<{name}>")
        if at >= 0 and at >= self._last(barrier):
            while len(self.names) > at:
                self._pop()

    def _push(self, name: str) -> None:
        for kind in _kinds(name):
            self.places.setdefault(kind, []).append(len(self.names))
        self.names.append(name)

    def _pop(self) -> None:
        for kind in _kinds(self.names.pop()):
            self.places[kind].pop()

    def _last(self, kind: str) -> int:
        places = self.places.get(kind)
        return places[-1] if places else -1


_KINDS = {"tables": _TABLES, "scopes": _SCOPES, "lists": _LISTS, "special": _SPECIAL}
_KINDS_OF = {
    name: (f"<{name}>", *(kind for kind, names in _KINDS.items() if name in names)) for name in _LISTS | _SPECIAL
}


def _kinds(name: str) -> tuple[str, ...]:
    """Return under which names an element is found in the stack."""
    return _KINDS_OF.get(name) or (f"<{name}>",)
