"""Documents in: what agencies publish, read as found. Kinds of file are edges; one way leads from all to a report."""

from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import cast

from gkformat.readers.detect import Kind, decode, kind_of
from gkformat.readers.document import Document
from gkformat.readers.opening import opening
from gkformat.readers.sheet import Reading

_MODULES: dict[Kind, str] = {
    "html": "files.html",
    "word": "files.word",
    "pdf": "files.pdf.document",
    "spreadsheet": "files.spreadsheet",
    "csv": "files.text",
    "markdown": "files.markdown",
    "text": "files.text",
}
"""The module of a kind, imported when a file of that kind is met."""

_PACKED = frozenset({"word", "pdf", "spreadsheet"})


def read(
    source: str | PathLike[str] | bytes, *, kind: Kind | None = None, agency: str = "", year: int | None = None
) -> Reading:
    """Read a report as an agency published it: the whole paper, the typed report as found, and what was odd.

    `source` is a path or the bytes of a file: HTML, DOCX, PDF with a text layer, XLSX, CSV, Markdown, plain text, or
    JSON. Its kind is seen from its content; `kind` says it where that is not enough. The edition is seen from the rows
    and columns of the tables. `agency` and `year` are for a paper that does not say them; where it does, its own
    word stays. `reading.sheet` keeps to what is on the paper.

    A number that is not clear is never guessed: its cell stays open (0 with a mark `blank`), and a finding says why.
    Findings are about reading only; `check(reading.report)` judges the numbers. `reading.report` is `None` where the
    year, the edition or a whole table is not there; findings then say what is missing.

    Raises `Unreadable` if there is nothing of the form in the file, or if it cannot be opened (encrypted, damaged, a
    picture, too large, a library that is not installed); `Malformed` for JSON that is like a report and is none, and
    for a year that is none; `OSError` for a file that is not there.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    known = kind or kind_of(data)
    with opening(known):  # what looks for a form in a file needs the extra, whatever the kind
        from gkformat.readers.assemble import of_document  # noqa: PLC0415
        from gkformat.readers.from_json import of_json  # noqa: PLC0415
    if known == "json":
        return of_json(decode(data), agency=agency, year=year)
    return of_document(_document(data, known), agency=agency, year=year)


def _document(data: bytes, kind: Kind) -> Document:
    with opening(kind):
        reader = import_module(f"gkformat.readers.{_MODULES[kind]}")
    if kind in _PACKED:
        return cast("Document", reader.document(data))
    text = decode(data)
    return cast("Document", reader.separated(text) if kind == "csv" else reader.document(text))
