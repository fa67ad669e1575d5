"""Bytes → sheet, in the process that calls it. `worker` runs this where its time and memory are limited."""

from importlib import import_module

from gkformat.readers.detect import kind_of
from gkformat.readers.document import Document, FileKind
from gkformat.readers.guard import guarded
from gkformat.readers.sheet import Matched


def match_file(data: bytes, kind: FileKind | None = None) -> Matched:
    """Match a file with the form; `kind`, any but `json`, overrides what its content says.

    Raises `Unreadable` if it cannot be opened, and `NoForm` if there is nothing of the form in it.
    """
    kind = kind or kind_of(data)
    with guarded(kind):  # looking for the form in a document needs the extra, whatever the kind of file
        from gkformat.readers.matching.match import match_document  # noqa: PLC0415 - see above

        document: Document = import_module(f"gkformat.readers.files.{kind}").parse(data)
    return match_document(document)
