"""A box as a neutral tree of nodes: the one thing that every other module reads a form from.

Also the flat view of a box (address → value) and the label of an address.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar, cast

from attrs import evolve, field

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Malformed, excerpt
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.notation.codegen import function, once_it_pays, variable
from gkformat.notation.declare import Declaration, Inner, Items, Printed, declaration, fields, is_box
from gkformat.notation.domains import Domain, Integer, Money

T = TypeVar("T")

SEPARATOR = " > "


@frozen
class Node:
    """A box, a row, a column, a text: one place of the form.

    `printed` is empty where the form prints nothing (the edition, marks). A node has either a `domain` or `children`.
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
        """The JSON Pointer (RFC 6901) of the place."""
        return self.at.pointer

    @cached_property
    def name(self) -> str:
        """The field's name, which is its key in JSON."""
        return str(self.at).rpartition(".")[2]

    @property
    def label(self) -> str:
        """What the form prints here, without what is printed around it."""
        return self.printed.label

    @cached_property
    def is_cell(self) -> bool:
        """Whether it is one of the numbers in the tables."""
        return isinstance(self.domain, Integer | Money) and self.printed.word in ("row", "column", "total")

    @cached_property
    def expected(self) -> Words:
        """What may stand here, in words."""
        domain = self.domain or Inner(cast("type", self.type))
        return domain.expected

    @cached_property
    def inner(self) -> Mapping[str, "Node"]:
        """The children by their names."""
        return {child.name: child for child in self.children}

    def accepts(self, value: object) -> bool:
        """Whether the value may stand here."""
        return self._refusal(value) is None

    def accept(self, value: object) -> Address:
        """Return the address; raises `Malformed` for a value that may not stand here."""
        if rule := self._refusal(value):
            raise Malformed([Fault(rule, self.at, self.label, excerpt(value), self.expected)])
        return self.at

    def _refusal(self, value: object) -> str | None:
        domain = self.domain or Inner(cast("type", self.type))
        return domain.refusal(value)

    def walk(self) -> Iterator["Node"]:
        """The node and all nodes inside it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


def per_class(function: Callable[[type], T]) -> Callable[[type], T]:
    """Compute something of a box class once. (To mypy a class is not hashable where its objects define a hash.)"""
    return cast("Callable[[type], T]", cache(function))


@per_class
def outline(cls: type) -> Node:
    """The tree of a box, with addresses that start from it."""
    if not is_box(cls):
        raise TypeError(f"{cls!r} is not a box of a form")
    return _box(cls, Address(), Printed("section", ""), required=True)


def _box(cls: type, at: Address, printed: Printed, *, required: bool) -> Node:
    children = tuple(
        _box(domain.type, at.child(name), printed, required=required)
        if isinstance(domain, Inner)
        else Node(at.child(name), printed, None, domain, Declaration(), required, ())
        for name, printed, domain, required in fields(cls)
    )
    return Node(at, printed, cls, None, declaration(cls), required, children)


@per_class
def nodes(cls: type) -> Mapping[Address, Node]:
    """Every node of a box by its address, in printed order."""
    return {node.at: node for node in outline(cls).walk()}


@per_class
def positions(cls: type) -> Mapping[Address, int]:
    """The place of every address in the printed order."""
    return {at: position for position, at in enumerate(nodes(cls))}


@per_class
def numbers(cls: type) -> tuple[Address, ...]:
    """The addresses of the numbers in the tables of a box, in printed order."""
    return tuple(at for at, node in nodes(cls).items() if node.is_cell)


def _plain_reader(cls: type) -> Callable[[Any], tuple[Number, ...]]:
    return lambda box: tuple([attrgetter(at)(box) for at in numbers(cls)])


@once_it_pays(_plain_reader)
def reader(cls: type) -> Callable[[Any], tuple[Number, ...]]:
    """A function that reads all numbers of a box of this class, in the order of `numbers`."""
    at_its_box = {node.at: f"{variable(box.at)}.{node.name}" for box in outline(cls).walk() for node in box.children}
    inner = [f"{variable(at)} = {place}" for at, place in at_its_box.items() if nodes(cls)[at].children]
    result = "".join(f"{at_its_box[at]}, " for at in numbers(cls))
    return function(f"numbers_of_{cls.__name__}", variable(Address()), [*inner, f"return ({result})"], {})


def find(cls: type, address: str) -> Node:
    """The node at an address; raises `Malformed` with its nearest known parent where there is none."""
    known = nodes(cls)
    if address in known:
        return known[Address(address)]
    at = Address(address)
    raise Malformed(
        labelled(cls, [Fault("unknown-key", nearest(cls, at.steps), found=excerpt(at.steps[-1]), pointer=at.pointer)])
    )


def label(cls: type, address: str) -> str:
    """The Chinese label of an address: section, row and column as the form prints them, from the outside in.

    Raises `Malformed` where the form has no such place.
    """
    return labels(cls)[find(cls, address).at]


@per_class
def labels(cls: type) -> Mapping[Address, str]:
    """The label of every address of a box."""
    labels = {Address(): ""}
    for box in outline(cls).walk():
        for node in box.children:
            labels[node.at] = SEPARATOR.join(filter(None, (labels[box.at], node.label)))
    return labels


def labelled(cls: type, faults: Iterable[Fault]) -> list[Fault]:
    """The same faults with the full labels of their places, in the order of the printed form."""
    known = nodes(cls)
    named = [evolve(fault, label=label(cls, fault.at)) if fault.at in known else fault for fault in faults]
    return sorted(named, key=lambda fault: positions(cls)[nearest(cls, fault.at.steps)])


def nearest(cls: type, steps: Sequence[str]) -> Address:
    """The address of the innermost place of the form on the way that these steps take."""
    node = outline(cls)
    for step in steps:  # one by one, for a key of a payload may have dots in it
        inner = node.inner.get(step)
        if inner is None:
            break
        node = inner
    return node.at
