"""DOC (Word 97–2003, WPS) → paragraphs and tables, as a DOCX that a library makes of it."""

from pathlib import Path

from attrs import evolve
from doc2docx import convert
from doc2docx.errors import EncryptedDocumentError

from gkformat.base.errors import Unreadable
from gkformat.readers.document import Document
from gkformat.readers.files.word import parse as parse_docx
from gkformat.readers.guard import guarded
from gkformat.readers.refusals import ENCRYPTED
from gkformat.readers.scratch import scratch_folder


def parse(data: bytes) -> Document:
    """Parse the main text, like the reader of DOCX. Raises `Unreadable` like it, and if the file cannot be converted.

    Files of Word 95 and before are among those, and files with a password.
    """
    with guarded("DOC", "docx"):
        docx = _as_docx(data)
    return evolve(parse_docx(docx), kind="doc")


def _as_docx(data: bytes) -> bytes:
    with scratch_folder() as folder:
        old, new = Path(folder, "old.doc"), Path(folder, "new.docx")
        old.write_bytes(data)
        try:
            convert(old, new)
        except EncryptedDocumentError:
            raise Unreadable(ENCRYPTED) from None
        return new.read_bytes()
