"""Pages → HTML: one file for screen and print, without scripts."""

from collections.abc import Callable, Iterator
from html import escape

from gkformat.notation.grid import GridCell
from gkformat.writers.layout import BlankTable, Pages, Part, PrintedTable

PAGE_STYLE = """
@page { size: A4; margin: 25mm 19mm }
body { max-width: 172mm; margin: 2em auto; padding: 0 1em }
@media print { body { max-width: none; margin: 0; padding: 0 } }
""".strip()

STYLE = """
article { font: 12pt/1.75 SimSun, "Songti SC", "Noto Serif CJK SC", serif }
h1, h2 { font-family: SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif }
h1 { text-align: center; font-size: 18pt; text-wrap: balance }
h2 { font-size: 12pt; margin: 1.5em 0 .5em; break-after: avoid }
h2, p { text-indent: 2em }
p { margin: 0; text-align: justify; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; font-size: 10pt; line-height: 1.4 }
th, td { border: 1px solid; padding: 2pt 3pt; font-weight: normal; text-align: center }
th { overflow-wrap: anywhere }
tr { break-inside: avoid }
.band { text-align: left; background: #c6d9f1; color: #000 }
.note { text-align: left; font-family: KaiTi, "Kaiti SC", "Noto Serif CJK SC", serif }
.row { text-align: left }
@media (max-width: 40em) { .table { overflow-x: auto } table { min-width: 40em } }
""".strip()


def render(pages: Pages) -> bytes:
    """Return a page in UTF-8."""
    return "\n".join(_lines(pages)).encode()


def _lines(pages: Pages) -> Iterator[str]:
    name = escape(pages.name)
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title>'
    yield f"<style>\n{PAGE_STYLE}\n{STYLE}\n</style></head>"
    yield "<body>"
    yield from _article(pages)
    yield "</body>"
    yield "</html>"


def render_inside(pages: Pages) -> str:
    """Return the same for a place inside another page, whose own look it leaves alone."""
    return "\n".join([f"<div class=gkformat><style>.gkformat {{\n{STYLE}\n}}</style>", *_article(pages), "</div>"])


def _article(pages: Pages) -> Iterator[str]:
    yield f"<article>{''.join(f'<h1>{escape(line)}</h1>' for line in pages.title)}"
    for part in pages.parts:
        yield from _part(part)
    yield "</article>"


def _part(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"<h2>{escape(part.heading)}</h2>"
    for paragraph in part.paragraphs:
        yield f"<p>{escape(paragraph)}</p>"
    if part.table:
        yield from table_lines(part.table)


def cell_html(table: PrintedTable, cell: GridCell) -> str:
    """Return a cell as the form prints it."""
    return cell_element(table.blank, cell, escape(table.text(cell)).replace("\n", "<br>"))


def cell_element(blank: BlankTable, cell: GridCell, contents: str, attributes: str = "") -> str:
    """Return a cell in its place, with other contents, which are HTML, and further attributes."""
    name = "td" if cell.at else "th"
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f"<{name}{_class(blank, cell)}{spans}{attributes}>{contents}</{name}>"


def _class(blank: BlankTable, cell: GridCell) -> str:
    kinds = {"band": blank.is_band(cell), "note": blank.is_note(cell), "row": blank.is_row_label(cell)}
    return "".join(f' class="{kind}"' for kind, is_so in kinds.items() if is_so)


def table_lines(table: PrintedTable, write: Callable[[PrintedTable, GridCell], str] = cell_html) -> Iterator[str]:
    """Yield a table, of which `write` makes the cells."""
    widths = table.blank.widths
    yield "".join(
        [
            f'<div class="table"><table border="1" width="100%" aria-label="{escape(table.blank.grid.heading)}">',
            *(f'<col style="width:{width / sum(widths):.2%}">' for width in widths),
        ]
    )
    for row, cells in enumerate(table.blank.rows):
        if row == 0:
            yield "<thead>"
        if row == table.blank.head:
            yield "</thead><tbody>"
        yield f"<tr>{''.join(write(table, cell) for cell in cells)}</tr>"
    yield "</tbody></table></div>"
