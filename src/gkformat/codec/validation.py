"""What is wrong with a payload, found by reading it beside the outline: the faults that the hooks of cattrs find.

A function is made for each class. It opens every object once and passes over what is sound at the price of a few
comparisons; only in a box that is not, each place is looked at. Ten times faster than gathering exceptions.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from gkformat.base.errors import excerpt
from gkformat.codec.faults import ABSENT, Complaint
from gkformat.codec.parsing import written
from gkformat.notation.codegen import function, variable
from gkformat.notation.declare import Items
from gkformat.notation.domains import OUT_OF_RANGE, WRONG_TYPE, Choice, Integer, Money, String
from gkformat.notation.outline import Node, nodes, outline, per_class

Values = list[Any]


class _Unusual(Exception):
    """Word of marks or declarations, which are left to the converter."""


def inspect(cls: type, tree: Any, complaint: Complaint) -> bool:
    """Note every fault in a payload for a box, and its numbers; whether any fault is noted, now or before.

    Nothing is noted of a report with marks or declarations: it is left to the converter.
    """
    before, omitted = len(complaint.faults), complaint.omitted
    try:
        complaint.numbers = inspector(cls)(tree, complaint)
    except _Unusual:
        del complaint.faults[before:]
        complaint.omitted = omitted
        return False
    return bool(complaint.faults)


@per_class
def inspector(cls: type) -> Callable[[Any, Complaint], Values]:
    """A function that notes the faults in a value for a box, and gives its numbers, 0 where one is unread."""
    lines = ["values = []", *_inside(outline(cls)), "return values"]
    scope = {f"node{variable(at)}": node for at, node in nodes(cls).items()}
    arguments = f"{_name(outline(cls))}, complaint"
    return function(f"inspect_{cls.__name__}", arguments, lines, {**scope, "opened": _opened, "settled": _settled})


def _name(node: Node) -> str:
    """A variable for what is being looked at: the same one for all places of one name and depth.

    With a variable for each place, the frame would be so large that CPython may fetch memory for each call from it.
    """
    return f"{'_' * len(node.at.steps)}_{node.name}"


def _inside(box: Node) -> Iterator[str]:
    """Lines that open one object, and settle what is in it from the first place to the last."""
    name, names = _name(box), [_name(child) for child in box.children]
    opened = f"[{', '.join(names)}] = opened(node{variable(box.at)}, {name}, complaint)"
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
    """Lines that settle cells and texts; what is plainly sound needs no more than a comparison."""
    for leaf in leaves:
        name = _name(leaf)
        yield f"{_unless_sound(leaf, name)}{name} = settled(node{variable(leaf.at)}, {name}, complaint)"
    if cells := [_name(leaf) for leaf in leaves if leaf.is_cell]:
        yield f"values += [{', '.join(cells)}]"


_SHORT = 2**30 - 1
"""CPython compares integers up to this one without a call; beyond it, a count is settled like what is no count."""


def _unless_sound(leaf: Node, name: str) -> str:
    match leaf.domain:
        case Integer(minimum, maximum):
            return f"if type({name}) is not int or not {minimum} <= {name} <= {min(maximum, _SHORT)}: "
        case String() | Choice():
            return f"if node{variable(leaf.at)}.domain.refusal({name}): "
        case Items():
            return f"if type({name}) is not list or {name}: "
        case _:
            return ""


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
    return [tree.get(name, ABSENT) for name in box.inner]


def _settled(leaf: Node, value: Any, complaint: Complaint) -> Any:
    """A value if it may stand there, else 0."""
    rule = None if value is ABSENT else _refusal(leaf.domain, value)
    if rule:
        complaint.add_at(leaf, rule, excerpt(value))
    if rule or value is ABSENT or isinstance(leaf.domain, Money):  # an amount takes part in no equation
        complaint.unread.append(leaf.at)
        return 0
    return value


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
