"""What lives in an upper room and is bound by name: loaded when it is first called.

This is the one way up. Nobody else imports from a room above, not even inside a function.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(home: str) -> Callable[..., Any]:
    """Return the function `module:function` of an upper room; as a method, it is called with the object."""
    module, _, name = home.partition(":")

    def function(*arguments: Any) -> Any:
        return getattr(import_module(f"gkformat.{module}"), name)(*arguments)

    return function


_boxes: list[type] = []
_listeners: list[Callable[[type], object]] = []


def announce(box: type) -> None:
    """Tell those who want to know every box that one more has been made."""
    _boxes.append(box)
    for listen in _listeners:
        listen(box)


def register_strategies() -> None:
    """Let Hypothesis make every box by its type. It calls this itself when it is imported, and that loads no form."""
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - it is loaded already

    def register(box: type) -> None:
        register_type_strategy(box, late("strategies:strategy_for"))

    _listeners.append(register)
    for box in _boxes:
        register(box)
