"""The outline of a box: a tree of nodes, from which every other module reads a form.

The module also has the flat view of a box (addresses in printed order), builds boxes from it, and labels addresses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter, call
from typing import Any, TypeVar, cast

from attrs import evolve, field

from gkformat.base.address import Address, json_pointer
from gkformat.base.arguments import TEXT, demand
from gkformat.base.errors import Fault, Malformed, excerpt, meant
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.notation.codegen import compile_function, tiered, variable_name
from gkformat.notation.declare import Declaration, Items, Nested, Printed, declaration, fields
from gkformat.notation.domains import Choice, Domain, Integer, Money

T = TypeVar("T")

SEPARATOR = " > "


@frozen
class Node:
    """One place of the form: a box, a row, a column, a text.

    `printed` is of the kind `unprinted` for a field that the form does not print (the edition, the marks). A node has
    either a `domain` or `children`.
    """

    at: Address
    printed: Printed
    type: type | None
    domain: Domain | Items | None
    declaration: Declaration
    required: bool
    children: tuple["Node", ...] = field(repr=False)

    @cached_property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) to the place."""
        return self.at.pointer

    @cached_property
    def name(self) -> str:
        """The name of the field, which is its key in JSON."""
        return str(self.at).rpartition(".")[2]

    @property
    def label(self) -> str:
        """The label that the form prints here, without the labels around it."""
        return self.printed.label

    @cached_property
    def is_cell(self) -> bool:
        """True for a number in a table."""
        return isinstance(self.domain, Integer | Money) and self.printed.kind in ("row", "column", "total")

    @property
    def is_signed(self) -> bool:
        """True for an integer that may be negative."""
        return isinstance(self.domain, Integer) and self.domain.minimum < 0

    @property
    def is_key_required(self) -> bool:
        """True if a payload must have the field. The edition has a default in Python, but not in JSON."""
        return self.required or isinstance(self.domain, Choice)

    @cached_property
    def cells(self) -> tuple[Address, ...]:
        """The addresses of the cells inside, in printed order; a cell is inside itself."""
        return tuple(node.at for node in self.walk() if node.is_cell)

    @cached_property
    def expected(self) -> Words:
        """The valid values in words."""
        domain = self.domain or Nested(cast("type", self.type))
        return domain.expected

    @cached_property
    def children_by_name(self) -> Mapping[str, "Node"]:
        """The children by their names."""
        return {child.name: child for child in self.children}

    def accepts(self, value: object) -> bool:
        """Return True if the value is in the domain of this node."""
        return self.violation(value) is None

    def validate(self, value: object) -> None:
        """Raise `Malformed` for a value that is not in the domain of this node."""
        if rule := self.violation(value):
            raise Malformed([Fault(rule, self.at, self.label, excerpt(value), self.expected)])

    def violation(self, value: object) -> str | None:
        """Return the structural rule that a value breaks at this place, or `None`."""
        domain = self.domain or Nested(cast("type", self.type))
        return domain.violation(value)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all nodes inside it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


def per_class(function: Callable[[type], T]) -> Callable[[type], T]:
    """Cache the result of a function for each box class.

    `functools.cache` alone does not satisfy mypy, for which a class is not hashable if its objects define a hash.
    """
    return cast("Callable[[type], T]", cache(function))


@per_class
def outline(cls: type) -> Node:
    """Return the tree of a box, with addresses relative to the box. Raises `TypeError` for any other class."""
    declaration(cls)
    return _box(cls, Address(), Printed("section", ""), required=True)


def _box(cls: type, at: Address, printed: Printed, *, required: bool) -> Node:
    children = tuple(
        _box(domain.type, at.child(name), printed, required=required)
        if isinstance(domain, Nested)
        else Node(at.child(name), printed, None, domain, Declaration(), required, ())
        for name, printed, domain, required in fields(cls)
    )
    return Node(at, printed, cls, None, declaration(cls), required, children)


@per_class
def nodes(cls: type) -> Mapping[Address, Node]:
    """Return every node of a box by its address, in printed order."""
    return {node.at: node for node in outline(cls).walk()}


@per_class
def positions(cls: type) -> Mapping[Address, int]:
    """Return the position of every address in the printed order."""
    return {at: position for position, at in enumerate(nodes(cls))}


@per_class
def numbers(cls: type) -> tuple[Address, ...]:
    """Return the addresses of the numbers in the tables of a box, in printed order: 200 for a report of 2021."""
    return outline(cls).cells


@per_class
def number_indexes(cls: type) -> Mapping[Address, int]:
    """Return the index of every number among `numbers`."""
    return {at: index for index, at in enumerate(numbers(cls))}


def _baseline_getter(cls: type) -> Callable[[Any], tuple[Number, ...]]:
    return lambda box: tuple([attrgetter(at)(box) for at in numbers(cls)])


@tiered(_baseline_getter)
def number_getter(cls: type) -> Callable[[Any], tuple[Number, ...]]:
    """Return a function that gets all numbers of a box of this class, in the order of `numbers`."""
    expressions = {
        node.at: f"{variable_name(box.at)}.{node.name}" for box in outline(cls).walk() for node in box.children
    }
    boxes = [f"{variable_name(at)} = {code}" for at, code in expressions.items() if nodes(cls)[at].children]
    result = "".join(f"{expressions[at]}, " for at in numbers(cls))
    return compile_function(f"numbers_of_{cls.__name__}", variable_name(Address()), [*boxes, f"return ({result})"], {})


def build(cls: type[T], values: Mapping[Address, Any], make: Callable[..., Any] = call, /, **fields: Any) -> T:
    """Make a box from values by address, and from further fields of its own by name; what has no value is left out.

    `make` is called with the class and the fields of each box, from the inside out.
    """
    return cast("T", make(cls, **_inner_fields(outline(cls), values, make), **fields))


def _inner_fields(box: Node, values: Mapping[Address, Any], make: Callable[..., Any]) -> dict[str, Any]:
    return {
        node.name: make(node.type, **_inner_fields(node, values, make)) if node.type else values[node.at]
        for node in box.children
        if node.type or node.at in values
    }


def find(cls: type, address: str) -> Node:
    """Return the node at an address.

    Raises `Malformed`, with the nearest known parent and the first step that leads nowhere, if the form has no such
    address.
    """
    known = nodes(cls)
    demand(TEXT, address=address)
    if address in known:
        return known[Address(address)]
    steps = Address(address).steps
    at = nearest(cls, steps)
    *outer, key = steps[: len(at.steps) + 1]
    expected = meant(key, known[at].children_by_name)
    fault = Fault("unknown-key", at, "", excerpt(key), expected, json_pointer((*outer, key)))
    raise Malformed(label_faults(cls, [fault]))


def label(cls: type, address: str) -> str:
    """Return the Chinese label of an address: section, row and column as the form prints them, from the outside in.

    Raises `Malformed` if the form has no such address.
    """
    return labels(cls)[find(cls, address).at]


@per_class
def labels(cls: type) -> Mapping[Address, str]:
    """Return the label of every address of a box."""
    labels = {Address(): ""}
    for box in outline(cls).walk():
        for node in box.children:
            labels[node.at] = SEPARATOR.join(filter(None, (labels[box.at], node.label)))
    return labels


def label_faults(cls: type, faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults with the full labels of their addresses, in the order of the printed form."""
    known = nodes(cls)
    labelled = [evolve(fault, label=label(cls, fault.at)) if fault.at in known else fault for fault in faults]
    return sorted(labelled, key=lambda fault: positions(cls)[nearest(cls, fault.at.steps)])


def nearest(cls: type, steps: Sequence[str]) -> Address:
    """Return the address of the innermost place of the form along a path of steps."""
    node = outline(cls)
    for step in steps:  # one by one, because a key of a payload may contain dots
        inner = node.children_by_name.get(step)
        if inner is None:
            break
        node = inner
    return node.at
