"""Documents in: read what agencies publish, as found.

`files` turns the bytes of each kind of file into a `Document`; `matching` turns a `Document` into a `Sheet`. Neither
knows the other; `assemble` leads from one to the other and on to the report. Importing this package must stay cheap,
because `Reading` and `Sheet` live in it: everything that reads a file is imported by `read`.
"""

from importlib import import_module
from os import PathLike
from pathlib import Path

from gkformat.readers.document import FILE_KINDS, FileKind
from gkformat.readers.sheet import Reading


def read(
    source: str | PathLike[str] | bytes, *, kind: FileKind | None = None, agency: str = "", year: int | None = None
) -> Reading:
    """Read a report as an agency published it: the sheet with all its cells, the typed report as found, and findings.

    `source` is a path or the bytes of a file: HTML, DOCX, PDF with a text layer, XLSX, CSV, Markdown, plain text, or
    JSON. Its kind is recognised by its content; `kind` overrides that. The edition is recognised by the rows and
    columns of the tables. `agency` and `year` are used if the document does not state them; what it states itself
    takes precedence. `reading.sheet` holds only what is in the document.

    A number that is unclear is never guessed: its cell stays open (0 with a mark `blank`), and a finding says why.
    Findings are about reading only; `check(reading.report)` judges the numbers. `reading.report` is `None` if the
    year, the edition or a whole table is missing, with nothing in its place; findings then say what.

    Raises `Unreadable` if the file contains nothing of the form, or cannot be opened (encrypted, damaged, a picture,
    too large, a library that is not installed); `Malformed` for JSON that resembles a report but is not one, and for
    an impossible year; `OSError` if the file cannot be read from disk;
    `TypeError` for an unknown `kind`.
    """
    from gkformat.readers.detect import kind_of  # noqa: PLC0415 - see above
    from gkformat.readers.guard import guarded  # noqa: PLC0415

    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    kind = kind or kind_of(data)
    if kind not in FILE_KINDS:
        raise TypeError(f"kind={kind!r}：文件类型只有 / the kinds of file are {', '.join(FILE_KINDS)}")
    with guarded(kind):  # looking for the form in a document needs the extra, whatever the kind of file
        from gkformat.readers.assemble import assemble_reading  # noqa: PLC0415
        from gkformat.readers.from_json import read_json  # noqa: PLC0415

        reader = None if kind == "json" else import_module(f"gkformat.readers.files.{kind}")
    if reader is None:
        return read_json(data, agency=agency, year=year)
    return assemble_reading(reader.parse(data), agency=agency, year=year)
