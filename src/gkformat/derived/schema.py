"""The outline of a form as JSON Schema 2020-12.

The schema states all of the structure that JSON Schema can express; the arithmetic is listed as data under
`x-equations`. It cannot state that `1.0` and `1e2` are not integers here, that a key occurs only once, that an amount
written as a number has at most six decimals, and that marks agree with each other, with their texts and with the
numbers they mark.
"""

from collections.abc import Callable, Iterable
from typing import Any, cast, get_args

from attrs import Factory, define

from gkformat.base.address import Address
from gkformat.base.arguments import TEXT, demand
from gkformat.base.findings import Discrepancy, Mark, MarkKind
from gkformat.forms.editions import edition_named
from gkformat.judgement.marks import row_groups
from gkformat.notation.declare import Items
from gkformat.notation.domains import EQUATION_SIDE, Domain, Integer, Money, String
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import Node, numbers, outline

Schema = dict[str, Any]


def json_schema(edition: str = "2021", *, ref_template: str = "#/$defs/{model}", schema_id: str = "") -> Schema:
    """Return the JSON Schema (2020-12) of an edition's reports, with its notice and, in `x-equations`, its arithmetic.

    Inside another document its references lead nowhere, unless it has a `schema_id`, the URI that becomes its `$id` and
    from which they are resolved; or unless its `$defs` are moved to another place, which `ref_template` names, such as
    `#/components/schemas/{model}` in OpenAPI.

    Raises `UnknownEdition` for an unknown edition, and `ValueError` for a template without `{model}`.
    """
    demand(TEXT, ref_template=ref_template, schema_id=schema_id)
    if "{model}" not in ref_template:
        raise ValueError(f"ref_template={ref_template!r}：其中须有 {{model}} / there must be a {{model}} in it")
    chosen = edition_named(edition)
    root = outline(chosen.report)
    definitions = _Definitions(ref_template)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": schema_id} if schema_id else {}),
        "$comment": str(chosen.notice),
        "title": f"政府信息公开工作年度报告（{edition} 版）",
        **box_schema(root, definitions.refer_to),
        "x-equations": [_equation(equation) for equation in equations(chosen.report)],
        "$defs": definitions.found,
    }


@define
class _Definitions:
    """The classes met so far, in printed order, and how they are referred to."""

    template: str
    found: dict[str, Schema] = Factory(dict)

    def refer_to(self, node: Node) -> Schema:
        name = cast("type", node.type).__name__
        if name not in self.found:
            self.found[name] = {}  # a placeholder, to keep definitions in printed order
            self.found[name] = box_schema(node, self.refer_to)
        return {"$ref": self.template.replace("{model}", name)}


def box_schema(node: Node, refer_to: Callable[[Node], Schema]) -> Schema:
    """Return the schema of a box, in which `refer_to` gives the schemas of the boxes inside."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [child.name for child in node.children if child.is_key_required],
        "properties": {child.name: _property(child, node, refer_to) for child in node.children},
    }


def _property(node: Node, owner: Node, refer_to: Callable[[Node], Schema]) -> Schema:
    described: Schema = {"title": node.label} if node.label else {}
    if node.printed.cites:
        described["$comment"] = str(node.printed.cites)
    if node.domain is None:
        return refer_to(node) | described
    if isinstance(node.domain, Items):
        return described | _array(node.domain, cast("type", owner.type))
    return described | _value(node.domain)


def _value(domain: Domain) -> Schema:
    match domain:
        case Integer(minimum, maximum):
            return {"type": "integer", "minimum": minimum, "maximum": maximum}
        case Money():
            # `$` also matches before a final line feed in some dialects, hence the look-ahead.
            written = {"type": "string", "pattern": f"^{domain.pattern}$(?!\\n)"}
            return {"anyOf": [written, {"type": "number", "minimum": 0, "exclusiveMaximum": 10**domain.digits}]}
        case String():
            return {"type": "string"}
        case _:
            return {"enum": list(domain.options)}


def _array(domain: Items, root: type) -> Schema:
    items = {Mark: _marks, Discrepancy: _discrepancies}[domain.type](root)
    return {"type": "array", "maxItems": domain.max_items, "items": {"oneOf": items}}


def _marks(root: type) -> list[Schema]:
    places: dict[str, Iterable[Address]] = {kind: numbers(root) for kind in get_args(MarkKind)}
    places["merged"] = row_groups(root)
    text = {"type": "string"}
    return [
        _record({"at": {"enum": [str(place) for place in at]}, "kind": {"const": kind}}, {"text": text})
        for kind, at in places.items()
    ]


def _discrepancies(root: type) -> list[Schema]:
    by_rule: dict[str, list[str]] = {}
    for equation in equations(root):
        by_rule.setdefault(equation.rule, []).append(str(equation.at))
    side = _value(EQUATION_SIDE)
    return [
        _record({"rule": {"const": rule}, "at": {"enum": places}, "left": side, "right": side}, {})
        for rule, places in by_rule.items()
    ]


def _record(required: Schema, optional: Schema) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*required],
        "properties": required | optional,
    }


def _equation(equation: Equation) -> Schema:
    said = {"says": equation.says} if equation.says else {}
    return {
        "rule": equation.rule,
        "authority": equation.authority,
        "at": str(equation.at),
        "left": [str(at) for at in equation.left],
        "right": [str(at) for at in equation.right],
        **said,
    }
