"""From JSON bytes to boxes by calling their classes: for programs that read few reports.

It takes ten times as long as the functions that `compiled` makes, and these take as long to make as thirty reports
take here. Only what is usual is read in this way; all else is left to them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec

from gkformat.cells import Choice, Money
from gkformat.declare import Inner, Items, fields
from gkformat.outline import per_class
from gkformat.parsing import parse_plainly, written


class _Unusual(Exception):
    """Word of something that may be lawful, and is not read here."""


def build(cls: type, data: bytes, make: Callable[..., Any]) -> Any:
    """The box of a JSON text, or `None` where that is left to others; `make` makes it of its parts.

    Raises `msgspec.ValidationError` for a report of another edition, and like the classes.
    """
    try:
        return _box(cls, parse_plainly(data), make)
    except _Unusual:
        return None


def _box(cls: type, tree: Any, make: Callable[..., Any]) -> Any:
    parts = _parts(cls)
    if type(tree) is not dict or tree.keys() != parts.keys():
        raise _Unusual
    return make(**{name: part(tree[name]) for name, part in parts.items()})


@per_class
def _parts(cls: type) -> Mapping[str, Callable[[Any], Any]]:
    """For each field of a box what makes its value of plain values. The class itself refuses what may not be there."""
    return {name: _part(domain) for name, _, domain, _ in fields(cls)}


def _part(domain: object) -> Callable[[Any], Any]:
    match domain:
        case Inner(kind):
            return lambda tree: _box(kind, tree, kind)
        case Choice(options):
            return partial(_chosen, options)
        case Money():
            return partial(_amount, domain)
        case Items():
            return _nothing
        case _:
            return _itself


def _chosen(options: tuple[str, ...], value: Any) -> str:
    if value not in options:
        raise msgspec.ValidationError
    return str(value)


def _amount(domain: Money, value: Any) -> Decimal:
    text = written(value)
    if text is None or not domain.reads(text):
        raise _Unusual
    return Decimal(text)


def _nothing(items: Any) -> tuple[()]:
    if items != []:
        raise _Unusual
    return ()


def _itself(value: Any) -> Any:
    return value
