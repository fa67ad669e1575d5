"""Pages → plain text: a paragraph a line, and a row a line with tabs between its columns, as spreadsheets paste it."""

from gkformat.writers.layout import Pages, Part


def render(pages: Pages) -> bytes:
    """Return a text in UTF-8."""
    return "\n\n".join([*pages.title, *map(_part, pages.parts)]).encode() + b"\n"


def _part(part: Part) -> str:
    rows = ["\t".join(line) for line in part.table.lines] if part.table else []
    return "\n".join([*filter(None, [part.heading]), *part.paragraphs, *rows])
