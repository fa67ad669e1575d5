"""Generate source text from a form and compile it to functions.

CPython adds up the cells of a report four to seven times faster if each cell is a local variable than if a loop looks
them up by address. The source of such functions is generated from the same outline as everything else.
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
_BASELINE_CALLS = 16
"""Calls after which a compiled function pays: compiling takes about as long as this many calls of the baseline."""


def compile_function(
    name: str, arguments: str, lines: Iterable[str], scope: Mapping[str, object]
) -> Callable[..., Any]:
    """Compile a function from the lines of its body; `scope` holds the global names that they use.

    The source is registered in `linecache`, where tracebacks, debuggers and `inspect.getsource` look for it.
    """
    source = "\n    ".join((f"def {name}({arguments}):", *lines)) + "\n"
    file = f"<gkformat {name} {next(_SERIAL)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    namespace: dict[str, Any] = dict(scope)
    exec(compile(source, file, "exec"), namespace)  # noqa: S102 - made of the names and bounds of a declaration
    function: Callable[..., Any] = namespace[name]
    return function


def tiered(baseline: Callable[[K], F]) -> Callable[[Callable[[K], F]], Callable[[K], F]]:
    """Decorate a factory that compiles a function for a class, so that only frequent use pays for compiling.

    The first calls for each class return the function of `baseline`, which does the same without being compiled; the
    17th and later calls return the compiled one. Call the factory each time instead of keeping its result.
    """

    def decorate(compile_for: Callable[[K], F]) -> Callable[[K], F]:
        compiled: dict[K, F] = {}
        calls = Counter[K]()

        @wraps(compile_for)
        def choose(cls: K) -> F:
            function = compiled.get(cls)
            if function is not None:
                return function
            calls[cls] += 1
            if calls[cls] <= _BASELINE_CALLS:
                return baseline(cls)
            return compiled.setdefault(cls, compile_for(cls))

        return choose

    return decorate


def indent(lines: Iterable[str]) -> list[str]:
    """Return the lines indented by one level."""
    return [f"    {line}" for line in lines]


def variable_name(at: Address) -> str:
    """Return the variable that holds the value at an address; `_` is the box itself.

    No other name in generated code begins with an underscore.
    """
    return "_" + "__".join(at.steps)
