"""From JSON bytes to boxes and back by generated functions, one set per class: the fast path of `loads` and `dumps`.

Reading goes through wire objects: `msgspec` Structs with the fields and the bounds of the form, so that C code checks
shape and bounds. One generated function then reads every cell into a local variable, adds up the equations and builds
the box. Writing goes the same way back. Input that cannot be read is not explained here: `None` only says that the
converter must look at it. The converter is also the oracle: tests show that both accept the same payloads,
give equal objects, raise equal errors and write equal bytes.

Five tricks are worth their price. The gains are shares of the time for `loads`, as measured when each was added:

* **Twins.** A frozen attrs class stores each field through a descriptor. An object of an unfrozen class with the same
  slots is filled by plain stores and then given its true class. This saves half of the time. It skips the checks of
  the class, which is sound because msgspec has made the same ones. Where an interpreter refuses, the class is called.
* **Shared zero rows.** Most rows of most reports are all zero. All such rows of a class are one and the same frozen
  object, which saves a tenth of the time, half of the memory, and more when writing. Nothing may depend on identity.
* **Empty tables known by their text.** Many bodies receive no application in a year. Their tables 三 and 四 are all
  zero: 5 kB of JSON that looks the same in every such report written on one line and in printed order. This text is
  replaced by `null`, and little is left to read. It saves 60 % of the time for such a report of 6 kB, a third for one
  of 15 kB. The text after `"requests":` cannot be part of a string, because either of its two quotes would end it.
* **The colon census.** A payload without unknown or missing keys repeats no key exactly if it has as many colons as
  keys, apart from those in its texts (where they may be escaped). The search takes a fifth of `orjson.loads`.
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
from gkformat.codec.parsing import parse_fast
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.revision import as_found as make_as_found
from gkformat.judgement.root import is_report, raise_inconsistent
from gkformat.notation.codegen import compile_function, indent, variable_name
from gkformat.notation.declare import Items, Nested, fields
from gkformat.notation.domains import Choice, Integer, Money, String
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, numbers, outline, per_class

T = TypeVar("T")

_DECODE_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# -- reading -------------------------------------------------------------------------------------------


def loads_compiled(data: str | bytes, cls: type | None = None, *, as_found: bool = False) -> Any:
    """Return the box that a JSON text holds, or `None` if the text cannot be read in this way.

    Without a class, the text is a report of the edition that it states. Raises `Inconsistent` for a report with broken
    equations that it does not declare, unless it is read `as_found`.
    """
    try:
        data = (data.encode() if isinstance(data, str) else data).removeprefix(_BYTE_ORDER_MARK)
    except UnicodeEncodeError:
        return None
    for wanted in (cls,) if cls else _candidate_classes(data):
        try:
            return structure_function(wanted)(data, _as_found_maker(wanted) if as_found else wanted)
        except _DECODE_ERRORS:
            continue
        except Malformed:  # because of impossible marks or discrepancies
            return None
    return None


def dumps_compiled(box: Any) -> bytes:
    """Return the JSON text of a box as UTF-8, keys in printed order."""
    return msgspec.json.encode(unstructure_function(type(box))(box))


def is_sound(data: bytes) -> bool:
    """Return True if a JSON text certainly holds a report without marks and discrepancies whose equations all hold.

    `False` says nothing: the text may still hold such a report, written in an unusual way.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    for cls in _candidate_classes(data):
        try:
            return bool(soundness_function(cls)(data))
        except _DECODE_ERRORS:
            continue
    return False


def _candidate_classes(data: bytes) -> Iterable[type]:
    """Return the class of the edition stated at the start of the text, else all report classes, the latest first."""
    for prefix, edition in _PREFIXES.items():
        if data.startswith(prefix):
            return (edition.report,)
    return (edition.report for edition in _PREFIXES.values())


_PREFIXES = {b'{"edition":"%s"' % name.encode(): edition for name, edition in reversed([*EDITIONS.items()])}
"""Each edition by the bytes with which `dumps` begins its reports, the latest first."""


@per_class
def _as_found_maker(cls: type) -> Callable[..., Any]:
    return lambda **values: make_as_found(cls, **values)


# -- wire objects --------------------------------------------------------------------------------------


@per_class
def wire_class(cls: type) -> type[msgspec.Struct]:
    """Make a Struct with the fields of a box, in their JSON types."""
    return _wire_class(cls, ())


def _wire_class(cls: type, skipped: Sequence[Node]) -> type[msgspec.Struct]:
    """Make the Struct; adjacent tables that are skipped are a single `null` under the key of the first."""
    names = [node.name for node in skipped]
    wired = [
        (name, type(None)) if name in names else _wire_field(name, domain, required=required)
        for name, _, domain, required in fields(cls)
        if name not in names[1:]
    ]
    return msgspec.defstruct(cls.__name__, wired, kw_only=True, **_STRUCT)


_STRUCT: Mapping[str, Any] = {"frozen": True, "gc": False, "forbid_unknown_fields": True}


def _wire_field(name: str, domain: object, *, required: bool) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = _wire_type(domain)
    return (name, kind) if _is_required(domain, required=required) else (name, kind | UnsetType, UNSET)


def _is_required(domain: object, *, required: bool) -> bool:
    """Return True if a payload must have the field. The edition has a default in Python, but not in JSON."""
    return required or isinstance(domain, Choice)


def _wire_type(domain: object) -> Any:
    match domain:
        case Integer(minimum, maximum):
            return Annotated[int, msgspec.Meta(ge=minimum, le=maximum)]
        case Money():
            return msgspec.Raw  # the written form counts, and a number would lose it
        case Choice(options):
            return Literal[options]
        case Items(kind, most):
            return Annotated[tuple[_item_class(kind), ...], msgspec.Meta(max_length=most)]  # type: ignore[misc]
        case Nested(kind):
            return wire_class(kind)
        case _:
            return str


@per_class
def _item_class(cls: type) -> type[msgspec.Struct]:
    """Make a Struct for a mark or a discrepancy."""
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
def soundness_function(cls: type) -> Callable[[bytes], bool | None]:
    """Compile a function that tells whether a JSON text is a complete, sound report. It raises as msgspec does."""
    return _soundness_function(cls, ())


def _soundness_function(cls: type, skipped: Sequence[Node]) -> Callable[[bytes], bool | None]:
    code = _Source(cls, skipped)
    shortcut = code.empty_tables_shortcut("data", lambda: _soundness_function(cls, empty_tables(cls)))
    tests = _conjunction([*code.amount_tests(), *code.equation_tests()])
    lines = [*shortcut, *code.decode_lines(), *code.census_lines(with_items="False"), f"return {tests}"]
    return compile_function(f"is_sound_{cls.__name__}", "data", lines, code.scope)


@per_class
def structure_function(cls: type) -> Callable[[bytes, Callable[..., Any]], Any]:
    """Compile a function from a JSON text to a box or `None`; its argument `make` constructs what must be judged."""
    return _structure_function(cls, ())


def _structure_function(cls: type, skipped: Sequence[Node]) -> Callable[[bytes, Callable[..., Any]], Any]:
    code = _Source(cls, skipped)
    shortcut = code.empty_tables_shortcut("data, make", lambda: _structure_function(cls, empty_tables(cls)))
    census = code.census_lines(with_items="parse_fast(data) is not None")
    lines = [*shortcut, *code.decode_lines(), *census, *code.structure_lines()]
    return compile_function(f"structure_{cls.__name__}", "data, make", lines, code.scope)


@per_class
def unstructure_function(cls: type) -> Callable[[Any], Any]:
    """Compile a function from a box to its wire object."""
    code = _Source(cls)
    box = code.names[code.root.at]
    return compile_function(
        f"unstructure_{cls.__name__}", box, [*code.unstructure_lines(code.root), f"return {box}"], code.scope
    )


class _Source:
    """Source lines for functions that hold every part of a box in a local variable named after its address.

    Skipped tables are `null` in the text; the generated code uses the constant 0 for each of their cells.
    """

    def __init__(self, cls: type, skipped: Sequence[Node] = ()) -> None:
        self.cls = cls
        self.root = outline(cls)
        self.skipped = skipped
        self.scope: dict[str, Any] = {
            "UNSET": UNSET,
            "parse_fast": parse_fast,
            "refuse": partial(raise_inconsistent, cls),
        }
        self.scope["decode"] = msgspec.json.Decoder(_wire_class(cls, skipped)).decode
        inside = [node for table in skipped for node in table.walk()]
        self.present = [node for node in self.root.walk() if node not in inside]
        self.names = {node.at: variable_name(node.at) for node in self.present} | {node.at: "0" for node in inside}
        self.names |= {table.at: self.bind(zero_box(_class_of(table)), f"NO_{_class_name(table)}") for table in skipped}
        self.items = self.variables_of(Items)

    def variables_of(self, kind: type) -> list[str]:
        """Return the variables of all nodes whose domain is of this kind."""
        return [self.names[node.at] for node in self.present if isinstance(node.domain, kind)]

    def bind(self, value: object, name: str) -> str:
        """Put a value into the scope of the function; return its name there, lengthened if the name is taken."""
        while self.scope.setdefault(name, value) is not value:
            name += "_"
        return name

    def empty_tables_shortcut(self, arguments: str, without_tables: Callable[[], Callable[..., Any]]) -> list[str]:
        """If the text contains the usual serialisation of the all-zero tables, call the function that skips them."""
        tables = empty_tables(self.cls)
        if self.skipped or not tables:
            return []
        self.scope["without_tables"] = cache(without_tables)
        zeros = {table.name: msgspec.json.decode(dumps_compiled(zero_box(_class_of(table)))) for table in tables}
        key = b'"%s":' % tables[0].name.encode()
        lines = [f'at = data.find({key!r}, data.find(b"{{", 1))  # prose may precede the first nested box']
        for separators in _SEPARATORS:
            text = json.dumps(zeros, separators=separators)[1:-1].encode()
            lines += [
                f"if data.startswith({text!r}, at):",
                f"    data = data[:at] + {key + b'null'!r} + data[at + {len(text)}:]",
                f"    return without_tables()({arguments})",
            ]
        return lines

    def decode_lines(self) -> list[str]:
        """Decode the wire object, use defaults for optional fields that are missing, and count the keys."""
        keys = len(self.present) - 1 + bool(self.skipped)
        lines = [f"{self.names[self.root.at]} = decode(data)", f"keys = {keys}"]
        for box in (node for node in self.present if node.children):
            defaults = {attribute.name: attribute.default for attribute in attrs.fields(cast("Any", box.type))}
            for node in box.children:
                if node in self.skipped:
                    continue
                name = self.names[node.at]
                lines.append(f"{name} = {self.names[box.at]}.{node.name}")
                if not _is_required(node.domain, required=node.required):
                    lines += [f"if {name} is UNSET:", f"    {name} = {defaults[node.name]!r}", "    keys -= 1"]
        return lines

    def census_lines(self, *, with_items: str) -> list[str]:
        """Return `None` if a key may be repeated. `with_items` is the test for texts with marks or discrepancies."""
        seek = 'colons = len(data) - len(data.replace(b":", b""))  # CPython counts byte by byte, but seeks in words'
        colons = " + ".join(f'{text}.count(":")' for text in self.variables_of(String)) or "0"
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

    def amount_tests(self) -> list[str]:
        """List a test for each amount: it is written as the form writes it."""
        return [
            f"{self.bind(_amount_matcher(node.domain), 'match_amount')}({self.names[node.at]})"
            for node in self.present
            if isinstance(node.domain, Money)
        ]

    def equation_tests(self) -> list[str]:
        """List a test for each equation of a report; smaller boxes have none, and skipped tables always hold."""
        present = {node.at for node in self.present}
        return [
            " == ".join(" + ".join(self.names[at] for at in side) for side in (equation.left, equation.right))
            for equation in (equations(self.cls) if is_report(self.cls) else ())
            if present.intersection(equation.left + equation.right)
        ]

    def structure_lines(self) -> list[str]:
        """Build the box from the inside out."""
        lines = []
        for name, test in zip(self.variables_of(Money), self.amount_tests(), strict=True):
            lines += [f"{name} = {test}", f"if not {name}:", "    return None"]
            lines.append(f"{name} = {self.bind(Decimal, 'Decimal')}({name}[1].decode())")
        boxes = [node for node in self.root.children if node.children and node not in self.skipped]
        inner = [line for node in boxes for line in self._nested_lines(node)]
        if is_report(self.cls):
            inner = self._judging_lines(inner)
        return [*lines, *inner, *self._filling_lines(self.root), f"return {self.names[self.root.at]}"]

    def _judging_lines(self, inner: list[str]) -> list[str]:
        """Refuse a broken report before its inner boxes are built; leave the others that are not sound to `make`."""
        arguments = ", ".join(f"{node.name}={self._constructor_argument(node)}" for node in self.root.children)
        values = ", ".join(self.names[at] for at in numbers(self.cls))
        return [
            f"has_items = {' or '.join(self.items)}",
            f"holds = {_conjunction(self.equation_tests())}",
            f"if not holds and not has_items and make is {self.bind(self.cls, _class_name(self.root))}:",
            f"    refuse([{values}])",
            *inner,
            "if has_items or not holds:",
            f"    return make({arguments})",
        ]

    def _constructor_argument(self, node: Node) -> str:
        """Return an argument for the class of the box."""
        name = self.names[node.at]
        if not isinstance(node.domain, Items):
            return name
        kind = node.domain.type
        return self._items_argument(name, self.bind(kind, kind.__name__), kind)

    def _nested_lines(self, node: Node) -> list[str]:
        """Build a nested box, or use the shared zero box."""
        lines = [line for child in node.children if child.children for line in self._nested_lines(child)]
        lines += self._filling_lines(node)
        zero = zero_box(_class_of(node))
        if zero is None:
            return lines
        cells = " or ".join(self.names[cell.at] for cell in node.walk() if cell.is_cell)
        shared = f"{self.names[node.at]} = {self.bind(zero, f'NO_{_class_name(node)}')}"
        return [f"if {cells}:", *indent(lines), "else:", f"    {shared}"]

    def _filling_lines(self, node: Node) -> list[str]:
        """Build a box from the variables of its parts."""
        name, kind = self.names[node.at], self.bind(node.type, _class_name(node))
        parts = [(child.name, self.names[child.at]) for child in node.children]
        twin = twin_of(_class_of(node))
        if twin is None:
            return [f"{name} = {kind}({', '.join(f'{part}={value}' for part, value in parts)})"]
        stores = [f"{name}.{part} = {value}" for part, value in parts]
        return [f"{name} = {self.bind(twin, f'Twin{_class_name(node)}')}()", *stores, f"{name}.__class__ = {kind}"]

    def unstructure_lines(self, node: Node) -> list[str]:
        """Replace a box by its wire object."""
        name = self.names[node.at]
        lines = []
        for child in node.children:
            part = self.names[child.at]
            lines += [f"{part} = {name}.{child.name}", *(self.unstructure_lines(child) if child.children else ())]
        wire = wire_class(_class_of(node))
        values = ", ".join(f"{child.name}={self._wire_argument(child)}" for child in node.children)
        lines.append(f"{name} = {self.bind(wire, f'Wire{_class_name(node)}')}({values})")
        zero = zero_box(_class_of(node))
        if zero is None or node is self.root:
            return lines
        is_zero = f"{name} is {self.bind(zero, f'NO_{_class_name(node)}')}"
        wire_zero = self.bind(zero_wire(_class_of(node)), f"NO_WIRE_{_class_name(node)}")
        return [f"if {is_zero}:", f"    {name} = {wire_zero}", "else:", *indent(lines)]

    def _wire_argument(self, node: Node) -> str:
        """Return an argument for the wire class."""
        name = self.names[node.at]
        if isinstance(node.domain, Items):
            kind = node.domain.type
            return self._items_argument(name, self.bind(_item_class(kind), f"Wire{kind.__name__}"), kind)
        return f"str({name})" if isinstance(node.domain, Money) else name

    def _items_argument(self, items: str, target: str, kind: type) -> str:
        """Copy items into another class with the same fields. (An `Address` is not a string to msgspec.)"""
        parts = [(f"item.{attribute.name}", attribute.type is Address) for attribute in attrs.fields(kind)]
        values = ", ".join(f"str({part})" if is_address else part for part, is_address in parts)
        return f"tuple([{target}({values}) for item in {items}])"


_AND = "\n        and "


def _conjunction(tests: Iterable[str]) -> str:
    return f"({_AND.join(tests) or True})"


def _class_of(box: Node) -> type:
    return cast("type", box.type)


def _class_name(box: Node) -> str:
    return _class_of(box).__name__


# -- tables that are all zero ---------------------------------------------------------------------------

_SEPARATORS = ((",", ":"), (", ", ": "))
"""The separators of JSON on one line: those of most writers, and those of Python's `json`."""


@per_class
def empty_tables(cls: type) -> tuple[Node, ...]:
    """Return the longest run of adjacent tables that may be all zero: those of a body without applications."""
    if not is_report(cls):
        return ()
    runs = groupby(outline(cls).children, lambda node: node.type is not None and zero_box(node.type) is not None)
    return max((tuple(run) for may_be_zero, run in runs if may_be_zero), key=len, default=())


# -- what the generated functions call -----------------------------------------------------------------


@cache
def _amount_matcher(domain: Money) -> Callable[[Any], re.Match[bytes] | None]:
    """Return a matcher for an amount in JSON, a string or a number, written as the form writes it."""
    return re.compile(rf'"?({domain.pattern})"?'.encode()).fullmatch


@per_class
def zero_wire(cls: type) -> Any:
    """Return the wire object of the shared zero box."""
    return unstructure_function(cls)(zero_box(cls))


@per_class
def twin_of(cls: type) -> type | None:
    """Make an unfrozen class with the same slots, whose objects can be given the frozen class; `None` if refused."""
    twin: Any = type(f"Twin{cls.__name__}", (), {"__slots__": cast("Any", cls).__slots__})
    try:
        twin().__class__ = cls
    except TypeError:
        return None
    return cast("type", twin)
