"""Views: what people look at. A page to hand on, and reports as a terminal and a notebook show them."""

from importlib import import_module

_HOMES = {"page": "check_page.document"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
