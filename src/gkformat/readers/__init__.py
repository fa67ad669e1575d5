"""Documents in: read what agencies publish, as found.

`files` turns the bytes of each kind of file into a `Document`; `matching` turns a `Document` into a `Sheet`. Neither
knows the other. `match_file` leads from one to the other, in a process that `cage` has started (`worker`); `assemble`
makes the report. Importing this package must stay cheap, because `Reading` and `Sheet` live in it: everything that
reads a file is imported by `read`.
"""

from os import PathLike
from pathlib import Path

from gkformat.base.arguments import INTEGER, TEXT, demand, of_type, optional
from gkformat.base.words import Words
from gkformat.readers.document import FILE_KINDS, FileKind
from gkformat.readers.limits import BYTES, check_size
from gkformat.readers.sheet import Reading

SOURCE = of_type((str, PathLike, bytes), Words("文件的路径，或文件的内容（bytes）", "the path of a file, or its bytes"))
"""What is read."""


def read(
    source: str | PathLike[str] | bytes, *, kind: FileKind | None = None, agency: str = "", year: int | None = None
) -> Reading:
    """Read a report as an agency published it: the sheet with all its cells, the typed report as found, and findings.

    `source` is a path or the bytes of a file: HTML, also saved as MHTML, DOCX, DOC, PDF with a text layer, XLSX, XLS,
    CSV, Markdown, plain text, or JSON. Its kind is recognised by its content; `kind` overrides that. The edition is
    recognised by the rows and columns of the tables. `agency` and `year` are used if the document does not state them;
    what it states itself takes precedence, and the name of the file is the last that is believed. `reading.sheet` holds
    only what is in the document.

    A number that is unclear is never guessed: its cell stays open (0 with a mark that says why), and a finding tells of
    it. Findings are about reading only; `check(reading.report)` judges the numbers. `reading.report` is `None` if the
    year, the edition or a whole table is missing, with nothing in its place; findings then say what.

    Any kind but JSON is read in a process with limits of time and memory, which is started with the first file and used
    for all that follow.

    Raises `Unreadable` if the file contains nothing of the form, or cannot be opened (encrypted, damaged, a picture,
    a library that is not installed), exceeds a limit, or no process can be started; `Malformed` for JSON that resembles
    a report but is not one, and for an impossible year; `OSError` if the file cannot be read from disk;
    `TypeError` for an unknown `kind`.
    """
    if kind is not None and kind not in FILE_KINDS:
        raise TypeError(f"kind={kind!r}：文件类型只有 / the kinds of file are {', '.join(FILE_KINDS)}")
    demand(SOURCE, source=source)
    demand(TEXT, agency=agency)
    demand(optional(INTEGER), year=year)
    if isinstance(source, bytes):
        return read_bytes(source, kind=kind, agency=agency, year=year)
    path = Path(source)
    return read_bytes(read_contents(path), kind=kind, agency=agency, year=year, file_name=path.name)


def read_bytes(
    data: bytes, *, kind: FileKind | None = None, agency: str = "", year: int | None = None, file_name: str = ""
) -> Reading:
    """Read the bytes of a file, as `read` does; its name says what neither it nor the caller says."""
    from gkformat.readers.detect import is_json  # noqa: PLC0415 - see above

    check_size(data)
    if kind == "json" or (kind is None and is_json(data)):
        from gkformat.readers.from_json import read_json  # noqa: PLC0415

        return read_json(data, agency=agency, year=year)
    from gkformat.readers.cage.pool import CAGE  # noqa: PLC0415

    CAGE.prepare()
    from gkformat.readers.assemble import assemble_reading  # noqa: PLC0415 - while the process starts

    return assemble_reading(CAGE.match(data, kind), agency=agency, year=year, file_name=file_name)


def read_contents(path: Path) -> bytes:
    """Return the bytes of a file, and of one that is too large no more than it takes to see that."""
    with path.open("rb") as file:
        return file.read(BYTES + 1)
