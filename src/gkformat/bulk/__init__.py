"""Many reports at once: read and judge JSON Lines, Arrow and Parquet.

JSON Lines need no extra, except `.zst` files. Columns need the extra `bulk` and are imported on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gkformat.bulk.lines import Line, load_lines, read_lines
from gkformat.bulk.processes import check_lines

if TYPE_CHECKING:
    from gkformat.bulk.batches import check_batches, checked_schema
    from gkformat.bulk.columns import from_arrow, from_parquet, schema, to_arrow, to_batches, to_parquet
    from gkformat.bulk.ratios import indicator_batches

__all__ = [
    "Line",
    "check_batches",
    "check_lines",
    "checked_schema",
    "from_arrow",
    "from_parquet",
    "indicator_batches",
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
    "ratios": ("indicator_batches",),
}


def __getattr__(name: str) -> Any:
    for module, names in _NEED_THE_EXTRA.items():
        if name in names:
            return getattr(import_module(f"gkformat.bulk.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
