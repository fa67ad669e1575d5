"""Methods of objects whose code lives in an upper room: bound by name, and loaded when they are first called.

This is the one way up. Nobody else imports from a room above, not even inside a function.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(home: str) -> Callable[..., Any]:
    """Return the method `module:function`, which is called with the object and the arguments."""
    module, _, name = home.partition(":")

    def method(self: Any, *arguments: Any) -> Any:
        return getattr(import_module(f"gkformat.{module}"), name)(self, *arguments)

    return method
