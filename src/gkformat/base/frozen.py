"""Frozen attrs classes that share the methods which attrs writes and compiles for each: they are made in half the time.

They are for what every command loads. To compare them takes a little longer.
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
        """Like `attrs.frozen`; equality, hash and representation follow from the fields, without code of their own."""
        if cls is None:
            return partial(frozen, **options)
        made = attrs.frozen(cls, eq=False, repr=False, **options)
        for name, method in _shared(made).items():
            if name not in vars(made):
                setattr(made, name, method)
        return made


__all__ = ["frozen"]


def _shared(cls: Any) -> dict[str, Callable[..., Any]]:
    compared = [field.name for field in attrs.fields(cls) if field.eq]
    shown = [field.name for field in attrs.fields(cls) if field.repr]
    values: Callable[[Any], Any] = attrgetter(*compared, "__class__")

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if self.__class__ is other.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    def represent(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return {"__eq__": equal, "__hash__": hashed, "__repr__": represent}
