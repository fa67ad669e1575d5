"""Which characters of a page one sees: not those that are clipped, covered, white on white, or printed without ink.

A character without ink that lies on a picture is seen: that is how text recognition writes down what a scan shows.
"""

import ctypes
from collections.abc import Iterable
from typing import Any, TypeAlias

import pypdfium2 as pdfium
from attrs import Factory, define
from pypdfium2 import raw

_Handle = Any
Point = tuple[float, float]
Bounds = tuple[float, ...]
"""Left, bottom, right, top."""

_Outer: TypeAlias = pdfium.PdfMatrix | None
"""The matrix of the form that an object is in, if it is in one."""

_WHITE = 250
"""The least part of each colour in what cannot be told from paper."""

_OPAQUE = 255
_MOST = 1000
"""The number of areas above which a page is a drawing, in which nothing is looked for."""

_THINNEST = 3.0
"""The least thickness in points of what may cover a character; ruling lines are thinner."""

_EVERYWHERE = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_RECTANGLE = range(4, 7)
"""How many segments a path has that is a rectangle."""

_INKS = {
    0: (raw.FPDFPageObj_GetFillColor,),
    1: (raw.FPDFPageObj_GetStrokeColor,),
    2: (raw.FPDFPageObj_GetFillColor, raw.FPDFPageObj_GetStrokeColor),
    3: (),
}
"""What a text is printed with, by its rendering mode; the next four modes do the same, and clip what follows."""


@define
class _Text:
    """A text: the `clip` in which it is printed, what covers it, and the grounds without which one would not see it."""

    clip: Bounds
    covers: list[Bounds]
    grounds: list[Bounds] | None

    def is_seen_at(self, x: float, y: float) -> bool:
        """Check whether a character is seen whose middle is there."""
        if not _contains(self.clip, x, y) or any(_contains(box, x, y) for box in self.covers):
            return False
        return self.grounds is None or any(_contains(box, x, y) for box in self.grounds)


@define
class Visibility:
    """What is painted on a page, object by object: texts by their addresses, the rest in order."""

    placed: dict[int, tuple[int, _Outer]] = Factory(dict)
    covers: list[tuple[int, Bounds]] = Factory(list)
    coloured: list[tuple[int, Bounds]] = Factory(list)
    pictures: list[tuple[int, Bounds]] = Factory(list)
    texts: dict[int, _Text] = Factory(dict)
    count: int = 0

    def add(self, item: _Handle, kind: int, outer: _Outer) -> None:
        """Take an object, the next that is painted, and the matrix of the form that it is in."""
        self.count += 1
        match kind:
            case raw.FPDF_PAGEOBJ_TEXT:
                self.placed[_address(item)] = self.count, outer
            case raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append((self.count, _bounds(item, outer)))
            case raw.FPDF_PAGEOBJ_SHADING:
                self.coloured.append((self.count, _bounds(item, outer)))
            case raw.FPDF_PAGEOBJ_PATH if _is_filled(item):
                self._add_area(item, outer)

    def _add_area(self, path: _Handle, outer: _Outer) -> None:
        box, colour = _bounds(path, outer), _colour(raw.FPDFPageObj_GetFillColor, path)
        if colour is None or min(colour[:3]) < _WHITE:
            self.coloured.append((self.count, box))
        is_opaque = colour is not None and colour[3] == _OPAQUE and not raw.FPDFPageObj_HasTransparency(path)
        is_thin = min(box[2] - box[0], box[3] - box[1]) < _THINNEST
        if is_opaque and not is_thin and raw.FPDFPath_CountSegments(path) in _RECTANGLE:
            self.covers.append((self.count, box))

    def is_seen(self, text: _Handle, x: float, y: float) -> bool:
        """Check whether a character of a text is seen, whose middle is there."""
        address = _address(text)
        if address not in self.texts:
            order, outer = self.placed.get(address, (self.count, None))
            self.texts[address] = self._text(text, order, outer)
        return self.texts[address].is_seen_at(x, y)

    def _text(self, text: _Handle, order: int, outer: _Outer) -> _Text:
        covers = [box for at, box in self.covers[:_MOST] if at > order] if self.covers else []
        if covers:
            box = _bounds(text, outer)
            covers = [cover for cover in covers if _overlap(box, cover)]
        return _Text(_clip(text, outer), covers, self._grounds(text, order))

    def _grounds(self, text: _Handle, order: int) -> list[Bounds] | None:
        """Return on what one can see a text, or knows that it was recognised; `None` if anywhere."""
        own = False
        for ink in _INKS.get(raw.FPDFTextObj_GetTextRenderMode(text) % 4, ()):
            colour = _colour(ink, text)
            if colour is None or (colour[3] and min(colour[:3]) < _WHITE):
                return None
            own |= bool(colour[3])
        if not own:
            return [area for _, area in self.pictures]
        return [area for at, area in (*self.coloured, *self.pictures) if at < order]


def _address(item: _Handle) -> int:
    return ctypes.addressof(item.contents) if item else 0


def _contains(box: Bounds, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _colour(ink: Any, item: _Handle) -> tuple[int, int, int, int] | None:
    """Return red, green, blue and opacity; `None` for a pattern."""
    red, green, blue, opacity = _COLOURS
    return (red.value, green.value, blue.value, opacity.value) if ink(item, red, green, blue, opacity) else None


_COLOURS = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
_DRAWN = ctypes.c_int(), ctypes.c_int()
"""Where PDFium writes a colour, and how a path is drawn. It serves one thread at a time."""


def _is_filled(path: _Handle) -> bool:
    fill, stroke = _DRAWN
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(fill.value)


def _bounds(item: _Handle, outer: _Outer) -> Bounds:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides):
        return _EVERYWHERE
    left, bottom, right, top = (side.value for side in sides)
    return _around(_outwards([(left, bottom), (left, top), (right, bottom), (right, top)], outer))


def _outwards(points: list[Point], outer: _Outer) -> list[Point]:
    """Return points of a form on its page."""
    return points if outer is None else [outer.on_point(*point) for point in points]


def _around(points: Iterable[Point]) -> Bounds:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _clip(text: _Handle, outer: _Outer) -> Bounds:
    """Return the bounds within which a text is printed."""
    found = raw.FPDFPageObj_GetClipPath(text)
    clip: Bounds = _EVERYWHERE
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(raw.FPDFClipPath_CountPaths(found)):
        points: list[Point] = []
        for at in range(raw.FPDFClipPath_CountPathSegments(found, path)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(found, path, at), x, y)
            points.append((x.value, y.value))
        if points:
            box = _around(_outwards(points, outer))
            clip = (max(clip[0], box[0]), max(clip[1], box[1]), min(clip[2], box[2]), min(clip[3], box[3]))
    return clip
