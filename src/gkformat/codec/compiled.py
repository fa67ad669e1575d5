"""From JSON bytes to boxes and back by functions that are made for each class: the fast path of `loads` and `dumps`.

Reading goes through wire objects: `msgspec` Structs with the fields and the bounds of the form, so that shape and
bounds are tested in C. One generated function then reads every cell into a local variable, adds up the equations and
makes the box. Writing goes the same way back. What cannot be read is not explained here: `None` says no more than
that the readable path in `codec` must look at it. That path also is the oracle: tests show that both accept the same
payloads, give equal objects, raise equal errors and write equal bytes.

Five tricks are worth their price; their gain is of the time for `loads`, as measured when they came in:

* **Twins.** A frozen attrs class stores each field through a descriptor. An object of an unfrozen class with the same
  slots is filled by plain stores, and then given its true class. It saves half of the time. Checks of the class are
  skipped, which is sound because msgspec made the same ones. Where an interpreter refuses, the class is called.
* **Shared zero rows.** Most lines of most reports are all zero; all such lines of a class are one and the same frozen
  object, which saves a tenth of the time, half of the memory, and more when writing. Nothing may depend on identity.
* **Empty tables known by their text.** Many bodies receive no application in a year; their tables 三 and 四 are all
  zero, which is 5 kB of JSON that looks alike in every such report written on one line and in printed order. Where
  it stands, `null` takes its place, and there is little left to read. It saves 60 % of the time for such a report of
  6 kB, a third for one of 15 kB. What follows `"requests":` is never inside a text, for either of the two quotes
  would end it before.
* **The colon census.** A payload without unknown or missing keys repeats none exactly if it has as many colons
  as it has keys, beside those inside its texts (which may be escaped). Seeking them costs a fifth of `orjson.loads`.
* **No garbage collection of wire objects** (`gc=False`): they live for microseconds and hold no cycles.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import groupby
from typing import Annotated, Any, Literal, TypeVar, cast

import attrs
import msgspec
from msgspec import UNSET, UnsetType

from gkformat.base.address import Address
from gkformat.base.errors import Malformed
from gkformat.codec.interpreted import zero_box
from gkformat.codec.parsing import parse_plainly
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.revision import as_found as found_as
from gkformat.judgement.root import is_root, refuse
from gkformat.notation.codegen import function, indented, variable
from gkformat.notation.declare import Inner, Items, fields
from gkformat.notation.domains import Choice, Integer, Money, String
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, numbers, outline, per_class

T = TypeVar("T")

_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# -- reading -------------------------------------------------------------------------------------------


def read(data: str | bytes, cls: type | None = None, *, as_found: bool = False) -> Any:
    """The box that a JSON text holds, or `None` where it cannot be read in this way.

    Without a class, a report of the edition that it states. Raises `Inconsistent` for a report with broken equations
    that it does not declare, unless it is to be held `as_found`.
    """
    try:
        data = (data.encode() if isinstance(data, str) else data).removeprefix(_BYTE_ORDER_MARK)
    except UnicodeEncodeError:
        return None
    for wanted in (cls,) if cls else _reports(data):
        try:
            return builder(wanted)(data, _found_as(wanted) if as_found else wanted)
        except _UNREADABLE:
            continue
        except Malformed:  # of marks or declarations that cannot be
            return None
    return None


def written(box: Any) -> bytes:
    """The JSON text of a box, keys in printed order."""
    return msgspec.json.encode(writer(type(box))(box))


def is_sound(data: bytes) -> bool:
    """Whether a JSON text certainly holds a report without marks and declarations in which every equation holds.

    `False` says nothing: it may be such a report all the same, and written in an unusual way.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    for cls in _reports(data):
        try:
            return bool(verdict(cls)(data))
        except _UNREADABLE:
            continue
    return False


def _reports(data: bytes) -> Iterable[type]:
    """The class of the edition that a text states right away, else the classes of all editions, the latest first."""
    for opening, edition in _OPENINGS.items():
        if data.startswith(opening):
            return (edition.report,)
    return (edition.report for edition in _OPENINGS.values())


_OPENINGS = {b'{"edition":"%s"' % name.encode(): edition for name, edition in reversed([*EDITIONS.items()])}
"""Each edition by the words with which its reports are written to begin, the latest first."""


@per_class
def _found_as(cls: type) -> Callable[..., Any]:
    return lambda **values: found_as(cls, **values)


# -- wire objects --------------------------------------------------------------------------------------


@per_class
def wire_class(cls: type) -> type[msgspec.Struct]:
    """A Struct with the fields of a box, in the types that JSON has for them."""
    return _wire_class(cls, ())


def _wire_class(cls: type, left_out: Sequence[Node]) -> type[msgspec.Struct]:
    """The same, where `null` stands for some tables side by side, under the key of the first."""
    names = [node.name for node in left_out]
    wired = [
        (name, type(None)) if name in names else _wire_field(name, domain, required=required)
        for name, _, domain, required in fields(cls)
        if name not in names[1:]
    ]
    return msgspec.defstruct(cls.__name__, wired, kw_only=True, **_STRUCT)


_STRUCT: Mapping[str, Any] = {"frozen": True, "gc": False, "forbid_unknown_fields": True}


def _wire_field(name: str, domain: object, *, required: bool) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = _wire_type(domain)
    return (name, kind) if _is_stated(domain, required=required) else (name, kind | UnsetType, UNSET)


def _is_stated(domain: object, *, required: bool) -> bool:
    """Whether a payload must have it. The edition has a default in Python, and none in JSON."""
    return required or isinstance(domain, Choice)


def _wire_type(domain: object) -> Any:
    match domain:
        case Integer(minimum, maximum):
            return Annotated[int, msgspec.Meta(ge=minimum, le=maximum)]
        case Money():
            return msgspec.Raw  # its written form counts, which no number keeps
        case Choice(options):
            return Literal[options]
        case Items(kind, most):
            return Annotated[tuple[_item_class(kind), ...], msgspec.Meta(max_length=most)]  # type: ignore[misc]
        case Inner(kind):
            return wire_class(kind)
        case _:
            return str


@per_class
def _item_class(cls: type) -> type[msgspec.Struct]:
    """A Struct for what a report says about itself: a mark, a discrepancy."""
    items = [
        (
            item.name,
            str if item.type is Address else item.type,
            *([] if item.default is attrs.NOTHING else [item.default]),
        )
        for item in attrs.fields(cls)
    ]
    return msgspec.defstruct(cls.__name__, items, **_STRUCT)


# -- the generated functions ---------------------------------------------------------------------------


@per_class
def verdict(cls: type) -> Callable[[bytes], bool | None]:
    """A function that says of the JSON text of a report whether it is whole and sound; raises what msgspec raises."""
    return _verdict(cls, ())


def _verdict(cls: type, left_out: Sequence[Node]) -> Callable[[bytes], bool | None]:
    code = _Code(cls, left_out)
    shortcut = code.shortcut("data", lambda: _verdict(cls, empty_tables(cls)))
    asked = _all([*code.amounts(), *code.sums()])
    lines = [*shortcut, *code.read(), *code.census(with_items="False"), f"return {asked}"]
    return function(f"verdict_{cls.__name__}", "data", lines, code.scope)


@per_class
def builder(cls: type) -> Callable[[bytes, Callable[..., Any]], Any]:
    """A function that makes the box of a JSON text, or `None`; its last argument makes what has to be judged."""
    return _builder(cls, ())


def _builder(cls: type, left_out: Sequence[Node]) -> Callable[[bytes, Callable[..., Any]], Any]:
    code = _Code(cls, left_out)
    shortcut = code.shortcut("data, make", lambda: _builder(cls, empty_tables(cls)))
    census = code.census(with_items="unrepeated(data) is not None")
    lines = [*shortcut, *code.read(), *census, *code.build()]
    return function(f"build_{cls.__name__}", "data, make", lines, code.scope)


@per_class
def writer(cls: type) -> Callable[[Any], Any]:
    """A function that makes the wire object of a box."""
    code = _Code(cls)
    box = code.names[code.root.at]
    return function(f"write_{cls.__name__}", box, [*code.unbuild(code.root), f"return {box}"], code.scope)


class _Code:
    """Lines for a function that holds every part of a box in a variable of its own, named after its address.

    In the place of tables that are left out, the text has `null`: they are all zero, and so is the name of each cell.
    """

    def __init__(self, cls: type, left_out: Sequence[Node] = ()) -> None:
        self.cls = cls
        self.root = outline(cls)
        self.left_out = left_out
        self.scope: dict[str, Any] = {"UNSET": UNSET, "unrepeated": parse_plainly, "refuse": partial(refuse, cls)}
        self.scope["decode"] = msgspec.json.Decoder(_wire_class(cls, left_out)).decode
        inside = [node for table in left_out for node in table.walk()]
        self.there = [node for node in self.root.walk() if node not in inside]
        self.names = {node.at: variable(node.at) for node in self.there} | {node.at: "0" for node in inside}
        self.names |= {table.at: self.known(zero_box(_type(table)), f"NO_{_name(table)}") for table in left_out}
        self.items = self.of(Items)

    def of(self, kind: type) -> list[str]:
        """The variables of what has a domain of this kind."""
        return [self.names[node.at] for node in self.there if isinstance(node.domain, kind)]

    def known(self, thing: object, name: str) -> str:
        """The name of a thing from outside: this one, or a longer one where it is taken."""
        while self.scope.setdefault(name, thing) is not thing:
            name += "_"
        return name

    def shortcut(self, arguments: str, shorter: Callable[[], Callable[..., Any]]) -> list[str]:
        """Take the function that leaves tables out, where the text has what is usually written of them all zero."""
        tables = empty_tables(self.cls)
        if self.left_out or not tables:
            return []
        self.scope["shorter"] = cache(shorter)
        zeros = {table.name: msgspec.json.decode(written(zero_box(_type(table)))) for table in tables}
        key = b'"%s":' % tables[0].name.encode()
        lines = [f'at = data.find({key!r}, data.find(b"{{", 1))  # prose may stand before the first inner box']
        for separators in _SEPARATORS:
            text = json.dumps(zeros, separators=separators)[1:-1].encode()
            lines += [
                f"if data.startswith({text!r}, at):",
                f"    data = data[:at] + {key + b'null'!r} + data[at + {len(text)}:]",
                f"    return shorter()({arguments})",
            ]
        return lines

    def read(self) -> list[str]:
        """Read a wire object, with defaults for what is optional and not there; count the keys that are."""
        keys = len(self.there) - 1 + bool(self.left_out)
        lines = [f"{self.names[self.root.at]} = decode(data)", f"keys = {keys}"]
        for box in (node for node in self.there if node.children):
            defaults = {attribute.name: attribute.default for attribute in attrs.fields(cast("Any", box.type))}
            for node in box.children:
                if node in self.left_out:
                    continue
                name = self.names[node.at]
                lines.append(f"{name} = {self.names[box.at]}.{node.name}")
                if not _is_stated(node.domain, required=node.required):
                    lines += [f"if {name} is UNSET:", f"    {name} = {defaults[node.name]!r}", "    keys -= 1"]
        return lines

    def census(self, *, with_items: str) -> list[str]:
        """Return where a key may be repeated. Items have keys of their own; where there are any, `with_items` tells."""
        seek = 'colons = len(data) - len(data.replace(b":", b""))  # CPython counts byte by byte, but seeks in words'
        colons = " + ".join(f'{text}.count(":")' for text in self.of(String)) or "0"
        lines = [
            "if colons != keys:",
            rf'    if colons != keys + {colons} or b"\\u003" in data:',
            "        return None",
        ]
        if not self.items:
            return [seek, *lines]
        return [
            seek,
            f"if {' or '.join(self.items)}:",
            f"    if not {with_items}:",
            "        return None",
            *("el" + line if line is lines[0] else line for line in lines),
        ]

    def amounts(self) -> list[str]:
        """Whether each amount is written as the form writes it."""
        return [
            f"{self.known(_written(node.domain), 'written')}({self.names[node.at]})"
            for node in self.there
            if isinstance(node.domain, Money)
        ]

    def sums(self) -> list[str]:
        """The equations for which a report answers; a smaller box answers for none. What is all zero holds."""
        there = {node.at for node in self.there}
        return [
            " == ".join(" + ".join(self.names[at] for at in side) for side in (equation.left, equation.right))
            for equation in (equations(self.cls) if is_root(self.cls) else ())
            if there.intersection(equation.left + equation.right)
        ]

    def build(self) -> list[str]:
        """Make the box, from the inside out."""
        lines = []
        for name, test in zip(self.of(Money), self.amounts(), strict=True):
            lines += [f"{name} = {test}", f"if not {name}:", "    return None"]
            lines.append(f"{name} = {self.known(Decimal, 'Decimal')}({name}[1].decode())")
        boxes = [node for node in self.root.children if node.children and node not in self.left_out]
        inner = [line for node in boxes for line in self._inner(node)]
        if is_root(self.cls):
            inner = self._judged(inner)
        return [*lines, *inner, *self._filled(self.root), f"return {self.names[self.root.at]}"]

    def _judged(self, inner: list[str]) -> list[str]:
        """Leave what is not simply sound to `make`; numbers that are to be refused need no inner boxes for that."""
        given = ", ".join(f"{node.name}={self._given(node)}" for node in self.root.children)
        values = ", ".join(self.names[at] for at in numbers(self.cls))
        return [
            f"said = {' or '.join(self.items)}",
            f"holds = {_all(self.sums())}",
            f"if not holds and not said and make is {self.known(self.cls, _name(self.root))}:",
            f"    refuse([{values}])",
            *inner,
            "if said or not holds:",
            f"    return make({given})",
        ]

    def _given(self, node: Node) -> str:
        """An argument for the class of the box."""
        name = self.names[node.at]
        if not isinstance(node.domain, Items):
            return name
        kind = node.domain.type
        return self._converted(name, self.known(kind, kind.__name__), kind)

    def _inner(self, node: Node) -> list[str]:
        """Make an inner box, or take the shared one."""
        lines = [line for child in node.children if child.children for line in self._inner(child)]
        lines += self._filled(node)
        zero = zero_box(_type(node))
        if zero is None:
            return lines
        cells = " or ".join(self.names[cell.at] for cell in node.walk() if cell.is_cell)
        shared = f"{self.names[node.at]} = {self.known(zero, f'NO_{_name(node)}')}"
        return [f"if {cells}:", *indented(lines), "else:", f"    {shared}"]

    def _filled(self, node: Node) -> list[str]:
        """Make a box of what is in the variables of its parts."""
        name, kind = self.names[node.at], self.known(node.type, _name(node))
        parts = [(child.name, self.names[child.at]) for child in node.children]
        twin = twin_of(_type(node))
        if twin is None:
            return [f"{name} = {kind}({', '.join(f'{part}={value}' for part, value in parts)})"]
        stores = [f"{name}.{part} = {value}" for part, value in parts]
        return [f"{name} = {self.known(twin, f'Twin{_name(node)}')}()", *stores, f"{name}.__class__ = {kind}"]

    def unbuild(self, node: Node) -> list[str]:
        """Put its wire object in the place of a box."""
        name = self.names[node.at]
        lines = []
        for child in node.children:
            part = self.names[child.at]
            lines += [f"{part} = {name}.{child.name}", *(self.unbuild(child) if child.children else ())]
        wire = wire_class(_type(node))
        values = ", ".join(f"{child.name}={self._taken(child)}" for child in node.children)
        lines.append(f"{name} = {self.known(wire, f'Wire{_name(node)}')}({values})")
        zero = zero_box(_type(node))
        if zero is None or node is self.root:
            return lines
        is_zero = f"{name} is {self.known(zero, f'NO_{_name(node)}')}"
        wire_zero = self.known(zero_wire(_type(node)), f"NO_WIRE_{_name(node)}")
        return [f"if {is_zero}:", f"    {name} = {wire_zero}", "else:", *indented(lines)]

    def _taken(self, node: Node) -> str:
        """An argument for the wire class."""
        name = self.names[node.at]
        if isinstance(node.domain, Items):
            kind = node.domain.type
            return self._converted(name, self.known(_item_class(kind), f"Wire{kind.__name__}"), kind)
        return f"str({name})" if isinstance(node.domain, Money) else name

    def _converted(self, items: str, target: str, kind: type) -> str:
        """Items of a class in another class with the same fields. (To msgspec an `Address` is no string.)"""
        parts = [(f"item.{attribute.name}", attribute.type is Address) for attribute in attrs.fields(kind)]
        values = ", ".join(f"str({part})" if is_address else part for part, is_address in parts)
        return f"tuple([{target}({values}) for item in {items}])"


_AND = "\n        and "


def _all(tests: Iterable[str]) -> str:
    return f"({_AND.join(tests) or True})"


def _type(box: Node) -> type:
    return cast("type", box.type)


def _name(box: Node) -> str:
    return _type(box).__name__


# -- tables that are all zero ---------------------------------------------------------------------------

_SEPARATORS = ((",", ":"), (", ", ": "))
"""Between the items and behind the keys of JSON on one line: as most writers have them, and as Python has them."""


@per_class
def empty_tables(cls: type) -> tuple[Node, ...]:
    """The tables of a report, side by side in printed order, that are all zero where no application came."""
    if not is_root(cls):
        return ()
    runs = groupby(outline(cls).children, lambda node: node.type is not None and zero_box(node.type) is not None)
    return max((tuple(run) for may_be_zero, run in runs if may_be_zero), key=len, default=())


# -- what the generated functions call -----------------------------------------------------------------


@cache
def _written(domain: Money) -> Callable[[Any], re.Match[bytes] | None]:
    """A match for the JSON of an amount, as a string or a number, written as the form writes it."""
    return re.compile(rf'"?({domain.pattern})"?'.encode()).fullmatch


@per_class
def zero_wire(cls: type) -> Any:
    """The wire object of the shared zero box."""
    return writer(cls)(zero_box(cls))


@per_class
def twin_of(cls: type) -> type | None:
    """An unfrozen class with the slots of a frozen one, whose objects can become objects of that one."""
    twin: Any = type(f"Twin{cls.__name__}", (), {"__slots__": cast("Any", cls).__slots__})
    try:
        twin().__class__ = cls
    except TypeError:
        return None
    return cast("type", twin)
