"""From JSON text to boxes by calling their classes: for programs that read few reports.

It takes ten times as long as the functions that `compiled` makes, but these take as long to make as some thirty
reports take here. Only what is usual is read in this way; all else is left to them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import attrs

from gkformat.base.errors import Malformed
from gkformat.codec.parsing import parse, written
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.revision import as_found as found_as
from gkformat.notation.declare import Inner, Items, fields
from gkformat.notation.domains import Integer, Money
from gkformat.notation.outline import outline, per_class


class _Unusual(Exception):
    """Word of something that may be lawful, and is not read here."""


def read(data: str | bytes, cls: type | None = None, *, as_found: bool = False) -> Any:
    """The box that a JSON text holds, or `None` where that is left to others.

    Without a class, a report of the edition that it states. Raises `Inconsistent` for a report with broken equations
    that it does not declare, unless it is to be held `as_found`.
    """
    try:
        tree, _ = parse(data)  # in which an object with a key that is repeated is no plain dict
        wanted = cls or _report_class(tree)
        return _box(wanted, tree, partial(found_as, wanted) if as_found else wanted)
    except (_Unusual, Malformed):
        return None


def _report_class(tree: Any) -> type:
    """The class of the edition that a payload states."""
    edition = tree.get("edition") if type(tree) is dict else None
    if type(edition) is not str or edition not in EDITIONS:
        raise _Unusual
    return EDITIONS[edition].report


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
            return partial(_inner, kind)
        case Money():
            return partial(_amount, domain)
        case Items(kind):
            return partial(_items, kind)
        case _:
            return _itself


def _inner(cls: type, tree: Any) -> Any:
    box = _box(cls, tree, cls)
    return (zero_box(cls) or box) if _is_zero(tree) else box


def _is_zero(tree: Any) -> bool:
    return all(map(_is_zero, tree.values())) if type(tree) is dict else type(tree) is int and tree == 0


@per_class
def zero_box(cls: type) -> Any:
    """The one object for all boxes of a class that holds counts alone, where all of them are 0; else `None`."""
    if not all(
        isinstance(node.domain, Integer) and node.accepts(0) for node in outline(cls).walk() if not node.children
    ):
        return None
    return cls(**{node.name: zero_box(node.type) if node.type else 0 for node in outline(cls).children})


def _amount(domain: Money, value: Any) -> Decimal:
    text = written(value)
    if text is None or not domain.reads(text):
        raise _Unusual
    return Decimal(text)


def _items(cls: type, items: Any) -> tuple[Any, ...]:
    if type(items) is not list:
        raise _Unusual
    return tuple([_item(cls, item) for item in items])


def _item(cls: Any, item: Any) -> Any:
    """What a report says of itself. The report refuses what it may not say, but takes any values for what is said."""
    if type(item) is not dict or item.keys() != attrs.fields_dict(cls).keys():
        raise _Unusual
    if any(type(value) not in (str, int) for value in item.values()):
        raise _Unusual
    return cls(**item)


def _itself(value: Any) -> Any:
    return value
