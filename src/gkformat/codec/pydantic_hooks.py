"""Boxes in models of pydantic and in bodies of FastAPI: the hooks of a class that pydantic calls.

pydantic hands over what it has parsed: of a key that occurs twice only the last value is left, and of `18.8710` only
the number. Where it matters how a payload was written, its bytes belong to `loads`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gkformat.base.errors import OMITTED, Fault, Inconsistent, Malformed
from gkformat.base.findings import Finding
from gkformat.base.words import LANGUAGES, Words
from gkformat.codec import loads, unstructure
from gkformat.codec.faults import pointer_steps
from gkformat.codec.structure import structure
from gkformat.codec.tree import Steps
from gkformat.derived.schema import box_schema
from gkformat.forms.editions import edition_of
from gkformat.judgement.root import is_report
from gkformat.notation.outline import outline

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError


def core_schema(cls: Any, _: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
    """Return a schema by which pydantic reads a box as `loads` does, and writes it as `dumps` does.

    The fields stand in it only so that pydantic knows the boxes inside when it makes a JSON Schema.
    """
    from pydantic_core import core_schema as core  # noqa: PLC0415 - pydantic calls this function, and is loaded

    name = f"{cls.__name__}{edition_of(cls).name}" if is_report(cls) else cls.__name__
    fields = {
        node.name: core.typed_dict_field(handler.generate_schema(node.type) if node.type else core.any_schema())
        for node in outline(cls).children
    }
    return core.no_info_wrap_validator_function(
        _reader(cls, name),
        core.typed_dict_schema(fields),
        ref=f"{cls.__module__}.{name}:{id(cls)}",
        serialization=core.plain_serializer_function_ser_schema(unstructure),
    )


def json_schema(cls: type, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> dict[str, Any]:
    """Return the JSON Schema of a box; pydantic decides where those of the boxes inside stand."""
    placed = handler(schema)
    described = handler.resolve_ref_schema(placed)
    inner = described["properties"]
    ours = box_schema(outline(cls), lambda node: {"$ref": inner[node.name]["$ref"]})
    described.clear()
    described.update(ours)
    return placed


def _reader(cls: type, name: str) -> Callable[[Any, object], Any]:
    from pydantic_core import ValidationError  # noqa: PLC0415 - as above

    def read(value: Any, _: object) -> Any:
        try:
            return loads(value, cls) if isinstance(value, Mapping) else structure(value, cls)
        except (Malformed, Inconsistent) as error:
            raise ValidationError.from_exception_data(name, [*_line_errors(error)]) from None

    read.__name__ = name  # which pydantic shows
    return read


def _line_errors(error: Malformed | Inconsistent) -> "Iterator[InitErrorDetails]":
    """Yield every fault and every broken equation at its place."""
    if isinstance(error, Malformed):
        for fault in error.faults:
            yield _line_error(fault, pointer_steps(fault.pointer), fault.found)
        if error.omitted:
            said = OMITTED.format(count=error.omitted)
            yield {"type": _custom("omitted", said, {}), "loc": (), "input": None}
    for finding in error.findings:
        if finding.severity == "broken":
            yield _line_error(finding, finding.at.steps, finding.right)


def _line_error(problem: Fault | Finding, steps: Steps, found: object) -> "InitErrorDetails":
    loc = tuple(int(step) if step.isdecimal() else step for step in steps)
    said = Words(*map(problem.message, LANGUAGES))
    return {"type": _custom(problem.rule, said, {"label": problem.label}), "loc": loc, "input": found}


def _custom(rule: str, said: Words, further: dict[str, str]) -> "PydanticCustomError":
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 - as above

    make: Any = PydanticCustomError  # which asks for literals, to nobody's advantage
    made: PydanticCustomError = make(rule, str(said), {"zh": said.zh, "en": said.en, **further})
    return made
