"""The suffixes by which files are found in folders and archives; what is in a file, its content alone says."""

from pathlib import PurePath

JSONL_SUFFIXES = tuple(f"{suffix}{packed}" for suffix in (".jsonl", ".ndjson") for packed in ("", ".gz", ".zst"))
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
TEXT_SUFFIXES = (
    *(".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".md", ".markdown", ".txt"),
    *(".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".xml"),
)
DOCUMENT_SUFFIXES = (".pdf", ".docx", ".docm", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et")
"""Suffixes of the files that may hold a report, and are read.

Those of text may be empty, or another text; the others are then damaged.
"""

_UNREAD_SUFFIXES = (
    *(".rtf", ".odt", ".ods", ".fodt", ".fods", ".ofd", ".uof", ".uot", ".uos", ".xlsb"),
    *(".rar", ".7z", ".gz", *ARCHIVE_SUFFIXES),
)
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
"""Suffixes of the files that may hold a report, too, but cannot be read. Nobody should take them for looked at."""

_BESIDE_A_PAGE = ("_files", ".files")
"""How browsers and Word name the folder of what belongs to a page that they save."""


def may_hold_report(name: str) -> bool:
    """Return whether a file in a folder or an archive may hold a report, by its name."""
    path = PurePath(name.lower())
    if path.name.endswith(_PICTURE_SUFFIXES):
        return not any(folder.endswith(_BESIDE_A_PAGE) for folder in path.parts[:-1])
    return path.name.endswith((*TEXT_SUFFIXES, *DOCUMENT_SUFFIXES, *JSONL_SUFFIXES, *_UNREAD_SUFFIXES))
