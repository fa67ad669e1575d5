"""JSON in and out.

`loads` and `dumps` first try the generated functions of `compiled`; for the first reports of a program, `loads` uses
`interpreted` instead, which needs no code generation. Input that these cannot read is left to the cattrs converter,
which also reports what is wrong with a payload. Slow imports are made when they are needed.
"""

from collections.abc import Callable
from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast, overload

from gkformat.codec import interpreted
from gkformat.codec.parsing import format_json
from gkformat.codec.tree import Data
from gkformat.forms import editions
from gkformat.notation.codegen import tiered
from gkformat.notation.declare import is_box

if TYPE_CHECKING:
    from gkformat.codec.converter import Converter

T = TypeVar("T")
File = str | PathLike[str] | IO[str] | IO[bytes]


@overload
def loads(data: Data, cls: None = None, *, as_found: bool = False) -> "editions.AnyReport": ...
@overload
def loads(data: Data, cls: type[T], *, as_found: bool = False) -> T: ...
def loads(data: Data, cls: type[T] | None = None, *, as_found: bool = False) -> "T | editions.AnyReport":
    """Read a report from JSON text, or from a mapping that was parsed elsewhere.

    Without `cls` the edition comes from the payload's `"edition"`; with the class of a box, the data is a single
    table or row. Only prose, marks and discrepancies may be missing.

    Raises `Malformed` with every fault, each with its address and JSON Pointer, and `Inconsistent` for a report
    with a broken equation that it does not declare. With `as_found=True`, meant for archives, a number may be `null`,
    which makes it a blank, and broken equations are declared instead of refused.
    """
    if isinstance(data, str | bytes) and (cls is None or is_box(cls) or cls == editions.AnyReport):
        wanted = cls if is_box(cls) else None
        box = _loader(wanted)(data, wanted, as_found=as_found)
        if box is not None:
            return cast("T", box)
    converter = _hookless()
    return converter.loads(data, cls, as_found=as_found) if cls else converter.loads(data, as_found=as_found)


@overload
def load(file: File, cls: None = None, *, as_found: bool = False) -> "editions.AnyReport": ...
@overload
def load(file: File, cls: type[T], *, as_found: bool = False) -> T: ...
def load(file: File, cls: type[T] | None = None, *, as_found: bool = False) -> "T | editions.AnyReport":
    """Read a report from a JSON file, given as a path or an open file. Raises like `loads`, and `OSError`."""
    data = Path(file).read_bytes() if isinstance(file, str | PathLike) else file.read()
    return loads(data, cls, as_found=as_found) if cls else loads(data, as_found=as_found)


def dumps(box: Any, *, indent: int | None = None) -> str:
    """Return a report, a table or a row as JSON text: keys in printed order, amounts as strings in their written form.

    Also takes findings, faults, rules, and lists or dicts of them; their messages are written in both languages.
    """
    if not is_box(type(box)):
        return _hookless().dumps(box, indent=indent)
    return format_json(_compiled().dumps_compiled(box), indent)


def dump(box: Any, file: str | PathLike[str] | IO[str], *, indent: int | None = None) -> None:
    """Write what `dumps` takes as JSON in UTF-8 to a path, or to a file open for text. Raises `OSError`."""
    text = dumps(box, indent=indent) + "\n"
    if isinstance(file, str | PathLike):
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    else:
        file.write(text)


def unstructure(value: Any) -> Any:
    """Return plain values for JSON from a box, or from findings, faults, equations and other results."""
    return _hookless().unstructure(value)


def _interpreted_loader(_: type | None) -> Callable[..., Any]:
    def load_json(data: str | bytes, cls: type | None, *, as_found: bool) -> Any:
        box = interpreted.loads_interpreted(data, cls, as_found=as_found)
        return _compiled().loads_compiled(data, cls, as_found=as_found) if box is None else box

    return load_json


@tiered(_interpreted_loader)
def _loader(_: type | None) -> Callable[..., Any]:
    loader: Callable[..., Any] = _compiled().loads_compiled
    return loader


@cache
def _compiled() -> Any:
    from gkformat.codec import compiled  # noqa: PLC0415 - msgspec is slow to import, too

    return compiled


@cache
def _hookless() -> "Converter":
    from gkformat.codec.converter import Hookless  # noqa: PLC0415 - as above

    return Hookless()
