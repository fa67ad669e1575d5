"""The output formats of `check`: one module each, one function from a run to the lines of its output.

All tell the same facts. What one format has no place for, it says in words.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from gkformat.base.words import Lang
from gkformat.cli.run import Run

Format = Callable[[Run, Lang], Iterator[str]]

_MODULES: Mapping[str, str] = {
    "text": "text",
    "json": "json_lines",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
}
FORMATS = tuple(_MODULES)
"""Their names."""


def format_named(name: str) -> Format:
    """A format by its name; only this one is imported."""
    module = import_module(f"gkformat.cli.formats.{_MODULES[name]}")
    found: Format = getattr(module, name)
    return found
