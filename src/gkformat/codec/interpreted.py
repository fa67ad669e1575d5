"""From JSON text to boxes by calling their classes, for programs that read few reports.

Ten times slower per report than the compiled reader, but faster for the first reports of a program, because nothing has
to be compiled. Only usual input is read; anything else is left to the converter.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import attrs

from gkformat.base.errors import Malformed
from gkformat.codec.parsing import amount_text, parse_exact
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.revision import as_found as make_as_found
from gkformat.notation.declare import Items, Nested, fields
from gkformat.notation.domains import Integer, Money
from gkformat.notation.outline import outline, per_class


class _Unsupported(Exception):
    """Raised for valid but uncommon input; the caller falls back to the converter."""


def loads_interpreted(data: str | bytes, cls: type | None = None, *, as_found: bool = False) -> Any:
    """Return the box that a JSON text holds, or `None` if the text cannot be read in this way.

    Without a class, the text is a report of the edition that it states. Raises `Inconsistent` for a report with broken
    equations that it does not declare, unless it is read `as_found`.
    """
    try:
        tree, _ = parse_exact(data)  # an object with a repeated key is not a plain dict
        wanted = cls or _report_class(tree)
        return _box(wanted, tree, partial(make_as_found, wanted) if as_found else wanted)
    except (_Unsupported, Malformed):
        return None


def _report_class(tree: Any) -> type:
    """Return the report class of the edition that a payload states."""
    edition = tree.get("edition") if type(tree) is dict else None
    if type(edition) is not str or edition not in EDITIONS:
        raise _Unsupported
    return EDITIONS[edition].report


def _box(cls: type, tree: Any, make: Callable[..., Any]) -> Any:
    constructors = _constructors(cls)
    if type(tree) is not dict or tree.keys() != constructors.keys():
        raise _Unsupported
    return make(**{name: construct(tree[name]) for name, construct in constructors.items()})


@per_class
def _constructors(cls: type) -> Mapping[str, Callable[[Any], Any]]:
    """Return one constructor per field. Range checks are left to the class."""
    return {name: _constructor(domain) for name, _, domain, _ in fields(cls)}


def _constructor(domain: object) -> Callable[[Any], Any]:
    match domain:
        case Nested(kind):
            return partial(_nested_box, kind)
        case Money():
            return partial(_amount, domain)
        case Items(kind):
            return partial(_items, kind)
        case _:
            return _unchanged


def _nested_box(cls: type, tree: Any) -> Any:
    box = _box(cls, tree, cls)
    return (zero_box(cls) or box) if _is_zero(tree) else box


def _is_zero(tree: Any) -> bool:
    return all(map(_is_zero, tree.values())) if type(tree) is dict else type(tree) is int and tree == 0


@per_class
def zero_box(cls: type) -> Any:
    """Return the shared box whose counts are all 0, or `None` if the class holds anything but counts."""
    if not all(
        isinstance(node.domain, Integer) and node.accepts(0) for node in outline(cls).walk() if not node.children
    ):
        return None
    return cls(**{node.name: zero_box(node.type) if node.type else 0 for node in outline(cls).children})


def _amount(domain: Money, value: Any) -> Decimal:
    text = amount_text(value)
    if text is None or not domain.matches(text):
        raise _Unsupported
    return Decimal(text)


def _items(cls: type, items: Any) -> tuple[Any, ...]:
    if type(items) is not list:
        raise _Unsupported
    return tuple([_item(cls, item) for item in items])


def _item(cls: Any, item: Any) -> Any:
    """Structure a mark or a discrepancy. The report checks its content, but not the types of its values."""
    if type(item) is not dict or item.keys() != attrs.fields_dict(cls).keys():
        raise _Unsupported
    if any(type(value) not in (str, int) for value in item.values()):
        raise _Unsupported
    return cls(**item)


def _unchanged(value: Any) -> Any:
    return value
