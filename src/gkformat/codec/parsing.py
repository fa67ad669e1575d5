"""JSON text as a tree of plain values, with nothing lost: exact decimals, and every key that is repeated."""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Malformed
from gkformat.base.words import Words

if TYPE_CHECKING:
    import msgspec

Steps = tuple[str, ...]
"""The keys and indices on the way to a value."""

_MOST_DIGITS = 1000
"""Longer integers are not read as such: Python refuses them, and no cell could hold them."""


def parse(data: str | bytes) -> tuple[Any, Iterator[Steps]]:
    """The value of a JSON text, and where in it a key is repeated (the last value of such a key counts).

    Numbers with a fraction or an exponent become `Decimal`. Raises `Malformed` for what is not JSON in UTF-8 or is
    nested too deeply; a byte order mark is passed over, as RFC 8259 §8.1 allows.
    """
    repetitive: list[_Repetitive] = []

    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            made = _Repetitive(made)
            made.repeated = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
            repetitive.append(made)
        return made

    tree = _decoded(data if isinstance(data, str) else _text(data), make_object)
    return tree, _repetitions(tree) if repetitive else iter(())


class _Repetitive(dict[str, Any]):
    """An object of the text in which keys occur more than once."""

    repeated: tuple[str, ...] = ()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_json(f"byte {error.start} is not UTF-8", _NOT_UTF8.format(byte=error.start)) from None


def _decoded(text: str, make_object: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=make_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _not_json(f"line {error.lineno} column {error.colno}: {error.msg}", _broken_off(error)) from None
    except RecursionError:
        raise Malformed([Fault("too-deep", Address())]) from None


def _not_json(found: str, why: Words) -> Malformed:
    return Malformed([Fault("not-json", Address(), found=found, expected=why)])


def _broken_off(error: json.JSONDecodeError) -> Words:
    """What the parser says, and where, for people: in Chinese, too, where its words are known."""
    if not error.doc.strip():
        return _EMPTY
    said = next((zh for en, zh in _SAID.items() if error.msg.startswith(en)), error.msg)
    return _PLACED.format(line=error.lineno, column=error.colno, said=Words(said, error.msg))


_EMPTY = Words("没有任何内容", "there is nothing in it")
_NOT_UTF8 = Words("字节 {byte} 处不是 UTF-8 编码，请另存为 UTF-8", "byte {byte} is not UTF-8; save it as UTF-8")
_NO_NUMBER = Words("{name} 不是 JSON 里的数", "{name} is no number of JSON")
_PLACED = Words("第 {line} 行第 {column} 列：{said}", "line {line} column {column}: {said}")
_SAID = {
    "Expecting value": "这里应有一个值",
    "Expecting property name": "这里应有双引号括起的键名",
    "Expecting ':'": "键名之后缺少冒号",
    "Expecting ','": "缺少逗号，或括号没有配对",
    "Illegal trailing comma": "最后一项之后多了逗号",
    "Unterminated string": "从这里开始的字符串没有结尾的引号",
    "Invalid control character": "字符串里有不能直接出现的控制字符，如换行",
    "Invalid \\": "反斜杠的转义写法不对",
    "Extra data": "JSON 到此已经结束，后面还有内容",
}
"""How the messages of Python's parser begin, and the same in Chinese."""


def _decimal(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent that not even Decimal can hold
        return math.nan


def _integer(text: str) -> int | Decimal:
    """A count, or where it is longer than Python reads as an integer, a number that no domain accepts."""
    return int(text) if len(text) < _MOST_DIGITS else Decimal(text)


def _constant(name: str) -> float:
    raise _not_json(name, _NO_NUMBER.format(name=name))


def _repetitions(tree: Any) -> Iterator[Steps]:
    """Where keys are repeated, in the order of the text; without recursion, for it may be deep."""
    waiting: list[Iterator[tuple[Steps, Any]]] = [iter([((), tree)])]
    while waiting:
        for steps, value in waiting[-1]:
            if isinstance(value, _Repetitive):
                yield from ((*steps, key) for key in value.repeated)
            if isinstance(value, dict | list):
                items = value.items() if isinstance(value, dict) else enumerate(value)
                waiting.append(_stepped(steps, items))
                break
        else:
            waiting.pop()


def _stepped(steps: Steps, items: Iterable[tuple[object, Any]]) -> Iterator[tuple[Steps, Any]]:
    return (((*steps, str(key)), value) for key, value in items)


def laid_out(encoded: bytes, indent: int | None) -> str:
    """JSON that was written, as text; with an indent, a value a line."""
    if indent is None:
        return encoded.decode()
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.format(encoded, indent=indent).decode()


# -- amounts --------------------------------------------------------------------------------------------

_FAR = 100
"""An exponent beyond any amount."""


def written(value: object) -> str | None:
    """A JSON string or number as it is written without an exponent; `None` for anything else.

    A float is written with the fewest digits that mean it, which are the digits it was parsed from. What is far
    out of range stays unwritten: `1e999999999` would fill the memory with zeros.
    """
    if type(value) is str:
        return value
    if type(value) is float:
        value = Decimal(repr(value))
    elif type(value) is int:
        value = Decimal(value)
    if type(value) is not Decimal:
        return None
    near = value.is_finite() and abs(value.adjusted()) < _FAR
    return format(value.copy_abs() if value.is_zero() else value, "f") if near else str(value)


# -- by msgspec, which is much faster and does not tell all --------------------------------------------


def parse_plainly(data: str | bytes) -> Any | None:
    """The value that `parse` gives, or `None` where it may be another, or a key may be repeated.

    Each key brings a colon, and so does each colon of a text, unless it is escaped: a repeated key leaves one more in
    the data than the value has when it is written again. Integers of more than 64 bits cannot be written again.
    """
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    try:
        encoded = data.encode() if isinstance(data, str) else data
        tree = _plain_decoder().decode(encoded)
        once = _plain_encoder().encode(tree)
    except (msgspec.MsgspecError, UnicodeError, ArithmeticError, RecursionError):
        return None
    if once == encoded:
        return tree
    hidden = b"\\" in encoded and rb"\u003" in encoded  # one byte is sought much faster than several
    return None if hidden or encoded.count(b":") != once.count(b":") else tree


@cache
def _plain_decoder() -> "msgspec.json.Decoder[Any]":
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.Decoder(float_hook=Decimal)


@cache
def _plain_encoder() -> "msgspec.json.Encoder":
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.Encoder(decimal_format="number")
