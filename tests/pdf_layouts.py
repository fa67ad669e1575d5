"""Reports printed as PDFs in many layouts, and the texts that should be read from them.

The tables are printed from `gkformat.notation.grid`. Each layout has the quirks of some program, of an office, or of a page
break.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

from attrs import frozen
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import papers
from gkformat.notation.grid import Grid, GridCell, grids
from gkformat.readers.document import Paragraph

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

Rules = Literal["strokes", "boxes", "rectangles", "dashes", "dots", "double", "open", "columns", "rows", "none"]
"""What separates the cells: lines across the whole table, a box for each cell, thin rectangles, dashes drawn one by one,
square dots, double lines, lines without the outermost, vertical lines only, horizontal lines only, or nothing."""


@frozen
class Layout:
    """The layout of a printed report. Lengths are in points."""

    rules: Rules = "strokes"
    size: float = 9.0
    width: float = 440.0
    height: float = 842.0
    align: Literal["left", "center", "right"] = "center"
    turn: Literal[0, 90, 180, 270] = 0
    flagged: bool = False
    spacing: float = 0.0
    single: bool = False
    grouped: bool = False
    upright: bool = False
    repeated: bool = False
    cut: bool = False
    closed: bool = True
    shaded: bool = False
    numbered: bool = True
    blank: str = ""
    number_font: str = "STSong-Light"
    watermark: str = ""
    password: str | None = None
    start: float = 0.0

    @property
    def leading(self) -> float:
        """The distance from line to line."""
        return self.size * 1.35


MARGIN = 60.0


def printed(report: Any, layout: Layout) -> bytes:
    """Return the report as a PDF."""
    return _Printer(report, layout).printed()


def texts(report: Any, layout: Layout) -> dict[str, str]:
    """Return the text printed in each cell."""
    return {at: _text(text, layout) for at, text in papers.shown(report).items()}


def _text(text: str, layout: Layout) -> str:
    if text == "":
        return layout.blank
    return f"{Decimal(text):,}" if layout.grouped and text[-1].isdigit() else text


@frozen
class _Slice:
    """A row of a table, or the part of it that fits on a page: the lines of its texts from `first` up to `last`."""

    row: int
    first: int
    last: int
    top: float
    bottom: float


class _Printer:
    def __init__(self, report: Any, layout: Layout) -> None:
        self.layout = layout
        self.report = report
        self.file = BytesIO()
        size = (self._page_width(), layout.height)
        self.upright = layout.turn in {0, 180}
        encrypt = None if layout.password is None else StandardEncryption(layout.password, "owner", canPrint=0)
        self.canvas = Canvas(
            self.file, pagesize=size if self.upright else size[::-1], encrypt=encrypt, invariant=1, pageCompression=1
        )
        self.page = 0
        self.texts = texts(report, layout)
        self.y = 0.0

    def _page_width(self) -> float:
        return self.layout.width + 2 * MARGIN

    def printed(self) -> bytes:
        self._turn_page()
        self.y += self.layout.start
        tables = iter(grids(type(self.report)))
        for block in papers.document(self.report).blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.text)
            else:
                self._table(next(tables))
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()

    # -- pages -------------------------------------------------------------------------------------------

    def _turn_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = MARGIN
        width, height, turn = self._page_width(), self.layout.height, self.layout.turn
        across, up = (width, height) if self.upright else (height, width)
        if turn:
            self.canvas.translate(*{90: (0, up), 180: (across, up), 270: (across, 0)}[turn])
            self.canvas.rotate(-turn)
        if self.layout.flagged:
            self.canvas.setPageRotation(-turn % 360)
        self.canvas.translate(0, height)
        if self.layout.numbered:
            self._put(f"- {self.page} -", width / 2, height - 30, "STSong-Light")
        if self.layout.watermark:
            self.canvas.saveState()
            self.canvas.translate(width / 3, -height / 2)
            self.canvas.rotate(40)
            self.canvas.setFont("STSong-Light", 40)
            self.canvas.drawString(0, 0, self.layout.watermark)
            self.canvas.restoreState()

    @property
    def _bottom(self) -> float:
        return self.layout.height - MARGIN

    def _put(self, text: str, x: float, y: float, font: str, spacing: float = 0.0) -> None:
        """Print a text from x on, at y below the top of the page."""
        size = self.layout.size
        if self.layout.single:
            for character in text:
                self._write(character, x, y, font, 0)
                x += pdfmetrics.stringWidth(character, font, size) + spacing
        else:
            self._write(text, x, y, font, spacing)

    def _write(self, text: str, x: float, y: float, font: str, spacing: float) -> None:
        line = self.canvas.beginText(x, -y)
        line.setFont(font, self.layout.size)
        line.setCharSpace(spacing)
        line.textOut(text)
        self.canvas.drawText(line)

    def _paragraph(self, text: str) -> None:
        size = self.layout.size
        each = int(self.layout.width // size)
        whole = "　　" + text
        for start in range(0, len(whole), each):
            if self.y + self.layout.leading > self._bottom:
                self._turn_page()
            self.y += self.layout.leading
            self._put(whole[start : start + each], MARGIN, self.y, "STSong-Light")
        self.y += size / 2

    # -- tables ------------------------------------------------------------------------------------------

    def _table(self, table: Grid) -> None:
        xs = self._columns(table)
        lines = {cell: self._lines(cell, xs) for cell in table.cells}
        counts = [
            max([1, *(len(lines[cell]) for cell in table.cells if cell.row == row and cell.rows == 1)])
            for row in range(table.rows)
        ]
        for cell in table.cells:  # the last row of a group is as high as the label of the group needs
            last = cell.row + cell.rows
            counts[last - 1] += max(0, len(lines[cell]) - sum(counts[cell.row : last]))
        head = _head(table)
        done: dict[GridCell, int] = {}
        piece: list[_Slice] = []
        for row, count in enumerate(counts):
            first = 0
            while first < count:
                room = int((self._bottom - self._height(piece) - self.y - self._padding) / self.layout.leading)
                last = min(count, first + room)
                whole = row >= head and not self.layout.cut
                fresh = self.y == MARGIN and len(piece) <= head * self.layout.repeated
                if not fresh and (last <= first or ((whole or row < head) and last < count)):
                    self._piece(table, xs, piece, lines, done)
                    self._turn_page()
                    piece = self._headed(head, counts) if self.layout.repeated and row > head else []
                    continue
                last = max(last, first + 1) if self.layout.cut and row >= head else count
                top = self.y + self._height(piece)
                piece.append(_Slice(row, first, last, top, top + (last - first) * self.layout.leading + self._padding))
                first = last
        self._piece(table, xs, piece, lines, done)

    def _headed(self, head: int, counts: Sequence[int]) -> list[_Slice]:
        piece: list[_Slice] = []
        for row in range(head):
            top = self.y + self._height(piece)
            piece.append(_Slice(row, 0, counts[row], top, top + counts[row] * self.layout.leading + self._padding))
        return piece

    @property
    def _padding(self) -> float:
        return self.layout.size * 0.7

    @staticmethod
    def _height(piece: Sequence[_Slice]) -> float:
        return piece[-1].bottom - piece[0].top if piece else 0.0

    def _columns(self, table: Grid) -> list[float]:
        """Return the edges of the columns. Labels of rows are wider than their values; a label over others may be narrow."""
        stubs = {cell.column for cell in table.cells if cell.at is None and cell.row > 0 and cell.rows == 1}
        stub = min(cell.column for cell in table.cells if cell.at)
        weights = [1.0] * table.columns
        for column in range(stub):
            weights[column] = 3.5 if column in stubs and column == stub - 1 else 1.2
            if self.layout.upright and column < stub - 1:
                weights[column] = 0.6
        unit = self.layout.width / sum(weights)
        xs = [MARGIN]
        for weight in weights:
            xs.append(xs[-1] + weight * unit)
        return xs

    def _lines(self, cell: GridCell, xs: Sequence[float]) -> list[str]:
        text = self.texts[cell.at] if cell.at else cell.text
        if cell.at:
            return [text] if text else []
        room = xs[cell.column + cell.columns] - xs[cell.column] - self.layout.size
        each = max(1, int(room // self.layout.size))
        return [text[start : start + each] for start in range(0, len(text), each)]

    def _piece(
        self,
        table: Grid,
        xs: Sequence[float],
        piece: Sequence[_Slice],
        lines: Mapping[GridCell, list[str]],
        done: dict[GridCell, int],
    ) -> None:
        """Print the part of a table that is on one page."""
        if not piece:
            return
        again = self.layout.repeated and piece[0].row == 0 and len(piece) > 1
        for cell in table.cells:
            slices = [part for part in piece if cell.row <= part.row < cell.row + cell.rows]
            if not slices:
                continue
            left, right = xs[cell.column], xs[cell.column + cell.columns]
            top, bottom = slices[0].top, slices[-1].bottom
            self._shade(cell, left, right, top, bottom)
            if cell.rows == 1:
                shown = lines[cell][slices[0].first : slices[-1].last]
            else:
                start = 0 if again and cell.row < _head(table) else done.get(cell, 0)
                room = max(1, int((bottom - top) / self.layout.leading))
                last = cell.row + cell.rows - 1 == slices[-1].row
                shown = lines[cell][start:] if last else lines[cell][start : start + room]
                done[cell] = start + len(shown)
            self._text(shown, cell, (left, right, top, bottom))
        self._rule(table, xs, piece)
        self.y = piece[-1].bottom + self.layout.size

    def _shade(self, cell: GridCell, left: float, right: float, top: float, bottom: float) -> None:
        if self.layout.shaded:
            self.canvas.setFillGray(0.85 if cell.at is None else 1)
            self.canvas.rect(left, -bottom, right - left, bottom - top, stroke=0, fill=1)
            self.canvas.setFillGray(0)

    def _text(self, shown: Sequence[str], cell: GridCell, box: tuple[float, float, float, float]) -> None:
        left, right, top, bottom = box
        font = self.layout.number_font if cell.at else "STSong-Light"
        spacing = self.layout.spacing * self.layout.size if cell.at else 0
        y = (top + bottom - len(shown) * self.layout.leading) / 2 if self.layout.align == "center" else top
        for number, line in enumerate(shown, start=1):
            width = pdfmetrics.stringWidth(line, font, self.layout.size) + spacing * (len(line) - 1)
            room = right - left - width
            x = (
                left
                + {"left": min(3, room / 2), "center": room / 2, "right": max(room - 3, room / 2)}[self.layout.align]
            )
            self._put(line, x, y + number * self.layout.leading - self.layout.size * 0.2, font, spacing)

    # -- lines -------------------------------------------------------------------------------------------

    def _rule(self, table: Grid, xs: Sequence[float], piece: Sequence[_Slice]) -> None:
        sides = list(_sides(table, xs, piece, self.layout))
        for across, at, start, end in sides if self.layout.rules == "boxes" else dict.fromkeys(sides):
            if self.layout.rules == "none" or (
                (self.layout.rules == "columns") == across and self.layout.rules in {"columns", "rows"}
            ):
                continue
            if across:
                self._line(start, at, end, at)
            else:
                self._line(at, start, at, end)

    def _line(self, x: float, y: float, right: float, bottom: float) -> None:
        canvas = self.canvas
        across = y == bottom
        length = right - x if across else bottom - y
        match self.layout.rules:
            case "rectangles":
                canvas.rect(x, -bottom, right - x or 0.5, bottom - y or 0.5, stroke=0, fill=1)
            case "dashes" | "dots":
                step, dash = (6, 3) if self.layout.rules == "dashes" else (4, 1)
                for k in range(int(length // step) + 1):
                    along = min(k * step, length - dash)
                    if self.layout.rules == "dots":
                        canvas.rect(x + along * across, -y - along * (not across), 1, 1, stroke=0, fill=1)
                    else:
                        end = along + dash
                        canvas.line(
                            x + along * across, -y - along * (not across), x + end * across, -y - end * (not across)
                        )
            case "double":
                for shift in (-0.75, 0.75):
                    canvas.line(
                        x + shift * (not across),
                        -y - shift * across,
                        right + shift * (not across),
                        -bottom - shift * across,
                    )
            case _:
                canvas.setLineWidth(0.5)
                canvas.line(x, -y, right, -bottom)


def _head(table: Grid) -> int:
    """Return how many rows of labels are above the first number: none in a table of bands."""
    first = min(cell.row for cell in table.cells if cell.at)
    return first if not any(cell.columns == table.columns for cell in table.cells) else 0


Side = tuple[bool, float, float, float]
"""A line: whether it is horizontal, its position, its start and its end."""


def _sides(table: Grid, xs: Sequence[float], piece: Sequence[_Slice], layout: Layout) -> Iterator[Side]:
    """Yield the sides of all cells in a piece of a table."""
    left, right, top, bottom = xs[0], xs[-1], piece[0].top, piece[-1].bottom
    ends = {top, bottom} if not layout.closed else set()
    for cell in table.cells:
        slices = [part for part in piece if cell.row <= part.row < cell.row + cell.rows]
        if not slices:
            continue
        start, end = xs[cell.column], xs[cell.column + cell.columns]
        for y in (slices[0].top, slices[-1].bottom):
            if y not in ends and not (layout.rules == "open" and y in {top, bottom}):
                yield True, y, start, end
        for x in (start, end):
            if not (layout.rules == "open" and x in {left, right}):
                yield False, x, slices[0].top, slices[-1].bottom
