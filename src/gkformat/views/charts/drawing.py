"""The few marks of a chart, and the picture that they make: rows of bars with their labels and numbers beside them.

Drawn by hand. Vega-Lite would bring a browser engine of 84 MB that needs seconds to start and measures text in the
fonts of the machine; here nothing depends on a font. The picture takes its ink from the page around it, needs no script
and has no ids, so that many can stand in one page.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, tostring

from gkformat.base.frozen import frozen
from gkformat.base.visible import visible

Size = int | Fraction


class Picture(str):
    """A picture in SVG: text to be written to a file or put into a page; a notebook shows it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@frozen
class Segment:
    """A part of a bar. What has no number has no `size`."""

    name: str
    size: Size | None
    text: str


@frozen
class Bar:
    """A labelled row of which the bar is as long as its segments. `out_of` is the length of the whole row.

    Without a size in any segment it is open, and looks so. A narrow one has its label, bar and text in one line.
    """

    label: str
    text: str
    segments: tuple[Segment, ...]
    out_of: Size
    is_narrow: bool = False
    is_hollow: bool = False

    @property
    def is_open(self) -> bool:
        """True if nothing is known of its length."""
        return all(segment.size is None for segment in self.segments)


@frozen
class Strip:
    """Where numbers lie between 0 and `out_of`: a stroke for each, and a box from the first to the third quartile."""

    places: tuple[Size, ...]
    quartiles: tuple[Size, Size, Size]
    out_of: Size
    text: str


@frozen
class Break:
    """A line across the rows, where the law or the form changed."""

    text: str


@frozen
class Remark:
    """A line of text."""

    text: str


Row = Bar | Strip | Break | Remark


@frozen
class Panel:
    """Rows under a heading. `legend` names the segments that all its bars have."""

    heading: str
    rows: tuple[Row, ...]
    legend: tuple[str, ...] = ()


def draw(title: str, panels: Sequence[Panel]) -> Picture:
    """Return panels as one picture, one below the other."""
    return _Drawing(title).picture(panels)


_WIDTH = 480
_MARGIN = 8
_INNER = _WIDTH - 2 * _MARGIN
_FONT, _SMALL = 14, 12
_LONGEST_LABEL, _LONGEST_TEXT = 190, 150
_FONTS = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

_TONES = (
    ("#0072B2", ""),
    ("#56B4E9", "1 5"),
    ("#E69F00", ""),
    ("#D55E00", "4 4"),
    ("#CC79A7", "1 5"),
    ("#999999", "4 4"),
)
"""Colours of Okabe and Ito, which colour-blind people can tell apart, each with stripes for those who see no colour."""

_ALONE = "svg:root { color: CanvasText; background: Canvas; color-scheme: light dark }"
"""A picture that is a file of its own has no page around it whose ink it could take."""


@frozen
class _Lane:
    """Where bars begin, and how much room there is for them."""

    start: int
    width: int


class _Drawing:
    def __init__(self, title: str) -> None:
        self.root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "chart",
                "role": "group",
                "aria-label": visible(title),
                "style": "max-width: 100%; height: auto",
                "font-family": _FONTS,
                "font-size": str(_FONT),
                "fill": "currentColor",
            },
        )
        SubElement(self.root, "style").text = _ALONE
        self.y = _MARGIN
        self._line(self.root, title, size=16, bold=True)

    def picture(self, panels: Sequence[Panel]) -> Picture:
        lane = _lane(panels)
        for panel in panels:
            self._panel(panel, lane)
        height = self.y + _MARGIN
        self.root.attrib |= {"width": str(_WIDTH), "height": str(height), "viewBox": f"0 0 {_WIDTH} {height}"}
        return Picture(tostring(self.root, encoding="unicode"))

    def _panel(self, panel: Panel, lane: _Lane) -> None:
        if panel.heading:
            self.y += 14
            self._line(self.root, panel.heading, bold=True)
        if panel.legend:
            self._keys(self.root, [(tone, name) for tone, name in enumerate(panel.legend)])
        for row in panel.rows:
            match row:
                case Bar(is_narrow=True):
                    self._narrow_bar(row, lane)
                case Bar():
                    self._bar(row, has_keys=len(row.segments) > 1 and not panel.legend)
                case Strip():
                    self._strip(row, lane)
                case Break():
                    self._break(row)
                case Remark():
                    self._line(self.root, row.text, size=_SMALL)

    # -- rows ------------------------------------------------------------------------------------------

    def _bar(self, bar: Bar, *, has_keys: bool) -> None:
        group = self._group(bar)
        self.y += 6
        used = _ems(bar.text) * _FONT + _FONT
        self._text(group, _WIDTH - _MARGIN, bar.text, anchor="end")
        self._line(group, bar.label, room=_INNER - used)
        self._segments(group, bar, _Lane(_MARGIN, _INNER), self.y + 3, 12)
        self.y += 20
        if has_keys:
            self._keys(group, [(tone, f"{each.name} {each.text}") for tone, each in enumerate(bar.segments)])

    def _narrow_bar(self, bar: Bar, lane: _Lane) -> None:
        group = self._group(bar)
        self._segments(group, bar, lane, self.y + 4, 10)
        room = _WIDTH - _MARGIN - lane.start - lane.width
        self._text(group, _WIDTH - _MARGIN, _fitted(bar.text, room / _SMALL), size=_SMALL, anchor="end")
        self._line(group, bar.label, size=_SMALL, room=lane.start - _MARGIN)
        self.y += 2

    def _strip(self, strip: Strip, lane: _Lane) -> None:
        group = SubElement(self.root, "g", {"role": "img"})
        SubElement(group, "title").text = strip.text
        self._line(group, strip.text, size=_SMALL)
        start, width, middle = lane.start, lane.width, self.y + 14
        first, median, third = (start + _part(width, each, strip.out_of) for each in strip.quartiles)
        box = {"x": _short(first), "width": _short(third - first), "y": str(self.y + 6), "height": "16"}
        SubElement(group, "rect", box | {"fill": _TONES[1][0], "stroke": "currentColor"})
        places = "".join(
            f"M{_short(start + _part(width, each, strip.out_of))} {middle - 4}v8" for each in sorted({*strip.places})
        )
        SubElement(group, "path", {"d": places, "stroke": "currentColor", "stroke-opacity": ".7"})
        line = {"d": f"M{_short(median)} {self.y + 2}v24", "stroke": "currentColor", "stroke-width": "3"}
        SubElement(group, "path", line)
        self.y += 30

    def _break(self, row: Break) -> None:
        self.y += 6
        across = {"d": f"M{_MARGIN} {self.y}h{_INNER}", "stroke": "currentColor", "stroke-dasharray": "6 3"}
        SubElement(self.root, "path", across)
        self.y += 2
        self._line(self.root, row.text, size=_SMALL)

    def _group(self, bar: Bar) -> Element:
        """Return the group of a row. Its title is read out, and shown where a pointer rests on it."""
        group = SubElement(self.root, "g", {"role": "img"})
        parts = [f"{each.name} {each.text}" for each in bar.segments] if len(bar.segments) > 1 else []
        SubElement(group, "title").text = "\n".join(map(visible, (f"{bar.label} {bar.text}", *parts)))
        return group

    def _segments(self, group: Element, bar: Bar, lane: _Lane, y: int, height: int) -> None:
        """Draw the segments one after the other from the line at 0. What is open is a dashed frame."""
        x, width = lane.start, lane.width
        place = {"y": str(y), "height": str(height)}
        if bar.is_open:
            frame = {"x": str(x), "width": str(width), "fill": "none", "stroke": "currentColor"}
            SubElement(group, "rect", place | frame | {"stroke-dasharray": "2 4", "class": "open"})
            return
        start: float = x
        for (colour, stripes), segment in zip(_TONES, bar.segments, strict=False):
            long = _part(width, segment.size or 0, bar.out_of)
            if long:
                fill = "none" if bar.is_hollow else colour
                rect = {"x": _short(start), "width": _short(long), "fill": fill, "stroke": "currentColor"}
                drawn = SubElement(group, "rect", place | rect)
                if len(bar.segments) > 1:
                    SubElement(drawn, "title").text = visible(f"{bar.label} {segment.name} {segment.text}")
                    self._stripes(group, stripes, start, long, y, height)
            start += long
        SubElement(group, "path", {"d": f"M{x} {y - 2}v{height + 4}", "stroke": "currentColor", "stroke-width": "2"})

    def _stripes(self, group: Element, stripes: str, x: float, width: float, y: int, height: int) -> None:
        """Draw stripes over a segment: a line as thick as it is high, in dashes. A pattern would need an id."""
        if stripes:
            line = {"d": f"M{_short(x)} {y + height / 2:g}h{_short(width)}", "stroke-width": str(height)}
            ink = {"stroke": "currentColor", "stroke-opacity": ".6", "pointer-events": "none"}
            SubElement(group, "path", line | ink | {"stroke-dasharray": stripes})

    # -- text ------------------------------------------------------------------------------------------

    def _keys(self, group: Element, keys: Sequence[tuple[int, str]]) -> None:
        """Write names, each behind a piece of its segment, on as many lines as they need."""
        x: float = _MARGIN
        for tone, name in keys:
            long = 16 + _ems(name) * _SMALL
            if x > _MARGIN and x + long > _WIDTH - _MARGIN:
                x, self.y = _MARGIN, self.y + 17
            colour, stripes = _TONES[tone]
            size = {"x": _short(x), "y": str(self.y + 4), "width": "11", "height": "11"}
            SubElement(group, "rect", size | {"fill": colour, "stroke": "currentColor"})
            self._stripes(group, stripes, x, 11, self.y + 4, 11)
            self._text(group, x + 16, name, size=_SMALL)
            x += long + 12
        self.y += 19

    def _line(self, group: Element, text: str, *, size: int = _FONT, bold: bool = False, room: float = _INNER) -> None:
        self._text(group, _MARGIN, _fitted(visible(text), room / size), size=size, bold=bold)
        self.y += size + 6

    def _text(
        self, group: Element, x: float, text: str, *, size: int = _FONT, bold: bool = False, anchor: str = ""
    ) -> None:
        where = {"x": _short(x), "y": str(self.y + size)}
        how = {"font-size": str(size) * (size != _FONT), "font-weight": "bold" * bold, "text-anchor": anchor}
        SubElement(group, "text", where | {name: value for name, value in how.items() if value}).text = visible(text)


def _lane(panels: Iterable[Panel]) -> _Lane:
    """Return where all narrow bars of a picture lie, so that they can be compared: between their labels and texts."""
    narrow = [row for panel in panels for row in panel.rows if isinstance(row, Bar) and row.is_narrow]
    start = _MARGIN + _room((row.label for row in narrow), _LONGEST_LABEL)
    return _Lane(start, _WIDTH - _MARGIN - _room((row.text for row in narrow), _LONGEST_TEXT) - start)


def _room(texts: Iterable[str], longest: int) -> int:
    """Return how much room small texts need with a gap beside them."""
    return min(longest, round((max(map(_ems, texts), default=0) + 1) * _SMALL))


def _part(width: int, size: Size, out_of: Size) -> float:
    return float(width * Fraction(size) / Fraction(out_of)) if out_of else 0


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _ems(text: str) -> float:
    """Return about how wide a text is, in the height of its font: a Chinese character is as wide as it is high."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "FWA" else 0.62 for character in text)


def _fitted(text: str, ems: float) -> str:
    """Return as much of a text as there is room for."""
    if _ems(text) <= ems:
        return text
    used = 1.0
    for count, character in enumerate(text):
        used += _ems(character)
        if used > ems:
            return f"{text[:count]}…"
    return text
