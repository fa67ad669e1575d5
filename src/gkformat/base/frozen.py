"""Define frozen attrs classes in half the time: they share the methods that attrs compiles anew for each class.

Use it for classes that every command loads. Comparing their instances is a little slower.
"""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, /, **options: bool) -> Any:
        """Make a class frozen like `attrs.frozen`, with shared functions for equality, hash and representation."""
        if cls is None:
            return partial(frozen, **options)
        frozen_class = attrs.frozen(cls, eq=False, repr=False, **options)
        for name, method in _shared_methods(frozen_class).items():
            if name not in vars(frozen_class):
                setattr(frozen_class, name, method)
        return frozen_class


__all__ = ["frozen"]


def _shared_methods(cls: Any) -> dict[str, Callable[..., Any]]:
    eq_names = [field.name for field in attrs.fields(cls) if field.eq]
    repr_names = [field.name for field in attrs.fields(cls) if field.repr]
    values: Callable[[Any], Any] = attrgetter(*eq_names, "__class__")

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if self.__class__ is other.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    def represent(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in repr_names)})"

    return {"__eq__": equal, "__hash__": hashed, "__repr__": represent}
