"""A caller's own mistake: an argument of the wrong kind is a `TypeError` that says what was given and what is expected.

A function asks for the kinds of its arguments, by their names, before it does anything: `demand(PATH, path=path)`.
"""

from collections.abc import Callable, Iterator
from os import PathLike
from typing import Any

from gkformat.base.errors import excerpt
from gkformat.base.frozen import frozen
from gkformat.base.words import Words


@frozen
class ArgumentKind:
    """A kind of argument: what belongs to it, and its name in words."""

    fits: Callable[[Any], bool]
    words: Words


def of_type(types: Any, words: Words) -> ArgumentKind:
    """Return the kind of the objects of a class, or of one of several."""
    return ArgumentKind(lambda value: isinstance(value, types), words)


def optional(kind: ArgumentKind) -> ArgumentKind:
    """Return the kind of what may also be `None`."""
    return ArgumentKind(lambda value: value is None or kind.fits(value), kind.words)


TEXT = of_type(str, Words("字符串", "a string"))
INTEGER = ArgumentKind(
    lambda value: hasattr(value, "__index__") and type(value) is not bool, Words("整数", "an integer")
)
FUNCTION = ArgumentKind(callable, Words("函数", "a function"))
PATH = of_type((str, PathLike), Words("文件的路径", "the path of a file"))
BY_ADDRESS = ArgumentKind(lambda value: hasattr(value, "items"), Words("按地址给出的值", "values by address"))


def demand(kind: ArgumentKind, **arguments: object) -> None:
    """Raise `TypeError` unless the arguments, given by their names, are of this kind."""
    for name, value in arguments.items():
        if not kind.fits(value):
            raise wrong_argument(name, value, kind.words)


def each(kind: ArgumentKind, **arguments: Any) -> Iterator[Any]:
    """Yield the items of an argument as they come. Raises `TypeError` unless it has items, and each is of this kind."""
    for name, values in arguments.items():
        if kind.fits(values) or not hasattr(values, "__iter__"):
            raise wrong_argument(name, values, _SEVERAL.format(item=kind.words))
        for index, value in enumerate(values):
            demand(kind, **{f"{name}[{index}]": value})
            yield value


def wrong_argument(name: str, value: object, expected: Words) -> TypeError:
    """Return the error for an argument of the wrong kind."""
    return TypeError(str(_WRONG.format(name=name, expected=expected, found=_shown(value))))


def _shown(value: object) -> str:
    if isinstance(value, type):
        return f"<class {value.__qualname__}>"
    return repr(value) if value is None or isinstance(value, bool) else excerpt(value)


_WRONG = Words("参数 {name} 应为{expected}；实为 {found}", "the argument {name}: expected {expected}, found {found}")
_SEVERAL = Words("列表之类，每项为{item}", "a list or the like, each item {item}")
