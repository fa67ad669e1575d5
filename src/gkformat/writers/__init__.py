"""Documents out: a report written as the official form. `layout` says what stands where; each kind has a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from gkformat.base.arguments import PATH, demand
from gkformat.base.atomic import open_atomic
from gkformat.base.errors import Unwritable
from gkformat.base.words import Words
from gkformat.codec import dumps
from gkformat.forms.editions import AnyReport
from gkformat.judgement.root import REPORT

if TYPE_CHECKING:
    from gkformat.writers.texts import Rewritten

KINDS = {
    ".docx": "word",
    ".xlsx": "spreadsheet",
    ".html": "html",
    ".md": "markdown",
    ".txt": "text",
    ".json": "json",
}
"""The kind of file for each suffix. Each but `json` is the name of a module here."""


def write(report: AnyReport, path: str | PathLike[str]) -> "tuple[Rewritten, ...]":
    """Write a report as the official form; the suffix says how: .docx, .xlsx, .html, .md, .txt or .json.

    Cells show what the document showed: numbers, and the texts of marks. `read(path).report` is the report again, but
    for what is returned: texts that a document cannot hold as they are, such as blank lines in a section. The file is
    written whole or not at all. Raises `Malformed` for a text with control characters or too long for its place,
    `Unwritable` for another suffix, a missing extra (`documents`), or a plain text that its markup would hide, and
    `OSError`.
    """
    demand(REPORT, report=report)
    demand(PATH, path=path)
    data, rewritten = render(report, Path(path).suffix)
    with open_atomic(path) as file:
        file.write(data)
    return rewritten


def render(report: AnyReport, suffix: str) -> "tuple[bytes, tuple[Rewritten, ...]]":
    """Return the contents of the file that `write` writes, and what it does not hold as it is."""
    kind = KINDS.get(suffix.lower())
    if kind is None:
        raise Unwritable(_UNKNOWN.format(suffix=suffix, known=" ".join(KINDS)))
    if kind == "json":
        return f"{dumps(report, indent=2)}\n".encode(), ()
    with needs_documents(suffix):
        writer = import_module(f"{__name__}.{kind}")
        from gkformat.writers.texts import printable  # noqa: PLC0415 - it needs the extra, as some writers do
    pages, rewritten = printable(report, kind)
    return writer.render(pages), rewritten


@contextmanager
def needs_documents(suffix: str) -> Iterator[None]:
    """Raise `Unwritable` if a module that is imported inside needs an extra that is not installed."""
    try:
        yield
    except ImportError:
        raise Unwritable(NEEDS_EXTRA.format(suffix=suffix)) from None


_UNKNOWN = Words("不能写成 {suffix!r}；可写：{known}", "cannot write {suffix!r}; possible are {known}")
NEEDS_EXTRA = Words(
    "写 {suffix} 文件需要额外的依赖，请运行 pip install 'gkformat[documents]'",
    "writing {suffix} files needs an extra, install it with: pip install 'gkformat[documents]'",
)
