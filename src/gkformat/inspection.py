"""What is wrong with a payload, found by reading it beside the outline: the faults that the hooks of cattrs find.

A function is made for each class. It opens every object once and passes over what is sound at the price of a few
comparisons; only in a box that is not, each place is looked at. Ten times faster than gathering exceptions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gkformat.cells import OUT_OF_RANGE, WRONG_TYPE, Choice, Integer, Money, String
from gkformat.errors import excerpt
from gkformat.explain import ABSENT, Complaint
from gkformat.outline import Node, nodes, numbers, outline, per_class
from gkformat.parsing import written
from gkformat.straight import function, variable

Values = list[Any]


class _Unusual(Exception):
    """Word of marks or declarations, which are left to the converter."""


def inspect(cls: type, tree: Any, complaint: Complaint) -> bool:
    """Note every fault in a payload for a box, and the numbers that could be read; whether any fault was found.

    Nothing is noted of a report with marks or declarations: it is left to the converter.
    """
    before, omitted = len(complaint.faults), complaint.omitted
    try:
        complaint.read = inspector(cls)(tree, complaint)
    except _Unusual:
        del complaint.faults[before:]
        complaint.omitted = omitted
        return False
    return len(complaint.faults) + complaint.omitted > before + omitted


@per_class
def inspector(cls: type) -> Callable[[Any, Complaint], Values]:
    """A function that notes the faults in a value for a box, and gives its numbers, `None` where one is no count."""
    lines = [line for box in outline(cls).walk() if box.children for line in _inside(box)]
    lines.append(f"return [{_variables(numbers(cls))}]")
    scope = {f"node{variable(at)}": node for at, node in nodes(cls).items()}
    return function(f"inspect_{cls.__name__}", "_, complaint", lines, {**scope, "opened": _opened, "settled": _settled})


def _variables(places: Sequence[Any]) -> str:
    return ", ".join(map(variable, places))


def _inside(box: Node) -> list[str]:
    """Lines that put what is in one object into variables, and see to its cells and texts."""
    name = variable(box.at)
    opened = f"[{_variables([child.at for child in box.children])}] = opened(node{name}, {name}, complaint)"
    return [
        f"if type({name}) is not dict or len({name}) != {len(box.children)}:",
        f"    {opened}",
        "else:",
        "    try:",
        *(f"        {variable(child.at)} = {name}[{child.name!r}]" for child in box.children),
        "    except KeyError:",
        f"        {opened}",
        *(_leaf(child) for child in box.children if not child.children),
    ]


def _leaf(leaf: Node) -> str:
    """A line that settles a cell or a text; a sound count needs no more than a comparison."""
    name = variable(leaf.at)
    settle = f"{name} = settled(node{name}, {name}, complaint)"
    if not isinstance(leaf.domain, Integer):
        return settle
    return f"if type({name}) is not int or not {leaf.domain.minimum} <= {name} <= {leaf.domain.maximum}: {settle}"


# -- what the generated functions call -----------------------------------------------------------------


def _opened(box: Node, tree: Any, complaint: Complaint) -> Values:
    """What stands in the places of a box, `ABSENT` in those of which nothing more is to be said."""
    if type(tree) is box.type:
        return [getattr(tree, child.name) for child in box.children]
    if not isinstance(tree, Mapping):
        if tree is not ABSENT:
            complaint.add_at(box, WRONG_TYPE, excerpt(tree))
        return [ABSENT] * len(box.children)
    for name, child in box.inner.items():
        if child.required and name not in tree:
            complaint.add_at(child, "missing")
    if unknown := [key for key in tree if key not in box.inner]:
        complaint.add_unknown(unknown, box.at.steps)
    return [tree[name] if name in tree else ABSENT for name in box.inner]


def _settled(leaf: Node, value: Any, complaint: Complaint) -> Any:
    """A value if it is a count, else `None`."""
    if value is ABSENT:
        return None
    rule = _refusal(leaf.domain, value)
    if rule:
        complaint.add_at(leaf, rule, excerpt(value))
    return value if isinstance(leaf.domain, Integer) and not rule else None


def _refusal(domain: object, value: Any) -> str | None:
    match domain:
        case Integer() | String() | Choice():
            return domain.refusal(value)
        case Money():
            text = written(value)
            return WRONG_TYPE if text is None else None if domain.reads(text) else OUT_OF_RANGE
        case _:
            if value not in ([], ()):
                raise _Unusual
            return None
