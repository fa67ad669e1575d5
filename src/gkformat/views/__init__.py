"""Views: what people look at: a page to hand on, a ledger, charts, and reports in a terminal and in a notebook."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkformat.views.charts.chart import chart
    from gkformat.views.charts.drawing import Picture
    from gkformat.views.check_page.document import page
    from gkformat.views.ledgers.entries import LedgerEntry, ledger

_HOMES = {
    "LedgerEntry": "ledgers.entries",
    "Picture": "charts.drawing",
    "chart": "charts.chart",
    "ledger": "ledgers.entries",
    "page": "check_page.document",
}

__all__ = ["LedgerEntry", "Picture", "chart", "ledger", "page"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
