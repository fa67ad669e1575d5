"""JSON in and out.

`loads` and `dumps` first try the functions that `compiled` makes, and `loads` before that, while a program has read but
few reports, what `interpreted` has. What these cannot read or write is left to the converter of cattrs, and so is to
say what is wrong with a payload. What is slow to import is imported when it is needed.
"""

from collections.abc import Callable, Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast, overload

from gkformat.codec import interpreted
from gkformat.codec.parsing import laid_out
from gkformat.forms import editions
from gkformat.notation.codegen import once_it_pays
from gkformat.notation.declare import is_box

if TYPE_CHECKING:
    from gkformat.codec.converter import Converter as Converter  # so that type checkers see it here
else:

    def __getattr__(name: str) -> object:
        """The class of converters, which the pages place here."""
        if name != "Converter":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from gkformat.codec import converter  # noqa: PLC0415 - cattrs is slow to import, and rarely needed

        return converter.Converter


T = TypeVar("T")
File = str | PathLike[str] | IO[str] | IO[bytes]
Data = str | bytes | Mapping[str, Any]


@overload
def loads(data: Data, cls: None = None, *, as_found: bool = False) -> "editions.AnyReport": ...
@overload
def loads(data: Data, cls: type[T], *, as_found: bool = False) -> T: ...
def loads(data: Data, cls: type[T] | None = None, *, as_found: bool = False) -> "T | editions.AnyReport":
    """Read a report from JSON text, or from a mapping that was parsed elsewhere.

    Without `cls` the edition comes from the payload's `"edition"`; with the class of a box, the data is a single
    table or row. Prose, marks and discrepancies may be missing, nothing else.

    Raises `Malformed` with every fault, each with its address and JSON Pointer, and `Inconsistent` for a report
    with a broken equation that it does not declare. With `as_found=True`, which is for archives, a number may be
    `null`, which makes it a blank, and broken equations are declared instead of refused.
    """
    if isinstance(data, str | bytes) and (cls is None or is_box(cls) or cls == editions.AnyReport):
        wanted = cls if is_box(cls) else None
        box = _reader(wanted)(data, wanted, as_found=as_found)
        if box is not None:
            return cast("T", box)
    converter = _hookless()
    return converter.loads(data, cls, as_found=as_found) if cls else converter.loads(data, as_found=as_found)


@overload
def load(file: File, cls: None = None, *, as_found: bool = False) -> "editions.AnyReport": ...
@overload
def load(file: File, cls: type[T], *, as_found: bool = False) -> T: ...
def load(file: File, cls: type[T] | None = None, *, as_found: bool = False) -> "T | editions.AnyReport":
    """Read a report from a JSON file, given by its path or open. Raises like `loads`, and `OSError`."""
    data = Path(file).read_bytes() if isinstance(file, str | PathLike) else file.read()
    return loads(data, cls, as_found=as_found) if cls else loads(data, as_found=as_found)


def dumps(box: Any, *, indent: int | None = None) -> str:
    """Write a report, a table or a row as JSON, keys in printed order, amounts as strings in their written form.

    Findings, faults, rules, and lists or dicts of them are written too, messages in both languages.
    """
    if not is_box(type(box)):
        return _hookless().dumps(box, indent=indent)
    return laid_out(_compiled().written(box), indent)


def dump(box: Any, file: str | PathLike[str] | IO[str], *, indent: int | None = None) -> None:
    """Write a report as a JSON file in UTF-8, given by its path or open for text."""
    text = dumps(box, indent=indent) + "\n"
    if isinstance(file, str | PathLike):
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    else:
        file.write(text)


def unstructure(value: Any) -> Any:
    """Plain values for JSON, of a box or of anything that the library hands out: findings, faults, equations."""
    return _hookless().unstructure(value)


def _plain_reader(_: type | None) -> Callable[..., Any]:
    def read(data: str | bytes, cls: type | None, *, as_found: bool) -> Any:
        box = interpreted.read(data, cls, as_found=as_found)
        return _compiled().read(data, cls, as_found=as_found) if box is None else box

    return read


@once_it_pays(_plain_reader)
def _reader(_: type | None) -> Callable[..., Any]:
    read: Callable[..., Any] = _compiled().read
    return read


@cache
def _compiled() -> Any:
    from gkformat.codec import compiled  # noqa: PLC0415 - so is msgspec

    return compiled


@cache
def _hookless() -> "Converter":
    from gkformat.codec.converter import Hookless  # noqa: PLC0415 - as above

    return Hookless()
