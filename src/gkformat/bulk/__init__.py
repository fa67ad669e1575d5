"""Many reports: JSON Lines, Arrow and Parquet, judged and added up.

Lines of JSON need no extra (but `.zst` files do); columns need the extra `bulk`, and are loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gkformat.bulk.lines import Line, check_lines, load_lines, read_lines

if TYPE_CHECKING:
    from gkformat.bulk.batches import check_batches, checked_schema
    from gkformat.bulk.columns import from_arrow, from_parquet, schema, to_arrow, to_batches, to_parquet

__all__ = [
    "Line",
    "check_batches",
    "check_lines",
    "checked_schema",
    "from_arrow",
    "from_parquet",
    "load_lines",
    "read_lines",
    "schema",
    "to_arrow",
    "to_batches",
    "to_parquet",
]


_NEED_THE_EXTRA = {
    "batches": ("check_batches", "checked_schema"),
    "columns": ("from_arrow", "from_parquet", "schema", "to_arrow", "to_batches", "to_parquet"),
}


def __getattr__(name: str) -> Any:
    for module, names in _NEED_THE_EXTRA.items():
        if name in names:
            return getattr(import_module(f"gkformat.bulk.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
