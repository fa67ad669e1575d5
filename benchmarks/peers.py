"""The same form in other libraries, as their users would write it, computed from the outline so that it is complete.

Each does what its library makes easy: shape, bounds, unknown keys where supported, and the equations in its own kind of
validator. None refuses repeated keys, and none preserves the spelling of an amount.
"""

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, cast

import attrs
import cattrs.preconf.orjson
import jsonschema_rs
import mashumaro.mixins.orjson
import msgspec
import orjson
import pydantic

from gkformat import json_schema
from gkformat.forms.y2021 import Report
from gkformat.notation.declare import Items, Nested, fields
from gkformat.notation.domains import Choice, Integer, Money
from gkformat.notation.equations import Equation, equations

Field = tuple[str, object, bool]
Maker = Callable[[type, list[Field]], Any]


@cache
def _family(make: Maker, cls: Any = Report) -> Any:
    """Make the class for a box of the form, after those for the boxes nested in it."""
    parts: list[Field] = [
        (name, _family(make, domain.type) if isinstance(domain, Nested) else domain, required)
        for name, _, domain, required in fields(cls)
    ]
    return make(cls, parts)


def _default(domain: object) -> Any:
    return {Choice: domain.options[0] if isinstance(domain, Choice) else None, Items: ()}.get(type(domain), "")


def _plain_type(domain: object) -> Any:
    """Return the type of a field without its bounds; an amount is a string."""
    match domain:
        case Integer():
            return int
        case Choice(options):
            return Literal[options]
        case Items():
            return tuple[dict[str, Any], ...]
        case type():
            return domain
        case _:
            return str


# -- equations -----------------------------------------------------------------------------------------


def own_equations(cls: type) -> list[Equation]:
    """Return the equations of a box that do not belong to a box nested in it."""
    inner = {
        (equation.rule, f"{name}.{equation.at}")
        for name, _, domain, _ in fields(cls)
        if isinstance(domain, Nested)
        for equation in equations(domain.type)
    }
    return [equation for equation in equations(cls) if (equation.rule, equation.at) not in inner]


def written_out(cls: type) -> Callable[[Any], str | None]:
    """Compile the equations of a box as a careful author would write them: one function, an expression for each."""
    lines = []
    for equation in own_equations(cls):
        left, right = (" + ".join(f"box.{at}" for at in side) for side in (equation.left, equation.right))
        lines.append(f"    if {left} != {right}: return '{equation.rule} {equation.at}'")
    scope: dict[str, Any] = {}
    exec("\n".join(["def broken(box):", *lines, "    return None"]), scope)  # noqa: S102 - names of our own form
    return cast("Callable[[Any], str | None]", scope["broken"])


# -- the peers -----------------------------------------------------------------------------------------


@cache
def pydantic_report() -> type[pydantic.BaseModel]:
    """Return strict models, each with a validator that runs after it."""
    return cast("type[pydantic.BaseModel]", _family(_pydantic))


def _pydantic(cls: type, parts: list[Field]) -> Any:
    find = written_out(cls)

    def holds(box: Any) -> Any:
        if broken := find(box):
            raise ValueError(broken)
        return box

    validators: dict[str, Any] = {"holds": pydantic.model_validator(mode="after")(holds)} if own_equations(cls) else {}
    hints: dict[str, Any] = {
        name: (_pydantic_type(domain), ... if required else _default(domain)) for name, domain, required in parts
    }
    config = pydantic.ConfigDict(extra="forbid", strict=True, frozen=True)
    base = type("Strict", (pydantic.BaseModel,), {"model_config": config})
    return pydantic.create_model(cls.__name__, __base__=base, __validators__=validators, **hints)


def _pydantic_type(domain: object) -> Any:
    match domain:
        case Integer(minimum, maximum):
            return Annotated[int, pydantic.Field(ge=minimum, le=maximum)]
        case Money():
            return Annotated[str, pydantic.Field(pattern=f"^{domain.pattern}$")]
        case _:
            return _plain_type(domain)


@cache
def struct_report() -> type[msgspec.Struct]:
    """Return Structs with bounds; equations, which they cannot express, are checked separately."""
    return cast("type[msgspec.Struct]", _family(_struct))


def _struct(cls: type, parts: list[Field]) -> Any:
    hints = [
        (name, _struct_type(domain), *([] if required else [_default(domain)])) for name, domain, required in parts
    ]
    return msgspec.defstruct(cls.__name__, hints, kw_only=True, frozen=True, forbid_unknown_fields=True)


def _struct_type(domain: object) -> Any:
    match domain:
        case Integer(minimum, maximum):
            return Annotated[int, msgspec.Meta(ge=minimum, le=maximum)]
        case Money():
            return Annotated[str, msgspec.Meta(pattern=f"^{domain.pattern}$")]
        case _:
            return _plain_type(domain)


@cache
def struct_loads() -> Callable[[bytes], Any]:
    """Return a function that decodes into Structs, then checks the equations of each class."""
    decode = msgspec.json.Decoder(struct_report()).decode
    checks = [(attrgetter(at) if at else _itself, written_out(cls)) for at, cls in _boxes(Report)]

    def loads(data: bytes) -> Any:
        report = decode(data)
        for part, find in checks:
            if broken := find(part(report)):
                raise ValueError(broken)
        return report

    return loads


def _itself(box: Any) -> Any:
    return box


def _boxes(cls: type, at: str = "") -> Iterable[tuple[str, type]]:
    if own_equations(cls):
        yield at, cls
    for name, _, domain, _ in fields(cls):
        if isinstance(domain, Nested):
            yield from _boxes(domain.type, f"{at}.{name}".lstrip("."))


@cache
def attrs_report() -> type:
    """Return frozen attrs classes with their checks in `__attrs_post_init__`."""
    return cast("type", _family(_attrs))


def _attrs(cls: type, parts: list[Field]) -> Any:
    find = written_out(cls)
    bounds = [(name, domain) for name, domain, _ in parts if isinstance(domain, Integer)]

    def check(self: Any) -> None:
        for name, domain in bounds:
            if not domain.minimum <= getattr(self, name) <= domain.maximum:
                raise ValueError(name)
        if broken := find(self):
            raise ValueError(broken)

    made: dict[str, Any] = {
        name: attrs.field(type=_plain_type(domain), default=attrs.NOTHING if required else _default(domain))
        for name, domain, required in parts
    }
    return attrs.make_class(
        cls.__name__, made, class_body={"__attrs_post_init__": check}, frozen=True, slots=True, kw_only=True
    )


@cache
def cattrs_converter() -> cattrs.preconf.orjson.OrjsonConverter:
    """Return the stock converter for orjson, set to refuse unknown keys and to coerce nothing."""
    made = cattrs.preconf.orjson.make_converter(forbid_extra_keys=True)
    made.register_structure_hook(int, _strict_int)
    return made


def _strict_int(value: Any, _: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


@cache
def mashumaro_report() -> Any:
    """Return dataclasses with their checks in `__post_init__`; unknown keys pass, and `int()` converts integers."""
    return _family(_mashumaro)


def _mashumaro(cls: type, parts: list[Field]) -> Any:
    find = written_out(cls)
    bounds = [(name, domain) for name, domain, _ in parts if isinstance(domain, Integer)]

    def check(self: Any) -> None:
        for name, domain in bounds:
            if not domain.minimum <= getattr(self, name) <= domain.maximum:
                raise ValueError(name)
        if broken := find(self):
            raise ValueError(broken)

    hints: list[Any] = [
        (name, _plain_type(domain), *([] if required else [dataclasses.field(default=_default(domain))]))
        for name, domain, required in parts
    ]
    return dataclasses.make_dataclass(
        cls.__name__,
        hints,
        bases=(mashumaro.mixins.orjson.DataClassORJSONMixin,),
        namespace={"__post_init__": check},
        kw_only=True,
    )


@cache
def jsonschema_loads() -> Callable[[bytes], Any]:
    """Return a function that validates with the published schema, in Rust; a schema cannot express equations."""
    is_valid = jsonschema_rs.validator_for(json_schema("2021")).is_valid

    def loads(data: bytes) -> Any:
        tree = orjson.loads(data)
        if not is_valid(tree):
            raise ValueError
        return tree

    return loads
