"""Straight-line functions: source text that is made from a form, and compiled.

CPython adds up the cells of a report four to seven times faster where each is a local variable than where a loop
looks them up by address. Such functions are written by a program, from the same tree as everything else.
"""

import linecache
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import count
from typing import Any, TypeVar

from gkformat.base.address import Address

F = TypeVar("F", bound=Callable[..., Any])
K = TypeVar("K", bound=type | None)

_SERIAL = count(1)
_FEW = 16
"""A generated function pays after so many calls: to make it takes as long as these take without it."""


def function(name: str, arguments: str, lines: Iterable[str], scope: Mapping[str, object]) -> Callable[..., Any]:
    """The function with these lines as its body; `scope` holds what else they name.

    Its source is where tracebacks, debuggers and `inspect.getsource` look for it.
    """
    source = "\n    ".join((f"def {name}({arguments}):", *lines)) + "\n"
    file = f"<gkformat {name} {next(_SERIAL)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names: dict[str, Any] = dict(scope)
    exec(compile(source, file, "exec"), names)  # noqa: S102 - made of the names and bounds of a declaration
    made: Callable[..., Any] = names[name]
    return made


def once_it_pays(plain: Callable[[K], F]) -> Callable[[Callable[[K], F]], Callable[[K], F]]:
    """Make the function of a class when it has been asked for often enough, for to make it takes long.

    Before that, `plain` gives one that does the same and needs no making. Who calls it asks for it each time anew.
    """

    def decorate(make: Callable[[K], F]) -> Callable[[K], F]:
        made: dict[K, F] = {}
        asked = Counter[K]()

        @wraps(make)
        def give(cls: K) -> F:
            function = made.get(cls)
            if function is not None:
                return function
            asked[cls] += 1
            if asked[cls] <= _FEW:
                return plain(cls)
            return made.setdefault(cls, make(cls))

        return give

    return decorate


def indented(lines: Iterable[str]) -> list[str]:
    """The lines of a block."""
    return [f"    {line}" for line in lines]


def variable(at: Address) -> str:
    """A variable for a place of a form, `_` for the box itself. No other name begins with an underscore."""
    return "_" + "__".join(at.steps)
