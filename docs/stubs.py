"""The stubs that `generate.py` writes: what type checkers and editors see of the package and of its forms."""

import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import attrs

import gkformat
from gkformat.base import findings
from gkformat.notation import domains
from gkformat.notation.declare import declaration, fields, is_box
from gkformat.notation.outline import nodes

NOTE = "# Written by docs/generate.py. Change what it is made from, not this file."


def package_stub() -> Iterator[str]:
    """Yield the stub of the package, from its table of names."""
    modules: dict[str, list[str]] = {}
    for name, home in vars(gkformat)["_HOMES"].items():
        module, _, original = home.partition(":")
        modules.setdefault(module, []).append(f"{original or name} as {name}")
    yield NOTE
    yield ""
    for module, names in sorted(modules.items()):
        yield f"from gkformat.{module} import {', '.join(names)}"
    yield ""
    yield f"__all__ = {json.dumps(gkformat.__all__, indent=4)}"


def form_stub(module: ModuleType) -> Iterator[str]:
    """Yield the stub of a form: its boxes as attrs classes, with the printed label of each field for editors."""
    boxes = {name: value for name, value in vars(module).items() if isinstance(value, type) and is_box(value)}
    elsewhere = {name: box for name, box in boxes.items() if box.__module__ != module.__name__}
    yield NOTE
    yield ""
    yield "from typing import Literal, final"
    yield ""
    yield "from attrs import frozen"
    yield ""
    yield "from gkformat.base.findings import Discrepancy, Mark"
    for name, box in elsewhere.items():
        yield f"from {box.__module__} import {name} as {name}"
    used = [name for name in _DOMAINS.values() if name in vars(module)]
    yield f"from gkformat.notation.domains import {', '.join(used)}"
    for name, box in boxes.items():
        if name not in elsewhere:
            yield ""
            yield from _box_stub(name, box, boxes["Report"])


def _box_stub(name: str, box: Any, report: type) -> Iterator[str]:
    yield "@final"
    yield "@frozen(kw_only=True, order=False)"
    yield f"class {name}:"
    yield f'    """{_described(box, report)}"""'
    for field, printed, _, _ in fields(box):
        attribute = attrs.fields_dict(box)[field]
        default = "" if attribute.default is attrs.NOTHING else " = ..."
        yield f"    {field}: {_annotation(attribute.type)}{default}"
        if printed.label:
            yield f'    """{printed.label}"""'


def _described(box: type, report: type) -> str:
    """Return the heading of a box, or the labels of its places in the printed form."""
    places = [*dict.fromkeys(node.label for node in nodes(report).values() if node.type is box and node.label)]
    more = "等" if len(places) > _PLACES else ""
    return declaration(box).heading or "、".join(places[:_PLACES]) + more or "政府信息公开工作年度报告"


_PLACES = 3
"""The most labels in the description of a box."""

_DOMAINS = {value: name for name, value in vars(domains).items() if hasattr(value, "__metadata__")}


def _annotation(kind: Any) -> str:
    if kind in _DOMAINS:
        return _DOMAINS[kind]
    if get_origin(kind) is Literal:
        return f"Literal[{', '.join(map(json.dumps, get_args(kind)))}]"
    if get_origin(kind) is tuple:
        (item, _) = get_args(kind)
        assert getattr(findings, item.__name__) is item
        return f"tuple[{item.__name__}, ...]"
    return str(kind.__name__)
