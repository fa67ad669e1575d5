"""A page saved in one file (MHTML, RFC 2557), as browsers do → the paragraphs and tables of the page."""

from email import message_from_bytes

from attrs import evolve

from gkformat.base.errors import Unreadable
from gkformat.base.words import Words
from gkformat.readers.decoding import encode
from gkformat.readers.document import Document
from gkformat.readers.files.html import parse as parse_page
from gkformat.readers.guard import guarded


def parse(data: bytes) -> Document:
    """Parse the first page in a file. Raises `Unreadable` if there is none, and like the reader of HTML."""
    with guarded("MHTML"):
        pages = (part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html")
        page = next(pages, None)
        content = page.get_payload(decode=True) if page else None
        charset = page.get_content_charset() if page else None
    if not isinstance(content, bytes):
        raise Unreadable(Words("MHTML 文件中没有网页", "there is no page in the MHTML file"))
    if charset == "utf-8":
        content = encode(content.decode(charset, "replace"))
    return evolve(parse_page(content), kind="mhtml")
