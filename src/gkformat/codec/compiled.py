"""From JSON to sound boxes and back by generated functions, one set per class: the fast way of `loads` and `dumps`.

Reading goes through wire objects: `msgspec` Structs with the fields and the bounds of the form, so that C code checks
shape and bounds. One generated function then reads every cell into a local variable, adds up the equations and builds
the box. Writing goes the same way back. Input that cannot be read is not explained here: `None` only says that the
walk of `structure` must look at it.

Four tricks are worth their price. The gains are shares of the time for `loads`, as measured when each was added:

* **Twins.** A frozen attrs class stores each field through a descriptor. An object of an unfrozen class with the same
  slots is filled by plain stores and then given its true class. This saves half of the time. It skips the checks of
  the class, which is sound because msgspec has made the same ones. Where an interpreter refuses, the class is called.
* **Shared zero boxes.** Most rows of most reports are all zero, and of many bodies, which receive no application in a
  year, the tables 三 and 四. All such boxes of a class are one and the same frozen object, which saves a tenth of the
  time of a busy report, a quarter of the other, half of the memory, and more when writing. Nothing may depend on
  identity.
* **The colon census.** A payload without unknown or missing keys repeats no key exactly if it has as many colons as
  keys, apart from those in its texts (where they may be escaped). The search takes a fifth of `orjson.loads`.
* **No garbage collection of wire objects** (`gc=False`): they live for microseconds and hold no cycles.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Annotated, Any, Literal, TypeVar, cast

import attrs
import msgspec
from msgspec import UNSET, UnsetType

from gkformat.base.address import Address
from gkformat.base.errors import Malformed
from gkformat.codec.faults import FaultCollector
from gkformat.codec.structure import decoded, json_violation, read_item
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.revision import as_found as make_as_found
from gkformat.judgement.root import is_report
from gkformat.notation.codegen import compile_function, indent, variable_name
from gkformat.notation.declare import Items, value_test
from gkformat.notation.domains import Choice, Integer, Money, String
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import Node, outline, per_class

T = TypeVar("T")

_DECODE_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# -- reading -------------------------------------------------------------------------------------------


def read_text(data: str | bytes, cls: type | None = None, *, as_found: bool = False) -> Any:
    """Return the box that a JSON text holds, or `None` if the text cannot be read in this way.

    Without a class, the text is a report of the edition that it states. Raises `Inconsistent` for a report with broken
    equations that it does not declare, unless it is read `as_found`.
    """
    try:
        data = (data.encode() if isinstance(data, str) else data).removeprefix(_BYTE_ORDER_MARK)
        wanted = cls or _stated_class(data)
        return wanted and text_function(wanted)(data, _as_found_maker(wanted) if as_found else wanted)
    except (*_DECODE_ERRORS, UnicodeEncodeError, Malformed):  # `Malformed`: impossible marks or discrepancies
        return None


def read_mapping(tree: Any, cls: type | None = None, *, as_found: bool = False) -> Any:
    """Return the box for a payload that was parsed elsewhere, like `read_text` for one that was not."""
    if type(tree) is not dict:
        return None
    try:
        wanted = cls or EDITIONS[tree["edition"]].report
        return mapping_function(wanted)(tree, _as_found_maker(wanted) if as_found else wanted)
    except (KeyError, TypeError, Malformed):
        return None


def write_text(box: Any) -> bytes:
    """Return the JSON text of a box as UTF-8, keys in printed order."""
    return msgspec.json.encode(untext_function(type(box))(box))


def is_sound(data: bytes) -> bool:
    """Return True if a JSON text certainly holds a report without marks and discrepancies whose equations all hold.

    `False` says nothing: the text may still hold such a report, written in an unusual way.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    cls = _stated_class(data)
    try:
        return cls is not None and bool(soundness_function(cls)(data))
    except _DECODE_ERRORS:
        return False


def _stated_class(data: bytes) -> type | None:
    """Return the class of the edition that a text states. In a string, a quote would be escaped."""
    stated = _EDITION.search(data)
    return EDITIONS[stated[1].decode()].report if stated else None


_EDITION = re.compile(rb'"edition"\s*:\s*"(%s)"' % "|".join(EDITIONS).encode())


@per_class
def _as_found_maker(cls: type) -> Callable[..., Any]:
    return partial(make_as_found, cls)


# -- wire objects --------------------------------------------------------------------------------------


@per_class
def wire_class(cls: type) -> type[msgspec.Struct]:
    """Make a Struct with the fields of a box, in their JSON types."""
    wired = [_wire_field(node) for node in outline(cls).children]
    return msgspec.defstruct(cls.__name__, wired, kw_only=True, **_STRUCT)


_STRUCT: Mapping[str, Any] = {"frozen": True, "gc": False, "forbid_unknown_fields": True}


def _wire_field(node: Node) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = wire_class(node.type) if node.type else _wire_type(node.domain)
    return (node.name, kind) if node.is_key_required else (node.name, kind | UnsetType, UNSET)


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
        case _:
            return str


@per_class
def _item_class(cls: type) -> type[msgspec.Struct]:
    """Make a Struct for a mark or a discrepancy with all its keys, without which the census would be wrong."""
    items = [(item.name, str if item.type is Address else item.type) for item in attrs.fields(cls)]
    return msgspec.defstruct(cls.__name__, items, **_STRUCT)


# -- the generated functions ---------------------------------------------------------------------------


@per_class
def soundness_function(cls: type) -> Callable[[bytes], bool | None]:
    """Compile a function that tells whether a JSON text is a complete, sound report. It raises as msgspec does."""
    code = _Source(cls)
    tests = [*(f"not {name}" for name in code.items), *code.amount_tests(), *code.equation_tests()]
    tables = [line for table in code.tables for line in code.table_lines(table)]
    lines = [*code.decode_lines(), *code.census_lines(), f"holds = {_conjunction(tests)}", *tables, "return holds"]
    return compile_function(f"is_sound_{cls.__name__}", "data", lines, code.scope)


@per_class
def text_function(cls: type) -> Callable[[bytes, Callable[..., Any]], Any]:
    """Compile a function from a JSON text to a box or `None`; its argument `make` constructs what must be judged."""
    code = _Source(cls)
    holds = f"holds = {_conjunction(code.equation_tests())}"
    tables = [line for table in code.tables for line in code.table_lines(table, build=True)]
    values = [*code.decode_lines(), *code.census_lines(), *code.wire_value_lines()]
    lines = [*values, holds, *tables, *code.build_lines(code.tables)]
    return compile_function(f"structure_{cls.__name__}", "data, make", lines, code.scope)


@per_class
def mapping_function(cls: type) -> Callable[[Any, Callable[..., Any]], Any]:
    """Compile a function like that of `text_function` for a payload of dicts. It raises `KeyError`, too."""
    code = _Source(cls)
    tests = [test for table in (None, *code.tables) for test in code.equation_tests(table)]
    lines = [*code.look_up_lines(), f"holds = {_conjunction(tests)}", *code.build_lines()]
    arguments = f"{code.names[code.root.at]}, make"
    return compile_function(f"structure_mapping_{cls.__name__}", arguments, lines, code.scope)


@per_class
def untext_function(cls: type) -> Callable[[Any], Any]:
    """Compile a function from a box to its wire object."""
    code = _Source(cls)
    box = code.names[code.root.at]
    return compile_function(
        f"unstructure_{cls.__name__}", box, [*code.unstructure_lines(code.root), f"return {box}"], code.scope
    )


class _Source:
    """Source lines for functions that hold every part of a box in a local variable named after its address."""

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.root = outline(cls)
        self.nodes = [*self.root.walk()]
        self.names = {node.at: variable_name(node.at) for node in self.nodes}
        self.items = self.variables_of(Items)
        self.scope: dict[str, Any] = {
            "UNSET": UNSET,
            "decode": msgspec.json.Decoder(wire_class(cls)).decode,
        }
        self.equations = equations(cls) if is_report(cls) else ()
        self.tables = self._separate_tables()

    def variables_of(self, kind: type) -> list[str]:
        """Return the variables of all nodes whose domain is of this kind."""
        return [self.names[node.at] for node in self.nodes if isinstance(node.domain, kind)]

    def bind(self, value: object, name: str) -> str:
        """Put a value into the scope of the function; return its name there, lengthened if the name is taken."""
        while self.scope.setdefault(name, value) is not value:
            name += "_"
        return name

    def decode_lines(self) -> list[str]:
        """Decode the wire object, use defaults for optional fields that are missing, and count the keys."""
        tables = [line for node in self.root.children if node not in self.tables for line in self._reading_lines(node)]
        lines = [f"{self.names[self.root.at]} = decode(data)", f"keys = {len(self.nodes) - 1}"]
        return [*lines, *self._reading_lines(self.root, deep=False), *tables]

    def _reading_lines(self, box: Node, *, deep: bool = True) -> list[str]:
        """Read the values of a wire object, and if `deep` of those inside it."""
        lines = []
        for node in box.children:
            lines.append(f"{self.names[node.at]} = {self.names[box.at]}.{node.name}")
            if not node.is_key_required:
                lines += self._default_lines(node)
        return [*lines, *(line for node in box.children if deep for line in self._reading_lines(node))]

    def table_lines(self, table: Node, *, build: bool = False) -> list[str]:
        """Read, judge and perhaps build a table. One that is all zero is known as a whole: its equations hold."""
        name = self.names[table.at]
        lines = [*self._reading_lines(table), f"holds = holds and {_conjunction(self.equation_tests(table))}"]
        zero = self.bind(zero_wire(_class_of(table)), f"NO_WIRE_{_class_name(table)}")
        if not build:
            return [f"if {name} != {zero}:", *indent(lines)]
        shared = f"{name} = {self.bind(zero_box(_class_of(table)), f'NO_{_class_name(table)}')}"
        return [f"if {name} != {zero}:", *indent([*lines, *self._nested_lines(table)]), "else:", f"    {shared}"]

    def _default_lines(self, node: Node) -> list[str]:
        """Use the default of a value that is missing."""
        default = () if isinstance(node.domain, Items) else ""
        name = self.names[node.at]
        return [f"if {name} is UNSET:", f"    {name} = {default!r}", "    keys -= 1"]

    def census_lines(self) -> list[str]:
        """Return `None` if a key may be repeated."""
        lines = ['colons = len(data) - len(data.replace(b":", b""))  # CPython counts byte by byte, but seeks in words']
        in_texts = [f'{text}.count(":")' for text in self.variables_of(String)]
        for node in (node for node in self.nodes if isinstance(node.domain, Items)):
            items, keys = self.names[node.at], len(attrs.fields(cast("Any", node.domain).type))
            lines += [f"if {items}:", f"    keys += {keys} * len({items})"]
            in_texts.append(f"sum(map({self.bind(_colons_in_item, 'colons_in_item')}, {items}))")
        return [
            *lines,
            "if colons != keys:",
            rf'    if colons != keys + {" + ".join(in_texts) or 0} or b"\\u003" in data:',
            "        return None",
        ]

    def amount_tests(self) -> list[str]:
        """List a test for each amount: it is written as the form writes it."""
        return [
            f"{self.bind(_amount_matcher(node.domain), 'match_amount')}({self.names[node.at]})"
            for node in self.nodes
            if isinstance(node.domain, Money)
        ]

    def _separate_tables(self) -> list[Node]:
        """List the tables that may be all zero and share no equation with others."""
        tables = [node for node in self.root.children if node.type and zero_box(node.type) is not None]
        shared = {
            at
            for equation in self.equations
            if not any(_is_inside(equation, table) for table in tables)
            for at in (*equation.left, *equation.right)
        }
        return [table for table in tables if shared.isdisjoint(table.cells)]

    def equation_tests(self, table: Node | None = None) -> list[str]:
        """List a test for each equation inside one of `tables`, or for each that is inside none of them."""
        return [
            " == ".join(" + ".join(self.names[at] for at in side) for side in (equation.left, equation.right))
            for equation in self.equations
            if table is next((place for place in self.tables if _is_inside(equation, place)), None)
        ]

    def wire_value_lines(self) -> list[str]:
        """Replace amounts and items of wire objects by those of the box."""
        lines = []
        for name, test in zip(self.variables_of(Money), self.amount_tests(), strict=True):
            lines += [f"{name} = {test}", f"if not {name}:", "    return None"]
            lines.append(f"{name} = {self.bind(Decimal, 'Decimal')}({name}[1].decode())")
        for node in (node for node in self.nodes if isinstance(node.domain, Items)):
            name, kind = self.names[node.at], cast("Items", node.domain).type
            lines += [f"if {name}:", f"    {name} = {self._items_argument(name, self.bind(kind, kind.__name__), kind)}"]
        return lines

    def look_up_lines(self) -> list[str]:
        """Look up every value of a payload in its dicts; return `None` if there are other keys or values."""
        lines = [line for node in self.nodes if node.children for line in self._opening_lines(node)]
        domains = {self.names[node.at]: node.domain for node in self.nodes}
        tests = []
        for name, domain in domains.items():
            match domain:
                case Money():
                    lines.append(f"{name} = {self.bind(partial(_amount, domain), f'amount{name}')}({name})")
                case Items():
                    lines.append(f"{name} = {self.bind(partial(_items, domain), f'items{name}')}({name})")
                case Integer() | String() | Choice():
                    tests.append(value_test(name, self.bind(domain, f"domain{name}"), domain))
        return [*lines, f"if not {_conjunction(tests)}:", "    return None"]

    def _opening_lines(self, box: Node) -> list[str]:
        """Look up the values in one dict."""
        name = self.names[box.at]
        lines = [f"if type({name}) is not dict:", "    return None", f"keys = {len(box.children)}"]
        for child in box.children:
            if child.is_key_required:
                lines.append(f"{self.names[child.at]} = {name}[{child.name!r}]")
            else:
                lines += [f"{self.names[child.at]} = {name}.get({child.name!r}, UNSET)", *self._default_lines(child)]
        return [*lines, f"if len({name}) != keys:", "    return None"]

    def build_lines(self, built: Collection[Node] = ()) -> list[str]:
        """Build the box from the inside out, except the tables that are built; `make` judges what is not sound."""
        boxes = [node for node in self.root.children if node.children and node not in built]
        lines = [line for node in boxes for line in self._nested_lines(node)]
        if is_report(self.cls):
            arguments = ", ".join(f"{node.name}={self.names[node.at]}" for node in self.root.children)
            lines += [f"if not holds or {' or '.join(self.items)}:", f"    return make({arguments})"]
        return [*lines, *self._filling_lines(self.root), f"return {self.names[self.root.at]}"]

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


def _is_inside(equation: Equation, table: Node) -> bool:
    return all(at.within(table.at) for at in (*equation.left, *equation.right))


def _class_of(box: Node) -> type:
    return cast("type", box.type)


def _class_name(box: Node) -> str:
    return _class_of(box).__name__


# -- what the generated functions call -----------------------------------------------------------------


def _colons_in_item(item: msgspec.Struct) -> int:
    """Count the colons in the texts of a mark or a discrepancy."""
    values = [getattr(item, name) for name in item.__struct_fields__]
    return sum(value.count(":") for value in values if isinstance(value, str))


def _amount(domain: Money, value: object) -> Decimal:
    """Return the amount that a payload has; raise `TypeError` if there is none."""
    if json_violation(domain, value):
        raise TypeError
    amount: Decimal = decoded(domain, value)
    return amount


def _items(items: Items, values: object) -> tuple[Any, ...]:
    """Return the marks or discrepancies that a payload has; raise `TypeError` if any is faulty."""
    collector = FaultCollector(items.type, values)
    if type(values) not in (list, tuple):
        raise TypeError
    found = tuple([read_item(items.type, value, collector, ()) for value in cast("list[Any]", values)])
    if collector.count:
        raise TypeError
    return found


@cache
def _amount_matcher(domain: Money) -> Callable[[Any], re.Match[bytes] | None]:
    """Return a matcher for an amount in JSON, a string or a number, written as the form writes it."""
    return re.compile(rf'"?({domain.pattern})"?'.encode()).fullmatch


@per_class
def zero_box(cls: type) -> Any:
    """Return the shared box whose counts are all 0, or `None` if the class holds anything but counts."""
    if not all(
        isinstance(node.domain, Integer) and node.accepts(0) for node in outline(cls).walk() if not node.children
    ):
        return None
    return cls(**{node.name: zero_box(node.type) if node.type else 0 for node in outline(cls).children})


@per_class
def zero_wire(cls: type) -> Any:
    """Return the wire object of the shared zero box."""
    values = {node.name: zero_wire(node.type) if node.type else 0 for node in outline(cls).children}
    return wire_class(cls)(**values)


@per_class
def twin_of(cls: type) -> type | None:
    """Make an unfrozen class with the same slots, whose objects can be given the frozen class; `None` if refused."""
    twin: Any = type(f"Twin{cls.__name__}", (), {"__slots__": cast("Any", cls).__slots__})
    try:
        twin().__class__ = cls
    except TypeError:
        return None
    return cast("type", twin)
