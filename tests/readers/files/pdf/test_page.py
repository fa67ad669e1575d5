"""Tests of the pages of a PDF."""

from typing import Any

import pytest

from gkformat.readers.document import Table
from gkformat.readers.files.pdf import page
from gkformat.readers.files.pdf.assembly import assemble
from gkformat.readers.files.pdf.extraction import RawGlyph, RawPage
from pdf_pages import GRID_LINES, paragraph_texts, pdf_of_page


def test_coordinates_without_bounds_do_no_harm() -> None:
    assert paragraph_texts(pdf_of_page(b"0 0 m 1e38 0 l S BT /F 12 Tf 1e38 700 Td (ABC) Tj ET"))


def test_characters_without_size_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Any] = [(left, -bottom, right, -top) for left, top, right, bottom in GRID_LINES]
    glyphs = [
        RawGlyph(text, x, -115, x + 8, -105, x, -115, size, 0) for text, x, size in (("A", 110, 10), ("7", 210, 0))
    ]
    found = RawPage((0, -800, 600, 0), glyphs, lines, [])
    monkeypatch.setattr(page, "extract", lambda _: ([found], ()))
    (table,) = [block for block in assemble(page.read_pages(b"")[0]) if isinstance(block, Table)]
    assert [cell.text for cell in table.rows[0]] == ["A", "7", ""]
