"""PDF with a text layer → paragraphs and tables, by PDFium (`pypdfium2`).

`extraction` takes glyphs and lines from the file, `page` turns them upright, `strikes` finds digits that are struck,
`text_lines`, `ruled` and `unruled` find lines of text and tables among them, and `assembly` puts the pages together.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.document import Document
from gkformat.readers.files.pdf.assembly import assemble
from gkformat.readers.files.pdf.page import Page, read_pages
from gkformat.readers.files.pdf.strikes import strike_out

_MOST_UNKNOWN = 0.3
"""The share of unknown characters above which a text is refused."""


def parse(data: bytes) -> Document:
    """Parse a file into paragraphs and tables.

    Raises `Unreadable` if it cannot be opened, is truncated, is too large, or has no text.
    """
    _require_whole(data)
    pages, titles = read_pages(data)
    _require_text(pages)
    return Document("pdf", assemble([*map(strike_out, pages)]), titles)


def _require_whole(data: bytes) -> None:
    """Refuse a truncated file: PDFium would open it, with numbers missing."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(Words("不是 PDF 文件", "not a PDF file"))
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    if end < 0 or re.search(rb"\d\s+\d+\s+obj\b", data[end:]):
        raise Unreadable(Words("PDF 文件不完整，后面的部分缺失", "the PDF is cut off; its end is missing"))


def _require_text(pages: Sequence[Page]) -> None:
    """Refuse a file without readable text, and say what it has instead: pictures, nothing, or unknown characters."""
    characters = Counter(_is_known(glyph.text) for page in pages for glyph in page.glyphs if not glyph.text.isspace())
    if not characters.total():
        pictured = sum(bool(page.pictures) for page in pages)
        raise Unreadable(
            Words(
                f"PDF 没有文字层：共 {len(pages)} 页，其中 {pictured} 页为图片，须先作文字识别（OCR）",
                f"the PDF has no text: of {len(pages)} page(s), {pictured} hold pictures; run OCR first",
            )
            if pictured
            else Words(f"PDF 没有文字：共 {len(pages)} 页", f"the PDF has no text on its {len(pages)} page(s)")
        )
    if characters[False] > _MOST_UNKNOWN * characters.total():
        raise Unreadable(
            Words(
                "PDF 的字体没有说明各字形是什么字，无法读取文字",
                "the fonts of the PDF do not tell which characters their glyphs are",
            )
        )


def _is_known(character: str) -> bool:
    return character != "\N{REPLACEMENT CHARACTER}" and unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs")
