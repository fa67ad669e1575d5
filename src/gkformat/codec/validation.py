"""Find every fault in a payload by comparing it with the outline: the same faults that the cattrs hooks find.

One function is generated per class. It opens each object once and spends a few comparisons on what is sound; only in a
box that is not sound is each place examined. Ten times faster than collecting exceptions.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from gkformat.base.errors import excerpt
from gkformat.codec.faults import FaultCollector
from gkformat.codec.parsing import amount_text
from gkformat.codec.tree import ABSENT
from gkformat.notation.codegen import compile_function, variable_name
from gkformat.notation.declare import Items
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Integer, Money, String
from gkformat.notation.outline import Node, nodes, outline, per_class

Numbers = list[Any]


class _HasItems(Exception):
    """Raised for a payload with marks or discrepancies, which are left to the converter."""


def inspect(cls: type, tree: Any, collector: FaultCollector) -> bool:
    """Record every fault and every readable number of a payload. Return True if the collector holds any fault.

    Nothing is recorded for a report with marks or discrepancies: it is left to the converter.
    """
    before, omitted = len(collector.faults), collector.omitted
    try:
        collector.numbers = inspection(cls)(tree, collector)
    except _HasItems:
        del collector.faults[before:]
        collector.omitted = omitted
        return False
    return bool(collector.faults)


@per_class
def inspection(cls: type) -> Callable[[Any, FaultCollector], Numbers]:
    """Compile a function that records the faults in a payload and returns its numbers, 0 for each unread one."""
    lines = ["values = []", *_inside(outline(cls)), "return values"]
    scope = {f"node{variable_name(at)}": node for at, node in nodes(cls).items()}
    arguments = f"{_name(outline(cls))}, collector"
    return compile_function(
        f"inspect_{cls.__name__}", arguments, lines, {**scope, "opened": _opened, "settled": _settled}
    )


def _name(node: Node) -> str:
    """Return the variable for a node: the same one for all nodes with one name and depth.

    With a variable for each node, the frame would be so large that CPython may have to allocate memory for each call.
    """
    return f"{'_' * len(node.at.steps)}_{node.name}"


def _inside(box: Node) -> Iterator[str]:
    """Yield lines that open one object and settle its places in printed order."""
    name, names = _name(box), [_name(child) for child in box.children]
    opened = f"[{', '.join(names)}] = opened(node{variable_name(box.at)}, {name}, collector)"
    yield f"if type({name}) is not dict or len({name}) != {len(names)}:"
    yield f"    {opened}"
    yield "else:"
    yield "    try:"
    yield from (f"        {_name(child)} = {name}[{child.name!r}]" for child in box.children)
    yield "    except KeyError:"
    yield f"        {opened}"
    for has_inner, children in groupby(box.children, lambda child: bool(child.children)):
        if has_inner:
            yield from chain.from_iterable(map(_inside, children))
        else:
            yield from _settle([*children])


def _settle(leaves: list[Node]) -> Iterator[str]:
    """Yield lines that settle cells and texts; a plainly sound value costs only a comparison."""
    for leaf in leaves:
        name = _name(leaf)
        yield f"{_unless_sound(leaf, name)}{name} = settled(node{variable_name(leaf.at)}, {name}, collector)"
    if cells := [_name(leaf) for leaf in leaves if leaf.is_cell]:
        yield f"values += [{', '.join(cells)}]"


_SHORT = 2**30 - 1
"""CPython compares integers up to this one without a call; larger counts take the slow way."""


def _unless_sound(leaf: Node, name: str) -> str:
    match leaf.domain:
        case Integer(minimum, maximum):
            return f"if type({name}) is not int or not {minimum} <= {name} <= {min(maximum, _SHORT)}: "
        case String() | Choice():
            return f"if node{variable_name(leaf.at)}.domain.violation({name}): "
        case Items():
            return f"if type({name}) is not list or {name}: "
        case _:
            return ""


# -- what the generated functions call -----------------------------------------------------------------


def _opened(box: Node, tree: Any, collector: FaultCollector) -> Numbers:
    """Return the values at the places of a box, `ABSENT` where a fault is recorded or nothing is required."""
    if type(tree) is box.type:
        return [getattr(tree, child.name) for child in box.children]
    if not isinstance(tree, Mapping):
        if tree is not ABSENT:
            collector.add_at(box, WRONG_TYPE, excerpt(tree))
        return [ABSENT] * len(box.children)
    for name, child in box.children_by_name.items():
        if child.required and name not in tree:
            collector.add_at(child, "missing")
    if unknown := [key for key in tree if key not in box.children_by_name]:
        collector.add_unknown(unknown, box.at.steps)
    return [tree.get(name, ABSENT) for name in box.children_by_name]


def _settled(leaf: Node, value: Any, collector: FaultCollector) -> Any:
    """Return the value if the place accepts it, else 0."""
    rule = None if value is ABSENT else _refusal(leaf.domain, value)
    if rule:
        collector.add_at(leaf, rule, excerpt(value))
    if rule or value is ABSENT or isinstance(leaf.domain, Money):  # an amount takes part in no equation
        collector.unread.append(leaf.at)
        return 0
    return value


def _refusal(domain: object, value: Any) -> str | None:
    match domain:
        case Integer() | String() | Choice():
            return domain.violation(value)
        case Money():
            text = amount_text(value)
            return WRONG_TYPE if text is None else None if domain.matches(text) else OUT_OF_RANGE
        case _:
            if value not in ([], ()):
                raise _HasItems
            return None
