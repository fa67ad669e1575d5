"""The output formats of `check`: one function each, from a run to the lines of output.

All formats report the same facts. A fact for which a format has no field is put into words.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from gkformat.base.words import Lang
from gkformat.cli.run import Run

Format = Callable[[Run, Lang], Iterator[str] | bytes]

_MODULES: Mapping[str, str] = {
    "text": "text",
    "json": "json_lines",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "html": "page",
    "csv": "ledger",
    "xlsx": "ledger",
    "docx": "ledger",
}
FORMATS = tuple(_MODULES)
"""The names of the formats."""

FILES = ("xlsx", "docx")
"""The formats that are files of another program, and are not printed."""


def format_named(name: str) -> Format:
    """Import and return the format of this name."""
    module = import_module(f"gkformat.cli.formats.{_MODULES[name]}")
    found: Format = getattr(module, name)
    return found
