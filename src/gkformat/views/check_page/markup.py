"""Text that others wrote, for a page in which nothing of it acts."""

from html import escape

from gkformat.base.visible import visible


def plain(text: str) -> str:
    """Return a text as HTML, with what does not show, or hides the text around it, as an escape."""
    return escape(visible(text))


def plain_lines(text: str) -> str:
    """Return a text of several lines as HTML."""
    return "<br>".join(map(plain, text.split("\n")))
