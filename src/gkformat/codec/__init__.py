"""JSON in and out.

There are two ways from JSON to a box. `compiled` reads sound text by generated functions. `structure` walks through a
parsed payload and lists every fault; it takes what `compiled` cannot read, and the first reports of a program, for
which compiling does not pay. Slow imports are made when they are needed.
"""

from collections.abc import Callable
from functools import cache, partial
from io import BufferedIOBase, RawIOBase
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast, get_args, overload

from attrs import evolve

from gkformat.base.arguments import PATH, ArgumentKind, demand
from gkformat.base.errors import Malformed
from gkformat.base.words import Words
from gkformat.codec.parsing import format_json, parse, parse_exact
from gkformat.codec.structure import structure
from gkformat.codec.tree import Data
from gkformat.forms import editions
from gkformat.notation.codegen import tiered
from gkformat.notation.declare import declaration, is_box

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
    table or row, and a class of yours, or a list, may hold them. Only prose, marks and discrepancies may be missing.

    Raises `Malformed` with every fault, each with its address and JSON Pointer, and `Inconsistent` for a report
    with a broken equation that it does not declare; `TypeError` for a class that holds nothing of a form. With
    `as_found=True`, meant for archives, a number may be `null`, which makes it a blank, and broken equations are
    declared instead of refused.
    """
    if type(data) not in _USUAL:
        demand(_DATA, data=data)
    if cls is None or is_box(cls) or cls == editions.AnyReport:
        wanted = cls if is_box(cls) else None
        return cast("T", _loader(wanted)(data, wanted, as_found=as_found))
    if _is_plain(cls):
        declaration(cls)  # raises `TypeError`: nothing would be checked
    return _converter().loads(data, cls, as_found=as_found)


def _is_plain(cls: Any) -> bool:
    """Return True for a type of Python itself in which there is no class of anybody, such as `dict[str, int]`."""
    arguments = get_args(cls)
    return all(map(_is_plain, arguments)) if arguments else getattr(cls, "__module__", "") in _PYTHON


_USUAL = (str, bytes, dict)
_DATA = ArgumentKind(
    lambda data: not isinstance(data, PathLike) and not hasattr(data, "read"),
    Words(
        " JSON（str 或 bytes），或已解析的值；文件用 load 读取",
        "JSON (str or bytes), or what was parsed from it; a file is read by load",
    ),
)
"""Whatever else Python has may be the value of a payload, and is then a fault in it."""

_PYTHON = ("builtins", "collections.abc", "typing")


_READABLE = ArgumentKind(
    lambda file: PATH.fits(file) or hasattr(file, "read"),
    Words("文件的路径，或打开的文件", "the path of a file, or an open file"),
)
_WRITABLE = ArgumentKind(
    lambda file: PATH.fits(file) or (hasattr(file, "write") and not isinstance(file, RawIOBase | BufferedIOBase)),
    Words("文件的路径，或以文本方式打开的文件", "the path of a file, or a file that is open for text"),
)


@overload
def load(file: File, cls: None = None, *, as_found: bool = False) -> "editions.AnyReport": ...
@overload
def load(file: File, cls: type[T], *, as_found: bool = False) -> T: ...
def load(file: File, cls: type[T] | None = None, *, as_found: bool = False) -> "T | editions.AnyReport":
    """Read a report from a JSON file, given as a path or an open file. Raises like `loads`, and `OSError`."""
    demand(_READABLE, file=file)
    data = Path(file).read_bytes() if isinstance(file, str | PathLike) else file.read()
    try:
        return loads(data, cls, as_found=as_found) if cls else loads(data, as_found=as_found)
    except Malformed as error:
        first = error.faults[0]
        if first.rule == "not-json" and not _begins_as_json(data[:_BEGINNING]):
            raise Malformed([evolve(first, expected=_DOCUMENT)]) from None
        raise


def _begins_as_json(beginning: str | bytes) -> bool:
    """Return False for the beginning of a document of another kind. A text in UTF-16 may be JSON, saved wrongly."""
    text = beginning.decode("utf-8", "replace") if isinstance(beginning, bytes) else beginning
    shown = text.lstrip("\ufeff \t\r\n")
    return not shown or shown[0] in "{[" or "\0" in shown[:4]


_BEGINNING = 1000
_DOCUMENT = Words(
    "内容不是以 { 开头；Word、Excel、PDF、网页等文件请用 read 读取",
    "it does not begin with {; documents, such as Word, Excel, PDF or HTML, are read by read",
)


def dumps(box: Any, *, indent: int | None = None) -> str:
    """Return a report, a table or a row as JSON text: keys in printed order, amounts as strings in their written form.

    Also takes findings, faults, rules, and lists or dicts of them; their messages are written in both languages.
    """
    if not is_box(type(box)):
        return _converter().dumps(box, indent=indent)
    return format_json(_compiled().write_text(box), indent)


def dump(box: Any, file: str | PathLike[str] | IO[str], *, indent: int | None = None) -> None:
    """Write what `dumps` takes as JSON in UTF-8 to a path, or to a file open for text. Raises `OSError`.

    A file of this name is replaced when all is written, and stays as it was if that fails.
    """
    demand(_WRITABLE, file=file)
    text = dumps(box, indent=indent) + "\n"
    if not isinstance(file, str | PathLike):
        file.write(text)
        return
    from gkformat.base.atomic import open_atomic  # noqa: PLC0415 - rarely needed

    with open_atomic(file) as whole:
        whole.write(text.encode())


def unstructure(value: Any) -> Any:
    """Return plain values for JSON from a box, or from findings, faults, equations and other results."""
    return _converter().unstructure(value)


def _interpreted_loader(_: type | None) -> Callable[..., Any]:
    return partial(_walk, parse_exact)


@tiered(_interpreted_loader)
def _loader(_: type | None) -> Callable[..., Any]:
    return _load_compiled


def _load_compiled(data: Data, cls: type | None, *, as_found: bool) -> Any:
    compiled = _compiled()
    read = compiled.read_text if isinstance(data, str | bytes) else compiled.read_mapping
    box = read(data, cls, as_found=as_found)
    return _walk(parse, data, cls, as_found=as_found) if box is None else box


def _walk(parse: Callable[[str | bytes], Any], data: Data, cls: type | None, *, as_found: bool) -> Any:
    tree, repeated = parse(data) if isinstance(data, str | bytes) else (data, ())
    return structure(tree, cls, repeated=repeated, as_found=as_found)


@cache
def _compiled() -> Any:
    from gkformat.codec import compiled  # noqa: PLC0415 - msgspec is slow to import, too

    return compiled


@cache
def _converter() -> "Converter":
    from gkformat.codec.converter import Converter  # noqa: PLC0415 - as above

    return Converter()
