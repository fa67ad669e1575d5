"""Files that make work grow faster than they do themselves, if a reader lets them: each a function of a size.

A new way to attack is a line here. `SMALL` is a size at which a reader is still far below its limits.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from packages import docx_of, xlsx_of
from pdf_pages import FORM, HELVETICA, PAGE, TEXT, pdf_of_page, pdf_of_pages, stream

TITLE = "某县人民政府2023年政府信息公开工作年度报告\n"
ROW = "一、本年新收政府信息公开申请数量"
HEAD = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
SMALL = 80

Attack = Callable[[int], bytes]


def _text(unit: str, before: str = TITLE, after: str = "") -> Attack:
    return lambda size: (before + unit * size + after).encode()


def _page(unit: str, before: str = "", after: str = "") -> Attack:
    return _text(unit, f"<html><body><p>{TITLE}</p>{before}", after)


def _table(unit: str, before: str = "", after: str = "") -> Attack:
    return _page(unit, f"<table>{before}", f"{after}</table>")


def _word(unit: str, before: str = "", after: str = "") -> Attack:
    return lambda size: docx_of(before + unit * size + after)


def _sheet(unit: str, before: str = "<sheetData>", after: str = "</sheetData>") -> Attack:
    return lambda size: xlsx_of(before + unit * size + after)


def _nested(opening: str, closing: str, inside: str = "") -> Attack:
    return lambda size: docx_of(opening * (size // 15) + inside + closing * (size // 15))


P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
BOX, ENDED_BOX = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
CELL, ENDED_CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"

TEXTS: Mapping[str, Attack] = {
    "blank lines": _text("\n"),
    "blank lines with blanks": _text(" \t\n"),
    "dashes and blank lines": _text("\n", f"{TITLE}--"),
    "rules without an end": _text("|--", after="x"),
    "blanks": _text(" ", after="|"),
    "bars": _text("| ||", after="x"),
    "items of a menu": _text("          »          字", f"{TITLE}字", "，"),
    "blanks in a line": _text(" ", f"{TITLE}字", "字"),
    "tabs": _text("\t"),
    "lines with tabs": _text("a\tb\n"),
    "one cell a line": _text("\t字\n"),
    "one cell of many lines": _text("字\n", f"{TITLE}\t字\n"),
    "opening brackets": _text("（"),
    "opening brackets in a cell": _text("（", f"{TITLE}{ROW}\t"),
    "marks to be put in order": _text("\u0315\u0300", f"{TITLE}字"),
    "blanks after an issuer": _text(" ", "发文机关", after="x"),
    "years": _text("2023"),
    "digits in a row": _text("9", f"{TITLE}{ROW}\t"),
    "zeros in a row": lambda size: f"{TITLE}{ROW}\t{'1' * 60} {'0' * min(size, 8)}\n".encode(),
    "numbers that ran into a label": _text("1 ", f"{TITLE}规章"),
    "rows of a label": _text(f"{ROW}\t1\t2\t3\t4\t5\t6\t7\n"),
    "rows that differ": lambda size: (TITLE + "".join(f"{ROW}\t{n}\t2\t3\t4\t5\t6\t7\n" for n in range(size))).encode(),
    "rows with too many values": _text(ROW + "\t1" * 10 + "\n"),
    "rows with too few values": _text(ROW + "\t111111111111" * 6 + "\n"),
    "rows of words": _text("某某事项\t某某内容\n"),
    "rows out of order": lambda size: (TITLE + "规范性文件\t1\t2\t3\n" * size + "规章\t1\t2\t3\n" * size).encode(),
    "sections": _text("一、总体情况\n"),
    "paragraphs": _text("某某事项照常进行。\n"),
    "headers of tables": _text("信息内容本年制发件数本年废止件数现行有效件数规章1\n"),
    "csv": lambda size: "".join(f"某项{n},1,2,3,4\n" for n in range(size)).encode(),
    "csv of blank lines": _text("\n", "a,b,c,d\n" * 9),
    "csv in quotes": _text('",",', "a,b,c,d\n" * 99),
}

MARKDOWN: Mapping[str, Attack] = {
    "list": _text("- 字\n", "# 字\n"),
    "list in a list": lambda size: ("# 字\n" + "".join(f"{'  ' * n}- 字\n" for n in range(size // 10))).encode(),
    "quotes": _text("> ", "# 字\n", "字"),
    "brackets": _text("[", "# 字\n"),
    "links": _text("[a](", "# 字\n"),
    "pictures": _text("![", "# 字\n"),
    "stars": _text("*a **b", "# 字\n"),
    "ticks": lambda size: ("# 字\n" + "".join("a" + "`" * n for n in range(size // 5))).encode(),
    "data without an end": _text("a<![CDATA[", "# 字\n"),
    "table": _text("|字|1|\n", "|a|b|\n|--|--|\n"),
    "table of escapes": _text("\\|", "|a|b|\n|--|--|\n|"),
    "tables in html": _text("字<table></table>\n", "# 字\n"),
    "ends of tables": _text("</table>", "# 字\n<table>"),
}

PAGES: Mapping[str, Attack] = {
    "elements": _page("<main>"),
    "unknown elements": _page("<x-y>"),
    "formatting": _page("<p><font color=a>", after="字"),
    "paragraphs in formatting": _page("<b><p></b></p>"),
    "blanks in formatting": _page("<b> </b>"),
    "blanks and breaks": _page(" <br> "),
    "tables in tables": _page("<table><tr><td>字"),
    "tables": _page("<table><tr><td>字</table>"),
    "tables in entities": _page("&lt;table", "<div>"),
    "tables in a script": _page("\\u003ctable\\u003e", "<script>a='", "'</script>"),
    "strings in a script": _page("'a';", "<script>a='\\u003ctable>\\u003c/table>';", "table</script>"),
    "strings joined in a script": _page("'+", "<script>\\u003ctable>\\u003c/table>", "'" * 9),
    "comments": _page("<!--"),
    "attributes": _page("<a b='"),
    "many attributes": lambda size: f"<p {' '.join(f'a{n}=1' for n in range(size))}>字<p><p>".encode(),
    "rows of text": _table("<tr><td>某某事项"),
    "rows of three texts": _table("<tr><td>某某<td>事项<td>内容"),
    "rows without cells": _table("<tr>"),
    "headers": _table(HEAD),
    "columns of a header": _table("<td>某列", "<tr><td>信息内容", "<tr><td>规章<td>1<td>2<td>3"),
    "wide and narrow headers": _table(f"<tr><td colspan=200>{'某' * 90}", "", "<tr><td>规章" + "<td>1" * 200),
    "a wide cell": _table("<tr><td rowspan=0 colspan=9>字"),
    "cells that span": _table("<td rowspan=9 colspan=9>", "<tr>"),
    "a long header": _table("某", "<tr><td colspan=99>"),
    "blanks in a style": _table(" ", "<tr><td style='color", ":red'>1"),
    "backgrounds in a style": _table("background-image:", "<tr><td style='", "'>1"),
    "turns in a style": _table("transform: translate(0) ", "<tr><td style='", "'>1"),
    "styles": lambda size: _table("", "".join(f"<tr><td style='font:{n}px a'>{n}" for n in range(size)))(size),
}

PACKAGES: Mapping[str, Attack] = {
    "paragraphs": _word(P("字")),
    "paragraphs without text": _word("<w:p/>"),
    "tables": _word("<w:tbl/>"),
    "rows": _word("<w:tr/>", "<w:tbl>", "</w:tbl>"),
    "cells": _word(f"<w:tr><w:tc>{P('字')}</w:tc></w:tr>", "<w:tbl>", "</w:tbl>"),
    "cells that go on": _word("<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr>", "<w:tbl>", "</w:tbl>"),
    "cells without width": _word(
        '<w:tc><w:tcPr><w:gridSpan w:val="0"/></w:tcPr></w:tc>', "<w:tbl><w:tr>", "</w:tr></w:tbl>"
    ),
    "runs": _word("<w:r><w:t>字</w:t></w:r>", "<w:p>", "</w:p>"),
    "boxes in boxes": _nested(BOX, ENDED_BOX, P("字")),
    "boxes with text in boxes": _nested(P("字") + BOX, ENDED_BOX),
    "layouts in layouts": _nested(P("字") + CELL, P("字") + ENDED_CELL, P("字")),
    "elements": _nested("<w:sdt>", "</w:sdt>", P("字")),
    "cells of a sheet": _sheet("<row><c><v>1</v></c></row>"),
    "cells of a row": _sheet("<c/>", "<sheetData><row>", "</row></sheetData>"),
    "a merged sheet": lambda size: xlsx_of(f'<mergeCells><mergeCell ref="A1:XFD{size}"/></mergeCells>'),
    "merged cells": _sheet('<mergeCell ref="A1:B9"/>', "<mergeCells>", "</mergeCells>"),
    "sheets": lambda size: xlsx_of('<sheetData><row r="900"><c><v>1</v></c></row></sheetData>', sheets=size),
    "hyperlinks": _sheet('<hyperlink ref="A1:XFD1048576"/>', "<hyperlinks>", "</hyperlinks>"),
    "a text of a sheet": _sheet("字" * 9, '<sheetData><row><c t="str"><v>', "</v></c></row></sheetData>"),
    "shared texts": lambda size: xlsx_of("<sheetData/>", "<si><t>字</t></si>" * size),
    "a format": lambda size: xlsx_of(
        "<sheetData/>", styles=f'<numFmt numFmtId="200" formatCode="{"[" * size}"/>' + '<xf numFmtId="200"/>' * 9
    ),
    "styles": lambda size: xlsx_of("<sheetData/>", styles="<cellXfs>" + '<xf numFmtId="14"/>' * size + "</cellXfs>"),
}


def _printed(unit: bytes, before: bytes = b"", after: bytes = b"") -> Attack:
    return lambda size: pdf_of_page(TEXT + before + unit * size + after)


def _grid(lines: int) -> bytes:
    """Return as many lines across as down, which all cross."""
    places = [9 + 580 * n / lines for n in range(lines)]
    return b"".join(b"9 %.2f m 590 %.2f l %.2f 9 m %.2f 590 l " % (n, n, n, n) for n in places) + b"S"


def _on_pages(pages: int, lines: int) -> bytes:
    """Return pages with a grid on each."""
    kids = b"3 0 R " * min(pages, 200)
    return pdf_of_pages(kids, min(pages, 200), PAGE, stream(TEXT + _grid(lines)), HELVETICA, stream(b""))


def _stairs(size: int) -> bytes:
    """Return boxes of which each touches the next at a corner."""
    boxes = (b"%.2f %.2f 5 5 re " % (9 + 500 * n / size, 9 + 700 * n / size) for n in range(size))
    return pdf_of_page(TEXT + b"".join(boxes) + b"S")


def _form_in_forms(size: int) -> bytes:
    """Return a form that five forms show one in the other, with many lines."""
    inner = stream(b"0 0 m 5 5 l S " * size, FORM % 6)
    return pdf_of_page(TEXT + b"/A Do", HELVETICA, *(stream(b"/A Do", FORM % n) for n in range(7, 12)), inner)


PDFS: Mapping[str, Attack] = {
    "glyphs in a line": _printed(b"(A) Tj ", b"BT /F 9 Tf 9 9 Td ", b"ET"),
    "glyphs in one place": _printed(b"1 0 0 1 9 9 Tm (1) Tj ", b"BT /F 9 Tf ", b"ET"),
    "lines of text": _printed(b"0 -1 Td (A) Tj ", b"BT /F 1 Tf 9 790 Td ", b"ET"),
    "words down the page and across": lambda size: pdf_of_page(
        b"BT /F 1 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (1) Tj " % (n * 7 % 590, n * 11 % 790) for n in range(size))
        + b"ET"
    ),
    "replaced text": _printed(b"/Span<</ActualText(12)>>BDC (A) Tj EMC ", b"BT /F 9 Tf 9 9 Td ", b"ET"),
    "lines": _printed(b"9 9 m 590 9 l S "),
    "pieces of a line": lambda size: pdf_of_page(
        TEXT + b"".join(b"%.2f 9 m %.2f 9 l " % (x, x + 0.02) for x in (9 + 580 * n / size for n in range(size))) + b"S"
    ),
    "crossing lines": lambda size: pdf_of_page(TEXT + _grid(int(size**0.5))),
    "crossing lines on pages": lambda size: _on_pages(size // 15, 95),
    "boxes": _stairs,
    "areas": _printed(b"9 9 100 100 re f "),
    "a path": _printed(b"9 9 l 590 9 l ", b"9 9 m ", b"S"),
    "forms in forms": _form_in_forms,
    "pages": lambda size: pdf_of_pages(b"3 0 R " * size, size, PAGE, stream(TEXT), HELVETICA, stream(b"")),
}

PROSE: Mapping[str, str] = {
    "blanks in forms": "_",
    "wide blanks in forms": "_＿",
    "sums": "1条含",
    "brackets in sums": "1条含（（（（（",
    "notices": "国办公开〔2021〕31号，",
    "points": "一是，",
    "points of two": "一是，二是，",
    "ways of asking": "申请政府门户",
    "cases": "因政府信息公开被申请行政复议1件，行政诉讼1件，",
    "outcomes": "收到政府信息公开申请1件，予以公开1件，部分公开1件，",
    "digits": "1,111",
    "dates": "2023年1月1日至",
    "bodies": "由某县某局编制",
    "opening brackets": "（",
}
"""What the texts of a report may be made of: they are searched in the process of the caller, which has no limits."""

ATTACKS: Mapping[str, Attack] = {
    f"{kind}: {name}": attack
    for kind, attacks in {
        "text": TEXTS,
        "markdown": MARKDOWN,
        "page": PAGES,
        "package": PACKAGES,
        "pdf": PDFS,
    }.items()
    for name, attack in attacks.items()
}


def write(folder: Path, size: int) -> None:
    """Write all attacks of a size into a folder, to try them by hand."""
    for name, attack in ATTACKS.items():
        (folder / name.replace(": ", "-").replace(" ", "-")).write_bytes(attack(size))
