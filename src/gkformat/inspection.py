"""What is wrong with a payload, found by walking it beside the outline: the faults that the hooks of cattrs find.

A function is made for each box that holds counts alone. It passes over what is sound at the price of a few
comparisons; only in a box that is not, each place is looked at. Ten times faster than gathering exceptions.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from gkformat.cells import OUT_OF_RANGE, WRONG_TYPE, Choice, Integer, Money, String
from gkformat.errors import excerpt
from gkformat.explain import Complaint
from gkformat.outline import Node, outline, per_class, reader
from gkformat.parsing import Steps, written
from gkformat.straight import function

Values = list[Any]
Inspect = Callable[[Any, Steps, Complaint, Values], None]


class _Unusual(Exception):
    """Word of marks or declarations, which are left to the converter."""


def inspect(cls: type, tree: Any, complaint: Complaint) -> bool:
    """Note every fault in a payload for a box, and the numbers that could be read; whether any fault was found.

    Nothing is noted of a report with marks or declarations: it is left to the converter.
    """
    values: Values = []
    before, omitted = len(complaint.faults), complaint.omitted
    try:
        inspector(cls)(tree, (), complaint, values)
    except _Unusual:
        del complaint.faults[before:]
        complaint.omitted = omitted
        return False
    complaint.read = values
    return len(complaint.faults) + complaint.omitted > before + omitted


@per_class
def inspector(cls: type) -> Inspect:
    """A function that notes the faults in a value for a box, and puts its numbers, or `None`, into a list."""
    box = outline(cls)

    def walk(tree: Any, steps: Steps, complaint: Complaint, values: Values) -> None:
        _walk(box, tree, steps, complaint, values)

    simple = all(node.children or isinstance(node.domain, Integer) for node in box.children)
    return _quick(box, walk) if simple else walk


def _quick(box: Node, walk: Inspect) -> Inspect:
    """The same function, with a short way through a box of counts in which nothing is wrong."""
    names = [(node, f"_{node.name}") for node in box.children]
    scope: dict[str, Any] = {"walk": walk}
    tests, steps = ["True"], []
    for node, name in names:
        if isinstance(node.domain, Integer):
            tests.append(f"type({name}) is int and {node.domain.minimum} <= {name} <= {node.domain.maximum}")
            steps.append(f"values.append({name})")
        else:
            scope[f"inspect{name}"] = inspector(cast("type", node.type))
            steps.append(f"inspect{name}({name}, (*steps, {node.name!r}), complaint, values)")
    lines = [
        f"if type(tree) is dict and len(tree) == {len(names)}:",
        "    try:",
        *(f"        {name} = tree[{node.name!r}]" for node, name in names),
        "    except KeyError:",
        "        pass",
        "    else:",
        f"        if {' and '.join(tests)}:",
        *(f"            {step}" for step in steps),
        "            return",
        "walk(tree, steps, complaint, values)",
    ]
    kind = cast("type", box.type).__name__
    return function(f"inspect_{kind}", "tree, steps, complaint, values", lines, scope)


def _walk(box: Node, tree: Any, steps: Steps, complaint: Complaint, values: Values) -> None:
    if type(tree) is box.type:
        values += reader(type(tree))(tree)
        return
    if not isinstance(tree, Mapping):
        complaint.add(WRONG_TYPE, steps, excerpt(tree), box.expected)
        values += [None for node in box.walk() if node.is_cell]
        return
    for node in box.children:
        inner = (*steps, node.name)
        if node.children and node.name in tree:
            inspector(cast("type", node.type))(tree[node.name], inner, complaint, values)
            continue
        if node.name in tree:
            _value(node, tree[node.name], inner, complaint, values)
            continue
        if node.required:
            complaint.add("missing", inner, expected=node.expected)
        values += [None for cell in node.walk() if cell.is_cell]
    known = {node.name for node in box.children}
    if unknown := [key for key in tree if key not in known]:
        complaint.add_unknown(unknown, steps)


def _value(node: Node, value: Any, steps: Steps, complaint: Complaint, values: Values) -> None:
    rule = _refusal(node.domain, value)
    if rule:
        complaint.add(rule, steps, excerpt(value), node.expected)
    if node.is_cell:
        values.append(value if isinstance(node.domain, Integer) and not rule else None)


def _refusal(domain: object, value: Any) -> str | None:
    match domain:
        case Money():
            text = written(value)
            return WRONG_TYPE if text is None else None if domain.reads(text) else OUT_OF_RANGE
        case Integer() | String() | Choice():
            return domain.refusal(value)
        case _:
            if value not in ([], ()):
                raise _Unusual
            return None
