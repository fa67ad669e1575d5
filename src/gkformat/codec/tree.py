"""A parsed JSON payload as a tree of dicts, lists and scalars, and the way to a value in it.

It imports nothing, so that what looks into payloads need not load cattrs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Steps = tuple[str, ...]
"""The keys and indices on the way to a value."""

Data = str | bytes | Mapping[str, Any]
"""JSON text, or a payload that was parsed elsewhere."""

ABSENT = object()
"""The value at steps where a payload has nothing."""

MISPLACED = object()
"""The value at steps that lead through something other than an object or an array."""


def value_at(tree: Any, steps: Steps) -> object:
    """Return the value to which the steps lead in a payload, or `ABSENT`, or `MISPLACED`."""
    for step in steps:
        if tree is ABSENT:
            break
        if isinstance(tree, list | tuple) and step.isdecimal():
            tree = tree[int(step)] if int(step) < len(tree) else ABSENT
        elif isinstance(tree, Mapping):
            tree = tree.get(step, ABSENT)
        else:
            return MISPLACED
    return tree


def put(tree: dict[str, Any], steps: Sequence[str], value: object) -> None:
    """Set the value to which the steps lead, and make the objects on the way that are missing."""
    *outer, name = steps
    for step in outer:
        tree = tree.setdefault(step, {})
    tree[name] = value
