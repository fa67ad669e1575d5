"""Two parsers of JSON: `parse_exact` is exact, `parse_fast` is fast.

`parse_exact` loses nothing: it keeps decimals exact, and reports every repeated key and the position of a syntax error.
`parse_fast` uses msgspec and returns `None` where it cannot promise the same value.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from gkformat.base.address import Address
from gkformat.base.arguments import INTEGER, demand, optional
from gkformat.base.errors import Fault, Malformed
from gkformat.base.words import Words
from gkformat.codec.tree import Steps

if TYPE_CHECKING:
    import msgspec

_MAX_DIGITS = 4300
"""Longer integers become `Decimal`: Python refuses to read them, and no cell could hold them."""


def parse(data: str | bytes) -> tuple[Any, Iterator[Steps]]:
    """Return what `parse_exact` returns, in a third of the time if the text is usual."""
    tree = parse_fast(data)
    return parse_exact(data) if tree is None else (tree, iter(()))


def parse_exact(data: str | bytes) -> tuple[Any, Iterator[Steps]]:
    """Parse a JSON text; return its value and the steps to each repeated key (the last value of such a key counts).

    Numbers with a fraction or an exponent become `Decimal`. Raises `Malformed` for text that is not JSON in UTF-8
    or is nested too deeply. A byte order mark is ignored, as RFC 8259 §8.1 allows.
    """
    with_repeats: list[_DictWithRepeats] = []

    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            made = _DictWithRepeats(made)
            made.repeated = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
            with_repeats.append(made)
        return made

    tree = _parsed(data if isinstance(data, str) else _utf8_text(data), make_object)
    return tree, _repeated_keys(tree) if with_repeats else iter(())


class _DictWithRepeats(dict[str, Any]):
    """A JSON object in which keys occur more than once."""

    repeated: tuple[str, ...] = ()


def _utf8_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_json(f"byte {error.start} is not UTF-8", _AT_BYTE.format(byte=error.start, what=NOT_UTF8)) from None


def _parsed(text: str, make_object: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=make_object,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _not_json(f"line {error.lineno} column {error.colno}: {error.msg}", _syntax_error(error)) from None
    except RecursionError:
        raise Malformed([Fault("too-deep", Address())]) from None


def _not_json(found: str, why: Words) -> Malformed:
    return Malformed([Fault("not-json", Address(), found=found, expected=why)])


def _syntax_error(error: json.JSONDecodeError) -> Words:
    """Return the parser's message and its position, in Chinese too if the message is known."""
    if not error.doc.strip():
        return _EMPTY
    said = next((zh for en, zh in _PARSER_MESSAGES.items() if error.msg.startswith(en)), error.msg)
    return _AT_POSITION.format(line=error.lineno, column=error.colno, said=Words(said, error.msg))


_EMPTY = Words("没有任何内容", "there is nothing in it")
NOT_UTF8 = Words("不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8; save it as UTF-8")
_AT_BYTE = Words("字节 {byte} 处{what}", "byte {byte} is {what}")
_NOT_A_NUMBER = Words("{name} 不是 JSON 里的数", "{name} is no number of JSON")
_AT_POSITION = Words("第 {line} 行第 {column} 列：{said}", "line {line} column {column}: {said}")
_PARSER_MESSAGES = {
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
"""The beginnings of the messages of Python's parser, and their translations."""


def _decimal(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent that not even Decimal can hold
        return math.nan


def _integer(text: str) -> int | Decimal:
    """Return an integer, or if it is too long for Python to read, a `Decimal` that no domain accepts."""
    return int(text) if len(text.lstrip("-")) <= _MAX_DIGITS else Decimal(text)


def _constant(name: str) -> float:
    raise _not_json(name, _NOT_A_NUMBER.format(name=name))


def _repeated_keys(tree: Any) -> Iterator[Steps]:
    """Yield the steps to each repeated key in the order of the text, without recursion: the tree may be deep."""
    waiting: list[Iterator[tuple[Steps, Any]]] = [iter([((), tree)])]
    while waiting:
        for steps, value in waiting[-1]:
            if isinstance(value, _DictWithRepeats):
                yield from ((*steps, key) for key in value.repeated)
            if isinstance(value, dict | list):
                items = value.items() if isinstance(value, dict) else enumerate(value)
                waiting.append(_stepped(steps, items))
                break
        else:
            waiting.pop()


def _stepped(steps: Steps, items: Iterable[tuple[object, Any]]) -> Iterator[tuple[Steps, Any]]:
    return (((*steps, str(key)), value) for key, value in items)


def format_json(encoded: bytes, indent: int | None) -> str:
    """Decode JSON bytes to text; with an indent, put each value on a line of its own."""
    demand(optional(INTEGER), indent=indent)
    if indent is None:
        return encoded.decode()
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.format(encoded, indent=indent).decode()


# -- amounts --------------------------------------------------------------------------------------------

_MAX_EXPONENT = 100
"""Larger than the exponent of any amount."""


def amount_text(value: object) -> str | None:
    """Return a JSON string or number as decimal text without an exponent; `None` for any other value.

    A float becomes the shortest text that parses to it, which is the text it was parsed from. A number far out of
    range keeps its exponent: `1e999999999` would fill the memory with zeros.
    """
    if type(value) is str:
        return value
    if type(value) is float:
        value = Decimal(repr(value))
    elif type(value) is int:
        value = Decimal(value)
    if type(value) is not Decimal:
        return None
    near = value.is_finite() and abs(value.adjusted()) < _MAX_EXPONENT
    return format(value.copy_abs() if value.is_zero() else value, "f") if near else str(value)


# -- the fast parser -----------------------------------------------------------------------------------


def parse_fast(data: str | bytes) -> Any | None:
    """Parse JSON with msgspec: much faster than `parse_exact`, but it reports neither positions nor repeated keys.

    Return the value that `parse_exact` gives, or `None` if that may differ or a key may be repeated: each key, and each
    unescaped colon in a string, is a colon in the data, so a repeated key leaves one more there than in the value
    when it is encoded again. Integers of more than 64 bits cannot be encoded again, and give `None` too.
    """
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    try:
        encoded = data.encode() if isinstance(data, str) else data
        tree = _decoder().decode(encoded)
        once = _encoder().encode(tree)
    except (msgspec.MsgspecError, UnicodeError, ArithmeticError, RecursionError):
        return None
    if once == encoded:
        return tree
    hidden = b"\\" in encoded and rb"\u003" in encoded  # a single byte is found much faster
    return None if hidden or encoded.count(b":") != once.count(b":") else tree


@cache
def _decoder() -> "msgspec.json.Decoder[Any]":
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.Decoder(float_hook=Decimal)


@cache
def _encoder() -> "msgspec.json.Encoder":
    import msgspec  # noqa: PLC0415 - slow to import, and rarely needed

    return msgspec.json.Encoder(decimal_format="number")
